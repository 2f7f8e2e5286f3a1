//! Reads an optimizer from its constructor in Keras, PyTorch or Optax: the reverse of a script.
//!
//! ```
//! use slalom::export::code::paste;
//!
//! let racer = paste::racer("torch.optim.AdamW(params, lr=1e-3, betas=(0.9, 0.95))").unwrap()?;
//! assert_eq!(racer.plan.optimizer.rule().learning_rate(), Some(0.001));
//! # Ok::<(), paste::PasteError>(())
//! ```

mod build;
mod call;
mod chain;
mod error;
mod given;
mod keras;
mod library;
mod optax;
mod pytorch;
mod scan;
mod signature;
mod wrap;

pub use error::PasteError;

use super::Framework;
use crate::experiment::Racer;
use crate::text::{brief, one_line};
use call::Call;
use given::Given;
use library::Constructor;

/// A constructor that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Pasted {
    /// The racer with exactly its numbers, in the library's form.
    pub racer: Racer,
    /// The library.
    pub library: Framework,
}

/// The racer of a constructor, which may be assigned to a variable or be the argument `optimizer` of
/// another call, with the library's defaults for everything that is left out; `None`
/// if the text is no call of a constructor.
///
/// # Errors
/// Names what the racer cannot have here, or what the library does not know.
#[must_use]
pub fn racer(text: &str) -> Option<Result<Racer, PasteError>> {
    Some(read(text)?.map(|pasted| pasted.racer))
}

/// The same, with the library that the constructor belongs to.
///
/// # Errors
/// Names what the racer cannot have here, or what the library does not know.
#[must_use]
pub fn read(text: &str) -> Option<Result<Pasted, PasteError>> {
    let call = Call::read(behind_imports(text))?;
    let inside = call.argument("optimizer").and_then(Call::read);
    constructed(call).or_else(|| constructed(inside?))
}

/// The racer of a chain of Optax; `None` if the call is none that is read.
fn chained(call: &Call) -> Option<Result<Pasted, PasteError>> {
    chain::read(call)
}

/// The racer of a call; `None` if it is no constructor.
fn constructed(call: Call) -> Option<Result<Pasted, PasteError>> {
    if let Some(chain) = chained(&call) {
        return Some(chain);
    }
    let constructor = Constructor::of(&call)?;
    Some(constructor.and_then(|constructor| pasted(constructor, call)))
}

/// The text after lines that import something.
fn behind_imports(mut text: &str) -> &str {
    let imports = |text: &str| ["import ", "from "].iter().any(|it| text.starts_with(it));
    loop {
        text = text.trim_start();
        match text.split_once('\n') {
            Some((_, rest)) if imports(text) => text = rest,
            _ => return text,
        }
    }
}

fn pasted(constructor: Constructor, call: Call) -> Result<Pasted, PasteError> {
    let class = constructor.signature.class.to_owned();
    let Some(arguments) = call.arguments else {
        return Err(PasteError::Unclosed { class });
    };
    if !call.rest.is_empty() {
        let rest = brief(&one_line(&call.rest));
        return Err(PasteError::Rest { class, rest });
    }
    let given = Given::new(constructor, arguments)?;
    Ok(Pasted {
        racer: build::racer(&given)?,
        library: constructor.library,
    })
}
