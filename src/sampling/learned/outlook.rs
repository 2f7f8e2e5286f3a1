//! What of a network's data is seen.

use std::sync::Arc;

use crate::network::{Examples, Perceptron, Targets};
use crate::plane::Window;
use crate::surface::Learner;

/// How the data of a network are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// In the plane of two features: the one across and the one up.
    Plane([usize; 2]),
    /// Along the only feature.
    Line,
    /// Row by row, as pictures of this many pixels a side.
    Pictures(usize),
}

/// A row that is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Its index among the rows that are shown.
    pub row: usize,
    /// Its position in the window. On a line, the height is its target, or belongs to its class.
    pub at: [f64; 2],
    /// Its class; `None` for a regression.
    pub class: Option<usize>,
    /// Its target in the units in which the network sees it; NaN for a class.
    pub target: f64,
}

/// What of a network's data is seen, and which part of it.
///
/// The rows that are shown are those that the network is tested on, or all if there are none.
#[derive(Clone, Debug)]
pub struct Outlook {
    perceptron: Arc<Perceptron>,
    sight: Sight,
    window: Window,
    own_window: Window,
    targets: [f64; 2],
    means: Vec<f64>,
    /// The mean and the deviation by which each feature was shifted and scaled.
    scales: Vec<[f64; 2]>,
    dots: Vec<Dot>,
}

impl Outlook {
    /// The most rows that are drawn, enough to see where the data lie.
    const MOST: usize = 1500;
    /// The number of features of a picture, 8 × 8 pixels.
    const PIXELS: usize = 64;
    const SIDE: usize = 8;

    /// What is seen of the data if these features are chosen, by their indices. Without a choice or
    /// with one that does not exist, they are the first two.
    #[must_use]
    pub fn new(learner: &Learner, chosen: Option<[usize; 2]>) -> Self {
        let perceptron = &learner.perceptron;
        let sight = sight(perceptron, chosen);
        let targets = extent(numbers(perceptron));
        let range = |feature| extent(column(perceptron, feature));
        let window = match sight {
            Sight::Plane([across, up]) => Window::new(range(across), range(up)),
            Sight::Line if perceptron.loss_function().classifies() => {
                Window::new(range(0), [-0.04, 1.04])
            }
            Sight::Line => Window::new(range(0), targets),
            Sight::Pictures(_) => Window::square(1.0),
        };
        let width = perceptron.architecture().inputs;
        let means = (0..width).map(|it| mean(column(perceptron, it))).collect();
        Self {
            own_window: own_window(learner, sight, window),
            dots: dots(perceptron, sight),
            perceptron: Arc::clone(perceptron),
            scales: learner.data.scales.clone(),
            sight,
            window,
            targets,
            means,
        }
    }

    /// The network.
    #[must_use]
    pub const fn perceptron(&self) -> &Arc<Perceptron> {
        &self.perceptron
    }

    /// How the data are seen.
    #[must_use]
    pub const fn sight(&self) -> Sight {
        self.sight
    }

    /// The window in the units in which the network sees its data.
    #[must_use]
    pub const fn window(&self) -> Window {
        self.window
    }

    /// The same window in the data's own units.
    #[must_use]
    pub const fn own_window(&self) -> Window {
        self.own_window
    }

    /// The range of the targets of a regression.
    #[must_use]
    pub const fn targets(&self) -> [f64; 2] {
        self.targets
    }

    /// The rows that are shown, or evenly chosen ones of them if they are many.
    #[must_use]
    pub fn dots(&self) -> &[Dot] {
        &self.dots
    }

    /// The rows among which the dots are.
    #[must_use]
    pub fn shown(&self) -> &Examples {
        shown(&self.perceptron)
    }

    /// The features of a row that is shown, in their own units, in which they make a picture.
    pub fn picture(&self, row: usize) -> impl Iterator<Item = f64> {
        let scale = |feature| self.scales.get(feature).copied().unwrap_or([0.0, 1.0]);
        let features = self.shown().row(row).iter().enumerate();
        features.map(move |(feature, number)| {
            let [mean, deviation] = scale(feature);
            number * deviation + mean
        })
    }

    /// Whether the rows that are shown are test rows.
    #[must_use]
    pub fn is_tested(&self) -> bool {
        !self.perceptron.test().is_empty()
    }

    /// The number of classes; 0 for a regression.
    #[must_use]
    pub fn classes(&self) -> usize {
        classes(&self.perceptron)
    }

    /// The number of features that are not seen, and held at their mean.
    #[must_use]
    pub fn held(&self) -> usize {
        match self.sight {
            Sight::Plane(_) => self.means.len() - 2,
            Sight::Line | Sight::Pictures(_) => 0,
        }
    }

    /// Writes the features at a point of the window: all but those that are seen are at their mean.
    pub(super) fn features(&self, at: [f64; 2], features: &mut Vec<f64>) {
        let from = features.len();
        features.extend_from_slice(&self.means);
        let seen = match self.sight {
            Sight::Plane(axes) => axes.to_vec(),
            Sight::Line => vec![0],
            Sight::Pictures(_) => Vec::new(),
        };
        for (feature, value) in seen.into_iter().zip(at) {
            if let Some(place) = features.get_mut(from + feature) {
                *place = value;
            }
        }
    }
}

fn sight(perceptron: &Perceptron, chosen: Option<[usize; 2]>) -> Sight {
    let width = perceptron.architecture().inputs;
    if width == Outlook::PIXELS && perceptron.loss_function().classifies() {
        return Sight::Pictures(Outlook::SIDE);
    }
    if width < 2 {
        return Sight::Line;
    }
    let exists = |axes: &[usize; 2]| axes[0] != axes[1] && axes.iter().all(|axis| *axis < width);
    Sight::Plane(chosen.filter(exists).unwrap_or([0, 1]))
}

fn classes(perceptron: &Perceptron) -> usize {
    if perceptron.loss_function().classifies() {
        perceptron.architecture().outputs.max(2)
    } else {
        0
    }
}

fn shown(perceptron: &Perceptron) -> &Examples {
    match perceptron.test() {
        test if test.is_empty() => perceptron.training(),
        test => test,
    }
}

/// The values of a feature in all rows.
fn column(perceptron: &Perceptron, feature: usize) -> impl Iterator<Item = f64> {
    let sets = [perceptron.training(), perceptron.test()];
    sets.into_iter().flat_map(move |set| {
        let rows = set.features.chunks_exact(set.width.max(1));
        rows.filter_map(move |row| row.get(feature).copied())
    })
}

/// The targets of all rows, if they are numbers.
fn numbers(perceptron: &Perceptron) -> impl Iterator<Item = f64> {
    let sets = [perceptron.training(), perceptron.test()];
    let numbers = sets.into_iter().map(|set| match &set.targets {
        Targets::Numbers(numbers) => &numbers[..],
        Targets::Classes(_) => &[],
    });
    numbers.flatten().copied()
}

fn mean(column: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = column.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    if count == 0.0 { 0.0 } else { sum / count }
}

/// The lowest and the highest value, with a margin.
fn extent(values: impl Iterator<Item = f64>) -> [f64; 2] {
    const MARGIN: f64 = 0.08;
    let [low, high] = values.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| {
        [low.min(value), high.max(value)]
    });
    if low > high {
        return [0.0, 1.0];
    }
    let room = if high > low {
        MARGIN * (high - low)
    } else {
        0.5
    };
    [low - room, high + room]
}

fn own_window(learner: &Learner, sight: Sight, window: Window) -> Window {
    let data = &learner.data;
    let own = |feature: usize, range: [f64; 2]| range.map(|it| data.in_own_units(feature, it));
    match sight {
        Sight::Plane([across, up]) => Window::new(own(across, window.x), own(up, window.y)),
        Sight::Line => {
            let [mean, deviation] = data.target_scale.unwrap_or([0.0, 1.0]);
            let y = window.y.map(|it| it * deviation + mean);
            Window::new(own(0, window.x), y)
        }
        Sight::Pictures(_) => window,
    }
}

fn dots(perceptron: &Perceptron, sight: Sight) -> Vec<Dot> {
    let shown = shown(perceptron);
    let every = shown.len().div_ceil(Outlook::MOST).max(1);
    let dot = |row: usize| {
        let (class, target) = match &shown.targets {
            Targets::Classes(classes) => (classes.get(row).map(|&it| it as usize), f64::NAN),
            Targets::Numbers(numbers) => (None, numbers.get(row).copied().unwrap_or(f64::NAN)),
        };
        let features = shown.row(row);
        let feature = |index: usize| features.get(index).copied().unwrap_or(f64::NAN);
        let at = match sight {
            Sight::Plane([across, up]) => [feature(across), feature(up)],
            Sight::Line => [feature(0), class.map_or(target, height_of_class)],
            Sight::Pictures(_) => [0.0; 2],
        };
        Dot {
            row,
            at,
            class,
            target,
        }
    };
    (0..shown.len()).step_by(every).map(dot).collect()
}

/// The height of the dots of a class in the picture of probabilities along a line: those of
/// different classes lie side by side near the top, where the curve of their class should run.
fn height_of_class(class: usize) -> f64 {
    1.0 - 0.05 * (class % 8) as f64
}
