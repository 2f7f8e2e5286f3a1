//! A rule for each group of coordinates.

use super::part::NotedIn;
use super::{NoteId, Oracle, Part, Probe, Run, Shared, Undefined};
use crate::real::Real;

/// A rule that moves some of the coordinates.
#[derive(Clone)]
pub struct Member<N: Real> {
    part: Part,
    run: Box<dyn Run<N>>,
    /// How many notes the rule has.
    notes: NoteId,
    /// Its coordinates, one after the other.
    at: Vec<N>,
    /// Where it will ask first.
    point: Vec<N>,
}

impl<N: Real> Member<N> {
    /// A rule with this many notes that moves these coordinates.
    #[must_use]
    pub fn new(part: Part, run: Box<dyn Run<N>>, notes: NoteId) -> Self {
        let zeros = vec![N::ZERO; part.len()];
        Self {
            part,
            run,
            notes,
            at: zeros.clone(),
            point: zeros,
        }
    }

    /// Takes its coordinates out of `at`, and tells where the rule will ask first.
    fn begin(&mut self, at: &[N], shared: &mut Shared<N>) {
        self.part.gather(at, &mut self.at);
        self.run.query(&self.at, &mut self.point);
        shared.announce(&self.part, &self.point);
    }
}

/// The run of several rules, each of which moves its own coordinates. All of them see the same
/// rows and the same noise, and rules that ask for one gradient each share a single one.
///
/// The racer's own rule moves what no group takes. It is the one that edits and schedules address;
/// a schedule multiplies the rates of the others by the same factor. The notes of the groups come
/// after those of the racer's own rule.
#[derive(Clone)]
pub struct Grouped<N: Real> {
    own: Member<N>,
    groups: Vec<Member<N>>,
    shared: Shared<N>,
}

impl<N: Real> Grouped<N> {
    /// The racer's own rule and its groups, whose parts together are the coordinates of a position
    /// of this dimension.
    #[must_use]
    pub fn new(own: Member<N>, groups: Vec<Member<N>>, dimension: usize) -> Self {
        let shared = Shared::new(dimension);
        Self {
            own,
            groups,
            shared,
        }
    }

    fn members(&mut self) -> impl Iterator<Item = &mut Member<N>> {
        std::iter::once(&mut self.own).chain(&mut self.groups)
    }

    /// Makes a step, where `act` makes that of each rule.
    fn each(
        &mut self,
        at: &mut [N],
        oracle: &mut dyn Oracle<N>,
        mut act: impl FnMut(&mut dyn Run<N>, &mut [N], &mut dyn Oracle<N>, &Part, NoteId),
    ) {
        let Self {
            own,
            groups,
            shared,
        } = self;
        shared.begin(at);
        own.begin(at, shared);
        for group in &mut *groups {
            group.begin(at, shared);
        }
        let mut notes = 0;
        for member in std::iter::once(own).chain(groups) {
            let Member { part, run, .. } = member;
            if !part.is_empty() {
                let mut oracle = shared.of(part, oracle);
                act(&mut **run, &mut member.at, &mut oracle, part, notes);
                part.scatter(&member.at, at);
            }
            notes += member.notes;
        }
    }
}

impl<N: Real> Run<N> for Grouped<N> {
    fn query(&mut self, at: &[N], point: &mut [N]) {
        for member in self.members() {
            member.part.gather(at, &mut member.at);
            member.run.query(&member.at, &mut member.point);
            member.part.scatter(&member.point, point);
        }
    }

    fn step(&mut self, at: &mut [N], t: u64, oracle: &mut dyn Oracle<N>) {
        self.each(at, oracle, |run, at, oracle, _, _| run.step(at, t, oracle));
    }

    fn step_noted(
        &mut self,
        at: &mut [N],
        t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut dyn Probe,
    ) {
        self.each(at, oracle, |run, at, oracle, part, by| {
            let mut noted = NotedIn {
                probe: &mut *probe,
                part,
                by,
            };
            run.step_noted(at, t, oracle, &mut noted);
        });
    }

    fn undefined(&mut self, at: &[N]) -> Option<Undefined> {
        self.members().find_map(|member| {
            member.part.gather(at, &mut member.at);
            if member.at.iter().all(|position| position.is_finite()) {
                return None;
            }
            let undefined = member.run.undefined(&member.at)?;
            let coordinate = undefined.coordinate;
            Some(Undefined {
                coordinate: coordinate.and_then(|index| member.part.outside(index)),
                ..undefined
            })
        })
    }

    fn adjust(&mut self, parameter: usize, value: f64) {
        self.own.run.adjust(parameter, value);
    }

    fn pace(&mut self, rate: f64, eta: f64) {
        for member in self.members() {
            member.run.pace(rate, eta);
        }
    }

    fn fork(&self) -> Box<dyn Run<N>> {
        Box::new(self.clone())
    }
}
