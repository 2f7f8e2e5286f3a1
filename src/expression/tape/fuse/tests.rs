//! Fused steps compute what the steps they are made of do, to the last digit.

use std::collections::HashSet;

use super::{fused, fused_for_points};
use crate::expression::arithmetic::Arithmetic as _;
use crate::expression::slope::Slope;
use crate::expression::tape::evaluate::compute;
use crate::expression::tape::instruction::{Instruction, Op};

/// What is joined, and what is joined from it.
const SINGLE: [Op; 9] = [
    Op::Add,
    Op::AddConstant,
    Op::Subtract,
    Op::FromConstant,
    Op::Multiply,
    Op::Multiply,
    Op::MultiplyConstant,
    Op::Negate,
    Op::AddConstant,
];
const JOINED: [Op; 17] = [
    Op::MultiplyAdd,
    Op::MultiplySubtract,
    Op::SubtractMultiply,
    Op::MultiplyAddConstant,
    Op::ScaleAdd,
    Op::Affine,
    Op::SquareOfSum,
    Op::SquareOfSumAdd,
    Op::Linear,
    Op::Quadratic,
    Op::SquareTimes,
    Op::SquareOfProductSum,
    Op::SquareOfProductSumAdd,
    Op::SquareOfProductRest,
    Op::SquareOfProductRestAdd,
    Op::SquareOfRest,
    Op::SquareOfRestAdd,
];

fn step(op: Op, parts: [u16; 2], constant: f64) -> Instruction {
    Instruction {
        op,
        to: 0,
        parts: [parts[0], parts[1], 0, 0],
        constants: [constant, 0.0, 0.0],
    }
}

/// A list of steps that mostly use what comes shortly before them, and squares often.
fn random_steps(mut below: impl FnMut(u16) -> u16) -> Vec<Instruction> {
    let mut steps = vec![
        step(Op::Variable, [0, 0], 0.0),
        step(Op::Variable, [1, 0], 0.0),
    ];
    for index in 2..10 {
        let part = index - 1 - below(index.min(3));
        let other = below(index);
        let other = if below(3) == 0 { part } else { other };
        let op = SINGLE[usize::from(below(9))];
        let constant = f64::from(below(40)) / 8.0 - 2.0;
        steps.push(step(op, [part, other], constant));
    }
    steps
}

/// The value of the last step and its slopes.
fn evaluated(steps: &[Instruction]) -> [u64; 3] {
    let variables = Slope::variables([0.7, -1.3]);
    let mut results: Vec<Slope> = Vec::new();
    for step in steps {
        results.push(match step.op {
            Op::Variable => variables[usize::from(step.parts[0])],
            op => compute(
                op,
                |part| results[usize::from(step.parts[part])],
                step.constants,
            ),
        });
    }
    let last = results.last().copied().unwrap_or(Slope::constant(f64::NAN));
    // −0 is 0.
    [last.value, last.x, last.y].map(|number| (number + 0.0).to_bits())
}

#[test]
fn fused_steps_have_the_same_digits() {
    let mut state = 1_u64;
    let mut below = |limit: u16| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        u16::try_from((state >> 33) % u64::from(limit)).unwrap()
    };
    let mut seen = HashSet::new();
    for _ in 0..100_000 {
        let steps = random_steps(&mut below);
        let result = u16::try_from(steps.len() - 1).unwrap();
        let pairs = fused(&steps, result);
        let more = fused_for_points(&pairs, result);
        let exact = evaluated(&steps);
        assert_eq!(exact, evaluated(&pairs), "{steps:?} {pairs:?}");
        assert_eq!(exact, evaluated(&more), "{steps:?} {more:?}");
        seen.extend(pairs.iter().chain(&more).map(|step| step.op));
    }
    let missed: Vec<Op> = JOINED.into_iter().filter(|op| !seen.contains(op)).collect();
    assert!(missed.is_empty(), "never joined: {missed:?}");
}
