//! The columns of a network: how it does over rows that it has not learned from.

use super::heading::Heading;
use super::or_dash;
use crate::analysis::{Quantity, Ranking, Standing};
use crate::network::Perceptron;
use crate::surface::Surface;
use crate::view::number;

/// The number of rows from which a share of them has a decimal.
const MANY_ROWS: usize = 400;

/// The columns of numbers about a network.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    classifies: bool,
    is_tested: bool,
    /// The number of rows of which the accuracy is a share.
    rows: usize,
}

impl Columns {
    /// Returns the columns of a surface, if it is a network.
    #[must_use]
    pub fn of(surface: &dyn Surface) -> Option<Self> {
        let network: &Perceptron = &surface.network()?.perceptron;
        let is_tested = Quantity::TestLoss.exists_on(surface);
        let rows = if is_tested {
            network.test().len()
        } else {
            network.training().len()
        };
        Some(Self {
            classifies: Quantity::TrainAccuracy.exists_on(surface),
            is_tested,
            rows,
        })
    }

    /// Returns by what each column can be ranked. A second click on the first heading ranks by the
    /// loss over the other rows.
    #[must_use]
    pub fn headings(self, ranking: Ranking) -> [Heading; 2] {
        let test_loss = Heading {
            title: "test loss",
            next: Ranking::TestLoss,
            is_chosen: ranking == Ranking::TestLoss,
            help: "Rank by the loss over the rows that are only used to test, when it was last \
                   evaluated",
        };
        let loss = Heading {
            title: if self.is_tested { "train loss" } else { "loss" },
            next: Ranking::Loss,
            is_chosen: ranking == Ranking::Loss,
            help: "Rank by the loss over the rows it learns from, when it was last evaluated",
        };
        let best = Heading {
            title: "best loss",
            next: Ranking::Best,
            is_chosen: ranking == Ranking::Best,
            help: "Rank by the lowest loss that was evaluated so far",
        };
        let accuracy = Heading {
            title: "accuracy",
            next: Ranking::Accuracy,
            is_chosen: ranking == Ranking::Accuracy,
            help: if self.is_tested {
                "Rank by the share of rows that are classified correctly, among those only used to \
                 test"
            } else {
                "Rank by the share of rows that are classified correctly, among those it learns from"
            },
        };
        let tuned = Heading {
            title: "at its best",
            next: Ranking::default(),
            is_chosen: true,
            help: "Ranked by the final loss of each racer at its best rate",
        };
        let first = match ranking {
            Ranking::TestLoss if self.classifies => Heading {
                next: Ranking::Loss,
                help: "Rank by the loss over the rows that are only used to test; click again for \
                       the rows it learns from",
                ..test_loss
            },
            Ranking::Loss if self.classifies && self.is_tested => Heading {
                next: Ranking::TestLoss,
                ..loss
            },
            Ranking::Best if self.classifies => Heading {
                next: Ranking::Loss,
                ..best
            },
            _ if self.is_tested => test_loss,
            _ => loss,
        };
        let second = match ranking {
            Ranking::Tuned => Heading {
                next: if self.classifies {
                    Ranking::Accuracy
                } else {
                    Ranking::Loss
                },
                ..tuned
            },
            _ if self.classifies => accuracy,
            _ if self.is_tested => loss,
            _ => best,
        };
        [first, second]
    }

    /// Returns the numbers in the two columns, and what they are in words.
    #[must_use]
    pub fn numbers(
        self,
        ranking: Ranking,
        standing: &Standing,
        tuned: Option<f64>,
    ) -> [(String, &'static str); 2] {
        let test_loss = (or_dash(finite(standing.test_loss())), "test loss");
        let loss = (number::short(standing.loss), "training loss");
        let best = (number::short(standing.best), "best loss");
        let first = match ranking {
            Ranking::Loss if self.classifies => loss.clone(),
            Ranking::Best if self.classifies => best.clone(),
            _ if self.is_tested => test_loss,
            _ => loss.clone(),
        };
        let second = match ranking {
            Ranking::Tuned => (or_dash(tuned), "at its best"),
            _ if self.classifies => (self.share(standing.accuracy()), "accuracy"),
            _ if self.is_tested => loss,
            _ => best,
        };
        [first, second]
    }

    /// Returns a share of rows in percent.
    #[must_use]
    pub fn share(self, share: f64) -> String {
        match finite(share) {
            None => "–".to_owned(),
            Some(share) if self.rows >= MANY_ROWS => format!("{:.1} %", 100.0 * share),
            Some(share) => format!("{:.0} %", 100.0 * share),
        }
    }
}

/// Returns the headings of a network with several seeds: clicks on the first one go through the
/// medians.
pub fn with_seeds(columns: Columns, ranking: Ranking) -> (&'static str, Ranking) {
    let after_accuracy = if columns.is_tested {
        Ranking::TestLoss
    } else {
        Ranking::Loss
    };
    match ranking {
        Ranking::Accuracy => ("median accuracy", after_accuracy),
        Ranking::TestLoss => ("median test loss", Ranking::Loss),
        Ranking::Best => ("median best", Ranking::Loss),
        _ if columns.classifies => ("median loss", Ranking::Accuracy),
        _ if columns.is_tested => ("median loss", Ranking::TestLoss),
        _ => ("median loss", Ranking::Best),
    }
}

fn finite(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}
