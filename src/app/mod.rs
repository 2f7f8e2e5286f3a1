//! The window: the only room that knows eframe, panels and input.
//!
//! input → [`Command`] → [`State`] → simulation → trajectories → views. A panel reads the state and
//! sends commands; it never changes anything itself.

mod action;
mod caches;
mod command;
mod desk;
mod dialogs;
mod document;
mod games;
mod panels;
mod ports;
mod shell;
mod widgets;
mod worker;
mod workspace;

pub use command::{Command, Notice};
pub use document::Document;
pub use document::change::Change;
pub use document::clock::Clock;
pub use games::{Game, GameKind, GameMove, Ingredient};
pub use shell::SlalomApp;
#[cfg(not(target_arch = "wasm32"))]
pub use shell::launch::{LaunchError, launch};
pub use workspace::settings::Settings;
pub use workspace::{Asked, State};
