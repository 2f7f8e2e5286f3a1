//! The roles of columns.

use super::draft::{Draft, Kind};
use super::sample::Sample;

/// What can be done with a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It gets the role with this index.
    As(usize),
    /// It is not used.
    Not,
}

/// The role of features, and that of the target.
const FEATURE: usize = 0;
const TARGET: usize = 1;

/// Returns the names of the roles that columns can have.
pub fn names(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Line => &["x", "y"],
        Kind::Border => &["x₁", "x₂", "label"],
        Kind::Network => &["feature", "target"],
    }
}

/// Returns the name of a column's role in the data as read or, if they could not be read, in the
/// draft.
pub fn of(draft: &Draft, sample: &Sample, column: usize) -> Option<&'static str> {
    names(draft.kind)
        .get(index_of(draft, sample, column)?)
        .copied()
}

fn index_of(draft: &Draft, sample: &Sample, column: usize) -> Option<usize> {
    if sample.outcome.is_ok() {
        let mut used = sample.used().iter();
        return used
            .find(|(used, _)| *used == column)
            .map(|(_, role)| *role);
    }
    let name = reference(sample, column)?;
    if draft.kind == Kind::Network {
        return if draft.network.target.as_ref() == Some(&name) {
            Some(TARGET)
        } else {
            draft.network.features.contains(&name).then_some(FEATURE)
        };
    }
    let named = |it: &Option<String>| it.as_ref() == Some(&name);
    draft.columns.iter().position(named)
}

/// Returns what can be done with a column, in the words of the menu.
pub fn uses(draft: &Draft, sample: &Sample, column: usize) -> Vec<(String, Use)> {
    if draft.kind != Kind::Network {
        let names = names(draft.kind).iter().enumerate();
        return names
            .map(|(role, name)| (format!("use as {name}"), Use::As(role)))
            .collect();
    }
    let role = index_of(draft, sample, column);
    let features = match &sample.outcome {
        Ok(_) => sample
            .used()
            .iter()
            .filter(|(_, it)| *it == FEATURE)
            .count(),
        Err(_) => draft.network.features.len(),
    };
    let mut uses = Vec::new();
    if role.is_none() {
        uses.push(("use as a feature".to_owned(), Use::As(FEATURE)));
    }
    if role != Some(TARGET) {
        uses.push(("use as the target".to_owned(), Use::As(TARGET)));
    }
    // A network needs a feature, and without any it would take all columns.
    if role == Some(FEATURE) && features > 1 {
        uses.push(("leave out".to_owned(), Use::Not));
    }
    uses
}

/// Uses a column in another way.
pub fn choose(draft: &mut Draft, sample: &Sample, column: usize, what: Use) {
    match (draft.kind, what) {
        (Kind::Network, what) => choose_in_network(draft, sample, column, what),
        (_, Use::As(role)) => exchange(draft, sample, column, role),
        (_, Use::Not) => {}
    }
}

fn choose_in_network(draft: &mut Draft, sample: &Sample, column: usize, what: Use) {
    let Some(name) = reference(sample, column) else {
        return;
    };
    write_defaults(draft, sample);
    let network = &mut draft.network;
    network.features.retain(|feature| *feature != name);
    match what {
        Use::As(TARGET) => {
            network.target = Some(name);
            // They are those of the target before.
            (network.classes, network.loss) = (None, None);
            draft.guesses = true;
        }
        Use::As(_) => network.features.push(name),
        Use::Not => {}
    }
    let order = |feature: &String| {
        let columns = 0..sample.reading.columns.len();
        columns
            .map(|it| reference(sample, it))
            .position(|it| it.as_ref() == Some(feature))
    };
    network.features.sort_by_key(order);
}

/// Writes out the columns that a network uses by default, so that no other column changes its role.
fn write_defaults(draft: &mut Draft, sample: &Sample) {
    let network = &mut draft.network;
    if network.features.is_empty() {
        let features = sample.used().iter().filter(|(_, role)| *role == FEATURE);
        network.features = features
            .filter_map(|(column, _)| reference(sample, *column))
            .collect();
    }
    if network.target.is_none() {
        let target = sample.used().iter().find(|(_, role)| *role == TARGET);
        network.target = target.and_then(|(column, _)| reference(sample, *column));
    }
}

/// Gives a column a role. If it had another, the column it replaces takes that one.
fn exchange(draft: &mut Draft, sample: &Sample, column: usize, role: usize) {
    let Some(name) = reference(sample, column) else {
        return;
    };
    // Defaults are written out, so that no other column changes its role.
    for &(used, index) in sample.used() {
        if let (Some(slot), Some(name)) = (draft.columns.get_mut(index), reference(sample, used)) {
            slot.get_or_insert(name);
        }
    }
    let before = draft.columns.get(role).cloned().flatten();
    if let Some(other) = draft
        .columns
        .iter_mut()
        .find(|it| it.as_ref() == Some(&name))
    {
        *other = before;
    }
    if let Some(slot) = draft.columns.get_mut(role) {
        *slot = Some(name);
    }
}

/// Returns the text that refers to a column in a preset: its name, or its number if another column
/// has the same name.
fn reference(sample: &Sample, column: usize) -> Option<String> {
    let columns = &sample.reading.columns;
    let name = &columns.get(column)?.name;
    let is_unique = columns.iter().filter(|it| it.name == *name).count() == 1;
    Some(if is_unique {
        name.clone()
    } else {
        format!("column {}", column + 1)
    })
}
