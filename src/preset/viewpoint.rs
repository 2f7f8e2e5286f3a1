//! From where a surface is seen in three dimensions.

use serde::{Deserialize, Serialize};

/// The pictures of the surface in the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pictures {
    /// The contours, seen from above.
    #[default]
    Contours,
    /// The surface in three dimensions.
    Relief,
    /// Both, side by side.
    Both,
}

impl Pictures {
    /// All choices, in the order of the segments.
    pub const ALL: [Self; 3] = [Self::Contours, Self::Relief, Self::Both];

    /// Returns the name on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Contours => "2-D",
            Self::Relief => "3-D",
            Self::Both => "Both",
        }
    }

    /// Returns an explanation in one sentence.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::Contours => "The surface from above, with lines of equal loss",
            Self::Relief => "The surface as a landscape in three dimensions",
            Self::Both => "Contours and landscape side by side",
        }
    }

    /// Whether the surface is shown in three dimensions.
    #[must_use]
    pub const fn has_relief(self) -> bool {
        !matches!(self, Self::Contours)
    }
}

/// Whether distant parts look smaller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Projection {
    /// Distant parts look smaller.
    #[default]
    Perspective,
    /// Parallel lines stay parallel.
    Parallel,
}

/// From where the surface is seen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Viewpoint {
    /// The direction of the eye in the plane, in degrees from the x axis towards the y axis.
    pub azimuth: f64,
    /// How high the eye stands, in degrees: 0 at the level of the floor, 90 right above.
    pub elevation: f64,
    /// The magnification.
    pub zoom: f64,
    /// How far the picture is moved to the right and up, as fractions of its shorter side.
    pub shift: [f64; 2],
    /// The kind of projection.
    pub projection: Projection,
}

impl Viewpoint {
    /// From right above, with y pointing up: the contour picture.
    pub const ABOVE: Self = Self::at(-90.0, 90.0);
    /// The angle of matplotlib's default, and so of Alec Radford's saddle.
    pub const RADFORD: Self = Self::at(-60.0, 30.0);
    /// Along the x axis, low above the floor: along the valley of a long valley.
    pub const VALLEY: Self = Self::at(-8.0, 26.0);

    /// The viewpoints with a name, in the order of the menu.
    pub const NAMED: [(&'static str, Self); 3] = [
        ("From above", Self::ABOVE),
        ("Radford's angle", Self::RADFORD),
        ("Along the valley", Self::VALLEY),
    ];
    /// The range of the zoom.
    pub const ZOOMS: [f64; 2] = [0.25, 16.0];
    /// The range of the shift to the right and up.
    pub const SHIFTS: [f64; 2] = [-10.0, 10.0];

    /// The viewpoint at these angles in degrees, not enlarged.
    #[must_use]
    pub const fn at(azimuth: f64, elevation: f64) -> Self {
        Self {
            azimuth,
            elevation,
            zoom: 1.0,
            shift: [0.0; 2],
            projection: Projection::Perspective,
        }
    }

    /// The first field whose value is no place for an eye, with a sentence that says why.
    #[must_use]
    pub fn fault(&self) -> Option<(&'static str, String)> {
        let [right, up] = self.shift;
        let fields = [
            ("elevation", self.elevation, [0.0, 90.0]),
            ("zoom", self.zoom, Self::ZOOMS),
            ("shift", right, Self::SHIFTS),
            ("shift", up, Self::SHIFTS),
        ];
        if !self.azimuth.is_finite() {
            let azimuth = self.azimuth;
            let what = format!("azimuth is {azimuth}, but must be a finite number of degrees");
            return Some(("azimuth", what));
        }
        let wrong = |value: f64, [from, to]: [f64; 2]| !(from..=to).contains(&value);
        let (field, value, [from, to]) = fields
            .into_iter()
            .find(|(_, value, range)| wrong(*value, *range))?;
        let what = format!("{field} is {value}, but must be from {from} to {to}");
        Some((field, what))
    }

    /// The name on screen: that of the named viewpoint at these angles, or how it came about.
    #[must_use]
    pub fn label(&self) -> &'static str {
        self.name().unwrap_or("Turned by hand")
    }

    /// Whether the viewpoint at these angles has a name.
    #[must_use]
    pub fn is_named(&self) -> bool {
        self.name().is_some()
    }

    fn name(&self) -> Option<&'static str> {
        let same = |other: &Self| {
            (self.azimuth - other.azimuth).abs() < 1e-6
                && (self.elevation - other.elevation).abs() < 1e-6
        };
        let named = Self::NAMED.iter().find(|(_, other)| same(other));
        named.map(|(name, _)| *name)
    }

    /// The viewpoint turned by some degrees. It stays above the floor.
    #[must_use]
    pub fn turned(&self, azimuth: f64, elevation: f64) -> Self {
        // A range that includes -180 but not 180.
        let azimuth = (self.azimuth + azimuth + 180.0).rem_euclid(360.0) - 180.0;
        Self {
            azimuth,
            elevation: (self.elevation + elevation).clamp(0.0, 90.0),
            ..*self
        }
    }

    /// The viewpoint after the landscape was dragged by some points on screen, to the right and
    /// down: what is in front follows the hand.
    #[must_use]
    pub fn dragged(&self, right: f64, down: f64) -> Self {
        /// The turn in degrees for a point on screen.
        const TURN: f64 = 0.4;
        self.turned(-right * TURN, down * TURN)
    }

    /// The viewpoint after the picture was moved to the right and up, by fractions of its shorter
    /// side.
    #[must_use]
    pub fn moved(&self, right: f64, up: f64) -> Self {
        let [least, most] = Self::SHIFTS;
        let shift = [self.shift[0] + right, self.shift[1] + up];
        Self {
            shift: shift.map(|it| it.clamp(least, most)),
            ..*self
        }
    }

    /// The viewpoint after the picture was enlarged about a point, which is given by its distance
    /// from the middle of the picture to the right and up, in fractions of the shorter side.
    #[must_use]
    pub fn zoomed(&self, factor: f64, [right, up]: [f64; 2]) -> Self {
        let [least, most] = Self::ZOOMS;
        let zoom = (self.zoom * factor).clamp(least, most);
        let grows = zoom / self.zoom - 1.0;
        let [x, y] = self.shift;
        let larger = Self { zoom, ..*self };
        larger.moved((x - right) * grows, (y - up) * grows)
    }

    /// The viewpoint between two others, at `share` (0 to 1) of the way. It turns the shorter way
    /// round.
    #[must_use]
    pub fn between(from: &Self, to: &Self, share: f64) -> Self {
        let mix = |from: f64, to: f64| from + (to - from) * share;
        let turn = (to.azimuth - from.azimuth + 180.0).rem_euclid(360.0) - 180.0;
        let turned = from.turned(turn * share, 0.0);
        Self {
            azimuth: if share >= 1.0 {
                to.azimuth
            } else {
                turned.azimuth
            },
            elevation: mix(from.elevation, to.elevation),
            zoom: mix(from.zoom.ln(), to.zoom.ln()).exp(),
            shift: [0, 1].map(|axis| mix(from.shift[axis], to.shift[axis])),
            projection: to.projection,
        }
    }
}

impl Default for Viewpoint {
    fn default() -> Self {
        Self::RADFORD
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_viewpoints_have_their_names() {
        for (name, viewpoint) in Viewpoint::NAMED {
            assert_eq!(viewpoint.label(), name);
        }
        assert_eq!(
            Viewpoint::RADFORD.turned(5.0, 0.0).label(),
            "Turned by hand"
        );
    }

    #[test]
    fn an_eye_below_the_floor_or_nowhere_is_a_fault() {
        let said = |change: fn(&mut Viewpoint)| {
            let mut eye = Viewpoint::RADFORD;
            change(&mut eye);
            eye.fault().map(|(field, what)| format!("{field}: {what}"))
        };
        assert_eq!(said(|_| ()), None);
        assert_eq!(said(|eye| eye.azimuth = 1e300), None);
        let expected = "azimuth: azimuth is NaN, but must be a finite number of degrees";
        assert_eq!(
            said(|eye| eye.azimuth = f64::NAN).as_deref(),
            Some(expected)
        );
        let expected = "elevation: elevation is -1, but must be from 0 to 90";
        assert_eq!(said(|eye| eye.elevation = -1.0).as_deref(), Some(expected));
        let expected = "zoom: zoom is NaN, but must be from 0.25 to 16";
        assert_eq!(said(|eye| eye.zoom = f64::NAN).as_deref(), Some(expected));
        let expected = "shift: shift is inf, but must be from -10 to 10";
        assert_eq!(
            said(|eye| eye.shift[1] = f64::INFINITY).as_deref(),
            Some(expected)
        );
    }

    #[test]
    fn a_turn_stays_above_the_floor_and_comes_round() {
        let turned = Viewpoint::at(170.0, 80.0).turned(20.0, 30.0);
        assert_eq!([turned.azimuth, turned.elevation], [-170.0, 90.0]);
        let below = Viewpoint::at(0.0, 3.0).turned(-190.0, -9.0);
        assert_eq!([below.azimuth, below.elevation], [170.0, 0.0]);
    }

    #[test]
    fn the_way_between_two_viewpoints_is_the_shorter_one() {
        let (from, to) = (Viewpoint::at(170.0, 20.0), Viewpoint::at(-170.0, 40.0));
        assert_eq!(Viewpoint::between(&from, &to, 0.0), from);
        assert_eq!(Viewpoint::between(&from, &to, 1.0), to);
        let middle = Viewpoint::between(&from, &to, 0.5);
        assert_eq!([middle.azimuth.abs(), middle.elevation], [180.0, 30.0]);
    }

    #[test]
    fn what_is_under_the_pointer_stays_there_in_a_zoom() {
        let before = Viewpoint {
            shift: [0.1, -0.2],
            ..Viewpoint::RADFORD
        };
        let pointer = [0.3, 0.4];
        let after = before.zoomed(2.0, pointer);
        assert_eq!(after.zoom, 2.0);
        // Where the pointer is in the landscape, seen from its middle.
        let place = |it: &Viewpoint| [0, 1].map(|axis| (pointer[axis] - it.shift[axis]) / it.zoom);
        let off = [0, 1].map(|axis| place(&before)[axis] - place(&after)[axis]);
        assert!(off[0].hypot(off[1]) < 1e-12);
        let largest = after.zoomed(1e9, pointer);
        assert_eq!(largest.zoom, Viewpoint::ZOOMS[1]);
        assert_eq!(largest.zoomed(2.0, pointer), largest);
    }

    #[test]
    fn a_picture_is_moved_as_far_as_can_be_seen() {
        let moved = Viewpoint::RADFORD.moved(0.25, -0.5);
        assert_eq!(moved.shift, [0.25, -0.5]);
        assert_eq!(moved.label(), "Radford's angle");
        assert_eq!(moved.moved(1e9, -1e9).shift, [10.0, -10.0]);
    }
}
