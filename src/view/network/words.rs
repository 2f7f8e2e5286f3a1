//! What the pictures of a network are called.

use crate::sampling::learned::{Learned, Outlook, Sight};
use crate::surface::network::NetworkData;

/// Returns the title of all pictures.
#[must_use]
pub fn title(outlook: &Outlook) -> &'static str {
    match (outlook.sight(), outlook.classes()) {
        (Sight::Plane(_), 0) => "Predictions",
        (Sight::Plane(_), _) => "Decision regions",
        (Sight::Line, 0) => "Fitted curves",
        (Sight::Line, _) => "Class probabilities",
        (Sight::Pictures(_), _) => "Predicted classes",
    }
}

/// Returns the accessible name of a racer's picture: "Decision regions of Adam: 92 % of the test
/// rows right".
#[must_use]
pub fn label(name: &str, outlook: &Outlook, learned: Option<&Learned>) -> String {
    let what = match (outlook.sight(), outlook.classes()) {
        (Sight::Line, 0) => "Fitted curve",
        _ => title(outlook),
    };
    let result = learned.and_then(|it| result(outlook, it));
    match result {
        Some(result) => format!("{what} of {name}: {result}"),
        None => format!("{what} of {name}"),
    }
}

/// Returns how well a network does: "92 % of the test rows right".
#[must_use]
pub fn result(outlook: &Outlook, learned: &Learned) -> Option<String> {
    let share = percent(learned.accuracy?);
    Some(format!("{share} of {} right", rows(outlook)))
}

/// Returns a share as a percentage.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// Returns which rows are shown.
fn rows(outlook: &Outlook) -> &'static str {
    if outlook.is_tested() {
        "the test rows"
    } else {
        "the rows"
    }
}

/// Returns the names of what is seen across and up; empty where rows are pictures.
#[must_use]
pub fn axes(outlook: &Outlook, data: &NetworkData) -> [String; 2] {
    let feature = |index: usize| spoken(data.features.get(index).map_or("", String::as_str));
    match outlook.sight() {
        Sight::Plane([across, up]) => [feature(across), feature(up)],
        Sight::Line if outlook.classes() > 0 => [feature(0), "probability".to_owned()],
        Sight::Line => [feature(0), spoken(&data.target)],
        Sight::Pictures(_) => [String::new(), String::new()],
    }
}

/// Returns the sentence below the pictures: what is seen across and up, and what the dots and the
/// numbers are.
#[must_use]
pub fn sentence(outlook: &Outlook, data: &NetworkData) -> String {
    let rest = explanation(outlook);
    match (outlook.sight(), axes(outlook, data)) {
        (Sight::Pictures(_), _) => rest.trim_start_matches(" · ").to_owned(),
        (_, [across, up]) => format!("{across} across, {up} up{rest}"),
    }
}

/// Returns what follows the names of the features in the sentence below the pictures.
#[must_use]
pub fn explanation(outlook: &Outlook) -> String {
    let (rows, accuracy) = if outlook.is_tested() {
        ("test rows", "test accuracy")
    } else {
        ("all rows", "accuracy")
    };
    let held = match outlook.held() {
        0 => String::new(),
        1 => ", the other feature at its mean".to_owned(),
        others => format!(", {others} more at their mean"),
    };
    let dots = match outlook.sight() {
        Sight::Pictures(_) => format!("some {rows}, each with its predicted class"),
        // Where more has to be said, there is less room.
        _ if outlook.is_tested() && outlook.held() == 0 => format!("dots are the {rows}"),
        _ => format!("dots are {rows}"),
    };
    match outlook.classes() {
        0 => format!("{held} · {dots}"),
        _ => format!("{held} · {dots} · the number is the {accuracy}"),
    }
}

/// Returns the name of a feature as it is read: "bill length mm" for `bill_length_mm`.
#[must_use]
pub fn spoken(name: &str) -> String {
    name.replace('_', " ")
}
