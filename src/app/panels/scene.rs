//! The contour scene in the middle, and what the pointer does in it.

use egui::emath::GuiRounding as _;
use egui::{
    Align2, CursorIcon, FontId, PointerButton, Pos2, Rect, Response, Role, Sense, Stroke,
    StrokeKind, Ui, Vec2, WidgetInfo, vec2,
};

use super::Desk;
use crate::app::change::Change;
use crate::app::command::Command;
use crate::app::games::{Game, Move};
use crate::experiment::Arrows;
use crate::sampling::framing;
use crate::surface::Surface;
use crate::view::marker::Marker;
use crate::view::scene::{
    Frame, Ghost, Lengths, Options, Quadratic, Scene, SceneRacer, StepDrawing, arrow_at,
    nearest_point,
};
use crate::view::{RacerLook, number, racer_looks};

/// What the pointer holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hand {
    /// Nothing.
    #[default]
    Empty,
    /// The start of the race.
    Start,
    /// The ground.
    Ground,
}

/// How near the start's ring the pointer must be to take hold of it.
const GRASP: f32 = 14.0;
/// How near a trail the pointer must be to mean it.
const NEAR: f32 = 7.0;

/// Shows the scene.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let rect = ui.available_rect_before_wrap().round_ui();
    let response = ui.allocate_rect(rect, Sense::click_and_drag());
    if rect.width() < 40.0 || rect.height() < 40.0 {
        return;
    }
    let document = desk.state.document();
    let surface = document.race.surface();
    let aspect = f64::from(rect.width() / rect.height());
    let window = framing::shaped(document.view, aspect, desk.state.settings.stretch);
    let ease = !desk.state.settings.reduced_motion && desk.caches.hand == Hand::Empty;
    let map = desk
        .caches
        .map
        .map(ui.ctx(), surface, window, rect.size(), ease);

    let experiment = document.race.experiment();
    let game = desk.state.game.as_ref();
    let (names, looks) = cast(desk, game);
    let clock = desk.clock();
    let hidden = game.is_some_and(Game::hides_race);
    let mut shown: Vec<(usize, SceneRacer<'_>)> = document
        .shown()
        .filter(|_| !hidden)
        .map(|(place, path)| {
            let selected = document.selected == Some(place);
            let racer = SceneRacer {
                name: &names[place],
                path,
                look: looks[place],
                playhead: clock.playhead_of(path),
                selected,
            };
            (place, racer)
        })
        .collect();
    if let Some(Game::WhoAmI(game)) = game.filter(|game| game.hides_names()) {
        // Their order would give them away.
        shown.sort_by_key(|(place, _)| game.slots.get(*place).copied());
    }
    let racers: Vec<SceneRacer<'_>> = shown.iter().map(|(_, racer)| *racer).collect();
    let ghosts = ghosts(desk, &looks);
    let scene = Scene {
        look: desk.look,
        window,
        map: &map,
        axes: surface.axes(),
        racers: &racers,
        // The start follows the hand even while a long race is still being simulated.
        start: document.experiment().start,
        minima: document.race.minima(),
        playhead: document.playback.playhead,
        ghosts: &ghosts,
        step: step_drawing(desk).filter(|_| !hidden),
        curvature: curvature(desk).filter(|_| !hidden),
        options: options(desk),
    };
    scene.paint(ui.painter(), rect);
    if let Some(Game::Predict(game)) = game {
        let at = |point: &[f64; 2]| Frame::new(window, rect).to_screen(*point);
        let sketch: Vec<Pos2> = game.sketch.iter().map(at).collect();
        let chalk = Stroke::new(2.0, desk.look.text.gamma_multiply(0.8));
        ui.painter().with_clip_rect(rect).line(sketch, chalk);
    }
    response.widget_info(|| {
        let about = format!(
            "{} seen from above, step {} of {}",
            document.race.surface().title(),
            document.step(),
            experiment.steps
        );
        WidgetInfo::labeled(Role::Canvas, true, about)
    });

    let frame = Frame::new(window, rect);
    let lit = response
        .hover_pos()
        .and_then(|at| arrow_at(&scene, &frame, at, NEAR));
    let places: Vec<usize> = shown.iter().map(|(place, _)| *place).collect();
    let pointed = response
        .hover_pos()
        .and_then(|at| nearest_point(&scene, &frame, at, NEAR));
    if desk.caches.hand == Hand::Empty {
        match (pointed, response.hover_pos()) {
            (Some((racer, step)), Some(at)) => {
                tell_of_racer(ui, desk, &racers[racer], step, at, rect);
            }
            (None, Some(at)) => tell_of_ground(ui, desk, &**surface, &frame, at),
            _ => {}
        }
    }
    if document.experiment().racers.is_empty() {
        say(ui, desk, rect, "Nobody races. Add a racer at the left.");
    } else if is_hint_due(desk) {
        hint(ui, desk, &frame);
    }
    let pointed = pointed.map(|(racer, step)| (places[racer], step));
    if desk.caches.lit_in_scene != lit {
        // The equation at the right is painted before the scene: it follows a frame later.
        desk.caches.lit_in_scene = lit;
        ui.ctx().request_repaint();
    }
    act(ui, desk, &response, &frame, pointed);
}

/// The racers' names and looks; while they are to be guessed, letters and colours that tell
/// nothing.
fn cast(desk: &Desk<'_>, game: Option<&Game>) -> (Vec<String>, Vec<RacerLook>) {
    let experiment = desk.state.document().race.experiment();
    let (names, looks) = (experiment.titles(), racer_looks(experiment, desk.look));
    match game {
        Some(Game::WhoAmI(game)) if !game.revealed && game.slots.len() == names.len() => {
            let letters = (0..names.len()).map(|place| game.letter(place)).collect();
            let masks = game.slots.iter().map(|&slot| looks[slot]).collect();
            (letters, masks)
        }
        _ => (names, looks),
    }
}

/// The paths to compare with: pinned, imported, and the selected racer's other selves.
fn ghosts<'a>(desk: &'a Desk<'_>, looks: &[RacerLook]) -> Vec<Ghost<'a>> {
    let document = desk.state.document();
    let others = &desk.caches.others;
    let dialect = others.dialect.as_ref().map(|dialect| &dialect.ghost);
    let all = document.pinned.iter().chain(&document.imported);
    let all = all.chain(&others.unedited).chain(dialect);
    all.map(|ghost| {
        let look = ghost.place.and_then(|place| looks.get(place));
        Ghost {
            name: &ghost.name,
            path: &ghost.path,
            color: look.map_or(desk.look.text, |look| look.color),
            marker: look.map_or(Marker::Circle, |look| look.marker),
            since: ghost.since,
        }
    })
    .collect()
}

/// The selected racer's step, if it is to be drawn or a part of it is pointed at.
fn step_drawing<'a>(desk: &'a Desk<'_>) -> Option<StepDrawing<'a>> {
    let insight = desk.caches.insight.get()?;
    let document = desk.state.document();
    let seen = document.shown().any(|(place, _)| place == insight.place);
    let (arrows, lit) = (desk.state.settings.arrows, desk.caches.lit());
    let wanted = seen && (arrows != Arrows::Off || lit.is_some());
    wanted.then(|| StepDrawing {
        at: insight.anatomy.from,
        arrows: &insight.arrows,
        squares: insight.squares,
        asked_at: insight.anatomy.asked_at(),
        spread: insight.spread,
        lengths: match arrows {
            Arrows::ToScale => Lengths::ToScale,
            Arrows::Off | Arrows::Normalised => Lengths::Normalised,
        },
        lit,
        only_lit: arrows == Arrows::Off,
    })
}

/// The ground's curvature at the selected racer, if it is to be drawn.
fn curvature(desk: &Desk<'_>) -> Option<Quadratic> {
    let insight = desk.caches.insight.get()?;
    let curvature = insight
        .curvature
        .filter(|_| desk.state.settings.curvature)?;
    Some(Quadratic {
        at: insight.anatomy.from,
        values: curvature.values,
        directions: curvature.directions,
    })
}

fn options(desk: &Desk<'_>) -> Options {
    let settings = &desk.state.settings;
    let base = Options {
        trail_length: settings.trail_length,
        lens: settings.lens,
        legend: !settings.left || settings.presenter || desk.state.game.is_some(),
        ..Options::default()
    };
    if settings.presenter {
        Options {
            trail_width: 4.0,
            head_size: 18.0,
            text: 18.0,
            ..base
        }
    } else {
        base
    }
}

/// Turns what the pointer did into commands.
fn act(
    ui: &Ui,
    desk: &mut Desk<'_>,
    response: &Response,
    frame: &Frame,
    pointed: Option<(usize, usize)>,
) {
    let start = frame.to_screen(desk.state.document().experiment().start);
    let over_start = |at: Pos2| at.distance(start) < GRASP;
    if let Some(at) = response.hover_pos() {
        let cursor = match (desk.caches.hand, over_start(at), pointed) {
            (Hand::Start | Hand::Ground, ..) => CursorIcon::Grabbing,
            (Hand::Empty, true, _) => CursorIcon::Grab,
            (Hand::Empty, false, Some(_)) => CursorIcon::PointingHand,
            (Hand::Empty, false, None) => CursorIcon::Crosshair,
        };
        ui.ctx().set_cursor_icon(cursor);
        zoom(ui, desk, frame, at);
    }
    let sketching = matches!(&desk.state.game, Some(Game::Predict(game)) if !game.revealed);
    if sketching {
        if let Some(at) = response
            .interact_pointer_pos()
            .filter(|_| response.dragged())
        {
            let anew = response.drag_started();
            desk.send(Command::Play(Move::Sketch(frame.to_plane(at), anew)));
        }
        return;
    }
    if response.drag_started_by(PointerButton::Primary)
        || response.drag_started_by(PointerButton::Middle)
    {
        let origin = ui.input(|input| input.pointer.press_origin());
        desk.caches.hand = if origin.is_some_and(over_start) {
            Hand::Start
        } else {
            Hand::Ground
        };
    }
    if response.dragged() {
        match (desk.caches.hand, response.interact_pointer_pos()) {
            (Hand::Start, Some(at)) => move_start(desk, round(frame, at)),
            (Hand::Ground, _) if response.drag_delta() != Vec2::ZERO => {
                let moved = response.drag_delta();
                let [x_unit, y_unit] = frame.unit();
                let window = frame
                    .window
                    .moved(-f64::from(moved.x) * x_unit, f64::from(moved.y) * y_unit);
                desk.send(Command::Look(window));
            }
            _ => {}
        }
    }
    if response.drag_stopped() {
        desk.caches.hand = Hand::Empty;
    }
    if response.double_clicked() {
        // The first of the two clicks may have moved the start.
        let start = desk.state.document().experiment().start;
        if desk.caches.clicked.take() == Some(start) {
            desk.send(Command::Undo);
        }
        desk.send(Command::FitPaths);
    } else if response.clicked()
        && !response.triple_clicked()
        && let Some(at) = response.interact_pointer_pos()
    {
        desk.caches.clicked = None;
        match pointed {
            _ if over_start(at) => {}
            Some((place, step)) => {
                desk.send(Command::Select(Some(place)));
                #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
                let step = step as f64;
                let path = desk.state.document().race.paths().get(place);
                let playhead = path.map_or(step, |path| desk.clock().playhead_for(path, step));
                desk.send(Command::Seek(playhead));
            }
            None => {
                let start = round(frame, at);
                desk.caches.clicked = Some(start);
                move_start(desk, start);
            }
        }
    }
}

fn move_start(desk: &mut Desk<'_>, start: [f64; 2]) {
    if start != desk.state.document().experiment().start {
        desk.change(Change::Start(start));
    }
}

fn zoom(ui: &Ui, desk: &mut Desk<'_>, frame: &Frame, at: Pos2) {
    /// How far in and out the zoom reaches, against the surface's own window.
    const REACH: [f64; 2] = [1e-9, 1e4];
    let (wheel, pinch) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
    let factor = (-f64::from(wheel) / 300.0).exp() / f64::from(pinch);
    if (factor - 1.0).abs() < 1e-6 {
        return;
    }
    let window = frame.window.zoomed(factor, frame.to_plane(at));
    let whole = desk.state.document().race.surface().window();
    let share = window.width() / whole.width();
    if (REACH[0]..=REACH[1]).contains(&share) {
        desk.send(Command::Look(window));
    }
}

/// The point of the plane under the pointer, with no more digits than a pixel is worth.
fn round(frame: &Frame, at: Pos2) -> [f64; 2] {
    let unit = frame.unit();
    let mut point = frame.to_plane(at);
    for (value, unit) in point.iter_mut().zip(unit) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped before"
        )]
        let decimals = (-unit.log10().floor()).clamp(0.0, 15.0) as usize;
        *value = format!("{value:.decimals$}").parse().unwrap_or(*value);
    }
    point
}

fn tell_of_racer(
    ui: &Ui,
    desk: &Desk<'_>,
    racer: &SceneRacer<'_>,
    step: usize,
    at: Pos2,
    rect: Rect,
) {
    let [x, y] = racer.path.at(step);
    let text = format!(
        "{}, step {}\nx {}   y {}\nloss {}",
        racer.name,
        number::count(step),
        number::precise(x),
        number::precise(y),
        number::precise(racer.path.loss_at(step)),
    );
    boxed(ui, desk, at + vec2(16.0, 16.0), &text, rect);
}

/// What the ground is like under the pointer, at the upper right where it hides nothing.
fn tell_of_ground(ui: &Ui, desk: &Desk<'_>, surface: &dyn Surface, frame: &Frame, at: Pos2) {
    let [x, y] = frame.to_plane(at);
    let (loss, [gx, gy]) = surface.gradient([x, y]);
    let text = format!(
        "x {}   y {}\nloss {}\ngradient ({}, {})",
        number::short(x),
        number::short(y),
        number::precise(loss),
        number::short(gx),
        number::short(gy),
    );
    let font = FontId::monospace(11.0);
    let galley = ui.painter().layout(text, font, desk.look.text, 400.0);
    let corner = Align2::RIGHT_TOP.align_size_within_rect(galley.size(), frame.rect.shrink(14.0));
    paint_box(ui, desk, corner, galley);
}

fn boxed(ui: &Ui, desk: &Desk<'_>, at: Pos2, text: &str, within: Rect) {
    let font = FontId::proportional(12.0);
    let galley = ui
        .painter()
        .layout(text.to_owned(), font, desk.look.text, 300.0);
    let mut place = Rect::from_min_size(at, galley.size());
    let inner = within.shrink(12.0);
    if place.right() > inner.right() {
        place = place.translate(vec2(-galley.size().x - 32.0, 0.0));
    }
    if place.bottom() > inner.bottom() {
        place = place.translate(vec2(0.0, inner.bottom() - place.bottom()));
    }
    paint_box(ui, desk, place, galley);
}

fn paint_box(ui: &Ui, desk: &Desk<'_>, place: Rect, galley: std::sync::Arc<egui::Galley>) {
    let painter = ui.painter();
    let border = Stroke::new(1.0, desk.look.line);
    let fill = desk.look.card.gamma_multiply(0.93);
    painter.rect(place.expand(7.0), 6.0, fill, border, StrokeKind::Inside);
    painter.galley(place.min, galley, desk.look.text);
}

/// Whether the first hint is still to be given; lessons and games say themselves what to do.
fn is_hint_due(desk: &Desk<'_>) -> bool {
    let settings = &desk.state.settings;
    let is_lesson = desk.state.document().experiment().lesson.is_some();
    !settings.hint_seen && !settings.presenter && !is_lesson && desk.state.game.is_none()
}

/// The first hint; it goes away on the first change and never returns.
fn hint(ui: &Ui, desk: &Desk<'_>, frame: &Frame) {
    let start = frame.to_screen(desk.state.document().experiment().start);
    let text = "drag the start, move a rate: the paths follow";
    let font = FontId::proportional(13.0);
    let galley = ui
        .painter()
        .layout_no_wrap(text.into(), font, desk.look.text);
    let room = frame.rect.shrink(24.0);
    let right = start.x + 60.0 + galley.size().x < room.right();
    let offset = if right {
        vec2(40.0, -110.0)
    } else {
        vec2(-300.0, -110.0)
    };
    let mut place = Rect::from_min_size(start + offset, galley.size());
    if place.top() < room.top() + 60.0 {
        place = place.translate(vec2(30.0, 190.0));
    }
    let beyond = (room.left() - place.left()).max(0.0) - (place.right() - room.right()).max(0.0);
    place = place.translate(vec2(beyond, 0.0));
    let anchor = place.expand(7.0).clamp(start);
    let way = (start - anchor).normalized();
    ui.painter()
        .line_segment([anchor, start - way * 9.0], Stroke::new(1.0, desk.look.dim));
    paint_box(ui, desk, place, galley);
}

fn say(ui: &Ui, desk: &Desk<'_>, rect: Rect, text: &str) {
    let font = FontId::proportional(14.0);
    let galley = ui
        .painter()
        .layout_no_wrap(text.into(), font, desk.look.text);
    let place = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect);
    paint_box(ui, desk, place, galley);
}
