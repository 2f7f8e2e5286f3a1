//! `slalom list schedules`.

use serde_json::{Value as Json, json};

use crate::experiment::Schedule;
use crate::experiment::schedule::{About, Setting};

pub(super) fn json() -> Json {
    let setting = |it: &Setting| {
        json!({
            "name": it.name,
            "help": it.help,
            "valid": it.range().to_string(),
            // `null` if it is required.
            "default": it.default.map(|default| plain(it, default)),
            "one_of_several": it.is_one_of_several(),
        })
    };
    let schedule = |about: &About| {
        json!({
            "name": about.name,
            "title": about.title,
            "formula": about.formula,
            "idea": about.idea,
            "source": about.source,
            "elsewhere": about.elsewhere,
            "parameters": about.settings.iter().map(setting).collect::<Vec<_>>(),
        })
    };
    all().map(schedule).collect()
}

pub(super) fn text() -> String {
    let head = "The learning rate of the update from step k to step k + 1 (k = 0, 1, …), where η is that \
                of the optimizer.\nAfter its end, a schedule keeps its last value.\n\n";
    let setting = |it: &Setting| {
        let default = match it.default {
            Some(default) => match plain(it, default) {
                Json::String(name) => name,
                number => number.to_string(),
            },
            None if it.is_one_of_several() => "one of".to_owned(),
            None => "required".to_owned(),
        };
        format!(
            "    {:20} {default:10} {} Valid: {}.\n",
            it.name,
            it.help,
            it.range()
        )
    };
    let schedule = |about: &About| {
        let settings: String = about.settings.iter().map(setting).collect();
        format!(
            "{}\n    {}\n    {}\n    Source: {}. Libraries: {}.\n{settings}\n",
            about.name, about.idea, about.formula, about.source, about.elsewhere,
        )
    };
    all()
        .map(schedule)
        .fold(head.to_owned(), |text, it| text + &it)
}

fn all() -> impl Iterator<Item = &'static About> {
    Schedule::all().iter().map(Schedule::about)
}

/// Formats a count without decimals, and a choice by its name.
fn plain(setting: &Setting, value: f64) -> Json {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "counts are small whole numbers"
    )]
    let count = value as u64;
    match setting.choices() {
        Some(names) => usize::try_from(count).map_or(Json::Null, |index| json!(names.get(index))),
        None if setting.is_count() => json!(count),
        None => json!(value),
    }
}
