//! What sliders remember from frame to frame.

use egui::{Context, Id};

/// What the sliders of a window remember from frame to frame.
#[derive(Debug, Default)]
pub struct SliderMemory {
    /// The slider that had the focus last.
    pub focused: Option<Id>,
    /// The number that is being typed.
    pub typing: Option<Typing>,
    /// The text that was refused last.
    pub refused: Option<Refused>,
    /// The slider whose handle follows the pointer at a distance, since Shift was pressed.
    pub relative: Option<Id>,
    moving: Option<Moving>,
}

/// A number that is being typed.
#[derive(Debug)]
pub struct Typing {
    /// The number's field.
    pub field: Id,
    /// The text.
    pub text: String,
    /// Whether the field has just been opened.
    pub is_new: bool,
}

/// A text that is not a valid number.
#[derive(Debug)]
pub struct Refused {
    /// The number's field.
    pub field: Id,
    /// The text.
    pub text: String,
    /// The reason, one sentence.
    pub reason: String,
    /// The value that stays.
    pub value: f64,
    /// The last pass in which the field was shown.
    pub pass: u64,
}

/// A value that is moved by small amounts, which rounding would swallow.
#[derive(Debug)]
struct Moving {
    control: Id,
    exact: f64,
    rounded: f64,
}

impl SliderMemory {
    /// Returns whether a slider has the focus, in which case the arrow keys move its value.
    #[must_use]
    pub fn has_focus(&self, ctx: &Context) -> bool {
        self.focused.is_some() && ctx.memory(egui::Memory::focused) == self.focused
    }

    /// Returns the value before rounding, if this control moved it last, or else the value itself.
    pub fn unrounded(&self, control: Id, value: f64) -> f64 {
        let moving = self.moving.as_ref();
        let same = |it: &&Moving| it.control == control && it.rounded.to_bits() == value.to_bits();
        moving.filter(same).map_or(value, |it| it.exact)
    }

    /// Remembers a moved value before rounding.
    pub fn moved(&mut self, control: Id, exact: f64, rounded: f64) {
        self.refused = None;
        self.moving = Some(Moving {
            control,
            exact,
            rounded,
        });
    }

    /// Starts typing a number, beginning with the refused text if there is one.
    pub fn start_typing(&mut self, field: Id, text: String) {
        let refused = self.refused.take().filter(|it| it.field == field);
        self.typing = Some(Typing {
            field,
            text: refused.map_or(text, |it| it.text),
            is_new: true,
        });
    }

    /// Returns what was refused in a field, unless its value has changed since or the field was out
    /// of sight.
    pub fn refused_in(&mut self, field: Id, value: f64, pass: u64) -> Option<&Refused> {
        let refused = self.refused.as_mut().filter(|it| it.field == field)?;
        if refused.value.to_bits() != value.to_bits() || pass > refused.pass + 2 {
            self.refused = None;
            return None;
        }
        refused.pass = pass;
        self.refused.as_ref()
    }
}
