//! What comes of an input.

use std::any::Any;
use std::cell::RefCell;
use std::error::Error;
use std::fmt;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use super::words::skeleton;

/// What a reader makes of an input: what the answer is like or, if what was read is wrong, what is
/// wrong with it.
pub type Answer = Result<String, String>;

/// The head of the answers to valid inputs.
pub const VALID: &str = "valid";

/// Returns the answer that an input is refused with this error: the name of its variant, and its
/// sentence without what it quotes.
pub fn of_error(error: &(impl Error + ?Sized)) -> String {
    let said = error.to_string();
    let variant = format!("{error:?}");
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let variant = variant.split(|letter| !is_word(letter)).next();
    format!("{}: {}", variant.unwrap_or_default(), skeleton(&said))
}

/// Returns the part of an answer before the colon.
pub fn head(answer: &str) -> &str {
    answer.split(':').next().unwrap_or_default()
}

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it is: faults in the same place are the same.
    pub place: String,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what: String = self.what.chars().take(2000).collect();
        write!(f, "{what} ({})", self.place)
    }
}

thread_local! {
    /// The place of the last panic on this thread; `None` if panics are not caught here.
    static PANICKED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Notes the places of panics that are caught rather than printing them.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panicked| {
            let is_caught = PANICKED.with_borrow_mut(|place| {
                let is_caught = place.is_some();
                if is_caught {
                    *place = panicked.location().map(ToString::to_string);
                }
                is_caught
            });
            if !is_caught {
                usual(panicked);
            }
        }));
    });
}

/// Reads an input.
pub fn run(read: fn(&[u8]) -> Answer, input: &[u8]) -> Result<String, Fault> {
    listen();
    PANICKED.set(Some(String::new()));
    let answer = catch_unwind(AssertUnwindSafe(|| read(input)));
    let place = PANICKED.take().unwrap_or_default();
    match answer {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(what)) => Err(Fault {
            place: skeleton(&what),
            what,
        }),
        Err(cause) => Err(Fault {
            what: format!("a panic: {}", said(&*cause)),
            place,
        }),
    }
}

fn said(cause: &(dyn Any + Send)) -> &str {
    let text = cause.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| cause.downcast_ref::<&str>().copied());
    text.unwrap_or("something that is no text")
}
