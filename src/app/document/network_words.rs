//! A network and its data, in a few words.

use std::path::Path;

use crate::network::Perceptron;
use crate::number::count;
use crate::surface::network::NetworkData;
use crate::surface::{Learner, SurfaceChoice};
use crate::text::{brief, counted};

/// Returns what a race on this surface is called: "Penguins, 2–8–8–3", or the name of the surface.
#[must_use]
pub fn name(surface: &SurfaceChoice) -> String {
    match surface.open().network() {
        Some(learner) => heading(learner),
        None => surface.about().title.to_owned(),
    }
}

/// Returns the data and the layers of a network: "Penguins, 2–8–8–3".
#[must_use]
pub fn heading(learner: &Learner) -> String {
    let shape = learner.perceptron.architecture().shape();
    format!("{}, {shape}", data(&learner.data))
}

/// The name of the data with a capital, without the ending of a file.
fn data(data: &NetworkData) -> String {
    let stem = Path::new(&data.name).file_stem();
    let stem = stem.map_or_else(|| data.name.clone(), |it| it.to_string_lossy().into_owned());
    let name = brief(&stem);
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => name,
    }
}

/// Returns what is learned from what: "bill length, bill depth → species".
#[must_use]
pub fn task(data: &NetworkData) -> String {
    const MOST: usize = 3;
    let features = if data.features.len() > MOST {
        counted(data.features.len(), "feature")
    } else {
        let names: Vec<String> = data.features.iter().map(|it| plain(it)).collect();
        names.join(", ")
    };
    format!("{features} → {}", plain(&data.target))
}

/// Returns the numbers of rows and weights: "239 rows train, 103 test · 123 weights".
#[must_use]
pub fn numbers(learner: &Learner) -> String {
    let [train, test] = [&learner.data.train, &learner.data.test].map(Vec::len);
    let rows = if train == 1 {
        "row trains"
    } else {
        "rows train"
    };
    format!(
        "{} {rows}, {} test · {}",
        count(train),
        count(test),
        weights(&learner.perceptron)
    )
}

/// Returns the number of weights, biases included.
#[must_use]
pub fn weights(perceptron: &Perceptron) -> String {
    let weights = perceptron.architecture().parameters();
    let noun = if weights == 1 { "weight" } else { "weights" };
    format!("{} {noun}", count(weights))
}

/// Returns the name of a column as words, without its unit: `bill_length_mm` is "bill length".
fn plain(column: &str) -> String {
    const UNITS: [&str; 8] = ["mm", "cm", "m", "km", "g", "kg", "s", "ms"];
    let words = match column.rsplit_once('_') {
        Some((name, unit)) if UNITS.contains(&unit) => name,
        _ => column,
    };
    brief(&words.replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surface::Network;

    #[test]
    fn a_network_is_told_in_a_few_words() {
        let mut network = Network::default();
        network.data = Some("penguins".into());
        network.features = vec!["bill_length_mm".into(), "bill_depth_mm".into()];
        network.target = Some("species".into());
        network.hidden = vec![8, 8];
        network.test = crate::surface::network::TestSize::Share(0.3);
        let mut surface = SurfaceChoice::Network(network.clone());
        assert_eq!(name(&surface), "Network", "its data are not loaded");
        surface.load(None).unwrap();
        assert_eq!(name(&surface), "Penguins, 2–8–8–3");
        let opened = surface.open();
        let learner = opened.network().unwrap();
        assert_eq!(task(&learner.data), "bill length, bill depth → species");
        assert_eq!(numbers(learner), "239 rows train, 103 test · 123 weights");
        network.features.clear();
        let mut surface = SurfaceChoice::Network(network);
        surface.load(None).unwrap();
        let opened = surface.open();
        assert_eq!(
            task(&opened.network().unwrap().data),
            "5 features → species"
        );
    }
}
