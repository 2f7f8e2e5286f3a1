//! Files dropped on the page. It has no file dialog yet.

use std::cell::RefCell;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::mpsc::{Receiver, channel};
use std::task::{self, Poll, Waker};

use egui::Context;

use super::For;
use crate::file;

/// A file whose content is being read.
struct Reading {
    name: PathBuf,
    content: Pin<Box<dyn Future<Output = Result<Vec<u8>, String>>>>,
}

thread_local! {
    static READING: RefCell<Vec<Reading>> = const { RefCell::new(Vec::new()) };
}

/// Returns that there is no file dialog.
pub fn exists() -> bool {
    false
}

/// Returns a receiver that never gets an answer.
pub fn ask(_what: For, _ctx: Context) -> Receiver<Option<PathBuf>> {
    channel().1
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
