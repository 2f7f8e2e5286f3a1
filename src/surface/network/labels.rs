//! The labels of a target, and the classes that they name.

use std::collections::BTreeMap;

use super::super::data::NetworkError;
use crate::table::{DecimalMark, Value, value};
use crate::text::{brief, nearest};

/// More labels than this are not counted.
const COUNTLESS: usize = 100_000;

/// The labels of all rows, each as the number of a name.
#[derive(Debug)]
pub(super) struct Labels {
    /// The names, and their numbers in order of appearance.
    names: BTreeMap<String, u32>,
    /// The number of the label of each row.
    of: Vec<u32>,
    /// Whether labels are numbers, with this decimal mark. Then 1 and 1.0 are the same label.
    numbers: Option<DecimalMark>,
}

/// The classes of a target, and the class of each row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Classes {
    pub(super) names: Vec<String>,
    pub(super) of: Vec<u32>,
}

/// The name of the target and of its file, for messages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target<'a> {
    pub(super) file: &'a str,
    pub(super) column: &'a str,
}

impl Labels {
    pub(super) fn new(numbers: Option<DecimalMark>) -> Self {
        Self {
            names: BTreeMap::new(),
            of: Vec::new(),
            numbers,
        }
    }

    /// Returns a label in the form in which it is compared.
    pub(super) fn form(&self, label: &str) -> String {
        match self.numbers.map(|mark| value(label, mark)) {
            Some(Value::Number(number)) => Self::form_of(number),
            _ => label.to_owned(),
        }
    }

    /// Returns a number in the form in which labels are compared.
    pub(super) fn form_of(number: f64) -> String {
        // 0 and -0 are the same number.
        (number + 0.0).to_string()
    }

    /// Adds the label of the next row, in the form in which it is compared.
    ///
    /// # Errors
    /// Returns an error if there are too many different ones to count.
    pub(super) fn push(
        &mut self,
        label: String,
        target: Target<'_>,
        most: usize,
    ) -> Result<(), NetworkError> {
        let next = self.names.len();
        if next > COUNTLESS {
            return Err(too_many(target, None, most));
        }
        let next = u32::try_from(next).unwrap_or(u32::MAX);
        let number = *self.names.entry(label).or_insert(next);
        self.of.push(number);
        Ok(())
    }

    /// Returns the classes in the order given, or sorted: by value if all are numbers, else by name.
    ///
    /// # Errors
    /// Returns an error if there are too many, or if one that is given does not occur or is given
    /// twice.
    pub(super) fn classes(
        self,
        given: Option<&[String]>,
        target: Target<'_>,
        most: usize,
    ) -> Result<Classes, NetworkError> {
        let order = match given {
            Some(given) => self.given(given, target)?,
            None if self.names.len() > most => {
                return Err(too_many(target, Some(self.names.len()), most));
            }
            None => self.sorted(),
        };
        let mut class_of = vec![0; self.names.len()];
        for (class, label) in (0..).zip(&order) {
            let number = self.names.get(label).map_or(0, |&number| number as usize);
            if let Some(entry) = class_of.get_mut(number) {
                *entry = class;
            }
        }
        let of = self.of.iter();
        let of = of.map(|&number| class_of.get(number as usize).copied().unwrap_or(0));
        Ok(Classes {
            names: given.map_or(order, <[String]>::to_vec),
            of: of.collect(),
        })
    }

    /// The labels that are given, in the form in which they are compared.
    fn given(&self, given: &[String], target: Target<'_>) -> Result<Vec<String>, NetworkError> {
        let mut order: Vec<String> = Vec::with_capacity(given.len());
        for (entry, class) in given.iter().enumerate() {
            let form = self.form(class);
            if order.contains(&form) {
                return Err(NetworkError::ClassTwice {
                    class: brief(class),
                    entry,
                });
            }
            if !self.names.contains_key(&form) {
                return Err(NetworkError::NoSuchClass {
                    file: target.file.to_owned(),
                    column: brief(target.column),
                    class: brief(class),
                    hint: self.hint(class),
                    entry,
                });
            }
            order.push(form);
        }
        Ok(order)
    }

    /// The existing labels or, of many, the most similar one.
    fn hint(&self, class: &str) -> String {
        const FEW: usize = 6;
        let names: Vec<&str> = self.names.keys().map(String::as_str).collect();
        match nearest(class, &names).filter(|_| names.len() > FEW) {
            Some(near) => format!("did you mean {}?", brief(near)),
            None => {
                let few: Vec<String> = names.iter().take(FEW).map(|name| brief(name)).collect();
                let more = if names.len() > FEW { " …" } else { "" };
                format!("it is {}{more}", few.join(", "))
            }
        }
    }

    fn sorted(&self) -> Vec<String> {
        let mut names: Vec<String> = self.names.keys().cloned().collect();
        let numbers = names.iter().map(|name| name.parse::<f64>());
        if let Ok(numbers) = numbers.collect::<Result<Vec<f64>, _>>() {
            let mut numbered: Vec<(f64, String)> = numbers.into_iter().zip(names).collect();
            numbered.sort_by(|(one, _), (other, _)| one.total_cmp(other));
            names = numbered.into_iter().map(|(_, name)| name).collect();
        }
        names
    }
}

fn too_many(target: Target<'_>, classes: Option<usize>, most: usize) -> NetworkError {
    NetworkError::TooManyClasses {
        file: target.file.to_owned(),
        column: brief(target.column),
        classes,
        most,
    }
}
