//! The data of networks: what is read from files, how it is scaled and split, and a clear message if
//! it cannot be.

mod generated;
mod in_file;
mod properties;
mod reading;
mod scaling;
mod wrong;

use std::fs;

use ron::extensions::Extensions;
use slalom::network::{Examples, Targets};
use slalom::surface::network::{Network, Prepared};
use tempfile::TempDir;

fn options() -> ron::Options {
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES)
}

fn network(settings: &str) -> Network {
    options().from_str(&format!("({settings})")).unwrap()
}

/// A folder with these data in `points.csv`.
fn folder(csv: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("points.csv"), csv).unwrap();
    folder
}

/// The examples of a network, by default over the file in a folder, or the field and sentence of
/// what is wrong.
fn read_in(folder: &TempDir, settings: &str) -> Result<Prepared, String> {
    let mut network = network(settings);
    let is_generated = network.moons.is_some() || network.xor.is_some();
    if network.data.is_none() && !is_generated {
        network.data = Some(folder.path().join("points.csv").into());
    }
    if let Some((_, file)) = network.weights_mut()
        && !file.as_os_str().is_empty()
    {
        *file = folder.path().join(&*file).into();
    }
    network.examples().map_err(|fault| {
        let fault_at = match fault.entry() {
            Some(entry) => format!("{}[{entry}]: {fault}", fault.field()),
            None => format!("{}: {fault}", fault.field()),
        };
        fault_at.replace(&format!("{}/", folder.path().display()), "")
    })
}

/// The examples of a network over these data.
fn read(csv: &str, settings: &str) -> Prepared {
    read_in(&folder(csv), settings).unwrap()
}

/// The examples of a network over a built-in or generated set.
fn built_in(settings: &str) -> Prepared {
    network(settings).examples().unwrap()
}

fn numbers(examples: &Examples) -> &[f64] {
    match &examples.targets {
        Targets::Numbers(numbers) => numbers,
        Targets::Classes(_) => panic!("these are classes"),
    }
}

fn classes(examples: &Examples) -> &[u32] {
    match &examples.targets {
        Targets::Classes(classes) => classes,
        Targets::Numbers(_) => panic!("these are numbers"),
    }
}

const COLORS: &str = "a,b,color\n1,2,red\n3,4,blue\n5,7,red\n7,8,green\n";
const LINE: &str = "x,y\n1,10\n2,30\n3,20\n6,60\n";
