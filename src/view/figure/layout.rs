//! The parts of a figure, and where they stand.

use egui::{Rect, pos2, vec2};

use crate::view::network::Strip;

/// The parts of a figure besides the surface and the trails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The experiment's title at the top.
    pub title: bool,
    /// The hyper-parameters at the bottom.
    pub caption: bool,
    /// The names of the racers.
    pub legend: bool,
    /// The numbers on the axes, the colour key and the labels of the minima.
    pub axes: bool,
    /// The loss chart on the right.
    pub chart: bool,
    /// The leaderboard on the right.
    pub leaderboard: bool,
    /// The lens that enlarges crowded heads.
    pub lens: bool,
    /// What the networks have learned, below the surface; `None` leaves it to the preset. Without a
    /// network, there is nothing.
    pub predictions: Option<bool>,
}

impl Default for Parts {
    fn default() -> Self {
        Self {
            title: false,
            caption: false,
            legend: true,
            axes: true,
            chart: false,
            leaderboard: false,
            lens: false,
            predictions: None,
        }
    }
}

/// The positions of the parts of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// The scene.
    pub scene: Rect,
    pub(super) title: Rect,
    pub(super) caption: Rect,
    pub(super) side: Rect,
    /// What the networks have learned; empty if that is not shown.
    pub strip: Rect,
}

const MARGIN: f32 = 12.0;
const TITLE: f32 = 30.0;
const SIDE: f32 = 280.0;
const GAP: f32 = 8.0;
pub(super) const CAPTION_ROW: f32 = 17.0;
pub(super) const TABLE_ROW: f32 = 23.0;

impl Layout {
    /// Divides `page` among the parts of a figure with this many racers. What networks have learned
    /// has a place if the parts say that it is shown.
    #[must_use]
    pub fn of(page: Rect, parts: Parts, racers: usize) -> Self {
        let mut layout = Self::around(page, parts, racers);
        if parts.predictions == Some(true) {
            let width = layout.scene.width();
            let height = Strip::height(width, page.height(), parts.axes, racers);
            // Whole points, so that what is painted once can be copied pixel by pixel.
            let top = (layout.scene.bottom() - height)
                .max(layout.scene.center().y)
                .round();
            layout.strip = layout.scene.with_min_y(top);
            layout
                .scene
                .set_bottom(top - GAP.min(0.5 * (top - layout.scene.top())).round());
        }
        layout
    }

    /// Divides `page`, but leaves to the scene what belongs to the strip.
    #[expect(clippy::cast_precision_loss, reason = "a handful of racers")]
    fn around(page: Rect, parts: Parts, racers: usize) -> Self {
        let bare = !(parts.title || parts.caption || parts.chart || parts.leaderboard);
        if bare {
            let none = Rect::from_min_size(page.min, vec2(0.0, 0.0));
            return Self {
                scene: page,
                title: none,
                caption: none,
                side: none,
                strip: none,
            };
        }
        let mut inner = page.shrink(MARGIN);
        let mut title = Rect::from_min_size(inner.min, vec2(0.0, 0.0));
        if parts.title {
            title = Rect::from_min_max(inner.min, pos2(inner.right(), inner.top() + TITLE));
            *inner.top_mut() += TITLE + 4.0;
        }
        let mut caption = Rect::from_min_size(inner.left_bottom(), vec2(0.0, 0.0));
        if parts.caption {
            let columns = Self::caption_columns(inner.width());
            let rows = racers.div_ceil(columns).max(1);
            let height = CAPTION_ROW * rows as f32 + 6.0;
            let top = inner.bottom() - height;
            caption = Rect::from_min_max(pos2(inner.left(), top), inner.max);
            inner.set_bottom(top - 8.0);
        }
        let mut side = Rect::from_min_size(inner.right_top(), vec2(0.0, 0.0));
        if parts.chart || parts.leaderboard {
            let width = SIDE.min(inner.width() * 0.4);
            let left = inner.right() - width;
            side = Rect::from_min_max(pos2(left, inner.top()), inner.max);
            inner.set_right(left - MARGIN);
        }
        Self {
            scene: inner,
            title,
            caption,
            side,
            strip: Rect::from_min_size(inner.left_bottom(), vec2(0.0, 0.0)),
        }
    }

    /// Divides a scene into two pictures side by side.
    #[must_use]
    pub fn halves(scene: Rect) -> [Rect; 2] {
        // Whole points, so that what is painted once can be copied pixel by pixel.
        let half = ((scene.width() - GAP) / 2.0).floor().max(0.0);
        let [left, right] = [scene.left() + half, scene.right() - half];
        [
            Rect::from_min_max(scene.min, pos2(left, scene.bottom())),
            Rect::from_min_max(pos2(right, scene.top()), scene.max),
        ]
    }

    /// The number of columns of the caption.
    pub(super) fn caption_columns(width: f32) -> usize {
        if width > 760.0 { 2 } else { 1 }
    }
}
