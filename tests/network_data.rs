//! The data of networks: what is read from files, how it is scaled and split, and a clear message if
//! it cannot be.

use std::fs;

use ron::extensions::Extensions;
use slalom::network::{LossFunction, Targets};
use slalom::surface::network::{Network, Prepared, TestSize};

fn options() -> ron::Options {
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES)
}

fn network(text: &str) -> Network {
    options().from_str(text).unwrap()
}

/// The examples of a network over these data.
fn prepared(csv: &str, settings: &str) -> Result<Prepared, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("points.csv");
    fs::write(&file, csv).unwrap();
    let mut network = network(&format!("Network({settings})"));
    if network.data.is_none() {
        network.data = Some(file);
    }
    network.examples().map_err(|fault| match fault.entry() {
        Some(entry) => format!("{}[{entry}]: {fault}", fault.field()),
        None => format!("{}: {fault}", fault.field()),
    })
}

fn built_in(settings: &str) -> Prepared {
    network(&format!("Network({settings})")).examples().unwrap()
}

const CLASSES: &str = "a,b,kind\n1,2,red\n3,4,blue\n5,7,red\n7,8,green\n";

#[test]
fn the_last_column_is_the_target_and_the_other_numbers_are_features() {
    let found = prepared(
        "id,a,note,b,y\n1,5,x,6,0.5\n2,7,y,8,1.5\n3,9,z,1,2.5\n4,1,w,1,3\n",
        "",
    );
    let found = found.unwrap();
    assert_eq!(found.data.features, ["a", "b"]);
    assert_eq!(found.data.target, "y");
    assert_eq!(
        found.train.features,
        [5.0, 6.0, 7.0, 8.0, 9.0, 1.0, 1.0, 1.0]
    );
    assert_eq!(
        found.train.targets,
        Targets::Numbers(vec![0.5, 1.5, 2.5, 3.0])
    );
    assert_eq!(found.loss, LossFunction::MeanSquaredError);
    assert_eq!(found.architecture.shape(), "2–1");
}

#[test]
fn classes_are_sorted_by_name_or_in_the_order_given() {
    let found = prepared(CLASSES, "").unwrap();
    assert_eq!(found.data.classes, ["blue", "green", "red"]);
    assert_eq!(found.train.targets, Targets::Classes(vec![2, 0, 2, 1]));
    let found = prepared(CLASSES, r#"classes: ["red", "green", "blue"]"#).unwrap();
    assert_eq!(found.train.targets, Targets::Classes(vec![0, 2, 0, 1]));
    assert_eq!(found.loss, LossFunction::CategoricalCrossEntropy);
    assert_eq!(found.architecture.outputs, 3);
}

#[test]
fn a_share_and_a_number_of_rows_split_the_same_rows_for_ever() {
    let found = built_in(r#"data: "iris", test: 0.3, hidden: [8, 8]"#);
    assert_eq!((found.train.len(), found.test.len()), (105, 45));
    assert_eq!(found, built_in(r#"data: "iris", test: 45, hidden: [8, 8]"#));
    assert_ne!(
        found,
        built_in(r#"data: "iris", test: 45, hidden: [8, 8], split_seed: 1"#)
    );
}

#[test]
fn what_is_given_is_written_again() {
    for text in [
        "()",
        r#"(data:"iris",hidden:[8,8],test:0.3,evaluate:10)"#,
        "(moons:(rows:60,noise:0.2,seed:1),bias:false,test:20)",
    ] {
        let read = network(text);
        assert_eq!(options().to_string(&read).unwrap(), text);
    }
    assert_eq!(network("(test: 20)").test, TestSize::Rows(20));
    assert_eq!(network("(test: 0.1)").test, TestSize::Share(0.1));
}
