//! Losses over data: those that come with the program, and the dialog that asks for a file.

use std::path::{Path, PathBuf};

use egui::{Align, Grid, Layout, RichText, Role, TextEdit, Ui, WidgetInfo};

use super::command::Command;
use super::dialogs::primary;
use super::panels::Desk;
use crate::surface::data::Moons;
use crate::surface::{LinearRegression, LogisticRegression, SurfaceChoice};

/// The losses over built-in data, with what they are called in the menu.
#[must_use]
pub fn built_in() -> Vec<(&'static str, SurfaceChoice)> {
    let line = |data: &str, x: Option<&str>, y: Option<&str>, standardize: bool| {
        let mut model = LinearRegression::default();
        model.data = data.into();
        model.x = x.map(String::from);
        model.y = y.map(String::from);
        model.standardize = standardize;
        SurfaceChoice::LinearRegression(model)
    };
    let mut moons = LogisticRegression::default();
    moons.moons = Some(Moons::default());
    let mut iris = LogisticRegression::default();
    iris.data = Some("iris".into());
    iris.x1 = Some("petal_length_cm".into());
    iris.x2 = Some("petal_width_cm".into());
    iris.label = Some("species".into());
    iris.positive = Some("virginica".into());
    iris.standardize = true;
    let flippers = line(
        "penguins",
        Some("flipper_length_mm"),
        Some("body_mass_g"),
        true,
    );
    vec![
        ("Line through 100 points", line("line", None, None, false)),
        ("Penguins: flipper and weight", flippers),
        (
            "Noisy moons: two classes",
            SurfaceChoice::LogisticRegression(moons),
        ),
        (
            "Iris: virginica or not",
            SurfaceChoice::LogisticRegression(iris),
        ),
    ]
}

/// The same surface with its data standardised or not; `None` if it has no data.
#[must_use]
pub fn standardized(surface: &SurfaceChoice, on: bool) -> Option<SurfaceChoice> {
    let mut surface = surface.clone();
    match &mut surface {
        SurfaceChoice::LinearRegression(model) => model.standardize = on,
        SurfaceChoice::LogisticRegression(model) => model.standardize = on,
        _ => return None,
    }
    Some(surface)
}

/// Whether the data of a surface are standardised; `None` if it has no data.
#[must_use]
pub fn is_standardized(surface: &SurfaceChoice) -> Option<bool> {
    match surface {
        SurfaceChoice::LinearRegression(model) => Some(model.standardize),
        SurfaceChoice::LogisticRegression(model) => Some(model.standardize),
        _ => None,
    }
}

/// Asks for a CSV file, and what is to be fitted to it.
#[derive(Debug, Default)]
pub struct DataDialog {
    path: String,
    classes: bool,
    columns: [String; 3],
    positive: String,
    standardize: bool,
}

impl DataDialog {
    /// For this file.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        Self {
            path: path.display().to_string(),
            ..Self::default()
        }
    }

    /// Shows the dialog.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        ui.heading("Fit a model to a CSV file");
        ui.add_space(4.0);
        field(ui, &mut self.path, "CSV file", "path of a .csv file");
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            ui.radio_value(&mut self.classes, false, "a straight line")
                .on_hover_text("Linear regression: y = w·x + b, mean squared error");
            ui.radio_value(&mut self.classes, true, "a border between two classes")
                .on_hover_text("Logistic regression: σ(w₁x₁ + w₂x₂), cross-entropy");
        });
        ui.add_space(4.0);
        let names: &[(&str, &str)] = if self.classes {
            &[
                ("x₁", "the first column"),
                ("x₂", "the second column"),
                ("label", "the last column"),
            ]
        } else {
            &[("x", "the first column"), ("y", "the last column")]
        };
        Grid::new("columns").spacing([10.0, 6.0]).show(ui, |ui| {
            for ((name, hint), text) in names.iter().zip(&mut self.columns) {
                ui.label(*name);
                field(ui, text, &format!("Column of {name}"), hint);
                ui.end_row();
            }
            if self.classes {
                ui.label("class 1 is");
                let hint = "labels are 0 and 1";
                field(ui, &mut self.positive, "Label of class 1", hint);
                ui.end_row();
            }
        });
        ui.checkbox(
            &mut self.standardize,
            "standardise the columns: mean 0, standard deviation 1",
        );
        if let Some(notice) = desk.state.notice.as_ref().filter(|notice| notice.error) {
            ui.label(RichText::new(&notice.text).color(desk.look.error));
        }
        ui.add_space(8.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let named = !self.path.trim().is_empty();
            let fit = ui.add_enabled(named, primary(desk, "Fit"));
            if fit.on_disabled_hover_text("Name a file first").clicked() {
                desk.send(Command::UseSurface(self.surface()));
            }
            if ui.button("Cancel").clicked() {
                desk.send(Command::Dismiss);
            }
        });
    }

    fn surface(&self) -> SurfaceChoice {
        let given = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let [first, second, label] = self.columns.each_ref().map(given);
        let data: PathBuf = self.path.trim().into();
        if self.classes {
            let mut model = LogisticRegression::default();
            model.data = Some(data);
            (model.x1, model.x2, model.label) = (first, second, label);
            model.positive = given(&self.positive);
            model.standardize = self.standardize;
            SurfaceChoice::LogisticRegression(model)
        } else {
            let mut model = LinearRegression::default();
            model.data = data;
            (model.x, model.y) = (first, second);
            model.standardize = self.standardize;
            SurfaceChoice::LinearRegression(model)
        }
    }
}

fn field(ui: &mut Ui, text: &mut String, name: &str, hint: &str) {
    let field = TextEdit::singleline(text)
        .hint_text(hint)
        .desired_width(300.0);
    let response = ui.add(field);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
}
