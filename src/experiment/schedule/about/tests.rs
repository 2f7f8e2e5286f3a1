//! Tests of the descriptions of schedules.

use super::*;

/// The shortest text of a schedule in a file, with everything optional omitted, and of several
/// settings that exclude each other only the first.
fn shortest(schedule: &Schedule) -> String {
    let about = schedule.about();
    let mut given: Vec<String> = Vec::new();
    for (index, setting) in about.settings.iter().enumerate() {
        let mut earlier = about.settings[..index].iter();
        if setting.is_list() {
            given.push(format!("{}: []", setting.name));
        } else if setting.default.is_none() && !earlier.any(|it| it.excludes(setting)) {
            given.push(format!("{}: 7", setting.name));
        }
    }
    match &given[..] {
        [] if about.settings.is_empty() => about.name.to_owned(),
        given => format!("{}({})", about.name, given.join(", ")),
    }
}

fn given(text: &str, name: &str) -> bool {
    let begin = [format!("({name}: 7"), format!(" {name}: 7")];
    begin.iter().any(|begin| text.contains(begin))
}

#[test]
fn what_a_file_leaves_out_has_the_default_of_the_table() {
    for schedule in Schedule::all() {
        let options = ron::Options::default()
            .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let text = shortest(schedule);
        let read: Schedule = options.from_str(&text).expect(&text);
        assert_eq!(read.about().name, schedule.about().name);
        for setting in read.about().settings {
            let expected = match setting.default {
                Some(default) => Some(default),
                None if given(&text, setting.name) => Some(7.0),
                None => None,
            };
            assert_eq!(setting.get(&read), expected, "{text}, {}", setting.name);
        }
        assert_eq!(read.conflict(), None, "{text}");
    }
}

/// The table lists every field of the files, and each entry accesses its own field.
#[test]
fn every_field_stands_in_the_table_and_is_the_one_that_is_set() {
    for schedule in Schedule::all() {
        for (index, setting) in schedule.about().settings.iter().enumerate() {
            if setting.is_list() {
                continue;
            }
            let value = setting.choices().map_or(11.0, |_| 1.0);
            let mut changed = schedule.clone();
            setting.set(&mut changed, value);
            for (other_index, other) in schedule.about().settings.iter().enumerate() {
                let expected = if index == other_index {
                    Some(value)
                } else {
                    other.get(schedule)
                };
                assert_eq!(other.get(&changed), expected, "{}", other.name);
            }
            let written = serde_json::to_value(changed).expect("numbers");
            let field = &written[schedule.name()][setting.name];
            match setting.choices() {
                Some(names) => assert_eq!(field.as_str(), Some(names[1]), "{written}"),
                None => assert_eq!(field.as_f64(), Some(11.0), "{written}"),
            }
        }
        let written = serde_json::to_value(schedule).expect("numbers");
        if let Some(fields) = written[schedule.name()].as_object() {
            let known = |name: &str| {
                let mut settings = schedule.about().settings.iter();
                settings.any(|setting| setting.name == name)
            };
            assert!(fields.keys().all(|name| known(name)), "{written}");
        }
    }
}

#[test]
fn one_cycle_takes_one_count_of_its_steps() {
    let of = |total_steps, steps| Schedule::OneCycle {
        total_steps,
        steps,
        epochs: None,
        max_learning_rate: 1.0,
    };
    assert_eq!(of(Some(50), None).conflict(), None);
    assert_eq!(of(None, Some(50)).conflict(), None);
    assert!(of(Some(50), Some(49)).conflict().is_some());
    assert!(of(None, None).conflict().is_some());
    assert_eq!(of(Some(50), None).one_cycle_end(), 49);
    assert_eq!(of(None, Some(49)).one_cycle_end(), 49);
}

#[test]
fn a_setting_that_is_chosen_takes_the_place_of_those_it_excludes() {
    for schedule in Schedule::all() {
        for setting in schedule.about().settings {
            let mut changed = schedule.clone();
            setting.choose(&mut changed, 1.0);
            assert_eq!(changed.conflict(), None, "{changed:?}");
            assert!(setting.is_list() || setting.get(&changed) == Some(1.0));
        }
    }
}
