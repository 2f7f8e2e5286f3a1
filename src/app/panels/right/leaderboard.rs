//! The leaderboard: loss, distance and status of each racer at the playhead.

use egui::{
    Align, Align2, FontId, Label, Layout, Painter, Pos2, Rect, Role, Sense, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use crate::analysis::{Ranking, Standing};
use crate::app::action::DocumentAction;
use crate::app::desk::Desk;
use crate::optimizer::Family;
use crate::simulation::Status;
use crate::view::icon::Icon;
use crate::view::theme::{blend, caption};
use crate::view::{RacerLook, fonts, number, racer_looks};

const ROW: f32 = 24.0;
/// The widths of the columns of losses and distances.
const NUMBER: f32 = 70.0;
/// The width of a sign of the status.
const SIGN: f32 = 18.0;

/// Shows the leaderboard.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let ranking = desk.document.view.ranking;
        header(ui, desk, ranking);
        let experiment = desk.document.race.experiment();
        let (looks, names) = (racer_looks(experiment, desk.colors), experiment.titles());
        for standing in standings(desk, ranking) {
            let racer = standing.racer;
            if let (Some(look), Some(name)) = (looks.get(racer), names.get(racer)) {
                row(ui, desk, name, &standing, *look, ranking);
            }
        }
        horizons(ui, desk, &names);
    });
}

fn standings(desk: &Desk<'_>, ranking: Ranking) -> Vec<Standing> {
    let (clock, minima) = (desk.clock(), desk.document.race.minima());
    let shown = desk.document.shown();
    let mut standings: Vec<Standing> = shown
        .map(|it| Standing::of(it.index, it.path, clock.step_of(it.path), minima))
        .collect();
    ranking.sort(&mut standings);
    standings
}

/// Returns the right edges of the loss and distance columns.
fn columns(rect: Rect) -> [f32; 2] {
    let right = rect.right() - 4.0;
    [right - NUMBER, right]
}

fn header(ui: &mut Ui, desk: &mut Desk<'_>, ranking: Ranking) {
    let size = vec2(ui.available_width(), 22.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.on_hover_text("Click a heading to rank by it");
    let [loss, distance] = columns(rect);
    let title = rect.with_max_x(loss - NUMBER + 4.0);
    if status_heading(ui, desk, title, ranking == Ranking::Status) {
        desk.act(DocumentAction::Rank(Ranking::Status));
    }
    // A second click on "loss" ranks by the lowest loss so far.
    let (loss_title, by_loss) = match ranking {
        Ranking::Loss => ("loss", Ranking::Best),
        Ranking::Best => ("best loss", Ranking::Loss),
        _ => ("loss", Ranking::Loss),
    };
    let loss_help =
        "Rank by the loss at the playhead; click again to rank by the lowest loss so far";
    let distance_help = "Rank by the distance to the nearest global minimum";
    let headings = [
        (loss, loss_title, by_loss, loss_help),
        (distance, "distance", Ranking::Distance, distance_help),
    ];
    for (right, title, choice, help) in headings {
        let is_chosen = match choice {
            Ranking::Distance => ranking == Ranking::Distance,
            _ => matches!(ranking, Ranking::Loss | Ranking::Best),
        };
        let area = Rect::from_x_y_ranges(right - NUMBER + 12.0..=right, rect.y_range());
        if heading(ui, desk, area, title, is_chosen, help) {
            desk.act(DocumentAction::Rank(choice));
        }
    }
}

/// Shows the title, above names and signs, and returns whether it was clicked.
fn status_heading(ui: &mut Ui, desk: &Desk<'_>, area: Rect, is_chosen: bool) -> bool {
    let layout = Layout::left_to_right(Align::Center);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(area).layout(layout));
    let color = if is_chosen {
        desk.colors.accent
    } else {
        desk.colors.dim
    };
    let title = Label::new(caption("Leaderboard").color(color)).selectable(false);
    let response = ui.add(title.sense(Sense::click()));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, "Rank by status"));
    let help = "Rank by status: those that have converged first, the quickest at the top";
    response.on_hover_text(help).clicked()
}

/// Shows a heading and returns whether it was clicked.
fn heading(ui: &Ui, desk: &Desk<'_>, area: Rect, title: &str, is_chosen: bool, help: &str) -> bool {
    let id = ui.scope_id().with(title);
    let response = ui.interact(area, id, Sense::click()).on_hover_text(help);
    response.widget_info(|| {
        WidgetInfo::selected(Role::Button, true, is_chosen, format!("Rank by {title}"))
    });
    let color = match (is_chosen, response.hovered()) {
        (true, _) => desk.colors.accent,
        (false, true) => desk.colors.text,
        (false, false) => desk.colors.dim,
    };
    let at = pos2(area.right(), area.center().y);
    let font = FontId::proportional(11.0);
    ui.painter()
        .text(at, Align2::RIGHT_CENTER, title, font, color);
    response.clicked()
}

fn row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    name: &str,
    standing: &Standing,
    look: RacerLook,
    ranking: Ranking,
) {
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let is_selected = desk.document.selected_index() == Some(standing.racer);
    let loss = match ranking {
        Ranking::Best => standing.best,
        _ => standing.loss,
    };
    let loss = number::short(loss);
    let distance = standing.distance.map_or_else(|| "–".into(), number::short);
    let fate = fate(desk, standing);
    response.widget_info(|| {
        let label = format!("{name}: loss {loss}, distance {distance}, {fate}");
        WidgetInfo::selected(Role::Row, true, is_selected, label)
    });
    let painter = ui.painter_at(rect);
    if is_selected || response.hovered() {
        let strength = if is_selected { 0.10 } else { 0.05 };
        let fill = blend(desk.colors.panel, desk.colors.text, strength);
        painter.rect_filled(rect, 4.0, fill);
    }
    let middle = rect.center().y;
    let rim = egui::Stroke::new(1.0, desk.colors.rim);
    let marker = pos2(rect.left() + 12.0, middle);
    painter.extend(look.marker.filled(marker, 9.5, look.color, rim));
    let text = |right: f32, text: &str| {
        let at = pos2(right, middle);
        let font = fonts::numbers(12.0);
        painter.text(at, Align2::RIGHT_CENTER, text, font, desk.colors.text)
    };
    let [loss_right, distance_right] = columns(rect);
    text(distance_right, &distance);
    let numbers = text(loss_right, &loss).left();
    let mut room = rect
        .with_min_x(rect.left() + 28.0)
        .with_max_x(numbers - 6.0);
    if standing.status != Status::Running {
        room.max.x -= SIGN;
    }
    let is_decided = decided_from(desk, standing.racer).is_some();
    if is_decided {
        room.max.x -= SIGN;
    }
    let end = name_in(&painter, desk, name, room);
    let mut next = pos2(end + 11.0, middle);
    sign(&painter, desk, standing.status, next);
    if is_decided {
        if standing.status != Status::Running {
            next.x += SIGN;
        }
        dashes(&painter, next, desk.colors.dim);
    }
    if response.on_hover_text(fate).clicked() {
        let id = desk
            .document
            .race
            .lineup()
            .ids()
            .get(standing.racer)
            .copied();
        desk.act(DocumentAction::Select(id));
    }
}

/// Writes a name into an area, cut where it is too long, and returns where it ends.
fn name_in(painter: &Painter, desk: &Desk<'_>, name: &str, room: Rect) -> f32 {
    let font = FontId::proportional(13.0);
    let mut job = egui::text::LayoutJob::simple_singleline(name.to_owned(), font, desk.colors.text);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.width());
    let galley = painter.layout_job(job);
    let at = pos2(room.left(), room.center().y - galley.size().y / 2.0);
    let end = at.x + galley.size().x;
    painter.galley(at, galley, desk.colors.text);
    end
}

/// Paints a sign of a status, unless the racer is running.
fn sign(painter: &Painter, desk: &Desk<'_>, status: Status, at: Pos2) {
    let area = Rect::from_center_size(at, vec2(12.0, 12.0));
    let (good, bad, dim) = (
        desk.colors.family(Family::Squares),
        desk.colors.error,
        desk.colors.dim,
    );
    match status {
        Status::Converged(_) => Icon::Check.paint(painter, area, good),
        Status::Stuck(_) => Icon::Pause.paint(painter, area.shrink(1.0), dim),
        Status::Far => Icon::Arrow.paint(painter, area, dim),
        Status::Diverged(_) => Icon::Warning.paint(painter, area, bad),
        Status::Undefined(_) => {
            let font = fonts::numbers(10.0);
            painter.text(at, Align2::CENTER_CENTER, "0/0", font, bad);
        }
        _ => {}
    }
}

/// Returns a racer's status, with the reason if its step is undefined.
fn fate(desk: &Desk<'_>, standing: &Standing) -> String {
    let status = standing.status;
    let race = &desk.document.race;
    let racer = race.experiment().racers.get(standing.racer);
    let path = race.paths().get(standing.racer);
    let reason = match (status, racer, path) {
        (Status::Undefined(_), Some(racer), Some(path)) => {
            path.undefined(&racer.plan, race.surface().axes())
        }
        _ => None,
    };
    let fate = match reason {
        Some(reason) => format!("{status}: {reason}"),
        None => status.to_string(),
    };
    match decided_from(desk, standing.racer) {
        Some(step) => format!("{fate}, {}", decides(step)),
        None => fate,
    }
}

/// Returns the step from which rounding decides a racer's path, once the playhead is there.
fn decided_from(desk: &Desk<'_>, racer: usize) -> Option<usize> {
    let from = desk.caches.horizon.decided_from(racer)?;
    let path = desk.document.race.paths().get(racer)?;
    (desk.clock().step_of(path) >= from).then_some(from)
}

fn decides(step: usize) -> String {
    format!("rounding decides from step {}", number::count(step))
}

/// Paints the sign of a path that rounding decides: it is dashed, as the trail is.
fn dashes(painter: &Painter, at: Pos2, color: egui::Color32) {
    let stroke = egui::Stroke::new(1.5, color);
    for left in [-6.0, -1.5, 3.0] {
        painter.hline(at.x + left..=at.x + left + 3.0, at.y, stroke);
    }
}

/// Names the racers whose paths rounding decides at the playhead, if there are any.
fn horizons(ui: &mut Ui, desk: &Desk<'_>, names: &[String]) {
    let shown = desk.document.shown();
    let decided =
        shown.filter_map(|it| Some((names.get(it.index)?, decided_from(desk, it.index)?)));
    let parts: Vec<String> = decided
        .map(|(name, step)| format!("{name}: {}", decides(step)))
        .collect();
    if parts.is_empty() {
        return;
    }
    let text = egui::RichText::new(parts.join("; "))
        .small()
        .color(desk.colors.dim);
    ui.add_space(4.0);
    let help = "The same race with twice as many digits has parted from this path there. What \
                comes later, dashed in the plane, is one of many paths that are equally right.";
    ui.add(Label::new(text).wrap()).on_hover_text(help);
}
