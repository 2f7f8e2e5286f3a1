//! Finds the constructor that a call means, and the library that it belongs to.

use super::call::{Call, Value};
use super::error::PasteError;
use super::signature::{Parameter, Signature};
use super::{keras, optax, pytorch};
use crate::experiment::names::{nearest, rule_elsewhere, schedule_elsewhere};
use crate::export::code::Framework;
use crate::optimizer::OptimizerChoice;
use crate::text::brief;

/// A constructor of a library.
#[derive(Clone, Copy, Debug)]
pub(super) struct Constructor {
    pub(super) library: Framework,
    pub(super) signature: &'static Signature,
}

/// The modules whose optimizers are those of a library.
const MODULES: &[(&[&str], Framework)] = &[
    (&["torch", "optim", "schedulefree"], Framework::PyTorch),
    (&["optax"], Framework::Optax),
    (
        &["keras", "tf", "tensorflow", "optimizers"],
        Framework::Keras,
    ),
];

/// The modules in which everything is an optimizer or a schedule.
const OPTIMIZERS: &[&str] = &[
    "optim",
    "optimizers",
    "optax",
    "schedulefree",
    "lr_scheduler",
    "schedules",
];

const UNREAD: &[(&str, &str)] = &[
    (
        "optax.chain",
        "of a chain, only clip, clip_by_global_norm and add_decayed_weights before one optimizer \
         are read here",
    ),
    (
        "optax.inject_hyperparams",
        "hyper-parameters that change are not read here; paste the optimizer alone",
    ),
];

impl Constructor {
    /// The constructor that a call means; `None` if it is none of any library.
    pub(super) fn of(call: &Call) -> Option<Result<Self, PasteError>> {
        let library = library(&call.name);
        let short = call.name.rsplit('.').next().unwrap_or_default();
        let candidates = all().filter(|it| {
            it.signature.short() == short && library.is_none_or(|library| it.library == library)
        });
        let meant = candidates.min_by_key(|it| it.misfits(call));
        meant.map(Ok).or_else(|| {
            let why = lack(&call.name, short, library)?;
            let class = brief(&call.name);
            Some(Err(PasteError::Unknown { class, why }))
        })
    }

    /// An argument by its name.
    pub(super) fn parameter(&self, name: &str) -> Option<&'static Parameter> {
        self.parameters().find(|(known, _)| *known == name)
    }

    /// All arguments by which it can be called.
    pub(super) fn parameters(&self) -> impl Iterator<Item = &'static Parameter> {
        let (common, old): (&[_], &[_]) = match self.library {
            Framework::Keras => (keras::COMMON, keras::OLD),
            Framework::PyTorch => (pytorch::COMMON, &[]),
            Framework::Optax => (&[], &[]),
        };
        self.signature.arguments.iter().chain(common).chain(old)
    }

    /// How badly a call fits: the number of unknown arguments, then of those of older versions,
    /// then whether the first argument is of the wrong kind.
    fn misfits(&self, call: &Call) -> (usize, usize, bool) {
        let arguments = call.arguments.as_deref().unwrap_or_default();
        let names = || arguments.iter().filter_map(|it| it.keyword.as_deref());
        let unknown = names().filter(|name| self.parameter(name).is_none());
        let is_old = |name: &&str| {
            self.library == Framework::Keras && keras::OLD.iter().any(|(old, _)| old == name)
        };
        let first = arguments.first().filter(|it| it.keyword.is_none());
        let is_moved =
            first.is_some_and(|it| matches!(it.value, Value::Expression(_) | Value::Several(..)));
        let is_misfit = is_moved != (self.library == Framework::PyTorch);
        (unknown.count(), names().filter(is_old).count(), is_misfit)
    }
}

fn all() -> impl Iterator<Item = Constructor> {
    Framework::ALL.iter().flat_map(|&library| {
        let signatures = match library {
            Framework::Keras => keras::SIGNATURES,
            Framework::PyTorch => pytorch::SIGNATURES,
            Framework::Optax => optax::SIGNATURES,
        };
        signatures
            .iter()
            .map(move |signature| Constructor { library, signature })
    })
}

/// The library that the modules of a dotted name belong to.
fn library(name: &str) -> Option<Framework> {
    let (modules, _) = name.rsplit_once('.')?;
    let is_in = |names: &[&str]| modules.split('.').any(|module| names.contains(&module));
    let known = MODULES.iter().find(|(names, _)| is_in(names));
    known.map(|&(_, library)| library)
}

/// That a rule is here under this or nearly this name, though its constructor is not read.
fn ours(short: &str) -> Option<String> {
    let letters = |name: &str| name.replace('_', "").to_lowercase();
    let ours = OptimizerChoice::all().iter();
    let name = ours
        .map(|choice| choice.rule().about().name)
        .find(|name| letters(name) == letters(short))?;
    if all().any(|it| letters(it.signature.short()) == letters(name)) {
        return None;
    }
    Some(format!(
        "it is called {name} here, and its constructor is not read; add {name} and set its values"
    ))
}

/// The reason why there is no such constructor, if it would be one of an optimizer.
fn lack(name: &str, short: &str, library: Option<Framework>) -> Option<String> {
    if let Some((_, why)) = UNREAD.iter().find(|(unread, _)| *unread == name) {
        return Some((*why).to_owned());
    }
    let modules = name.rsplit_once('.').map_or("", |(modules, _)| modules);
    let is_among_optimizers = modules.split('.').any(|it| OPTIMIZERS.contains(&it));
    let Some(library) = library.filter(|_| is_among_optimizers) else {
        // Elsewhere, a name in lower case can be that of any function.
        let is_class = short.starts_with(char::is_uppercase);
        let why = || ours(short).or_else(|| rule_elsewhere(short).map(str::to_owned));
        return is_class.then(why).flatten();
    };
    let known: Vec<&str> = all()
        .filter(|it| it.library == library)
        .map(|it| it.signature.short())
        .collect();
    let why = ours(short).or_else(|| rule_elsewhere(short).map(str::to_owned));
    let schedule = || {
        let why = schedule_elsewhere(short)?;
        Some(format!("it is a schedule, not an optimizer; {why}"))
    };
    let unknown = || match nearest(short, &known) {
        Some(near) => format!("no such optimizer is known here; did you mean {near}?"),
        None => format!(
            "no such optimizer is known here; there is {}",
            known.join(", ")
        ),
    };
    Some(why.or_else(schedule).unwrap_or_else(unknown))
}
