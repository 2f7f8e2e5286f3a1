//! The scene, the chart and the leaderboard under the pointer.

use egui::accesskit::Role;
use egui::{Key, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::app::DocumentAction;

use crate::support::{ADAM, CTRL, DESCENT, MOMENTUM, Slalom, assert_near};

#[test]
fn a_click_starts_the_race_there() {
    let mut slalom = Slalom::three();
    let at = slalom.bare_ground();
    let wanted = slalom.scene().to_plane(at);
    let unit = slalom.scene().unit();
    slalom.click_at(at);
    let start = slalom.experiment().start;
    assert!((start[0] - wanted[0]).abs() < unit[0] && (start[1] - wanted[1]).abs() < unit[1]);
    assert_eq!(slalom.path(ADAM).at(0), start);
    slalom.press_with(CTRL, Key::Z);
    assert_eq!(slalom.experiment().start, [1.0, 1.6]);
}

#[test]
fn the_ring_is_dragged_live_and_undone_as_one() {
    let mut slalom = Slalom::three();
    let ring = slalom.ring();
    slalom.grasp(ring);
    for step in 1..=5_u8 {
        let at = ring + vec2(-10.0, 6.0) * f32::from(step);
        let wanted = slalom.scene().to_plane(at);
        slalom.move_to(at);
        let start = slalom.experiment().start;
        assert!((start[0] - wanted[0]).abs() < 0.05 && (start[1] - wanted[1]).abs() < 0.05);
        assert_eq!(slalom.path(DESCENT).at(0), start, "in the same frame");
    }
    slalom.let_go(ring + vec2(-50.0, 30.0));
    slalom.press_with(CTRL, Key::Z);
    assert_eq!(slalom.experiment().start, [1.0, 1.6]);
    assert!(!slalom.document().can_undo());
}

#[test]
fn a_drag_on_the_ground_moves_the_view() {
    let mut slalom = Slalom::three();
    let at = slalom.bare_ground();
    let held = slalom.scene().to_plane(at);
    slalom.drag(at, at + vec2(80.0, 40.0));
    let there = slalom.scene().to_plane(at + vec2(80.0, 40.0));
    let unit = slalom.scene().unit();
    assert!((there[0] - held[0]).abs() < unit[0] && (there[1] - held[1]).abs() < unit[1]);
    assert_eq!(slalom.experiment().start, [1.0, 1.6], "nothing else");
}

#[test]
fn the_wheel_zooms_at_the_pointer() {
    for turned in [80.0, -80.0] {
        let mut slalom = Slalom::three();
        let at = slalom.bare_ground();
        let (point, width) = (slalom.scene().to_plane(at), slalom.scene().window.width());
        slalom.wheel(at, turned);
        let (there, zoomed) = (slalom.scene().to_plane(at), slalom.scene().window.width());
        assert!((zoomed < width) == (turned > 0.0), "{zoomed} from {width}");
        let unit = slalom.scene().unit()[0];
        assert!((there[0] - point[0]).abs() < 0.01 * unit);
        assert!((there[1] - point[1]).abs() < 0.01 * unit);
    }
}

#[test]
fn a_double_click_fits_the_view_and_moves_nothing() {
    let mut slalom = Slalom::three();
    let fitted = slalom.document().window();
    let at = slalom.bare_ground();
    slalom.wheel(at, 80.0);
    assert_ne!(slalom.document().window(), fitted);
    slalom.double_click_at(at);
    slalom.rest();
    assert_eq!(slalom.experiment().start, [1.0, 1.6]);
    assert_eq!(slalom.document().window(), fitted);
}

#[test]
fn a_double_click_takes_no_earlier_change_back() {
    let mut slalom = Slalom::three();
    slalom.type_number("Adam: learning rate, number", "0.3");
    let ring = slalom.ring();
    slalom.double_click_at(ring);
    slalom.rest();
    assert_near(slalom.rate(ADAM), 0.3);
}

#[test]
fn keys_show_the_whole_surface_and_fit_the_paths() {
    let mut slalom = Slalom::three();
    let fitted = slalom.document().window();
    slalom.press(Key::Z);
    assert_eq!(
        slalom.document().window(),
        slalom.document().race.surface().window()
    );
    slalom.press(Key::F);
    assert_eq!(slalom.document().window(), fitted);
}

#[test]
fn a_click_on_a_trail_selects_its_racer_and_goes_to_that_step() {
    let mut slalom = Slalom::three();
    slalom.press(Key::End);
    // Far from the others, as Momentum's path overshoots to the south.
    let path = slalom.path(MOMENTUM);
    let lowest = (0..path.len())
        .min_by(|a, b| path.y[*a].total_cmp(&path.y[*b]))
        .unwrap();
    let at = slalom.scene().to_screen(path.at(lowest));
    slalom.click_at(at);
    assert_eq!(slalom.selected(), Some(MOMENTUM));
    #[expect(clippy::cast_precision_loss, reason = "steps are small")]
    let apart = (slalom.playhead() - lowest as f64).abs();
    assert!(apart <= 3.0, "{apart}");
    assert_eq!(slalom.experiment().start, [1.0, 1.6]);
}

#[test]
fn the_pointer_on_a_trail_tells_of_the_racer() {
    let mut slalom = Slalom::three();
    slalom.press(Key::End);
    let at = slalom.scene().to_screen(slalom.path(MOMENTUM).at(3));
    slalom.move_to(at);
    slalom.step();
    assert!(slalom.says(", step"));
    let ground = slalom.bare_ground();
    slalom.move_to(ground);
    slalom.step();
    assert!(slalom.says("gradient ("));
}

#[test]
fn a_click_in_the_chart_moves_the_playhead() {
    let mut slalom = Slalom::three();
    let chart = slalom
        .thing("Chart: loss of every racer against the step")
        .rect();
    slalom.click_at(chart.center());
    slalom.rest();
    let middle = slalom.playhead();
    assert!(middle > 60.0 && middle < 120.0, "{middle}");
    slalom.drag(chart.center(), chart.center() + vec2(60.0, 0.0));
    assert!(slalom.playhead() > middle + 20.0);
}

#[test]
fn a_click_in_the_leaderboard_selects() {
    let mut slalom = Slalom::three();
    slalom.get_by_label_contains("Momentum: loss").click();
    slalom.rest();
    assert_eq!(slalom.selected(), Some(MOMENTUM));
}

/// Returns the names in the leaderboard, from top to bottom.
fn ranks(slalom: &Slalom) -> Vec<String> {
    let mut rows: Vec<(f32, String)> = slalom
        .get_all_by_role(Role::Row)
        .map(|row| (row.rect().top(), row.accesskit_node().label().unwrap()))
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let name = |row: &String| row.split(':').next().unwrap().to_owned();
    rows.iter().map(|(_, row)| name(row)).collect()
}

#[test]
fn the_leaderboards_headings_rank_again() {
    let mut slalom = Slalom::three();
    slalom.perform(DocumentAction::Seek(30.0));
    slalom.rest();
    let sorted = |by: &dyn Fn(&Slalom, usize) -> f64, slalom: &Slalom| {
        let mut places = [DESCENT, MOMENTUM, ADAM];
        places.sort_by(|a, b| by(slalom, *a).total_cmp(&by(slalom, *b)));
        places.map(|place| slalom.names()[place].clone())
    };
    let loss = |slalom: &Slalom, place: usize| slalom.path(place).loss_at(30);
    let best = |slalom: &Slalom, place: usize| slalom.path(place).best_until(30).unwrap().1;
    let distance = |slalom: &Slalom, place: usize| {
        let [x, y] = slalom.path(place).at(30);
        (x - 3.0).hypot(y - 0.5)
    };
    assert_eq!(ranks(&slalom), sorted(&loss, &slalom));
    slalom.click("Rank by distance");
    assert_eq!(ranks(&slalom), sorted(&distance, &slalom));
    slalom.click("Rank by loss");
    assert_eq!(ranks(&slalom), sorted(&loss, &slalom));
    slalom.click("Rank by loss");
    assert!(slalom.has("Rank by best loss"));
    assert_eq!(ranks(&slalom), sorted(&best, &slalom));
    slalom.click("Rank by status");
    assert_eq!(ranks(&slalom).len(), 3);
}

#[test]
fn the_leaderboard_says_from_where_rounding_decides() {
    let mut slalom = Slalom::paused(include_str!("../../presets/radford-beale.ron"));
    let decided = "rounding decides from step 149";
    let sentence = "RMSProp: rounding decides from step 149";
    for (playhead, is_decided) in [(100.0, false), (148.0, false), (149.0, true), (200.0, true)] {
        slalom.perform(DocumentAction::Seek(playhead));
        slalom.rest();
        let rows: Vec<String> = slalom
            .get_all_by_role(Role::Row)
            .map(|row| row.accesskit_node().label().unwrap())
            .filter(|label| label.contains(decided))
            .collect();
        assert_eq!(rows.len(), usize::from(is_decided), "{playhead}: {rows:?}");
        assert!(rows.iter().all(|row| row.starts_with("RMSProp: ")));
        assert_eq!(slalom.says(sentence), is_decided, "{playhead}");
    }
}

/// The shadow of a long race runs on a worker.
#[test]
fn the_leaderboard_says_so_of_a_long_race_too() {
    let racer = "(optimizer: RMSProp(learning_rate: 0.075, rho: 0.95))";
    let race =
        format!("(version: 1, surface: Beale, start: (1.0, 1.6), steps: 6000, racers: [{racer}])");
    let mut slalom = Slalom::paused(&race);
    slalom.perform(DocumentAction::Seek(6000.0));
    while !slalom.says("RMSProp: rounding decides from step 149") {
        std::thread::sleep(std::time::Duration::from_millis(1));
        slalom.step();
    }
    assert_eq!(slalom.path(0).last_step(), 6000);
}

#[test]
fn a_touch_of_the_border_does_no_harm() {
    let mut slalom = Slalom::three();
    for at in [
        pos2(0.0, 0.0),
        pos2(1279.0, 799.0),
        pos2(640.0, 46.0),
        pos2(293.0, 400.0),
    ] {
        slalom.click_at(at);
        slalom.wheel(at, 30.0);
        slalom.rest();
    }
}

#[test]
fn an_endless_zoom_stays_finite() {
    for turned in [4000.0, -4000.0] {
        let mut slalom = Slalom::three();
        let at = slalom.bare_ground();
        for _ in 0..3 {
            slalom.wheel(at, turned);
        }
        let view = slalom.document().window();
        assert!(view.width().is_finite() && view.width() > 0.0, "{view:?}");
    }
}
