//! The texts around the equations agree with them, for every form of every rule: the symbols, the
//! names of the hyper-parameters, the idea, and the remarks.

use std::collections::BTreeSet;
use std::sync::Arc;

use slalom::experiment::Plan;
use slalom::optimizer::equation::Piece;
use slalom::optimizer::{Line, NoteShape, OptimizerChoice, Role, Rule, Term, Value};
use slalom::simulation::{anatomy, simulate_racer};
use slalom::surface::Surface;

use super::common::bowl::Bowl;
use super::common::with;
use super::{Chance, forms};

/// Every form of every rule, alone and inside every wrapper.
fn all() -> Vec<OptimizerChoice> {
    let plain = forms::plain();
    let wrapped = forms::wrapped(OptimizerChoice::all());
    plain.into_iter().chain(wrapped).collect()
}

/// Returns the lines of the first two steps.
fn lines(form: &OptimizerChoice) -> Vec<Line> {
    [1, 2].map(|t| form.rule().lines(t)).concat()
}

/// Returns the marked quantities of a line that are written as a symbol rather than as an
/// expression, each with its symbol.
fn symbols(pieces: &[Piece], found: &mut Vec<(Term, String)>) {
    for piece in pieces {
        if let Piece::Term(term, inner) = piece {
            if inner.iter().all(|it| matches!(it, Piece::Latex(_))) {
                found.push((*term, Line(inner.clone()).spoken()));
            }
            symbols(inner, found);
        }
    }
}

#[test]
fn a_quantity_has_the_same_symbol_in_the_lines_and_in_the_table() {
    for form in all() {
        let rule = form.rule();
        let notes = rule.notes();
        let mut found = Vec::new();
        for line in lines(&form) {
            symbols(&line.0, &mut found);
        }
        for (term, symbol) in found {
            let beside = match term {
                Term::Note(id, _) => notes[usize::from(id)].sign.to_string(),
                Term::Parameter(index) => rule.parameter(index).unwrap().symbol.to_string(),
                Term::Position => continue,
            };
            assert_eq!(symbol, beside, "{form:?}");
        }
    }
}

/// A word with three letters or more.
fn is_word(word: &str) -> bool {
    word.chars().filter(char::is_ascii_alphabetic).count() >= 3
}

/// What is shown by a symbol is in the lines; the rest is named in words.
#[test]
fn every_symbol_in_the_table_is_in_the_lines() {
    let mut chance = Chance(23);
    for form in all() {
        let ground = chance.ground();
        let plan = Plan::new(form.clone());
        let path = simulate_racer(&ground.0, &plan, ground.1, 3, 0);
        for step in 0..path.last_step() {
            let lines = form.rule().lines(step as u64 + 1);
            let spoken: Vec<String> = lines.iter().map(Line::spoken).collect();
            let spoken = spoken.join("\n");
            let anatomy = anatomy(&ground.0, &plan, &path, step, 0).unwrap();
            for (_, note, _) in anatomy.notes.beside(&lines) {
                let is_in_words = note.sign.split(' ').any(is_word);
                let sign = match note.shape {
                    // An element of a matrix that the lines mention as a whole.
                    NoteShape::Pair => note.sign.split(' ').next().unwrap_or_default(),
                    _ => &note.sign,
                };
                let is_in_lines = spoken.contains(sign);
                assert!(
                    is_in_words || is_in_lines,
                    "{} of {form:?}: {spoken}",
                    note.sign
                );
                if note.label.contains("corrected") {
                    assert!(spoken.contains('\u{302}'), "{} of {form:?}", note.label);
                }
            }
        }
    }
}

/// Returns all texts about a rule.
fn texts(rule: &dyn Rule) -> Vec<String> {
    let about = rule.about();
    let mut texts = vec![
        about.title.to_owned(),
        about.idea.to_owned(),
        rule.idea().into_owned(),
    ];
    texts.extend(rule.remarks().into_iter().map(str::to_owned));
    for parameter in rule.parameters() {
        texts.extend([parameter.label(), parameter.label_with_sign()]);
        texts.extend([parameter.short_label(), parameter.help.to_owned()]);
    }
    for note in rule.notes() {
        texts.extend([note.sign.to_string(), note.label.to_string()]);
    }
    texts
}

/// The source of an equation is not shown: `β₁^t`, `\mu`, `f_min`.
#[test]
fn no_text_contains_raw_latex() {
    for form in all() {
        let spoken = lines(&form).iter().map(Line::spoken).collect();
        // A power is typed as one in a line of text.
        let equation = form.rule().equation().replace('^', "");
        for text in [texts(form.rule()), spoken, vec![equation]].concat() {
            assert!(!text.contains(['^', '_', '\\', '{', '}']), "{text}");
            assert!(!text.contains("  ") || text.contains(";  "), "{text}");
        }
    }
}

/// A command that is not known would be read aloud by its name.
#[test]
fn every_word_of_a_spoken_line_is_english() {
    const WORDS: &[&str] = &[
        "from",
        "if",
        "is",
        "above",
        "below",
        "otherwise",
        "in",
        "the",
        "first",
        "step",
        "every",
        "steps",
        "sign",
        "to",
        "power",
        "transposed",
        "max",
        "min",
        "gap",
        "root",
        "matrices",
        "vectors",
        "times",
        "mod",
        "outputs",
        "inputs",
        "with",
        "without",
        "used",
        "or",
        "of",
        "all",
        "but",
        "mean",
        "best",
        "corner",
        "corners",
        "last",
        "pairs",
        "BFGS",
    ];
    for form in all() {
        let symbols: Vec<_> = form.rule().parameters().map(|it| it.symbol).collect();
        for line in lines(&form) {
            let spoken = line.spoken();
            let is_letter = |letter: char| letter.is_ascii_alphabetic() || letter == '-';
            for word in spoken.split(|letter| !is_letter(letter)) {
                let is_known =
                    word.len() < 2 || WORDS.contains(&word) || symbols.iter().any(|it| it == word);
                assert!(is_known, "{word:?} in {spoken}");
            }
        }
    }
}

#[test]
fn the_idea_of_the_published_form_is_the_one_in_the_lists() {
    for published in OptimizerChoice::all() {
        let rule = published.rule();
        assert_eq!(rule.idea(), rule.about().idea);
    }
}

#[test]
fn every_idea_is_a_sentence() {
    let mut ideas = BTreeSet::new();
    for form in all() {
        for text in [
            vec![form.rule().idea()],
            vec![form.rule().about().idea.into()],
        ]
        .concat()
        {
            let ends = text.matches(". ").count();
            assert!(text.ends_with('.') && ends == 0, "{text}");
            let begins = text.starts_with(|letter: char| letter.is_ascii_uppercase());
            assert!(begins, "{text}");
            ideas.insert(text.into_owned());
        }
    }
    assert!(ideas.len() > 25, "{}", ideas.len());
}

/// Returns whether a number with this role is 0, or a switch off.
fn is_off(rule: &(dyn Rule + 'static), role: Role) -> bool {
    let value = rule.with_role(role).and_then(|index| rule.get(index));
    matches!(value, Some(Value::Number(0.0) | Value::Switch(false)))
}

/// An idea speaks only of what the lines contain.
#[test]
fn no_idea_speaks_of_what_is_switched_off() {
    for form in forms::plain() {
        let rule = form.rule();
        let idea = rule.idea().to_lowercase();
        if is_off(rule, Role::Correction) {
            assert!(!idea.contains("corrected"), "{idea}");
            let spoken: Vec<String> = lines(&form).iter().map(Line::spoken).collect();
            assert!(!spoken.concat().contains('\u{302}'), "{form:?}");
        }
        if is_off(rule, Role::Momentum) {
            let denies = ["momentum of 0", "without momentum"];
            let denied = denies.iter().any(|denial| idea.contains(denial));
            assert!(denied || !idea.contains("momentum"), "{idea}");
            assert!(!idea.contains("heavy ball"), "{idea}");
        }
        if is_off(rule, Role::WeightDecay) {
            assert!(!idea.contains("also shrinks"), "{idea}");
        }
    }
}

/// What the idea of a form says, and what it does not say.
#[test]
fn the_idea_is_that_of_the_form() {
    for (optimizer, says, says_not) in [
        ("Momentum(momentum: 0)", "only follows the slope", "heavy"),
        ("Nesterov()", "brakes in time", "as seen"),
        (
            "Nesterov(form: Reformulated)",
            "as seen from there",
            "brakes",
        ),
        ("Adagrad(matrix: Full)", "not just the axes", "coordinate"),
        (
            "Adadelta(learning_rate: 0.5)",
            "times a learning rate",
            "No",
        ),
        ("RMSProp(centered: true)", "vary around their mean", "size"),
        ("RMSProp(momentum: 0.9)", "with momentum", "vary"),
        ("Adam()", "corrected for starting at 0", "small"),
        (
            "Adam(bias_correction: false)",
            "too small at first",
            "corrected",
        ),
        (
            "Adam(beta_1: 0)",
            "The gradient's own direction",
            "Momentum",
        ),
        (
            "Adam(amsgrad: MaxOfRaw)",
            "largest average of squares",
            "RMSProp",
        ),
        ("AdamW(weight_decay: 0)", "this is Adam", "also shrinks"),
        ("Nadam(beta_1: 0)", "none to look ahead with", "next one"),
        ("RAdam()", "momentum alone until", "plain"),
        ("RAdam(beta_1: 0)", "plain gradients until", "momentum"),
        ("RAdam(beta_2: 0.6)", "momentum alone", "until"),
        (
            "RAdam(beta_1: 0, beta_2: 0.6)",
            "gradient descent",
            "momentum",
        ),
        ("AdaBelief()", "stray from their average", "none strays"),
        ("AdaBelief(beta_1: 0)", "none strays", "Adam"),
        ("Lion()", "momentum only says", "slope"),
        ("Lion(beta_1: 0)", "its own slope", "only says"),
        ("Newton(damping: 1)", "damping", "jumps"),
        ("Newton(curvature: Absolute)", "away from saddles", "jumps"),
        (
            "ScheduleFreeSgd(momentum: 0)",
            "where it has been",
            "another",
        ),
        (
            "Lookahead(slow_step_size: 1, inner: Adam())",
            "inner rule alone",
            "pull",
        ),
        (
            "Lookahead(slow_step_size: 0, inner: Adam())",
            "back to the start",
            "part of the way",
        ),
    ] {
        let racer = with(optimizer);
        let idea = racer.plan.optimizer.rule().idea();
        assert!(idea.contains(says), "{optimizer}: {idea}");
        assert!(!idea.contains(says_not), "{optimizer}: {idea}");
    }
}

#[test]
fn remarks_hold_for_the_form_and_for_what_is_wrapped() {
    let remarks = |optimizer: &str| with(optimizer).plan.optimizer.rule().remarks().join(" ");
    assert!(remarks("AdamW()").starts_with("The decay"));
    assert_eq!(remarks("AdamW(weight_decay: 0)"), "");
    let around = |inner: &str| remarks(&format!("Lookahead(inner: {inner})"));
    assert!(around("Adam()").ends_with("a schedule drives the wrapped rule."));
    let rprop = around("Rprop()");
    assert!(!rprop.contains("a schedule drives"), "{rprop}");
    assert!(
        rprop.ends_with("changing it later has no effect."),
        "{rprop}"
    );
}

/// What a step of 0/0 divides by is written as in the lines.
#[test]
fn the_divisor_of_an_undefined_step_is_in_the_lines() {
    let bottom: Arc<dyn Surface> = Arc::new(Bowl(1.0, 2.0));
    let mut seen = BTreeSet::new();
    for form in forms::plain() {
        let plan = Plan::new(form.clone());
        let path = simulate_racer(&bottom, &plan, [0.0, 0.0], 3, 0);
        let Some(reason) = path.undefined(&plan, ["x", "y"]) else {
            continue;
        };
        let (_, divisor) = reason.split_once(" divides by ").unwrap();
        let (divisor, _) = divisor.split_once(", ").unwrap();
        let bare = |text: &str| text.replace(['(', ')'], "");
        let lines = lines(&form).iter().map(Line::spoken).collect::<String>();
        let is_there = bare(&lines).contains(&bare(divisor));
        // The root of a matrix is a power.
        assert!(is_there || reason.contains("Adagrad"), "{reason}: {lines}");
        seen.insert(divisor.to_owned());
    }
    assert!(seen.len() >= 9, "{seen:?}");
}

#[test]
fn every_parameter_is_named_in_words() {
    for form in all() {
        for parameter in form.rule().parameters() {
            for label in [
                parameter.label(),
                parameter.label_with_sign(),
                parameter.short_label(),
            ] {
                let first = label.split(' ').next().unwrap_or_default();
                let is_named = is_word(first) || first == "inner";
                assert!(is_named, "{label:?} of {form:?}");
            }
            let short = parameter.short_label();
            let has_sign = short.split(' ').any(|word| word == parameter.symbol);
            let is_sign = !parameter.symbol.chars().any(|it| it.is_ascii_alphabetic());
            assert!(!(is_sign && has_sign), "{short:?} of {form:?}");
        }
    }
}

#[test]
fn no_two_parameters_of_a_rule_share_a_name() {
    let twice = forms::wrapped(&forms::wrapped(OptimizerChoice::all()));
    for form in all().into_iter().chain(twice) {
        let parameters: Vec<_> = form.rule().parameters().collect();
        for name in [
            slalom::optimizer::Parameter::label,
            slalom::optimizer::Parameter::label_with_sign,
            slalom::optimizer::Parameter::short_label,
        ] {
            let names: BTreeSet<String> = parameters.iter().map(name).collect();
            assert_eq!(names.len(), parameters.len(), "{names:?} of {form:?}");
        }
    }
}
