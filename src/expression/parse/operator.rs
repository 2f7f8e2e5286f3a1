//! Reads what follows an operand, and finishes operators that have their operands.

use std::ops::Range;

use super::Parser;
use super::pending::{Callee, Pending};
use crate::expression::error::{ExpressionError, Fault};
use crate::expression::function::{Function, Unary};
use crate::expression::token::Token;
use crate::expression::tree::{Node, Operator, Relation};

impl Parser<'_> {
    /// What follows an operand; true at the end of the statement.
    pub(super) fn after_operand(&mut self) -> Result<bool, ExpressionError> {
        loop {
            let place = self.place();
            let Some(token) = self.peek().cloned() else {
                return Ok(true);
            };
            match token {
                Token::Operator(operator) => {
                    self.at += 1;
                    self.infix(operator, place);
                    return Ok(false);
                }
                Token::Raised(power) => {
                    self.at += 1;
                    let base = self.values.pop().unwrap_or_default();
                    let exponent = f64::from(power);
                    let exponent = self.tree.push(Node::Number(exponent), place.clone());
                    self.value(Node::Binary(Operator::Power, base, exponent), place);
                }
                Token::Close(sign) => self.close(sign, place)?,
                Token::Bar if self.closes_bars() => self.close('|', place)?,
                Token::Comma => {
                    self.comma()?;
                    return Ok(false);
                }
                Token::Relation(relation) => {
                    self.at += 1;
                    self.relation(relation, place)?;
                    return Ok(false);
                }
                Token::Equals => return self.fault(place, Fault::SingleEquals),
                Token::Arrow => return self.unexpected("an operator or the end of the line"),
                Token::Number(_) => return self.fault(place, Fault::NumberOnTheRight),
                Token::Name(_) | Token::Open(_) | Token::Bar | Token::Root(_) => {
                    let start = place.start;
                    self.infix(Operator::Multiply, start..start);
                    return Ok(false);
                }
                Token::End => {
                    let inside = self.stack.iter().rev().find_map(|pending| match pending {
                        Pending::Group(group) => Some(group),
                        _ => None,
                    });
                    if let Some(group) = inside {
                        return self.fault(group.at.clone(), Fault::Unclosed(group.sign()));
                    }
                    self.at += 1;
                    return Ok(true);
                }
            }
        }
    }

    fn infix(&mut self, operator: Operator, place: Range<usize>) {
        while let Some(pending) = self.stack.last()
            && pending.goes_before(operator)
        {
            self.reduce();
        }
        self.stack.push(Pending::Infix(operator, place));
    }

    /// Whether a bar here is a closing one.
    fn closes_bars(&self) -> bool {
        let group = self.stack.iter().rev().find_map(|pending| match pending {
            Pending::Group(group) => Some(group),
            _ => None,
        });
        group.is_some_and(|group| group.callee == Callee::Bars)
    }

    fn relation(&mut self, relation: Relation, place: Range<usize>) -> Result<(), ExpressionError> {
        self.reduce_to_group();
        let Some(Pending::Group(group)) = self.stack.last_mut() else {
            return self.fault(place, Fault::Comparison);
        };
        if group.callee != Callee::If || !group.arguments.is_empty() {
            return self.fault(place, Fault::Comparison);
        }
        if group.relation.is_some() {
            return self.fault(place, Fault::Condition);
        }
        group.relation = Some((relation, place));
        Ok(())
    }

    /// Finishes everything begun since the last opening bracket.
    pub(super) fn reduce_to_group(&mut self) {
        while !matches!(self.stack.last(), None | Some(Pending::Group(_))) {
            self.reduce();
        }
    }

    /// Finishes what was begun last, with the operands it has.
    pub(super) fn reduce(&mut self) {
        let right = self.values.pop().unwrap_or_default();
        let (node, place) = match self.stack.pop() {
            Some(Pending::Minus(place)) => (Node::Negate(right), place),
            Some(Pending::Root(degree, place)) => {
                let root = if degree == 2 {
                    Unary::Sqrt
                } else {
                    Unary::Cbrt
                };
                (Node::Call(Function::Unary(root), vec![right]), place)
            }
            Some(Pending::Infix(operator, place)) => {
                let left = self.values.pop().unwrap_or_default();
                (Node::Binary(operator, left, right), place)
            }
            other => {
                self.stack.extend(other);
                self.values.push(right);
                return;
            }
        };
        let id = self.tree.push(node, place);
        self.values.push(id);
    }
}
