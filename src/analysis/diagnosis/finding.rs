//! One finding of a diagnosis.

/// What was found, and what would help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub kind: Kind,
    /// One sentence that says what was measured and what it means.
    pub what: String,
    /// One sentence that says what to try, and what came of it when it was tried; `None` where
    /// nothing that was tried would help.
    pub advice: Option<String>,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// The position became non-finite.
    Diverged,
    /// The next step is undefined: the rule divides by 0.
    Undefined,
    /// Further out than 1,000 windows.
    Far,
    /// At the lowest minimum that is known, or at one with none to compare it with.
    AtMinimum,
    /// At a minimum that is not the lowest.
    AtOtherMinimum,
    /// Without slope where the surface curves downwards.
    OnSaddle,
    /// Beside a saddle's ridge, where the way down has hardly any slope yet.
    HeldUpAtSaddle,
    /// Next to no slope, far above the lowest minimum.
    OnPlateau,
    /// The learning rate is 0, or has nearly become so before the race was over.
    RunDown,
    /// Beyond the stability limit: thrown from wall to wall.
    Bouncing,
    /// A rule with steps of a fixed size does not come to rest at the minimum.
    Jitter,
    /// The first steps are too long, for want of bias correction.
    UncorrectedStart,
    /// A sum of squared gradients has worn down the effective rate.
    ShrunkenRate,
    /// The average of squared gradients still holds large ones of long ago.
    LongMemory,
    /// ε is larger than what it is added to.
    EpsilonRules,
    /// Near the stability limit: overshoots and comes back.
    Oscillating,
    /// Momentum carries it uphill.
    Uphill,
    /// A rate that suits the walls of the valley hardly moves along its floor.
    Crawling,
    /// The learning rate is far below what would still be stable.
    Timid,
}

/// How much a finding calls for a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// All is well.
    Good,
    /// It could do better.
    Hint,
    /// It won't get where it should.
    Problem,
}

impl Kind {
    /// How much it calls for a change.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::AtMinimum => Severity::Good,
            Self::UncorrectedStart
            | Self::LongMemory
            | Self::EpsilonRules
            | Self::Oscillating
            | Self::Uphill
            | Self::Crawling
            | Self::Timid
            | Self::HeldUpAtSaddle
            | Self::Jitter => Severity::Hint,
            Self::Diverged
            | Self::Undefined
            | Self::Far
            | Self::AtOtherMinimum
            | Self::OnSaddle
            | Self::OnPlateau
            | Self::RunDown
            | Self::Bouncing
            | Self::ShrunkenRate => Severity::Problem,
        }
    }
}

impl Finding {
    pub(super) const fn new(kind: Kind, what: String, advice: Option<String>) -> Self {
        Self { kind, what, advice }
    }
}
