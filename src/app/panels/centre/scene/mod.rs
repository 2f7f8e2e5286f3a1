//! The contour plot in the middle of the window.

mod busy;
mod input;
mod overlays;
mod tips;

use egui::emath::GuiRounding as _;
use egui::{Pos2, Role, Sense, Stroke, Ui, WidgetInfo};

use crate::app::desk::{Desk, Hand};
use crate::app::document::Shown;
use crate::app::document::ids::RacerId;
use crate::app::games::Game;
use crate::sampling::framing;
use crate::view::eye::Eye;
use crate::view::scene::{Frame, Scene, SceneRacer, arrow_at, nearest_point};
use input::act;
use overlays::{cast, clouds, curvature, ghosts, options, rivals, step_drawing};
use tips::{hint, is_hint_due, say, tell_of_ground, tell_of_racer};

/// The distance from a trail within which the pointer hits it.
const NEAR: f32 = 7.0;

/// A picture of the surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// From above, with lines of equal loss.
    Contours,
    /// As a landscape in three dimensions.
    Relief,
}

/// Shows the scene.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, _picture: Picture) {
    let rect = ui.available_rect_before_wrap().round_ui();
    let response = ui.allocate_rect(rect, Sense::click_and_drag());
    if rect.width() < 40.0 || rect.height() < 40.0 {
        return;
    }
    let document = desk.document;
    let surface = document.race.surface();
    let aspect = f64::from(rect.width() / rect.height());
    let window = framing::shaped(document.window(), aspect, desk.document.view.stretch);
    let ease = !desk.workspace.settings.reduced_motion && desk.caches.hand == Hand::Empty;
    let map = desk
        .caches
        .map
        .map(ui.ctx(), desk.colors, surface, window, rect.size(), ease);
    let map = map.unwrap_or_else(|| busy::plain(ui, window));
    desk.caches.trails.get_mut().begin(document.race.paths());

    let experiment = document.race.experiment();
    let game = desk.workspace.game.as_ref();
    let (names, looks) = cast(desk, game);
    let clock = desk.clock();
    let hidden = game.is_some_and(Game::hides_race);
    let mut shown: Vec<(Shown<'_>, SceneRacer<'_>)> = document
        .shown()
        .filter(|_| !hidden)
        .map(|shown| {
            let racer = SceneRacer {
                name: &names[shown.index],
                path: shown.path,
                colors: looks[shown.index],
                playhead: clock.playhead_of(shown.path),
                decided_from: desk.caches.horizon.decided_from(shown.index),
                selected: document.selected() == Some(shown.id),
                median: desk.caches.seeds.median_loss(document, shown.index),
            };
            (shown, racer)
        })
        .collect();
    if let Some(Game::WhoAmI(game)) = game.filter(|game| game.hides_names()) {
        // Their order would give the racers away.
        shown.sort_by_key(|(shown, _)| game.slots.get(shown.index).copied());
    }
    let racers: Vec<SceneRacer<'_>> = shown.iter().map(|(_, racer)| *racer).collect();
    let clouds = clouds(desk, &shown);
    let rivals = rivals(desk);
    let ghosts = ghosts(desk, &looks, &rivals);
    let scene = Scene {
        colors: desk.colors,
        eye: Eye::above(window, rect),
        map: &map,
        axes: surface.axes(),
        racers: &racers,
        // The start follows the pointer even while a long race is still being simulated.
        start: document.experiment().start,
        minima: document.race.minima(),
        playhead: document.playback.playhead,
        clouds: &clouds,
        ghosts: &ghosts,
        step: step_drawing(desk).filter(|_| !hidden),
        curvature: curvature(desk).filter(|_| !hidden),
        options: options(desk),
        meshes: Some(&desk.caches.trails),
    };
    let mut room = scene.paint(ui.painter());
    if let Some(Game::Predict(game)) = game {
        let at = |point: &[f64; 2]| Frame::new(window, rect).to_screen(*point);
        let sketch: Vec<Pos2> = game.sketch.iter().map(at).collect();
        let chalk = Stroke::new(2.0, desk.colors.text.gamma_multiply(0.8));
        ui.painter().with_clip_rect(rect).line(sketch, chalk);
    }
    response.widget_info(|| {
        let about = format!(
            "{} seen from above, step {} of {}",
            document.race.surface().title(),
            document.step(),
            experiment.steps
        );
        WidgetInfo::labeled(Role::Canvas, true, desk.lettered(about))
    });

    let frame = Frame::new(window, rect);
    let lit = response
        .hover_pos()
        .and_then(|at| arrow_at(&scene, at, NEAR));
    let ids: Vec<RacerId> = shown.iter().map(|(shown, _)| shown.id).collect();
    let pointed = response
        .hover_pos()
        .and_then(|at| nearest_point(&scene, at, NEAR));
    if desk.caches.hand == Hand::Empty {
        match (pointed, response.hover_pos()) {
            (Some((racer, step)), Some(at)) => {
                tell_of_racer(ui, desk, &racers[racer], step, at, &mut room);
            }
            (None, Some(at)) => tell_of_ground(ui, desk, &**surface, &frame, at, &mut room),
            _ => {}
        }
    }
    if document.experiment().racers.is_empty() {
        say(ui, desk, rect, "No racers yet. Add one on the left.");
    } else if is_hint_due(desk) {
        hint(ui, desk, &mut room);
    }
    let pointed = pointed.map(|(racer, step)| (ids[racer], step));
    if desk.caches.lit_in_scene != lit {
        // The equation in the right panel was painted before the scene, so it follows a frame
        // later.
        desk.caches.lit_in_scene = lit;
        ui.ctx().request_repaint();
    }
    busy::show(ui, desk, rect);
    act(ui, desk, &response, &frame, pointed);
}
