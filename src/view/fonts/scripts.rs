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
    /// Letters that the built-in fonts lack, for which fonts were sought.
    sought: BTreeSet<char>,
    /// Those that no font has.
    missing: BTreeSet<char>,
}

impl Plugin for Scripts {
    fn debug_name(&self) -> &'static str {
        "letters of other scripts"
    }

    fn output_hook(&mut self, ctx: &Context, output: &mut FullOutput) {
        let mut unknown = BTreeSet::new();
        for ClippedShape { shape, .. } in &output.shapes {
            visit(shape, &mut |text| self.collect(text, &mut unknown));
        }
        if unknown.is_empty() {
            return;
        }
        let found = system_fonts::covering(&unknown);
        self.missing.extend(system_fonts::without(&unknown, &found));
        self.sought.append(&mut unknown);
        if !found.is_empty() {
            for font in &found {
                add(ctx, font);
            }
            ctx.request_repaint();
        }
    }
}

impl Scripts {
    fn collect(&self, text: &str, unknown: &mut BTreeSet<char>) {
        if !text.is_ascii() {
            let lacking = lacking(text);
            unknown.extend(lacking.difference(&self.sought));
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
