//! Contours and landscape, and from where and with which heights the landscape is seen.

use egui::Key;

use super::{ALT, Category, Entry, NONE, entries};
use crate::app::document::Document;
use crate::preset::{Pictures, Projection, Viewpoint};
use crate::sampling::Heights;
use crate::view::icon::Icon;

entries! { Pictures:
    /// Shows the contours only.
    CONTOURS = Entry::document("contours", "Contours in 2-D", Icon::Contours, |it| {
        it.show_pictures(Pictures::Contours);
    })
    .keys(&[(NONE, Key::Num1)])
    .switch(|_, it| it.view.pictures == Pictures::Contours);
    /// Shows the landscape only.
    RELIEF = Entry::document("landscape", "Landscape in 3-D", Icon::Mountains, |it| {
        it.show_pictures(Pictures::Relief);
    })
    .keys(&[(NONE, Key::Num2)])
    .switch(|_, it| it.view.pictures == Pictures::Relief);
    /// Shows contours and landscape side by side.
    BOTH = Entry::document("both-pictures", "Contours and landscape", Icon::MapAndMountains, |it| {
        it.show_pictures(Pictures::Both);
    })
    .keys(&[(NONE, Key::Num3)])
    .switch(|_, it| it.view.pictures == Pictures::Both);
    /// Shows the landscape from above.
    ABOVE = Entry::document("from-above", "Landscape from above", Icon::Eye, |it| {
        it.look_from_named(Viewpoint::ABOVE);
    })
    .keys(&[(ALT, Key::Num4)])
    .switch(|_, it| looks_from(it, &Viewpoint::ABOVE));
    /// Shows the landscape as Radford's saddle is seen.
    RADFORD = Entry::document("radfords-angle", "Landscape from Radford's angle", Icon::Eye, |it| {
        it.look_from_named(Viewpoint::RADFORD);
    })
    .keys(&[(ALT, Key::Num5)])
    .switch(|_, it| looks_from(it, &Viewpoint::RADFORD));
    /// Shows the landscape along its valley.
    VALLEY = Entry::document("along-valley", "Landscape along the valley", Icon::Eye, |it| {
        it.look_from_named(Viewpoint::VALLEY);
    })
    .keys(&[(ALT, Key::Num6)])
    .switch(|_, it| looks_from(it, &Viewpoint::VALLEY));
    /// Switches whether distant parts look smaller.
    PERSPECTIVE = Entry::document("perspective", "Perspective", Icon::Street, |it| {
        it.view.eye.projection = match it.view.eye.projection {
            Projection::Perspective => Projection::Parallel,
            Projection::Parallel => Projection::Perspective,
        };
    })
    .keys(&[(ALT, Key::V)])
    .unless(|_, it| (!it.view.pictures.has_relief()).then_some(ONLY_IN_3D))
    .switch(|_, it| it.view.eye.projection == Projection::Perspective);
    /// Shows the landscape with losses as true heights.
    LINEAR_HEIGHTS = Entry::document("linear-heights", "Linear heights", Icon::Scale, |it| {
        it.scale_heights(Heights::Linear);
    })
    .keys(&[(ALT, Key::Num7)])
    .switch(|_, it| scales_heights(it, Heights::Linear));
    /// Shows the landscape with logarithms of losses as heights.
    LOG_HEIGHTS = Entry::document("logarithmic-heights", "Logarithmic heights", Icon::Levelling, |it| {
        it.scale_heights(Heights::Logarithmic);
    })
    .keys(&[(ALT, Key::Num8)])
    .unless(|_, it| it.lowest().is_none().then_some(NO_MINIMUM))
    .switch(|_, it| scales_heights(it, Heights::Logarithmic));
    /// Shows the landscape with heights like the colours.
    COMPRESSED_HEIGHTS = Entry::document("compressed-heights", "Compressed heights", Icon::Steep, |it| {
        it.scale_heights(Heights::Compressed);
    })
    .keys(&[(ALT, Key::Num9)])
    .switch(|_, it| scales_heights(it, Heights::Compressed));
}

/// The pictures, in the order of their segments.
pub static PICTURES: [&Entry; 3] = [&CONTOURS, &RELIEF, &BOTH];
/// The viewpoints, in the order of [`Viewpoint::NAMED`].
pub static VIEWPOINTS: [&Entry; 3] = [&ABOVE, &RADFORD, &VALLEY];
/// The scales of heights, in the order of [`Heights::ALL`].
pub static HEIGHTS: [&Entry; 3] = [&LINEAR_HEIGHTS, &LOG_HEIGHTS, &COMPRESSED_HEIGHTS];

/// Why the perspective cannot be changed.
const ONLY_IN_3D: &str = "Contours have no perspective; this is for 3-D";
/// Why heights cannot be logarithmic.
const NO_MINIMUM: &str = "The lowest loss of this surface is not known";

fn looks_from(document: &Document, viewpoint: &Viewpoint) -> bool {
    document.view.pictures.has_relief() && document.view.eye.label() == viewpoint.label()
}

fn scales_heights(document: &Document, heights: Heights) -> bool {
    document.view.pictures.has_relief() && document.heights() == heights
}
