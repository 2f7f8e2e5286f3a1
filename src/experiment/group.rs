//! Groups of parameters that are moved by a rule of their own.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::names::nearest;
use crate::objective::{Block, Queries};
use crate::optimizer::OptimizerChoice;
use crate::optimizer::rule::{Grouped, Member, NoteId, Paced, Part, Run};
use crate::real::Real;
use crate::text::brief;

/// Some blocks of a network, and the rule that moves them in place of the racer's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The blocks: "weights", "biases", "`first_layer`", "`last_layer`", or "layer 1" and so on.
    pub block: String,
    /// Their rule with its hyper-parameters.
    pub optimizer: OptimizerChoice,
}

/// Why groups do not fit an objective.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GroupFault {
    /// The objective has no layers.
    #[error("groups are parts of a network, and a point has none")]
    NoLayers,
    /// The objective has no such block.
    #[error("there is no block {name:?}; {hint}")]
    Unknown {
        /// The name.
        name: String,
        /// What was meant, or what there is.
        hint: String,
    },
    /// Earlier groups take all blocks of this one.
    #[error("the groups before it leave nothing of {name:?}")]
    Empty {
        /// The name of the group's blocks.
        name: String,
    },
    /// A rule needs what its blocks or the objective do not have.
    #[error("{refusal}")]
    Refused {
        /// The reason, as a sentence without its full stop.
        refusal: String,
    },
}

/// A block with its coordinates.
#[derive(Clone, Debug)]
struct Placed {
    block: Block,
    /// Its place among all blocks.
    index: usize,
    range: Range<usize>,
    /// The number of its layer, from 1; 0 before the first matrix.
    layer: usize,
}

/// The blocks of the racer's own rule, and those of each group.
struct Shares {
    own: Vec<Placed>,
    groups: Vec<Vec<Placed>>,
}

/// Starts a racer's own rule and those of its groups at `at`, on an objective with these blocks,
/// which provides this.
pub(super) fn begin<N: Real>(
    optimizer: &OptimizerChoice,
    groups: &[Group],
    at: &[N],
    blocks: &[Block],
    provides: Queries,
) -> Result<Box<dyn Run<N>>, GroupFault> {
    if groups.is_empty() {
        return Ok(optimizer.begin(at, blocks));
    }
    let shares = shares(optimizer, groups, blocks, provides).map_err(|(_, fault)| fault)?;
    let own = member(optimizer, &shares.own, at, |run, _| run);
    let groups = groups.iter().zip(&shares.groups);
    let groups = groups.map(|(Group { optimizer, .. }, blocks)| {
        member(optimizer, blocks, at, |run, optimizer| {
            let rule = optimizer.rule();
            let rate = rule.learning_rate().unwrap_or_default();
            Box::new(Paced::new(run, rule.rate(), rate))
        })
    });
    Ok(Box::new(Grouped::new(own, groups.collect(), at.len())))
}

/// Checks that groups fit an objective with these blocks, which provides this. An error has the
/// index of its group; `None` is the racer's own rule.
pub(super) fn check(
    optimizer: &OptimizerChoice,
    groups: &[Group],
    blocks: &[Block],
    provides: Queries,
) -> Result<(), (Option<usize>, GroupFault)> {
    if groups.is_empty() {
        return Ok(());
    }
    shares(optimizer, groups, blocks, provides).map(|_| ())
}

/// The indices of the blocks of the racer's own rule, and of those of each group.
pub(super) fn dealt(
    optimizer: &OptimizerChoice,
    groups: &[Group],
    blocks: &[Block],
    provides: Queries,
) -> Result<(Vec<usize>, Vec<Vec<usize>>), GroupFault> {
    if groups.is_empty() {
        return Ok(((0..blocks.len()).collect(), Vec::new()));
    }
    let shares = shares(optimizer, groups, blocks, provides).map_err(|(_, fault)| fault)?;
    let indices = |blocks: &Vec<Placed>| blocks.iter().map(|it| it.index).collect();
    Ok((
        indices(&shares.own),
        shares.groups.iter().map(indices).collect(),
    ))
}

/// The number of weights in `blocks` that a racer's own rule moves, and then that each of its groups
/// does.
pub(super) fn weights_of_each(groups: &[Group], blocks: &[Block]) -> Vec<usize> {
    let Shares { own, groups } = deal(groups, &placed(blocks));
    let weights = |taken: &Vec<Placed>| taken.iter().map(|it| it.range.len()).sum();
    std::iter::once(&own).chain(&groups).map(weights).collect()
}

/// Returns the names that a [`Group`] can give to its blocks on an objective with these.
#[must_use]
pub fn block_names(blocks: &[Block]) -> Vec<String> {
    names(&placed(blocks))
}

/// Deals the blocks out and checks that every rule finds what it needs.
fn shares(
    own: &OptimizerChoice,
    groups: &[Group],
    blocks: &[Block],
    provides: Queries,
) -> Result<Shares, (Option<usize>, GroupFault)> {
    let all = placed(blocks);
    if !all.iter().any(Placed::is_matrix) {
        return Err((Some(0), GroupFault::NoLayers));
    }
    let shares = deal(groups, &all);
    for (index, (Group { block, optimizer }, taken)) in
        groups.iter().zip(&shares.groups).enumerate()
    {
        let fault = |fault| (Some(index), fault);
        if !all.iter().any(|it| it.fits(block, &all)) {
            return Err(fault(unknown(block, &all)));
        }
        if taken.is_empty() {
            return Err(fault(GroupFault::Empty {
                name: block.clone(),
            }));
        }
        check_needs(optimizer, taken, provides).map_err(fault)?;
    }
    if !shares.own.is_empty() {
        check_needs(own, &shares.own, provides).map_err(|fault| (None, fault))?;
    }
    Ok(shares)
}

/// Deals the blocks out: each to the first group that fits, the rest to the racer's own rule.
fn deal(groups: &[Group], all: &[Placed]) -> Shares {
    let mut left = all.to_vec();
    let groups = groups.iter().map(|Group { block, .. }| {
        let (taken, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut left)
            .into_iter()
            .partition(|it| it.fits(block, all));
        left = rest;
        taken
    });
    let groups = groups.collect();
    Shares { own: left, groups }
}

/// Starts a rule on its blocks.
fn member<N: Real>(
    optimizer: &OptimizerChoice,
    blocks: &[Placed],
    at: &[N],
    paced: impl Fn(Box<dyn Run<N>>, &OptimizerChoice) -> Box<dyn Run<N>>,
) -> Member<N> {
    let part = Part::of(blocks.iter().map(|it| it.range.clone()));
    let mut here = vec![N::ZERO; part.len()];
    part.gather(at, &mut here);
    let shapes: Vec<Block> = blocks.iter().map(|it| it.block).collect();
    let run = paced(optimizer.begin(&here, &shapes), optimizer);
    let notes = NoteId::try_from(optimizer.rule().notes().len()).unwrap_or(NoteId::MAX);
    Member::new(part, run, notes)
}

/// Checks that a rule finds what it needs in its blocks.
fn check_needs(
    optimizer: &OptimizerChoice,
    blocks: &[Placed],
    provides: Queries,
) -> Result<(), GroupFault> {
    let here = Queries {
        matrices: blocks.iter().any(Placed::is_matrix),
        ..provides
    };
    let title = optimizer.rule().title();
    let refusal = if optimizer.needs().matrices && !here.matrices {
        Some(format!(
            "{title} moves matrices of weights, and there is none among its blocks"
        ))
    } else {
        optimizer.refusal(here)
    };
    refusal.map_or(Ok(()), |refusal| Err(GroupFault::Refused { refusal }))
}

/// The blocks with their coordinates and layers: a matrix begins a layer.
fn placed(blocks: &[Block]) -> Vec<Placed> {
    let (mut start, mut layer) = (0, 0);
    let place = |(index, &block): (usize, &Block)| {
        layer += usize::from(matches!(block, Block::Matrix { .. }));
        let range = start..start + block.len();
        start = range.end;
        Placed {
            block,
            index,
            range,
            layer,
        }
    };
    blocks.iter().enumerate().map(place).collect()
}

impl Placed {
    fn is_matrix(&self) -> bool {
        matches!(self.block, Block::Matrix { .. })
    }

    /// Whether the block is one of those that a name stands for.
    fn fits(&self, name: &str, all: &[Self]) -> bool {
        let last = all.last().map_or(0, |it| it.layer);
        match name {
            "weights" => self.is_matrix(),
            "biases" => !self.is_matrix(),
            "first_layer" => self.layer == 1,
            "last_layer" => self.layer == last,
            name => self.layer > 0 && name == layer_name(self.layer),
        }
    }
}

fn layer_name(layer: usize) -> String {
    format!("layer {layer}")
}

/// The names of all blocks that there are.
fn names(all: &[Placed]) -> Vec<String> {
    let last = all.last().map_or(0, |it| it.layer);
    let names = ["weights", "biases", "first_layer", "last_layer"];
    let names = names.map(str::to_owned).into_iter();
    let names = names.chain((1..=last).map(layer_name));
    names
        .filter(|name| all.iter().any(|it| it.fits(name, all)))
        .collect()
}

/// That there is no block of this name, and which there are.
fn unknown(name: &str, all: &[Placed]) -> GroupFault {
    let known = names(all);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let is_layer = name.starts_with("layer ");
    let hint = match nearest(name, &known).filter(|_| !is_layer) {
        Some(near) => format!("did you mean {near:?}?"),
        None => format!("there are {}", known.join(", ")),
    };
    GroupFault::Unknown {
        name: brief(name),
        hint,
    }
}
