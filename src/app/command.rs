//! Everything that a user can do, in one list: menus, buttons, keys and tooltips are made from it.

use std::path::PathBuf;

use egui::{Key, KeyboardShortcut, Modifiers};

use super::change::Change;
use super::games;
use super::state::{Notice, State};
use crate::analysis::{Quantity, Ranking, TimeUnit};
use crate::export::code;
use crate::optimizer::Origin;
use crate::plane::Window;
use crate::preset::Arrows;
use crate::surface::SurfaceChoice;

/// Something that a user can do.
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
    /// Save to the file it came from, or ask for one.
    Save,
    /// Ask for a file and save to it.
    SaveAs,
    /// Save to a file.
    SaveTo(PathBuf),
    /// Ask how to export a picture, a clip or numbers.
    Export,
    /// Say something at the lower edge.
    Notify(Notice),
    /// Copy the preset's text.
    Share,
    /// Leave.
    Quit,

    /// Change the experiment.
    Change(Change),
    /// Take the last change back.
    Undo,
    /// Make it again.
    Redo,

    /// Start or stop the playhead.
    PlayPause,
    /// One step on.
    StepForward,
    /// One step back.
    StepBack,
    /// Ten steps on.
    TenForward,
    /// Ten steps back.
    TenBack,
    /// To the start.
    ToStart,
    /// To the end.
    ToEnd,
    /// From the start, playing.
    Replay,
    /// To a step.
    Seek(f64),
    /// Change the speed; 1 is 25 steps a second.
    Speed(f64),
    /// Start over at the end, or not.
    ToggleLoop,

    /// Open a racer in the panels.
    Select(Option<usize>),
    /// Show one racer alone, or all again.
    Solo(usize),
    /// Show a part of the plane.
    ShowWindow(Window),
    /// Show the part of the plane in which the paths lie.
    FitPaths,
    /// Show the whole surface.
    ShowAll,
    /// Dark or light.
    ToggleTheme,
    /// Fold the racers' panel away, or back.
    ToggleLeft,
    /// Fold the panel with chart and leaderboard away, or back.
    ToggleRight,
    /// Large text and trails, nothing but scene and timeline.
    TogglePresenter,
    /// Enlarge crowded heads, or not.
    ToggleLens,
    /// Let a unit of x be longer than one of y, or not.
    ToggleStretch,
    /// Do without motion that is not asked for, or not.
    ToggleMotion,
    /// How many steps of trail stay visible; `None`: all.
    TrailLength(Option<f64>),
    /// Draw the selected racer's step as arrows, or not.
    Arrows(Arrows),
    /// The next way of drawing the step.
    CycleArrows,
    /// Show the data beside the surface, or not.
    ToggleData,
    /// Draw the ground's curvature at the selected racer, or not.
    ToggleCurvature,
    /// Load the data of a surface and race on it.
    UseSurface(SurfaceChoice),
    /// Ask for a file of data and a model.
    AskForData,
    /// Begin a game.
    StartGame(games::GameKind),
    /// End the game that is being played.
    LeaveGame,
    /// A move in the game that is being played.
    PlayGame(games::GameMove),
    /// Keep the paths as they are now as thin ghosts, or let them go.
    PinBaseline,
    /// Let the paths recorded elsewhere go.
    ForgetImported,
    /// Show the selected racer in a library's form beside itself; `None`: no longer.
    Compare(Option<Origin>),
    /// Copy the race, or one racer by its index, as a script for a library.
    CopyCode(Option<usize>, code::Framework),
    /// Show another quantity in the chart.
    Chart(Quantity),
    /// Draw the chart against something else.
    ChartAgainst(TimeUnit),
    /// The chart's vertical axis, linear or logarithmic.
    ToggleLinear,
    /// Link a parameter across all racers, or not.
    ToggleLink(String),
    /// Rank the leaderboard otherwise.
    Rank(Ranking),
    /// Show keys and gestures.
    Help,
    /// Close what lies over the window.
    Dismiss,
    /// What was asked about is thrown away.
    Discard,
}

const NONE: Modifiers = Modifiers::NONE;
const SHIFT: Modifiers = Modifiers::SHIFT;
const CTRL: Modifiers = Modifiers::COMMAND;

impl Command {
    /// Every command that needs nothing but itself, in the order of the help.
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
        Self::Open,
        Self::AskForData,
        Self::Save,
        Self::SaveAs,
        Self::Export,
        Self::Share,
        Self::Help,
        Self::Dismiss,
        Self::Quit,
    ];

    /// What it is called in menus and tooltips.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::New => "New experiment",
            Self::Open | Self::OpenFile(_) | Self::OpenBuiltIn(_) | Self::OpenText(_) => {
                "Open a preset…"
            }
            Self::Save => "Save",
            Self::SaveAs | Self::SaveTo(_) => "Save as…",
            Self::Export => "Export a picture, a clip or the numbers…",
            Self::Notify(_) => "Show a message",
            Self::Share => "Copy the preset as text, to share it",
            Self::Quit => "Quit",
            Self::Change(_) => "Change",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
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
            Self::AskForData => "Fit a model to a CSV file…",
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
            Self::Help => "Keys and gestures",
            Self::Dismiss => "Close",
            Self::Discard => "Discard the changes",
        }
    }

    /// The keys for it, the first one shown.
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
            Self::Open => &[(CTRL, Key::O)],
            Self::Save => &[(CTRL, Key::S)],
            Self::SaveAs => &[(CTRL.plus(SHIFT), Key::S)],
            Self::Export => &[(CTRL, Key::E)],
            Self::Quit => &[(CTRL, Key::Q)],
            Self::Help => &[(NONE, Key::F1), (SHIFT, Key::Questionmark)],
            Self::Dismiss => &[(NONE, Key::Escape)],
            _ => &[],
        };
        keys.iter()
            .map(|&(modifiers, key)| KeyboardShortcut::new(modifiers, key))
            .collect()
    }

    /// Why it cannot be done now; `None` if it can.
    #[must_use]
    pub fn hindrance(&self, state: &State) -> Option<&'static str> {
        let document = state.document();
        match self {
            Self::Undo if !document.can_undo() => Some("Nothing has been changed yet"),
            Self::Redo if !document.can_redo() => Some("Nothing has been undone"),
            Self::ToggleData if document.race.surface().rows() == 0 => {
                Some("This surface is a formula; it has no data")
            }
            Self::ForgetImported if document.imported.is_empty() => {
                Some("No path has been imported")
            }
            Self::StepBack | Self::TenBack | Self::ToStart if document.playback.playhead <= 0.0 => {
                Some("The race is at its start")
            }
            Self::StepForward | Self::TenForward | Self::ToEnd
                if document.playback.playhead >= document.steps() =>
            {
                Some("The race is at its end")
            }
            _ => None,
        }
    }

    /// Label and keys, as a tooltip says them.
    #[must_use]
    pub fn tooltip(&self, ctx: &egui::Context) -> String {
        match self.shortcuts().first() {
            Some(shortcut) => format!("{} ({})", self.label(), ctx.format_shortcut(shortcut)),
            None => self.label().into(),
        }
    }
}
