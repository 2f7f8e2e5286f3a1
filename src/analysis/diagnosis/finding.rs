//! A finding of the diagnosis.

/// A finding, and what would help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The subject of the finding.
    pub kind: FindingKind,
    /// One sentence that says what was measured and what it means.
    pub what: String,
    /// One sentence that says what to try, and the result of trying it; `None` if nothing that was
    /// tried would help.
    pub advice: Option<String>,
}

/// The subject of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FindingKind {
    /// The position became non-finite.
    Diverged,
    /// The next step is undefined: the rule divides by 0.
    Undefined,
    /// Farther out than 1,000 windows.
    Far,
    /// At the lowest known minimum, or at one that cannot be compared with any other.
    AtMinimum,
    /// At a minimum that is not the lowest.
    AtOtherMinimum,
    /// At a point with zero gradient where the surface curves downwards.
    OnSaddle,
    /// Near a saddle's ridge, where the gradient along the descent direction is still tiny.
    HeldUpAtSaddle,
    /// A tiny gradient, far above the lowest minimum.
    OnPlateau,
    /// The learning rate is 0, or has become almost 0 before the end of the race.
    RunDown,
    /// Beyond the stability limit: bounces from wall to wall.
    Bouncing,
    /// A rule with steps of constant size does not come to rest at the minimum.
    Jitter,
    /// The first steps are too long, because bias correction is off.
    UncorrectedStart,
    /// A sum of squared gradients has reduced the effective rate.
    ShrunkenRate,
    /// The average of squared gradients still contains large ones from long ago.
    LongMemory,
    /// ε is larger than what it is added to.
    EpsilonRules,
    /// Near the stability limit: overshoots and returns.
    Oscillating,
    /// Momentum carries it uphill.
    Uphill,
    /// A rate that suits the walls of the valley makes little progress along its floor.
    Crawling,
    /// The learning rate is far below the stability limit.
    Timid,
    /// A whole layer of a network is 0 for every row.
    DeadLayer,
    /// Some hidden units of a network are 0 for every row.
    DeadUnits,
    /// Some hidden units of a network are at the flat ends of their curve for every row.
    SaturatedUnits,
    /// The loss rises over the rows that are only used to test, and falls over the others.
    Overfitting,
    /// The loss of a network rises and falls by turns.
    Jumping,
    /// The loss of a network has stopped to fall.
    Stalled,
}

/// How strongly a finding calls for a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// All is well.
    Good,
    /// It could do better.
    Hint,
    /// It will not reach its goal.
    Problem,
}

impl FindingKind {
    /// How strongly it calls for a change.
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
            | Self::Jitter
            | Self::DeadUnits
            | Self::SaturatedUnits
            | Self::Overfitting
            | Self::Jumping
            | Self::Stalled => Severity::Hint,
            Self::Diverged
            | Self::Undefined
            | Self::Far
            | Self::AtOtherMinimum
            | Self::OnSaddle
            | Self::OnPlateau
            | Self::RunDown
            | Self::Bouncing
            | Self::ShrunkenRate
            | Self::DeadLayer => Severity::Problem,
        }
    }
}

impl Finding {
    pub(super) const fn new(kind: FindingKind, what: String, advice: Option<String>) -> Self {
        Self { kind, what, advice }
    }
}
