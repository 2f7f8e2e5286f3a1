//! Where a rule comes from, and what it is good for.

/// The history of a rule: what it added to which older ones, and races that show its strength and its
/// weakness.
#[derive(Clone, Copy, Debug)]
pub struct History {
    /// The year of the first publication.
    pub year: u16,
    /// The family in which choosers list it.
    pub kin: Kin,
    /// The rules that it goes back to, the closest first; none if it is a beginning.
    pub parents: &'static [Parent],
    /// What it does well.
    pub good_for: Claim,
    /// Where it fails.
    pub fails_when: Claim,
}

/// A family of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kin {
    /// Gradients, with one rate for all weights.
    FirstOrder,
    /// Each weight has a rate of its own.
    Adaptive,
    /// Only the signs of the gradient count.
    Sign,
    /// An average of points is the result.
    Averaging,
    /// They hold another rule.
    Wrappers,
    /// They move matrices as a whole.
    Matrix,
    /// They use the curvature, or a line search.
    SecondOrder,
    /// They ask for values only.
    WithoutGradients,
}

impl Kin {
    /// All families, in the order of the chooser.
    pub const ALL: [Self; 8] = [
        Self::FirstOrder,
        Self::Adaptive,
        Self::Sign,
        Self::Averaging,
        Self::Wrappers,
        Self::Matrix,
        Self::SecondOrder,
        Self::WithoutGradients,
    ];

    /// The display name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::FirstOrder => "First-order",
            Self::Adaptive => "Adaptive",
            Self::Sign => "Sign",
            Self::Averaging => "Averaging",
            Self::Wrappers => "Wrappers",
            Self::Matrix => "Matrix",
            Self::SecondOrder => "Second-order",
            Self::WithoutGradients => "Without gradients",
        }
    }

    /// What its rules have in common, in a few words.
    #[must_use]
    pub const fn idea(self) -> &'static str {
        match self {
            Self::FirstOrder => "the gradient, and one rate for all weights",
            Self::Adaptive => "each weight has a rate of its own, set by the gradients it has seen",
            Self::Sign => "only the sign of a gradient counts, not its size",
            Self::Averaging => "one point takes the steps, an average of points is the result",
            Self::Wrappers => "change what another rule sees, or where it ends up",
            Self::Matrix => "the weights of a layer move as one matrix",
            Self::SecondOrder => "use more than a gradient: curvature, or trials along a line",
            Self::WithoutGradients => "ask for the loss only",
        }
    }
}

/// A rule that another one goes back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parent {
    /// The name in preset files.
    pub name: &'static str,
    /// What the younger rule added, in two or three words.
    pub added: &'static str,
}

impl Parent {
    /// Names a parent, and what was added to it.
    #[must_use]
    pub const fn of(name: &'static str, added: &'static str) -> Self {
        Self { name, added }
    }
}

/// A statement on a rule, and the race that shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claim {
    /// One sentence.
    pub sentence: &'static str,
    /// Where it can be seen.
    pub shown: Shown,
}

/// Where a statement on a rule can be seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shown {
    /// In a built-in preset of this name, in which the rule races.
    Preset(&'static str),
    /// In a race of the rule against its first parent.
    Trial(Trial),
}

/// A small race, and how it ends for the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial {
    /// The name of a built-in surface.
    pub surface: &'static str,
    /// The start, as (x, y).
    pub start: [f64; 2],
    /// The number of steps.
    pub steps: usize,
    /// Hyper-parameters by name, in place of those published.
    pub settings: &'static [(&'static str, f64)],
    /// How it ends.
    pub outcome: Outcome,
}

/// How a small race ends for a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Within a hundredth of the window's width of a global minimum.
    Arrives,
    /// It is a number, but not there.
    Misses,
    /// It leaves for good: beyond any number, or a thousand windows away.
    Diverges,
    /// Within a hundredth of the window's width of a point that is level but no minimum.
    Stays,
    /// The rule cannot move a point of a surface at all.
    Refused,
}

impl Claim {
    /// A statement that a built-in preset shows.
    #[must_use]
    pub const fn preset(sentence: &'static str, name: &'static str) -> Self {
        Self {
            sentence,
            shown: Shown::Preset(name),
        }
    }

    /// A statement that a small race shows.
    #[must_use]
    pub const fn trial(sentence: &'static str, trial: Trial) -> Self {
        Self {
            sentence,
            shown: Shown::Trial(trial),
        }
    }
}

impl Trial {
    /// A race on a surface with published hyper-parameters, which arrives.
    #[must_use]
    pub const fn on(surface: &'static str, start: [f64; 2], steps: usize) -> Self {
        Self {
            surface,
            start,
            steps,
            settings: &[],
            outcome: Outcome::Arrives,
        }
    }

    /// The same race with other hyper-parameters.
    #[must_use]
    pub const fn with(self, settings: &'static [(&'static str, f64)]) -> Self {
        Self { settings, ..self }
    }

    /// The same race with another end.
    #[must_use]
    pub const fn ends(self, outcome: Outcome) -> Self {
        Self { outcome, ..self }
    }
}
