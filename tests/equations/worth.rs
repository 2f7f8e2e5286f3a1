//! Evaluates expressions in a step.

use nalgebra::Matrix2;
use slalom::optimizer::Term;

use super::expr::Expr;
use super::step::Step;
use super::value::Value;

impl Step<'_> {
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
            Expr::Absolute(it) => self.value(it)?.absolute(),
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
            _ => Err(format!("what is {name} with the index {index:?}?")),
        }
    }
}
