//! Evaluates expressions in a step.

use nalgebra::Matrix2;
use slalom::optimizer::Term;

use super::clauses::Condition;
use super::expr::Expr;
use super::step::Step;
use super::value::Value;

impl Step<'_> {
    /// Returns 1 where a condition holds and 0 elsewhere.
    pub(super) fn holds(
        &self,
        Condition(left, relation, right): &Condition,
    ) -> Result<Value, String> {
        let test = |a: f64, b: f64| {
            let holds = match relation.as_str() {
                "lt" => a < b,
                "gt" => a > b,
                "ge" => a >= b,
                _ => a <= b,
            };
            f64::from(u8::from(holds))
        };
        self.value(left)?.each(self.value(right)?, test)
    }

    /// Evaluates an expression.
    pub(super) fn value(&self, expr: &Expr) -> Result<Value, String> {
        let pair = |a: &Expr, b: &Expr| Ok::<_, String>((self.value(a)?, self.value(b)?));
        match expr {
            Expr::Number(number) => Ok(Value::Scalar(*number)),
            Expr::Sign(name, index) => self.sign(name, index.as_deref()),
            Expr::Term(term, written) => self.term(*term, written.as_deref()),
            Expr::Sum(a, b) => pair(a, b).and_then(|(a, b)| a.each(b, |a, b| a + b)),
            Expr::Difference(a, b) => pair(a, b).and_then(|(a, b)| a.each(b, |a, b| a - b)),
            Expr::Product(a, b) => pair(a, b).and_then(|(a, b)| a.times(b)),
            Expr::Quotient(a, b) => pair(a, b).and_then(|(a, b)| a.each(b, |a, b| a / b)),
            Expr::Power(a, b) => pair(a, b).and_then(|(a, b)| a.power(b)),
            Expr::Transposed(it) => self.value(it)?.transposed(),
            Expr::Call(name, arguments) => self.call(name, arguments),
        }
    }

    /// Evaluates a marked quantity. If it is written as an expression, that must have the same
    /// value.
    fn term(&self, term: Term, written: Option<&Expr>) -> Result<Value, String> {
        let value = match term {
            Term::Position => self.position,
            Term::Parameter(index) => Value::Scalar(
                self.rule
                    .number(index)
                    .ok_or("a parameter that is no number")?,
            ),
            Term::Note(id, _) => *self
                .now
                .get(&id)
                .ok_or_else(|| format!("note {id} is not shown"))?,
        };
        if let Some(written) = written {
            let meant = self.value(written)?;
            if !value.agrees_with(&meant) {
                return Err(format!("{written:?} is {meant:?}, shown is {value:?}"));
            }
        }
        Ok(value)
    }

    fn sign(&self, name: &str, index: Option<&str>) -> Result<Value, String> {
        let key = (name.to_owned(), index.map(str::to_owned));
        if let Some(value) = self.signs.get(&key) {
            return Ok(*value);
        }
        match (name, index) {
            ("t", None) => Ok(Value::Scalar(self.t)),
            ("I", None) => Ok(Value::Matrix(Matrix2::identity())),
            ("H", None) => Ok(Value::Matrix(
                self.surface.hessian(self.anatomy.from).into(),
            )),
            ("f", None) => Ok(Value::Scalar(self.surface.value(self.anatomy.from))),
            (name, Some("t+1")) => {
                let definition = self
                    .definitions
                    .get(name)
                    .ok_or_else(|| format!("what is {name}?"))?;
                let mut next = self.clone();
                next.t += 1.0;
                next.value(definition)
            }
            _ => Err(format!("what is {name} with the index {index:?}?")),
        }
    }

    fn call(&self, name: &str, arguments: &[Expr]) -> Result<Value, String> {
        let arguments = arguments.iter().map(|it| self.value(it));
        let arguments: Vec<Value> = arguments.collect::<Result<_, _>>()?;
        let alone = |act: fn(f64) -> f64| move |a: f64, _: f64| act(a);
        match (name, arguments.as_slice()) {
            ("sqrt", [it]) => it.each(Value::Scalar(0.0), alone(f64::sqrt)),
            ("sign", [it]) => it.each(Value::Scalar(0.0), alone(sign)),
            ("max", [a, b]) => a.each(*b, f64::max),
            ("min", [a, b]) => a.each(*b, f64::min),
            ("norm", [it]) => it.norm(),
            ("abs", [it]) => it.absolute(),
            ("nabla", [Value::Vector(at)]) => {
                Ok(Value::vector(self.surface.gradient((*at).into()).1))
            }
            _ => Err(format!("{name} of {arguments:?}")),
        }
    }
}

/// The sign of a number, which is 0 for 0.
fn sign(number: f64) -> f64 {
    if number == 0.0 { 0.0 } else { number.signum() }
}
