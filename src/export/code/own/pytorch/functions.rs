//! What the functions of the language are in `PyTorch`.

use super::super::names::Names;
use crate::expression::{Binary, Function, Kind, Library, Operand, Unary, Whole};

/// The functions of `PyTorch`.
pub(super) struct Torch<'a>(pub(super) &'a Names);

/// Python's number as a tensor; an array as it is.
fn tensor(operand: &Operand) -> String {
    if operand.kind <= Kind::Plain {
        format!("theta.new_tensor({})", floating(operand))
    } else {
        operand.text.to_owned()
    }
}

/// The same, where a whole number gets a decimal point: it would make an array of whole numbers.
pub(in super::super) fn floating(operand: &Operand) -> String {
    let is_part = |sign: char| sign.is_ascii_digit() || "-+* ()".contains(sign);
    match operand.value {
        Some(value) if value.is_finite() && operand.text.chars().all(is_part) => {
            format!("{value:?}")
        }
        _ => operand.text.to_owned(),
    }
}

impl Torch<'_> {
    /// The largest or smallest of two operands.
    fn extreme(function: Binary, a: &Operand, b: &Operand) -> String {
        let (name, limit) = match function {
            Binary::Max => ("maximum", "min"),
            _ => ("minimum", "max"),
        };
        match (a.kind <= Kind::Plain, b.kind <= Kind::Plain) {
            (false, true) => format!("torch.clamp({}, {limit}={})", a.text, floating(b)),
            (true, false) => format!("torch.clamp({}, {limit}={})", b.text, floating(a)),
            _ => format!("torch.{name}({}, {})", tensor(a), tensor(b)),
        }
    }
}

impl Library for Torch<'_> {
    fn name(&self, name: &str) -> String {
        self.0.of(name)
    }

    fn is_array(&self, _parameter: &str) -> bool {
        false
    }

    fn takes_numbers(&self) -> bool {
        false
    }

    fn call(&self, function: Function, arguments: &[Operand<'_>]) -> String {
        let texts: Vec<&str> = arguments.iter().map(|it| it.text).collect();
        let all = texts.join(", ");
        match function {
            Function::Unary(Unary::Sign) => format!("sign({all})"),
            Function::Unary(Unary::Cbrt) => format!("cube_root({all})"),
            Function::Unary(Unary::Softplus) => {
                format!("torch.logaddexp({all}, theta.new_tensor(0.0))")
            }
            Function::Unary(function) => format!("torch.{}({all})", function.python()),
            Function::Binary(function @ (Binary::Max | Binary::Min)) => {
                let Some((first, others)) = arguments.split_first() else {
                    return String::new();
                };
                let mut kind = first.kind;
                let mut text = first.text.to_owned();
                let mut value = first.value;
                for other in others {
                    let so_far = Operand {
                        text: &text,
                        kind,
                        value,
                    };
                    text = Self::extreme(function, &so_far, other);
                    (kind, value) = (Kind::Number, None);
                }
                text
            }
            Function::Binary(function) => {
                let all: Vec<String> = arguments.iter().map(tensor).collect();
                format!("torch.{}({})", function.python(), all.join(", "))
            }
            Function::Whole(Whole::Norm) => format!("torch.linalg.vector_norm({all})"),
            Function::Whole(function) => match function {
                Whole::Value | Whole::Gradient => format!("{}({all})", function.name()),
                _ => format!("torch.{}({all})", function.name()),
            },
        }
    }

    fn choose(&self, condition: &str, [then, otherwise]: [Operand<'_>; 2]) -> String {
        let [then, otherwise] = [then, otherwise].map(|it| floating(&it));
        format!("torch.where({condition}, {then}, {otherwise})")
    }

    fn array(&self, number: &str) -> String {
        format!("theta.new_tensor({number})")
    }

    fn spread(&self, number: Operand<'_>) -> String {
        if number.kind <= Kind::Plain {
            format!("torch.full_like(theta, {})", floating(&number))
        } else {
            format!("torch.zeros_like(theta) + ({})", number.text)
        }
    }
}
