//! Typesets equations: laid out by `ratex-layout` like TeX, painted with `KaTeX`'s fonts.

mod nodes;
mod signs;

use std::collections::HashMap;

use egui::epaint::{CubicBezierShape, QuadraticBezierShape};
use egui::{Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, Vec2, vec2};
use ratex_layout::{LayoutOptions, layout, to_display_list};
use ratex_types::color::Color;
use ratex_types::display_item::{DisplayItem, DisplayList};
use ratex_types::path_command::PathCommand;

use super::fonts::mathematics_family;
use crate::latex;
use crate::optimizer::Term;
use crate::optimizer::equation::{Line, Piece};

/// An equation after layout.
#[derive(Clone, Debug)]
pub struct Equation {
    list: DisplayList,
    terms: Vec<Term>,
    text: String,
}

/// An occurrence of a quantity in an equation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TermArea {
    /// The quantity.
    pub term: Term,
    /// The bounds of one of its occurrences.
    pub rect: Rect,
}

impl Equation {
    /// Lays out a line of equations; `None` if it is not valid LaTeX.
    #[must_use]
    pub fn new(line: &Line) -> Option<Self> {
        let terms = line.terms();
        let latex: String = line.0.iter().map(|piece| colored(piece, &terms)).collect();
        Some(Self {
            list: laid_out(&latex)?,
            terms,
            text: line.spoken(),
        })
    }

    /// Lays out LaTeX in which parameters are marked by [`marked`], and which reads as `text`; `None` if
    /// it is not valid.
    #[must_use]
    pub fn of_formula(latex: &str, parameters: usize, text: &str) -> Option<Self> {
        Some(Self {
            list: laid_out(latex)?,
            terms: (0..parameters).map(Term::Parameter).collect(),
            text: text.to_owned(),
        })
    }

    /// What is drawn, in em.
    #[must_use]
    pub const fn drawing(&self) -> &DisplayList {
        &self.list
    }

    /// The equation in Unicode text, for screen readers.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The size of the equation at this font size.
    #[must_use]
    pub fn size(&self, em: f32) -> Vec2 {
        vec2(points(self.list.width), points(self.list.total_height())) * em
    }

    /// Paints the equation with its upper left corner at `at` and returns where the quantities are.
    /// `color` gives the colour of each quantity, and of everything else for `None`.
    pub fn paint(
        &self,
        painter: &Painter,
        at: Pos2,
        em: f32,
        color: impl Fn(Option<Term>) -> Color32,
    ) -> Vec<TermArea> {
        let mut spots: HashMap<usize, Vec<Rect>> = HashMap::new();
        for item in &self.list.items {
            let index = index_of(item);
            let term = index.and_then(|index| self.terms.get(index)).copied();
            let rect = paint_item(painter, item, at, em, color(term));
            if let Some(index) = index {
                let rects = spots.entry(index).or_default();
                // Symbols that touch belong together: an index and its letter, a hat and its m.
                match rects.last_mut() {
                    Some(last) if last.expand(em * 0.12).intersects(rect) => {
                        *last = last.union(rect);
                    }
                    _ => rects.push(rect),
                }
            }
        }
        let mut found: Vec<TermArea> = spots
            .into_iter()
            .filter_map(|(index, rects)| Some((*self.terms.get(index)?, rects)))
            .flat_map(|(term, rects)| rects.into_iter().map(move |rect| TermArea { term, rect }))
            .collect();
        // Where quantities are nested, the smaller one comes first.
        found.sort_by(|a, b| a.rect.area().total_cmp(&b.rect.area()));
        found
    }
}

/// Lays out LaTeX; `None` if it is not valid.
fn laid_out(latex: &str) -> Option<DisplayList> {
    let formula = latex::read(latex).ok()?;
    let nodes = nodes::nodes(&formula)?;
    Some(to_display_list(&layout(&nodes, &LayoutOptions::default())))
}

#[expect(clippy::cast_possible_truncation, reason = "lengths in em")]
const fn points(em: f64) -> f32 {
    em as f32
}

/// LaTeX in the colour that marks it as the quantity with this index.
#[must_use]
pub fn marked(latex: &str, index: usize) -> String {
    format!("{{\\textcolor{{#0000{:02x}}}{{{latex}}}}}", index + 1)
}

/// LaTeX in which the colour of each quantity identifies it: the blue channel is its index in the
/// list plus one.
fn colored(piece: &Piece, terms: &[Term]) -> String {
    match piece {
        Piece::Latex(latex) => latex.clone(),
        Piece::Term(term, inner) => {
            let inner: String = inner.iter().map(|piece| colored(piece, terms)).collect();
            let index = terms.iter().position(|known| known == term).unwrap_or(0);
            marked(&inner, index)
        }
    }
}

fn index_of(item: &DisplayItem) -> Option<usize> {
    let (DisplayItem::GlyphPath { color, .. }
    | DisplayItem::Line { color, .. }
    | DisplayItem::Rect { color, .. }
    | DisplayItem::Path { color, .. }) = item;
    let Color { b, .. } = *color;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a byte, as a share of 255"
    )]
    let mark = (b * 255.0).round() as usize;
    mark.checked_sub(1)
}

/// Paints one item and returns its bounds.
fn paint_item(painter: &Painter, item: &DisplayItem, at: Pos2, em: f32, color: Color32) -> Rect {
    let spot = |x: f64, y: f64| at + vec2(points(x), points(y)) * em;
    match item {
        DisplayItem::GlyphPath {
            x,
            y,
            scale,
            font,
            char_code,
            ..
        } => {
            let sign = char::from_u32(*char_code).unwrap_or(' ');
            let size = em * points(*scale);
            glyph(painter, spot(*x, *y), sign, font, size, color)
        }
        DisplayItem::Line {
            x,
            y,
            width,
            thickness,
            ..
        } => {
            let thick = (em * points(*thickness)).max(1.0);
            let middle = spot(*x, *y);
            let size = vec2(em * points(*width), thick);
            let rect = Rect::from_min_size(middle - vec2(0.0, thick / 2.0), size);
            painter.rect_filled(rect, 0.0, color);
            rect
        }
        DisplayItem::Rect {
            x,
            y,
            width,
            height,
            ..
        } => {
            let size = vec2(points(*width), points(*height)) * em;
            let rect = Rect::from_min_size(spot(*x, *y), size);
            painter.rect_filled(rect, 0.0, color);
            rect
        }
        DisplayItem::Path { x, y, commands, .. } => {
            let outline = outline(commands, spot(*x, *y), em);
            let rect = Rect::from_points(&outline);
            fill(painter, outline, color);
            rect
        }
    }
}

/// Paints a glyph with its baseline at `at`.
fn glyph(painter: &Painter, at: Pos2, sign: char, face: &str, size: f32, color: Color32) -> Rect {
    let font = FontId::new(size, mathematics_family(face));
    let galley = painter.layout_no_wrap(sign.to_string(), font, color);
    let baseline = galley.rows.first().and_then(|row| {
        let glyph = row.glyphs.first()?;
        Some(row.pos.to_vec2() + glyph.pos.to_vec2())
    });
    let corner = at - baseline.unwrap_or_default();
    let rect = galley.mesh_bounds.translate(corner.to_vec2());
    painter.galley(corner, galley, color);
    rect
}

/// The corners of an outline, with its curves flattened.
fn outline(commands: &[PathCommand], origin: Pos2, em: f32) -> Vec<Pos2> {
    /// The maximum distance of a line from its curve, in points.
    const TOLERANCE: f32 = 0.05;
    let spot = |x: f64, y: f64| origin + vec2(points(x), points(y)) * em;
    let mut corners: Vec<Pos2> = Vec::new();
    for command in commands {
        let here = corners.last().copied().unwrap_or(origin);
        match *command {
            PathCommand::MoveTo { x, y } | PathCommand::LineTo { x, y } => {
                corners.push(spot(x, y));
            }
            PathCommand::QuadTo { x1, y1, x, y } => {
                let curve = [here, spot(x1, y1), spot(x, y)];
                let curve = QuadraticBezierShape::from_points_stroke(
                    curve,
                    false,
                    Color32::TRANSPARENT,
                    Stroke::NONE,
                );
                corners.extend(curve.flatten(Some(TOLERANCE)).into_iter().skip(1));
            }
            PathCommand::CubicTo {
                x1,
                y1,
                x2,
                y2,
                x,
                y,
            } => {
                let curve = [here, spot(x1, y1), spot(x2, y2), spot(x, y)];
                let curve = CubicBezierShape::from_points_stroke(
                    curve,
                    false,
                    Color32::TRANSPARENT,
                    Stroke::NONE,
                );
                corners.extend(curve.flatten(Some(TOLERANCE)).into_iter().skip(1));
            }
            PathCommand::Close => {}
        }
    }
    corners.dedup();
    if corners.len() > 1 && corners.first() == corners.last() {
        corners.pop();
    }
    corners
}

/// Fills an outline that may be concave, such as that of a root sign.
fn fill(painter: &Painter, outline: Vec<Pos2>, color: Color32) {
    let mut mesh = egui::Mesh::default();
    for corner in &outline {
        mesh.colored_vertex(*corner, color);
    }
    for [a, b, c] in ears(&outline) {
        mesh.add_triangle(a, b, c);
    }
    painter.add(Shape::mesh(mesh));
    // The triangles have hard edges; a hairline around them makes them smooth.
    painter.add(Shape::closed_line(outline, Stroke::new(0.35, color)));
}

/// Triangulates a simple polygon by ear clipping.
fn ears(corners: &[Pos2]) -> Vec<[u32; 3]> {
    let turn = |a: Pos2, b: Pos2, c: Pos2| (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    let area: f32 = corners
        .iter()
        .zip(corners.iter().cycle().skip(1))
        .map(|(a, b)| a.x * b.y - b.x * a.y)
        .sum();
    let way = area.signum();
    let mut left: Vec<usize> = (0..corners.len()).collect();
    let mut triangles = Vec::new();
    while left.len() > 2 {
        let count = left.len();
        let ear = (0..count).find(|&at| {
            let [a, b, c] =
                [(at + count - 1) % count, at, (at + 1) % count].map(|spot| corners[left[spot]]);
            let convex = turn(a, b, c) * way > 0.0;
            let empty = || {
                left.iter().map(|&spot| corners[spot]).all(|point| {
                    let inside = turn(a, b, point) * way > 0.0
                        && turn(b, c, point) * way > 0.0
                        && turn(c, a, point) * way > 0.0;
                    !inside
                })
            };
            convex && empty()
        });
        // If there is no ear, the rest has practically no area.
        let at = ear.unwrap_or(0);
        let names = [(at + count - 1) % count, at, (at + 1) % count].map(|spot| left[spot]);
        if ear.is_some() {
            #[expect(clippy::cast_possible_truncation, reason = "a handful of corners")]
            triangles.push(names.map(|name| name as u32));
        }
        left.remove(at);
    }
    triangles
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;
    use crate::optimizer::equation::Vocabulary;
    use crate::optimizer::{Adagrad, NoteRole, OptimizerChoice};

    #[test]
    fn every_rule_is_typeset_and_every_sign_is_valued_or_plain() {
        for choice in OptimizerChoice::all() {
            let rule = choice.rule();
            let lines = [rule.lines(1), rule.lines(2)];
            assert!(!lines.concat().is_empty(), "{}", rule.about().name);
            for line in lines.concat() {
                let equation = Equation::new(&line).unwrap_or_else(|| panic!("{line:?}"));
                assert!(equation.size(1.0).x > 2.0, "{line:?}");
                assert!(
                    !equation.text().contains(['<', '>', '\\']),
                    "{}",
                    equation.text()
                );
            }
        }
    }

    #[test]
    fn quantities_are_found_where_they_are_painted() {
        let choice = OptimizerChoice::Adagrad(Adagrad::default());
        let notes = choice.rule().notes();
        let parameters: Vec<_> = choice.rule().parameters().collect();
        let vocabulary = Vocabulary {
            notes: &notes,
            parameters: &parameters.iter().collect::<Vec<_>>(),
        };
        let text = r"<theta> \leftarrow <theta> - <learning_rate> \frac{<g>}{\sqrt{<G>}}";
        let equation = Equation::new(&Line::read(text, &vocabulary)).unwrap();
        let ctx = egui::Context::default();
        super::super::fonts::apply(&ctx);
        let mut spots = Vec::new();
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            spots = equation.paint(ui.painter(), pos2(10.0, 10.0), 20.0, |_| Color32::WHITE);
        });
        output.textures_delta.clear();
        let of = |term: Term| -> Vec<Rect> {
            let same = spots.iter().filter(|spot| spot.term == term);
            same.map(|spot| spot.rect).collect()
        };
        assert_eq!(of(Term::Position).len(), 2);
        let noted = |role: NoteRole| {
            let id = (0..)
                .zip(&notes)
                .find(|(_, note)| note.role == role)
                .unwrap()
                .0;
            of(Term::Note(id, role.family()))[0]
        };
        let gradient = noted(NoteRole::Gradient);
        let sum = noted(NoteRole::Squares);
        assert!(gradient.bottom() < sum.top(), "{gradient:?} above {sum:?}");
        let whole = Rect::from_min_size(pos2(10.0, 10.0), equation.size(20.0)).expand(2.0);
        for spot in &spots {
            assert!(whole.contains_rect(spot.rect), "{spot:?} in {whole:?}");
        }
    }

    #[test]
    fn concave_outlines_are_filled_without_overlap() {
        let arrow = [
            pos2(0.0, 0.0),
            pos2(4.0, 2.0),
            pos2(0.0, 4.0),
            pos2(1.0, 2.0),
        ];
        let triangles = ears(&arrow);
        let area: f32 = triangles
            .iter()
            .map(|triangle| {
                let [a, b, c] = triangle.map(|corner| arrow[corner as usize]);
                ((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)).abs() / 2.0
            })
            .sum();
        assert!((area - 6.0).abs() < 1e-5, "{area}");
        assert!(ears(&[]).is_empty());
        assert!(ears(&arrow[..2]).is_empty());
    }
}
