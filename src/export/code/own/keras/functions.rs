//! What the functions of the language are in Keras.

use super::super::names::Names;
use super::super::pytorch::floating;
use crate::expression::{Binary, Function, Library, Operand, Unary, Whole};

/// The functions that `keras.ops` computes in 32 bits, whatever it is given.
const IN_32_BITS: &[Unary] = &[
    Unary::Sin,
    Unary::Cos,
    Unary::Tan,
    Unary::Asin,
    Unary::Acos,
    Unary::Atan,
    Unary::Sinh,
    Unary::Cosh,
    Unary::Tanh,
    Unary::Asinh,
    Unary::Acosh,
    Unary::Atanh,
    Unary::Floor,
    Unary::Ceil,
];

const fn module(is_in_32_bits: bool) -> &'static str {
    if is_in_32_bits {
        "jax.numpy"
    } else {
        "keras.ops"
    }
}

/// The functions of Keras.
pub(super) struct Ops<'a>(pub(super) &'a Names);

impl Library for Ops<'_> {
    fn name(&self, name: &str) -> String {
        self.0.of(name)
    }

    fn is_array(&self, parameter: &str) -> bool {
        parameter == "learning_rate"
    }

    fn takes_numbers(&self) -> bool {
        true
    }

    fn call(&self, function: Function, arguments: &[Operand<'_>]) -> String {
        let texts: Vec<&str> = arguments.iter().map(|it| it.text).collect();
        let all = texts.join(", ");
        match function {
            Function::Unary(Unary::Cbrt) => format!("cube_root({all})"),
            Function::Unary(function) => {
                let module = module(IN_32_BITS.contains(&function));
                format!("{module}.{}({all})", function.python())
            }
            Function::Binary(function) => {
                let module = module(function == Binary::Atan2);
                let name = function.python();
                let texts = arguments.iter().map(floating);
                let nested = texts.reduce(|all, text| format!("{module}.{name}({all}, {text})"));
                nested.unwrap_or_default()
            }
            Function::Whole(Whole::Dot) => format!("keras.ops.sum({})", product(&texts)),
            Function::Whole(Whole::Max) => format!("keras.ops.max({all})"),
            Function::Whole(function) => format!("{}({all})", function.name()),
        }
    }

    fn choose(&self, condition: &str, [then, otherwise]: [Operand<'_>; 2]) -> String {
        let [then, otherwise] = [then, otherwise].map(|it| floating(&it));
        format!("keras.ops.where({condition}, {then}, {otherwise})")
    }

    fn array(&self, number: &str) -> String {
        format!("keras.ops.cast({number}, theta.dtype)")
    }

    fn spread(&self, number: Operand<'_>) -> String {
        format!("keras.ops.full_like(theta, {})", floating(&number))
    }
}

/// The product of two arguments, which may need brackets.
fn product(texts: &[&str]) -> String {
    let factor = |text: &&str| {
        let is_name = |sign: char| sign.is_alphanumeric() || sign == '_';
        if text.chars().all(is_name) {
            (*text).to_owned()
        } else {
            format!("({text})")
        }
    };
    texts.iter().map(factor).collect::<Vec<_>>().join(" * ")
}
