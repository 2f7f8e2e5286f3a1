//! The pictures of all racers side by side, between a head and a sentence.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, CornerRadius, FontId, Painter, Rect, Stroke, StrokeKind, Vec2, pos2, vec2};

use super::words::{percent, sentence, title};
use super::{Key, Painted, Tile};
use crate::view::fonts::strong_family;
use crate::view::theme::{CAPTION, RADIUS};
use crate::view::{Colors, RacerLook};

/// The areas of a strip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Areas {
    /// The title and what the colours mean.
    pub head: Rect,
    /// The pictures with their captions.
    pub tiles: Rect,
    /// The sentence below them.
    pub sentence: Rect,
}

impl Areas {
    /// The margin at the sides.
    const MARGIN: f32 = 12.0;
    /// The height of the head, and of the sentence with the gap above it.
    const HEAD: f32 = 36.0;
    const SENTENCE: f32 = 32.0;
    /// The gap between the pictures and the edge where there are no words.
    const BARE: f32 = 8.0;

    /// Divides a strip, with the words around its pictures or without.
    #[must_use]
    pub fn of(strip: Rect, words: bool) -> Self {
        let inner = strip.shrink2(vec2(Self::MARGIN, 0.0));
        let [above, below] = Self::around(words);
        let tiles = Rect::from_min_max(
            pos2(inner.left(), inner.top() + above),
            pos2(inner.right(), inner.bottom() - below),
        );
        Self {
            head: inner.with_max_y(inner.top() + above),
            tiles,
            sentence: inner.with_min_y(tiles.bottom() + 2.0),
        }
    }

    /// The heights above and below the pictures.
    fn around(words: bool) -> [f32; 2] {
        if words {
            [Self::HEAD, Self::SENTENCE]
        } else {
            [Self::BARE, 4.0]
        }
    }
}

/// Paints the ground of a strip.
pub fn paint_ground(painter: &Painter, colors: &Colors, strip: Rect) {
    let edge = Stroke::new(1.0, colors.line);
    let corners = CornerRadius::same(RADIUS - 2);
    painter.rect(strip, corners, colors.panel, edge, StrokeKind::Inside);
}

/// What stands below a racer's picture: its marker and name, and how many rows it gets right.
#[derive(Clone, Copy, Debug)]
pub struct Caption<'a> {
    /// The colours of the theme.
    pub colors: &'a Colors,
    /// The name of the racer.
    pub name: &'a str,
    /// The look of the racer.
    pub look: RacerLook,
    /// The share of the rows that it gets right.
    pub accuracy: Option<f64>,
}

impl Caption<'_> {
    /// The height of a caption with the gap above it.
    pub const HEIGHT: f32 = 22.0;
    /// The least room for a name, and for the number. Where there is less, the marker has to do.
    const LEAST: [f32; 2] = [36.0, 44.0];

    /// Paints it into `rect`.
    pub fn paint(&self, painter: &Painter, rect: Rect) {
        let middle = rect.center().y;
        let rim = Stroke::new(0.8, self.colors.rim);
        let marker = pos2(rect.left() + 5.0, middle);
        painter.extend(self.look.marker.filled(marker, 8.0, self.look.color, rim));
        let font = FontId::proportional(11.0);
        let text = self.colors.text;
        let mut right = rect.right();
        if let Some(accuracy) = self.accuracy.filter(|_| rect.width() >= Self::LEAST[1]) {
            let at = pos2(right, middle);
            let number = percent(accuracy);
            let number = painter.text(at, Align2::RIGHT_CENTER, number, font.clone(), text);
            right = number.left() - 4.0;
        }
        let left = rect.left() + 13.0;
        if right - left < Self::LEAST[0] {
            return;
        }
        let mut job = LayoutJob::simple_singleline(self.name.to_owned(), font, text);
        job.wrap.max_width = (right - left).max(0.0);
        job.wrap.max_rows = 1;
        job.wrap.break_anywhere = true;
        let galley = painter.layout_job(job);
        let at = pos2(left, middle - galley.size().y / 2.0);
        painter.galley(at, galley, text);
    }
}

/// A racer's picture in a strip.
#[derive(Clone, Copy, Debug)]
pub struct Multiple<'a> {
    /// The name of the racer.
    pub name: &'a str,
    /// The look of the racer.
    pub look: RacerLook,
    /// The predictions; `None` while there are none.
    pub painted: Option<&'a Painted>,
}

/// The pictures of all racers side by side, as they stand in a figure.
#[derive(Clone, Copy, Debug)]
pub struct Strip<'a> {
    /// What the colours mean.
    pub key: Key<'a>,
    /// The pictures.
    pub multiples: &'a [Multiple<'a>],
    /// Whether there are words around the pictures.
    pub words: bool,
}

impl Strip<'_> {
    /// The height of a picture: at least, at most, and as a share of the height of a page.
    const HEIGHTS: [f32; 2] = [40.0, 132.0];
    const SHARE: f32 = 0.17;
    /// How much wider than high a picture may be.
    const WIDEST: f32 = 1.8;
    /// The gap between two pictures.
    const GAP: f32 = 6.0;

    /// Returns the height of a strip of this width with `count` pictures, at the foot of a page of
    /// this height.
    #[must_use]
    pub fn height(width: f32, page: f32, words: bool, count: usize) -> f32 {
        let [least, most] = Self::HEIGHTS;
        let height = (Self::SHARE * page).clamp(least, most);
        let height = height.min(Self::room(width - 2.0 * Areas::MARGIN, count));
        let [above, below] = Areas::around(words);
        above + height.round() + Caption::HEIGHT + below
    }

    /// Returns the size of each picture in a strip of `count` pictures. They are no narrower than high.
    #[must_use]
    pub fn size(strip: Rect, words: bool, count: usize) -> Vec2 {
        let tiles = Areas::of(strip, words).tiles;
        let height = (tiles.height() - Caption::HEIGHT).max(1.0);
        let width = Self::room(tiles.width(), count);
        vec2(width.clamp(height, Self::WIDEST * height), height).floor()
    }

    /// Returns the width that is available to each of `count` pictures; where that is too little, not
    /// all have room.
    fn room(width: f32, count: usize) -> f32 {
        let gaps = Self::GAP * count.saturating_sub(1) as f32;
        ((width - gaps) / count.max(1) as f32).max(Self::HEIGHTS[0])
    }

    /// Paints it into `rect`.
    pub fn paint(&self, painter: &Painter, rect: Rect) {
        let painter = &painter.with_clip_rect(rect.intersect(painter.clip_rect()));
        paint_ground(painter, self.key.colors, rect);
        let areas = Areas::of(rect, self.words);
        if self.words {
            self.head(painter, areas.head);
        }
        let size = Self::size(rect, self.words, self.multiples.len());
        let apart = size.x + Self::GAP;
        let fit = ((areas.tiles.width() + Self::GAP) / apart) as usize;
        for (index, multiple) in self.multiples.iter().take(fit.max(1)).enumerate() {
            let corner = areas.tiles.min + vec2(apart * index as f32, 0.0);
            let area = Rect::from_min_size(corner, size);
            self.multiple(painter, area, multiple);
        }
        if self.words {
            self.sentence(painter, areas.sentence, fit);
        }
    }

    fn head(&self, painter: &Painter, rect: Rect) {
        let mut format =
            TextFormat::simple(FontId::new(CAPTION, strong_family()), self.key.colors.dim);
        format.extra_letter_spacing = 0.6;
        let title = title(self.key.outlook).to_uppercase();
        let galley = painter.layout_job(LayoutJob::single_section(title, format));
        let right = rect.left() + galley.size().x;
        let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
        painter.galley(at, galley, self.key.colors.dim);
        self.key
            .paint(painter, rect.with_min_x(right + 2.0 * Self::GAP));
    }

    fn multiple(&self, painter: &Painter, area: Rect, multiple: &Multiple<'_>) {
        let Key {
            colors,
            outlook,
            palette,
            data,
        } = self.key;
        Tile {
            colors,
            outlook,
            palette,
            classes: &data.classes,
            look: multiple.look,
            painted: multiple.painted,
            selected: false,
            hovered: false,
        }
        .paint(painter, area);
        let below = Rect::from_min_size(
            area.left_bottom() + vec2(0.0, 2.0),
            vec2(area.width(), Caption::HEIGHT - 2.0),
        );
        let learned = multiple.painted.map(Painted::learned);
        Caption {
            colors,
            name: multiple.name,
            look: multiple.look,
            accuracy: learned.and_then(|it| it.accuracy),
        }
        .paint(painter, below);
    }

    /// Names the features shown and the number of racers without room.
    fn sentence(&self, painter: &Painter, rect: Rect, fit: usize) {
        let mut text = sentence(self.key.outlook, self.key.data);
        match self.multiples.len().saturating_sub(fit.max(1)) {
            0 => {}
            more => text = format!("{more} more racers · {text}"),
        }
        let dim = self.key.colors.dim;
        let mut job = LayoutJob::simple_singleline(text, FontId::proportional(11.0), dim);
        job.wrap.max_width = rect.width();
        job.wrap.max_rows = 1;
        job.wrap.break_anywhere = true;
        let galley = painter.layout_job(job);
        let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
        painter.galley(at, galley, dim);
    }
}
