//! The clipboard.
//!
//! The desktop lets a program write to it at any time. A web page may do so only right after a
//! click or a key press, and may copy pictures only if it was loaded over HTTPS. egui asks either
//! of them at the end of the frame; neither tells whether it worked.

use egui::{ColorImage, Context, Event};

/// Copies a text.
pub fn copy_text(ctx: &Context, text: String) {
    ctx.copy_text(text);
}

/// Copies a picture.
pub fn copy_picture(ctx: &Context, picture: ColorImage) {
    ctx.copy_image(picture);
}

/// Returns the text pasted in this frame.
pub fn pasted(ctx: &Context) -> Option<String> {
    ctx.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Paste(text) => Some(text.clone()),
            _ => None,
        })
    })
}

#[cfg(test)]
mod tests {
    use egui::{OutputCommand, RawInput};

    use super::*;

    #[test]
    fn what_is_pasted_can_be_copied() {
        let ctx = Context::default();
        let input = RawInput {
            events: vec![Event::Copy, Event::Paste("a race".into())],
            ..RawInput::default()
        };
        let mut output = ctx.run_ui(input, |ui| {
            if let Some(text) = pasted(ui.ctx()) {
                copy_text(ui.ctx(), text);
            }
        });
        output.textures_delta.clear();
        let copied = OutputCommand::CopyText("a race".into());
        assert_eq!(output.platform_output.commands, [copied]);
    }
}
