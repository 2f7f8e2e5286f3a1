//! Turns expressions into the steps of a tape, with their sums written out. Works on a list of
//! tasks instead of recursion.

use std::ops::Range;

use super::builder::{Builder, Value};
use super::error::{Fault, MOST_OPERATIONS};
use super::function::Function;
use super::tree::{Id, NameId, Node, Tree};

/// What a fault means, and the bytes that it is about.
pub type Placed = (Range<usize>, Fault);

/// What an expression is compiled with.
pub struct Compiler<'a> {
    tree: &'a Tree,
    /// The values of names.
    pub names: Vec<Option<Value>>,
    /// The steps so far.
    pub builder: Builder,
    /// Values for whole nodes, which are then not looked into.
    pub given: Vec<(Id, Value)>,
    tasks: Vec<Task>,
    results: Vec<Value>,
    /// The nodes visited, which bounds the time that a sum can take.
    visits: usize,
}

#[derive(Clone, Copy)]
enum Task {
    /// Compile a node.
    Visit(Id),
    /// Combine the values of a node's parts, which are the last results.
    Combine(Id),
    /// The bounds of a sum are known.
    BeginSum(Id),
    /// Add a term to a sum, and compute the next one.
    NextTerm {
        sum: Id,
        count: f64,
        last: f64,
        hidden: Option<Value>,
    },
}

impl<'a> Compiler<'a> {
    /// A compiler that knows no names yet.
    pub fn new(tree: &'a Tree) -> Self {
        Self {
            tree,
            names: vec![None; tree.names.len()],
            builder: Builder::default(),
            given: Vec::new(),
            tasks: Vec::new(),
            results: Vec::new(),
            visits: 0,
        }
    }

    /// Compiles an expression.
    pub fn compile(&mut self, id: Id) -> Result<Value, Placed> {
        self.tasks.clear();
        self.results.clear();
        self.tasks.push(Task::Visit(id));
        while let Some(task) = self.tasks.pop() {
            let node = match task {
                Task::Visit(id) | Task::Combine(id) | Task::BeginSum(id) => id,
                Task::NextTerm { sum, .. } => sum,
            };
            self.perform(task)
                .map_err(|fault| (self.tree.places[node].clone(), fault))?;
        }
        Ok(self.result())
    }

    fn result(&mut self) -> Value {
        self.results.pop().unwrap_or(Value::Constant(f64::NAN))
    }

    fn perform(&mut self, task: Task) -> Result<(), Fault> {
        match task {
            Task::Visit(id) => self.visit(id)?,
            Task::Combine(id) => {
                let value = self.combine(id)?;
                self.results.push(value);
            }
            Task::BeginSum(sum) => self.begin_sum(sum)?,
            Task::NextTerm {
                sum,
                count,
                last,
                hidden,
            } => {
                let term = self.result();
                let total = self.result();
                let total = self
                    .builder
                    .binary(super::tree::Operator::Add, total, term)?;
                self.results.push(total);
                self.next_term(sum, count + 1.0, last, hidden);
            }
        }
        Ok(())
    }

    fn visit(&mut self, id: Id) -> Result<(), Fault> {
        self.visits += 1;
        if self.visits > 10 * MOST_OPERATIONS {
            return Err(Fault::TooMany);
        }
        if let Some((_, value)) = self.given.iter().find(|(given, _)| *given == id) {
            self.results.push(*value);
            return Ok(());
        }
        match &self.tree.nodes[id] {
            Node::Number(value) => self.results.push(Value::Constant(*value)),
            Node::Constant(constant) => self.results.push(Value::Constant(constant.value())),
            Node::Name(name) => {
                let value = self.names[*name].ok_or_else(|| self.no_quantity(*name))?;
                self.results.push(value);
            }
            Node::Sum { bounds, .. } => {
                self.tasks.push(Task::BeginSum(id));
                self.tasks
                    .extend(bounds.iter().rev().map(|id| Task::Visit(*id)));
            }
            _ => {
                self.tasks.push(Task::Combine(id));
                let parts = self.tree.parts(id).into_iter().rev();
                self.tasks.extend(parts.map(Task::Visit));
            }
        }
        Ok(())
    }

    fn no_quantity(&self, name: NameId) -> Fault {
        Fault::NoQuantity {
            name: self.tree.names[name].clone(),
            near: None,
        }
    }

    fn begin_sum(&mut self, sum: Id) -> Result<(), Fault> {
        let (last, first) = (self.result(), self.result());
        let (Value::Constant(first), Value::Constant(last)) = (first, last) else {
            return Err(Fault::SumBounds);
        };
        if first.fract() != 0.0 || last.fract() != 0.0 || first.is_nan() || last.is_nan() {
            return Err(Fault::SumBounds);
        }
        let Node::Sum { index, .. } = self.tree.nodes[sum] else {
            return Ok(());
        };
        self.results.push(Value::Constant(0.0));
        let hidden = self.names[index];
        self.next_term(sum, first, last, hidden);
        Ok(())
    }

    /// Begins the term for this count, or ends the sum.
    fn next_term(&mut self, sum: Id, count: f64, last: f64, hidden: Option<Value>) {
        let Node::Sum { index, body, .. } = self.tree.nodes[sum] else {
            return;
        };
        if count > last {
            self.names[index] = hidden;
            return;
        }
        self.names[index] = Some(Value::Constant(count));
        self.tasks.push(Task::NextTerm {
            sum,
            count,
            last,
            hidden,
        });
        self.tasks.push(Task::Visit(body));
    }

    fn combine(&mut self, id: Id) -> Result<Value, Fault> {
        let count = self.tree.parts(id).len();
        let parts = self
            .results
            .split_off(self.results.len().saturating_sub(count));
        let builder = &mut self.builder;
        match (&self.tree.nodes[id], parts.as_slice()) {
            (Node::Negate(_), [a]) => builder.negate(*a),
            (Node::Binary(operator, ..), [a, b]) => builder.binary(*operator, *a, *b),
            (Node::Compare(relation, ..), [a, b]) => builder.compare(*relation, *a, *b),
            (Node::If(_), [condition, b, c]) => builder.select(*condition, [*b, *c]),
            (Node::Call(Function::Unary(function), _), [a]) => builder.unary(*function, *a),
            (Node::Call(Function::Binary(function), _), [first, others @ ..]) => {
                others.iter().try_fold(*first, |value, other| {
                    builder.pair(*function, value, *other)
                })
            }
            (Node::Call(function, _), _) => Err(Fault::WholeVector {
                name: function.name().to_owned(),
            }),
            // Every other node has a value of its own.
            _ => Ok(Value::Constant(f64::NAN)),
        }
    }
}
