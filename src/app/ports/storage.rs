//! The storage of a browser, which keeps texts under names for all pages from the same place.

use eframe::wasm_bindgen::JsCast as _;
use eframe::web_sys::{self, DomException, Storage};

fn local() -> Result<Storage, String> {
    let window = web_sys::window().ok_or("there is no window")?;
    match window.local_storage() {
        Ok(Some(storage)) => Ok(storage),
        _ => Err("the browser gives this page no storage".to_owned()),
    }
}

/// Returns the text of a name.
#[must_use]
pub fn get(name: &str) -> Option<String> {
    local().ok()?.get_item(name).ok()?
}

/// Keeps a text under a name.
///
/// # Errors
/// Returns the browser's reason. After "… cannot be kept: ", it completes a sentence.
pub fn set(name: &str, text: &str) -> Result<(), String> {
    local()?.set_item(name, text).map_err(|cause| {
        let cause = cause.dyn_ref::<DomException>();
        match cause.map(DomException::name).as_deref() {
            Some("QuotaExceededError") => "the storage of this page is full".to_owned(),
            _ => "the browser refuses".to_owned(),
        }
    })
}

/// Removes the text of a name.
pub fn remove(name: &str) {
    if let Ok(storage) = local() {
        let _ = storage.remove_item(name);
    }
}

/// Returns all names that begin like this.
#[must_use]
pub fn names(beginning: &str) -> Vec<String> {
    let Ok(storage) = local() else {
        return Vec::new();
    };
    let all = (0..storage.length().unwrap_or_default()).filter_map(|it| storage.key(it).ok()?);
    all.filter(|name| name.starts_with(beginning)).collect()
}
