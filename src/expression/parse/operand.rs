//! Reads operands: signs before them, numbers, names, and the beginnings of calls.

use std::ops::Range;

use super::Parser;
use super::pending::{Callee, Group, Pending};
use crate::expression::error::{DEEPEST, ExpressionError, Fault};
use crate::expression::function::Function;
use crate::expression::token::Token;
use crate::expression::tree::{Constant, Node, Operator};
use crate::text::nearest;

impl Parser<'_> {
    /// Signs, opening brackets, and then a number or a name.
    pub(super) fn operand(&mut self) -> Result<(), ExpressionError> {
        loop {
            let place = self.place();
            let Some(token) = self.peek().cloned() else {
                return self.unexpected("a number, a name or a bracket");
            };
            self.check_depth(&place)?;
            match token {
                Token::Operator(Operator::Subtract) => self.stack.push(Pending::Minus(place)),
                Token::Operator(Operator::Add) => {}
                Token::Root(degree) => self.stack.push(Pending::Root(degree, place)),
                Token::Open(sign) => self.stack.push(Group::bracket(sign, place)),
                Token::Bar if self.in_bars() => return self.fault(place, Fault::NestedBars),
                Token::Bar => self.stack.push(Group::bars(place)),
                Token::Number(value) => {
                    self.at += 1;
                    self.value(Node::Number(value), place);
                    return self.no_power_of_root();
                }
                Token::Name(name) => {
                    self.at += 1;
                    if !self.name(name, place)? {
                        return self.no_power_of_root();
                    }
                    continue;
                }
                _ => return self.unexpected("a number, a name or a bracket"),
            }
            self.at += 1;
        }
    }

    /// Checks that signs before an operand are no deeper than brackets may be, since a sign inside
    /// another one is printed in brackets.
    pub(super) fn check_depth(&self, place: &Range<usize>) -> Result<(), ExpressionError> {
        let is_sign = |it: &&Pending| matches!(it, Pending::Minus(_) | Pending::Root(..));
        let signs = self.stack.iter().filter(is_sign).count();
        if signs > DEEPEST || self.stack.len() > 3 * DEEPEST {
            return self.fault(place.clone(), Fault::TooSteep);
        }
        Ok(())
    }

    pub(super) fn in_bars(&self) -> bool {
        self.stack
            .iter()
            .any(|pending| matches!(pending, Pending::Group(group) if group.callee == Callee::Bars))
    }

    /// A name: a call, of which the arguments follow, is true.
    pub(super) fn name(
        &mut self,
        name: String,
        place: Range<usize>,
    ) -> Result<bool, ExpressionError> {
        let bracket = match self.peek() {
            Some(Token::Open(sign)) => Some(*sign),
            _ => None,
        };
        let calls = bracket.is_some();
        let is_known = self.known.contains(&name) || Constant::named(&name).is_some();
        let callee = Callee::named(&name).filter(|_| !is_known);
        match callee {
            Some(Callee::Function(Function::Whole(_))) if !self.in_rule && calls => {
                self.fault(place, Fault::WholeVector { name })
            }
            Some(callee) if calls => {
                self.at += 1;
                self.stack.push(Group::call(callee, name, place, bracket));
                if callee == Callee::Sum {
                    self.sum_index()?;
                }
                Ok(true)
            }
            Some(Callee::Function(Function::Whole(_))) | None if !calls || is_known => {
                let node = match Constant::named(&name).filter(|_| !self.known.contains(&name)) {
                    Some(constant) => Node::Constant(constant),
                    None => Node::Name(self.tree.name(&name)),
                };
                self.value(node, place);
                Ok(false)
            }
            Some(_) => self.fault(place, Fault::BareFunction { name }),
            None => {
                let near = nearest(&name, &Function::names(self.in_rule)).map(str::to_owned);
                // A single letter before a bracket is rather a factor.
                if name.chars().count() == 1 {
                    return self.fault(place, Fault::NotAFunction { name });
                }
                self.fault(place, Fault::NoFunction { name, near })
            }
        }
    }

    /// The name that counts in a sum, and its comma.
    pub(super) fn sum_index(&mut self) -> Result<(), ExpressionError> {
        let place = self.place();
        let Some(Token::Name(name)) = self.peek().cloned() else {
            return self.fault(place, Fault::SumName);
        };
        if self.known.contains(&name) || Constant::named(&name).is_some() {
            return self.fault(place, Fault::Taken(name));
        }
        self.at += 1;
        if !self.next_is(&Token::Comma) {
            return self.fault(place, Fault::SumName);
        }
        self.at += 1;
        let index = self.tree.name(&name);
        self.known.push(name);
        if let Some(Pending::Group(group)) = self.stack.last_mut() {
            group.index = Some(index);
        }
        Ok(())
    }

    /// Adds an operand; a root takes it at once.
    pub(super) fn value(&mut self, node: Node, place: Range<usize>) {
        let id = self.tree.push(node, place);
        self.values.push(id);
    }

    /// A root without brackets takes the number or name that follows, if no power does.
    pub(super) fn no_power_of_root(&mut self) -> Result<(), ExpressionError> {
        let is_power = matches!(
            self.peek(),
            Some(Token::Raised(_) | Token::Operator(Operator::Power))
        );
        if let Some(Pending::Root(_, place)) = self.stack.last()
            && is_power
        {
            return self.fault(place.clone(), Fault::RootOfPower);
        }
        self.take_roots();
        Ok(())
    }

    pub(super) fn take_roots(&mut self) {
        while let Some(Pending::Root(..)) = self.stack.last() {
            self.reduce();
        }
    }
}
