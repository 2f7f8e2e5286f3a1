//! What the dialog asks for: a file, how it is to be read, and what is fitted to it.

use std::path::{Path, PathBuf};

use crate::surface::{LinearRegression, LogisticRegression, SurfaceChoice};
use crate::table::{ColumnKind, DecimalMark, Reading, Separator, Wanted};

/// What the dialog asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// A file, or the name of a built-in set.
    pub path: String,
    /// What stands between cells, if it is not as found.
    pub separator: Option<Separator>,
    /// The mark before a fraction, if it is not as found.
    pub decimal: Option<DecimalMark>,
    /// Whether the first line is a header, if it is not as found.
    pub header: Option<bool>,
    /// Whether classes are told apart rather than a line fitted.
    pub classes: bool,
    /// The names of the columns for each role; `None`: the usual one.
    pub columns: [Option<String>; 3],
    /// The label that counts as 1.
    pub positive: Option<String>,
    /// Whether the columns are standardized.
    pub standardize: bool,
    /// The strength of the penalty, which the dialog leaves alone.
    pub l2: f64,
}

impl Draft {
    /// For this file.
    pub fn of_file(path: &Path) -> Self {
        Self {
            // Named relative to where the program runs, not to a preset.
            path: std::path::absolute(path)
                .unwrap_or_else(|_| path.to_owned())
                .display()
                .to_string(),
            ..Self::default()
        }
    }

    /// For what a surface is over; `None` if that is no table.
    pub fn of_surface(surface: &SurfaceChoice) -> Option<Self> {
        match surface {
            SurfaceChoice::LinearRegression(model) => Some(Self {
                path: model.data.display().to_string(),
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

    /// What columns are used for.
    pub fn roles(&self) -> &'static [&'static str] {
        if self.classes {
            &["x₁", "x₂", "label"]
        } else {
            &["x", "y"]
        }
    }

    /// The file.
    pub fn file(&self) -> PathBuf {
        self.path.trim().into()
    }

    /// What is said of the file.
    pub fn wanted(&self) -> Wanted {
        let columns = self.columns.iter().take(self.roles().len());
        Wanted {
            separator: self.separator,
            decimal: self.decimal,
            header: self.header,
            columns: columns.flatten().cloned().collect(),
        }
    }

    /// Where no column is named and the usual ones do not hold numbers, names others that do.
    /// Whether it did.
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

    /// Forgets what was said of the file, so that it is read as it is found.
    pub fn as_found(&mut self) {
        (self.separator, self.decimal, self.header) = (None, None, None);
    }

    /// Whether nothing was said of the file.
    pub fn is_as_found(&self) -> bool {
        self.separator.is_none() && self.decimal.is_none() && self.header.is_none()
    }

    /// The loss that it makes, its data not loaded.
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
