//! What the parser has begun and not finished: operators without their right side, open brackets.

use std::ops::Range;

use crate::expression::function::Function;
use crate::expression::tree::{Id, NameId, Operator, Relation};

/// Something begun.
#[derive(Clone, Debug)]
pub enum Pending {
    /// A minus sign before its operand.
    Minus(Range<usize>),
    /// A root sign before its operand, with its degree.
    Root(u8, Range<usize>),
    /// An operator after its left side.
    Infix(Operator, Range<usize>),
    /// An open bracket.
    Group(Group),
}

/// An open bracket, and what will become of its content.
#[derive(Clone, Debug)]
pub struct Group {
    /// What is called.
    pub callee: Callee,
    /// Its name, as typed.
    pub name: String,
    /// The place of the name or of the bracket.
    pub at: Range<usize>,
    /// The arguments so far.
    pub arguments: Vec<Id>,
    /// The comparison in the argument that is being read.
    pub relation: Option<(Relation, Range<usize>)>,
    /// The name that counts in a sum.
    pub index: Option<NameId>,
    /// The sign that opened it.
    sign: char,
}

/// What a bracket belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callee {
    /// Only a bracket.
    Bracket,
    /// |…|
    Bars,
    /// A function.
    Function(Function),
    /// `if(…)`
    If,
    /// `sum(…)`
    Sum,
}

impl Callee {
    /// What this name calls.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "if" => Some(Self::If),
            "sum" => Some(Self::Sum),
            _ => Function::named(name).map(Self::Function),
        }
    }

    /// Whether commas divide its content.
    pub const fn has_arguments(self) -> bool {
        !matches!(self, Self::Bracket | Self::Bars)
    }
}

impl Group {
    /// A bracket.
    pub fn bracket(sign: char, at: Range<usize>) -> Pending {
        Self::open(Callee::Bracket, String::new(), at, sign)
    }

    /// An opening bar.
    pub fn bars(at: Range<usize>) -> Pending {
        Self::open(Callee::Bars, String::new(), at, '|')
    }

    /// A call.
    pub fn call(callee: Callee, name: String, at: Range<usize>, sign: Option<char>) -> Pending {
        Self::open(callee, name, at, sign.unwrap_or('('))
    }

    fn open(callee: Callee, name: String, at: Range<usize>, sign: char) -> Pending {
        Pending::Group(Self {
            callee,
            name,
            at,
            arguments: Vec::new(),
            relation: None,
            index: None,
            sign,
        })
    }

    /// The sign that opened it.
    pub const fn sign(&self) -> char {
        self.sign
    }

    /// The sign that closes it.
    pub const fn closing(&self) -> char {
        match self.sign {
            '[' => ']',
            '|' => '|',
            _ => ')',
        }
    }
}

/// How tightly an operator binds.
const fn rank(operator: Operator) -> u8 {
    match operator {
        Operator::Add | Operator::Subtract => 1,
        Operator::Multiply | Operator::Divide => 2,
        Operator::Power => 4,
    }
}

/// A minus sign binds less than a power and more than a product.
const RANK_OF_MINUS: u8 = 3;

impl Pending {
    /// Whether it takes the operand on its right before an operator does that follows.
    pub fn goes_before(&self, next: Operator) -> bool {
        match self {
            Self::Minus(_) => RANK_OF_MINUS > rank(next),
            Self::Root(..) => true,
            Self::Infix(operator, _) => {
                rank(*operator) > rank(next)
                    || (rank(*operator) == rank(next) && next != Operator::Power)
            }
            Self::Group(_) => false,
        }
    }
}
