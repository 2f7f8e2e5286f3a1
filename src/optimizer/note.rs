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

impl Note {
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
