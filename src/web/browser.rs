//! What the browser has: its window, the document, and where it is.

use js_sys::{Function, JSON};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Document, Event, EventTarget, HtmlCanvasElement, HtmlElement, Location, Window};

/// The id of the canvas in `web/index.html`.
const CANVAS: &str = "slalom";

/// Returns the window of the browser.
pub fn window() -> Result<Window, JsValue> {
    web_sys::window().ok_or_else(|| "there is no window".into())
}

/// Returns the document.
pub fn document() -> Result<Document, JsValue> {
    window()?
        .document()
        .ok_or_else(|| "there is no document".into())
}

/// Returns the body of the document.
pub fn body() -> Result<HtmlElement, JsValue> {
    document()?.body().ok_or_else(|| "there is no body".into())
}

/// Returns the canvas in which the window is drawn.
pub fn canvas() -> Result<HtmlCanvasElement, JsValue> {
    let canvas = document()?.get_element_by_id(CANVAS);
    Ok(canvas.ok_or("there is no canvas")?.dyn_into()?)
}

/// Returns where the document is.
pub fn location() -> Result<Location, JsValue> {
    Ok(window()?.location())
}

/// Listens as long as the page lives.
pub fn listen(
    target: &EventTarget,
    event: &str,
    listener: impl FnMut(Event) + 'static,
) -> Result<(), JsValue> {
    let listener = Closure::<dyn FnMut(Event)>::new(listener);
    target.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref())?;
    listener.forget();
    Ok(())
}

/// Returns a function for the browser to call as long as the page lives.
pub fn callback<A: wasm_bindgen::convert::FromWasmAbi + 'static>(
    call: impl FnMut(A) + 'static,
) -> Function {
    let call = Closure::<dyn FnMut(A)>::new(call);
    let function = call.as_ref().unchecked_ref::<Function>().clone();
    call.forget();
    function
}

/// Returns whether the reader wants this, in the words of a style sheet.
pub fn prefers(what: &str) -> bool {
    let query = window().and_then(|window| window.match_media(&format!("({what})")));
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// Returns a value as an object of the browser.
pub fn object(value: &impl serde::Serialize) -> Result<JsValue, JsValue> {
    let text = serde_json::to_string(value).map_err(|why| why.to_string())?;
    JSON::parse(&text)
}
