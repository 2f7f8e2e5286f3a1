//! A figure in an article: `?embed`.
//!
//! Nothing is drawn before the figure comes into sight: until then there is only a workspace, which can
//! be told what to show and asked for its state. The article hears of it through messages.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use egui::ThemePreference;
use js_sys::{Array, JSON};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    HtmlCanvasElement, HtmlElement, IntersectionObserver, IntersectionObserverEntry, MessageEvent,
    Window,
};

use super::address::{Wanted, bare, race_in};
use super::browser::{self, callback, listen, object};
use super::fallback;
use super::messages::{self, Answer, Event, Reply};
use crate::app::{Document, Moment, Page, Source, Workspace, figure_workspace};
use crate::preset;

/// A figure.
struct Figure {
    wanted: Wanted,
    canvas: HtmlCanvasElement,
    /// The article.
    article: Window,
    /// The address of the page to which the figure leads.
    page: String,
    /// What it shows, until it is drawn.
    workspace: RefCell<Option<Workspace>>,
    /// What draws it.
    drawn: RefCell<Option<Page>>,
    /// Whether it has begun to be drawn.
    is_begun: Cell<bool>,
    /// Whether a part of it is in the reader's window.
    is_near: Cell<bool>,
}

/// Opens the figure.
pub fn open(wanted: Wanted) -> Result<(), JsValue> {
    let location = browser::location()?;
    let page = bare(&location.href()?).to_owned();
    let (preset, fault) = match race_in(&location.hash()?) {
        Some(Ok(preset)) => (Some(preset), None),
        Some(Err(sentence)) => (None, Some(sentence)),
        None => (None, None),
    };
    let preset = match preset {
        Some(preset) => preset,
        None => preset::load_built_in(preset::FIRST).map_err(|error| error.to_string())?,
    };
    let mut workspace = figure_workspace(
        Document::new(preset, Source::New),
        wanted.theme.unwrap_or(ThemePreference::System),
        browser::prefers("prefers-reduced-motion: reduce"),
        Some(page.clone()),
    );
    workspace.has_chart = wanted.chart;
    if let Some(fault) = &fault {
        workspace.fail(fault.clone());
    }
    let window = browser::window()?;
    let figure = Rc::new(Figure {
        wanted,
        canvas: browser::canvas()?,
        article: window.parent()?.ok_or("there is no article")?,
        page,
        workspace: RefCell::new(Some(workspace)),
        drawn: RefCell::new(None),
        is_begun: Cell::new(false),
        is_near: Cell::new(false),
    });
    figure.watch(&window)?;
    figure.tell(&Event::Ready);
    if let Some(error) = fault {
        figure.tell(&Event::Error { error });
    }
    Ok(())
}

impl Figure {
    /// Listens to the article, to the reader's window, and to the keyboard's focus.
    fn watch(self: &Rc<Self>, window: &Window) -> Result<(), JsValue> {
        let figure = Rc::clone(self);
        listen(window, "message", move |event| {
            if let Ok(event) = event.dyn_into::<MessageEvent>() {
                figure.answer(&event);
            }
        })?;
        let figure = Rc::clone(self);
        let seen = callback(move |entries: Array| {
            let last = entries.pop().dyn_into::<IntersectionObserverEntry>();
            figure
                .is_near
                .set(last.is_ok_and(|it| it.is_intersecting()));
            figure.look();
        });
        IntersectionObserver::new(&seen)?.observe(&self.canvas);
        let figure = Rc::clone(self);
        let document = browser::document()?;
        listen(&document, "visibilitychange", move |_| figure.look())?;
        // Whoever clicks elsewhere in the article wants the wheel back.
        let canvas = self.canvas.clone();
        listen(window, "blur", move |_| {
            let _ = canvas.blur();
        })?;
        // The field behind the canvas, into which nothing is typed here, takes the focus when it is made.
        listen(&document, "focusin", |event| {
            let focused = event
                .target()
                .and_then(|it| it.dyn_into::<HtmlElement>().ok());
            if let Some(focused) = focused.filter(|it| !it.has_type::<HtmlCanvasElement>()) {
                let _ = focused.blur();
            }
        })
    }

    /// Returns whether the reader can see it.
    fn is_in_sight(&self) -> bool {
        self.is_near.get() && browser::document().is_ok_and(|document| !document.hidden())
    }

    /// Begins to draw it when it comes into sight, and lets it rest when it leaves.
    fn look(self: &Rc<Self>) {
        let in_sight = self.is_in_sight();
        if in_sight && !self.is_begun.replace(true) {
            wasm_bindgen_futures::spawn_local(Rc::clone(self).draw());
        }
        if let Some(page) = &*self.drawn.borrow() {
            page.with_app(|app| app.set_in_sight(in_sight));
            if in_sight {
                page.context().request_repaint();
            }
        }
    }

    /// Draws it from now on, or shows a picture if the browser cannot.
    async fn draw(self: Rc<Self>) {
        let figure = Rc::clone(&self);
        let take = move || {
            let workspace = figure.workspace.take()?;
            let listener = move |moment: Moment| figure.tell(&moment.into());
            Some((workspace, Box::new(listener) as Box<dyn FnMut(Moment)>))
        };
        match Page::open_figure(self.canvas.clone(), take).await {
            Ok(page) => {
                self.drawn.replace(Some(page));
                self.look();
            }
            Err(_) => {
                let error = "This browser cannot draw the live figure".to_owned();
                self.tell(&Event::Error { error });
                self.show_picture();
            }
        }
    }

    fn show_picture(&self) {
        let workspace = self.workspace.borrow();
        let preset = workspace.as_ref().map(|it| it.active().preset());
        let shown = preset.map(|it| fallback::show(&it, &self.wanted, &self.page));
        if let Some(Err(why)) = shown {
            web_sys::console::error_1(&why);
        }
    }

    /// Answers a message of the article. Those of others are none of a figure's.
    fn answer(&self, event: &MessageEvent) {
        let source = event.source();
        let is_article = source.is_some_and(|it| js_sys::Object::is(&it, &self.article));
        let text = JSON::stringify(&event.data());
        let message = text
            .ok()
            .map(String::from)
            .and_then(|it| messages::read(&it));
        let Some(message) = message.filter(|_| is_article) else {
            return;
        };
        let result = self.obey(message.order);
        let answer = Answer {
            slalom: message.slalom,
            result,
        };
        let origin = event.origin();
        let is_named = origin.starts_with("http");
        self.post(&answer, if is_named { &origin } else { "*" });
    }

    /// Does what the article says.
    fn obey(&self, order: messages::Order) -> Reply {
        let reply = |workspace: &mut Workspace, frames, wake: Box<dyn Fn() + Send + Sync>| {
            match messages::obey(workspace, order) {
                Ok(()) => {
                    workspace.active_mut().simulate(wake);
                    Reply::State(messages::state(workspace, frames))
                }
                Err(sentence) => Reply::Error(sentence),
            }
        };
        if let Some(workspace) = &mut *self.workspace.borrow_mut() {
            return reply(workspace, 0, Box::new(|| {}));
        }
        let drawn = self.drawn.borrow();
        let answered = drawn.as_ref().and_then(|page| {
            let context = page.context().clone();
            let wake = Box::new(move || context.request_repaint());
            let answered = page.with_app(|app| {
                let frames = app.frames();
                let reply = reply(app.workspace_mut(), frames, wake);
                app.hush();
                reply
            });
            if self.is_in_sight() {
                page.context().request_repaint();
            }
            answered
        });
        answered.unwrap_or_else(|| Reply::Error("The figure has stopped".into()))
    }

    /// Tells the article of something. It contains nothing that the article does not know.
    fn tell(&self, event: &Event) {
        self.post(event, "*");
    }

    fn post(&self, message: &impl serde::Serialize, origin: &str) {
        let posted = object(message).and_then(|it| self.article.post_message(&it, origin));
        if let Err(why) = posted {
            web_sys::console::error_1(&why);
        }
    }
}
