//! The choices made in the data dialog: a file, how to read it, and the model to fit.

use std::path::{Path, PathBuf};

use crate::surface::{LinearRegression, LogisticRegression, SurfaceChoice};
use crate::table::{ColumnKind, DecimalMark, Reading, Separator, Wanted};

/// The choices made in the data dialog.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The path of a file, or the name of a built-in data set.
    pub path: String,
    /// The file in the working folder that is meant by the path.
    pub found: Option<PathBuf>,
    /// The separator between cells; `None` to detect it.
    pub separator: Option<Separator>,
    /// The decimal mark; `None` to detect it.
    pub decimal: Option<DecimalMark>,
    /// Whether the first line is a header; `None` to detect it.
    pub header: Option<bool>,
    /// Whether to separate two classes instead of fitting a line.
    pub classes: bool,
    /// The column for each role, by name; `None` for the default one.
    pub columns: [Option<String>; 3],
    /// The label of class 1.
    pub positive: Option<String>,
    /// Whether to standardize the columns.
    pub standardize: bool,
    /// The strength of the penalty, which the dialog does not change.
    pub l2: f64,
}

impl Draft {
    /// Creates a draft for a file.
    pub fn of_file(path: &Path) -> Self {
        Self {
            // An absolute path, as the file is relative to the working directory, not to a preset.
            path: std::path::absolute(path)
                .unwrap_or_else(|_| path.to_owned())
                .display()
                .to_string(),
            ..Self::default()
        }
    }

    /// Creates a draft from the data of a surface; `None` if they do not come from a table.
    pub fn of_surface(surface: &SurfaceChoice) -> Option<Self> {
        match surface {
            SurfaceChoice::LinearRegression(model) => Some(Self {
                path: model.data.display().to_string(),
                found: None,
                separator: model.separator,
                decimal: model.decimal,
                header: model.header,
                classes: false,
                columns: [model.x.clone(), model.y.clone(), None],
                positive: None,
                standardize: model.standardize,
                l2: model.l2,
            }),
            SurfaceChoice::LogisticRegression(model) => Some(Self {
                path: model.data.as_ref()?.display().to_string(),
                found: None,
                separator: model.separator,
                decimal: model.decimal,
                header: model.header,
                classes: true,
                columns: [model.x1.clone(), model.x2.clone(), model.label.clone()],
                positive: model.positive.clone(),
                standardize: model.standardize,
                l2: model.l2,
            }),
            _ => None,
        }
    }

    /// Returns the names of the roles that columns can have.
    pub fn roles(&self) -> &'static [&'static str] {
        if self.classes {
            &["x₁", "x₂", "label"]
        } else {
            &["x", "y"]
        }
    }

    /// Returns the path of the file.
    pub fn file(&self) -> PathBuf {
        let typed = || self.path.trim().into();
        self.found.clone().unwrap_or_else(typed)
    }

    /// Finds a file that is neither in the preset's folder nor built in: one of this name in the
    /// working folder is what was meant.
    pub fn find(&mut self, folder: Option<&Path>) {
        self.found = None;
        let file = self.file();
        let is_elsewhere = file.is_relative()
            && file.extension().is_some()
            && !folder.is_some_and(|folder| folder.join(&file).exists());
        self.found = match std::path::absolute(&file) {
            Ok(absolute) if is_elsewhere && absolute.is_file() => Some(absolute),
            _ => None,
        };
    }

    /// Returns how the file should be read.
    pub fn wanted(&self) -> Wanted {
        let columns = self.columns.iter().take(self.roles().len());
        Wanted {
            separator: self.separator,
            decimal: self.decimal,
            header: self.header,
            columns: columns.flatten().cloned().collect(),
        }
    }

    /// Chooses numeric columns if no column was chosen and the default ones are not numeric.
    /// Returns whether it changed anything.
    pub fn use_numbers(&mut self, reading: &Reading) -> bool {
        if self.columns.iter().any(Option::is_some) {
            return false;
        }
        let of_kind = |kind: ColumnKind| {
            let columns = reading.columns.iter().filter(move |it| it.kind == kind);
            columns.map(|it| it.name.clone())
        };
        let numbers: Vec<String> = of_kind(ColumnKind::Numbers).collect();
        let [first, second, ..] = &numbers[..] else {
            return false;
        };
        let last = numbers.last().cloned();
        self.columns = if self.classes {
            let label = of_kind(ColumnKind::Text).next_back().or(last);
            [Some(first.clone()), Some(second.clone()), label]
        } else {
            [Some(first.clone()), last, None]
        };
        true
    }

    /// Resets separator, decimal mark and header, so that they are detected.
    pub fn as_found(&mut self) {
        (self.separator, self.decimal, self.header) = (None, None, None);
    }

    /// Returns whether separator, decimal mark and header are all detected.
    pub fn is_as_found(&self) -> bool {
        self.separator.is_none() && self.decimal.is_none() && self.header.is_none()
    }

    /// Returns the chosen loss, with its data not loaded.
    pub fn surface(&self) -> SurfaceChoice {
        let [first, second, label] = self.columns.clone();
        if self.classes {
            let mut model = LogisticRegression::default();
            model.data = Some(self.file());
            (model.x1, model.x2, model.label) = (first, second, label);
            model.positive.clone_from(&self.positive);
            model.standardize = self.standardize;
            model.l2 = self.l2;
            (model.separator, model.decimal, model.header) =
                (self.separator, self.decimal, self.header);
            SurfaceChoice::LogisticRegression(model)
        } else {
            let mut model = LinearRegression::default();
            model.data = self.file();
            (model.x, model.y) = (first, second);
            model.standardize = self.standardize;
            model.l2 = self.l2;
            (model.separator, model.decimal, model.header) =
                (self.separator, self.decimal, self.header);
            SurfaceChoice::LinearRegression(model)
        }
    }
}
