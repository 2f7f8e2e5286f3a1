//! The page in a browser: what surrounds the window there.
//!
//! What the address asks for decides what opens: the window, a figure in an article, or the check of
//! the numbers. [`address`], [`messages`] and [`poster`] need no browser.

pub mod address;
#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod fallback;
#[cfg(target_arch = "wasm32")]
mod figure;
#[cfg(target_arch = "wasm32")]
mod links;
pub mod messages;
pub mod poster;
#[cfg(target_arch = "wasm32")]
mod selftest;
#[cfg(target_arch = "wasm32")]
mod state;

#[cfg(target_arch = "wasm32")]
pub use opened::main;

#[cfg(target_arch = "wasm32")]
mod opened {
    use wasm_bindgen::JsValue;

    use super::address::Wanted;
    use super::state::{self, State};
    use super::{browser, figure, links, selftest};

    /// Opens what the address asks for.
    pub fn main() {
        std::panic::set_hook(Box::new(|report| {
            state::show(State::Stopped, &report.to_string());
        }));
        wasm_bindgen_futures::spawn_local(async {
            match start().await {
                Ok(()) => state::show(State::Running, ""),
                Err(why) => {
                    web_sys::console::error_1(&why);
                    state::show(State::Unable, "");
                }
            }
        });
    }

    async fn start() -> Result<(), JsValue> {
        let wanted = Wanted::of(&browser::location()?.search()?);
        if wanted.selftest {
            selftest::run().await
        } else if wanted.figure {
            figure::open(wanted)
        } else {
            links::open().await
        }
    }
}
