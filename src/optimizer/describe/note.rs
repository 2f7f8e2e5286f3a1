//! Notes: the quantities that an update rule reports about a step, for inspection. Each rule has
//! its own list of them, with a description of each.

use std::borrow::Cow;

/// A quantity that a rule reports in every step.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Its name in equations, an identifier: `m`, `v`, `m_hat`.
    pub name: Cow<'static, str>,
    /// Its symbol in LaTeX.
    pub latex: Cow<'static, str>,
    /// Its symbol in Unicode, for display.
    pub sign: Cow<'static, str>,
    /// A short description.
    pub label: Cow<'static, str>,
    /// Its role in the step.
    pub role: NoteRole,
    /// What it has one value for.
    pub shape: NoteShape,
}

/// The role of a quantity in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoteRole {
    /// The point at which the gradient is evaluated.
    Asked,
    /// The gradient there.
    Gradient,
    /// A velocity.
    Velocity,
    /// An average of gradients.
    Moment,
    /// A sum or average of squared gradients. If there are several, the rule divides by the last
    /// one.
    Squares,
    /// An average of squared updates.
    Updates,
    /// The factor by which the gradient or the (corrected) moment is multiplied, including η: the
    /// effective learning rate of a coordinate. For a matrix, its diagonal element.
    Rate,
    /// How far the scaling is trusted, from 0 to 1: a factor of all scaled rates, and 0 in steps that
    /// are not scaled.
    Trust,
    /// The share of the gradient that clipping leaves: 1 where it does not act.
    Kept,
    /// A matrix of weights to be moved, before the rule makes its singular values alike.
    MatrixBefore,
    /// The same matrix afterwards.
    MatrixAfter,
    /// A part of the step; the parts add up to the step.
    Part(Family),
    /// Any other quantity of this family.
    Other(Family),
}

/// What a quantity has one value for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoteShape {
    /// One value for the step.
    Scalar,
    /// One value per coordinate.
    Coordinate,
    /// One value for the plane's pair of coordinates: the off-diagonal element of a matrix.
    Pair,
}

/// A family of quantities, which share a colour wherever they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Family {
    /// The current gradient, and its part of the step.
    Gradient,
    /// The memory of earlier gradients, and its part of the step.
    Memory,
    /// The memory of squared gradients, and the resulting rates.
    Squares,
    /// The point at which the gradient is evaluated.
    Query,
    /// Weight decay.
    Decay,
    /// The step and the position.
    Step,
}

impl NoteRole {
    /// The family of the quantity.
    #[must_use]
    pub const fn family(self) -> Family {
        match self {
            Self::Asked => Family::Query,
            Self::Gradient | Self::Kept => Family::Gradient,
            Self::Velocity | Self::Moment | Self::MatrixBefore | Self::MatrixAfter => {
                Family::Memory
            }
            Self::Squares | Self::Updates | Self::Rate | Self::Trust => Family::Squares,
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
    /// A quantity per coordinate, whose name is also its symbol.
    #[must_use]
    pub const fn new(name: &'static str, label: &'static str, role: NoteRole) -> Self {
        Self::written(name, [name, name], label, role, NoteShape::Coordinate)
    }

    /// A quantity with its own symbols in LaTeX and Unicode.
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

    /// The point at which the gradient is evaluated, in a rule without a symbol for it.
    pub const ASKED: Self = Self::evaluated_at("asked", [r"\theta", "evaluated at"]);
    /// g
    pub const GRADIENT: Self = Self::new("g", "gradient", NoteRole::Gradient);
    /// m, the exponential moving average of gradients.
    pub const MOMENT: Self = Self::new("m", "first moment", NoteRole::Moment);
    /// v, the exponential moving average of squared gradients.
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
    /// The part of the step due to the memory of earlier gradients.
    pub const FROM_MEMORY: Self = Self::part(
        "from_memory",
        r"\Delta_{\text{memory}}",
        ["from memory", "step from memory"],
        Family::Memory,
    );
    /// The part of the step due to the current gradient.
    pub const FROM_GRADIENT: Self = Self::part(
        "from_gradient",
        r"\Delta_{g}",
        ["from g", "step from gradient"],
        Family::Gradient,
    );
    /// The part of the step due to decoupled weight decay.
    pub const FROM_DECAY: Self = Self::part(
        "from_decay",
        r"\Delta_{\text{decay}}",
        ["from decay", "step from weight decay"],
        Family::Decay,
    );

    /// ∇f, the gradient before a wrapper clips it.
    pub const UNCLIPPED: Self = Self::written(
        "unclipped",
        [r"\nabla{f}", "∇f"],
        "gradient before clipping",
        NoteRole::Other(Family::Gradient),
        NoteShape::Coordinate,
    );

    /// The share of the gradient that clipping leaves.
    #[must_use]
    pub const fn kept(shape: NoteShape) -> Self {
        let symbols = [r"\kappa", "κ"];
        Self::written(
            "kept",
            symbols,
            "share kept by clipping",
            NoteRole::Kept,
            shape,
        )
    }

    /// The point at which the gradient is evaluated, which has this name and symbol in the rule.
    #[must_use]
    pub const fn asked(name: &'static str) -> Self {
        Self::evaluated_at(name, [name, name])
    }

    const fn evaluated_at(name: &'static str, symbols: [&'static str; 2]) -> Self {
        Self::written(
            name,
            symbols,
            "gradient evaluated at",
            NoteRole::Asked,
            NoteShape::Coordinate,
        )
    }

    /// A velocity with this name.
    #[must_use]
    pub const fn velocity(name: &'static str) -> Self {
        Self::new(name, "velocity", NoteRole::Velocity)
    }

    /// A sum or average of squared gradients with this name.
    #[must_use]
    pub const fn squares(name: &'static str) -> Self {
        Self::new(name, "accumulated squares", NoteRole::Squares)
    }
}

/// Lists the notes of a rule that evaluates gradients: `notes! { V: Note::velocity("v"), … }`
/// defines the list `NOTES`, which starts with the query point and the gradient, and the constant
/// `V` with the index of its note. A rule with a symbol for the query point starts the list with it:
/// `notes! { asked: "y"; … }`.
#[macro_export]
macro_rules! notes {
    (@ids $from:expr;) => {};
    (@ids $from:expr; $id:ident $($rest:ident)*) => {
        pub(super) const $id: $crate::optimizer::NoteId = $from;
        $crate::notes!(@ids $from + 1; $($rest)*);
    };
    (@list $asked:expr; $($id:ident: $note:expr),* $(,)?) => {
        /// The quantities that the rule notes in a step.
        pub(super) const NOTES: &[$crate::optimizer::Note] = &[
            $asked,
            $crate::optimizer::Note::GRADIENT,
            $($note),*
        ];
        $crate::notes!(@ids 2; $($id)*);
    };
    (asked: $name:expr; $($rest:tt)*) => {
        $crate::notes!(@list $crate::optimizer::Note::asked($name); $($rest)*);
    };
    ($($rest:tt)*) => {
        $crate::notes!(@list $crate::optimizer::Note::ASKED; $($rest)*);
    };
}

pub use notes;
