//! What an update rule tells about a step, for whoever wants to look inside: each rule has its own
//! list of quantities, and says what they are.

use std::borrow::Cow;

/// A quantity that a rule notes in every step.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Its name in equations, an identifier: `m`, `v`, `m_hat`.
    pub name: Cow<'static, str>,
    /// Its sign in LaTeX.
    pub latex: Cow<'static, str>,
    /// Its sign on screen, in Unicode.
    pub sign: Cow<'static, str>,
    /// What it is, in a few words.
    pub label: Cow<'static, str>,
    /// Its part in the step.
    pub role: NoteRole,
    /// What there is one value of.
    pub shape: NoteShape,
}

/// The part that a quantity plays in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoteRole {
    /// Where the gradient was asked for.
    Asked,
    /// The gradient there.
    Gradient,
    /// A velocity.
    Velocity,
    /// An average of gradients.
    Moment,
    /// A sum or average of squared gradients. Of several, the last is what the rule divides by.
    Squares,
    /// An average of squared updates.
    Updates,
    /// What the gradient or the (corrected) moment is multiplied with, η included: the effective
    /// learning rate of this coordinate. Of a matrix, its entry on the diagonal.
    Rate,
    /// A part of the step; the parts of a step add up to it.
    Part(Family),
    /// Anything else of this kind.
    Other(Family),
}

/// What a quantity has one value of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoteShape {
    /// The step.
    Scalar,
    /// Every coordinate.
    Coordinate,
    /// The pair of the plane's two coordinates: the entry beside a matrix's diagonal.
    Pair,
}

/// Quantities of one kind: they have one colour wherever they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
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

impl NoteRole {
    /// The kind of the quantity.
    #[must_use]
    pub const fn family(self) -> Family {
        match self {
            Self::Asked => Family::Query,
            Self::Gradient => Family::Gradient,
            Self::Velocity | Self::Moment => Family::Memory,
            Self::Squares | Self::Updates | Self::Rate => Family::Squares,
            Self::Part(family) | Self::Other(family) => family,
        }
    }

    /// Whether the quantity is a part of the step.
    #[must_use]
    pub const fn is_part(self) -> bool {
        matches!(self, Self::Part(_))
    }
}

impl Note {
    /// A quantity of every coordinate whose name is its sign.
    #[must_use]
    pub const fn new(name: &'static str, label: &'static str, role: NoteRole) -> Self {
        Self::written(name, [name, name], label, role, NoteShape::Coordinate)
    }

    /// A quantity with signs of its own, in LaTeX and in Unicode.
    #[must_use]
    pub const fn written(
        name: &'static str,
        [latex, sign]: [&'static str; 2],
        label: &'static str,
        role: NoteRole,
        shape: NoteShape,
    ) -> Self {
        Self {
            name: Cow::Borrowed(name),
            latex: Cow::Borrowed(latex),
            sign: Cow::Borrowed(sign),
            label: Cow::Borrowed(label),
            role,
            shape,
        }
    }

    const fn part(
        name: &'static str,
        latex: &'static str,
        texts: [&'static str; 2],
        family: Family,
    ) -> Self {
        let [sign, label] = texts;
        let role = NoteRole::Part(family);
        Self::written(name, [latex, sign], label, role, NoteShape::Coordinate)
    }

    /// The point where the gradient was asked for.
    pub const ASKED: Self = Self::written(
        "asked",
        [r"\theta", "evaluated at"],
        "gradient evaluated at",
        NoteRole::Asked,
        NoteShape::Coordinate,
    );
    /// g
    pub const GRADIENT: Self = Self::new("g", "gradient", NoteRole::Gradient);
    /// m, the decaying average of gradients.
    pub const MOMENT: Self = Self::new("m", "first moment", NoteRole::Moment);
    /// v, the decaying average of squared gradients.
    pub const SECOND_MOMENT: Self = Self::new("v", "second moment", NoteRole::Squares);
    /// m̂, m with its bias corrected.
    pub const CORRECTED_MOMENT: Self = Self::written(
        "m_hat",
        [r"\hat{m}", "m̂"],
        "first moment, corrected",
        NoteRole::Moment,
        NoteShape::Coordinate,
    );
    /// v̂, v with its bias corrected.
    pub const CORRECTED_SECOND_MOMENT: Self = Self::written(
        "v_hat",
        [r"\hat{v}", "v̂"],
        "second moment, corrected",
        NoteRole::Squares,
        NoteShape::Coordinate,
    );
    /// The effective learning rate of a coordinate.
    pub const RATE: Self = Self::written(
        "rate",
        [r"\eta_{\text{eff}}", "rate"],
        "effective rate",
        NoteRole::Rate,
        NoteShape::Coordinate,
    );
    /// The part of the step that memory of earlier gradients makes.
    pub const FROM_MEMORY: Self = Self::part(
        "from_memory",
        r"\Delta_{\text{memory}}",
        ["from memory", "step from memory"],
        Family::Memory,
    );
    /// The part of the step that this step's gradient makes.
    pub const FROM_GRADIENT: Self = Self::part(
        "from_gradient",
        r"\Delta_{g}",
        ["from g", "step from gradient"],
        Family::Gradient,
    );
    /// The part of the step that decoupled weight decay makes.
    pub const FROM_DECAY: Self = Self::part(
        "from_decay",
        r"\Delta_{\text{decay}}",
        ["from decay", "step from weight decay"],
        Family::Decay,
    );

    /// A velocity of this name.
    #[must_use]
    pub const fn velocity(name: &'static str) -> Self {
        Self::new(name, "velocity", NoteRole::Velocity)
    }

    /// A sum or average of squared gradients of this name.
    #[must_use]
    pub const fn squares(name: &'static str) -> Self {
        Self::new(name, "accumulated squares", NoteRole::Squares)
    }
}

/// Lists the notes of a rule that asks for gradients: `notes! { V: Note::velocity("v"), … }` makes
/// the list `NOTES`, with the point asked and the gradient before these, and the constant `V` with
/// the index in it.
#[macro_export]
macro_rules! notes {
    (@ids $from:expr;) => {};
    (@ids $from:expr; $id:ident $($rest:ident)*) => {
        const $id: $crate::optimizer::NoteId = $from;
        $crate::notes!(@ids $from + 1; $($rest)*);
    };
    ($($id:ident: $note:expr),* $(,)?) => {
        /// What the rule notes of a step.
        pub(super) const NOTES: &[$crate::optimizer::Note] = &[
            $crate::optimizer::Note::ASKED,
            $crate::optimizer::Note::GRADIENT,
            $($note),*
        ];
        $crate::notes!(@ids 2; $($id)*);
    };
}

pub use notes;
