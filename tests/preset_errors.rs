//! What can be wrong with a preset file, and the location that is reported.

mod common;

use common::cases;
use common::preset::{TEXT, assert_plain, assert_table, assert_within, assert_wrong, wrong};
use proptest::prelude::*;
use slalom::experiment::Schedule;
use slalom::optimizer::OptimizerChoice;
use slalom::preset::{self, BUILT_IN, BuiltIn, PresetError, from_text};
use slalom::surface::SurfaceChoice;

#[test]
fn unknown_names_suggest_the_nearest() {
    assert_table(
        r#"
        surface: Beale | surface: ¦Beal | there is no surface "Beal"; did you mean Beale?
        surface: Beale | surface: ¦beale | there is no surface "beale"; did you mean Beale?
        surface: Beale | surface: ¦LongVally | there is no surface "LongVally"; did you mean LongValley?
        Momentum() | ¦Momentun() | there is no optimizer "Momentun"; did you mean Momentum?
        Momentum() | ¦RMSprop() | there is no optimizer "RMSprop"; did you mean RMSProp?
        beta_1: 0.5, | ¦beta_l: 0.5, | Adam has no parameter "beta_l"; did you mean beta_1?
        Momentum() | GradientDescent(¦momentum: 0.9) | GradientDescent has no parameter "momentum"; with momentum it is another rule here, Momentum(momentum: 0.9)
        Momentum() | GradientDescent(¦wheels: 0.9) | GradientDescent has no parameter "wheels"; it has learning_rate
        Momentum() | Momentum(velocity: ¦Unscalled) | there is no velocity "Unscalled"; there are Scaled, Unscaled
        beta_1: 0.5, | amsgrad: ¦true, | there is no amsgrad "true"; there are Off, MaxOfRaw, MaxOfCorrected; PyTorch and Keras mean MaxOfRaw by it, Optax means MaxOfCorrected
        steps: 200 | ¦step: 200 | a preset has no field "step"; did you mean steps?
        seed: 7 | ¦blurb: 7 | a preset has no field "blurb"; it has version, title, notes, surface, rotation, condition, start, steps, seed, seeds, racers, view, lesson
        color: " | ¦colour: " | a racer has no field "colour"; did you mean color?
        optimizer: Momentum | ¦öptimizer: Momentum | a racer has no field "öptimizer"; did you mean optimizer?
        (step: 100 | (¦stp: 100 | an edit has no field "stp"; did you mean step?
        Cosine( | ¦Cosin( | there is no schedule "Cosin"; did you mean Cosine?
        steps: 300 | ¦stepps: 300 | Cosine has no parameter "stepps"; did you mean steps?
        parameter: "beta_1" | parameter: ¦"beta_3" | Slow, edit at step 100: Adam has no parameter "beta_3"; did you mean beta_1?
        parameter: "beta_1" | parameter: ¦"wheels" | Slow, edit at step 100: Adam has no parameter "wheels"; it has learning_rate, beta_1, beta_2, epsilon, weight_decay
        parameter: "beta_1" | parameter: ¦"epsilon_hat" | Slow, edit at step 100: epsilon_hat is no number, and only numbers can be edited
    "#,
    );
}

#[test]
fn a_rule_like_no_other_is_answered_with_all_there_are() {
    let rules = OptimizerChoice::all().iter();
    // Last comes the rule that is typed.
    let names = rules.map(|it| it.rule().about().name).chain(["Rule"]);
    let names: Vec<&str> = names.collect();
    assert!(names.starts_with(&["GradientDescent", "Momentum", "Nesterov", "Adagrad"]));
    let said = format!(
        "there is no optimizer \"Downhill\"; there are {}",
        names.join(", ")
    );
    assert_wrong("Momentum()", "¦Downhill()", &said);
}

/// Each name with its second letter doubled; a single letter is repeated.
#[test]
fn every_name_is_the_nearest_to_its_misspelling() {
    let misspelt = |name: &str| match name.len() {
        1 => format!("{name}{name}"),
        _ => format!("{}{}", &name[..2], &name[1..]),
    };
    for surface in SurfaceChoice::BUILT_IN {
        let name = surface.about().name;
        let (_, what) = wrong(&TEXT.replace("Beale", &misspelt(name)));
        assert!(what.ends_with(&format!("; did you mean {name}?")), "{what}");
    }
    for choice in OptimizerChoice::all() {
        let rule = choice.rule();
        let name = rule.about().name;
        let (_, what) = wrong(&TEXT.replace("Momentum()", &format!("{}()", misspelt(name))));
        assert!(what.ends_with(&format!("; did you mean {name}?")), "{what}");
        for parameter in rule.parameters().map(|it| it.name) {
            let (parameter, racer) = match (parameter.strip_prefix("inner."), choice.inner()) {
                (Some(inner), Some(rule)) => {
                    let rule = rule.rule().about().name;
                    (
                        inner,
                        format!("{name}(inner: {rule}({}: 0))", misspelt(inner)),
                    )
                }
                _ => (&*parameter, format!("{name}({}: 0)", misspelt(&parameter))),
            };
            let (_, what) = wrong(&TEXT.replace("Momentum()", &racer));
            assert!(
                what.ends_with(&format!("; did you mean {parameter}?")),
                "{what}"
            );
        }
    }
    for schedule in Schedule::all() {
        let name = schedule.name();
        let (_, what) = wrong(&TEXT.replace("Cosine", &misspelt(name)));
        assert!(what.ends_with(&format!("; did you mean {name}?")), "{what}");
    }
    for built_in in BUILT_IN {
        let message = preset::load(&misspelt(built_in.name))
            .unwrap_err()
            .to_string();
        assert!(
            message.ends_with(&format!("; did you mean {}?", built_in.name)),
            "{message}"
        );
    }
}

#[test]
fn a_value_out_of_range_names_racer_and_parameter_and_has_its_line() {
    let not_a_rate = |value: &str| {
        format!("Slow: learning_rate is {value}, but must be a finite number, 0 or more")
    };
    for (value, shown) in [
        ("NaN", "NaN"),
        ("inf", "inf"),
        ("-inf", "-inf"),
        ("1e400", "inf"),
        ("-0.1", "-0.1"),
        ("-1e300", "-1e300"),
    ] {
        assert_wrong(
            "learning_rate: 0.1",
            &format!("learning_rate: ¦{value}"),
            &not_a_rate(shown),
        );
    }
    for (value, shown) in [
        ("1", "1"),
        ("1.5", "1.5"),
        ("-0.5", "-0.5"),
        ("1e300", "1e300"),
    ] {
        assert_wrong(
            "beta_1: 0.5,",
            &format!("beta_1: ¦{value},"),
            &format!("Slow: beta_1 is {shown}, but must be 0 or more and less than 1"),
        );
    }
    assert_table(
        r#"
        value: 0.5 | value: ¦1 | Slow, edit at step 100: beta_1 is 1, but must be 0 or more and less than 1
        Momentum() | Momentum(momentum: ¦1.0) | Momentum: momentum is 1, but must be 0 or more and less than 1
        steps: 300 | steps: ¦0 | Slow, schedule: steps is 0, but must be a whole number, 1 or more
        Cosine(steps: 300) | Exponential(factor: ¦-1) | Slow, schedule: factor is -1, but must be a finite number, 0 or more
        Cosine(steps: 300) | CosineWarmRestarts(period: 9, factor: ¦0) | Slow, schedule: factor is 0, but must be a whole number, 1 or more
        Cosine(steps: 300) | CosineWarmRestarts(period: 9, factor: ¦1.5) | factor is 1.5, but must be a whole number
        Cosine(steps: 300) | ¦OneCycle(max_learning_rate: 0.1) | Slow, schedule: OneCycle needs total_steps or steps or epochs; total_steps is the number of its steps as PyTorch counts, and steps is one less
        Cosine(steps: 300) | ¦OneCycle(steps: 9, total_steps: 10, max_learning_rate: 0.1) | Slow, schedule: OneCycle takes total_steps or steps, not both; total_steps is steps + 1
        Cosine(steps: 300) | OneCycle(total_steps: ¦0, max_learning_rate: 0.1) | Slow, schedule: total_steps is 0, but must be a whole number, 1 or more
        steps: 300 | steps: 300, final_learning_rate: ¦1e999 | Slow, schedule: final_learning_rate is inf, but must be a finite number, 0 or more
        (1.0, 1.6) | (1.0, ¦NaN) | y of the start is NaN, not a finite number
        (1.0, 1.6) | (¦-1e400, 1.6) | x of the start is -inf, not a finite number
        steps: 200 | steps: ¦0 | steps is 0, but must be from 1 to 1,000,000
        steps: 200 | steps: ¦1000001 | steps is 1000001, but must be from 1 to 1,000,000
    "#,
    );
    let most = TEXT.replace("steps: 200", "steps: 1000000");
    assert_eq!(
        from_text("race.ron", &most).unwrap().experiment.steps,
        1_000_000
    );
}

#[test]
fn an_eye_that_can_be_nowhere_is_an_error() {
    assert_table(
        r#"
        steps: 200 | view: (eye: (azimuth: ¦NaN)), steps: 200 | azimuth is NaN, but must be a finite number of degrees
        steps: 200 | view: (eye: (azimuth: ¦-inf)), steps: 200 | azimuth is -inf, but must be a finite number of degrees
        steps: 200 | view: (eye: (elevation: ¦-1.0)), steps: 200 | elevation is -1, but must be from 0 to 90
        steps: 200 | view: (eye: (elevation: ¦90.5)), steps: 200 | elevation is 90.5, but must be from 0 to 90
        steps: 200 | view: (eye: (azimuth: -60.0, zoom: ¦0)), steps: 200 | zoom is 0, but must be from 0.25 to 16
        steps: 200 | view: (eye: (zoom: ¦1e400)), steps: 200 | zoom is inf, but must be from 0.25 to 16
        steps: 200 | view: (eye: (shift: ¦(0.0, 11.0))), steps: 200 | shift is 11, but must be from -10 to 10
        steps: 200 | view: (eye: (shift: (1.0¦))), steps: 200 | there must be two numbers here, as in (1.0, 1.6)
        steps: 200 | view: (eye: (elevation: ¦"30")), steps: 200 | elevation is "30", but must be a number like 0.01
        steps: 200 | view: (eye: (¦azimut: 3)), steps: 200 | an eye has no field "azimut"; did you mean azimuth?
        steps: 200 | view: (eye: (projection: ¦Paralel)), steps: 200 | there is no projection "Paralel"; there are Perspective, Parallel
        steps: 200 | view: (pictures: ¦Releif), steps: 200 | there is no pictures "Releif"; there are Contours, Relief, Both
        steps: 200 | view: (heights: ¦Log), steps: 200 | there is no heights "Log"; there are Linear, Logarithmic, Compressed
        steps: 200 | view: (¦picture: Relief), steps: 200 | a view has no field "picture"; did you mean pictures?
    "#,
    );
}

#[test]
fn faults_of_schedules_are_found_in_every_part() {
    assert_table(
        r#"
        Cosine(steps: 300) | ¦Cosine() | Slow, schedule: Cosine needs steps or epochs
        Cosine(steps: 300) | ¦Cosine(steps: 300, epochs: 2) | Slow, schedule: Cosine takes steps or epochs, not both
        Cosine(steps: 300) | Cosine(epochs: ¦2) | Slow, schedule: epochs counts passes over the data, but this surface has no data; count steps instead
        Cosine(steps: 300) | Cosine(¦epoch: 2) | Cosine has no parameter "epoch"; did you mean epochs?
        Cosine(steps: 300) | Step(every_epochs: ¦3, factor: 0.5) | Slow, schedule: every_epochs counts passes over the data, but this surface has no data; count steps instead
        Cosine(steps: 300) | ¦Linear(steps: 9) | Slow, schedule: Linear needs final_learning_rate or final_factor
        Cosine(steps: 300) | ¦Linear(steps: 9, final_factor: 0.1, final_learning_rate: 0.1) | Slow, schedule: Linear takes final_learning_rate or final_factor, not both
        Cosine(steps: 300) | Polynomial(steps: 9, power: ¦0) | Slow, schedule: power is 0, but must be a finite number above 0
        Cosine(steps: 300) | ReduceOnPlateau(factor: ¦1.0) | Slow, schedule: factor is 1, but must be 0 or more and less than 1
        Cosine(steps: 300) | ReduceOnPlateau(patience: ¦-1) | patience is -1, but must be a whole number, 0 or more
        Cosine(steps: 300) | ReduceOnPlateau(threshold_mode: ¦rel) | there is no threshold_mode "rel"; there are Relative, Absolute
        Cosine(steps: 300) | PiecewiseConstant(changes: ¦[]) | Slow, schedule: PiecewiseConstant has no change, but needs one or more
        Cosine(steps: 300) | PiecewiseConstant(changes: [¦(factor: 0.1)]) | Slow, schedule, change 1: it needs step or epoch
        Cosine(steps: 300) | PiecewiseConstant(changes: [¦(step: 9)]) | Slow, schedule, change 1: it needs factor or learning_rate
        Cosine(steps: 300) | PiecewiseConstant(changes: [(step: ¦0, factor: 0.1)]) | Slow, schedule, change 1: step is 0, but must be a whole number, 1 or more
        Cosine(steps: 300) | PiecewiseConstant(changes: [(step: 9, epoch: ¦1, factor: 0.1)]) | Slow, schedule, change 1: it takes step or epoch, not both
        Cosine(steps: 300) | PiecewiseConstant(changes: [(step: 9, factor: 0.1, learning_rate: ¦0.1)]) | Slow, schedule, change 1: it takes factor or learning_rate, not both
        Cosine(steps: 300) | PiecewiseConstant(changes: [(step: 9, factor: ¦-1.0)]) | Slow, schedule, change 1: factor is -1, but must be a finite number, 0 or more
        Cosine(steps: 300) | PiecewiseConstant(changes: [(step: 9, factor: 0.1), ¦(step: 9, factor: 0.1)]) | Slow, schedule, change 2: it must come after the change before it; changes stand in the order of their steps
        Cosine(steps: 300) | PiecewiseConstant(changes: [(¦steps: 9, factor: 0.1)]) | a change of the rate has no field "steps"; did you mean step?
        Cosine(steps: 300) | PiecewiseConstant(changes: [¦9]) | expected an opening ( here, but found 9; a change is written like (step: 100, factor: 0.1)
        Cosine(steps: 300) | Sequence(parts: ¦[]) | Slow, schedule: Sequence has no part, but needs one or more
        Cosine(steps: 300) | Sequence(¦) | the field parts is missing
        Cosine(steps: 300) | Sequence(parts: [¦(schedule: Constant), (schedule: Constant)]) | Slow, schedule, part 1: it needs steps or epochs; only the last part goes on without them
        Cosine(steps: 300) | Sequence(parts: [(steps: ¦0, schedule: Constant), (schedule: Constant)]) | Slow, schedule, part 1: steps is 0, but must be a whole number, 1 or more
        Cosine(steps: 300) | Sequence(parts: [(steps: 9, epochs: ¦1, schedule: Constant), (schedule: Constant)]) | Slow, schedule, part 1: it takes steps or epochs, not both
        Cosine(steps: 300) | Sequence(parts: [(epochs: ¦9, schedule: Constant), (schedule: Constant)]) | Slow, schedule, part 1: epochs counts passes over the data, but this surface has no data; count steps instead
        Cosine(steps: 300) | Sequence(parts: [(steps: 9, schedule: Cosine(steps: ¦0)), (schedule: Constant)]) | Slow, schedule, part 1: steps is 0, but must be a whole number, 1 or more
        Cosine(steps: 300) | Sequence(parts: [(schedule: ¦Sequence(parts: [(schedule: Constant)]))]) | Slow, schedule, part 1: a Sequence takes no other Sequence; list all parts in one
        Cosine(steps: 300) | Sequence(parts: [(¦step: 9, schedule: Constant)]) | a part of a sequence has no field "step"; did you mean steps?
        Cosine(steps: 300) | Sequence(parts: [(schedule: ¦Cosin(steps: 9))]) | there is no schedule "Cosin"; did you mean Cosine?
    "#,
    );
}

/// The file contains no location for a parameter that has its default value.
#[test]
fn forms_that_cannot_go_together_are_an_error() {
    let cases = [
        (
            "¦Momentum(dampening: 0.5)",
            "Momentum: dampening needs velocity: Unscaled",
        ),
        (
            "¦Nesterov(velocity: Unscaled)",
            "Nesterov: velocity: Unscaled needs form: Reformulated",
        ),
        (
            "¦Adam(amsgrad: MaxOfCorrected, epsilon_hat: true)",
            "Adam: amsgrad: MaxOfCorrected cannot go with epsilon_hat: true",
        ),
    ];
    for (optimizer, expected) in cases {
        assert_wrong("Momentum()", optimizer, expected);
    }
    assert_wrong(
        "Momentum()",
        "Momentum(), edits: [(step: 3, parameter: \"dampening\", value: ¦0.5)]",
        "Momentum, edit at step 3: dampening needs velocity: Unscaled",
    );
    for fine in [
        "Momentum(dampening: 0.5, velocity: Unscaled)",
        "Nesterov(velocity: Unscaled, form: Reformulated)",
        "Adam(amsgrad: MaxOfRaw, epsilon_hat: true)",
        "Adam(amsgrad: MaxOfCorrected)",
    ] {
        assert!(
            from_text("race.ron", &TEXT.replace("Momentum()", fine)).is_ok(),
            "{fine}"
        );
    }
}

#[test]
fn values_of_another_kind_are_an_error() {
    assert_table(
        r#"
        steps: 200 | steps: ¦-3 | steps is -3, but must be a whole number, 0 or more
        steps: 200 | steps: ¦2.5 | steps is 2.5, but must be a whole number
        steps: 200 | steps: ¦"200" | steps is "200", but must be a whole number, 0 or more
        seed: 7 | seed: ¦-1 | seed is -1, but must be a whole number, 0 or more
        seed: 7 | seed: ¦18446744073709551616 | seed is 18446744073709551616, but must be a smaller whole number
        learning_rate: 0.1 | learning_rate: ¦"0.1" | learning_rate is "0.1", but must be a number like 0.01
        learning_rate: 0.1 | learning_rate: ¦fast | learning_rate is fast, but must be a number like 0.01
        learning_rate: 0.1 | learning_rate: ¦ | learning_rate must be a number like 0.01
        beta_1: 0.5 | epsilon_hat: ¦1 | epsilon_hat is 1, but must be true or false
        beta_1: 0.5 | amsgrad: ¦"Off" | amsgrad is "Off", but must be a name without quotation marks
        surface: Beale | surface: ¦"Beale" | surface is "Beale", but must be a name without quotation marks
        surface: Beale | surface: Beale¦() | Beale takes no brackets
        "A race" | ¦5 | title is 5, but must be text in quotation marks
        "A race" | ¦Race | title is Race, but must be text in quotation marks
        (1.0, 1.6) | ¦3 | start is 3, but must be in round brackets
        (1.0, 1.6) | ¦[1.0, 1.6] | start must be in round brackets
        (1.0, 1.6) | (1.0¦) | there must be two numbers here, as in (1.0, 1.6)
        (1.0, 1.6) | (1.0, 1.6, ¦1.7) | expected a closing ) here, but found 1.7
        parameter: "beta_1" | parameter: ¦beta_1 | parameter is beta_1, but must be text in quotation marks
        Momentum() | Momentum¦ | Momentum must be followed by round brackets, as in Momentum()
        Cosine(steps: 300) | Cosine¦ | Cosine must be followed by round brackets, as in Cosine()
        Cosine(steps: 300) | Constant¦() | Constant takes no brackets
        (optimizer: Momentum()) | ¦Momentum() | expected an opening ( here, but found Momentum; a racer is written like (optimizer: Adam())
        (step: 100, parameter: "beta_1", value: 0.5) | ¦100 | expected an opening ( here, but found 100; an edit is written like (step: 100, parameter: "beta_1", value: 0.5)
    "#,
    );
}

#[test]
fn only_version_1_is_read() {
    let cases = [
        ("¦0", "there is no version 0; versions start at 1"),
        (
            "¦2",
            "this preset is of version 2, but this Slalom reads only up to version 1",
        ),
        (
            "¦2, colours: [1]",
            "this preset is of version 2, but this Slalom reads only up to version 1",
        ),
        (
            "¦\"one\"",
            "version is \"one\", but must be a whole number, 0 or more",
        ),
        (
            "¦one",
            "version is one, but must be a whole number, 0 or more",
        ),
        ("¦1.0", "version is 1.0, but must be a whole number"),
        (
            "¦-1",
            "version is -1, but must be a whole number, 0 or more",
        ),
        (
            "¦99999999999",
            "this preset is of version 99999999999, but this Slalom reads only up to version 1",
        ),
    ];
    for (version, expected) in cases {
        assert_wrong("version: 1", &format!("version: {version}"), expected);
    }
}

#[test]
fn what_stands_twice_is_an_error() {
    assert_table(
        r#"
        steps: 200 | steps: 200, ¦steps: 200 | the field steps is given twice
        version: 1 | version: 1, ¦version: 1 | the field version is given twice
        beta_1: 0.5 | beta_1: 0.5, ¦beta_1: 0.5 | the field beta_1 is given twice
        optimizer: Momentum() | optimizer: Momentum(), ¦optimizer: Adam() | the field optimizer is given twice
        steps: 300 | steps: 300, ¦steps: 300 | the field steps is given twice
    "#,
    );
}

#[test]
fn signs_that_are_missing_or_too_many_are_an_error() {
    assert_table(
        r#"
        steps: 200 | steps ¦200 | a colon is missing after steps
        steps: 200 | steps ¦= 200 | a colon is missing after steps
        steps: 200, | steps: 200,¦, | expected the name of a field here, but found ,
        learning_rate: 0.1 | learning_rate: 0,¦1 | expected the name of a field here, but found 1
        "A race" | ¦"A \q race" | a \ in a text must be part of a sign like \n; a plain backslash is written \\
    "#,
    );
    assert_wrong(
        "steps: 200,\n    ",
        "steps: 200\n    ¦",
        "a comma or a closing bracket is missing before seed",
    );
    assert_wrong("    ],\n", "¦", "a closing ] is missing before )");
    let end = TEXT.trim_end();
    let cases = [
        (String::new(), "1:1", "the preset is empty"),
        (" \n\n ".into(), "1:1", "the preset is empty"),
        ("\u{feff}".into(), "1:1", "the preset is empty"),
        (
            "\0\u{1}PNG".into(),
            "1:1",
            "a preset must begin with an opening (",
        ),
        (
            "{\"version\": 1}".into(),
            "1:1",
            "a preset must begin with an opening (",
        ),
        (
            "Dear reader,\nhello".into(),
            "1:1",
            "a preset must begin with an opening (",
        ),
        (
            end[..end.len() - 1].into(),
            "16:7",
            "the text ends too early; is a bracket or a quotation mark left open?",
        ),
        (
            format!("{TEXT}garbage"),
            "18:1",
            "the preset ends before this, but more follows",
        ),
        (
            format!("{TEXT})"),
            "18:1",
            "the preset ends before this, but more follows",
        ),
        (
            TEXT.repeat(2),
            "18:1",
            "the preset ends before this, but more follows",
        ),
        (
            "(version: 1, title: \"abc".into(),
            "1:21",
            "this quotation mark is never closed",
        ),
        (
            "(version: 1, /* abc".into(),
            "1:16",
            "a comment that begins with /* is never closed",
        ),
    ];
    for (text, at, expected) in cases {
        assert_eq!(
            wrong(&text),
            (at.to_owned(), expected.to_owned()),
            "{text:?}"
        );
    }
}

#[test]
fn five_hundred_nested_brackets_are_survived() {
    for bracket in ["(", "[", "{", "Some(", "/*", "r#\"", "\"", "'", "((1,"] {
        let deep = bracket.repeat(500);
        wrong(&deep);
        for place in [
            "Momentum()",
            "Beale",
            "200",
            "(1.0, 1.6)",
            "\"A race\"",
            "0.5,",
            "Cosine",
        ] {
            wrong(&TEXT.replace(place, &deep));
        }
    }
}

#[test]
fn a_message_is_one_short_line_whatever_it_quotes() {
    let (_, what) = wrong(&TEXT.replace("\"beta_1\"", "\"be\nta\u{1b}[31m\u{2028}\""));
    assert!(what.contains(r#""be\nta\u{1b}[31m\u{2028}""#), "{what}");
    let (_, what) = wrong(
        &TEXT
            .replace("Slow", "Two\\nlines")
            .replace("beta_1: 0.5", "beta_1: 7"),
    );
    assert!(what.starts_with("Two\\nlines: beta_1 is 7"), "{what}");
    let long = "x".repeat(5000);
    for (from, to) in [
        ("Beale", long.clone()),
        ("\"#E69F00\"", format!("\"{long}\"")),
        ("beta_1: 0.5", format!("{long}: 0.5")),
        ("200", format!("\"{long}\"")),
        ("\"A race\"", long.clone()),
    ] {
        let (_, what) = wrong(&TEXT.replace(from, &to));
        assert!(what.len() < 400, "{what}");
    }
}

/// Characters that have a meaning in the syntax.
const SIGNS: &[u8] = b"(){}[],:\"\\'/*#-+.0189eE_rNaA \n\r\t=";

/// Mutates a text by deleting, inserting, replacing and swapping bytes.
fn mutated(text: &str, changes: &[(u8, prop::sample::Index, prop::sample::Index, u8)]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for (kind, here, there, byte) in changes {
        if bytes.is_empty() {
            break;
        }
        let (here, there) = (here.index(bytes.len()), there.index(bytes.len()));
        match kind % 6 {
            0 => drop(bytes.remove(here)),
            1 => bytes.insert(here, *byte),
            2 => bytes.swap(here, there),
            3 => drop(bytes.drain(here.min(there)..here.max(there))),
            4 => {
                let piece = bytes[here.min(there)..here.max(there)].to_vec();
                bytes.splice(here..here, piece);
            }
            _ => bytes[here] = SIGNS[usize::from(*byte) % SIGNS.len()],
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

proptest! {
    #![proptest_config(cases(2048))]

    #[test]
    fn any_damage_is_read_or_explained(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec(any::<(u8, prop::sample::Index, prop::sample::Index, u8)>(), 1..4),
    ) {
        let texts: Vec<&str> = BuiltIn::all().map(|it| it.text).chain([TEXT, TEXT, TEXT]).collect();
        let text = mutated(texts[which.index(texts.len())], &changes);
        match from_text("race.ron", &text) {
            Ok(experiment) => prop_assert_eq!(experiment.check(), Ok(())),
            Err(PresetError::Fault { at, fault, .. }) => {
                assert_plain(&fault.what);
                assert_within(&text, at.line, at.column);
            }
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }

    #[test]
    fn any_text_at_all_is_explained(text in any::<String>()) {
        prop_assert!(from_text("race.ron", &text).is_err());
    }
}

#[test]
fn features_that_are_seen_belong_to_a_network() {
    let network = |view: &str| {
        format!(
            "(version: 1, steps: 3, racers: [], surface: Network(data: \"iris\", \
             features: [\"petal_length_cm\", \"petal_width_cm\"], hidden: [2]), view: ({view}))"
        )
    };
    for (view, said) in [
        (
            "features: (\"petal_length_cm\", \"petal_with_cm\")",
            "there is no feature petal_with_cm; did you mean petal_width_cm?",
        ),
        (
            "features: (\"petal_width_cm\", \"petal_width_cm\")",
            "features has petal_width_cm twice; name two different ones",
        ),
    ] {
        let error = from_text("test", &network(view)).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
    assert!(from_text("test", &network("large_data: true")).is_ok());
    let formula = "(version: 1, steps: 3, racers: [], surface: Beale, start: (1, 1), \
                   view: (large_data: true))";
    let error = from_text("test", formula).unwrap_err().to_string();
    let said = "large_data belongs to a network; Beale predicts nothing over features";
    assert!(error.contains(said), "{error}");
}
