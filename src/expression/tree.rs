//! A text of mathematics as it was typed: its statements, and their expressions in one flat list.

use std::ops::Range;

use super::function::Function;

/// The index of a node.
pub type Id = usize;

/// The index of a name.
pub type NameId = usize;

/// Constants with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constant {
    /// π
    Pi,
    /// e
    E,
}

/// Operators between two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// a + b
    Add,
    /// a − b
    Subtract,
    /// a · b
    Multiply,
    /// a / b
    Divide,
    /// aᵇ
    Power,
}

/// Comparisons of two numbers. None of them holds for NaN, except that it differs from everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// a < b
    Less,
    /// a ≤ b
    AtMost,
    /// a > b
    Greater,
    /// a ≥ b
    AtLeast,
    /// a = b
    Equal,
    /// a ≠ b
    Unequal,
}

/// An expression whose parts come before it in the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A number.
    Number(f64),
    /// π or e.
    Constant(Constant),
    /// A name.
    Name(NameId),
    /// −a
    Negate(Id),
    /// Two expressions and the operator between them.
    Binary(Operator, Id, Id),
    /// A function of some arguments.
    Call(Function, Vec<Id>),
    /// A comparison, the first part of a choice.
    Compare(Relation, Id, Id),
    /// `if(condition, then, otherwise)`
    If([Id; 3]),
    /// `sum(index, first, last, body)`
    Sum {
        /// The name that counts.
        index: NameId,
        /// The first and the last count.
        bounds: [Id; 2],
        /// The expression that is added up.
        body: Id,
    },
}

/// What a statement does with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// `name = value`
    Define,
    /// `name <- value`
    Assign,
    /// The value alone.
    Return,
}

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What happens to the value.
    pub action: Action,
    /// The name on the left, with its place.
    pub target: Option<(NameId, Range<usize>)>,
    /// The expression.
    pub value: Id,
}

/// All expressions of a text, as typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// The nodes, each after its parts.
    pub nodes: Vec<Node>,
    /// The bytes of the text that each node is known by: its name, its operator.
    pub places: Vec<Range<usize>>,
    /// All names.
    pub names: Vec<String>,
    /// The statements.
    pub statements: Vec<Statement>,
}

impl Constant {
    /// Its value.
    pub const fn value(self) -> f64 {
        match self {
            Self::Pi => std::f64::consts::PI,
            Self::E => std::f64::consts::E,
        }
    }

    /// The constant of this name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "pi" => Some(Self::Pi),
            "e" => Some(Self::E),
            _ => None,
        }
    }
}

impl Relation {
    /// Whether the relation holds between two numbers in this order.
    #[inline]
    pub fn holds<T: PartialOrd>(self, a: &T, b: &T) -> bool {
        match self {
            Self::Less => a < b,
            Self::AtMost => a <= b,
            Self::Greater => a > b,
            Self::AtLeast => a >= b,
            Self::Equal => a == b,
            Self::Unequal => a != b,
        }
    }
}

impl Tree {
    /// Appends a node.
    pub fn push(&mut self, node: Node, place: Range<usize>) -> Id {
        self.nodes.push(node);
        self.places.push(place);
        self.nodes.len() - 1
    }

    /// The index of a name, which is added if it is new.
    pub fn name(&mut self, name: &str) -> NameId {
        if let Some(id) = self.names.iter().position(|known| known == name) {
            return id;
        }
        self.names.push(name.to_owned());
        self.names.len() - 1
    }

    /// Whether a node is this name.
    pub fn is_name(&self, id: Id, name: &str) -> bool {
        matches!(self.nodes[id], Node::Name(known) if self.names[known] == name)
    }

    /// The first node of an expression: its parts lie in one piece before it.
    pub fn start(&self, id: Id) -> Id {
        let mut start = id;
        while let Some(first) = self.parts(start).first() {
            start = *first;
        }
        start
    }

    /// For each node, whether it is the name that counts in a sum around it.
    pub fn counting(&self) -> Vec<bool> {
        let mut counting = vec![false; self.nodes.len()];
        for node in &self.nodes {
            let Node::Sum {
                index,
                bounds,
                body,
            } = node
            else {
                continue;
            };
            let nodes = self.nodes.iter().zip(&mut counting).take(body + 1);
            for (node, counts) in nodes.skip(bounds[1] + 1) {
                *counts |= *node == Node::Name(*index);
            }
        }
        counting
    }

    /// The parts of a node, in the order in which they were typed.
    pub fn parts(&self, id: Id) -> Vec<Id> {
        match &self.nodes[id] {
            Node::Number(_) | Node::Constant(_) | Node::Name(_) => Vec::new(),
            Node::Negate(part) => vec![*part],
            Node::Binary(_, a, b) | Node::Compare(_, a, b) => vec![*a, *b],
            Node::Call(_, parts) => parts.clone(),
            Node::If(parts) => parts.to_vec(),
            Node::Sum { bounds, body, .. } => vec![bounds[0], bounds[1], *body],
        }
    }
}
