//! Names in any script: what is drawn is looked through for letters that the fonts lack, and fonts of
//! the computer that have them are added.

use std::collections::BTreeSet;

use egui::epaint::{ClippedShape, Shape};
use egui::{Context, FullOutput, Plugin};

use super::{add, lacking};
use crate::system_fonts;

/// Adds fonts for the letters that are drawn.
#[derive(Default)]
pub struct Scripts {
    /// The letters that were looked at, so that a frame without new ones costs next to nothing.
    seen: BTreeSet<char>,
    /// Those that no font has.
    missing: BTreeSet<char>,
}

impl Plugin for Scripts {
    fn debug_name(&self) -> &'static str {
        "letters of other scripts"
    }

    fn output_hook(&mut self, ctx: &Context, output: &mut FullOutput) {
        let mut new = String::new();
        for ClippedShape { shape, .. } in &output.shapes {
            visit(shape, &mut |text| self.look_at(text, &mut new));
        }
        let unknown = lacking(&new);
        if unknown.is_empty() {
            return;
        }
        let found = system_fonts::covering(&unknown);
        self.missing.extend(system_fonts::without(&unknown, &found));
        if !found.is_empty() {
            for font in &found {
                add(ctx, font);
            }
            ctx.request_repaint();
        }
    }
}

impl Scripts {
    /// Adds the letters of a text that are drawn for the first time to `new`.
    fn look_at(&mut self, text: &str, new: &mut String) {
        if !text.is_ascii() {
            let letters = text.chars().filter(|letter| !letter.is_ascii());
            new.extend(letters.filter(|letter| self.seen.insert(*letter)));
        }
    }
}

/// The letters drawn so far that no font of this computer has: boxes stand for them.
#[must_use]
pub fn missing(ctx: &Context) -> String {
    let missing = ctx.with_plugin(|scripts: &mut Scripts| scripts.missing.iter().collect());
    missing.unwrap_or_default()
}

fn visit(shape: &Shape, text: &mut impl FnMut(&str)) {
    match shape {
        Shape::Vec(shapes) => {
            for shape in shapes {
                visit(shape, text);
            }
        }
        Shape::Text(shape) => text(&shape.galley.job.text),
        _ => {}
    }
}
