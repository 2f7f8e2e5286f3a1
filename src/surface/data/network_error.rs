//! The errors of a network's data.

use crate::number::count;
use crate::text::counted;

/// An error in the definition or the data of a network, as one sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// A column is a feature twice.
    #[error("{column} is a feature already; name each column only once")]
    FeatureTwice {
        /// The column.
        column: String,
        /// The index of the second one.
        entry: usize,
    },
    /// The target is one of the features.
    #[error("{column} is the target, so it cannot be a feature")]
    TargetAsFeature {
        /// The column.
        column: String,
        /// The index of the feature.
        entry: usize,
    },
    /// No column can be a feature.
    #[error("{file} has no numeric column besides the target {target}, but one feature is needed")]
    NoFeature {
        /// The file.
        file: String,
        /// The column of the target.
        target: String,
    },
    /// There are more features than a network can have weights.
    #[error(
        "{file} has {} features, but a network has at most {} weights; choose some with features: \
         [...]",
        count(*.features), count(*.most)
    )]
    TooWide {
        /// The file.
        file: String,
        /// The number of features.
        features: usize,
        /// The maximum number of weights.
        most: usize,
    },
    /// There are too few rows.
    #[error("{file} has {} with values in all columns, but at least {needed} are needed",
            counted(*.rows, "row"))]
    TooFewRows {
        /// The file.
        file: String,
        /// The number of rows.
        rows: usize,
        /// The number of rows needed.
        needed: usize,
    },
    /// There are more numbers than fit into memory.
    #[error(
        "the rows of {file} have more than {} numbers in {}; choose fewer features, or shorten the \
         file",
        count(*.most), counted(*.features, "feature")
    )]
    TooLarge {
        /// The file.
        file: String,
        /// The number of features.
        features: usize,
        /// The maximum number of numbers.
        most: usize,
    },
    /// A class is listed twice.
    #[error("the class \"{class}\" is listed twice")]
    ClassTwice {
        /// The class.
        class: String,
        /// The index of the second one.
        entry: usize,
    },
    /// The list of classes is too short or too long.
    #[error("classes must be from 2 to {most}, but {} listed", are(*.listed))]
    ClassCount {
        /// The number of classes in the list.
        listed: usize,
        /// The maximum number of classes.
        most: usize,
    },
    /// No row has this class.
    #[error("{file}: {column} is never \"{class}\"; {hint}")]
    NoSuchClass {
        /// The file.
        file: String,
        /// The column of the target.
        column: String,
        /// The class.
        class: String,
        /// The existing classes, or the most similar one.
        hint: String,
        /// The index of the class.
        entry: usize,
    },
    /// The target has too many different values to be classes.
    #[error(
        "{file}: the target {column} has {} classes, but at most {most} are possible; if it is to be \
         a number, write loss: MeanSquaredError",
        number_of(*.classes)
    )]
    TooManyClasses {
        /// The file.
        file: String,
        /// The column of the target.
        column: String,
        /// The number of classes; `None` if they were too many to count.
        classes: Option<usize>,
        /// The maximum number of classes.
        most: usize,
    },
    /// The loss is that of two classes, but there are others.
    #[error(
        "BinaryCrossEntropy is the loss of two classes, but {column} has {classes}; write loss: \
         CategoricalCrossEntropy"
    )]
    NotTwoClasses {
        /// The column of the target.
        column: String,
        /// The number of classes.
        classes: usize,
    },
    /// Classes are given, but the loss is that of numbers.
    #[error(
        "MeanSquaredError is the loss of a number, which has no classes; leave one of them out"
    )]
    ClassesOfNumbers,
    /// The target is text, but the loss is that of numbers.
    #[error(
        "the target {column} of {file} is text, but MeanSquaredError is the loss of a number; write \
         loss: CategoricalCrossEntropy, or choose another target"
    )]
    TextTarget {
        /// The file.
        file: String,
        /// The column of the target.
        column: String,
    },
    /// Classes cannot be standardized.
    #[error("the target {column} is a class, so it cannot be standardized; only numbers can")]
    ScaledClasses {
        /// The column of the target.
        column: String,
    },
    /// There are too many hidden layers.
    #[error("there are {layers} hidden layers, but at most {most} are possible")]
    Layers {
        /// The number of hidden layers.
        layers: usize,
        /// The maximum number.
        most: usize,
    },
    /// A hidden layer is too narrow or too wide.
    #[error("a hidden layer has {width} units, but must have from 1 to {most}")]
    Width {
        /// The width.
        width: usize,
        /// The maximum width.
        most: usize,
        /// The index of the layer.
        entry: usize,
    },
    /// The network has too many weights.
    #[error(
        "the network {shape} has {} weights, but at most {} are possible",
        count(*.weights), count(*.most)
    )]
    TooManyWeights {
        /// The widths of all layers.
        shape: String,
        /// The number of weights, biases included.
        weights: usize,
        /// The maximum number.
        most: usize,
    },
    /// The size of the test set is neither a share nor a number.
    #[error(
        "test is {test}, but must be a share of the rows from 0 to below 1, as in 0.3, or a whole \
         number of rows, as in 60"
    )]
    Test {
        /// The size.
        test: String,
    },
    /// No row is left to train on.
    #[error("the test set takes {test} of {}, which leaves none to train on", counted(*.rows, "row"))]
    NothingToTrain {
        /// The number of rows in the test set.
        test: usize,
        /// The number of rows.
        rows: usize,
    },
    /// The initial weights are to come from a file without a name.
    #[error("the file of the initial weights is missing; name one, as in File(\"weights.csv\")")]
    NoWeights,
    /// A file of weights has a different number of them.
    #[error(
        "{file} has {}, but the network {shape} has {}",
        counted(*.numbers, "number"), counted(*.weights, "weight")
    )]
    WeightCount {
        /// The file.
        file: String,
        /// The number of numbers in it.
        numbers: usize,
        /// The widths of all layers.
        shape: String,
        /// The number of weights, biases included.
        weights: usize,
    },
    /// A cell in a file of weights is not a finite number.
    #[error("line {line} of {file}: \"{text}\" is not a weight between -1e100 and 1e100")]
    Weight {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// The content of the cell.
        text: String,
    },
}

impl NetworkError {
    /// Returns the field of the network that the error is about.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::FeatureTwice { .. }
            | Self::TargetAsFeature { .. }
            | Self::TooWide { .. }
            | Self::TooLarge { .. } => "features",
            Self::NoFeature { .. } | Self::TooFewRows { .. } => "data",
            Self::ClassTwice { .. }
            | Self::ClassCount { .. }
            | Self::NoSuchClass { .. }
            | Self::ClassesOfNumbers => "classes",
            Self::TooManyClasses { .. } => "target",
            Self::NotTwoClasses { .. } | Self::TextTarget { .. } => "loss",
            Self::ScaledClasses { .. } => "standardize_target",
            Self::Layers { .. } | Self::Width { .. } | Self::TooManyWeights { .. } => "hidden",
            Self::Test { .. } | Self::NothingToTrain { .. } => "test",
            Self::NoWeights | Self::WeightCount { .. } | Self::Weight { .. } => "initial",
        }
    }

    /// Returns the entry of the field that the error is about, if the field is a list.
    #[must_use]
    pub fn entry(&self) -> Option<usize> {
        match self {
            Self::FeatureTwice { entry, .. }
            | Self::TargetAsFeature { entry, .. }
            | Self::ClassTwice { entry, .. }
            | Self::NoSuchClass { entry, .. }
            | Self::Width { entry, .. } => Some(*entry),
            _ => None,
        }
    }
}

fn are(listed: usize) -> String {
    match listed {
        0 => "none is".to_owned(),
        1 => "1 is".to_owned(),
        _ => format!("{listed} are"),
    }
}

fn number_of(classes: Option<usize>) -> String {
    classes.map_or_else(|| "countless".to_owned(), count)
}
