//! Icons, drawn as shapes so that they are crisp at any scale and need no font.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, epaint::PathStroke, pos2, vec2};

/// An icon on a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
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
    /// ↶
    Undo,
    /// ↷
    Redo,
    /// A clock.
    Clock,
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
    /// A panel on the left.
    PanelLeft,
    /// A panel on the right.
    PanelRight,
    /// New
    New,
    /// Open
    Open,
    /// Data
    Data,
    /// Save
    Save,
    /// Export
    Export,
    /// Share
    Share,
    /// Code
    Code,
    /// Settings
    Settings,
    /// Close
    Close,
    /// Rename
    Rename,
    /// Pin
    Pin,
    /// Trash
    Trash,
    /// Duplicate
    Duplicate,
    /// Up
    Up,
    /// Down
    Down,
    /// Reset
    Reset,
    /// Speed
    Speed,
    /// Fit
    Fit,
    /// Whole
    Whole,
    /// Arrow
    Arrow,
    /// Curve
    Curve,
    /// Lens
    Lens,
    /// Stretch
    Stretch,
    /// Scale
    Scale,
    /// Presenter
    Presenter,
    /// Plus
    Plus,
    /// Minus
    Minus,
    /// Compare
    Compare,
    /// Swap
    Swap,
    /// Ghost
    Ghost,
    /// Tour
    Tour,
    /// Game
    Game,
    /// Search
    Search,
    /// Help
    Help,
    /// Check
    Check,
    /// Warning
    Warning,
}

impl Icon {
    /// Paints the icon at the centre of `rect`, about 14 points wide.
    pub fn paint(self, painter: &Painter, rect: Rect, color: Color32) {
        let centre = rect.center();
        let at = |x: f32, y: f32| centre + vec2(x, y);
        let stroke = Stroke::new(1.5, color);
        let triangle = |left: f32, right: f32| {
            let points = vec![at(left, -5.5), at(right, 0.0), at(left, 5.5)];
            painter.add(Shape::convex_polygon(points, color, Stroke::NONE));
        };
        let bar = |x: f32, half_width: f32, half_height: f32| {
            let size = vec2(half_width, half_height) * 2.0;
            painter.rect_filled(Rect::from_center_size(at(x, 0.0), size), 0.5, color);
        };
        let line = |points: Vec<Pos2>| {
            painter.add(Shape::line(points, PathStroke::from(stroke)));
        };
        match self {
            Self::Play => triangle(-3.5, 6.0),
            Self::Pause => {
                bar(-3.2, 1.5, 5.5);
                bar(3.2, 1.5, 5.5);
            }
            Self::StepForward => triangle(-4.0, 5.0),
            Self::StepBack => triangle(4.0, -5.0),
            Self::End => {
                triangle(-5.5, 3.5);
                bar(5.2, 0.9, 5.5);
            }
            Self::Start => {
                triangle(5.5, -3.5);
                bar(-5.2, 0.9, 5.5);
            }
            Self::Clock => {
                painter.circle_stroke(centre, 6.0, stroke);
                line(vec![at(0.0, -3.5), at(0.0, 0.3), at(2.6, 1.8)]);
            }
            Self::Loop => {
                line(arc(centre, 5.2, -40.0, 250.0));
                arrow_tip(painter, arc_end(centre, 5.2, -40.0), -130.0, color);
            }
            Self::Undo | Self::Redo => {
                let mirror = if self == Self::Undo { 1.0 } else { -1.0 };
                let turned = arc(pos2(0.0, 0.0), 4.2, -90.0, 90.0);
                let curve = turned.iter().map(|p| at(mirror * (p.x + 1.0), p.y + 0.6));
                let mut path = vec![at(mirror * -4.5, -3.6)];
                path.extend(curve);
                path.push(at(mirror * -2.5, 4.8));
                line(path);
                line(vec![
                    at(mirror * -1.8, -6.6),
                    at(mirror * -5.0, -3.6),
                    at(mirror * -1.8, -0.6),
                ]);
            }
            Self::Eye | Self::EyeClosed => {
                let lid = |side: f32| {
                    let lid = (0..=12_u8).map(|i| f32::from(i) / 6.0 - 1.0);
                    lid.map(|x| at(7.0 * x, side * 4.6 * (1.0 - x * x)))
                        .collect()
                };
                line(lid(-1.0));
                line(lid(1.0));
                if self == Self::Eye {
                    painter.circle_filled(centre, 2.2, color);
                } else {
                    line(vec![at(-5.5, 5.5), at(5.5, -5.5)]);
                }
            }
            Self::Moon => {
                let mut points = arc(at(0.0, 0.0), 5.6, 20.0, 290.0);
                let mut inner = arc(at(2.6, -2.2), 4.4, 50.0, 262.0);
                inner.reverse();
                points.extend(inner);
                painter.add(Shape::closed_line(points, PathStroke::from(stroke)));
            }
            Self::Sun => {
                painter.circle_stroke(centre, 3.0, stroke);
                for ray in 0..8_u8 {
                    let turn = f32::from(ray) * std::f32::consts::FRAC_PI_4;
                    let way = vec2(turn.cos(), turn.sin());
                    painter.line_segment([centre + 4.9 * way, centre + 6.8 * way], stroke);
                }
            }
            Self::Chain => {
                for side in [-1.0, 1.0] {
                    let link = Rect::from_center_size(at(side * 3.1, 0.0), vec2(7.4, 5.2));
                    painter.rect_stroke(
                        link,
                        2.6,
                        Stroke::new(1.2, color),
                        egui::StrokeKind::Middle,
                    );
                }
            }
            Self::New
            | Self::Open
            | Self::Data
            | Self::Save
            | Self::Export
            | Self::Share
            | Self::Code
            | Self::Settings
            | Self::Close
            | Self::Rename
            | Self::Pin
            | Self::Trash
            | Self::Duplicate
            | Self::Up
            | Self::Down
            | Self::Reset
            | Self::Speed
            | Self::Fit
            | Self::Whole
            | Self::Arrow
            | Self::Curve
            | Self::Lens
            | Self::Stretch
            | Self::Scale
            | Self::Presenter
            | Self::Plus
            | Self::Minus
            | Self::Compare
            | Self::Swap
            | Self::Ghost
            | Self::Tour
            | Self::Game
            | Self::Search
            | Self::Help
            | Self::Check
            | Self::Warning => {
                painter.circle_stroke(centre, 5.0, stroke);
            }
            Self::More => {
                for x in [-4.5, 0.0, 4.5] {
                    painter.circle_filled(at(x, 0.0), 1.3, color);
                }
            }
            Self::PanelLeft | Self::PanelRight => {
                let frame = Rect::from_center_size(centre, vec2(14.0, 11.0));
                painter.rect_stroke(
                    frame,
                    2.0,
                    Stroke::new(1.2, color),
                    egui::StrokeKind::Middle,
                );
                let x = if self == Self::PanelLeft { -2.5 } else { 2.5 };
                painter.line_segment([at(x, -5.5), at(x, 5.5)], Stroke::new(1.2, color));
            }
        }
    }
}

/// Points on a circle between two angles in degrees, clockwise on screen.
fn arc(centre: Pos2, radius: f32, from: f32, to: f32) -> Vec<Pos2> {
    let angle = |i: u8| from + (to - from) * f32::from(i) / 24.0;
    (0..=24)
        .map(|i| arc_end(centre, radius, angle(i)))
        .collect()
}

fn arc_end(centre: Pos2, radius: f32, degrees: f32) -> Pos2 {
    let (sine, cosine) = degrees.to_radians().sin_cos();
    pos2(centre.x + radius * cosine, centre.y + radius * sine)
}

fn arrow_tip(painter: &Painter, tip: Pos2, degrees: f32, color: Color32) {
    let corner = |turn: f32, length: f32| arc_end(tip, length, degrees + turn);
    let points = vec![corner(0.0, 4.2), corner(120.0, 3.0), corner(-120.0, 3.0)];
    painter.add(Shape::convex_polygon(points, color, Stroke::NONE));
}
