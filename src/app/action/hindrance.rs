//! Why a command cannot be executed now.

use crate::app::command::Command;
use crate::app::workspace::State;

impl Command {
    /// Returns the reason why the command is unavailable; `None` if it is available.
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
            Self::CloseActiveTab | Self::CloseTab(_) | Self::NextTab | Self::PreviousTab
                if state.documents().len() < 2 =>
            {
                Some("There is only one tab")
            }
            _ => None,
        }
    }
}
