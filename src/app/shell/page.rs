//! Opens the window as a page, in a canvas of a browser.

use eframe::wasm_bindgen::JsValue;
use eframe::web_sys::HtmlCanvasElement;
use eframe::{WebOptions, WebRunner};

use super::SlalomApp;
use crate::preset::Preset;

/// Opens the window in the canvas, with a race or with the tabs of the last time.
///
/// # Errors
/// Returns what the browser says if it cannot draw; most likely it has no WebGL.
pub async fn open(canvas: HtmlCanvasElement, preset: Option<Preset>) -> Result<(), JsValue> {
    let create = |creation: &eframe::CreationContext<'_>| {
        Ok(Box::new(SlalomApp::new(creation, preset, None)) as Box<dyn eframe::App>)
    };
    WebRunner::new()
        .start(canvas, WebOptions::default(), Box::new(create))
        .await
}
