//! Every user action in one list, from which menus, buttons, keys and tooltips are made.

use std::path::PathBuf;

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::analysis::{Quantity, Ranking, TimeUnit};
use crate::app::document::change::Change;
use crate::app::document::lessons::LessonAt;
use crate::app::games;
use crate::export::code;
use crate::optimizer::Origin;
use crate::plane::Window;
use crate::preset::Arrows;
use crate::surface::SurfaceChoice;

/// A one-sentence message for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The message.
    pub text: String,
    /// Whether it reports an error.
    pub error: bool,
}

/// A user action.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Start from an experiment with one racer.
    New,
    /// Ask for a preset file and open it.
    Open,
    /// Open a preset file.
    OpenFile(PathBuf),
    /// Open a built-in preset.
    OpenBuiltIn(&'static str),
    /// Open the text of a preset, as pasted.
    OpenText(String),
    /// Add the racer of a library's constructor, as pasted; other text is ignored.
    AddText(String),
    /// Save to the file it came from, or ask for one.
    Save,
    /// Ask for a file and save to it.
    SaveAs,
    /// Save to the given file.
    SaveTo(PathBuf),
    /// Ask how to export a picture, a clip or numbers.
    Export,
    /// Show a notice at the bottom of the window.
    Notify(Notice),
    /// Copy the preset as text.
    Share,
    /// Quit.
    Quit,

    /// Open a new experiment in a tab of its own.
    NewTab,
    /// Execute a command that opens something, in a new tab.
    InNewTab(Box<Command>),
    /// Show the tab at an index.
    ShowTab(usize),
    /// Show the next tab.
    NextTab,
    /// Show the previous tab.
    PreviousTab,
    /// Close the tab at an index.
    CloseTab(usize),
    /// Close the tab that is shown.
    CloseActiveTab,
    /// Move a tab.
    MoveTab {
        /// The index to move from.
        from: usize,
        /// The index to move to.
        to: usize,
    },

    /// Change the experiment.
    Change(Change),
    /// Undo the last change.
    Undo,
    /// Redo the last undone change.
    Redo,
    /// Undo or redo until this many steps of the history are done.
    GoTo(usize),

    /// Start or stop the playhead.
    PlayPause,
    /// Step forward.
    StepForward,
    /// Step back.
    StepBack,
    /// Go ten steps forward.
    TenForward,
    /// Go ten steps back.
    TenBack,
    /// Go to the start.
    ToStart,
    /// Go to the end.
    ToEnd,
    /// Play from the start.
    Replay,
    /// Go to the given step.
    Seek(f64),
    /// Set the speed; 1 is 25 steps per second.
    Speed(f64),
    /// Toggle whether the race starts over at its end.
    ToggleLoop,

    /// Select a racer.
    Select(Option<usize>),
    /// Show only one racer, or all again.
    Solo(usize),
    /// Show a part of the plane.
    ShowWindow(Window),
    /// Show the part of the plane that contains the paths.
    FitPaths,
    /// Show the whole surface.
    ShowAll,
    /// Toggle between the dark and the light theme.
    ToggleTheme,
    /// Show or hide the racers' panel.
    ToggleLeft,
    /// Show or hide the panel with chart and leaderboard.
    ToggleRight,
    /// Toggle presenter mode: large text, thick trails, and only scene and timeline.
    TogglePresenter,
    /// Toggle the lens on crowded heads.
    ToggleLens,
    /// Toggle whether x and y may have different scales.
    ToggleStretch,
    /// Toggle reduced motion.
    ToggleMotion,
    /// Set the number of steps for which the trail stays visible; `None` shows all.
    TrailLength(Option<f64>),
    /// Set how the selected racer's step is drawn as arrows.
    Arrows(Arrows),
    /// Switch to the next way of drawing the step.
    CycleArrows,
    /// Show or hide the data beside the surface.
    ToggleData,
    /// Show or hide the curvature of the surface at the selected racer.
    ToggleCurvature,
    /// Load the data of a surface and switch to it.
    UseSurface(SurfaceChoice),
    /// Ask for a data file and a model.
    AskForData,
    /// Start a game.
    StartGame(games::GameKind),
    /// Leave the current game.
    LeaveGame,
    /// Make a move in the current game.
    PlayGame(games::GameMove),
    /// Pin the current paths as thin ghosts, or unpin them.
    PinBaseline,
    /// Remove the paths recorded elsewhere.
    ForgetImported,
    /// Compare the selected racer with another library's form of it; `None` ends the comparison.
    Compare(Option<Origin>),
    /// Copy the race, or the racer at the given index, as a script for a framework.
    CopyCode(Option<usize>, code::Framework),
    /// Choose the quantity shown in the chart.
    Chart(Quantity),
    /// Choose the unit of the chart's horizontal axis.
    ChartAgainst(TimeUnit),
    /// Toggle between a linear and a logarithmic vertical axis in the chart.
    ToggleLinear,
    /// Link a parameter across all racers, or unlink it.
    ToggleLink(String),
    /// Choose how the leaderboard ranks.
    Rank(Ranking),
    /// Search for anything to do, to add or to open.
    Palette,
    /// Show keys and gestures.
    Help,
    /// Close the open dialog or notice.
    Dismiss,
    /// Discard the changes that the dialog asks about.
    Discard,
}

const NONE: Modifiers = Modifiers::NONE;
const SHIFT: Modifiers = Modifiers::SHIFT;
const CTRL: Modifiers = Modifiers::COMMAND;

impl Command {
    /// Every command that takes no argument, in the order of the help.
    pub const PLAIN: &[Self] = &[
        Self::PlayPause,
        Self::StepForward,
        Self::StepBack,
        Self::TenForward,
        Self::TenBack,
        Self::ToStart,
        Self::ToEnd,
        Self::Replay,
        Self::ToggleLoop,
        Self::FitPaths,
        Self::ShowAll,
        Self::PinBaseline,
        Self::ForgetImported,
        Self::CycleArrows,
        Self::ToggleCurvature,
        Self::ToggleData,
        Self::ToggleLens,
        Self::ToggleStretch,
        Self::ToggleLeft,
        Self::ToggleRight,
        Self::TogglePresenter,
        Self::ToggleTheme,
        Self::Undo,
        Self::Redo,
        Self::New,
        Self::NewTab,
        Self::NextTab,
        Self::PreviousTab,
        Self::CloseActiveTab,
        Self::Open,
        Self::AskForData,
        Self::Save,
        Self::SaveAs,
        Self::Export,
        Self::Share,
        Self::Palette,
        Self::Help,
        Self::Dismiss,
        Self::Quit,
    ];

    /// Returns the text for menus and tooltips.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::New => "New experiment",
            Self::Open | Self::OpenFile(_) | Self::OpenBuiltIn(_) | Self::OpenText(_) => {
                "Open a preset…"
            }
            Self::AddText(_) => "Add a racer",
            Self::Save => "Save",
            Self::SaveAs | Self::SaveTo(_) => "Save as…",
            Self::Export => "Export a picture, a clip or the numbers…",
            Self::Notify(_) => "Show a message",
            Self::Share => "Copy the preset as text, to share it",
            Self::Quit => "Quit",
            Self::NewTab => "New tab",
            Self::InNewTab(_) => "Open in a new tab",
            Self::ShowTab(_) => "Show a tab",
            Self::NextTab => "Next tab",
            Self::PreviousTab => "Previous tab",
            Self::CloseTab(_) | Self::CloseActiveTab => "Close the tab",
            Self::MoveTab { .. } => "Move a tab",
            Self::Change(_) => "Change",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::GoTo(_) => "History",
            Self::PlayPause => "Play or pause",
            Self::StepForward => "One step forward",
            Self::StepBack => "One step back",
            Self::TenForward => "Ten steps forward",
            Self::TenBack => "Ten steps back",
            Self::ToStart => "Go to the start",
            Self::ToEnd => "Go to the end",
            Self::Replay => "Play from the start",
            Self::Seek(_) => "Go to a step",
            Self::Speed(_) => "Change the speed",
            Self::ToggleLoop => "Loop",
            Self::Select(_) => "Select a racer",
            Self::Solo(_) => "Show only this racer",
            Self::ShowWindow(_) => "Move the view",
            Self::FitPaths => "Fit the view to the paths",
            Self::ShowAll => "Show the whole surface",
            Self::ToggleTheme => "Dark or light theme",
            Self::ToggleLeft => "Racers panel",
            Self::ToggleRight => "Chart and leaderboard",
            Self::TogglePresenter => "Presenter mode",
            Self::ToggleLens => "Magnify crowded racers",
            Self::ToggleStretch => "Stretch the surface to fill the view",
            Self::ToggleMotion => "Reduce motion",
            Self::TrailLength(_) => "Trail length",
            Self::Arrows(_) | Self::CycleArrows => "Show the step as arrows",
            Self::ToggleData => "Show the data beside the surface",
            Self::ToggleCurvature => "Show the curvature",
            Self::UseSurface(_) => "Change the surface",
            Self::AskForData => "Fit a model to data…",
            Self::StartGame(_) => "Start a game",
            Self::LeaveGame => "Leave the game",
            Self::PlayGame(_) => "Make a move",
            Self::PinBaseline => "Pin the paths as a baseline",
            Self::ForgetImported => "Remove the imported paths",
            Self::Compare(_) => "Compare with another library",
            Self::CopyCode(..) => "Copy as a script",
            Self::Chart(_) => "What the chart shows",
            Self::ChartAgainst(_) => "What the chart is plotted against",
            Self::ToggleLinear => "Linear scale",
            Self::ToggleLink(_) => "Link across racers",
            Self::Rank(_) => "Rank the racers",
            Self::Palette => "Search for anything to do",
            Self::Help => "Keys and gestures",
            Self::Dismiss => "Close",
            Self::Discard => "Discard the changes",
        }
    }

    /// Returns the keyboard shortcuts. The first one is the one shown.
    #[must_use]
    pub fn shortcuts(&self) -> Vec<KeyboardShortcut> {
        let keys: &[(Modifiers, Key)] = match self {
            Self::PlayPause => &[(NONE, Key::Space)],
            Self::StepForward => &[(NONE, Key::ArrowRight)],
            Self::StepBack => &[(NONE, Key::ArrowLeft)],
            Self::TenForward => &[(SHIFT, Key::ArrowRight)],
            Self::TenBack => &[(SHIFT, Key::ArrowLeft)],
            Self::ToStart => &[(NONE, Key::Home)],
            Self::ToEnd => &[(NONE, Key::End)],
            Self::Replay => &[(NONE, Key::R)],
            Self::ToggleLoop => &[(NONE, Key::L)],
            Self::FitPaths => &[(NONE, Key::F)],
            Self::ShowAll => &[(NONE, Key::Z)],
            Self::PinBaseline => &[(NONE, Key::B)],
            Self::CycleArrows => &[(NONE, Key::A)],
            Self::ToggleData => &[(NONE, Key::D), (NONE, Key::Num3)],
            Self::ToggleCurvature => &[(NONE, Key::C)],
            Self::ToggleTheme => &[(NONE, Key::T)],
            Self::TogglePresenter => &[(NONE, Key::F5), (NONE, Key::P)],
            Self::ToggleLeft => &[(CTRL, Key::B)],
            Self::ToggleRight => &[(CTRL, Key::J)],
            Self::Undo => &[(CTRL, Key::Z)],
            Self::Redo => &[(CTRL.plus(SHIFT), Key::Z), (CTRL, Key::Y)],
            Self::New => &[(CTRL, Key::N)],
            Self::NewTab => &[(CTRL, Key::T)],
            Self::NextTab => &[(CTRL, Key::Tab), (CTRL, Key::PageDown)],
            Self::PreviousTab => &[(CTRL.plus(SHIFT), Key::Tab), (CTRL, Key::PageUp)],
            Self::CloseActiveTab => &[(CTRL, Key::W)],
            Self::Open => &[(CTRL, Key::O)],
            Self::Save => &[(CTRL, Key::S)],
            Self::SaveAs => &[(CTRL.plus(SHIFT), Key::S)],
            Self::Export => &[(CTRL, Key::E)],
            Self::Quit => &[(CTRL, Key::Q)],
            Self::Palette => &[(CTRL, Key::P), (CTRL, Key::K)],
            Self::Help => &[(NONE, Key::F1), (SHIFT, Key::Questionmark)],
            Self::Dismiss => &[(NONE, Key::Escape)],
            _ => &[],
        };
        keys.iter()
            .map(|&(modifiers, key)| KeyboardShortcut::new(modifiers, key))
            .collect()
    }

    /// Returns the text of a tooltip: the label and the first shortcut.
    #[must_use]
    pub fn tooltip(&self, ctx: &egui::Context) -> String {
        match self.shortcuts().first() {
            Some(shortcut) => format!("{} ({})", self.label(), ctx.format_shortcut(shortcut)),
            None => self.label().into(),
        }
    }
}

impl From<&LessonAt> for Command {
    /// Returns the command that opens a lesson.
    fn from(lesson: &LessonAt) -> Self {
        match lesson {
            LessonAt::BuiltIn(name) => Self::OpenBuiltIn(name),
            LessonAt::File(path) => Self::OpenFile(path.clone()),
        }
    }
}
