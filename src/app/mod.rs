//! The window: the only room that knows eframe, panels and input.
//!
//! input → [`Command`] → [`State`] → simulation → trajectories → views. A panel reads the state and
//! sends commands; it never changes anything itself.

mod change;
mod clock;
mod command;
mod data_dialog;
mod data_models;
mod dialogs;
mod document;
mod export_dialog;
mod file_dialog;
mod games;
mod ghosts;
mod history;
mod insight;
mod last_start;
#[cfg(not(target_arch = "wasm32"))]
mod launch;
mod lessons;
mod map_cache;
mod panels;
mod playback;
mod race;
mod rate_scale;
mod settings;
mod shell;
mod state;
mod trials;
mod widgets;
mod wording;
mod worker;

pub use change::Change;
pub use clock::Clock;
pub use command::Command;
pub use document::Document;
pub use games::{Game, GameKind, GameMove, Ingredient};
#[cfg(not(target_arch = "wasm32"))]
pub use launch::{LaunchError, launch};
pub use settings::Settings;
pub use shell::SlalomApp;
pub use state::{Notice, State};
