//! The window: the only room that knows eframe, panels and input.
//!
//! input → [`Action`] → [`Workspace`] → simulation → trajectories → views. A panel is handed the
//! document that it shows and sends actions; it never changes anything itself.

mod action;
mod caches;
mod controls;
mod desk;
mod dialogs;
mod document;
mod games;
#[cfg(not(target_arch = "wasm32"))]
mod journal;
mod panels;
mod ports;
mod recovery;
mod settings;
mod shell;
mod slider_memory;
mod widgets;
mod worker;
mod workspace;

pub use action::{Action, AppAction, Category, DocumentAction, Entry, LONGEST_ADDRESS, table};
pub use document::Document;
pub use document::change::Change;
pub use document::clock::Clock;
pub use document::difference::{Aspect, Difference, Differences, Pair, Pairs, Part, Take, Values};
pub use document::formula_change::FormulaChange;
pub use document::group_change::GroupChange;
pub use document::ids::{DocumentId, RacerId};
pub use document::lineup::Lineup;
pub use document::rule_change::RuleChange;
pub use document::source::Source;
pub use games::{Game, GameKind, GameMove, Ingredient};
#[cfg(not(target_arch = "wasm32"))]
pub use recovery::Folder;
pub use recovery::{Lost, Session, Unusable, session_from, settings_from, settings_to_text};
pub use settings::Settings;
pub use settings::library::{Entry as Kept, Library, Thing};
pub use shell::SlalomApp;
pub use shell::figure::{Listener, Moment, workspace as figure_workspace};
#[cfg(not(target_arch = "wasm32"))]
pub use shell::launch::{LaunchError, launch};
#[cfg(target_arch = "wasm32")]
pub use shell::page::Page;
pub use workspace::{
    Asked, Comparison, Drawer, Layout, List, Next, Notice, Opening, Pane, Racers, Side, Workspace,
};
