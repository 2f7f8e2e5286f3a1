//! The singular values of a network's matrices in a step, before and after a rule makes them alike.

use std::ops::Range;

use crate::experiment::Plan;
use crate::objective::Block;
use crate::optimizer::{NoteId, NoteRole, Notebook};
use crate::real::singular_values;
use crate::simulation::Anatomy;

/// The singular values of the matrix by which a rule moves the weights of a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Spectrum {
    /// The number of the layer, from 1.
    pub layer: usize,
    /// The numbers of outputs and inputs.
    pub shape: [usize; 2],
    /// Those of the direction over its Frobenius norm, from large to small; all are 0 for a
    /// direction of length 0.
    pub before: Vec<f64>,
    /// Those of the resulting step, from large to small.
    pub after: Vec<f64>,
}

impl Spectrum {
    /// The spectra of all matrices that a rule of the racer, its own or that of a group, makes alike,
    /// in the order of the layers. A matrix with a number that is not finite has none.
    #[must_use]
    pub fn all(anatomy: &Anatomy, plan: &Plan, blocks: &[Block]) -> Vec<Self> {
        let dimension = blocks.iter().map(Block::len).sum();
        let noted = stages(plan).map(|pair| pair.map(|id| over_all(&anatomy.notes, id, dimension)));
        let noted: Vec<[Vec<f64>; 2]> = noted.collect();
        let found = matrices(blocks).filter_map(|(layer, shape, range)| {
            let of = |pair: &[Vec<f64>; 2]| Self::of(layer, shape, pair, range.clone());
            noted.iter().find_map(of)
        });
        found.collect()
    }

    /// Whether a rule of the racer makes singular values alike.
    #[must_use]
    pub fn exist(plan: &Plan) -> bool {
        stages(plan).next().is_some()
    }

    /// The cost of finding those of all matrices among `blocks`, in evaluations of a row of data.
    #[must_use]
    pub fn cost(blocks: &[Block]) -> u64 {
        /// A decomposition takes about four products of the matrix with a square one, and an
        /// evaluation of a row as long as 20 multiplications.
        const PER_PRODUCT: [u64; 2] = [4, 20];
        let of = |(_, [rows, columns], _): (usize, [usize; 2], Range<usize>)| {
            (rows * columns * rows.min(columns)) as u64
        };
        let products: u64 = matrices(blocks).map(of).sum();
        2 * PER_PRODUCT[0] * products / PER_PRODUCT[1]
    }

    fn of(
        layer: usize,
        shape: [usize; 2],
        [before, after]: &[Vec<f64>; 2],
        range: Range<usize>,
    ) -> Option<Self> {
        let before = before.get(range.clone())?;
        let norm = before.iter().map(|entry| entry * entry).sum::<f64>().sqrt();
        let norm = if norm > 0.0 { norm } else { 1.0 };
        let before: Vec<f64> = before.iter().map(|entry| entry / norm).collect();
        Some(Self {
            layer,
            shape,
            before: without_rounding(singular_values(&before, shape[1])?, shape),
            after: without_rounding(singular_values(after.get(range)?, shape[1])?, shape),
        })
    }
}

/// The notes in which each rule of a racer tells its matrices before and after. The notes of the
/// groups come after those of the racer's own rule.
fn stages(plan: &Plan) -> impl Iterator<Item = [NoteId; 2]> {
    let groups = plan.groups.iter().map(|group| &group.optimizer);
    let rules = std::iter::once(&plan.optimizer).chain(groups);
    let notes = rules.scan(0, |passed, optimizer| {
        let first = *passed;
        let notes = optimizer.rule().notes();
        *passed += notes.len();
        Some((first, notes))
    });
    notes.filter_map(|(first, notes)| {
        let find = |role: NoteRole| {
            let index = notes.iter().position(|note| note.role == role)?;
            NoteId::try_from(first + index).ok()
        };
        Some([find(NoteRole::MatrixBefore)?, find(NoteRole::MatrixAfter)?])
    })
}

/// The values of a note for all coordinates; NaN where it was not noted.
fn over_all(notes: &Notebook, id: NoteId, dimension: usize) -> Vec<f64> {
    let mut values = vec![f64::NAN; dimension];
    for &(at, note, value) in notes.values() {
        if let Some(place) = values.get_mut(at).filter(|_| note == id) {
            *place = value;
        }
    }
    values
}

/// The matrices with the numbers of their layers, their shapes and their coordinates.
fn matrices(blocks: &[Block]) -> impl Iterator<Item = (usize, [usize; 2], Range<usize>)> {
    let placed = blocks.iter().scan(0, |passed, &block| {
        let first = *passed;
        *passed += block.len();
        Some((block, first..*passed))
    });
    let shaped = placed.filter_map(|(block, range)| match block {
        Block::Matrix { rows, columns } => Some(([rows, columns], range)),
        Block::Vector(_) => None,
    });
    (1..)
        .zip(shaped)
        .map(|(layer, (shape, range))| (layer, shape, range))
}

/// Singular values, from large to small, with 0 for those that are nothing but rounding.
fn without_rounding(mut values: Vec<f64>, [rows, columns]: [usize; 2]) -> Vec<f64> {
    #[expect(clippy::cast_precision_loss, reason = "shapes are far below 2^53")]
    let share = f64::EPSILON * rows.max(columns) as f64;
    let least = values.first().map_or(0.0, |largest| largest * share);
    for value in &mut values {
        if *value <= least {
            *value = 0.0;
        }
    }
    values
}
