//! What one racer's network has learned, drawn small.

use egui::{Color32, Painter, Rect, Stroke, StrokeKind, Vec2};

use super::plot::{Plot, Sizes};
use super::{Painted, pictures};
use crate::sampling::learned::{Outlook, Palette, Sight};
use crate::view::{Colors, RacerLook};

/// What one racer's network has learned, as one of small multiples.
#[derive(Clone, Copy, Debug)]
pub struct Tile<'a> {
    /// The colours of the theme.
    pub colors: &'a Colors,
    /// What of the data is seen.
    pub outlook: &'a Outlook,
    /// The colours of predictions.
    pub palette: &'a Palette,
    /// The names of the classes.
    pub classes: &'a [String],
    /// The look of the racer.
    pub look: RacerLook,
    /// The predictions; `None` while there are none.
    pub painted: Option<&'a Painted>,
    /// Whether the racer is selected.
    pub selected: bool,
    /// Whether the pointer is on it.
    pub hovered: bool,
}

impl Tile<'_> {
    /// The sizes of what is drawn in a picture with this side.
    fn sizes(side: f32) -> Sizes {
        let share = (side / 102.0).clamp(0.6, 1.0);
        Sizes {
            dot: 1.7 * share,
            ring: 4.0 * share,
            most: if share < 0.9 { 110 } else { 220 },
            curve: 1.8 * share,
        }
    }

    /// Returns the number of nodes across and up at which predictions are sampled for a picture of
    /// this size: one every three points.
    #[must_use]
    pub fn nodes(size: Vec2) -> [usize; 2] {
        [size.x, size.y].map(|side| (side / 3.0) as usize + 1)
    }

    /// Paints it into `rect`.
    pub fn paint(&self, painter: &Painter, rect: Rect) {
        match (self.outlook.sight(), self.painted) {
            (Sight::Pictures(_), Some(painted)) => {
                painter.rect_filled(rect, 0.0, self.colors.window);
                let size = rect.width().min(rect.height()) / 3.0;
                let names = (size, self.classes);
                pictures::paint(painter, rect, self.colors, self.outlook, painted, names);
            }
            _ => self
                .plot(rect.width().min(rect.height()))
                .paint(painter, rect, self.painted),
        }
        let border = match (self.selected, self.hovered) {
            (true, _) => Stroke::new(2.0, self.colors.accent),
            (false, true) => Stroke::new(1.0, self.colors.text),
            (false, false) => Stroke::new(1.0, self.edge()),
        };
        painter.rect_stroke(rect, 0.0, border, StrokeKind::Inside);
    }

    fn edge(&self) -> Color32 {
        crate::view::theme::blend(self.colors.line, self.colors.dim, 0.4)
    }

    fn plot(&self, side: f32) -> Plot<'_> {
        Plot {
            colors: self.colors,
            outlook: self.outlook,
            palette: self.palette,
            curve: self.look.color,
            sizes: Self::sizes(side),
        }
    }
}
