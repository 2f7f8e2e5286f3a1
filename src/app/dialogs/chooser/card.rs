//! A card of the chooser.

use egui::{
    Align2, Color32, FontId, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use super::entries::Card;
use super::{CARD, Chooser, toggle_favourite};
use crate::app::desk::Desk;
use crate::view::fonts::strong_family;
use crate::view::marker::star;
use crate::view::theme::blend;
use crate::view::theme::touch::target_size;
use crate::view::thumbnail::Thumbnail;

/// The side of a thumbnail, and the space around it.
const SIDE: f32 = 84.0;
const INSIDE: f32 = 10.0;

impl Chooser {
    /// Shows a card. A click chooses it, a double click adds it.
    pub(super) fn card(
        &mut self,
        ui: &mut Ui,
        desk: &mut Desk<'_>,
        card: &Card,
        place: usize,
        may_compute: &mut bool,
    ) {
        let size = vec2(CARD.x.min(ui.available_width()), CARD.y);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let provides = desk.document.race.surface().provides();
        let refusal = card.optimizer.refusal(provides);
        let is_chosen = self.chosen.contains(&card.name);
        response.widget_info(|| {
            let enabled = refusal.is_none();
            WidgetInfo::selected(Role::Button, enabled, is_chosen, &card.title)
        });
        if place == self.cursor && self.reveal {
            response.scroll_to_me(None);
        }
        if response.hovered() && ui.input(|input| input.pointer.is_moving()) {
            self.cursor = place;
        }
        if response.clicked() && refusal.is_none() {
            self.cursor = place;
            self.toggle(&card.name);
        }
        if ui.is_rect_visible(rect) {
            self.paint_card(ui, desk, card, rect, (is_chosen, place), may_compute);
        }
        star_button(ui, desk, card, rect);
        told(response, refusal);
    }

    fn paint_card(
        &mut self,
        ui: &Ui,
        desk: &Desk<'_>,
        card: &Card,
        rect: Rect,
        (is_chosen, place): (bool, usize),
        may_compute: &mut bool,
    ) {
        let colors = desk.colors;
        let (fill, border) = if is_chosen {
            (blend(colors.card, colors.accent, 0.22), colors.accent)
        } else if place == self.cursor {
            (colors.card, colors.dim)
        } else {
            (colors.card, colors.line)
        };
        let stroke = Stroke::new(1.0, border);
        ui.painter()
            .rect(rect, 6.0, fill, stroke, StrokeKind::Inside);
        let picture = Rect::from_min_size(rect.min + vec2(INSIDE, INSIDE), vec2(SIDE, SIDE));
        let (ground, window) = (
            self.portraits.ground(ui.ctx(), colors),
            self.portraits.window(),
        );
        let minima = self.portraits.minima();
        let portrait = self.portraits.get(&card.name, &card.optimizer, may_compute);
        let leaves = portrait.is_some_and(|it| it.leaves);
        Thumbnail {
            window,
            ground: Some(ground),
            path: portrait.map_or(&[], |it| &it.points),
            minima: &minima,
            color: Color32::WHITE,
        }
        .paint(ui.painter(), picture);
        let left = picture.right() + INSIDE;
        let right = rect.right() - INSIDE;
        let painter = ui.painter().with_clip_rect(rect.shrink(2.0));
        let font = FontId::new(13.0, strong_family());
        let galley = ui
            .painter()
            .layout_no_wrap(card.title.clone(), font, colors.text);
        let end = left + galley.size().x;
        painter.galley(pos2(left, rect.top() + INSIDE), galley, colors.text);
        if let Some(history) = card.history {
            let at = pos2(end + 8.0, rect.top() + INSIDE + 2.0);
            let year = history.year.to_string();
            painter.text(
                at,
                Align2::LEFT_TOP,
                year,
                FontId::proportional(11.0),
                colors.dim,
            );
        }
        let mut idea = egui::text::LayoutJob::simple(
            card.idea.clone(),
            FontId::proportional(11.5),
            colors.dim,
            right - left,
        );
        idea.wrap.max_rows = 4;
        let idea = painter.layout_job(idea);
        painter.galley(pos2(left, rect.top() + INSIDE + 21.0), idea, colors.dim);
        let low = rect.bottom() - 9.0;
        let small = FontId::proportional(11.0);
        if is_chosen {
            let at = pos2(right, low);
            painter.text(
                at,
                Align2::RIGHT_BOTTOM,
                "chosen",
                small.clone(),
                colors.accent,
            );
        }
        let mut said: Vec<&str> = Vec::new();
        let racers = &desk.document.experiment().racers;
        if racers
            .iter()
            .any(|it| it.plan.optimizer.is_same_rule(&card.optimizer))
        {
            said.push("in this race");
        }
        if leaves {
            said.push("leaves the picture");
        } else if self.portraits.knows(&card.name) && !self.portraits.can_paint(&card.name) {
            said.push("moves matrices only");
        }
        let text = said.join(" · ");
        painter.text(
            pos2(left, low),
            Align2::LEFT_BOTTOM,
            text,
            small,
            colors.dim,
        );
    }
}

/// The star at the upper right.
fn star_button(ui: &mut Ui, desk: &mut Desk<'_>, card: &Card, rect: Rect) {
    let size = target_size(ui, vec2(24.0, 24.0));
    let area = Rect::from_center_size(rect.right_top() + vec2(-17.0, 18.0), size);
    let is_favourite = desk.workspace.settings.favourites.contains(&card.name);
    let id = ui.scope_id().with(("star", &card.name));
    let response = ui.interact(area, id, Sense::click());
    let label = if is_favourite {
        format!("Take the star from {}", card.title)
    } else {
        format!("Give {} a star", card.title)
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    if ui.is_rect_visible(area) {
        let corners = star(area.center(), 14.0);
        if is_favourite {
            // A star is not convex: five triangles around a pentagon.
            let gold = Color32::from_rgb(0xf2, 0xc9, 0x4c);
            for tip in (0..10).step_by(2) {
                let three = [tip, tip + 1, tip + 9].map(|it| corners.get(it % 10).copied());
                let three: Vec<_> = three.into_iter().flatten().collect();
                ui.painter()
                    .add(Shape::convex_polygon(three, gold, Stroke::NONE));
            }
            let inner = corners.iter().skip(1).step_by(2).copied().collect();
            ui.painter()
                .add(Shape::convex_polygon(inner, gold, Stroke::NONE));
        } else {
            let stroke = Stroke::new(1.2, desk.colors.dim);
            ui.painter().add(Shape::closed_line(corners, stroke));
        }
    }
    if response.on_hover_text(label).clicked() {
        toggle_favourite(desk, &card.name);
    }
}

fn told(response: Response, refusal: Option<String>) {
    if let Some(refusal) = refusal {
        response.on_hover_text(refusal);
    }
}
