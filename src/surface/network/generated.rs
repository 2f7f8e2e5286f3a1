//! The rows of a generated set.

use super::super::data::{
    Circles, DataError, Dataset, Generated, Moons, NetworkError, Spiral, Xor,
};
use super::Network;
use super::labels::{Labels, Target};
use super::rows::Rows;
use crate::network::LossFunction;
use crate::text::brief;

/// A generated set, with the names of its two classes.
pub(super) struct Generation {
    data: Dataset,
    label: &'static str,
    classes: [&'static str; 2],
}

fn generate<G: Generated>(set: Option<&G>) -> Result<Option<Generation>, DataError> {
    let generation = |set: &G| {
        Ok(Generation {
            data: set.dataset()?,
            label: G::LABEL,
            classes: G::CLASSES,
        })
    };
    set.map(generation).transpose()
}

impl Network {
    /// Generates the data, if they are not in a file.
    pub(super) fn generated(&self) -> Result<Option<Generation>, DataError> {
        let given = [
            (self.data.is_some(), "data"),
            (self.moons.is_some(), Moons::NAME),
            (self.circles.is_some(), Circles::NAME),
            (self.spiral.is_some(), Spiral::NAME),
            (self.xor.is_some(), Xor::NAME),
        ];
        let mut given = given.into_iter().filter(|(is_given, _)| *is_given);
        if let (Some((_, first)), Some((_, second))) = (given.next(), given.next()) {
            return Err(DataError::Both { first, second });
        }
        let moons = generate(self.moons.as_ref())?;
        let circles = generate(self.circles.as_ref())?;
        let spiral = generate(self.spiral.as_ref())?;
        let xor = generate(self.xor.as_ref())?;
        Ok(moons.or(circles).or(spiral).or(xor))
    }

    /// Chooses the features of a generated set, by default both.
    pub(super) fn of_generated(&self, generation: Generation) -> Result<Rows, DataError> {
        let Generation {
            data,
            label,
            classes,
        } = generation;
        let target = Target {
            file: &data.name,
            column: label,
        };
        let loss = self.loss_for(true);
        if loss == LossFunction::MeanSquaredError {
            return Err(NetworkError::TextTarget {
                file: data.name,
                column: label.to_owned(),
            }
            .into());
        }
        let no_column = |field, name: &str| DataError::NoColumn {
            file: data.name.clone(),
            field,
            column: brief(name),
            hint: format!("it has {}, {}, {label}", data.columns[0], data.columns[1]),
        };
        if let Some(name) = self.target.as_ref().filter(|name| *name != label) {
            return Err(no_column("target", name));
        }
        let mut columns: Vec<&[f64]> = Vec::new();
        for (entry, name) in self.features.iter().enumerate() {
            let column = data.columns.iter().position(|column| column == name);
            match column {
                Some(0) => columns.push(&data.x),
                Some(_) => columns.push(&data.y),
                None if name == label => {
                    return Err(NetworkError::TargetAsFeature {
                        column: label.to_owned(),
                        entry,
                    }
                    .into());
                }
                None => return Err(no_column("features", name).at("features", Some(entry))),
            }
            self.is_new(entry)?;
        }
        let mut features = self.features.clone();
        if columns.is_empty() {
            columns = vec![&data.x, &data.y];
            features = data.columns.to_vec();
        }
        let numbers = (0..data.len())
            .flat_map(|row| columns.iter().filter_map(move |column| column.get(row)))
            .copied();
        let mut labels = Labels::new(None);
        for &is_second in data.labels.iter().flat_map(|labels| &labels.of) {
            let class = classes[usize::from(is_second)].to_owned();
            labels.push(class, target, Self::MOST_CLASSES)?;
        }
        Ok(Rows {
            features,
            numbers: numbers.collect(),
            target: label.to_owned(),
            answers: self.classify(labels, target, loss)?,
            source: None,
            name: data.name.clone(),
        })
    }

    /// Checks that a feature is not named before.
    fn is_new(&self, entry: usize) -> Result<(), NetworkError> {
        let name = self.features.get(entry);
        match name.filter(|name| self.features.iter().take(entry).any(|it| it == *name)) {
            Some(name) => Err(NetworkError::FeatureTwice {
                column: brief(name),
                entry,
            }),
            None => Ok(()),
        }
    }
}
