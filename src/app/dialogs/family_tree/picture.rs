//! The boxes of the family tree and the lines between them.

use egui::epaint::CubicBezierShape;
use egui::{
    Align, Align2, Color32, FontId, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

use super::{FamilyTree, races};
use crate::app::desk::Desk;
use crate::optimizer::Listed;
use crate::view::family_tree::{Laid, Node, edge, lay_out};
use crate::view::theme::blend;

const TEXT: f32 = 13.0;
const WORDS: f32 = 11.0;

impl FamilyTree {
    pub(super) fn picture(
        &mut self,
        ui: &mut Ui,
        desk: &Desk<'_>,
        all: &[&'static Listed],
        laid: &Laid,
    ) {
        let size = laid.size.max(ui.available_size() - Vec2::splat(1.0));
        let (area, _) = ui.allocate_exact_size(size, Sense::hover());
        let shift = area.min.to_vec2();
        let colors = desk.colors;
        for (left, heading) in &laid.columns {
            let at = pos2(area.left() + left, area.top() + 10.0);
            let font = FontId::proportional(WORDS);
            ui.painter()
                .text(at, Align2::LEFT_TOP, heading, font, colors.dim);
            let stroke = Stroke::new(1.0, blend(colors.card, colors.line, 0.5));
            ui.painter()
                .vline(at.x - 6.0, area.top() + 28.0..=area.bottom(), stroke);
        }
        let place = |name: &str| {
            let index = all.iter().position(|it| it.name == name)?;
            laid.boxes.get(index).map(|it| it.translate(shift))
        };
        let mut edges = Vec::new();
        for child in all {
            for parent in child.parents() {
                if let (Some(from), Some(to)) = (place(parent.name), place(child.name)) {
                    let is_lit = [child.name, parent.name].contains(&self.selected);
                    edges.push((is_lit, edge(from, to)));
                }
            }
        }
        // The lit ones lie on top.
        edges.sort_by_key(|(is_lit, _)| *is_lit);
        for (is_lit, points) in edges {
            let stroke = if is_lit {
                Stroke::new(1.8, colors.accent)
            } else {
                Stroke::new(1.0, blend(colors.card, colors.dim, 0.55))
            };
            let curve =
                CubicBezierShape::from_points_stroke(points, false, Color32::TRANSPARENT, stroke);
            ui.painter().add(curve);
        }
        for rule in all {
            if let Some(rect) = place(rule.name) {
                self.rule(ui, desk, rule, rect);
            }
        }
    }

    fn rule(&mut self, ui: &mut Ui, desk: &Desk<'_>, rule: &'static Listed, rect: Rect) {
        let colors = desk.colors;
        let response = ui.interact(
            rect,
            ui.scope_id().with(("rule", rule.name)),
            Sense::click(),
        );
        let is_selected = rule.name == self.selected;
        response.widget_info(|| {
            WidgetInfo::selected(
                Role::Button,
                true,
                is_selected,
                format!("Rule {}", rule.title),
            )
        });
        if response.clicked() {
            self.selected = rule.name;
        }
        if is_selected && self.reveal {
            response.scroll_to_me(Some(Align::Center));
        }
        let is_near = is_selected || relatives(rule).any(|it| it.name == self.selected);
        let (fill, border) = match (is_selected, is_near) {
            (true, _) => (blend(colors.card, colors.accent, 0.3), colors.accent),
            (false, true) => (colors.panel, colors.dim),
            (false, false) => (colors.panel, colors.line),
        };
        let stroke = Stroke::new(1.0, border);
        ui.painter()
            .rect(rect, 5.0, fill, stroke, StrokeKind::Inside);
        let mut left = rect.left() + 10.0;
        if races(desk, rule) {
            let at = pos2(left + 4.0, rect.center().y);
            ui.painter().circle_filled(at, 4.0, colors.accent);
            left += 14.0;
        }
        let font = FontId::proportional(TEXT);
        let at = pos2(left, rect.center().y);
        ui.painter()
            .text(at, Align2::LEFT_CENTER, rule.title, font, colors.text);
        let added = rule.history.and_then(|it| it.parents.first());
        if let Some(parent) = added {
            let from_selected = rule.history.map_or(&[][..], |it| it.parents);
            let from_selected = from_selected.iter().find(|it| it.name == self.selected);
            let (words, color) = match from_selected {
                Some(parent) => (parent.added, colors.accent),
                None => (parent.added, colors.dim),
            };
            let at = rect.left_top() + vec2(2.0, -2.0);
            let font = FontId::proportional(WORDS);
            ui.painter()
                .text(at, Align2::LEFT_BOTTOM, words, font, color);
        }
        response.on_hover_text(&rule.idea);
    }
}

/// The parents and children of a rule.
fn relatives(rule: &Listed) -> impl Iterator<Item = &'static Listed> {
    rule.parents().chain(rule.children())
}

/// Places the rules; the widths are those of their texts.
pub fn laid(ui: &Ui, all: &[&'static Listed], least: f32) -> Laid {
    let width = |text: &str, size: f32| {
        let font = FontId::proportional(size);
        let galley = ui
            .painter()
            .layout_no_wrap(text.to_owned(), font, Color32::WHITE);
        galley.size().x
    };
    let index = |name: &str| all.iter().position(|it| it.name == name);
    let parents: Vec<Vec<usize>> = all
        .iter()
        .map(|it| it.parents().filter_map(|it| index(it.name)).collect())
        .collect();
    let nodes: Vec<Node<'_>> = all
        .iter()
        .zip(&parents)
        .map(|(rule, parents)| {
            let history = rule.history;
            let added = history.map_or(&[][..], |it| it.parents).iter();
            let words = added.map(|it| width(it.added, WORDS)).fold(0.0, f32::max);
            Node {
                year: history.map_or(0, |it| it.year),
                width: width(rule.title, TEXT) + 36.0,
                words: words + 4.0,
                parents,
            }
        })
        .collect();
    lay_out(&nodes, least)
}
