//! Where the examples of a network come from.

use serde::Serialize;
use serde::ser::SerializeStruct;

use super::source::Source;
use crate::text::{brief, counted, one_line};

/// Where the examples of a network come from, and how they were changed.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkData {
    /// The name of the file or of the built-in or generated set.
    pub name: String,
    /// The names of the features.
    pub features: Vec<String>,
    /// The name of the target.
    pub target: String,
    /// The classes in the order of the outputs; empty for a target of numbers.
    pub classes: Vec<String>,
    /// The table that the data come from, if any.
    pub source: Option<Source>,
    /// The mean and the deviation by which each feature was shifted and scaled, (x − mean) /
    /// deviation; 0 and 1 if it was not.
    pub scales: Vec<[f64; 2]>,
    /// The features that are the same in every row and were only shifted to 0, while the others
    /// were standardized.
    pub constant: Vec<String>,
    /// The mean and the deviation of a target that was standardized.
    pub target_scale: Option<[f64; 2]>,
    /// The rows to train on, in order, as indices among the rows that are used.
    pub train: Vec<u32>,
    /// The rows to test on, likewise.
    pub test: Vec<u32>,
    /// The number of rows of each class to train on, and to test on.
    pub rows_of_class: Vec<[usize; 2]>,
}

impl NetworkData {
    /// Converts a feature from the units in which the network sees it to its own.
    #[must_use]
    pub fn in_own_units(&self, feature: usize, number: f64) -> f64 {
        let [mean, deviation] = self.scales.get(feature).copied().unwrap_or([0.0, 1.0]);
        number * deviation + mean
    }

    /// The indices of two features by their names; `None` without names, or if there is no such
    /// feature.
    #[must_use]
    pub fn chosen(&self, names: Option<&[String; 2]>) -> Option<[usize; 2]> {
        let [across, up] = names?;
        let index = |name: &String| self.features.iter().position(|known| known == name);
        Some([index(across)?, index(up)?])
    }

    /// A description, line by line, of how the data were understood.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = self.source.as_ref().map_or_else(Vec::new, Source::lines);
        let mut add = |line: String| lines.push(one_line(&format!("{}: {line}", self.name)));
        if !self.classes.is_empty() {
            add(self.about_classes());
        }
        if let Some(said) = self.about_constant() {
            add(said);
        }
        add(self.about_split());
        for (class, [train, test]) in self.classes.iter().zip(&self.rows_of_class) {
            if *train == 0 && *test > 0 {
                add(format!("no row to train on is {}", brief(class)));
            }
        }
        lines
    }

    /// The classes with their numbers of rows.
    fn about_classes(&self) -> String {
        const MOST: usize = 20;
        let classes = self.classes.iter().zip(&self.rows_of_class).take(MOST);
        let classes = classes.map(|(class, [train, test])| {
            format!("{} ({})", brief(class), counted(train + test, "row"))
        });
        let mut classes = classes.collect::<Vec<_>>().join(", ");
        if self.classes.len() > MOST {
            classes += ", …";
        }
        let count = self.classes.len();
        format!("{} has {count} classes: {classes}", brief(&self.target))
    }

    /// The features that cannot be standardized.
    fn about_constant(&self) -> Option<String> {
        const MOST: usize = 6;
        let names: Vec<String> = self
            .constant
            .iter()
            .take(MOST)
            .map(|it| brief(it))
            .collect();
        let names = names.join(", ");
        Some(match self.constant.len() {
            0 => return None,
            1 => format!("{names} is the same in every row, so it is 0 instead of standardized"),
            2..=MOST => {
                format!("{names} are the same in every row, so they are 0 instead of standardized")
            }
            count => format!(
                "{names} and {} more are the same in every row, so they are 0 instead of standardized",
                count - MOST
            ),
        })
    }

    /// The numbers of rows to train on and to test on.
    fn about_split(&self) -> String {
        let train = counted(self.train.len(), "row");
        match self.test.len() {
            0 => format!("{train} to train on, none to test on"),
            test => format!("{train} to train on, {} to test on", counted(test, "row")),
        }
    }
}

impl Serialize for NetworkData {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let classes = self.classes.iter().zip(&self.rows_of_class);
        let classes = classes.map(|(name, &[train, test])| ClassRows { name, train, test });
        let mut map = serializer.serialize_struct("NetworkData", 7)?;
        map.serialize_field("name", &self.name)?;
        map.serialize_field("features", &self.features)?;
        map.serialize_field("target", &self.target)?;
        map.serialize_field("classes", &classes.collect::<Vec<_>>())?;
        map.serialize_field("train", &self.train.len())?;
        map.serialize_field("test", &self.test.len())?;
        map.serialize_field("source", &self.source)?;
        map.end()
    }
}

/// A class, and its number of rows.
#[derive(Serialize)]
struct ClassRows<'a> {
    name: &'a str,
    train: usize,
    test: usize,
}
