//! What a network is trained on, and from which weights.

use egui::{Align, Layout, RichText, Role, TextEdit, Ui, WidgetInfo, vec2};

use super::field::{check, choice, number, row};
use crate::app::desk::Desk;
use crate::app::dialogs::sheet;
use crate::app::widgets::{ValueSlider, link_text};
use crate::file::DataFile;
use crate::network::Initial;
use crate::number::count;
use crate::optimizer::Valid;
use crate::surface::network::{NetworkData, TestSize};
use crate::surface::{Learner, Network};
use crate::view::number::short;

/// The width of the slider with its number.
const SLIDER: f32 = 140.0;
/// The width of the menu of initial weights.
const MENU: f32 = 130.0;
/// The largest share of test rows on the slider, in percent.
const MOST_TEST: f64 = 90.0;

/// Whether the settings that are needed less often are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum More {
    /// They are not.
    #[default]
    Hidden,
    /// They are from now on, and come into view.
    Opening,
    /// They are.
    Shown,
}

/// Shows the settings; those that are needed less often only if there are to be `more`.
pub fn show(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    network: &mut Network,
    found: Option<&Learner>,
    more: &mut More,
) {
    test_rows(ui, desk, network, found.map(|it| &it.data));
    weights(ui, desk, network);
    row(ui, desk.colors, "", |ui| {
        let help = "Shifts and scales each feature to mean 0 and standard deviation 1";
        check(
            ui,
            &mut network.standardize,
            "standardize the features",
            help,
        );
        ui.add_space(6.0);
        let is_hidden = *more == More::Hidden;
        let text = if is_hidden { "more…" } else { "less" };
        // Separate ids, as otherwise a frame of two passes would toggle it twice.
        let link = ui.push_id(text, |ui| link_text(ui, text, desk.colors.accent));
        if link.inner.clicked() {
            *more = if is_hidden {
                More::Opening
            } else {
                More::Hidden
            };
        }
    });
    if *more != More::Hidden {
        rest(ui, desk, network, found);
    }
    if *more == More::Opening {
        ui.scroll_to_cursor(Some(Align::BOTTOM));
        *more = More::Shown;
    }
}

/// The share of test rows and the seed that draws them.
fn test_rows(ui: &mut Ui, desk: &mut Desk<'_>, network: &mut Network, found: Option<&NetworkData>) {
    let colors = desk.colors;
    let is_sheet = sheet::is_sheet(ui);
    row(ui, colors, "test rows", |ui| {
        let share = percent(network.test, found);
        let slider = ValueSlider::new("Test rows in percent", share, [0.0, MOST_TEST], false)
            .valid(Valid::NonNegative)
            .within([0.0, 99.0]);
        let size = vec2(SLIDER, 24.0);
        let layout = Layout::left_to_right(Align::Center);
        let mut moved = None;
        ui.allocate_ui_with_layout(size, layout, |ui| {
            moved = slider.show(ui, &mut desk.memory.sliders);
        });
        if let Some(percent) = moved {
            network.test = TestSize::Share(percent.round() / 100.0);
        }
        let rows = found.map_or_else(String::new, |it| format!(" · {}", count(it.test.len())));
        let seed = if is_sheet { "" } else { ", seed" };
        let text = RichText::new(format!("%{rows}{seed}")).size(11.0);
        ui.label(text.color(colors.dim));
        if !is_sheet {
            split_seed(ui, desk, network);
        }
    });
    if is_sheet {
        row(ui, colors, "their seed", |ui| {
            split_seed(ui, desk, network);
        });
    }
}

fn split_seed(ui: &mut Ui, desk: &Desk<'_>, network: &mut Network) {
    let seed = &mut network.split_seed;
    number(ui, desk, "Seed of the test rows", seed, |field| {
        field.speed(0.1)
    });
}

/// Returns the share of test rows in percent.
#[expect(clippy::cast_precision_loss, reason = "rows are at most some millions")]
fn percent(test: TestSize, found: Option<&NetworkData>) -> f64 {
    match (test, found) {
        (TestSize::Share(share), _) => (1e4 * share).round() / 100.0,
        (TestSize::Rows(rows), Some(found)) => {
            let all = found.train.len() + found.test.len();
            (1000.0 * rows as f64 / all.max(1) as f64).round() / 10.0
        }
        (TestSize::Rows(_), None) => 0.0,
    }
}

/// The weights at which all racers start.
fn weights(ui: &mut Ui, desk: &Desk<'_>, network: &mut Network) {
    row(ui, desk.colors, "weights", |ui| {
        let file = match &network.initial {
            Initial::File(path) => Initial::File(path.clone()),
            _ => Initial::File(DataFile::default()),
        };
        let all = Initial::DRAWN.into_iter().chain([file]);
        let all: Vec<_> = all.map(|it| (it.clone(), it.title().to_owned())).collect();
        let now = network.initial.clone();
        let shown = (Some(&now), now.title());
        if let Some(chosen) = choice(ui, "initial weights", MENU, shown, &all) {
            network.initial = chosen;
        }
    });
    let Initial::File(path) = &mut network.initial else {
        return;
    };
    row(ui, desk.colors, "", |ui| {
        let mut text = path.display().to_string();
        let field = TextEdit::singleline(&mut text)
            .hint_text("a CSV or NPY file of all weights")
            .desired_width(ui.available_width() - 8.0);
        let response = ui.add(field);
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "File of the weights"));
        if response.changed() {
            *path = text.into();
        }
    });
}

/// What is needed less often.
fn rest(ui: &mut Ui, desk: &Desk<'_>, network: &mut Network, found: Option<&Learner>) {
    row(ui, desk.colors, "", |ui| {
        let help = "Gives every unit a number that is added to its inputs";
        check(ui, &mut network.bias, "bias", help);
        ui.add_space(8.0);
        let help = "Shifts each feature to mean 0, without scaling it";
        ui.add_enabled_ui(!network.standardize, |ui| {
            check(ui, &mut network.center, "center the features", help);
        });
    });
    row(ui, desk.colors, "", |ui| {
        let help = "Shifts and scales a target of numbers to mean 0 and standard deviation 1";
        let is_number = found.is_some_and(|it| !it.perceptron.loss_function().classifies());
        let on = &mut network.standardize_target;
        ui.add_enabled_ui(is_number || *on, |ui| {
            check(ui, on, "standardize the target", help);
        });
    });
    row(ui, desk.colors, "L2 penalty", |ui| {
        let label = "Strength of the L2 penalty";
        number(ui, desk, label, &mut network.l2, |field| {
            field
                .range(0.0..=1e3)
                .speed(1e-4)
                .custom_formatter(|it, _| short(it))
        })
        .on_hover_text("λ in λ/2 Σw², which is added to the loss; biases are not penalized");
    });
    evaluate(ui, desk, network);
}

/// How often the loss over all rows is measured.
fn evaluate(ui: &mut Ui, desk: &Desk<'_>, network: &mut Network) {
    row(ui, desk.colors, "evaluate", |ui| {
        let mut every = network.evaluate.unwrap_or(0);
        let dim = |text: &str| RichText::new(text).size(11.0).color(desk.colors.dim);
        ui.label(dim("every"));
        let label = "Steps between evaluations";
        number(ui, desk, label, &mut every, |field| {
            let text = |steps: f64, _: std::ops::RangeInclusive<usize>| match steps {
                0.0 => "epoch".to_owned(),
                steps => format!("{steps:.0}"),
            };
            field.range(0..=100_000).speed(0.2).custom_formatter(text)
        })
        .on_hover_text("After how many steps loss and accuracy over all rows are measured");
        network.evaluate = (every > 0).then_some(every);
        if every > 0 {
            ui.label(dim(if every == 1 { "step" } else { "steps" }));
        }
    });
}
