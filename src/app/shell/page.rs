//! The window as a page, in a canvas of a browser.

use std::cell::{Cell, RefCell};
use std::error::Error;
use std::rc::Rc;

use eframe::wasm_bindgen::prelude::Closure;
use eframe::wasm_bindgen::{JsCast as _, JsValue};
use eframe::web_sys::{self, EventTarget, HtmlCanvasElement, KeyboardEvent};
use eframe::{App, CreationContext, WebOptions, WebRunner};
use egui::{Context, Event, Key, Modifiers};

use super::SlalomApp;
use super::figure::Listener;
use crate::app::action::table::browser::{belongs_to_browser, belongs_to_page};
use crate::app::ports::pages;
use crate::app::recovery::SESSION;
use crate::app::workspace::Workspace;
use crate::preset::Preset;

/// A window in a canvas.
pub struct Page {
    runner: WebRunner,
    context: Context,
}

impl Page {
    /// Opens the window in the canvas, with a race or with the tabs of the last time.
    ///
    /// # Errors
    /// Returns what the browser says if it cannot draw; most likely it has no WebGL.
    pub async fn open(canvas: HtmlCanvasElement, preset: Option<Preset>) -> Result<Self, JsValue> {
        let window = web_sys::window().ok_or("there is no window")?;
        divide_keys(&window)?;
        let pages = pages::register(SESSION).await;
        let create = |creation: &CreationContext<'_>| Ok(SlalomApp::new(creation, preset, pages));
        let page = Self::start(canvas, WebOptions::default(), create).await?;
        keep_when_left(&window, &page.runner)?;
        Ok(page)
    }

    /// Opens a figure in the canvas. What it shows and who listens is asked for once the browser can
    /// draw.
    ///
    /// # Errors
    /// As [`Page::open`].
    pub async fn open_figure(
        canvas: HtmlCanvasElement,
        take: impl FnOnce() -> Option<(Workspace, Listener)> + 'static,
    ) -> Result<Self, JsValue> {
        let held = Rc::new(RefCell::new(Rc::new(Cell::new(false))));
        let asked = Rc::clone(&held);
        let options = WebOptions {
            should_prevent_default: Box::new(move |event| match event {
                // Unless it was clicked, the wheel scrolls the article.
                Event::MouseWheel { modifiers, .. } => modifiers.command || has_focus(),
                // So does a finger, unless it holds something.
                Event::PointerButton { pressed: true, .. } => false,
                Event::PointerMoved(_) => asked.borrow().get(),
                _ => true,
            }),
            ..WebOptions::default()
        };
        let create = move |creation: &CreationContext<'_>| {
            let (workspace, listener) = take().ok_or("The figure is open already")?;
            let app = SlalomApp::figure(creation, workspace, listener);
            held.replace(app.held());
            Ok(app)
        };
        // Sideways, a finger moves the playhead.
        let _ = canvas.style().set_property("touch-action", "pan-y");
        let taken_away = canvas.clone();
        let page = Self::start(canvas, options, create).await?;
        wake_when_cancelled(&taken_away, page.context.clone())?;
        Ok(page)
    }

    async fn start(
        canvas: HtmlCanvasElement,
        options: WebOptions,
        create: impl FnOnce(&CreationContext<'_>) -> Result<SlalomApp, Box<dyn Error + Send + Sync>>
        + 'static,
    ) -> Result<Self, JsValue> {
        let context = Rc::new(RefCell::new(Context::default()));
        let given = Rc::clone(&context);
        let create = move |creation: &CreationContext<'_>| {
            given.replace(creation.egui_ctx.clone());
            Ok(Box::new(create(creation)?) as Box<dyn App>)
        };
        let runner = WebRunner::new();
        runner.start(canvas, options, Box::new(create)).await?;
        Ok(Self {
            runner,
            context: context.take(),
        })
    }

    /// Changes something between two frames, or asks; `None` if the window has crashed.
    pub fn with_app<R>(&self, change: impl FnOnce(&mut SlalomApp) -> R) -> Option<R> {
        let mut app = self.runner.app_mut::<SlalomApp>()?;
        Some(change(&mut app))
    }

    /// Returns what frames are asked of.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.context
    }
}

/// Returns whether keys go to the canvas.
fn has_focus() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let focused = document.and_then(|document| document.active_element());
    focused.is_some_and(|element| element.has_type::<HtmlCanvasElement>())
}

/// Draws a frame when the browser takes a finger away to scroll: what it held is let go in that frame.
fn wake_when_cancelled(canvas: &EventTarget, context: Context) -> Result<(), JsValue> {
    let wake = Closure::<dyn FnMut(web_sys::Event)>::new(move |_| context.request_repaint());
    // Before eframe, which keeps it from others.
    let listener = wake.as_ref().unchecked_ref();
    canvas.add_event_listener_with_callback_and_bool("touchcancel", listener, true)?;
    wake.forget();
    Ok(())
}

/// Leaves the browser its keys, and keeps it from acting on ours.
fn divide_keys(window: &EventTarget) -> Result<(), JsValue> {
    let divide = Closure::<dyn FnMut(KeyboardEvent)>::new(|event: KeyboardEvent| {
        let Some(key) = Key::from_name(&event.key()) else {
            return;
        };
        let pressed = Modifiers {
            alt: event.alt_key(),
            ctrl: event.ctrl_key(),
            shift: event.shift_key(),
            mac_cmd: event.meta_key(),
            command: event.ctrl_key() || event.meta_key(),
        };
        if belongs_to_browser(pressed, key) {
            // The window does not see it.
            event.stop_immediate_propagation();
        } else if belongs_to_page(pressed, key) {
            event.prevent_default();
        }
    });
    // Before any other listener.
    let listener = divide.as_ref().unchecked_ref();
    window.add_event_listener_with_callback_and_bool("keydown", listener, true)?;
    divide.forget();
    Ok(())
}

/// Keeps tabs and settings when the page is hidden or left: a browser may end it without asking.
fn keep_when_left(window: &web_sys::Window, runner: &WebRunner) -> Result<(), JsValue> {
    let document = window.document().ok_or("there is no document")?;
    let runner = runner.clone();
    let keep = Closure::<dyn FnMut(web_sys::Event)>::new(move |_| {
        // After a panic, or within a frame, there is nothing to take.
        if let Some(mut app) = runner.app_mut::<SlalomApp>() {
            app.store();
        }
    });
    let listener = keep.as_ref().unchecked_ref();
    window.add_event_listener_with_callback("pagehide", listener)?;
    document.add_event_listener_with_callback("visibilitychange", listener)?;
    keep.forget();
    Ok(())
}
