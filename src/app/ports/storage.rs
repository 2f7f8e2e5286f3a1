//! The storage of a browser, which keeps texts under names for all pages from the same place.

use eframe::wasm_bindgen::JsCast as _;
use eframe::web_sys::{self, DomException};

/// Keeps a text under a name.
///
/// # Errors
/// Returns the browser's reason. After "… cannot be kept: ", it completes a sentence.
pub fn set(name: &str, text: &str) -> Result<(), String> {
    let window = web_sys::window().ok_or("there is no window")?;
    match window.local_storage() {
        Ok(Some(storage)) => storage.set_item(name, text).map_err(|cause| {
            let cause = cause.dyn_ref::<DomException>();
            match cause.map(DomException::name).as_deref() {
                Some("QuotaExceededError") => "the storage of this page is full".to_owned(),
                _ => "the browser refuses".to_owned(),
            }
        }),
        _ => Err("the browser gives this page no storage".to_owned()),
    }
}
