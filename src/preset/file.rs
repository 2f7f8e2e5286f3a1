//! The form of a preset file, version 1.

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

use super::PresetError;
use super::locate::{Position, locate, word_at};
use crate::experiment::{Experiment, Key, Place, Racer, nearest};
use crate::surface::SurfaceChoice;

/// The version that this program writes; older ones are read for ever.
const VERSION: u32 = 1;

/// A preset as it stands in the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Preset {
    version: u32,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    notes: String,
    surface: SurfaceChoice,
    start: (f64, f64),
    steps: usize,
    #[serde(default)]
    seed: u64,
    racers: Vec<Racer>,
}

impl From<Preset> for Experiment {
    fn from(preset: Preset) -> Self {
        Self {
            title: preset.title,
            notes: preset.notes,
            surface: preset.surface,
            start: preset.start.into(),
            steps: preset.steps,
            seed: preset.seed,
            racers: preset.racers,
        }
    }
}

/// RON with optional values and variants written plainly: `name: "…"`, `Adam(learning_rate: 0.1)`.
fn options() -> ron::Options {
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES)
}

/// Reads the text of a preset; `file` is its name in errors.
///
/// # Errors
/// [`PresetError::Wrong`], with the place of the first fault.
pub fn from_text(file: &str, text: &str) -> Result<Experiment, PresetError> {
    let wrong = |at, what| PresetError::Wrong {
        file: file.to_owned(),
        at,
        what,
    };
    check_version(text).map_err(|(at, what)| wrong(at, what))?;
    let preset: Preset = options().from_str(text).map_err(|fault| {
        let at = Position {
            line: fault.span.start.line,
            column: fault.span.start.col,
        };
        wrong(at, explain(&fault.code, text, at))
    })?;
    let experiment = Experiment::from(preset);
    experiment
        .check()
        .map_err(|fault| wrong(locate(text, &fault.place), fault.what))?;
    Ok(experiment)
}

/// The text of a preset, with every hyper-parameter written out.
///
/// # Errors
/// If a value cannot be written as RON.
pub fn to_text(experiment: &Experiment) -> Result<String, ron::Error> {
    let preset = Preset {
        version: VERSION,
        title: experiment.title.clone(),
        notes: experiment.notes.clone(),
        surface: experiment.surface.clone(),
        start: experiment.start.into(),
        steps: experiment.steps,
        seed: experiment.seed,
        racers: experiment.racers.clone(),
    };
    // One line a field, one line a racer.
    let pretty = PrettyConfig::new().depth_limit(2).new_line("\n");
    let mut text = options().to_string_pretty(&preset, pretty)?;
    text.push('\n');
    Ok(text)
}

/// A later version would only be met by a confusing error about its new fields.
fn check_version(text: &str) -> Result<(), (Position, String)> {
    let place = Place(vec![Key::Field("version".into())]);
    match word_at(text, &place).map(|(word, at)| (word.parse::<u32>(), at)) {
        Some((Ok(0), at)) => Err((at, "there is no version 0; versions start at 1".into())),
        Some((Ok(version), at)) if version > VERSION => Err((
            at,
            format!(
                "this preset is of version {version}, but this Slalom reads only up to version \
                 {VERSION}"
            ),
        )),
        // Anything else that is wrong with it is for the parser to say.
        _ => Ok(()),
    }
}

/// One sentence for what the parser found, with the nearest valid name where a name is wrong.
fn explain(fault: &ron::Error, text: &str, at: Position) -> String {
    use ron::Error;
    match fault {
        Error::NoSuchEnumVariant {
            expected, found, ..
        } => no_such("name", found, expected),
        Error::NoSuchStructField {
            expected,
            found,
            outer,
        } => {
            let what = match outer.as_deref() {
                Some("Preset") | None => "field".to_owned(),
                Some(outer) => format!("field of {outer}"),
            };
            no_such(&what, found, expected)
        }
        Error::MissingStructField { field, .. } => format!("the field {field} is missing"),
        Error::DuplicateStructField { field, .. } => format!("the field {field} is given twice"),
        Error::Eof => "the text ends too early; is a bracket or a quotation mark left open?".into(),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_)
            if text.lines().nth(at.line.saturating_sub(1)).is_some() =>
        {
            "expected an opening ( here; an optimizer is written like Adam() or \
             Adam(learning_rate: 0.1)"
                .into()
        }
        other => sentence(&other.to_string()),
    }
}

fn no_such(what: &str, found: &str, expected: &[&str]) -> String {
    match nearest(found, expected) {
        Some(near) => format!("there is no {what} \"{found}\"; did you mean {near}?"),
        None => format!(
            "there is no {what} \"{found}\"; valid are {}",
            expected.join(", ")
        ),
    }
}

/// The parser's messages begin with a capital; ours follow a colon.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}
