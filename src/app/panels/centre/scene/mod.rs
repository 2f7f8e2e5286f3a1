//! The pictures of the surface in the middle of the window: contours and landscape.

mod busy;
mod fingers;
mod input;
mod landscape;
mod overlays;
mod plane_notice;
mod seen;
mod sketch;
mod tips;

use egui::emath::GuiRounding as _;
use egui::{Id, Role, Sense, Ui, WidgetInfo};

pub use crate::app::desk::Picture;

use crate::app::caches::map_cache::{Part, Rise};
use crate::app::desk::{Desk, Hand};
use crate::app::document::Shown;
use crate::app::document::ids::RacerId;
use crate::app::games::Game;
use crate::preset::{Pictures, Viewpoint};
use crate::sampling::framing;
use crate::view::eye::Eye;
use crate::view::scene::{Scene, SceneRacer, arrow_at, nearest_point};
use input::act;
use overlays::{cast, clouds, curvature, ghosts, options, rivals, step_drawing};
use seen::Seen;
use tips::{hint, is_hint_due, say, tell_of_ground, tell_of_racer};

/// The distance from a trail within which the pointer hits it.
const NEAR: f32 = 7.0;

/// Shows one of the pictures. Contours are seen from the side as long as the eye turns back to them.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, picture: Picture) {
    let rect = ui.available_rect_before_wrap().round_ui();
    ui.advance_cursor_after_rect(rect);
    let id = Id::unique(("scene", desk.document.id(), picture));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    if rect.width() < 40.0 || rect.height() < 40.0 {
        return;
    }
    let document = desk.document;
    let surface = document.race.surface();
    let aspect = f64::from(rect.aspect_ratio());
    let aspect = match picture {
        Picture::Contours => aspect,
        Picture::Relief => landscape::shape(aspect),
    };
    let window = framing::shaped(document.window(), aspect, desk.document.view.stretch);
    let viewpoint = viewpoint(ui, desk, picture);
    let part = Part {
        surface,
        window,
        size: rect.size(),
        rise: viewpoint.map(|_| Rise {
            heights: document.view.heights,
            lowest: document.lowest(),
            zoom: document.view.eye.zoom,
        }),
    };
    let ease = !desk.workspace.settings.reduced_motion && desk.caches.hand == Hand::Empty;
    let map = desk.caches.map.map(ui.ctx(), desk.colors, &part, ease);
    let map = map.unwrap_or_else(|| busy::plain(ui, window));
    let eye = match (&viewpoint, map.relief()) {
        (Some(viewpoint), Some(relief)) => Eye::orbit(relief, viewpoint, rect),
        _ => Eye::above(window, rect),
    };
    desk.caches.begin_trails(ui.ctx(), document.race.paths());

    let spot = fingers::spot(ui, desk, &response, picture);

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
        eye: eye.clone(),
        map: &map,
        axes: surface.axes(),
        racers: &racers,
        // The start follows the pointer even while a long race is still being simulated.
        start: document.start(),
        minima: document.race.minima(),
        stationary: desk.caches.stationary.marked(),
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
        sketch::paint(ui, desk, &eye, &game.sketch);
    }
    if let Some(viewpoint) = viewpoint.filter(|_| picture == Picture::Relief) {
        landscape::captions(ui, desk, rect, &viewpoint, &mut room);
    }
    plane_notice::show(ui, desk, &eye, &mut room);
    response.widget_info(|| {
        let about = format!(
            "{} {}, step {} of {}",
            document.race.surface().title(),
            landscape::seen_from(document, picture),
            document.step(),
            experiment.steps
        );
        WidgetInfo::labeled(Role::Canvas, true, desk.lettered(about))
    });

    let near = fingers::reach(ui, NEAR);
    let lit = spot.and_then(|at| arrow_at(&scene, at, near));
    let ids: Vec<RacerId> = shown.iter().map(|(shown, _)| shown.id).collect();
    // A finger that has just tapped is nowhere any more.
    let tapped = response.interact_pointer_pos();
    let pointed = spot.or(tapped.filter(|_| response.clicked()));
    let pointed = pointed.and_then(|at| nearest_point(&scene, at, near));
    if matches!(desk.caches.hand, Hand::Empty | Hand::Reading) {
        match (pointed, spot) {
            (Some((racer, step)), Some(at)) => {
                tell_of_racer(ui, desk, &racers[racer], step, at, &mut room);
            }
            (None, Some(at)) => tell_of_ground(ui, desk, &**surface, &eye, at, &mut room),
            _ => {}
        }
    }
    if document.experiment().racers.is_empty() {
        let place = if desk.workspace.is_phone() {
            "No racers yet. Add one with the plus sign."
        } else {
            "No racers yet. Add one on the left."
        };
        say(ui, desk, rect, place);
    } else if is_hint_due(desk, picture) {
        hint(ui, desk, &mut room);
    }
    let pointed = pointed.map(|(racer, step)| (ids[racer], step));
    // The other picture keeps what is under the pointer there.
    let lit = lit.map(|family| (picture, family));
    let before = desk.caches.lit_in_scene;
    if before != lit && (lit.is_some() || before.is_some_and(|(other, _)| other == picture)) {
        // The equation in the right panel was painted before the scene, so it follows a frame
        // later.
        desk.caches.lit_in_scene = lit;
        ui.ctx().request_repaint();
    }
    busy::show(ui, desk, rect);
    let seen = Seen {
        picture,
        eye: &eye,
        viewpoint,
        pointed,
    };
    landscape::keys(ui, desk, &response, &seen);
    act(ui, desk, &response, &seen);
}

/// Returns from where the landscape is seen, if this picture shows one.
fn viewpoint(ui: &Ui, desk: &mut Desk<'_>, picture: Picture) -> Option<Viewpoint> {
    let view = &desk.document.view;
    if picture == Picture::Contours && view.pictures == Pictures::Both {
        return None;
    }
    let motion = !desk.workspace.settings.reduced_motion;
    desk.caches.turn.now(ui.ctx(), view, motion)
}
