//! Opening, saving and handing on.

use egui::Key;

use super::{ALT, ALT_SHIFT, CTRL, CTRL_SHIFT, Category, Entry, entries};
use crate::app::workspace::{Asked, Next, Opening, Workspace};
use crate::export::code::Framework;
use crate::view::icon::Icon;

entries! { File:
    /// Starts from an experiment with two racers.
    NEW = Entry::app("new", "New race", Icon::New, |it| {
        it.ask_or_go_on(Next::Open(Opening::New));
    })
    .keys(&[(CTRL, Key::N)])
    .on_a_page(&[(ALT_SHIFT, Key::N)]);
    /// Asks for a file and opens it.
    OPEN = Entry::app("open", "Open a file…", Icon::Open, |it| it.asked = Some(Asked::Open))
        .keys(&[(CTRL, Key::O)]);
    /// Asks for a data file and a model.
    FIT_DATA = Entry::app("fit-data", "Fit a model to data…", Icon::Data, |it| {
        it.asked = Some(Asked::Data(None));
    })
    .keys(&[(CTRL, Key::D)])
    .on_a_page(&[(ALT, Key::J)]);
    /// Saves to the file it came from, or asks for one.
    SAVE = Entry::app("save", "Save", Icon::Save, Workspace::save_or_ask).keys(&[(CTRL, Key::S)]);
    /// Asks for a file and saves to it.
    SAVE_AS = Entry::app("save-as", "Save as…", Icon::Save, |it| it.asked = Some(Asked::Save))
        .keys(&[(CTRL_SHIFT, Key::S)]);
    /// Asks how to export a picture, a clip or numbers.
    EXPORT = Entry::app("export", "Export a picture, a clip or the numbers…", Icon::Export, |it| {
        it.asked = Some(Asked::Export);
    })
    .keys(&[(CTRL, Key::E)]);
    /// Asks for a file for the weights of the selected racer at the playhead.
    SAVE_WEIGHTS = Entry::app("save-weights", "Save the weights…", Icon::Save, |it| {
        it.asked = Some(Asked::Weights);
    })
    .keys(&[(ALT, Key::W)])
    .unless(|_, it| {
        if it.race.surface().network().is_none() {
            Some("Only a network has weights to save")
        } else if it.selected().is_none() {
            Some("No racer is selected")
        } else {
            None
        }
    });
    /// Copies a link to the race.
    SHARE = Entry::app("share", "Copy a link to this race", Icon::Share, Workspace::copy_link)
        .keys(&[(CTRL_SHIFT, Key::C)])
        .on_a_page(&[(ALT_SHIFT, Key::C)]);
    /// Copies the preset as text.
    COPY_TEXT = Entry::app("copy-text", "Copy the preset as text", Icon::Code, Workspace::copy_text)
        .keys(&[(ALT, Key::C)]);
    /// Copies the race as a Keras script.
    COPY_KERAS = Entry::app("copy-keras", "Copy the race as a Keras script", Icon::Code, |it| {
        copy_code(it, Framework::Keras);
    })
    .keys(&[(ALT, Key::K)]);
    /// Copies the race as a `PyTorch` script.
    COPY_PYTORCH = Entry::app("copy-pytorch", "Copy the race as a PyTorch script", Icon::Code, |it| {
        copy_code(it, Framework::PyTorch);
    })
    .keys(&[(ALT, Key::P)]);
    /// Copies the race as an Optax script.
    COPY_OPTAX = Entry::app("copy-optax", "Copy the race as an Optax script", Icon::Code, |it| {
        copy_code(it, Framework::Optax);
    })
    .keys(&[(ALT, Key::O)]);
    /// Shows the preferences.
    SETTINGS = Entry::app("settings", "Settings…", Icon::Settings, |it| {
        it.asked = Some(Asked::Settings);
    })
    .keys(&[(CTRL, Key::Comma)]);
    /// Quits. A page is closed by the browser.
    QUIT = Entry::app("quit", "Quit", Icon::Cross, |it| it.ask_or_go_on(Next::Quit))
        .keys(&[(CTRL, Key::Q)])
        .on_a_page(&[]);
}

fn copy_code(workspace: &mut Workspace, framework: Framework) {
    workspace.copy_code(workspace.active().id(), None, framework);
}
