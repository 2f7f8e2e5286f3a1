//! The generated data sets.

use crate::surface::Network;
use crate::surface::data::{Circles, DataError, Dataset, Generated, Moons, Spiral, Xor};

/// A generated data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    Moons,
    Circles,
    Spiral,
    Xor,
}

/// The settings of a generated data set.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Points {
    /// The number of rows in both classes together.
    pub rows: usize,
    /// The standard deviation of the noise.
    pub noise: f64,
    /// The seed of the noise.
    pub seed: u64,
}

/// Builds the set of this type with the given settings.
macro_rules! built {
    ($set:ident, $points:expr) => {
        $set {
            rows: $points.rows,
            noise: $points.noise,
            seed: $points.seed,
        }
    };
}

impl Set {
    /// All sets, in menu order.
    pub const ALL: [Self; 4] = [Self::Moons, Self::Circles, Self::Spiral, Self::Xor];

    /// Returns the name, which the dialog takes in place of a file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Moons => Moons::NAME,
            Self::Circles => Circles::NAME,
            Self::Spiral => Spiral::NAME,
            Self::Xor => Xor::NAME,
        }
    }

    /// Describes it in one sentence.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Moons => "Two interleaving crescents",
            Self::Circles => "A circle inside another",
            Self::Spiral => "Two spirals that wind around each other",
            Self::Xor => "Exclusive or: what counts is whether two signs are equal",
        }
    }

    /// Returns the set with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|set| set.name() == name)
    }

    /// Returns the settings that it usually has.
    pub fn usual(self) -> Points {
        match self {
            Self::Moons => Points::of(&Moons::default()),
            Self::Circles => Points::of(&Circles::default()),
            Self::Spiral => Points::of(&Spiral::default()),
            Self::Xor => Points::of(&Xor::default()),
        }
    }

    /// Returns the set of a network, if its data are generated.
    pub fn of_network(network: &Network) -> Option<(Self, Points)> {
        let moons = network.moons.as_ref();
        let circles = network.circles.as_ref();
        let spiral = network.spiral.as_ref();
        let xor = network.xor.as_ref();
        let moons = moons.map(|set| (Self::Moons, Points::of(set)));
        let circles = circles.map(|set| (Self::Circles, Points::of(set)));
        let spiral = spiral.map(|set| (Self::Spiral, Points::of(set)));
        let xor = xor.map(|set| (Self::Xor, Points::of(set)));
        moons.or(circles).or(spiral).or(xor)
    }

    /// Makes these the data of a network that has none.
    pub fn put_into(self, network: &mut Network, points: Points) {
        match self {
            Self::Moons => network.moons = Some(built!(Moons, points)),
            Self::Circles => network.circles = Some(built!(Circles, points)),
            Self::Spiral => network.spiral = Some(built!(Spiral, points)),
            Self::Xor => network.xor = Some(built!(Xor, points)),
        }
    }

    /// Generates the rows, and returns them with the names of the two classes.
    pub fn rows(self, points: Points) -> Result<(Dataset, [&'static str; 2]), DataError> {
        match self {
            Self::Moons => generate(&built!(Moons, points)),
            Self::Circles => generate(&built!(Circles, points)),
            Self::Spiral => generate(&built!(Spiral, points)),
            Self::Xor => generate(&built!(Xor, points)),
        }
    }
}

impl Points {
    /// Returns the settings of a set.
    pub fn of<G: Generated>(set: &G) -> Self {
        Self {
            rows: set.rows(),
            noise: set.noise(),
            seed: set.seed(),
        }
    }
}

fn generate<G: Generated>(set: &G) -> Result<(Dataset, [&'static str; 2]), DataError> {
    Ok((set.dataset()?, G::CLASSES))
}
