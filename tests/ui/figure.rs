//! The window as a figure in an article.

use std::cell::RefCell;
use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, OutputCommand, Theme, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::app::{Document, Moment, Source, figure_workspace};
use slalom::preset;

use crate::support::{CTRL, Slalom, THREE, experiment};

/// Opens a figure that the reader sees.
fn seen() -> Slalom {
    let mut figure = Slalom::figure(THREE, Box::new(|_| {}));
    figure.state_mut().set_in_sight(true);
    figure.rest();
    figure
}

/// Opens a figure that has played and rests.
fn rested() -> Slalom {
    let mut figure = seen();
    figure.run_steps(220);
    assert!(!figure.is_playing());
    figure
}

#[test]
fn scene_and_timeline_fill_it_and_nothing_else_is_there() {
    let figure = rested();
    let scene = figure.scene().rect;
    assert_eq!([scene.width(), scene.height()], [700.0, 402.0]);
    let buttons: Vec<String> = figure
        .get_all_by_role(Role::Button)
        .filter_map(|it| it.accesskit_node().label())
        .collect();
    assert_eq!(buttons, ["Play", "Slalom ↗"]);
    assert!(figure.says("step 200 / 200"));
    for name in figure.names() {
        assert!(figure.says(&name), "{name} stands in the scene");
    }
    assert!(!figure.says("drag the start"));
    assert_eq!(figure.ctx.theme(), Theme::Light);
}

#[test]
fn it_plays_once_in_sight_and_rests_on_the_last_step() {
    let mut figure = Slalom::figure(THREE, Box::new(|_| {}));
    figure.run_steps(30);
    assert_eq!(figure.playhead(), 0.0, "nobody sees it");
    figure.state_mut().set_in_sight(true);
    figure.run_steps(30);
    let there = figure.playhead();
    assert!((20.0..40.0).contains(&there), "{there}");
    figure.state_mut().set_in_sight(false);
    figure.run_steps(30);
    assert_eq!(figure.playhead(), there, "out of sight");
    figure.state_mut().set_in_sight(true);
    figure.run_steps(230);
    assert_eq!(figure.playhead(), 200.0);
    assert!(!figure.is_playing());
}

#[test]
fn a_race_paused_at_a_step_stays_there() {
    let text = THREE.replace("steps: 200,", "steps: 200, view: (step: Some(40)),");
    let mut figure = Slalom::figure(&text, Box::new(|_| {}));
    figure.state_mut().set_in_sight(true);
    figure.run_steps(30);
    assert_eq!(figure.playhead(), 40.0);
}

#[test]
fn whoever_wants_less_motion_sees_the_last_step() {
    let document = || {
        let race = preset::from_text("test", THREE).unwrap();
        Document::new(race, Source::New)
    };
    let theme = egui::ThemePreference::System;
    let still = figure_workspace(document(), theme, true, None);
    let playback = still.active().playback;
    assert_eq!((playback.playing, playback.playhead), (false, 200.0));
    let moving = figure_workspace(document(), theme, false, None);
    assert!(moving.active().playback.playing);
}

#[test]
fn the_wheel_scrolls_the_article_until_the_figure_has_the_focus() {
    let mut figure = rested();
    let at = figure.bare_ground();
    let width = |figure: &Slalom| figure.scene().window.width();
    let before = width(&figure);
    figure.input_mut().focused = false;
    figure.wheel(at, 60.0);
    assert_eq!(width(&figure), before);
    // With Ctrl, the browser says that it is a pinch.
    figure.hover_at(at);
    figure.event(Event::Zoom(1.5));
    figure.run_steps(20);
    let pinched = width(&figure);
    assert!(pinched < 0.8 * before, "{pinched} of {before}");
    figure.input_mut().focused = true;
    figure.wheel(at, 60.0);
    assert!(width(&figure) < 0.95 * pinched);
}

#[test]
fn the_ring_is_dragged_and_a_click_moves_nothing() {
    let mut figure = rested();
    figure.click_at(figure.bare_ground());
    figure.rest();
    assert_eq!(*figure.experiment(), experiment(THREE));
    let ring = figure.ring();
    figure.drag(ring, ring + vec2(40.0, 30.0));
    let before = experiment(THREE).start;
    let after = figure.experiment().start;
    assert!(after[0] > before[0] && after[1] < before[1]);
}

#[test]
fn the_timeline_is_dragged() {
    let mut figure = rested();
    let rail = figure.get_by_role(Role::Slider).rect();
    figure.drag(rail.right_center(), rail.center());
    assert!((figure.playhead() - 100.0).abs() < 2.0);
    assert!(figure.says("step 100 / 200") || figure.says("step  99 / 200"));
}

#[test]
fn keys_play_and_nothing_else() {
    let mut figure = rested();
    figure.press(Key::Home);
    assert_eq!(figure.playhead(), 0.0);
    figure.press(Key::ArrowRight);
    assert_eq!(figure.playhead(), 1.0);
    let race = figure.experiment().clone();
    for (modifiers, key) in [
        (CTRL, Key::O),
        (CTRL, Key::S),
        (CTRL, Key::P),
        (CTRL, Key::N),
        (Modifiers::NONE, Key::Delete),
        (Modifiers::NONE, Key::F1),
    ] {
        figure.press_with(modifiers, key);
    }
    figure.event(Event::Paste("SGD(lr=0.1)".into()));
    figure.rest();
    assert_eq!(figure.workspace().asked, None);
    assert_eq!(*figure.experiment(), race);
    assert_eq!(figure.workspace().documents().len(), 1);
}

#[test]
fn the_link_leads_to_the_page_with_the_same_race() {
    let mut figure = rested();
    figure.thing("Slalom ↗").click();
    let mut address = None;
    for _ in 0..5 {
        figure.step();
        let commands = &figure.output().platform_output.commands;
        let opened = commands.iter().find_map(|command| match command {
            OutputCommand::OpenUrl(open) if open.new_tab => Some(open.url.clone()),
            _ => None,
        });
        address = address.or(opened);
    }
    let address = address.unwrap();
    assert!(address.starts_with("https://example.org/slalom/#slalom1:"));
    let opened = preset::read_link("test", &address).unwrap();
    assert_eq!(opened.experiment, experiment(THREE));
    assert_eq!(opened.view.step, Some(200));
}

#[test]
fn a_listener_hears_what_the_reader_does_and_not_what_it_has_done_itself() {
    let told = Rc::new(RefCell::new(Vec::<Moment>::new()));
    let ears = Rc::clone(&told);
    let mut figure = Slalom::figure(
        THREE,
        Box::new(move |moment| ears.borrow_mut().push(moment)),
    );
    figure.state_mut().set_in_sight(true);
    figure.run_steps(220);
    let heard = told.take();
    assert!(heard.len() > 150, "every step of the play");
    assert!(heard.is_sorted_by(|a, b| a.playhead <= b.playhead));
    let end = Moment {
        playhead: 200.0,
        steps: 200,
        playing: false,
    };
    assert_eq!(heard.last(), Some(&end));
    let app = figure.state_mut();
    app.workspace_mut().active_mut().playback.seek(50.0, 200.0);
    app.hush();
    figure.rest();
    assert_eq!(told.take(), []);
    figure.press(Key::ArrowLeft);
    assert_eq!(told.take().last().unwrap().playhead, 49.0);
    let frames = figure.state().frames();
    figure.step();
    assert_eq!(figure.state().frames(), frames + 1);
}

#[test]
fn one_finger_leaves_the_picture_alone_and_two_move_it() {
    let mut figure = rested();
    let before = figure.scene().window;
    let ground = figure.bare_ground();
    figure.swipe(ground, vec2(60.0, 90.0));
    assert_eq!(figure.scene().window, before);
    assert_eq!(*figure.experiment(), experiment(THREE));
    figure.put(ground);
    assert!(!figure.state().held().get(), "it may scroll the article");
    figure.lift(ground);
    let apart = |by| [ground, ground + vec2(by, 0.0)];
    figure.pinch(apart(80.0), apart(160.0));
    let after = figure.scene().window;
    assert!(after.width() < 0.8 * before.width(), "{after:?}");
    assert!(!figure.state().held().get());
}

#[test]
fn a_finger_on_the_ring_drags_the_start_and_does_not_scroll() {
    let mut figure = rested();
    let ring = figure.ring();
    figure.put(ring);
    assert!(figure.state().held().get());
    for share in 1..=10_u8 {
        figure.slide(ring + vec2(4.0, 3.0) * f32::from(share));
    }
    figure.lift(ring + vec2(40.0, 30.0));
    assert!(!figure.state().held().get());
    let before = experiment(THREE).start;
    let after = figure.experiment().start;
    assert!(after[0] > before[0] && after[1] < before[1]);
}

#[test]
fn a_chart_stands_beside_a_wide_scene_and_below_a_high_one() {
    for (size, is_beside) in [([700.0, 450.0], true), ([360.0, 500.0], false)] {
        let document = Document::new(preset::from_text("test", THREE).unwrap(), Source::New);
        let theme = egui::ThemePreference::Dark;
        let mut workspace = figure_workspace(document, theme, true, None);
        workspace.has_chart = true;
        let mut figure = Slalom::figure_of(size, workspace, Box::new(|_| {}));
        figure.state_mut().set_in_sight(true);
        figure.rest();
        let scene = figure.scene().rect;
        let chart = figure.thing("Chart: loss of every racer against the step");
        let chart = chart.rect();
        let right = chart.left() >= scene.right();
        let below = chart.top() >= scene.bottom();
        assert_eq!([right, below], [is_beside, !is_beside], "{scene} {chart}");
        let window = figure.ctx.content_rect();
        assert!(
            window.contains_rect(chart) && chart.height() > 90.0,
            "{chart}"
        );
        assert!(scene.width() > 300.0 && scene.height() > 200.0, "{scene}");
    }
}
