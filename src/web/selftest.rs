//! The check of the numbers: `?selftest`.
//!
//! The records are fetched from the folder `selftest` beside the page, since nobody else needs them.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Response};

use super::browser;
use crate::selftest::{Fingerprint, RULES, check, fingerprints};

/// Checks everything and writes a line for each rule into the document and to the console. The last
/// line says whether all agree.
pub async fn run() -> Result<(), JsValue> {
    let report = Report::new()?;
    let (mut agree, mut differ) = (0, 0);
    for Fingerprint {
        rule,
        here,
        everywhere,
    } in fingerprints()
    {
        if here == everywhere {
            agree += 1;
            report.line(&format!("PASS {rule}, to the last bit"));
        } else {
            differ += 1;
            report.line(&format!(
                "FAIL {rule}: {here:#018x} in place of {everywhere:#018x}"
            ));
        }
    }
    for rule in RULES {
        let records = fetch(&format!("selftest/{rule}.jsonl")).await;
        let checked = records.and_then(|records| check(rule, &records));
        match checked {
            Ok(count) => {
                agree += count;
                report.line(&format!("PASS {rule}, {count} records"));
            }
            Err(sentence) => {
                differ += 1;
                report.line(&format!("FAIL {sentence}"));
            }
        }
    }
    report.line(&match differ {
        0 => format!("all {agree} agree"),
        _ => format!("{differ} differ, {agree} agree"),
    });
    Ok(())
}

/// Fetches a text from beside the page.
async fn fetch(address: &str) -> Result<String, String> {
    let unfetched = |_: JsValue| format!("{address} cannot be fetched");
    let window = browser::window().map_err(unfetched)?;
    let response = JsFuture::from(window.fetch_with_str(address)).await;
    let response: Response = response.and_then(JsCast::dyn_into).map_err(unfetched)?;
    if !response.ok() {
        return Err(format!("{address} cannot be fetched"));
    }
    let text = JsFuture::from(response.text().map_err(unfetched)?).await;
    let text = text.map_err(unfetched)?;
    text.as_string()
        .ok_or_else(|| format!("{address} is no text"))
}

/// The lines in the document.
struct Report(Element);

impl Report {
    fn new() -> Result<Self, JsValue> {
        let report = browser::document()?.create_element("pre")?;
        report.set_id("selftest");
        let look = "margin:0;padding:1em;height:100%;overflow:auto;background:#fff;color:#111";
        report.set_attribute("style", look)?;
        browser::canvas()?.style().set_property("display", "none")?;
        browser::body()?.append_child(&report)?;
        Ok(Self(report))
    }

    fn line(&self, line: &str) {
        web_sys::console::log_1(&line.into());
        let before = self.0.text_content().unwrap_or_default();
        let between = if before.is_empty() { "" } else { "\n" };
        self.0
            .set_text_content(Some(&format!("{before}{between}{line}")));
    }
}
