//! What the page shows: the window, or a sentence in its place.

use super::browser;

/// A state of `web/index.html`, beside those of its loading.
#[derive(Clone, Copy)]
pub enum State {
    /// The window, a figure, or the check of the numbers.
    Running,
    /// The browser cannot draw.
    Unable,
    /// An error has stopped the program.
    Stopped,
}

/// Makes the page show a state. A page without these elements, which is not ours, shows nothing.
pub fn show(state: State, why: &str) {
    let state = match state {
        State::Running => "running",
        State::Unable => "unable",
        State::Stopped => "stopped",
    };
    let Ok(document) = browser::document() else {
        return;
    };
    if let Some(root) = document.document_element() {
        let _ = root.set_attribute("data-state", state);
    }
    if let Ok(Some(place)) = document.query_selector(&format!("#{state} .why")) {
        place.set_text_content(Some(why));
    }
}
