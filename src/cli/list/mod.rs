//! `slalom list`: the surfaces, optimizers, schedules and built-in presets.

use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};

mod schedules;

use super::Failure;
use super::output::print;
use crate::export::code;
use crate::file::DataFile;
use crate::network::{Activation, Initial, LossFunction};
use crate::optimizer::{OptimizerChoice, Origin, Parameter, ParameterKind, Value};
use crate::preset::{BUILT_IN, BuiltIn, Preset, TOUR};
use crate::surface::network::Network;
use crate::surface::{About, SurfaceChoice, data};

#[derive(Debug, Args)]
pub(super) struct List {
    /// What to list
    #[arg(value_enum)]
    what: What,

    /// Print JSON, for other programs
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    Surfaces,
    Optimizers,
    Schedules,
    Presets,
}

impl List {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        let text = match (self.what, self.json) {
            (What::Surfaces, true) => pretty(&surfaces_json()),
            (What::Surfaces, false) => surfaces_text(),
            (What::Optimizers, true) => pretty(&optimizers_json()),
            (What::Optimizers, false) => optimizers_text(),
            (What::Schedules, true) => pretty(&schedules::json()),
            (What::Schedules, false) => schedules::text(),
            (What::Presets, true) => pretty(&presets_json()?),
            (What::Presets, false) => presets_text()?,
        };
        print(&text)
    }
}

fn pretty(list: &Json) -> String {
    format!("{list:#}\n")
}

fn surfaces_json() -> Json {
    let surface = |about: &About, over_data: bool| {
        let minima = about.minima.iter().map(|minimum| {
            json!({ "x": minimum.at[0], "y": minimum.at[1], "value": minimum.value,
                    "global": minimum.global })
        });
        let mut entry = json!({
            "name": about.name,
            "title": about.title,
            "equation": about.equation.to_string(),
            "window": (!over_data).then(|| json!({ "x": about.window.x, "y": about.window.y })),
            "minima": (!over_data).then(|| minima.collect::<Vec<_>>()),
            "source": about.source,
            "teaches": about.teaches,
        });
        if is_network(about) {
            entry["choices"] = choices_of_network().into_iter().collect();
        }
        entry
    };
    let formulas = SurfaceChoice::BUILT_IN.iter().map(SurfaceChoice::about);
    let formulas = formulas.map(|about| surface(about, false));
    // The window and minima of a loss over data depend on the data.
    let over_data = SurfaceChoice::LOADED.iter();
    let over_data = over_data.map(|about| surface(about, true));
    formulas.chain(over_data).collect()
}

fn surfaces_text() -> String {
    let surface = |about: &About| {
        let mut text = format!(
            "{:18} {}\n{:18} {}\n",
            about.name, about.equation, "", about.teaches
        );
        if is_network(about) {
            let choices = choices_of_network().into_iter();
            text.extend(
                choices.map(|(field, names)| format!("{:18} {field}: {}\n", "", names.join(", "))),
            );
        }
        text
    };
    let mut text: String = SurfaceChoice::all().map(surface).collect();
    text.push_str("\nBuilt-in data sets for LinearRegression, LogisticRegression and Network:\n");
    for set in data::BUILT_IN {
        text.extend([&format!("{:18} ", set.name), set.about, "\n"]);
    }
    text
}

fn is_network(about: &About) -> bool {
    about.name == SurfaceChoice::Network(Network::default()).about().name
}

/// The fields of a network that are choices, with their names in preset files.
fn choices_of_network() -> [(&'static str, Vec<&'static str>); 3] {
    let initial = Initial::DRAWN.iter().map(Initial::name);
    let file = Initial::File(DataFile::default());
    [
        ("activation", Activation::ALL.map(Activation::name).to_vec()),
        ("loss", LossFunction::ALL.map(LossFunction::name).to_vec()),
        ("initial", initial.chain([file.name()]).collect()),
    ]
}

fn optimizers_json() -> Json {
    let optimizer = |choice: &OptimizerChoice| {
        let rule = choice.rule();
        let about = rule.about();
        let parameters = rule.parameters().enumerate().map(|(index, parameter)| {
            let defaults = Origin::ALL.iter().filter_map(|library| {
                let theirs = choice.defaults(*library)?.rule().get(index)?;
                Some((library.label().to_owned(), to_json(&parameter, theirs)))
            });
            let mut entry = json!({
                "name": parameter.name,
                "symbol": parameter.symbol,
                "help": parameter.help,
                "valid": valid(&parameter),
                "default": rule.get(index).map(|value| to_json(&parameter, value)),
                "defaults": defaults.collect::<serde_json::Map<_, _>>(),
            });
            if let ParameterKind::Choice(names) = parameter.kind {
                entry["choices"] = json!(names);
            }
            if is_of_inner(&parameter) {
                entry["remark"] = json!(remark(choice));
            }
            entry
        });
        let packages =
            packages(choice).map(|(library, package)| (library.to_owned(), json!(package)));
        json!({
            "name": about.name,
            "title": about.title,
            "equation": rule.equation(),
            "idea": about.idea,
            "source": about.source,
            "needs": choice.needs().names().collect::<Vec<_>>(),
            "packages": packages.collect::<serde_json::Map<_, _>>(),
            "parameters": parameters.collect::<Vec<_>>(),
        })
    };
    let all = OptimizerChoice::all().iter().map(optimizer);
    all.chain([typed_json()]).collect()
}

/// The fields of a rule that is typed, which has no parameters but its own.
const TYPED: &[[&str; 2]] = &[
    ["title", "The name of its racers."],
    [
        "parameters",
        "The numbers that the lines read, each with its value.",
    ],
    [
        "lines",
        "What happens in a step: theta is the position, g the gradient, t the step.",
    ],
];

/// A rule that is typed, as an example.
const EXAMPLE: [&str; 2] = [
    "Rule(title: \"Heavy ball\", parameters: {\"learning_rate\": 0.1, \"beta\": 0.9},",
    "lines: \"m <- beta*m + g; theta <- theta - learning_rate*m\")",
];

fn typed_json() -> Json {
    let fields = TYPED.iter();
    let fields = fields.map(|[name, help]| json!({ "name": name, "help": help }));
    json!({
        "name": "Rule",
        "title": "Own rule",
        "equation": "as typed",
        "idea": "A rule of your own, typed line by line.",
        "source": "typed",
        "needs": ["gradient"],
        "packages": {},
        "parameters": [],
        "fields": fields.collect::<Vec<_>>(),
        "example": EXAMPLE.join(" "),
    })
}

fn typed_text() -> String {
    let [first, second] = EXAMPLE;
    let fields = TYPED.iter();
    let line = |[name, help]: &[&str; 2]| format!("    {name:20} {help}\n");
    let fields: String = fields.map(line).collect();
    format!(
        "Rule
    A rule of your own, typed line by line; the example is the heavy ball.
    {first}
        {second}
{fields}"
    )
}

fn optimizers_text() -> String {
    let optimizer = |choice: &OptimizerChoice| {
        let rule = choice.rule();
        let about = rule.about();
        let line = |(index, parameter): (usize, Parameter)| {
            let default = rule.get(index).map(|value| to_json(&parameter, value));
            let default = default.map_or_else(String::new, |value| match value {
                Json::String(name) => name,
                other => other.to_string(),
            });
            let choices = match parameter.kind {
                ParameterKind::Choice(names) => format!(" Choices: {}.", names.join(", ")),
                _ => String::new(),
            };
            format!(
                "    {:20} {default:10} {}{choices}\n",
                parameter.name, parameter.help
            )
        };
        let all = rule.parameters().enumerate();
        let (inner, own): (Vec<_>, Vec<_>) = all.partition(|(_, it)| is_of_inner(it));
        let own: String = own.into_iter().map(line).collect();
        let inner: String = inner.into_iter().map(line).collect();
        let remark = match &*inner {
            "" => String::new(),
            _ => format!("    Each `inner.` parameter {}:\n", remark(choice)),
        };
        format!(
            "{}\n    {}\n    {}\n    {}\n{own}{remark}{inner}\n",
            about.name,
            about.idea,
            rule.equation(),
            demands(choice),
        )
    };
    let all: String = OptimizerChoice::all().iter().map(optimizer).collect();
    all + &typed_text()
}

/// Returns the libraries that implement a rule, each with the package that contains it.
fn packages(choice: &OptimizerChoice) -> impl Iterator<Item = (&'static str, &'static str)> {
    let libraries = code::Framework::ALL.iter();
    libraries.filter_map(|library| Some((library.label(), library.package(choice)?)))
}

/// Returns a line with what a rule needs and which libraries have it.
fn demands(choice: &OptimizerChoice) -> String {
    let needs: Vec<_> = choice.needs().names().collect();
    let who = packages(choice).map(|(library, package)| format!("{library} ({package})"));
    let who: Vec<String> = who.collect();
    let who = if who.is_empty() {
        "none".to_owned()
    } else {
        who.join(", ")
    };
    format!("Needs: {}. Libraries: {who}.", needs.join(", "))
}

/// Returns whether a parameter belongs to the rule inside a wrapper.
fn is_of_inner(parameter: &Parameter) -> bool {
    parameter.name.starts_with("inner.")
}

/// Returns the remark on such parameters.
fn remark(choice: &OptimizerChoice) -> String {
    let inner = choice.inner().map_or("", |inner| inner.rule().about().name);
    format!("belongs to {inner}, the default inner rule")
}

fn valid(parameter: &Parameter) -> Json {
    match parameter.kind {
        ParameterKind::Number { valid, .. } => json!(valid.to_string()),
        ParameterKind::Switch => json!([true, false]),
        ParameterKind::Choice(names) => json!(names),
    }
}

fn to_json(parameter: &Parameter, value: Value) -> Json {
    match (value, parameter.kind) {
        (Value::Number(number), _) => json!(number),
        (Value::Switch(on), _) => json!(on),
        (Value::Choice(position), ParameterKind::Choice(names)) => json!(names.get(position)),
        (Value::Choice(position), _) => json!(position),
    }
}

fn presets_json() -> Result<Json, Failure> {
    let mut list = Vec::new();
    for built_in in BuiltIn::all() {
        let Preset {
            experiment, lesson, ..
        } = built_in.preset()?;
        list.push(json!({
            "name": built_in.name,
            "title": experiment.title,
            "notes": experiment.notes,
            "surface": experiment.surface.about().name,
            "steps": experiment.steps,
            "racers": experiment.names(),
            "lesson": lesson.is_some(),
        }));
    }
    Ok(Json::Array(list))
}

fn presets_text() -> Result<String, Failure> {
    let line = |built_in: &BuiltIn| -> Result<String, Failure> {
        let title = built_in.preset()?.experiment.title;
        Ok(format!("{:28} {title}\n", built_in.name))
    };
    let lines = |list: &[BuiltIn]| list.iter().map(line).collect::<Result<String, _>>();
    let (races, lessons) = (lines(BUILT_IN)?, lines(TOUR)?);
    Ok(format!("{races}\nThe lessons of the tour:\n{lessons}"))
}
