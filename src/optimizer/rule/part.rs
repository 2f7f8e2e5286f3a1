//! Some of the coordinates, as a rule sees them that moves nothing else.

use std::ops::Range;

use super::{NoteId, Oracle, Probe};
use crate::real::Real;

/// Some of the coordinates of an objective: those of one group, or those that are no matrix. The
/// rule that moves them sees them one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    ranges: Vec<Range<usize>>,
}

impl Part {
    /// The coordinates in these ranges, which neither overlap nor leave the objective.
    #[must_use]
    pub fn of(ranges: impl IntoIterator<Item = Range<usize>>) -> Self {
        let ranges = ranges.into_iter().collect();
        Self { ranges }
    }

    /// The number of its coordinates.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ranges.iter().map(Range::len).sum()
    }

    /// Whether it has no coordinates.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The coordinate of the objective that is this one here.
    #[must_use]
    pub fn outside(&self, mut index: usize) -> Option<usize> {
        for range in &self.ranges {
            if index < range.len() {
                return Some(range.start + index);
            }
            index -= range.len();
        }
        None
    }

    /// Copies its coordinates out of `all`.
    pub fn gather<N: Copy>(&self, all: &[N], here: &mut [N]) {
        self.each(|outside, inside| {
            here[inside].copy_from_slice(&all[outside]);
        });
    }

    /// Copies its coordinates into `all`.
    pub fn scatter<N: Copy>(&self, here: &[N], all: &mut [N]) {
        self.each(|outside, inside| {
            all[outside].copy_from_slice(&here[inside]);
        });
    }

    /// Whether its coordinates in `all` are these.
    fn is_at<N: PartialEq>(&self, here: &[N], all: &[N]) -> bool {
        let mut is_same = true;
        self.each(|outside, inside| {
            is_same &= here[inside] == all[outside];
        });
        is_same
    }

    /// Hands each range of the objective to `act`, with the range here that belongs to it.
    fn each(&self, mut act: impl FnMut(Range<usize>, Range<usize>)) {
        let mut start = 0;
        for range in &self.ranges {
            let end = start + range.len();
            act(range.clone(), start..end);
            start = end;
        }
    }
}

/// What the rules of several parts ask in one step, and what they are told.
///
/// Each part announces where it will ask first, and all these places together form one point. So
/// parts with a gradient each cost one gradient together. Whatever a rule asks elsewhere is
/// evaluated with the other coordinates where they were before the step.
#[derive(Clone, Debug)]
pub struct Shared<N> {
    /// The position before the step.
    from: Vec<N>,
    /// The point at which the gradient is asked first.
    asked: Vec<N>,
    /// The gradient there, once it is known.
    gradient: Vec<N>,
    is_known: bool,
    /// The loss before the step, once it is known.
    value: Option<N>,
    /// Space for another point, and for what is asked there.
    elsewhere: Vec<N>,
    answer: Vec<N>,
    /// Space for a Hessian, for rules that ask for one.
    hessian: Vec<N>,
}

impl<N: Real> Shared<N> {
    /// Space for the queries about a position with this many coordinates.
    #[must_use]
    pub fn new(dimension: usize) -> Self {
        let zeros = || vec![N::ZERO; dimension];
        Self {
            from: zeros(),
            asked: zeros(),
            gradient: zeros(),
            is_known: false,
            value: None,
            elsewhere: zeros(),
            answer: zeros(),
            hessian: Vec::new(),
        }
    }

    /// Begins a step from `at`.
    pub fn begin(&mut self, at: &[N]) {
        self.from.copy_from_slice(at);
        self.asked.copy_from_slice(at);
        self.is_known = false;
        self.value = None;
    }

    /// Announces where the rule of a part will ask for its gradient first.
    pub fn announce(&mut self, part: &Part, point: &[N]) {
        part.scatter(point, &mut self.asked);
    }

    /// The point at which all parts together ask for the gradient first.
    #[must_use]
    pub fn asked(&self) -> &[N] {
        &self.asked
    }

    /// The gradient at that point, evaluated once per step.
    pub fn gradient(&mut self, oracle: &mut dyn Oracle<N>) -> &[N] {
        if !self.is_known {
            oracle.gradient(&self.asked, &mut self.gradient);
            self.is_known = true;
        }
        &self.gradient
    }

    /// The access of a part's rule to the loss.
    pub fn of<'a>(&'a mut self, part: &'a Part, oracle: &'a mut dyn Oracle<N>) -> OfPart<'a, N> {
        OfPart {
            shared: self,
            part,
            oracle,
        }
    }

    /// Makes `elsewhere` the position before the step, but with a part at `point`.
    fn go(&mut self, part: &Part, point: &[N]) {
        self.elsewhere.copy_from_slice(&self.from);
        part.scatter(point, &mut self.elsewhere);
    }
}

/// The access to the loss of a rule that moves a part of the coordinates.
pub struct OfPart<'a, N: Real> {
    shared: &'a mut Shared<N>,
    part: &'a Part,
    oracle: &'a mut dyn Oracle<N>,
}

impl<N: Real> Oracle<N> for OfPart<'_, N> {
    fn gradient(&mut self, at: &[N], gradient: &mut [N]) {
        let shared = &mut *self.shared;
        if self.part.is_at(at, &shared.asked) {
            self.part.gather(shared.gradient(self.oracle), gradient);
            return;
        }
        shared.go(self.part, at);
        self.oracle.gradient(&shared.elsewhere, &mut shared.answer);
        self.part.gather(&shared.answer, gradient);
    }

    fn value(&mut self, at: &[N]) -> N {
        let shared = &mut *self.shared;
        if self.part.is_at(at, &shared.from) {
            let known = &mut shared.value;
            return *known.get_or_insert_with(|| self.oracle.value(&shared.from));
        }
        shared.go(self.part, at);
        self.oracle.value(&shared.elsewhere)
    }

    fn hessian(&mut self, at: &[N], hessian: &mut [N]) {
        let shared = &mut *self.shared;
        let all = shared.from.len();
        shared.go(self.part, at);
        shared.hessian.resize(all * all, N::ZERO);
        self.oracle.hessian(&shared.elsewhere, &mut shared.hessian);
        let rows = self.part.ranges.iter().cloned().flatten();
        for (row, here) in rows.zip(hessian.chunks_exact_mut(at.len().max(1))) {
            let row = &shared.hessian[row * all..][..all];
            self.part.gather(row, here);
        }
    }

    fn hessian_diagonal(&mut self, at: &[N], diagonal: &mut [N]) {
        let shared = &mut *self.shared;
        shared.go(self.part, at);
        self.oracle
            .hessian_diagonal(&shared.elsewhere, &mut shared.answer);
        self.part.gather(&shared.answer, diagonal);
    }
}

/// Forwards the notes of a rule that moves a part of the coordinates, with their indices in the
/// objective and after the notes of other rules.
pub struct NotedIn<'a> {
    /// The receiver.
    pub probe: &'a mut dyn Probe,
    /// The rule's coordinates.
    pub part: &'a Part,
    /// The number of notes that come before.
    pub by: NoteId,
}

impl Probe for NotedIn<'_> {
    fn coordinate(&mut self, index: usize) {
        if let Some(index) = self.part.outside(index) {
            self.probe.coordinate(index);
        }
    }

    fn hear(&mut self, id: NoteId, value: f64) {
        self.probe.hear(id + self.by, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_go_out_and_come_back() {
        let part = Part::of([1..3, 5..6]);
        let mut here = [0; 3];
        part.gather(&[10, 11, 12, 13, 14, 15], &mut here);
        assert_eq!(here, [11, 12, 15]);
        let mut all = [0; 6];
        part.scatter(&here, &mut all);
        assert_eq!(all, [0, 11, 12, 0, 0, 15]);
        let outside: Vec<_> = (0..4).map(|index| part.outside(index)).collect();
        assert_eq!(outside, [Some(1), Some(2), Some(5), None]);
        assert!(Part::of([]).is_empty() && !part.is_empty());
    }

    /// f = x y z, whose gradient, value and Hessian are known everywhere; counts its gradients.
    struct Product(usize);

    impl Oracle for Product {
        fn gradient(&mut self, at: &[f64], gradient: &mut [f64]) {
            self.0 += 1;
            gradient.copy_from_slice(&[at[1] * at[2], at[0] * at[2], at[0] * at[1]]);
        }

        fn value(&mut self, at: &[f64]) -> f64 {
            at[0] * at[1] * at[2]
        }

        fn hessian(&mut self, at: &[f64], hessian: &mut [f64]) {
            let [x, y, z] = [at[0], at[1], at[2]];
            hessian.copy_from_slice(&[0.0, z, y, z, 0.0, x, y, x, 0.0]);
        }

        fn hessian_diagonal(&mut self, _at: &[f64], diagonal: &mut [f64]) {
            diagonal.copy_from_slice(&[1.0, 2.0, 3.0]);
        }
    }

    #[test]
    fn parts_share_the_gradient_where_they_said_they_would_ask() {
        let (outer, inner) = (Part::of([0..1, 2..3]), Part::of(std::iter::once(1..2)));
        let mut shared = Shared::new(3);
        shared.begin(&[2.0, 3.0, 5.0]);
        shared.announce(&inner, &[4.0]);
        let mut oracle = Product(0);
        let mut gradient = [0.0; 2];
        shared
            .of(&outer, &mut oracle)
            .gradient(&[2.0, 5.0], &mut gradient);
        assert_eq!(gradient, [20.0, 8.0]);
        let mut gradient = [0.0];
        shared
            .of(&inner, &mut oracle)
            .gradient(&[4.0], &mut gradient);
        assert_eq!((gradient, oracle.0), ([10.0], 1));
        // Elsewhere, the others are where they were before the step.
        shared
            .of(&outer, &mut oracle)
            .gradient(&[1.0, 1.0], &mut [0.0; 2]);
        assert_eq!(oracle.0, 2);
        assert_eq!(shared.of(&outer, &mut oracle).value(&[1.0, 1.0]), 3.0);
        assert_eq!(shared.of(&inner, &mut oracle).value(&[3.0]), 30.0);
    }

    #[test]
    fn second_derivatives_are_those_of_the_part() {
        let part = Part::of([0..1, 2..3]);
        let mut shared = Shared::new(3);
        shared.begin(&[2.0, 3.0, 5.0]);
        let mut oracle = Product(0);
        let mut hessian = [f64::NAN; 4];
        shared
            .of(&part, &mut oracle)
            .hessian(&[2.0, 5.0], &mut hessian);
        assert_eq!(hessian, [0.0, 3.0, 3.0, 0.0]);
        let mut diagonal = [0.0; 2];
        shared
            .of(&part, &mut oracle)
            .hessian_diagonal(&[2.0, 5.0], &mut diagonal);
        assert_eq!(diagonal, [1.0, 3.0]);
    }
}
