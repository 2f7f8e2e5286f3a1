//! Surfaces in words.

use std::path::Path;

use super::{either, unlike};
use crate::number::{count, exact, precise};
use crate::surface::typed::Typed;
use crate::surface::{LinearRegression, LogisticRegression, SurfaceChoice};
use crate::table::{DecimalMark, Separator};

/// Returns two surfaces: their titles, or else the settings in which two losses differ.
pub fn values(both: [&SurfaceChoice; 2]) -> [String; 2] {
    let settings = match both {
        [
            SurfaceChoice::LinearRegression(theirs),
            SurfaceChoice::LinearRegression(mine),
        ] => [theirs, mine].map(of_line),
        [
            SurfaceChoice::LogisticRegression(theirs),
            SurfaceChoice::LogisticRegression(mine),
        ] => [theirs, mine].map(of_border),
        [SurfaceChoice::Typed(theirs), SurfaceChoice::Typed(mine)] => {
            let mut names: Vec<&str> = theirs.parameters.names().collect();
            let more = mine.parameters.names();
            names.extend(more.filter(|name| theirs.parameters.get(name).is_none()));
            [theirs, mine].map(|typed| of_formula(typed, &names))
        }
        _ => return unlike(both.map(title)),
    };
    let [theirs, mine] = &settings;
    let pairs = theirs.iter().zip(mine);
    let (theirs, mine): (Vec<_>, Vec<_>) = pairs
        .filter(|(theirs, mine)| theirs != mine)
        .map(|(theirs, mine)| (theirs.as_str(), mine.as_str()))
        .unzip();
    if theirs.is_empty() {
        return unlike(both.map(title));
    }
    [theirs.join(", "), mine.join(", ")]
}

/// Returns the title of a surface, with its data.
fn title(surface: &SurfaceChoice) -> String {
    let title = surface.about().title;
    let opened = surface.open();
    if let SurfaceChoice::Grid(grid) = surface {
        return format!("{title}, {}", file(&grid.data));
    }
    match opened.data() {
        Some(data) => format!("{title} over {}", data.name),
        None => title.to_owned(),
    }
}

fn of_line(model: &LinearRegression) -> Vec<String> {
    let mut all = vec![
        file(&model.data),
        column("x", model.x.as_deref()),
        column("y", model.y.as_deref()),
    ];
    all.extend(reading(model.separator, model.decimal, model.header));
    all.extend(fit(model.standardize, model.l2));
    all
}

fn of_border(model: &LogisticRegression) -> Vec<String> {
    let generated = model.moons.as_ref().map(|moons| {
        let (rows, noise) = (count(moons.rows), exact(moons.noise));
        format!(
            "moons of {rows} rows with noise {noise} and seed {}",
            moons.seed
        )
    });
    let data = model.data.as_deref().map(file).or(generated);
    let positive = match &model.positive {
        Some(label) => format!("class 1 {label}"),
        None => "classes 0 and 1".to_owned(),
    };
    let mut all = vec![
        data.unwrap_or_else(|| "no data".to_owned()),
        column("x₁", model.x1.as_deref()),
        column("x₂", model.x2.as_deref()),
        column("label", model.label.as_deref()),
        positive,
    ];
    all.extend(reading(model.separator, model.decimal, model.header));
    all.extend(fit(model.standardize, model.l2));
    all
}

fn of_formula(typed: &Typed, names: &[&str]) -> Vec<String> {
    let lines: Vec<&str> = typed.loss.lines().map(str::trim).collect();
    let values = names.iter().map(|name| match typed.parameters.get(name) {
        Some(parameter) => format!("{name} {}", precise(parameter.value)),
        None => format!("no {name}"),
    });
    std::iter::once(lines.join("; ")).chain(values).collect()
}

fn file(path: &Path) -> String {
    format!("data {}", path.display())
}

fn column(role: &str, name: Option<&str>) -> String {
    match name {
        Some(name) => format!("{role} from {name}"),
        None => format!("{role} by its place"),
    }
}

fn reading(
    separator: Option<Separator>,
    decimal: Option<DecimalMark>,
    header: Option<bool>,
) -> [String; 3] {
    let separator = match separator {
        None => "any separator",
        Some(Separator::Tab) => "separated by tabs",
        Some(Separator::Semicolon) => "separated by semicolons",
        Some(Separator::Bar) => "separated by bars",
        Some(Separator::Comma) => "separated by commas",
        Some(Separator::Blanks) => "separated by blanks",
    };
    let decimal = match decimal {
        None => "any decimal mark",
        Some(DecimalMark::Point) => "decimal points",
        Some(DecimalMark::Comma) => "decimal commas",
    };
    let header = match header {
        None => "names of columns detected",
        Some(true) => "names of columns first",
        Some(false) => "no names of columns",
    };
    [separator, decimal, header].map(str::to_owned)
}

fn fit(standardize: bool, penalty: f64) -> [String; 2] {
    let penalty = match penalty {
        0.0 => "no penalty".to_owned(),
        _ => format!("penalty {}", precise(penalty)),
    };
    let scaled = either(standardize, "standardized", "not standardized");
    [scaled, penalty]
}
