//! What is true of any data.

use std::collections::BTreeSet;

use proptest::prelude::*;
use slalom::network::{LossFunction, Targets};
use slalom::surface::network::{Network, TestSize};

use super::{built_in, folder, read};

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_row_is_trained_on_or_tested_on_and_in_order(rows in 4_usize..400, share in 0.0..0.7, seed: u64) {
        let found = built_in(&format!("moons: (rows: {rows}), test: {share:?}, split_seed: {seed}"));
        let both: BTreeSet<u32> = found.data.train.iter().chain(&found.data.test).copied().collect();
        prop_assert_eq!(both.len(), rows);
        prop_assert_eq!(found.train.len() + found.test.len(), rows);
        prop_assert!(found.data.train.is_sorted() && found.data.test.is_sorted());
    }

    #[test]
    fn standardized_columns_have_mean_0_and_deviation_1_in_any_units(
        values in prop::collection::vec(-1.0..1.0, 4..40),
        unit in -20..20,
        offset in -3.0..3.0,
    ) {
        let unit = 10.0_f64.powi(unit);
        let rows = values.iter().map(|value| format!("{:?},1\n", (value + offset) * unit));
        let csv = format!("a,y\n{}", rows.collect::<String>());
        let found = read(&csv, "standardize: true, features: [\"a\"]");
        let count = f64::from(u32::try_from(values.len()).unwrap());
        let mean = found.train.features.iter().sum::<f64>() / count;
        let square = found.train.features.iter().map(|it| it * it).sum::<f64>() / count;
        prop_assert!(mean.abs() < 1e-9 && (square - 1.0).abs() < 1e-9, "{} {}", mean, square);
    }

    #[test]
    fn any_settings_are_examples_or_a_sentence(
        csv in "(a,b,y\n)?([0-9],[0-9a-c]?,[0-2]\n){0,12}",
        hidden in prop::collection::vec(0_usize..600, 0..3),
        test in prop::option::of(0_usize..15),
        loss in 0_usize..4,
        standardize: bool,
    ) {
        let mut network = Network::default();
        (network.hidden, network.standardize) = (hidden, standardize);
        network.loss = LossFunction::ALL.get(loss).copied();
        network.test = TestSize::Rows(test.unwrap_or(0));
        let folder = folder(&csv);
        network.data = Some(folder.path().join("points.csv").into());
        match network.examples() {
            Ok(found) => {
                let width = found.architecture.inputs;
                prop_assert!(!found.train.is_empty());
                for part in [&found.train, &found.test] {
                    prop_assert_eq!(part.features.len(), part.len() * width);
                    prop_assert!(part.features.iter().all(|it| it.is_finite()));
                    if let Targets::Classes(classes) = &part.targets {
                        let many = u32::try_from(found.data.classes.len()).unwrap();
                        prop_assert!(classes.iter().all(|class| *class < many));
                    }
                }
            }
            Err(fault) => prop_assert!(!fault.to_string().contains('\n')),
        }
    }
}
