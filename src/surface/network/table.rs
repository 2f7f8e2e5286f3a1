//! The rows of a table.

use super::super::data::{Choice, DataError, NetworkError, Reader, open_table};
use super::super::source::{Chosen, Used};
use super::Network;
use super::labels::{Labels, Target};
use super::rows::{Answers, Rows};
use crate::file::DataFile;
use crate::network::{Architecture, LossFunction};
use crate::table::{ColumnKind, Row, Table, Wanted};
use crate::text::brief;

/// The maximum number of features of all rows together, which take 160 MB.
const MOST_NUMBERS: usize = 20_000_000;

impl Network {
    /// Reads the rows of a file or of a built-in set.
    pub(super) fn of_table(&self, file: &DataFile) -> Result<Rows, DataError> {
        let wanted = Wanted {
            separator: self.separator,
            decimal: self.decimal,
            header: self.header,
            columns: self.features.iter().chain(&self.target).cloned().collect(),
        };
        let table = open_table(file, &wanted)?;
        let (features, target) = self.columns(&table)?;
        Reading::begin(self, &table, features, target)?.all()
    }

    /// Chooses the columns of features and target.
    fn columns(&self, table: &Table) -> Result<(Vec<Used>, Used), DataError> {
        let mut choice = Choice::of(table, 2)?;
        choice.add("target", self.target.as_deref(), Chosen::Last)?;
        for (entry, name) in self.features.iter().enumerate() {
            choice
                .add("features", Some(name), Chosen::Numeric)
                .map_err(|fault| fault.at("features", Some(entry)))?;
        }
        let mut features = choice.into_used();
        let target = features.remove(0);
        check_features(&features, &target)?;
        if features.is_empty() {
            features = numeric(table, target.column);
        }
        let file = || table.reading().file.clone();
        if features.is_empty() && table.reading().rows == 0 {
            let columns = table.reading().columns.iter();
            let columns: Vec<String> = columns.map(|column| brief(&column.name)).collect();
            return Err(DataError::Empty {
                file: file(),
                columns: columns.join(", "),
            });
        }
        if features.is_empty() {
            return Err(NetworkError::NoFeature {
                file: file(),
                target: brief(&target.name),
            }
            .into());
        }
        if features.len() > Architecture::MOST_PARAMETERS {
            return Err(NetworkError::TooWide {
                file: file(),
                features: features.len(),
                most: Architecture::MOST_PARAMETERS,
            }
            .into());
        }
        Ok((features, target))
    }
}

/// Checks that every column is used once.
fn check_features(features: &[Used], target: &Used) -> Result<(), NetworkError> {
    for (entry, feature) in features.iter().enumerate() {
        let column = brief(&feature.name);
        if feature.column == target.column {
            return Err(NetworkError::TargetAsFeature { column, entry });
        }
        let mut before = features.iter().take(entry);
        if before.any(|it| it.column == feature.column) {
            return Err(NetworkError::FeatureTwice { column, entry });
        }
    }
    Ok(())
}

/// Returns all numeric columns but the target, and but those that only count the rows, unless there
/// are no others.
fn numeric(table: &Table, target: usize) -> Vec<Used> {
    let columns = &table.reading().columns;
    let is_numeric = |&column: &usize| {
        let kind = columns.get(column).map(|it| it.kind);
        column != target && kind == Some(ColumnKind::Numbers)
    };
    let counts = |column: &usize| columns.get(*column).is_some_and(|it| it.counts_rows);
    let mut chosen: Vec<usize> = table.data_columns();
    chosen.retain(is_numeric);
    if !chosen.iter().all(counts) {
        chosen.retain(|column| !counts(column));
    }
    let used = chosen.into_iter().filter_map(|column| {
        Some(Used {
            field: "features",
            column,
            name: columns.get(column)?.name.clone(),
            chosen: Chosen::Numeric,
        })
    });
    used.collect()
}

/// A table that is being read.
struct Reading<'a> {
    network: &'a Network,
    table: &'a Table,
    reader: Reader<'a>,
    features: Vec<String>,
    target: String,
    labels: Labels,
    /// Whether the column of the target contains only numbers.
    is_numeric: bool,
    loss: LossFunction,
    /// The classes of the preset, in the form in which they are compared.
    known: Option<Vec<String>>,
}

impl<'a> Reading<'a> {
    fn begin(
        network: &'a Network,
        table: &'a Table,
        features: Vec<Used>,
        target: Used,
    ) -> Result<Self, DataError> {
        let columns = &table.reading().columns;
        let kind = columns.get(target.column).map(|it| it.kind);
        let loss = network.loss_for(kind == Some(ColumnKind::Text));
        let mut numbers: Vec<usize> = features.iter().map(|used| used.column).collect();
        let is_numeric = kind != Some(ColumnKind::Text);
        if is_numeric {
            numbers.push(target.column);
        }
        let mut used = features;
        let features = used.iter().map(|used| used.name.clone()).collect();
        let name = target.name.clone();
        used.push(target);
        let reader = Reader::new(table, used, &numbers)?;
        let labels = Labels::new(is_numeric.then(|| reader.mark()));
        let forms = |classes: &Vec<String>| classes.iter().map(|it| labels.form(it)).collect();
        Ok(Self {
            network,
            table,
            known: network.classes.as_ref().map(forms),
            reader,
            labels,
            features,
            target: name,
            is_numeric,
            loss,
        })
    }

    fn all(mut self) -> Result<Rows, DataError> {
        let file = self.table.reading().file.clone();
        let name = self.target.clone();
        let target = Target {
            file: &file,
            column: &name,
        };
        let (mut numbers, mut targets) = (Vec::new(), Vec::new());
        for row in self.table.rows() {
            if self.reader.leaves_out(&row) {
                continue;
            }
            if numbers.len() > MOST_NUMBERS {
                return Err(NetworkError::TooLarge {
                    file,
                    features: self.features.len(),
                    most: MOST_NUMBERS,
                }
                .into());
            }
            self.add_features(&row, &mut numbers)?;
            if self.loss.classifies() {
                let label = self.label(&row)?;
                self.labels.push(label, target, Network::MOST_CLASSES)?;
            } else {
                targets.push(self.number(&row)?);
            }
        }
        let source = self.reader.source()?;
        let answers = if self.loss.classifies() {
            self.network.classify(self.labels, target, self.loss)?
        } else {
            Answers::numbers(targets)
        };
        Ok(Rows {
            features: self.features,
            numbers,
            target: self.target,
            answers,
            source: Some(source),
            name: file,
        })
    }

    fn add_features(&mut self, row: &Row<'_>, numbers: &mut Vec<f64>) -> Result<(), DataError> {
        for index in 0..self.features.len() {
            let number = self.reader.number(row, index).map_err(|fault| {
                let is_named = !self.network.features.is_empty();
                if is_named {
                    fault.at("features", Some(index))
                } else {
                    fault
                }
            })?;
            numbers.push(number);
        }
        Ok(())
    }

    /// Returns the target of a row that must be a number.
    fn number(&mut self, row: &Row<'_>) -> Result<f64, DataError> {
        let index = self.features.len();
        let number = self.reader.number(row, index);
        number.map_err(|mut fault| {
            if let DataError::Cell { wanted, .. } = &mut fault
                && self.network.loss.is_some()
            {
                wanted.push_str(" for MeanSquaredError");
            }
            self.network.at_target(fault)
        })
    }

    /// Returns the label of a row, in the form in which it is compared.
    fn label(&mut self, row: &Row<'_>) -> Result<String, DataError> {
        const FEW: usize = 6;
        let index = self.features.len();
        let label = if self.is_numeric {
            Labels::form_of(self.reader.number(row, index)?)
        } else {
            self.reader.text(row, index)
        };
        let classes = match (&self.network.classes, &self.known) {
            (Some(classes), Some(known)) if !known.contains(&label) => classes,
            _ => return Ok(label),
        };
        let few: Vec<String> = classes.iter().take(FEW).map(|class| brief(class)).collect();
        let more = if classes.len() > FEW { " …" } else { "" };
        let wanted = format!("one of the classes {}{more}", few.join(", "));
        Err(self.reader.wrong(row, index, &wanted).at("classes", None))
    }
}
