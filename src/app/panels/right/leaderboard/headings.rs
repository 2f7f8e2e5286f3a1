//! The headings, by which the racers are ranked.

use egui::{
    Align, Align2, FontId, Label, Layout, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::heading::Heading;
use super::of_network::{self, Columns};
use super::{NUMBER, columns};
use crate::analysis::Ranking;
use crate::app::action::DocumentAction;
use crate::app::desk::Desk;
use crate::view::theme::caption;
use crate::view::theme::touch::target;

/// Shows the headings.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, ranking: Ranking) {
    let size = vec2(ui.available_width(), target(ui, 22.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.on_hover_text("Click a heading to rank by it");
    let [first, second] = columns(rect);
    let title = rect.with_max_x(first - NUMBER + 4.0);
    if status(ui, desk, title, ranking == Ranking::Status) {
        desk.act(DocumentAction::Rank(Ranking::Status));
    }
    let network = Columns::of(&**desk.document.race.surface());
    let headings = match network {
        _ if desk.caches.seeds.is_on() => with_seeds(network, ranking),
        Some(columns) => columns.headings(ranking),
        None => alone(ranking),
    };
    for (right, heading) in [first, second].into_iter().zip(headings) {
        let area = Rect::from_x_y_ranges(right - NUMBER + 4.0..=right, rect.y_range());
        if click(ui, desk, area, &heading) {
            desk.act(DocumentAction::Rank(heading.next));
        }
    }
}

/// Returns the headings of a race with one seed. A second click on a heading ranks by something
/// similar.
fn alone(ranking: Ranking) -> [Heading; 2] {
    let (loss, by_loss) = match ranking {
        Ranking::Loss => ("loss", Ranking::Best),
        Ranking::Best => ("best loss", Ranking::Loss),
        _ => ("loss", Ranking::Loss),
    };
    let (distance, by_distance) = match ranking {
        Ranking::Distance => ("distance", Ranking::Tuned),
        Ranking::Tuned => ("at its best", Ranking::Distance),
        _ => ("distance", Ranking::Distance),
    };
    [
        Heading {
            title: loss,
            next: by_loss,
            is_chosen: matches!(ranking, Ranking::Loss | Ranking::Best),
            help: "Rank by the loss at the playhead; click again to rank by the lowest loss so far",
        },
        Heading {
            title: distance,
            next: by_distance,
            is_chosen: matches!(ranking, Ranking::Distance | Ranking::Tuned),
            help: "Rank by the distance to the nearest global minimum; click again to rank by the \
                   final loss of each racer at its best rate",
        },
    ]
}

/// Returns the headings of a race with several seeds: clicks on the first one go through the medians.
fn with_seeds(network: Option<Columns>, ranking: Ranking) -> [Heading; 2] {
    let (median, next) = match (network, ranking) {
        (Some(columns), _) => of_network::with_seeds(columns, ranking),
        (None, Ranking::Loss) => ("median loss", Ranking::Best),
        (None, Ranking::Best) => ("median best", Ranking::Distance),
        (None, Ranking::Distance) => ("median distance", Ranking::Loss),
        (None, _) => ("median loss", Ranking::Loss),
    };
    let help = match network {
        Some(_) => {
            "Rank by the median over the seeds; click again for another one: accuracy, test loss, \
             loss"
        }
        None => {
            "Rank by the median loss over the seeds; click again for the lowest loss so far, and \
             for the distance to the nearest global minimum"
        }
    };
    let is_tuned = ranking == Ranking::Tuned;
    let (spread, by_spread) = if is_tuned {
        ("at its best", Ranking::Loss)
    } else {
        ("± 10–90 %", Ranking::Tuned)
    };
    [
        Heading {
            title: median,
            next,
            is_chosen: !is_tuned && !matches!(ranking, Ranking::Status | Ranking::Name),
            help,
        },
        Heading {
            title: spread,
            next: by_spread,
            is_chosen: is_tuned,
            help: "Half the range between the 10 % and the 90 % quantile over the seeds. Neighbours \
                   are a tie if neither is ahead with clearly more seeds than chance would give it \
                   (sign test, 5 %). Click to rank by the final loss of each racer at its best rate",
        },
    ]
}

/// Shows the title, above names and signs, and returns whether it was clicked.
fn status(ui: &mut Ui, desk: &Desk<'_>, area: Rect, is_chosen: bool) -> bool {
    let layout = Layout::left_to_right(Align::Center);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(area).layout(layout));
    let color = if is_chosen {
        desk.colors.accent
    } else {
        desk.colors.dim
    };
    ui.add(Label::new(caption("Leaderboard").color(color)).selectable(false));
    let response = ui.interact(area, ui.scope_id().with("status"), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, "Rank by status"));
    let help = "Rank by status: those that have converged first, the quickest at the top";
    response.on_hover_text(help).clicked()
}

/// Shows a heading and returns whether it was clicked.
fn click(ui: &Ui, desk: &Desk<'_>, area: Rect, heading: &Heading) -> bool {
    let Heading {
        title,
        is_chosen,
        help,
        ..
    } = *heading;
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
