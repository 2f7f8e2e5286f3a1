//! What a figure is where the browser cannot draw it: a picture, a sentence, and a way to the page.

use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{HtmlAnchorElement, HtmlElement, HtmlImageElement};

use super::address::Wanted;
use super::{browser, poster};
use crate::preset::Preset;

/// The height of the sentence below the picture, in points.
const FOOT: f64 = 48.0;

/// Shows the picture of the last step in place of the canvas. `page` is the address to which the
/// figure leads.
pub fn show(preset: &Preset, wanted: &Wanted, page: &str) -> Result<(), JsValue> {
    let document = browser::document()?;
    let is_dark = match wanted.theme {
        Some(theme) => theme == egui::ThemePreference::Dark,
        None => browser::prefers("prefers-color-scheme: dark"),
    };
    let window = browser::window()?;
    let side = |value: JsValue| value.as_f64().unwrap_or_default();
    let (width, height) = (
        side(window.inner_width()?),
        side(window.inner_height()?) - FOOT,
    );
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size on the screen"
    )]
    let source = match &wanted.poster {
        Some(address) => address.clone(),
        None => {
            let size = [width.max(1.0) as usize, height.max(1.0) as usize];
            let scale = window.device_pixel_ratio() as f32;
            poster::data_url(preset, size, scale, is_dark)?
        }
    };
    browser::canvas()?.style().set_property("display", "none")?;
    let image: HtmlImageElement = document.create_element("img")?.dyn_into()?;
    image.set_alt(&format!("{}, the last step", preset.experiment.title));
    image.set_src(&source);
    let look = format!("display:block;width:100%;height:calc(100% - {FOOT}px);object-fit:contain");
    image.style().set_css_text(&look);
    let sentence: HtmlElement = document.create_element("p")?.dyn_into()?;
    let (ground, text, link) = if is_dark {
        ("#151c2b", "#e6ebf5", "#8ab4ff")
    } else {
        ("#ffffff", "#1b2333", "#1f56d8")
    };
    let look = format!(
        "margin:0;padding:0 14px;font:13px/{FOOT}px system-ui,sans-serif;background:{ground};color:{text}"
    );
    sentence.style().set_css_text(&look);
    sentence.set_text_content(Some("This browser cannot draw the live figure. "));
    let way: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    let race = crate::preset::link(preset).unwrap_or_default();
    way.set_href(&format!("{page}#{race}"));
    way.set_target("_blank");
    way.set_text_content(Some("Open as a page"));
    way.style().set_property("color", link)?;
    sentence.append_child(&way)?;
    let body = browser::body()?;
    body.append_child(&image)?;
    body.append_child(&sentence)?;
    Ok(())
}
