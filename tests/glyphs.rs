//! The fonts have every sign of the texts in the window: a missing one would be an empty box.

use egui::{Color32, Context, FontId, RawInput};
use slalom::analysis::{Quantity, TimeUnit};
use slalom::experiment::Schedule;
use slalom::optimizer::{Line, OptimizerChoice, ParameterKind};
use slalom::preset::BuiltIn;
use slalom::surface::SurfaceChoice;
use slalom::view::fonts;

/// Returns the texts about the optimizers: names, equations, explanations.
fn of_rules() -> Vec<String> {
    let mut texts = Vec::new();
    for choice in OptimizerChoice::all() {
        let rule = choice.rule();
        let about = rule.about();
        texts.extend([about.title, about.source, about.idea].map(str::to_owned));
        // A power is typed as one in a line of text.
        texts.push(rule.equation().replace('^', ""));
        texts.extend(rule.remarks().into_iter().map(str::to_owned));
        for t in [1, 9] {
            texts.extend(rule.lines(t).iter().map(Line::spoken));
        }
        for parameter in rule.parameters() {
            texts.extend([parameter.label_with_sign(), parameter.short_label()]);
            texts.extend([parameter.symbol.to_string(), parameter.help.to_owned()]);
            if let ParameterKind::Choice(names) = parameter.kind {
                texts.extend((0..names.len()).filter_map(|index| parameter.form(index)));
            }
        }
        for note in rule.notes() {
            texts.extend([note.sign.to_string(), note.label.to_string()]);
        }
    }
    texts
}

fn of_surfaces_and_schedules() -> Vec<String> {
    let mut texts = Vec::new();
    for choice in SurfaceChoice::BUILT_IN {
        let about = choice.about();
        texts.extend([about.title, about.teaches].map(str::to_owned));
        texts.push(about.equation.to_string());
    }
    for schedule in Schedule::all() {
        let about = schedule.about();
        texts.extend([about.title, about.formula, about.idea].map(str::to_owned));
        texts.extend(about.settings.iter().map(|it| it.help.to_owned()));
    }
    for quantity in Quantity::ALL {
        texts.extend([quantity.label(), quantity.help()].map(str::to_owned));
    }
    texts.extend(TimeUnit::ALL.iter().map(|unit| unit.label().to_owned()));
    texts
}

/// Returns the texts of races and lessons.
fn of_presets() -> Vec<String> {
    let mut texts = Vec::new();
    for built_in in BuiltIn::all() {
        let preset = built_in.preset().unwrap();
        texts.extend(preset.experiment.names());
        texts.extend([preset.experiment.title, preset.experiment.notes]);
        if let Some(goal) = preset.lesson.and_then(|lesson| lesson.goal) {
            texts.extend([goal.ask, goal.praise]);
            texts.extend(goal.hint);
        }
    }
    texts
}

fn with_fonts() -> Context {
    let ctx = Context::default();
    fonts::apply(&ctx);
    let mut output = ctx.run_ui(RawInput::default(), |_| {});
    output.textures_delta.clear();
    ctx
}

/// Returns the signs of a text that the fonts lack.
fn missing(ctx: &Context, text: &str) -> String {
    let font = FontId::proportional(14.0);
    let is_missing = |sign: &char| !ctx.fonts_mut(|fonts| fonts.has_glyph(&font, *sign));
    let signs = text.chars().filter(|sign| !sign.is_control());
    signs.filter(is_missing).collect()
}

#[test]
fn the_fonts_have_every_sign() {
    let ctx = with_fonts();
    assert_eq!(missing(&ctx, "β₁ᵗ"), "ᵗ", "a sign that they lack is found");
    for text in [of_rules(), of_surfaces_and_schedules(), of_presets()].concat() {
        assert_eq!(missing(&ctx, &text), "", "{text}");
    }
}

/// `β₁^t` and `η_max` are written with small signs or in words.
#[test]
fn no_text_on_rules_or_in_lessons_contains_raw_latex() {
    for text in [of_rules(), of_presets()].concat() {
        assert!(!text.contains(['^', '_', '\\']), "{text}");
    }
}
/// The column of names in a racer's card is 92 points wide.
#[test]
fn every_name_of_a_parameter_fits_in_a_card() {
    let ctx = with_fonts();
    for choice in OptimizerChoice::all() {
        for parameter in choice.rule().parameters() {
            let font = FontId::proportional(12.5);
            let label = parameter.label();
            let galley =
                ctx.fonts_mut(|fonts| fonts.layout_no_wrap(label.clone(), font, Color32::WHITE));
            assert!(galley.size().x <= 92.0, "{label} is {:?}", galley.size());
        }
    }
}
