//! Changes of a racer's groups: the parts of a network that have a rule of their own.

use crate::experiment::{Group, Plan, block_names};
use crate::objective::{Block, Queries};
use crate::optimizer::{AdamW, OptimizerChoice, Value, spelled};

/// A change of one of a racer's groups.
#[derive(Clone, Debug, PartialEq)]
pub enum GroupChange {
    /// Append the group.
    Add(Group),
    /// Remove it.
    Remove,
    /// Let it take other blocks.
    Block(String),
    /// Replace its rule.
    Rule(OptimizerChoice),
    /// Set the hyper-parameter with this index in its rule's list.
    Parameter(usize, Value),
}

impl GroupChange {
    /// Makes the change to the group at an index. A group that is not there changes nothing.
    pub fn apply(self, plan: &mut Plan, index: usize) {
        if let Self::Add(group) = self {
            plan.groups.push(group);
            return;
        }
        let Some(group) = plan.groups.get_mut(index) else {
            return;
        };
        match self {
            Self::Add(_) => {}
            Self::Remove => {
                plan.groups.remove(index);
            }
            Self::Block(block) => group.block = block,
            Self::Rule(optimizer) => group.optimizer = optimizer,
            Self::Parameter(parameter, value) => group.optimizer.rule_mut().set(parameter, value),
        }
    }

    /// Describes the change of the group at an index, except for that of a hyper-parameter. `plans`
    /// are those before and after, and `racer` is the racer's name.
    #[must_use]
    pub fn story(&self, index: usize, plans: [Option<&Plan>; 2], racer: &str) -> String {
        let [was, is] = plans.map(|plan| plan?.groups.get(index));
        let block = |group: Option<&Group>| group.map_or_else(String::new, block_label);
        let rule = |group: Option<&Group>| {
            group.map_or_else(String::new, |group| {
                group.optimizer.rule().title().to_owned()
            })
        };
        match self {
            Self::Add(group) => format!("Add a group to {racer}: {}", block_label(group)),
            Self::Remove => format!("Remove the group of {racer}: {}", block(was)),
            Self::Block(_) => format!("Group of {racer}: {} → {}", block(was), block(is)),
            Self::Rule(_) | Self::Parameter(..) => {
                format!("{racer}, {}: {} → {}", block(is), rule(was), rule(is))
            }
        }
    }
}

/// Returns the blocks of a group in words: "last layer".
#[must_use]
pub fn block_label(group: &Group) -> String {
    spelled(&group.block)
}

/// Returns a group to be added to a racer on an objective with these blocks, which provides this:
/// blocks that no group has yet, with the racer's own rule or, in place of one that moves matrices,
/// `AdamW`. `None` if the racer's own rule would have nothing left.
#[must_use]
pub fn new_group(plan: &Plan, blocks: &[Block], provides: Queries) -> Option<Group> {
    /// What most often has a rule of its own.
    const USUAL: [&str; 2] = ["last_layer", "biases"];
    let names = block_names(blocks);
    let usual = USUAL.map(str::to_owned).into_iter();
    let usual = usual.filter(|name| names.contains(name));
    let optimizer = if plan.optimizer.needs().matrices {
        OptimizerChoice::AdamW(AdamW::default())
    } else {
        plan.optimizer.clone()
    };
    let others = names.iter().rev().cloned();
    usual.chain(others).find_map(|block| {
        let group = Group {
            block,
            optimizer: optimizer.clone(),
        };
        let mut grown = plan.clone();
        grown.groups.push(group.clone());
        let own = grown.weights_of_each(blocks).first().copied();
        let is_possible =
            own.is_some_and(|own| own > 0) && grown.check_groups(blocks, provides).is_ok();
        is_possible.then_some(group)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizer::{Adam, Muon};

    /// The layers 2-3-1, with biases.
    const BLOCKS: [Block; 4] = [
        Block::Matrix {
            rows: 3,
            columns: 2,
        },
        Block::Vector(3),
        Block::Matrix {
            rows: 1,
            columns: 3,
        },
        Block::Vector(1),
    ];

    fn provides() -> Queries {
        Queries {
            matrices: true,
            ..Queries::GRADIENT
        }
    }

    #[test]
    fn groups_are_added_until_the_own_rule_has_nothing_more_to_give() {
        let adam = OptimizerChoice::Adam(Adam::default());
        let mut plan = Plan::new(adam.clone());
        let mut added = Vec::new();
        while let Some(group) = new_group(&plan, &BLOCKS, provides()) {
            assert_eq!(group.optimizer, adam);
            added.push(group.block.clone());
            plan.groups.push(group);
        }
        assert_eq!(added, ["last_layer", "biases"]);
        assert_eq!(plan.weights_of_each(&BLOCKS), [6, 4, 3]);
        let mut muon = Plan::new(OptimizerChoice::Muon(Muon::default()));
        let group = new_group(&muon, &BLOCKS, provides()).unwrap();
        assert_eq!(group.optimizer.rule().about().name, "AdamW");
        // One layer without biases is all there is.
        muon.groups.clear();
        assert_eq!(new_group(&muon, &BLOCKS[..1], provides()), None);
    }

    #[test]
    fn changes_of_groups_are_told_in_plain_words() {
        let group = Group {
            block: "last_layer".to_owned(),
            optimizer: OptimizerChoice::Adam(Adam::default()),
        };
        let mut plan = Plan::new(group.optimizer.clone());
        let muon = OptimizerChoice::Muon(Muon::default());
        for (change, story) in [
            (GroupChange::Add(group), "Add a group to Ann: last layer"),
            (
                GroupChange::Block("layer 1".to_owned()),
                "Group of Ann: last layer → layer 1",
            ),
            (GroupChange::Rule(muon), "Ann, layer 1: Adam → Muon"),
            (GroupChange::Remove, "Remove the group of Ann: layer 1"),
        ] {
            let before = plan.clone();
            change.clone().apply(&mut plan, 0);
            assert_eq!(change.story(0, [Some(&before), Some(&plan)], "Ann"), story);
        }
        let before = plan.clone();
        GroupChange::Remove.apply(&mut plan, 3);
        assert_eq!(plan, before);
    }
}
