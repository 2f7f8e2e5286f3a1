//! Where the window stands and how large it is.
//!
//! eframe reads this file before it opens the window, and takes care that the window is on a screen.
//! It would overwrite the file in place, so it is written here, in its format.

use std::collections::BTreeMap;
use std::path::PathBuf;

use egui::{Context, Pos2, Vec2};
use serde::Serialize;

use super::folder::Folder;

/// The place of a window.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct WindowPlace {
    normal_geometry: Geometry,
    fullscreen: bool,
    maximized: bool,
}

/// The place of a window that is neither maximized nor fills the screen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
struct Geometry {
    outer_position_pixels: Option<Pair>,
    scale_factor: f32,
    inner_size_points: Pair,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
struct Pair {
    x: f32,
    y: f32,
}

impl From<Pos2> for Pair {
    fn from(Pos2 { x, y }: Pos2) -> Self {
        Self { x, y }
    }
}

impl From<Vec2> for Pair {
    fn from(Vec2 { x, y }: Vec2) -> Self {
        Self { x, y }
    }
}

impl WindowPlace {
    /// Returns where the window is, if the system says so. While it is maximized or fills the
    /// screen, its place `before` is the one to which it goes back.
    #[must_use]
    pub fn of(ctx: &Context, before: Option<Self>) -> Option<Self> {
        let pixels = ctx.pixels_per_point();
        ctx.input(|input| {
            let viewport = input.viewport();
            let inner = viewport.inner_rect?.size();
            let fullscreen = viewport.fullscreen.unwrap_or_default();
            let maximized = viewport.maximized.unwrap_or_default();
            let is_normal = !fullscreen && !maximized && !viewport.minimized.unwrap_or_default();
            let now = || Geometry {
                outer_position_pixels: viewport
                    .outer_rect
                    .map(|rect| (rect.min * pixels).round().into()),
                scale_factor: viewport.native_pixels_per_point.unwrap_or(1.0),
                inner_size_points: inner.into(),
            };
            let before = before.filter(|_| !is_normal);
            Some(Self {
                normal_geometry: before.map_or_else(now, |before| before.normal_geometry),
                fullscreen,
                maximized,
            })
        })
    }

    /// Returns the text of the file.
    ///
    /// # Errors
    /// Returns an error if a number cannot be written as RON.
    pub fn to_text(self) -> Result<String, ron::Error> {
        let place = ron::to_string(&self)?;
        ron::to_string(&BTreeMap::from([("window", place)]))
    }
}

impl Folder {
    /// Returns the file of the window's place.
    #[must_use]
    pub fn window(&self) -> PathBuf {
        self.path().join("window.ron")
    }

    /// Returns the file from which eframe reads the window's place; the first versions kept it with
    /// everything else.
    #[must_use]
    pub fn window_before(&self) -> PathBuf {
        let file = self.window();
        if file.exists() { file } else { self.before() }
    }
}

#[cfg(test)]
mod tests {
    use egui::{RawInput, Rect, ViewportId, ViewportInfo, pos2, vec2};

    use super::*;

    fn place(maximized: bool, before: Option<WindowPlace>) -> Option<WindowPlace> {
        let ctx = Context::default();
        let rect = Rect::from_min_size(pos2(10.0, 20.0), vec2(1280.0, 800.0));
        let info = ViewportInfo {
            native_pixels_per_point: Some(2.0),
            inner_rect: Some(rect),
            outer_rect: Some(rect),
            maximized: Some(maximized),
            ..ViewportInfo::default()
        };
        let input = RawInput {
            viewports: [(ViewportId::ROOT, info)].into_iter().collect(),
            ..RawInput::default()
        };
        let mut found = None;
        let mut output = ctx.run_ui(input, |ui| found = WindowPlace::of(ui.ctx(), before));
        output.textures_delta.clear();
        found
    }

    #[test]
    fn the_place_is_written_as_eframe_reads_it() {
        let text = place(false, None).unwrap().to_text().unwrap();
        let values: BTreeMap<String, String> = ron::from_str(&text).unwrap();
        assert_eq!(
            values["window"],
            "(normal_geometry:(outer_position_pixels:Some((x:20.0,y:40.0)),scale_factor:2.0,\
             inner_size_points:(x:1280.0,y:800.0)),fullscreen:false,maximized:false)"
        );
    }

    #[test]
    fn a_maximized_window_goes_back_to_its_place() {
        let mut before = place(false, None).unwrap();
        before.normal_geometry.inner_size_points.x = 900.0;
        let now = place(true, Some(before)).unwrap();
        assert!(now.maximized);
        assert_eq!(now.normal_geometry, before.normal_geometry);
        let back = place(false, Some(now)).unwrap();
        assert_eq!(back.normal_geometry.inner_size_points.x, 1280.0);
    }
}
