//! Who is ahead: loss, distance, status at the playhead.

use egui::{Align2, FontId, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::Desk;
use crate::analysis::distance;
use crate::app::command::Command;
use crate::app::settings::Ranking;
use crate::simulation::Status;
use crate::view::theme::{blend, caption};
use crate::view::{number, racer_looks};

/// One racer of the table.
struct Entry {
    place: usize,
    name: String,
    loss: f64,
    best: f64,
    distance: Option<f64>,
    status: Status,
}

const ROW: f32 = 23.0;

/// Shows the table.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let ranking = desk.state.settings.ranking;
    header(ui, desk, ranking);
    let mut entries = entries(desk);
    let by = |value: fn(&Entry) -> f64| move |a: &Entry, b: &Entry| value(a).total_cmp(&value(b));
    match ranking {
        Ranking::Loss => entries.sort_by(by(|entry| entry.loss)),
        Ranking::Best => entries.sort_by(by(|entry| entry.best)),
        Ranking::Distance => entries.sort_by(by(|entry| entry.distance.unwrap_or(f64::INFINITY))),
        Ranking::Status => entries.sort_by_key(|entry| rank(entry.status)),
        Ranking::Name => {}
    }
    let looks = racer_looks(desk.state.document().race.experiment(), desk.look);
    for entry in entries {
        let Some(look) = looks.get(entry.place) else {
            continue;
        };
        row(ui, desk, &entry, *look, ranking);
    }
}

fn entries(desk: &Desk<'_>) -> Vec<Entry> {
    let document = desk.state.document();
    let clock = desk.clock();
    let names = document.race.experiment().titles();
    let minima = document.race.minima();
    document
        .shown()
        .map(|(place, path)| {
            let step = clock.step_of(path);
            Entry {
                place,
                name: names.get(place).cloned().unwrap_or_default(),
                loss: path.loss_at(step),
                best: path.best_until(step).map_or(f64::NAN, |(_, loss)| loss),
                distance: distance(path.at(step), minima),
                status: path.status_at(step),
            }
        })
        .collect()
}

/// The converged first, by their step; then those on their way, the stuck, the far, the diverged.
fn rank(status: Status) -> (u8, usize) {
    match status {
        Status::Converged(step) => (0, step),
        Status::Running => (1, 0),
        Status::Stuck(step) => (2, step),
        Status::Far => (3, 0),
        Status::Diverged(step) => (4, step),
    }
}

/// Where the columns of loss and distance end.
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
            ui.label(caption("Leaderboard").color(desk.look.dim))
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
    let loss_help = "Rank by the loss at the playhead; again: by the lowest loss so far";
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
    for (place, title, chosen, choice, help) in headings {
        let id = ui.scope_id().with(title);
        let response = ui.interact(place, id, Sense::click()).on_hover_text(help);
        response.widget_info(|| {
            WidgetInfo::selected(Role::Button, true, chosen, format!("Rank by {title}"))
        });
        let color = match (chosen, response.hovered()) {
            (true, _) => desk.look.accent,
            (false, true) => desk.look.text,
            (false, false) => desk.look.dim,
        };
        let font = FontId::proportional(11.0);
        let right = pos2(place.right(), place.center().y);
        ui.painter()
            .text(right, Align2::RIGHT_CENTER, title, font, color);
        if response.clicked() {
            desk.send(Command::Rank(choice));
        }
    }
}

fn row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    entry: &Entry,
    look: crate::view::RacerLook,
    ranking: Ranking,
) {
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let selected = desk.state.document().selected == Some(entry.place);
    let shown_loss = if ranking == Ranking::Best {
        entry.best
    } else {
        entry.loss
    };
    let distance = entry.distance.map_or_else(|| "–".into(), number::short);
    response.widget_info(|| {
        let label = format!(
            "{}: loss {}, distance {distance}, {}",
            entry.name,
            number::short(shown_loss),
            entry.status
        );
        WidgetInfo::selected(Role::Row, true, selected, label)
    });
    let painter = ui.painter_at(rect);
    if selected || response.hovered() {
        let strength = if selected { 0.10 } else { 0.05 };
        let fill = blend(desk.look.panel, desk.look.text, strength);
        painter.rect_filled(rect, 4.0, fill);
    }
    let [loss_right, distance_right] = columns(rect);
    let name_left = rect.left() + 28.0;
    let middle = rect.center().y;
    let rim = egui::Stroke::new(1.0, desk.look.rim);
    painter.extend(
        look.marker
            .filled(pos2(rect.left() + 12.0, middle), 9.5, look.color, rim),
    );
    let text = |at, align, text: &str, mono: bool, color| {
        let font = if mono {
            FontId::monospace(12.0)
        } else {
            FontId::proportional(13.0)
        };
        painter.text(at, align, text, font, color)
    };
    let dim = desk.look.dim;
    let word = match entry.status {
        Status::Running => None,
        Status::Converged(step) => Some(format!("✓ {}", number::count(step))),
        Status::Stuck(step) => Some(format!("stuck {}", number::count(step))),
        Status::Far => Some("far".into()),
        Status::Diverged(step) => Some(format!("diverged {}", number::count(step))),
    };
    text(
        pos2(distance_right, middle),
        Align2::RIGHT_CENTER,
        &distance,
        true,
        desk.look.text,
    );
    let loss = text(
        pos2(loss_right, middle),
        Align2::RIGHT_CENTER,
        &number::short(shown_loss),
        true,
        desk.look.text,
    );
    let mut name_right = loss.left() - 8.0;
    if let Some(word) = word {
        let place = pos2(name_right, middle);
        let font = FontId::proportional(11.0);
        let color = match entry.status {
            Status::Diverged(_) => desk.look.error,
            _ => dim,
        };
        name_right = painter
            .text(place, Align2::RIGHT_CENTER, word, font, color)
            .left()
            - 6.0;
    }
    let name_rect = Rect::from_x_y_ranges(name_left..=name_right, rect.y_range());
    painter.with_clip_rect(name_rect.intersect(rect)).text(
        pos2(name_left, middle),
        Align2::LEFT_CENTER,
        &entry.name,
        FontId::proportional(13.0),
        desk.look.text,
    );
    if response.on_hover_text(entry.status.to_string()).clicked() {
        desk.send(Command::Select(Some(entry.place)));
    }
}
