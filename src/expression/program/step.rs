//! A rule as a list of operations on whole vectors and numbers.

use super::super::compile::{Compiler, Placed};
use super::super::error::Fault;
use super::super::function::{Function, Whole};
use super::super::tape::{Strip, Tape};
use super::super::tree::{Id, Node, Operator, Tree};
use super::roles::{Role, Roles};

/// Where a value is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The position.
    Position,
    /// A vector, by its index.
    Vector(usize),
    /// A number, by its index.
    Number(usize),
}

/// An operation.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// Evaluate an expression.
    Evaluate(Tape, Slot),
    /// Evaluate several of them one after the other, where there are few coordinates.
    Together(Strip),
    /// A function of whole vectors.
    Reduce(Whole, [Slot; 2], usize),
    /// The loss at a point.
    Value(Slot, usize),
    /// The gradient at a point.
    Gradient(Slot, usize),
    /// The last move of θ follows: evaluate the parts of it.
    Parts,
}

/// A part of the last move of θ.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The expression.
    pub id: Id,
    /// Whether it is subtracted.
    pub is_negative: bool,
    /// Its value; θ is subtracted from a part that takes its place.
    pub tape: Tape,
}

/// The operations of a rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Operations {
    /// Before the first step.
    pub begin: Vec<Operation>,
    /// In each step.
    pub step: Vec<Operation>,
    /// The same for a few coordinates, without the parts.
    pub few: Vec<Operation>,
    /// The registers that it needs.
    pub registers: usize,
    /// The parts of the last move of θ.
    pub parts: Vec<Part>,
    /// Where each name of the tree is kept.
    pub slots: Vec<Option<Slot>>,
    /// The numbers in use; t and the parameters come first.
    pub numbers: usize,
    /// The vectors in use; the gradient comes first.
    pub vectors: usize,
}

/// The number that is t; the parameters follow.
pub const TIME: usize = 0;
/// The vector that is g.
pub const GRADIENT: usize = 0;

impl Operations {
    /// Compiles the statements of a rule.
    pub fn of(tree: &Tree, roles: &Roles) -> Result<Self, Placed> {
        let mut operations = Self {
            numbers: 1 + roles.parameters.len(),
            vectors: 1,
            slots: vec![None; tree.names.len()],
            ..Self::default()
        };
        for (name, role) in roles.by_name.iter().enumerate() {
            operations.slots[name] = match role {
                Some(Role::Position) => Some(Slot::Position),
                Some(Role::Gradient) => Some(Slot::Vector(GRADIENT)),
                Some(Role::Time) => Some(Slot::Number(TIME)),
                Some(Role::Parameter(index)) => Some(Slot::Number(1 + index)),
                Some(Role::State | Role::Local) => Some(operations.fresh(roles.vectors[name])),
                // The name that counts in a sum, or that of a first value.
                None => None,
            };
        }
        // Results on the way get slots as well, so that all of them are counted first.
        let types = roles.types(tree);
        let mut given = vec![None; tree.nodes.len()];
        for (id, node) in tree.nodes.iter().enumerate() {
            if let Node::Call(Function::Whole(_), arguments) = node {
                given[id] = Some(operations.fresh(types[id]));
                for argument in arguments {
                    if given[*argument].is_none() {
                        given[*argument] = Some(match tree.nodes[*argument] {
                            Node::Name(name) => operations.slots[name].unwrap_or(Slot::Position),
                            _ => operations.fresh(true),
                        });
                    }
                }
            }
        }
        let context = Context {
            tree,
            given,
            slots: operations.slots.clone(),
            numbers: operations.numbers,
            vectors: operations.vectors,
        };
        operations.compile(&context, roles)?;
        operations.join();
        Ok(operations)
    }

    /// Joins evaluations that follow each other.
    fn join(&mut self) {
        let numbers = self.numbers;
        let variables = numbers + 1 + self.vectors;
        let mut tapes: Vec<(Tape, u16)> = Vec::new();
        let mut few = Vec::new();
        let mut registers = 0;
        let mut flush = |tapes: &mut Vec<(Tape, u16)>, few: &mut Vec<Operation>| {
            if tapes.is_empty() {
                return Some(());
            }
            let strip = Strip::of(tapes, numbers, variables)?;
            registers = registers.max(strip.registers());
            few.push(Operation::Together(strip));
            tapes.clear();
            Some(())
        };
        for operation in &self.step {
            let target = match operation {
                Operation::Parts => continue,
                Operation::Evaluate(_, Slot::Position) => Some(numbers),
                Operation::Evaluate(_, Slot::Vector(index)) => Some(numbers + 1 + index),
                Operation::Evaluate(_, Slot::Number(index)) => Some(*index),
                _ => None,
            };
            let target = target.and_then(|target| u16::try_from(target).ok());
            if let (Operation::Evaluate(tape, _), Some(target)) = (operation, target) {
                // Numbers are computed before all coordinates, so they begin a new list.
                let is_number = usize::from(target) < numbers;
                let has_rows = tapes
                    .last()
                    .is_some_and(|(_, it)| usize::from(*it) >= numbers);
                if is_number && has_rows && flush(&mut tapes, &mut few).is_none() {
                    return;
                }
                tapes.push((tape.clone(), target));
                continue;
            }
            if flush(&mut tapes, &mut few).is_none() {
                return;
            }
            few.push(operation.clone());
        }
        if flush(&mut tapes, &mut few).is_some() {
            (self.few, self.registers) = (few, registers);
        }
    }

    fn fresh(&mut self, is_vector: bool) -> Slot {
        if is_vector {
            self.vectors += 1;
            Slot::Vector(self.vectors - 1)
        } else {
            self.numbers += 1;
            Slot::Number(self.numbers - 1)
        }
    }

    fn compile(&mut self, context: &Context<'_>, roles: &Roles) -> Result<(), Placed> {
        let tree = context.tree;
        let target = |index: usize| {
            let statement = &tree.statements[index];
            let name = roles.initial[index].or(statement.target.as_ref().map(|it| it.0));
            name.and_then(|name| context.slots[name])
        };
        let last_move = (0..tree.statements.len())
            .rev()
            .find(|index| target(*index) == Some(Slot::Position));
        for (index, statement) in tree.statements.iter().enumerate() {
            let Some(slot) = target(index) else {
                continue;
            };
            let mut operations = Vec::new();
            for id in tree.start(statement.value)..=statement.value {
                context.whole(id, &mut operations)?;
            }
            if last_move == Some(index) {
                self.parts = context.parts(statement.value)?;
                operations.push(Operation::Parts);
            }
            let tape = context.tape(statement.value, None)?;
            operations.push(Operation::Evaluate(tape, slot));
            if roles.initial[index].is_some() {
                self.begin.extend(operations);
            } else {
                self.step.extend(operations);
            }
        }
        Ok(())
    }
}

/// What expressions are compiled with.
struct Context<'a> {
    tree: &'a Tree,
    /// The slots of nodes that are evaluated apart.
    given: Vec<Option<Slot>>,
    slots: Vec<Option<Slot>>,
    numbers: usize,
    vectors: usize,
}

impl Context<'_> {
    /// Variables are numbered: the numbers, then the position, then the vectors.
    fn variable(&self, slot: Slot) -> Result<u16, Fault> {
        let index = match slot {
            Slot::Number(index) => index,
            Slot::Position => self.numbers,
            Slot::Vector(index) => self.numbers + 1 + index,
        };
        u16::try_from(index).map_err(|_| Fault::TooWide)
    }

    /// The tape of an expression, to which θ may be added or from which it may be subtracted. The node
    /// itself is evaluated even if it has a slot.
    fn tape(&self, id: Id, with_position: Option<Operator>) -> Result<Tape, Placed> {
        let tree = self.tree;
        let placed = |fault| (tree.places[id].clone(), fault);
        let mut compiler = Compiler::new(tree);
        for (name, slot) in self.slots.iter().enumerate() {
            if let Some(slot) = slot {
                let index = self.variable(*slot).map_err(placed)?;
                compiler.names[name] = Some(compiler.builder.variable(index).map_err(placed)?);
            }
        }
        for inner in tree.start(id)..=id {
            let is_argument =
                inner == id && !matches!(tree.nodes[id], Node::Call(Function::Whole(_), _));
            if let Some(slot) = self.given[inner].filter(|_| !is_argument) {
                let index = self.variable(slot).map_err(placed)?;
                let value = compiler.builder.variable(index).map_err(placed)?;
                compiler.given.push((inner, value));
            }
        }
        let mut value = compiler.compile(id)?;
        if let Some(operator) = with_position {
            let index = self.variable(Slot::Position).map_err(placed)?;
            let position = compiler.builder.variable(index).map_err(placed)?;
            value = compiler
                .builder
                .binary(operator, value, position)
                .map_err(placed)?;
        }
        let result = compiler.builder.step(value).map_err(placed)?;
        let mut varying = vec![false; self.numbers];
        varying.resize(self.numbers + 1 + self.vectors, true);
        Tape::new(&compiler.builder.steps, result, &varying).map_err(placed)
    }

    /// The operations of a call of a whole-vector function, if a node is one.
    fn whole(&self, id: Id, operations: &mut Vec<Operation>) -> Result<(), Placed> {
        let Node::Call(Function::Whole(function), arguments) = &self.tree.nodes[id] else {
            return Ok(());
        };
        let mut slots = [Slot::Position; 2];
        for (slot, argument) in slots.iter_mut().zip(arguments) {
            *slot = self.given[*argument].unwrap_or(Slot::Position);
            let is_ready = matches!(
                self.tree.nodes[*argument],
                Node::Name(_) | Node::Call(Function::Whole(_), _)
            );
            if !is_ready {
                let tape = self.tape(*argument, None)?;
                operations.push(Operation::Evaluate(tape, *slot));
            }
        }
        operations.push(match (function, self.given[id]) {
            (Whole::Gradient, Some(Slot::Vector(to))) => Operation::Gradient(slots[0], to),
            (Whole::Value, Some(Slot::Number(to))) => Operation::Value(slots[0], to),
            (function, Some(Slot::Number(to))) => Operation::Reduce(*function, slots, to),
            _ => return Ok(()),
        });
        Ok(())
    }

    /// The terms of the last move of θ, without θ itself. Without such a term, the first that
    /// depends on θ takes its place.
    fn parts(&self, id: Id) -> Result<Vec<Part>, Placed> {
        let mut terms = terms(self.tree, id);
        let is_position = |id: Id| match self.tree.nodes[id] {
            Node::Name(name) => self.slots[name] == Some(Slot::Position),
            _ => false,
        };
        let depends = |id: Id| (self.tree.start(id)..=id).any(is_position);
        let bare = terms
            .iter()
            .position(|(id, is_negative)| is_position(*id) && !is_negative);
        let replacement = match bare {
            Some(index) => {
                terms.remove(index);
                None
            }
            None => {
                let positive = |(id, negative): &(Id, bool)| depends(*id) && !negative;
                Some(terms.iter().position(positive).unwrap_or(0))
            }
        };
        let parts = terms.into_iter().enumerate();
        let parts = parts.map(|(index, (id, is_negative))| {
            // θ is subtracted from the term, so it is added to one that is subtracted itself.
            let operator = if is_negative {
                Operator::Add
            } else {
                Operator::Subtract
            };
            let with_position = (replacement == Some(index)).then_some(operator);
            Ok(Part {
                id,
                is_negative,
                tape: self.tape(id, with_position)?,
            })
        });
        parts.collect()
    }
}

/// The top-level terms of an expression, in the order in which they were typed, and whether each is
/// subtracted.
fn terms(tree: &Tree, id: Id) -> Vec<(Id, bool)> {
    let mut found = Vec::new();
    let mut left = vec![(id, false)];
    while let Some((id, is_negative)) = left.pop() {
        match tree.nodes[id] {
            Node::Binary(Operator::Add, a, b) => {
                left.extend([(b, is_negative), (a, is_negative)]);
            }
            Node::Binary(Operator::Subtract, a, b) => {
                left.extend([(b, !is_negative), (a, is_negative)]);
            }
            Node::Negate(a) => left.push((a, !is_negative)),
            _ => found.push((id, is_negative)),
        }
    }
    found
}
