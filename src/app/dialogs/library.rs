//! The rules and surfaces in the library: use, rename, remove.

use egui::{Align, Layout, RichText, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use crate::app::action::{AppAction, DocumentAction, table};
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::settings::library::{Entry, Library, Thing};
use crate::app::widgets::{icon_button, primary};
use crate::optimizer::OptimizerChoice;
use crate::surface::SurfaceChoice;
use crate::view::icon::Icon;
use crate::view::theme::touch::target;

/// The dialog, with the name that is being typed and what was removed last.
#[derive(Debug, Default)]
pub struct LibraryDialog {
    renamed: Option<(Entry, String)>,
    removed: Option<Entry>,
}

/// The greatest height of the list.
const HEIGHT: f32 = 360.0;
/// The width of what stands beside a name.
const BESIDE: f32 = 170.0;

impl LibraryDialog {
    /// Shows the dialog. Every change acts at once.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        ui.heading("My library");
        ui.add_space(4.0);
        let entries = desk.workspace.settings.library.entries().to_vec();
        if entries.is_empty() {
            ui.label(RichText::new("Nothing is kept.").color(desk.colors.dim));
        }
        let scroll = ScrollArea::vertical().max_height(HEIGHT);
        scroll.show(ui, |ui| {
            for entry in &entries {
                ui.push_id((entry.kind(), entry.name()), |ui| self.row(ui, desk, entry));
            }
        });
        self.put_back(ui, desk);
        ui.add_space(8.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.add(primary(desk, "Close")).clicked() {
                desk.perform(&table::help::DISMISS);
            }
        });
    }

    fn row(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, entry: &Entry) {
        let size = vec2(ui.available_width(), target(ui, 30.0));
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            self.name(ui, desk, entry);
            ui.label(RichText::new(entry.kind()).color(desk.colors.dim));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let label = format!("Remove {}", entry.name());
                let remove = icon_button(ui, Icon::Trash, vec2(26.0, 26.0), &label);
                if remove.on_hover_text(label).clicked() {
                    change(desk, |library| library.remove(entry));
                    self.removed = Some(entry.clone());
                }
                let (verb, action) = use_of(entry);
                if ui.button(verb).clicked() {
                    desk.act(action);
                    desk.perform(&table::help::DISMISS);
                }
            });
        });
    }

    /// The field of the name. A name that is taken or missing is not used.
    fn name(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, entry: &Entry) {
        let typed = self.renamed.as_ref().filter(|(of, _)| of == entry);
        let mut name = typed.map_or_else(|| entry.name().to_owned(), |(_, name)| name.clone());
        let is_possible =
            name == entry.name() || desk.workspace.settings.library.clone().rename(entry, &name);
        let field = TextEdit::singleline(&mut name)
            .text_color_opt((!is_possible).then_some(desk.colors.error))
            .char_limit(Entry::LONGEST)
            .desired_width(ui.available_width() - BESIDE);
        let response = ui.add(field);
        response.widget_info(|| WidgetInfo {
            label: Some(format!("Name of {}", entry.name())),
            ..WidgetInfo::text_edit(true, &name, &name, "")
        });
        let response = if is_possible {
            response
        } else {
            response.on_hover_text("Another one has this name, or it is empty")
        };
        if response.changed() {
            self.renamed = Some((entry.clone(), name));
        } else if response.lost_focus() && self.renamed.take().is_some() && is_possible {
            change(desk, |library| {
                library.rename(entry, &name);
            });
        }
    }

    /// Offers what was removed last.
    fn put_back(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let library = &desk.workspace.settings.library;
        let removed = self.removed.clone();
        let Some(removed) = removed.filter(|it| library.in_place_of(it).is_none()) else {
            return;
        };
        ui.horizontal(|ui| {
            let text = format!("“{}” was removed.", removed.name());
            ui.label(RichText::new(text).color(desk.colors.dim));
            if ui.button("Put it back").clicked() {
                self.removed = None;
                desk.send(AppAction::Settings(Box::new({
                    let mut settings = desk.workspace.settings.clone();
                    let _ = settings.library.keep(removed);
                    settings
                })));
            }
        });
    }
}

/// Returns what is done with an entry, and the words for it.
fn use_of(entry: &Entry) -> (&'static str, DocumentAction) {
    match entry.thing() {
        Thing::Rule(rule) => {
            let add = Change::add(OptimizerChoice::Rule(rule.clone()));
            ("Add a racer", add.into())
        }
        Thing::Surface(surface) => {
            let surface = SurfaceChoice::Typed(surface.clone());
            ("Race on it", DocumentAction::UseSurface(surface))
        }
    }
}

fn change(desk: &mut Desk<'_>, act: impl FnOnce(&mut Library)) {
    let mut settings = desk.workspace.settings.clone();
    act(&mut settings.library);
    desk.send(AppAction::Settings(Box::new(settings)));
}
