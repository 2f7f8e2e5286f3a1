//! The leaderboard: loss, distance and status of each racer at the playhead.

use egui::{Align2, FontId, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::analysis::{Ranking, Standing};
use crate::app::action::DocumentAction;
use crate::app::desk::Desk;
use crate::simulation::Status;
use crate::view::theme::{blend, caption};
use crate::view::{number, racer_looks};

const ROW: f32 = 23.0;

/// Shows the leaderboard.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let ranking = desk.document.view.ranking;
    header(ui, desk, ranking);
    let document = desk.document;
    let experiment = document.race.experiment();
    let (looks, names) = (racer_looks(experiment, desk.colors), experiment.titles());
    for standing in standings(desk, ranking) {
        let (Some(colors), Some(name)) = (looks.get(standing.racer), names.get(standing.racer))
        else {
            continue;
        };
        row(ui, desk, name, &standing, *colors, ranking);
    }
}

fn standings(desk: &Desk<'_>, ranking: Ranking) -> Vec<Standing> {
    let document = desk.document;
    let (clock, minima) = (desk.clock(), document.race.minima());
    let mut standings: Vec<Standing> = document
        .shown()
        .map(|it| Standing::of(it.index, it.path, clock.step_of(it.path), minima))
        .collect();
    ranking.sort(&mut standings);
    standings
}

/// Returns the right edges of the loss and distance columns.
fn columns(rect: Rect) -> [f32; 2] {
    let right = rect.right() - 4.0;
    [right - 74.0, right]
}

fn header(ui: &mut Ui, desk: &mut Desk<'_>, ranking: Ranking) {
    let size = vec2(ui.available_width(), 20.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.on_hover_text("Click a heading to rank by it");
    let [loss, distance] = columns(rect);
    let at = |right: f32, width: f32| Rect::from_x_y_ranges(right - width..=right, rect.y_range());
    let title = Rect::from_x_y_ranges(rect.left()..=rect.left() + 104.0, rect.y_range());
    ui.put(title, |ui: &mut Ui| {
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.label(caption("Leaderboard").color(desk.colors.dim))
        })
        .inner
    });
    // A second click on "loss" ranks by the lowest loss so far.
    let (loss_title, loss_choice) = match ranking {
        Ranking::Loss => ("loss", Ranking::Best),
        Ranking::Best => ("best loss", Ranking::Loss),
        _ => ("loss", Ranking::Loss),
    };
    let by_loss = matches!(ranking, Ranking::Loss | Ranking::Best);
    let by_distance = ranking == Ranking::Distance;
    let by_status = ranking == Ranking::Status;
    let status_help = "Rank by the step from which a racer has converged";
    let loss_help =
        "Rank by the loss at the playhead; click again to rank by the lowest loss so far";
    let distance_help = "Rank by the distance to the nearest global minimum";
    let headings = [
        (
            at(loss - 60.0, 44.0),
            "status",
            by_status,
            Ranking::Status,
            status_help,
        ),
        (at(loss, 56.0), loss_title, by_loss, loss_choice, loss_help),
        (
            at(distance, 58.0),
            "distance",
            by_distance,
            Ranking::Distance,
            distance_help,
        ),
    ];
    for (area, title, chosen, choice, help) in headings {
        let id = ui.scope_id().with(title);
        let response = ui.interact(area, id, Sense::click()).on_hover_text(help);
        response.widget_info(|| {
            WidgetInfo::selected(Role::Button, true, chosen, format!("Rank by {title}"))
        });
        let color = match (chosen, response.hovered()) {
            (true, _) => desk.colors.accent,
            (false, true) => desk.colors.text,
            (false, false) => desk.colors.dim,
        };
        let font = FontId::proportional(11.0);
        let right = pos2(area.right(), area.center().y);
        ui.painter()
            .text(right, Align2::RIGHT_CENTER, title, font, color);
        if response.clicked() {
            desk.act(DocumentAction::Rank(choice));
        }
    }
}

fn row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    name: &str,
    standing: &Standing,
    colors: crate::view::RacerLook,
    ranking: Ranking,
) {
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let selected = desk.document.selected_index() == Some(standing.racer);
    let shown_loss = if ranking == Ranking::Best {
        standing.best
    } else {
        standing.loss
    };
    let distance = standing.distance.map_or_else(|| "–".into(), number::short);
    let status = fate(desk, standing);
    response.widget_info(|| {
        let label = format!(
            "{}: loss {}, distance {distance}, {}",
            name,
            number::short(shown_loss),
            status
        );
        WidgetInfo::selected(Role::Row, true, selected, label)
    });
    let painter = ui.painter_at(rect);
    if selected || response.hovered() {
        let strength = if selected { 0.10 } else { 0.05 };
        let fill = blend(desk.colors.panel, desk.colors.text, strength);
        painter.rect_filled(rect, 4.0, fill);
    }
    let [loss_right, distance_right] = columns(rect);
    let name_left = rect.left() + 28.0;
    let middle = rect.center().y;
    let rim = egui::Stroke::new(1.0, desk.colors.rim);
    painter.extend(
        colors
            .marker
            .filled(pos2(rect.left() + 12.0, middle), 9.5, colors.color, rim),
    );
    let text = |at, align, text: &str, mono: bool, color| {
        let font = if mono {
            FontId::monospace(12.0)
        } else {
            FontId::proportional(13.0)
        };
        painter.text(at, align, text, font, color)
    };
    let dim = desk.colors.dim;
    let word = match standing.status {
        Status::Running => None,
        Status::Converged(step) => Some(format!("✓ {}", number::count(step))),
        Status::Stuck(step) => Some(format!("stuck {}", number::count(step))),
        Status::Far => Some("far".into()),
        Status::Diverged(step) => Some(format!("diverged {}", number::count(step))),
        Status::Undefined(step) => Some(format!("undefined {}", number::count(step))),
    };
    text(
        pos2(distance_right, middle),
        Align2::RIGHT_CENTER,
        &distance,
        true,
        desk.colors.text,
    );
    let loss = text(
        pos2(loss_right, middle),
        Align2::RIGHT_CENTER,
        &number::short(shown_loss),
        true,
        desk.colors.text,
    );
    let mut name_right = loss.left() - 8.0;
    if let Some(word) = word {
        let spot = pos2(name_right, middle);
        let font = FontId::proportional(11.0);
        let color = if standing.status.is_out() {
            desk.colors.error
        } else {
            dim
        };
        name_right = painter
            .text(spot, Align2::RIGHT_CENTER, word, font, color)
            .left()
            - 6.0;
    }
    let name_rect = Rect::from_x_y_ranges(name_left..=name_right, rect.y_range());
    painter.with_clip_rect(name_rect.intersect(rect)).text(
        pos2(name_left, middle),
        Align2::LEFT_CENTER,
        name,
        FontId::proportional(13.0),
        desk.colors.text,
    );
    if response.on_hover_text(status).clicked() {
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
    match reason {
        Some(reason) => format!("{status}: {reason}"),
        None => status.to_string(),
    }
}
