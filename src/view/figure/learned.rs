//! What the networks have learned, in a figure.

use egui::{Painter, Rect};

use crate::sampling::learned::{Outlook, Palette};
use crate::surface::network::NetworkData;
use crate::view::network::strip::Multiple;
use crate::view::network::words::{axes, result};
use crate::view::network::{Key, Painted, Panorama, Strip};
use crate::view::{Colors, RacerLook};

/// What the networks of a race have learned by the playhead.
#[derive(Clone, Debug)]
pub struct Predictions<'a> {
    /// What of the data is seen.
    pub outlook: &'a Outlook,
    /// The colours of predictions.
    pub palette: &'a Palette,
    /// The data.
    pub data: &'a NetworkData,
    /// The racers with small pictures, and these.
    pub tiles: Vec<(usize, Option<&'a Painted>)>,
    /// The racer whose large picture takes the place of the surface, and this picture.
    pub large: Option<(usize, Option<&'a Painted>)>,
}

impl<'a> Predictions<'a> {
    /// Paints the small pictures.
    pub(super) fn strip(
        &self,
        painter: &Painter,
        rect: Rect,
        colors: &Colors,
        (names, looks): (&[String], &[RacerLook]),
        words: bool,
    ) {
        let multiple = |&(racer, painted): &(usize, Option<&'a Painted>)| {
            Some(Multiple {
                name: names.get(racer)?,
                look: *looks.get(racer)?,
                painted,
            })
        };
        let multiples: Vec<Multiple<'_>> = self.tiles.iter().filter_map(multiple).collect();
        let key = Key {
            colors,
            outlook: self.outlook,
            palette: self.palette,
            data: self.data,
        };
        Strip {
            key,
            multiples: &multiples,
            words,
        }
        .paint(painter, rect);
    }

    /// Paints the large picture, if there is one.
    pub(super) fn large(
        &self,
        painter: &Painter,
        rect: Rect,
        colors: &Colors,
        (names, looks): (&[String], &[RacerLook]),
    ) {
        let Some((racer, painted)) = self.large else {
            return;
        };
        let (Some(name), Some(&look)) = (names.get(racer), looks.get(racer)) else {
            return;
        };
        let result = painted.and_then(|it| result(self.outlook, it.learned()));
        let [across, up] = axes(self.outlook, self.data);
        Panorama {
            colors,
            outlook: self.outlook,
            palette: self.palette,
            classes: &self.data.classes,
            axes: [&across, &up],
            look,
            heading: [name, result.as_deref().unwrap_or("")],
            painted,
        }
        .paint(painter, rect);
    }
}
