//! Files of a page: chosen in the browser's dialog, dropped on the page, and downloaded.

use std::cell::RefCell;
use std::ffi::OsStr;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::{self, Poll, Waker};

use eframe::wasm_bindgen::prelude::Closure;
use eframe::wasm_bindgen::{JsCast as _, JsValue};
use eframe::web_sys::{self, Blob, BlobPropertyBag, Document, HtmlAnchorElement, HtmlInputElement};
use egui::Context;

use super::{For, accepted, media_type};
use crate::file::{self, Written};

/// A file whose content is being read.
struct Reading {
    name: PathBuf,
    content: Pin<Box<dyn Future<Output = Result<Vec<u8>, String>>>>,
}

thread_local! {
    static READING: RefCell<Vec<Reading>> = const { RefCell::new(Vec::new()) };
}

/// Returns that there is a file dialog.
pub fn exists() -> bool {
    true
}

/// Opens the browser's file dialog. The receiver gets the name of the chosen file once its content has
/// been read, or `None` if the user cancelled.
///
/// A browser opens its dialog only right after a click or a key press.
pub fn ask(what: For, ctx: Context) -> Receiver<Option<PathBuf>> {
    let (send, receive) = channel();
    if let Err(cause) = choose(what, ctx, send.clone()) {
        web_sys::console::error_1(&cause);
        let _ = send.send(None);
    }
    receive
}

fn document() -> Result<Document, JsValue> {
    let document = web_sys::window().and_then(|window| window.document());
    document.ok_or_else(|| "there is no document".into())
}

fn choose(what: For, ctx: Context, send: Sender<Option<PathBuf>>) -> Result<(), JsValue> {
    let input: HtmlInputElement = document()?.create_element("input")?.dyn_into()?;
    input.set_type("file");
    input.set_accept(&accepted(what));
    let cancelled = {
        let (send, ctx) = (send.clone(), ctx.clone());
        Closure::once_into_js(move || {
            let _ = send.send(None);
            ctx.request_repaint();
        })
    };
    input.add_event_listener_with_callback("cancel", cancelled.unchecked_ref())?;
    let chosen = {
        let input = input.clone();
        Closure::once_into_js(move || {
            let file = input.files().and_then(|files| files.get(0));
            wasm_bindgen_futures::spawn_local(async move {
                let name = match file {
                    Some(file) => keep(file).await,
                    None => None,
                };
                // Where the dialog in the window was closed, nobody waits for the answer.
                let _ = send.send(name);
                ctx.request_repaint();
            });
        })
    };
    input.add_event_listener_with_callback("change", chosen.unchecked_ref())?;
    input.click();
    Ok(())
}

/// Keeps the content of a file, and returns its name. Of one that cannot be read, the name is returned
/// as well: whoever opens it is told that it is missing.
async fn keep(file: web_sys::File) -> Option<PathBuf> {
    let name = PathBuf::from(file.name());
    if let Ok(buffer) = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await {
        file::hand_over(&name, js_sys::Uint8Array::new(&buffer).to_vec());
    }
    Some(name)
}

/// Downloads the files that the program has written. Each gets the name under which it was written.
///
/// # Errors
/// Returns what the browser says if it refuses.
pub fn download() -> Result<(), String> {
    for written in file::take_written() {
        offer(&written).map_err(|cause| {
            let why = cause.as_string().unwrap_or_else(|| format!("{cause:?}"));
            format!("{} cannot be downloaded: {why}", written.name)
        })?;
    }
    Ok(())
}

fn offer(written: &Written) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(&*written.content));
    let options = BlobPropertyBag::new();
    let ending = Path::new(&written.name).extension().and_then(OsStr::to_str);
    options.set_type(media_type(ending.unwrap_or_default()));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document()?.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(&written.name);
    link.click();
    // The browser reads the content only after this. A minute later, it can be forgotten.
    let forget = Closure::once_into_js(move || {
        let _ = web_sys::Url::revoke_object_url(&address);
    });
    let window = web_sys::window().ok_or("there is no window")?;
    window.set_timeout_with_callback_and_timeout_and_arguments_0(forget.unchecked_ref(), 60_000)?;
    Ok(())
}

/// Returns a file dropped on the page once its content has arrived, some frames later. One that
/// cannot be read is returned, too: whoever opens it is told that it is missing.
pub fn dropped(ctx: &Context) -> Option<PathBuf> {
    let new = ctx.input(|input| input.raw.dropped_files.first().cloned());
    let new = new.map(|file| Reading {
        name: file.path().to_owned(),
        content: Box::pin(async move { file.bytes_async().await }),
    });
    READING.with_borrow_mut(|reading| {
        reading.extend(new);
        let arrived = reading.iter_mut().enumerate().find_map(|(index, file)| {
            // The page is looked at again in the next frame anyway.
            let mut task = task::Context::from_waker(Waker::noop());
            match file.content.as_mut().poll(&mut task) {
                Poll::Ready(content) => Some((index, content)),
                Poll::Pending => None,
            }
        });
        if !reading.is_empty() {
            ctx.request_repaint();
        }
        let (index, content) = arrived?;
        let name = reading.swap_remove(index).name;
        if let Ok(content) = content {
            file::hand_over(&name, content);
        }
        Some(name)
    })
}
