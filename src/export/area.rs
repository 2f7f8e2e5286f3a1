//! The rectangle in which two frames of a clip differ.

use std::ops::Range;

/// A rectangle of pixels, initially empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

impl Area {
    /// The empty rectangle.
    pub(super) const EMPTY: Self = Self {
        left: usize::MAX,
        top: usize::MAX,
        right: 0,
        bottom: 0,
    };

    /// Grows the rectangle to include the pixel.
    pub(super) fn include(&mut self, x: usize, y: usize) {
        self.left = self.left.min(x);
        self.top = self.top.min(y);
        self.right = self.right.max(x + 1);
        self.bottom = self.bottom.max(y + 1);
    }

    /// Whether the rectangle contains no pixels.
    pub(super) const fn is_empty(self) -> bool {
        self.right == 0
    }

    /// The first column and the first row.
    pub(super) const fn corner(self) -> [usize; 2] {
        [self.left, self.top]
    }

    /// The width and height; zero if empty.
    pub(super) const fn size(self) -> [usize; 2] {
        [
            self.right.saturating_sub(self.left),
            self.bottom.saturating_sub(self.top),
        ]
    }

    /// The index range of each of its rows in the pixels of an image of the given width.
    pub(super) fn rows(self, width: usize) -> impl Iterator<Item = Range<usize>> {
        (self.top..self.bottom).map(move |y| y * width + self.left..y * width + self.right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_to_hold_what_it_is_given() {
        let mut area = Area::EMPTY;
        assert!(area.is_empty());
        assert_eq!(area.size(), [0, 0]);
        assert_eq!(area.rows(10).count(), 0);
        area.include(3, 4);
        area.include(1, 5);
        assert_eq!((area.corner(), area.size()), ([1, 4], [3, 2]));
        assert!(area.rows(10).eq([41..44, 51..54]));
    }
}
