//! The choices made in the data dialog: the data, how to read them, and the model to fit.

use std::path::{Path, PathBuf};

use super::generated::{Points, Set};
use crate::file::DataFile;
use crate::network::{LossFunction, Targets};
use crate::surface::data::Moons;
use crate::surface::network::TestSize;
use crate::surface::{LinearRegression, LogisticRegression, Network, SurfaceChoice};
use crate::table::{ColumnKind, DecimalMark, Reading, Separator, Wanted};

/// A kind of model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A straight line.
    #[default]
    Line,
    /// A straight border between two classes.
    Border,
    /// A network.
    Network,
}

impl Kind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Line, Self::Border, Self::Network];

    /// The display name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Line => "Line",
            Self::Border => "Border",
            Self::Network => "Network",
        }
    }

    /// Describes it in one sentence.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Line => "Linear regression: y = w·x + b, mean squared error",
            Self::Border => {
                "Logistic regression between two classes: σ(w₁x₁ + w₂x₂), cross-entropy"
            }
            Self::Network => "A multilayer perceptron over any number of features",
        }
    }
}

/// The choices made in the data dialog.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The path of a file, or the name of a built-in or generated data set.
    pub path: String,
    /// The file that came with the preset, which is meant as long as the path is its name.
    pub carried: Option<DataFile>,
    /// The file in the working folder that is meant by the path.
    pub found: Option<PathBuf>,
    /// The separator between cells; `None` to detect it.
    pub separator: Option<Separator>,
    /// The decimal mark; `None` to detect it.
    pub decimal: Option<DecimalMark>,
    /// Whether the first line is a header; `None` to detect it.
    pub header: Option<bool>,
    /// The settings of generated data.
    pub points: Points,
    /// The kind of model.
    pub kind: Kind,
    /// The column for each role of a line or border, by name; `None` for the default one.
    pub columns: [Option<String>; 3],
    /// The label of class 1 of a border.
    pub positive: Option<String>,
    /// Whether a line or border standardizes the columns.
    pub standardize: bool,
    /// The strength of the penalty of a line or border.
    pub l2: f64,
    /// The network, whose data are those of the draft.
    pub network: Network,
    /// Whether target and loss of a network may be guessed from what the columns contain.
    pub guesses: bool,
}

impl Default for Draft {
    fn default() -> Self {
        let mut network = Network::default();
        network.hidden = vec![8];
        network.standardize = true;
        network.test = TestSize::Share(0.3);
        Self {
            path: String::new(),
            carried: None,
            found: None,
            separator: None,
            decimal: None,
            header: None,
            points: Points::default(),
            kind: Kind::default(),
            columns: [None, None, None],
            positive: None,
            standardize: false,
            l2: 0.0,
            network,
            guesses: true,
        }
    }
}

/// Returns a file that came with the preset.
fn carried(file: &DataFile) -> Option<DataFile> {
    file.is_carried().then(|| file.clone())
}

impl Draft {
    /// Returns the draft with the data of a file.
    pub fn with_file(mut self, path: &Path) -> Self {
        // An absolute path, as the file is relative to the working directory, not to a preset.
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.use_data(path.display().to_string());
        self
    }

    /// Uses other data, which are read in their own way. The model stays.
    pub fn use_data(&mut self, path: String) {
        let mut network = self.network.clone();
        network.features.clear();
        (network.target, network.classes, network.loss) = (None, None, None);
        *self = Self {
            kind: self.kind,
            standardize: self.standardize,
            l2: self.l2,
            points: Set::named(path.trim()).map_or(self.points, Set::usual),
            network,
            path,
            carried: self.carried.clone(),
            ..Self::default()
        };
        if self.set().is_some_and(|set| set != Set::Moons) {
            // Nothing else can learn them.
            self.kind = Kind::Network;
        }
    }

    /// Creates a draft from a surface; `None` if it is not a loss over data.
    pub fn of_surface(surface: &SurfaceChoice) -> Option<Self> {
        match surface {
            SurfaceChoice::LinearRegression(model) => Some(Self {
                path: model.data.display().to_string(),
                carried: carried(&model.data),
                separator: model.separator,
                decimal: model.decimal,
                header: model.header,
                columns: [model.x.clone(), model.y.clone(), None],
                standardize: model.standardize,
                l2: model.l2,
                ..Self::default()
            }),
            SurfaceChoice::LogisticRegression(model) => Some(Self {
                path: match &model.data {
                    Some(path) => path.display().to_string(),
                    None => Set::Moons.name().to_owned(),
                },
                carried: model.data.as_ref().and_then(carried),
                points: model.moons.as_ref().map(Points::of).unwrap_or_default(),
                separator: model.separator,
                decimal: model.decimal,
                header: model.header,
                kind: Kind::Border,
                columns: [model.x1.clone(), model.x2.clone(), model.label.clone()],
                positive: model.positive.clone(),
                standardize: model.standardize,
                l2: model.l2,
                ..Self::default()
            }),
            SurfaceChoice::Network(network) => Some(Self::of_network(network)),
            _ => None,
        }
    }

    fn of_network(network: &Network) -> Self {
        let generated = Set::of_network(network);
        let path = match (&network.data, generated) {
            (Some(path), _) => path.display().to_string(),
            (None, Some((set, _))) => set.name().to_owned(),
            (None, None) => String::new(),
        };
        Self {
            path,
            carried: network.data.as_ref().and_then(carried),
            points: generated.map(|(_, points)| points).unwrap_or_default(),
            separator: network.separator,
            decimal: network.decimal,
            header: network.header,
            kind: Kind::Network,
            network: network.clone(),
            guesses: false,
            ..Self::default()
        }
    }

    /// Returns the generated set that is meant by the path.
    pub fn set(&self) -> Option<Set> {
        Set::named(self.path.trim())
    }

    /// Returns whether there are no data.
    pub fn is_empty(&self) -> bool {
        self.path.trim().is_empty()
    }

    /// Returns the file.
    pub fn file(&self) -> DataFile {
        let path = Path::new(self.path.trim());
        let carried = self.carried.clone().filter(|it| **it == *path);
        match (carried, &self.found) {
            (Some(carried), _) => carried,
            (None, Some(found)) => found.as_path().into(),
            (None, None) => path.into(),
        }
    }

    /// Finds a file that is neither in the preset's folder nor built in: one of this name in the
    /// working folder is what was meant.
    pub fn find(&mut self, folder: Option<&Path>) {
        self.found = None;
        let file = self.file();
        let is_elsewhere = !file.is_carried()
            && file.is_relative()
            && file.extension().is_some()
            && !folder.is_some_and(|folder| folder.join(&file).exists());
        self.found = match std::path::absolute(&file) {
            Ok(absolute) if is_elsewhere && absolute.is_file() => Some(absolute),
            _ => None,
        };
    }

    /// Returns how the file should be read.
    pub fn wanted(&self) -> Wanted {
        let columns = match self.kind {
            Kind::Network => {
                let features = self.network.features.iter();
                features.chain(&self.network.target).cloned().collect()
            }
            Kind::Line => self.columns.iter().take(2).flatten().cloned().collect(),
            Kind::Border => self.columns.iter().flatten().cloned().collect(),
        };
        Wanted {
            separator: self.separator,
            decimal: self.decimal,
            header: self.header,
            columns,
        }
    }

    /// Chooses the target of a network by what the columns contain, if it may: text is learned from
    /// numbers.
    pub fn guess_target(&mut self, reading: &Reading) {
        let is_open = self.network.target.is_none() && self.network.features.is_empty();
        if !self.may_guess() || !is_open {
            return;
        }
        let is_text = |kind: ColumnKind| kind == ColumnKind::Text;
        if reading.columns.last().is_some_and(|it| is_text(it.kind)) {
            return;
        }
        let text = reading.columns.iter().find(|it| is_text(it.kind));
        self.network.target = text.map(|it| it.name.clone());
    }

    /// Chooses the loss for a target of numbers, if it may: a few whole numbers that occur often are
    /// classes.
    pub fn guess_loss(&mut self, targets: &Targets) {
        const MOST: usize = 20;
        const OFTEN: usize = 5;
        let Targets::Numbers(numbers) = targets else {
            return;
        };
        if !self.may_guess() || self.network.loss.is_some() || self.network.standardize_target {
            return;
        }
        let mut values: Vec<f64> = Vec::new();
        for number in numbers {
            if number.fract() != 0.0 || values.len() > MOST {
                return;
            }
            if !values.contains(number) {
                values.push(*number);
            }
        }
        if (2..=MOST).contains(&values.len()) && OFTEN * values.len() <= numbers.len() {
            self.network.loss = Some(LossFunction::CategoricalCrossEntropy);
        }
    }

    fn may_guess(&self) -> bool {
        self.guesses && self.kind == Kind::Network
    }

    /// Chooses numeric columns if no column was chosen and the default ones are not numeric.
    /// Returns whether it changed anything.
    pub fn use_numbers(&mut self, reading: &Reading) -> bool {
        if self.kind == Kind::Network || self.columns.iter().any(Option::is_some) {
            return false;
        }
        let of_kind = |kind: ColumnKind| {
            let columns = reading.columns.iter().filter(move |it| it.kind == kind);
            columns.map(|it| it.name.clone())
        };
        let numbers: Vec<String> = of_kind(ColumnKind::Numbers).collect();
        let [first, second, ..] = &numbers[..] else {
            return false;
        };
        let last = numbers.last().cloned();
        self.columns = if self.kind == Kind::Border {
            let label = of_kind(ColumnKind::Text).next_back().or(last);
            [Some(first.clone()), Some(second.clone()), label]
        } else {
            [Some(first.clone()), last, None]
        };
        true
    }

    /// Resets separator, decimal mark and header, so that they are detected.
    pub fn as_found(&mut self) {
        (self.separator, self.decimal, self.header) = (None, None, None);
    }

    /// Returns whether separator, decimal mark and header are all detected.
    pub fn is_as_found(&self) -> bool {
        self.separator.is_none() && self.decimal.is_none() && self.header.is_none()
    }

    /// Returns the chosen loss, with its data not loaded.
    pub fn surface(&self) -> SurfaceChoice {
        match self.kind {
            Kind::Line => SurfaceChoice::LinearRegression(self.line()),
            Kind::Border => SurfaceChoice::LogisticRegression(self.border()),
            Kind::Network => SurfaceChoice::Network(self.whole_network()),
        }
    }

    fn line(&self) -> LinearRegression {
        let mut model = LinearRegression::default();
        let [x, y, _] = self.columns.clone();
        (model.x, model.y) = (x, y);
        model.data = self.file();
        model.standardize = self.standardize;
        model.l2 = self.l2;
        (model.separator, model.decimal, model.header) =
            (self.separator, self.decimal, self.header);
        model
    }

    fn border(&self) -> LogisticRegression {
        let mut model = LogisticRegression::default();
        model.standardize = self.standardize;
        model.l2 = self.l2;
        if self.set().is_some() {
            let Points { rows, noise, seed } = self.points;
            model.moons = Some(Moons { rows, noise, seed });
            return model;
        }
        [model.x1, model.x2, model.label] = self.columns.clone();
        model.data = Some(self.file());
        model.positive.clone_from(&self.positive);
        (model.separator, model.decimal, model.header) =
            (self.separator, self.decimal, self.header);
        model
    }

    fn whole_network(&self) -> Network {
        let mut network = self.network.clone();
        network.data = None;
        (network.moons, network.circles) = (None, None);
        (network.spiral, network.xor) = (None, None);
        (network.separator, network.decimal, network.header) = (None, None, None);
        match self.set() {
            Some(set) => set.put_into(&mut network, self.points),
            None => {
                network.data = Some(self.file());
                (network.separator, network.decimal, network.header) =
                    (self.separator, self.decimal, self.header);
            }
        }
        network
    }
}
