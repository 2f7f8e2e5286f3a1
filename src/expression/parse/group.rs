//! Closes brackets and calls.

use std::ops::Range;

use super::Parser;
use super::pending::{Callee, Group, Pending};
use crate::expression::error::{ExpressionError, Fault};
use crate::expression::function::{Binary, Function, Unary, Whole};
use crate::expression::tree::Node;

impl Parser<'_> {
    /// Takes the argument that ends here.
    fn argument(&mut self) -> Result<(), ExpressionError> {
        self.reduce_to_group();
        let value = self.values.pop().unwrap_or_default();
        let Some(Pending::Group(group)) = self.stack.last_mut() else {
            return Ok(());
        };
        let value = match group.relation.take() {
            Some((relation, place)) => {
                let left = self.values.pop().unwrap_or_default();
                self.tree.push(Node::Compare(relation, left, value), place)
            }
            None if group.callee == Callee::If && group.arguments.is_empty() => {
                let at = group.at.clone();
                return self.fault(at, Fault::Condition);
            }
            None => value,
        };
        group.arguments.push(value);
        Ok(())
    }

    pub(super) fn comma(&mut self) -> Result<(), ExpressionError> {
        self.reduce_to_group();
        match self.stack.last() {
            Some(Pending::Group(group)) if group.callee.has_arguments() => {
                self.at += 1;
                self.argument()
            }
            _ => self.unexpected("an operator (a decimal point is a point)"),
        }
    }

    pub(super) fn close(&mut self, sign: char, place: Range<usize>) -> Result<(), ExpressionError> {
        self.reduce_to_group();
        let Some(Pending::Group(group)) = self.stack.last() else {
            return self.fault(place, Fault::Unopened(sign));
        };
        if group.closing() != sign {
            let fault = Fault::Mismatched(sign, group.closing());
            return self.fault(group.at.clone(), fault);
        }
        self.at += 1;
        if group.callee == Callee::Bracket {
            self.stack.pop();
            self.take_roots();
            return Ok(());
        }
        self.argument()?;
        let Some(Pending::Group(group)) = self.stack.pop() else {
            return Ok(());
        };
        let (at, node) = self.called(&group)?;
        self.value(node, at);
        self.take_roots();
        Ok(())
    }

    /// The node of a call whose arguments are complete.
    fn called(&mut self, group: &Group) -> Result<(Range<usize>, Node), ExpressionError> {
        // The name that counts is an argument too.
        let given = group.arguments.len() + usize::from(group.index.is_some());
        let expected = |expected: &'static str| Fault::Arguments {
            name: group.name.clone(),
            expected,
            given,
        };
        let at = group.at.clone();
        let node = match (group.callee, group.arguments.as_slice()) {
            (Callee::Bars, [inner]) => Node::Call(Function::Unary(Unary::Abs), vec![*inner]),
            (Callee::If, [condition, then, otherwise]) => Node::If([*condition, *then, *otherwise]),
            (Callee::If, _) => {
                return self.fault(at, expected("a comparison and two values"));
            }
            (Callee::Sum, [first, last, body]) => {
                self.known.pop();
                Node::Sum {
                    index: group.index.unwrap_or_default(),
                    bounds: [*first, *last],
                    body: *body,
                }
            }
            (Callee::Sum, _) => {
                return self.fault(at, expected("a name, two bounds and a term"));
            }
            (Callee::Function(Function::Binary(Binary::Max)), [one]) if self.in_rule => {
                Node::Call(Function::Whole(Whole::Max), vec![*one])
            }
            (Callee::Function(function), arguments) => {
                if let Some(needs) = wrong_count(function, arguments.len()) {
                    return self.fault(at, expected(needs));
                }
                Node::Call(function, arguments.to_vec())
            }
            (Callee::Bracket | Callee::Bars, _) => Node::Number(0.0),
        };
        Ok((at, node))
    }
}

/// What a function needs, if this is not the number of its arguments.
fn wrong_count(function: Function, given: usize) -> Option<&'static str> {
    let arity = match function {
        Function::Unary(_) => 1,
        Function::Binary(Binary::Min | Binary::Max) => {
            return (given < 2).then_some("two arguments or more");
        }
        Function::Binary(_) => 2,
        Function::Whole(function) => function.arity(),
    };
    let needs = if arity == 1 {
        "one argument"
    } else {
        "two arguments"
    };
    (given != arity).then_some(needs)
}
