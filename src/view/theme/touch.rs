//! Sizes for fingers, which are larger than the tip of a mouse pointer.

use egui::{Context, Sense, Style, TextStyle, Theme, Ui, Vec2, vec2};

use super::{Colors, style_for};

/// The least width and height of what a finger can hit.
pub const TARGET: f32 = 44.0;
/// How much larger text is.
const LARGER: f32 = 1.5;
/// How far beside a small widget a finger may touch.
const REACH: f32 = 8.0;

/// Makes both themes fit for fingers, or for a mouse, unless they are already.
pub fn suit(ctx: &Context, fingers: bool) {
    for theme in [Theme::Dark, Theme::Light] {
        if is_for_fingers(&ctx.style_of(theme)) != fingers {
            ctx.style_mut_of(theme, |style| {
                *style = Style::default();
                style_for(style, &Colors::of(theme));
                if fingers {
                    enlarge(style);
                }
            });
        }
    }
}

fn enlarge(style: &mut Style) {
    for font in style.text_styles.values_mut() {
        font.size += LARGER;
    }
    if let Some(title) = style.text_styles.get_mut(&TextStyle::Heading) {
        title.size = super::TITLE;
    }
    style.interaction.interact_radius = REACH;
    let spacing = &mut style.spacing;
    spacing.interact_size = Vec2::splat(TARGET);
    spacing.button_padding = vec2(12.0, 6.0);
    spacing.icon_width = 20.0;
    spacing.icon_width_inner = 12.0;
}

/// Returns whether a style is for fingers.
#[must_use]
pub fn is_for_fingers(style: &Style) -> bool {
    style.interaction.interact_radius >= REACH
}

/// Returns a width or height at which the widget can be hit: for fingers, it is 44 points at least.
#[must_use]
pub fn target(ui: &Ui, size: f32) -> f32 {
    if is_for_fingers(ui.style()) {
        size.max(TARGET)
    } else {
        size
    }
}

/// Returns a size at which the widget can be hit.
#[must_use]
pub fn target_size(ui: &Ui, size: Vec2) -> Vec2 {
    vec2(target(ui, size.x), target(ui, size.y))
}

/// Returns how much larger icons are.
#[must_use]
pub fn scale(ui: &Ui) -> f32 {
    if is_for_fingers(ui.style()) {
        1.25
    } else {
        1.0
    }
}

/// Returns what something senses that only tells about itself: the pointer above it, or a finger that
/// rests on it.
#[must_use]
pub fn hold(ui: &Ui) -> Sense {
    if is_for_fingers(ui.style()) {
        Sense::CLICK
    } else {
        Sense::hover()
    }
}

/// Returns the size of a text, which is larger on a device held in the hand.
#[must_use]
pub fn text(ui: &Ui, size: f32) -> f32 {
    if is_for_fingers(ui.style()) {
        size + LARGER
    } else {
        size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_for_fingers_is_left_as_it_was() {
        let ctx = Context::default();
        super::super::apply(&ctx);
        let before = ctx.style_of(Theme::Dark);
        suit(&ctx, true);
        let enlarged = ctx.style_of(Theme::Dark);
        assert!(is_for_fingers(&enlarged) && !is_for_fingers(&before));
        assert_eq!(enlarged.spacing.interact_size.y, TARGET);
        assert_eq!(enlarged.visuals, before.visuals);
        suit(&ctx, false);
        let after = ctx.style_of(Theme::Dark);
        assert_eq!(after.spacing, before.spacing);
        assert_eq!(after.text_styles, before.text_styles);
        assert_eq!(after.interaction, before.interaction);
    }
}
