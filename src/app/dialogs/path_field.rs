//! A field for the path of a file, with a button that opens the system's file dialog.

use std::path::PathBuf;
use std::sync::mpsc::Receiver;

use egui::{Button, Response, Role, TextEdit, Ui, WidgetInfo};

use crate::app::ports::files;

/// A path as it is being typed.
#[derive(Debug, Default)]
pub struct PathField {
    /// The path.
    pub text: String,
    browsing: Option<Receiver<Option<PathBuf>>>,
    /// Whether the field has had the focus.
    was_focused: bool,
}

/// The width of the button and the gap before it.
const BROWSE: f32 = 92.0;

impl PathField {
    /// Creates a field that contains a path.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Returns the path.
    pub fn path(&self) -> PathBuf {
        self.text.trim().into()
    }

    /// Returns whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Returns whether the path was typed and confirmed with Enter.
    pub fn is_confirmed(response: &Response, ui: &Ui) -> bool {
        response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
    }

    /// Shows the field and the button over the available width. `label` is its accessible name.
    /// The field has the focus when it is first shown.
    pub fn show(&mut self, ui: &mut Ui, what: files::For, label: &str, hint: &str) -> Response {
        if files::ARE_NAMES && !what.is_reading() {
            // The browser asks where to, or has a folder for all downloads.
            return self.field(ui, label, "the name of the file", ui.available_width());
        }
        ui.horizontal(|ui| {
            let response = self.field(ui, label, hint, ui.available_width() - BROWSE);
            let browse = ui.add_enabled(self.can_browse(), Button::new("Browse…"));
            let browse =
                browse.on_disabled_hover_text("This desktop offers no file dialog; type the path");
            if browse.clicked() {
                self.browse(ui, what);
            }
            response
        })
        .inner
    }

    /// Opens the system's file dialog when the field is first shown, and returns whether a file has
    /// been chosen in this frame.
    pub fn ask_first(&mut self, ui: &Ui, what: files::For) -> bool {
        if !self.was_focused && self.can_browse() {
            self.browse(ui, what);
        }
        self.take_picked()
    }

    /// Takes over the file that was chosen, and returns whether there was one.
    fn take_picked(&mut self) -> bool {
        let Some(Ok(picked)) = self.browsing.as_ref().map(Receiver::try_recv) else {
            return false;
        };
        self.browsing = None;
        if let Some(picked) = &picked {
            self.text = picked.display().to_string();
        }
        picked.is_some()
    }

    /// Shows the field alone.
    pub fn field(&mut self, ui: &mut Ui, label: &str, hint: &str, width: f32) -> Response {
        self.take_picked();
        let field = TextEdit::singleline(&mut self.text)
            .hint_text(hint)
            .desired_width(width);
        let response = ui.add(field);
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, label));
        if !self.was_focused {
            response.request_focus();
            self.was_focused = true;
        }
        response
    }

    /// Returns whether the system's file dialog can be opened.
    pub fn can_browse(&self) -> bool {
        files::exists() && self.browsing.is_none()
    }

    /// Opens the system's file dialog.
    pub fn browse(&mut self, ui: &Ui, what: files::For) {
        self.browsing = Some(files::ask(what, ui.ctx().clone()));
    }
}
