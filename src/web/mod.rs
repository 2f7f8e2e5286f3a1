//! The page in a browser: what surrounds the window there.

use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::HtmlCanvasElement;

use crate::app;

/// The id of the canvas in `web/index.html`.
const CANVAS: &str = "slalom";

/// Opens the window in the canvas of the page.
pub fn main() {
    wasm_bindgen_futures::spawn_local(async {
        if let Err(why) = start().await {
            web_sys::console::error_1(&why);
        }
    });
}

async fn start() -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document());
    let canvas = document.and_then(|document| document.get_element_by_id(CANVAS));
    let canvas: HtmlCanvasElement = canvas.ok_or("there is no canvas")?.dyn_into()?;
    app::open_page(canvas, None).await
}
