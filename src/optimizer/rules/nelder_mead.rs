//! The simplex of Nelder and Mead, which asks for no gradient.

use serde::{Deserialize, Serialize};

use super::{
    About, Block, ByHand, Claim, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Optimizer, Oracle, Outcome, Probe, Queries, Real, Role, Trial, Valid,
};
use crate::optimizer::NoteId;
use crate::optimizer::rule::Capacity;

const fn corner(name: &'static str, label: &'static str) -> Note {
    let role = NoteRole::Other(Family::Query);
    Note::written(name, [name, name], label, role, NoteShape::Coordinate)
}

const NOTES: &[Note] = &[
    corner("b", "best corner"),
    corner("n", "second worst corner"),
    corner("w", "worst corner"),
    corner("m", "middle of all but the worst"),
    Note::written(
        "c",
        ["c", "c"],
        "move: 1 reflected, 2 expanded, ±½ contracted, 0 shrunk",
        NoteRole::Other(Family::Step),
        NoteShape::Scalar,
    ),
    Note::written(
        "from_simplex",
        [r"\Delta_{b}", "from b"],
        "step of the best corner",
        NoteRole::Part(Family::Step),
        NoteShape::Coordinate,
    ),
];
const BEST: NoteId = 0;
const NEXT: NoteId = 1;
const WORST: NoteId = 2;
const MIDDLE: NoteId = 3;
const MOVE: NoteId = 4;
const FROM_SIMPLEX: NoteId = 5;

/// The worst of n + 1 corners is reflected in the middle of the others, or moved further or less far;
/// if nothing helps, all corners move half-way to the best.
///
/// Nelder & Mead, *A simplex method for function minimization*, 1965, as in scipy 1.17 with
/// `adaptive=False`. In the first step the corners are the start and, for each coordinate, the start with
/// that coordinate times 1 + `initial_size` (or at `initial_size_at_zero` if it is 0). Sorted by f, ties
/// in the old order, the corners are b, …, n, w; m is the mean of all but w, and r = m + (m − w).
/// If f(r) < f(b): e = m + 2(m − w) if f(e) < f(r), else r. Else if f(r) < f(n): r. Else m + ½(m − w), if
/// f(r) < f(w) and it is not above f(r), or m − ½(m − w), if f(r) ≥ f(w) and it is below f(w). What is taken
/// replaces w; if nothing is, all corners move half-way to b. The position is b. If something else has
/// moved the position, new corners are put around it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NelderMead {
    /// The size of the first simplex, as a share of each coordinate.
    pub initial_size: f64,
    /// Its size along coordinates that are 0.
    pub initial_size_at_zero: f64,
}

const PUBLISHED: NelderMead = NelderMead {
    initial_size: 0.05,
    initial_size_at_zero: 0.000_25,
};

impl Described for NelderMead {
    const ABOUT: About = About {
        name: "NelderMead",
        title: "Nelder–Mead",
        source: "J. A. Nelder, R. Mead, The Computer Journal 7(4), 1965",
        idea: "Asks for no gradient: a triangle tumbles downhill by reflecting its worst corner, \
               stretches where that pays and shrinks where nothing does.",
        hue: 6,
    };

    const HISTORY: Option<History> = Some(History {
        year: 1965,
        kin: Kin::WithoutGradients,
        parents: &[],
        good_for: Claim::trial(
            "A loss without gradients: a triangle tumbles downhill.",
            Trial::on("Beale", [1.0, 1.6], 300),
        ),
        fails_when: Claim::trial(
            "Many bumps: the triangle shrinks in one of them.",
            Trial::on("Rastrigin", [-4.3, 3.4], 200).ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::number(
            "initial_size",
            "size",
            Role::Other,
            Valid::Positive,
            [1e-3, 10.0],
            "How far the other corners start from the first, as a share of each coordinate.",
            |rule| &mut rule.initial_size,
        )
        .called("first size"),
        Field::<Self>::number(
            "initial_size_at_zero",
            "size at 0",
            Role::Other,
            Valid::Positive,
            [1e-5, 10.0],
            "How far they start along coordinates that are 0.",
            |rule| &mut rule.initial_size_at_zero,
        )
        .called("first size at 0"),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults::only_published(PUBLISHED)
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn heeds_rate(&self) -> bool {
        false
    }

    fn remark(&self) -> Option<&'static str> {
        Some(
            "It compares losses of earlier steps with new ones, so it is meant for all rows and no \
             noise.",
        )
    }

    fn by_hand(&self, _t: u64) -> Option<ByHand> {
        Some(ByHand {
            latex: vec![
                r"<m> = \text{the mean of all corners but } <w>",
                r"<w> \leftarrow <m> + <c> (<m> - <w>)",
                r"<c> = 1, \text{ or } 2 \text{ if } f(r) \lt f(<b>), \text{ or } 1/2 \text{ or } -1/2 \text{ if } f(r) \ge f(<n>)",
                r"<theta> \leftarrow \text{the best corner}",
            ],
            text: "m = mean of the corners but w; w ← m + c(m − w), c one of 1, 2, ½, −½, or else \
                   all corners half-way to b; θ = the best corner",
        })
    }
}

/// A corner and its loss.
type Corner<N> = (Vec<N>, N);

/// The corners, the best first; none before the first step.
#[derive(Clone, Debug)]
pub struct State<N> {
    corners: Vec<Corner<N>>,
}

impl Optimizer for NelderMead {
    type State<N: Real> = State<N>;

    fn needs(&self) -> Queries {
        Queries {
            value: true,
            ..Queries::default()
        }
    }

    fn capacity(&self) -> Option<Capacity> {
        Some(Capacity {
            most: 100,
            why: "keeps a corner for each, and crawls with many",
        })
    }

    fn begin<N: Real>(&self, _at: &[N], _blocks: &[Block]) -> State<N> {
        State {
            corners: Vec::new(),
        }
    }

    fn step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        State { corners }: &mut State<N>,
        _t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        if corners.first().is_none_or(|(best, _)| **best != *at) {
            *corners = self.around(at, oracle);
        }
        let before = corners.clone();
        let middle = middle(corners);
        let taken = tumble(corners, &middle, oracle);
        sort(corners);
        probe.note(MOVE, N::from(taken));
        let (Some((best, _)), Some(last)) = (corners.first(), before.len().checked_sub(1)) else {
            return;
        };
        for (index, (position, &arrived)) in at.iter_mut().zip(best).enumerate() {
            probe.coordinate(index);
            probe.note(BEST, before[0].0[index]);
            probe.note(NEXT, before[last.saturating_sub(1)].0[index]);
            probe.note(WORST, before[last].0[index]);
            probe.note(MIDDLE, middle[index]);
            probe.note(FROM_SIMPLEX, arrived - *position);
            *position = arrived;
        }
    }
}

impl NelderMead {
    /// The corners around a point, sorted.
    fn around<N: Real>(&self, at: &[N], oracle: &mut dyn Oracle<N>) -> Vec<Corner<N>> {
        let mut corners = vec![(at.to_vec(), oracle.value(at))];
        for index in 0..at.len() {
            let mut corner = at.to_vec();
            corner[index] = if corner[index] == 0.0 {
                N::from(self.initial_size_at_zero)
            } else {
                corner[index] * (N::ONE + N::from(self.initial_size))
            };
            let loss = oracle.value(&corner);
            corners.push((corner, loss));
        }
        sort(&mut corners);
        corners
    }
}

/// Sorts the corners by their losses; what is no number comes last.
fn sort<N: Real>(corners: &mut [Corner<N>]) {
    corners.sort_by(|(_, one), (_, other)| {
        let undefined = |loss: &N| loss.to_f64().is_nan();
        let order = one.partial_cmp(other);
        order.unwrap_or_else(|| undefined(one).cmp(&undefined(other)))
    });
}

/// The mean of all corners but the worst.
fn middle<N: Real>(corners: &[Corner<N>]) -> Vec<N> {
    let n = corners.len().saturating_sub(1);
    let count = f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let mean = |index: usize| {
        let sum: N = corners[..n].iter().map(|(corner, _)| corner[index]).sum();
        sum / count
    };
    (0..n).map(mean).collect()
}

/// Moves the worst corner, or all others to the best, and returns the c of the move; 0: all moved.
fn tumble<N: Real>(corners: &mut [Corner<N>], middle: &[N], oracle: &mut dyn Oracle<N>) -> f64 {
    let Some(last) = corners.len().checked_sub(1) else {
        return 0.0;
    };
    let loss = |index: usize| corners[index].1;
    let (best_loss, next_loss, worst_loss) = (loss(0), loss(last.saturating_sub(1)), loss(last));
    let from = corners[last].0.clone();
    let mut at = |c: f64| {
        let ways = middle.iter().zip(&from);
        let point: Vec<N> = ways.map(|(&m, &w)| m + (m - w) * c).collect();
        let loss = oracle.value(&point);
        (point, loss)
    };
    let reflected = at(1.0);
    let (taken, c) = if reflected.1 < best_loss {
        let expanded = at(2.0);
        if expanded.1 < reflected.1 {
            (Some(expanded), 2.0)
        } else {
            (Some(reflected), 1.0)
        }
    } else if reflected.1 < next_loss {
        (Some(reflected), 1.0)
    } else if reflected.1 < worst_loss {
        let outside = at(0.5);
        ((outside.1 <= reflected.1).then_some(outside), 0.5)
    } else {
        let inside = at(-0.5);
        ((inside.1 < worst_loss).then_some(inside), -0.5)
    };
    match taken {
        Some(corner) => {
            corners[last] = corner;
            c
        }
        None => {
            shrink(corners, oracle);
            0.0
        }
    }
}

/// Moves all corners half-way to the best.
fn shrink<N: Real>(corners: &mut [Corner<N>], oracle: &mut dyn Oracle<N>) {
    let Some(((best, _), others)) = corners.split_first_mut() else {
        return;
    };
    for (corner, loss) in others {
        for (part, &best) in corner.iter_mut().zip(&*best) {
            *part = best + (*part - best) * 0.5;
        }
        *loss = oracle.value(corner);
    }
}
