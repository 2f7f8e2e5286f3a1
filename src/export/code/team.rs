//! The rules that move a racer: one for all parameters, or one for each of several groups of them.

use super::counterpart::{Call, Counterpart, HELD, Lack, Manner, NO_LOSS};
use super::layout::Code;
use super::python::string;
use super::values::Values;
use crate::experiment::Racer;
use crate::objective::{Block, Objective};
use crate::optimizer::OptimizerChoice;

/// A rule that moves some of the parameters.
#[derive(Clone, Debug)]
pub(super) struct Member {
    /// The name of the rule.
    name: &'static str,
    /// The indices of its parameters, each of which is a matrix or a vector.
    parameters: Vec<usize>,
    pub(super) counterpart: Counterpart,
}

/// All rules that move a racer.
#[derive(Clone, Debug)]
pub(super) struct Team {
    pub(super) members: Vec<Member>,
    /// The wrapper around all of them; only Optax has one.
    pub(super) around: Option<Call>,
}

const POINT: Lack = "it moves matrices of weights, and a point is none";
const MISFIT: Lack = "its groups are no parts of the network";
const NO_PACE: Lack =
    "its learning rate is 0 for a while, which tells the rates of its groups no factor";
const IN_GROUP: Lack = "Optax' lookahead holds all parameters, and here it would hold some of them";
const AVERAGE: Lack =
    "Optax' schedule_free_sgd averages all parameters, and here it moves some of them";

const ASKS: Lack = "it asks for the loss or gradients at points of its own, and here it would move \
                    some of the parameters only";

/// What finds the counterpart of a rule in a library.
pub(super) type Find<'a> = &'a dyn Fn(&Values) -> Result<Counterpart, Lack>;

/// A rule with the parameters that it moves.
struct Share<'a> {
    values: Values<'a>,
    parameters: Vec<usize>,
}

impl Team {
    /// The rules that move a racer on an objective.
    pub(super) fn of(
        racer: &Racer,
        steps: usize,
        objective: &dyn Objective,
        find: Find,
    ) -> Result<Self, Lack> {
        let blocks = objective.blocks();
        let mut values = Values::of(racer, steps, objective.rows());
        let mut around = None;
        if let Some(inner) = values.inner()
            && divides(&inner)
        {
            if !matches!(values.optimizer(), OptimizerChoice::Lookahead(_)) {
                return Err(HELD);
            }
            if !racer.plan.groups.is_empty() {
                return Err(IN_GROUP);
            }
            around = find(&values)?.around;
            values = inner;
        }
        let dealt = racer.plan.deal(blocks, objective.provides());
        let (parameters, groups) = dealt.map_err(|_| MISFIT)?;
        let of_groups = racer.plan.groups.iter().zip(groups);
        let of_groups = of_groups.map(|(group, parameters)| Share {
            values: values.of_group(group),
            parameters,
        });
        let of_groups: Vec<_> = of_groups.collect();
        let own = Share { values, parameters };
        let shares = std::iter::once(own).chain(of_groups);
        let shares = shares.flat_map(|share| share.divided(blocks));
        let shares = shares.filter(|share| !share.parameters.is_empty());
        let has_matrices = blocks.iter().any(is_matrix);
        let members = shares.map(|share| share.member(has_matrices, find));
        let members: Vec<Member> = members.collect::<Result<_, _>>()?;
        Self { members, around }.whole()
    }

    /// The same with the wrapper of its only member around all. There is none if a wrapper or an
    /// average would hold some of the parameters only.
    fn whole(mut self) -> Result<Self, Lack> {
        if let [only] = &mut *self.members {
            self.around = self.around.or(only.counterpart.around.take());
            return Ok(self);
        }
        let traced = |member: &Member| member.counterpart.is_traced_average();
        if self.manner().asks {
            Err(ASKS)
        } else if self
            .members
            .iter()
            .any(|it| it.counterpart.around.is_some())
        {
            Err(IN_GROUP)
        } else if self.members.iter().any(traced) {
            Err(AVERAGE)
        } else if self.around.is_some() && self.manner().takes_loss {
            Err(NO_LOSS)
        } else {
            Ok(self)
        }
    }

    /// Whether several rules move a group of parameters each.
    pub(super) fn is_grouped(&self) -> bool {
        self.members.len() > 1
    }

    pub(super) fn changes(&self) -> bool {
        self.members.iter().any(|it| it.counterpart.changes())
    }

    /// Everything that any of the rules needs in a step.
    pub(super) fn manner(&self) -> Manner {
        let manners = self.members.iter().map(|it| it.counterpart.manner);
        let around = Manner {
            looks_ahead: self.around.is_some(),
            ..Manner::default()
        };
        manners.fold(around, Manner::or)
    }

    /// All calls of the members.
    pub(super) fn calls(&self) -> impl Iterator<Item = &Call> {
        self.members.iter().flat_map(|it| &it.counterpart.parts)
    }

    /// The same, to give rules their names.
    pub(super) fn calls_mut(&mut self) -> impl Iterator<Item = &mut Call> {
        let members = self.members.iter_mut();
        members.flat_map(|it| &mut it.counterpart.parts)
    }

    /// Remarks on what may puzzle the reader, each of them once.
    pub(super) fn remarks(&self) -> Vec<&'static str> {
        let mut remarks = Vec::new();
        for remark in self.members.iter().filter_map(|it| it.counterpart.remark) {
            if !remarks.contains(&remark) {
                remarks.push(remark);
            }
        }
        remarks
    }

    /// A literal name for every member, no two of which are the same.
    pub(super) fn labels(&self) -> Vec<String> {
        let label = |(index, member): (usize, &Member)| {
            let before = self.members[..index].iter();
            match before.filter(|other| other.name == member.name).count() {
                0 => string(member.name),
                others => string(&format!("{} {}", member.name, others + 1)),
            }
        };
        self.members.iter().enumerate().map(label).collect()
    }

    /// The label of the rule that moves each parameter, as a list.
    pub(super) fn labels_of_parameters(&self) -> Code {
        let labels = self.labels();
        let mut owners: Vec<(usize, &String)> = Vec::new();
        for (member, label) in self.members.iter().zip(&labels) {
            owners.extend(member.parameters.iter().map(|&index| (index, label)));
        }
        owners.sort_unstable();
        let labels = owners.into_iter().map(|(_, label)| label.clone());
        Code::list(labels.map(Code::Word).collect())
    }
}

impl Member {
    /// The indices of its parameters, as a list.
    pub(super) fn parameters(&self) -> Code {
        Code::Word(format!("{:?}", self.parameters))
    }
}

impl<'a> Share<'a> {
    /// A rule for matrices and the one beside it for vectors; any other rule moves both.
    fn divided(self, blocks: &[Block]) -> Vec<Share<'a>> {
        if !divides(&self.values) {
            return vec![self];
        }
        let is_for_it = |index: &usize| blocks.get(*index).is_some_and(is_matrix);
        let (matrices, vectors) = self.parameters.iter().partition(|&index| is_for_it(index));
        let beside = Share {
            values: self.values.vectors(),
            parameters: vectors,
        };
        let own = Share {
            parameters: matrices,
            ..self
        };
        vec![own, beside]
    }

    fn member(self, has_matrices: bool, find: Find) -> Result<Member, Lack> {
        let Self { values, parameters } = self;
        let paces = values.pace().map(|own| own.rate());
        if paces.is_some_and(|rate| rate.constant().is_none() && rate.touches_zero())
            && !values.schedule().is_constant()
        {
            return Err(NO_PACE);
        }
        let counterpart = find(&values)?;
        let is_of_matrices = counterpart.is_written_out() && !counterpart.is_own();
        if !has_matrices && (divides(&values) || is_of_matrices) {
            return Err(POINT);
        }
        Ok(Member {
            name: values.optimizer().rule().about().name,
            parameters,
            counterpart,
        })
    }
}

fn is_matrix(block: &Block) -> bool {
    matches!(block, Block::Matrix { .. })
}

/// Whether a rule moves matrices only, and another one has to move the rest.
fn divides(values: &Values) -> bool {
    values.optimizer().needs().matrices
}
