//! The description of update rules: their texts, hyper-parameters, notes, equations, and the
//! libraries' defaults.

mod about;
pub mod equation;
pub mod fields;
mod history;
mod label;
mod note;
mod notebook;
mod parameter;
mod recurrence;
pub(super) mod typed;

pub use about::{About, Defaults, Described, Origin, Rule};
pub use equation::{Line, Term};
pub use fields::Velocity;
pub use history::{Claim, History, Kin, Outcome, Parent, Shown, Trial};
pub use label::spelled;
pub use note::{Family, Note, NoteRole, NoteShape, notes};
pub use notebook::{Notebook, Told};
pub(super) use parameter::forms;
pub use parameter::{Choose, Field, Parameter, ParameterKind, Role, Valid, Value};
pub use recurrence::Recurrence;
pub use typed::{ByHand, INNER_STEP};
