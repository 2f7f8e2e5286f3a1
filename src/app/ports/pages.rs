//! Which pages of the program are open in the browser: each holds a lock for as long as it lives.

use eframe::wasm_bindgen::prelude::Closure;
use eframe::wasm_bindgen::{JsCast as _, JsValue};
use eframe::web_sys::{self, Window};
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen_futures::JsFuture;

use super::storage;

/// The name under which a page finds its own name again after it was loaded again.
const OWN: &str = "name of this page";
/// How often the lock of a page is asked for that has just been left to be loaded again, and how long
/// to wait in between, in milliseconds.
const ATTEMPTS: usize = 10;
const PAUSE: i32 = 50;

/// The name of this page, and those of pages that have ended.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// The name under which this page keeps its tabs.
    pub own: String,
    /// The names under which pages have kept theirs that have ended. They are this page's from now on.
    pub ended: Vec<String>,
}

/// Returns the name of this page, which begins like this, and those of pages that have ended. Without
/// locks, which browsers have only on safe connections, all pages have one name, and the one that is left
/// last is restored.
pub async fn register(beginning: &str) -> Pages {
    let alone = Pages {
        own: beginning.to_owned(),
        ended: Vec::new(),
    };
    let Some(window) = web_sys::window() else {
        return alone;
    };
    let Some(locks) = locks(&window) else {
        return alone;
    };
    let memory = window.session_storage().ok().flatten();
    let known = memory.as_ref().and_then(|it| it.get_item(OWN).ok()?);
    let mut own = None;
    if let Some(known) = known {
        for _ in 0..ATTEMPTS {
            if take(&locks, &known).await {
                own = Some(known);
                break;
            }
            // It may be a copy of a page that lives.
            pause(&window).await;
        }
    }
    let own = match own {
        Some(own) => own,
        None => {
            let random = (js_sys::Math::random() * 1e9).floor();
            let new = format!("{beginning}, {}-{random}", js_sys::Date::now());
            take(&locks, &new).await;
            new
        }
    };
    if let Some(memory) = memory {
        let _ = memory.set_item(OWN, &own);
    }
    let mut ended = Vec::new();
    // One that is loaded again has its own tabs, and leaves the others to the next.
    if storage::get(&own).is_none() {
        for name in storage::names(beginning) {
            if take(&locks, &name).await {
                ended.push(name);
            }
        }
    }
    Pages { own, ended }
}

/// The browser's locks.
struct Locks {
    manager: JsValue,
    request: Function,
}

fn locks(window: &Window) -> Option<Locks> {
    let manager = Reflect::get(&window.navigator(), &"locks".into()).ok()?;
    let request = Reflect::get(&manager, &"request".into()).ok()?;
    let request = request.dyn_into::<Function>().ok()?;
    Some(Locks { manager, request })
}

/// Takes a lock until the page ends, and returns whether it was free.
async fn take(locks: &Locks, name: &str) -> bool {
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &true.into());
    let answer = Promise::new(&mut |resolve: Function, _| {
        let granted = Closure::once_into_js(move |lock: JsValue| {
            let is_free = !lock.is_null();
            let _ = resolve.call1(&JsValue::NULL, &is_free.into());
            // The lock is held until this promise is kept, which is never.
            if is_free {
                Promise::new(&mut |_, _| {})
            } else {
                Promise::resolve(&JsValue::NULL)
            }
        });
        let _ = locks
            .request
            .call3(&locks.manager, &name.into(), &options, &granted);
    });
    let answer = JsFuture::from(answer).await;
    answer.is_ok_and(|it| it.is_truthy())
}

async fn pause(window: &Window) {
    let waiting = Promise::new(&mut |resolve, _| {
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, PAUSE);
    });
    let _ = JsFuture::from(waiting).await;
}
