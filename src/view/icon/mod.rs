//! Icons, drawn as shapes so that they are crisp at any scale and need no font.

mod draw;
mod pen;

use egui::emath::GuiRounding as _;
use egui::{Color32, Painter, Rect};

use pen::Pen;

/// Defines the icons, and a list of all of them.
macro_rules! icons {
    ($($(#[$meta:meta])* $name:ident,)*) => {
        /// An icon on a button.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon {
            $($(#[$meta])* $name,)*
        }

        impl Icon {
            /// All icons.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
        }
    };
}

icons! {
    /// ▶
    Play,
    /// ⏸
    Pause,
    /// One step forward.
    StepForward,
    /// One step back.
    StepBack,
    /// To the end.
    End,
    /// To the start.
    Start,
    /// ↻
    Loop,
    /// ↺ with a dot: back to how it was.
    Reset,
    /// A clock whose hands run backwards.
    History,
    /// A gauge.
    Speed,
    /// A clock.
    Clock,
    /// ↶
    Undo,
    /// ↷
    Redo,
    /// An open eye.
    Eye,
    /// A crossed-out eye.
    EyeClosed,
    /// ☾
    Moon,
    /// ☀
    Sun,
    /// Two links of a chain.
    Chain,
    /// Three dots.
    More,
    /// Three lines.
    Menu,
    /// A corner that points down.
    ChevronDown,
    /// A corner that points to the right.
    ChevronRight,
    /// A panel on the left.
    PanelLeft,
    /// A panel on the right.
    PanelRight,
    /// Two panes side by side.
    Compare,
    /// Two arrows, there and back.
    Swap,
    /// Pages behind a tab.
    Tab,
    /// A magnifying glass.
    Search,
    /// A magnifying glass with a plus.
    Lens,
    /// +
    Plus,
    /// −
    Minus,
    /// ×
    Cross,
    /// ✓
    Check,
    /// An arrow out of a box.
    Share,
    /// An arrow down to a tray.
    Export,
    /// A folder.
    Open,
    /// A disk.
    Save,
    /// A sheet with a plus.
    New,
    /// Two sheets.
    Duplicate,
    /// A pencil.
    Rename,
    /// A waste bin.
    Trash,
    /// A drawing pin.
    Pin,
    /// A question mark.
    Help,
    /// An open book.
    Tour,
    /// Angle brackets.
    Code,
    /// ƒ
    Formula,
    /// A cogwheel.
    Settings,
    /// A keyboard.
    Keyboard,
    /// A painter's palette.
    Palette,
    /// A screen.
    Presenter,
    /// A die.
    Game,
    /// A triangle with an exclamation mark.
    Warning,
    /// The corners of a frame around something.
    Fit,
    /// The corners of an empty frame.
    Corners,
    /// An arrow up.
    Up,
    /// An arrow down.
    Down,
    /// Arrows to both sides.
    Stretch,
    /// A ruler.
    Scale,
    /// A ghost.
    Ghost,
    /// A frame with both axes.
    Whole,
    /// An arrow from a point.
    Arrow,
    /// A bowl and the circle that touches its bottom.
    Curve,
    /// Points in a coordinate system.
    Data,
    /// One loop around another.
    Contours,
    /// Mountains.
    Mountains,
    /// Mountains beside a loop.
    MapAndMountains,
    /// A street that narrows towards the horizon.
    Street,
    /// A steep curve.
    Steep,
    /// A curve that levels off.
    Levelling,
    /// Two rows.
    Rows,
    /// A line between two axes.
    Chart,
    /// ⚡
    Bolt,
}

impl Icon {
    /// Paints the icon at the centre of `rect`, about 14 points wide.
    pub fn paint(self, painter: &Painter, rect: Rect, color: Color32) {
        self.paint_scaled(painter, rect, color, 1.0);
    }

    /// Paints the icon larger.
    pub fn paint_scaled(self, painter: &Painter, rect: Rect, color: Color32, scale: f32) {
        let centre = rect.center().round_to_pixels(painter.pixels_per_point());
        draw::draw(self, &Pen::new(painter, centre, color, scale));
    }
}

#[cfg(test)]
mod tests {
    use egui::{Context, Pos2, RawInput, Shape, pos2, vec2};

    use super::*;

    /// The shapes of an icon at the centre of a button.
    fn shapes(icon: Icon) -> Vec<Shape> {
        let ctx = Context::default();
        let mut output = ctx.run_ui(RawInput::default(), |ui| {
            icon.paint(ui.painter(), button(), Color32::WHITE);
        });
        output.textures_delta.clear();
        output.shapes.into_iter().map(|it| it.shape).collect()
    }

    fn button() -> Rect {
        Rect::from_center_size(pos2(50.0, 50.0), vec2(28.0, 28.0))
    }

    fn bounds(shapes: &[Shape]) -> Rect {
        let rects = shapes.iter().map(Shape::visual_bounding_rect);
        rects.fold(Rect::NOTHING, Rect::union)
    }

    #[test]
    fn icons_are_of_one_size_and_in_the_middle() {
        for icon in Icon::ALL {
            let bounds = bounds(&shapes(*icon));
            let off: Pos2 = bounds.center();
            assert!(bounds.size().max_elem() >= 8.0, "{icon:?}: {bounds}");
            assert!(bounds.size().max_elem() <= 16.5, "{icon:?}: {bounds}");
            assert!(off.distance(pos2(50.0, 50.0)) < 1.5, "{icon:?}: {bounds}");
        }
    }

    #[test]
    fn no_two_icons_are_the_same() {
        let drawn: Vec<_> = Icon::ALL.iter().map(|icon| shapes(*icon)).collect();
        for (index, icon) in Icon::ALL.iter().enumerate() {
            assert!(!drawn[..index].contains(&drawn[index]), "{icon:?}");
        }
    }
}
