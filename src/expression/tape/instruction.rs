//! The instructions of a tape.

use crate::expression::function::{Binary, Unary};
use crate::expression::tree::Relation;

/// What an instruction does with its operands a, b, c, d and its constants k, l, m.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// The variable number a.
    Variable,
    /// The parameter number a.
    Parameter,
    /// k
    Constant,
    /// a + b
    Add,
    /// a + k
    AddConstant,
    /// a − b
    Subtract,
    /// k − a
    FromConstant,
    /// a · b
    Multiply,
    /// a · k
    MultiplyConstant,
    /// a / b
    Divide,
    /// a / k
    DivideConstant,
    /// −a
    Negate,
    /// a · b + c
    MultiplyAdd,
    /// a · b − c
    MultiplySubtract,
    /// c − a · b
    SubtractMultiply,
    /// a · b + k
    MultiplyAddConstant,
    /// a · k + b
    ScaleAdd,
    /// a · k + l
    Affine,
    /// (a + k)²
    SquareOfSum,
    /// (a + k)² + b
    SquareOfSumAdd,
    /// a · k + b · l; this and the next ones at single points only
    Linear,
    /// a · k + l + a² · m
    Quadratic,
    /// (a + k)² · b + l
    SquareTimes,
    /// (a · b + c + k)²
    SquareOfProductSum,
    /// (a · b + c + k)² + d
    SquareOfProductSumAdd,
    /// (a · b + (k − c))²
    SquareOfProductRest,
    /// (a · b + (k − c))² + d
    SquareOfProductRestAdd,
    /// (c − a · b)² · k
    SquareOfRest,
    /// (c − a · b)² · k + d
    SquareOfRestAdd,
    /// A function of a.
    Unary(Unary),
    /// A function of a and b.
    Binary(Binary),
    /// aᵇ, b without derivatives
    PowerOf,
    /// aᵇ
    Power,
    /// 1 if a comparison of a and b holds, else 0
    Compare(Relation),
    /// b if a is not 0, else c
    Select,
}

impl Op {
    /// Whether it is made of sums and products alone.
    pub const fn is_product(self) -> bool {
        !matches!(
            self,
            Self::Variable
                | Self::Parameter
                | Self::Divide
                | Self::DivideConstant
                | Self::Unary(_)
                | Self::Binary(_)
                | Self::PowerOf
                | Self::Power
                | Self::Compare(_)
                | Self::Select
        )
    }

    /// The number of its operands that are results of other instructions.
    pub const fn operands(self) -> usize {
        match self {
            Self::Variable | Self::Parameter | Self::Constant => 0,
            Self::AddConstant
            | Self::FromConstant
            | Self::MultiplyConstant
            | Self::DivideConstant
            | Self::Negate
            | Self::Affine
            | Self::SquareOfSum
            | Self::Quadratic
            | Self::Unary(_) => 1,
            Self::Add
            | Self::Subtract
            | Self::Multiply
            | Self::Divide
            | Self::MultiplyAddConstant
            | Self::ScaleAdd
            | Self::SquareOfSumAdd
            | Self::Linear
            | Self::SquareTimes
            | Self::Binary(_)
            | Self::PowerOf
            | Self::Power
            | Self::Compare(_) => 2,
            Self::MultiplyAdd
            | Self::MultiplySubtract
            | Self::SubtractMultiply
            | Self::SquareOfProductSum
            | Self::SquareOfProductRest
            | Self::SquareOfRest
            | Self::Select => 3,
            Self::SquareOfProductSumAdd | Self::SquareOfProductRestAdd | Self::SquareOfRestAdd => 4,
        }
    }
}

/// An instruction. Before registers are allocated, the operands are numbers of instructions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Instruction {
    /// What is done.
    pub op: Op,
    /// The register of the result.
    pub to: u16,
    /// The operands.
    pub parts: [u16; 4],
    /// k, l, m
    pub constants: [f64; 3],
}

impl Instruction {
    /// The operands that are results of other instructions.
    pub fn operands(&self) -> &[u16] {
        &self.parts[..self.op.operands()]
    }
}
