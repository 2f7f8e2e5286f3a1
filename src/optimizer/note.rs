//! What an update rule tells about a step, for whoever wants to look inside.

/// A quantity of one coordinate in one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// Where the gradient was asked for.
    Query,
    /// The gradient there.
    Gradient,
    /// The velocity after the step.
    Velocity,
    /// Decaying average of gradients (m).
    FirstMoment,
    /// Decaying average of squared gradients (v), after `AMSGrad`'s maximum where that is on.
    SecondMoment,
    /// m with its bias corrected (m̂).
    CorrectedFirstMoment,
    /// v with its bias corrected (v̂).
    CorrectedSecondMoment,
    /// Sum or decaying average of squared gradients (G, E).
    Accumulator,
    /// The entry of G that couples the two coordinates (Adagrad's full matrix).
    AccumulatorCross,
    /// Decaying average of squared updates (Adadelta's D).
    UpdateAccumulator,
    /// What the gradient or the (corrected) first moment is multiplied with, η included: the
    /// learning rate of this coordinate, all told. Of a full matrix, its entry on the diagonal.
    EffectiveRate,
    /// The entry of the matrix of effective rates that couples the two coordinates (Adagrad's full
    /// matrix).
    EffectiveRateCross,
    /// The part of the step that memory of earlier gradients makes.
    MomentumPart,
    /// The part of the step that this step's gradient makes.
    GradientPart,
    /// The part of the step that decoupled weight decay makes.
    DecayPart,
}

/// Quantities of one kind: they have one colour wherever they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// This step's gradient, and the part of the step that it makes.
    Gradient,
    /// What is remembered of earlier gradients, and the part of the step that it makes.
    Memory,
    /// What is remembered of squares, and the rates that follow.
    Squares,
    /// Where the gradient is asked for.
    Query,
    /// Weight decay.
    Decay,
    /// The step and the position.
    Step,
}

impl Note {
    /// The kind of the quantity.
    #[must_use]
    pub const fn family(self) -> Family {
        match self {
            Self::Gradient | Self::GradientPart => Family::Gradient,
            Self::Velocity
            | Self::FirstMoment
            | Self::CorrectedFirstMoment
            | Self::MomentumPart => Family::Memory,
            Self::SecondMoment
            | Self::CorrectedSecondMoment
            | Self::Accumulator
            | Self::AccumulatorCross
            | Self::UpdateAccumulator
            | Self::EffectiveRate
            | Self::EffectiveRateCross => Family::Squares,
            Self::Query => Family::Query,
            Self::DecayPart => Family::Decay,
        }
    }

    /// All of them, in the order in which they are shown.
    pub const ALL: &[Self] = &[
        Self::Query,
        Self::Gradient,
        Self::Velocity,
        Self::FirstMoment,
        Self::SecondMoment,
        Self::CorrectedFirstMoment,
        Self::CorrectedSecondMoment,
        Self::Accumulator,
        Self::AccumulatorCross,
        Self::UpdateAccumulator,
        Self::EffectiveRate,
        Self::EffectiveRateCross,
        Self::MomentumPart,
        Self::GradientPart,
        Self::DecayPart,
    ];

    /// The name in equations.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Gradient => "gradient",
            Self::Velocity => "velocity",
            Self::FirstMoment => "first_moment",
            Self::SecondMoment => "second_moment",
            Self::CorrectedFirstMoment => "corrected_first_moment",
            Self::CorrectedSecondMoment => "corrected_second_moment",
            Self::Accumulator => "accumulator",
            Self::AccumulatorCross => "accumulator_cross",
            Self::UpdateAccumulator => "update_accumulator",
            Self::EffectiveRate => "effective_rate",
            Self::EffectiveRateCross => "effective_rate_cross",
            Self::MomentumPart => "momentum_part",
            Self::GradientPart => "gradient_part",
            Self::DecayPart => "decay_part",
        }
    }

    /// The usual sign, in LaTeX.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Query => r"\theta",
            Self::Gradient => r"g",
            Self::FirstMoment => r"m",
            Self::Velocity | Self::SecondMoment => r"v",
            Self::CorrectedFirstMoment => r"\hat{m}",
            Self::CorrectedSecondMoment => r"\hat{v}",
            Self::Accumulator => r"G",
            Self::AccumulatorCross => r"G_{xy}",
            Self::UpdateAccumulator => r"D",
            Self::EffectiveRate => r"\eta_{\text{eff}}",
            Self::EffectiveRateCross => r"\eta_{xy}",
            Self::MomentumPart => r"\Delta_{\text{memory}}",
            Self::GradientPart => r"\Delta_{g}",
            Self::DecayPart => r"\Delta_{\text{decay}}",
        }
    }

    /// Whether the quantity is a part of the step; the parts of a step add up to it.
    #[must_use]
    pub const fn is_part(self) -> bool {
        matches!(
            self,
            Self::MomentumPart | Self::GradientPart | Self::DecayPart
        )
    }

    /// The name on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Query => "gradient asked at",
            Self::Gradient => "gradient",
            Self::Velocity => "velocity",
            Self::FirstMoment => "first moment",
            Self::SecondMoment => "second moment",
            Self::CorrectedFirstMoment => "first moment, corrected",
            Self::CorrectedSecondMoment => "second moment, corrected",
            Self::Accumulator => "accumulated squares",
            Self::AccumulatorCross => "accumulated products",
            Self::UpdateAccumulator => "accumulated updates",
            Self::EffectiveRate => "effective rate",
            Self::EffectiveRateCross => "effective rate across",
            Self::MomentumPart => "step from memory",
            Self::GradientPart => "step from gradient",
            Self::DecayPart => "step from weight decay",
        }
    }
}

/// Listens to a step.
pub trait Probe {
    /// The notes that follow are of this coordinate.
    fn axis(&mut self, axis: usize);
    /// A quantity of the coordinate.
    fn note(&mut self, what: Note, value: f64);
}

/// A probe that listens to nothing; in a race it is compiled away.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Probe for Silent {
    fn axis(&mut self, _axis: usize) {}
    fn note(&mut self, _what: Note, _value: f64) {}
}

/// A probe that writes down everything: (coordinate, quantity, value), in the order told.
#[derive(Clone, Debug, Default)]
pub struct Notebook {
    axis: usize,
    notes: Vec<(usize, Note, f64)>,
}

impl Notebook {
    /// All notes, in the order told.
    #[must_use]
    pub fn notes(&self) -> &[(usize, Note, f64)] {
        &self.notes
    }

    /// The quantity of one coordinate, if the rule has it.
    #[must_use]
    pub fn get(&self, axis: usize, what: Note) -> Option<f64> {
        let found = |&&(at, note, _): &&(usize, Note, f64)| at == axis && note == what;
        self.notes.iter().find(found).map(|&(.., value)| value)
    }

    /// The quantity as a vector over a plane, if the rule has it.
    #[must_use]
    pub fn vector(&self, what: Note) -> Option<[f64; 2]> {
        Some([self.get(0, what)?, self.get(1, what)?])
    }
}

impl Probe for Notebook {
    fn axis(&mut self, axis: usize) {
        self.axis = axis;
    }

    fn note(&mut self, what: Note, value: f64) {
        self.notes.push((self.axis, what, value));
    }
}
