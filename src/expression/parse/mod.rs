//! Parses statements: operators by precedence, with a stack of its own instead of recursion.

mod group;
mod operand;
mod operator;
mod pending;

use std::ops::Range;

use super::error::{ExpressionError, Fault};
use super::function::Function;
use super::token::{Spot, Token, tokens};
use super::tree::{Action, Constant, Id, Statement, Tree};
use pending::Pending;

/// The names that a text may use, and the language it is in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Words<'a> {
    /// Names with a meaning.
    pub known: &'a [&'a str],
    /// Whether it is a rule, which assigns and has functions of whole vectors.
    pub in_rule: bool,
}

/// Parses all statements of a text.
pub fn parse(text: &str, words: &Words<'_>) -> Result<Tree, ExpressionError> {
    let spots = tokens(text)?;
    let mut parser = Parser {
        text,
        spots: &spots,
        at: 0,
        known: words.known.iter().map(|name| (*name).to_owned()).collect(),
        in_rule: words.in_rule,
        tree: Tree::default(),
        stack: Vec::new(),
        values: Vec::new(),
    };
    while parser.at < spots.len() {
        if parser.next_is(&Token::End) {
            parser.at += 1;
        } else {
            parser.statement()?;
        }
    }
    if parser.tree.statements.is_empty() {
        return Err(ExpressionError::new(text, 0..0, Fault::Empty));
    }
    Ok(parser.tree)
}

/// What is being read, and how far it has come.
struct Parser<'a> {
    text: &'a str,
    spots: &'a [Spot],
    at: usize,
    /// Names with a meaning so far: those of the caller, of definitions, and of sums around.
    known: Vec<String>,
    in_rule: bool,
    tree: Tree,
    stack: Vec<Pending>,
    values: Vec<Id>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.spots.get(self.at).map(|spot| &spot.token)
    }

    fn next_is(&self, token: &Token) -> bool {
        self.peek() == Some(token)
    }

    /// The place of the next piece, or the end of the text.
    fn place(&self) -> Range<usize> {
        let end = self.text.trim_end().len();
        self.spots
            .get(self.at)
            .map_or(end..end, |spot| spot.at.clone())
    }

    fn fault<T>(&self, at: Range<usize>, fault: Fault) -> Result<T, ExpressionError> {
        Err(ExpressionError::new(self.text, at, fault))
    }

    /// The next piece is not what was expected.
    fn unexpected<T>(&self, expected: &'static str) -> Result<T, ExpressionError> {
        let fault = match self.spots.get(self.at) {
            None => Fault::Ends { expected },
            Some(Spot {
                token: Token::End, ..
            }) => Fault::Unexpected {
                expected,
                found: "the end of the line".to_owned(),
            },
            Some(spot) => Fault::Unexpected {
                expected,
                found: self.text[spot.at.clone()].to_owned(),
            },
        };
        self.fault(self.place(), fault)
    }

    /// `name = e`, `name <- e` or `e`, up to its end.
    fn statement(&mut self) -> Result<(), ExpressionError> {
        let (action, target) = self.target();
        if let Some((name, at)) = &target {
            let taken = Constant::named(name).is_some() || Function::named(name).is_some();
            if taken || matches!(name.as_str(), "if" | "sum") {
                return self.fault(at.clone(), Fault::Taken(name.clone()));
            }
        }
        let value = self.expression()?;
        let target = target.map(|(name, at)| {
            self.known.push(name.clone());
            (self.tree.name(&name), at)
        });
        self.tree.statements.push(Statement {
            action,
            target,
            value,
        });
        Ok(())
    }

    /// The left side of a statement, if it has one.
    fn target(&mut self) -> (Action, Option<(String, Range<usize>)>) {
        let Some(Token::Name(name)) = self.peek() else {
            return (Action::Return, None);
        };
        let target = Some((name.clone(), self.place()));
        let after: Vec<_> = self.spots.iter().skip(self.at + 1).take(2).collect();
        let (action, length) = match after.as_slice() {
            [first, ..] if first.token == Token::Equals => (Action::Define, 2),
            [first, ..] if first.token == Token::Arrow => (Action::Assign, 2),
            [first, second] if self.text.get(first.at.start..second.at.end) == Some("<-") => {
                (Action::Assign, 3)
            }
            _ => return (Action::Return, None),
        };
        self.at += length;
        (action, target)
    }

    /// One expression, up to the end of its statement.
    fn expression(&mut self) -> Result<Id, ExpressionError> {
        self.stack.clear();
        self.values.clear();
        loop {
            self.operand()?;
            if self.after_operand()? {
                break;
            }
        }
        self.reduce_to_group();
        if let Some(Pending::Group(group)) = self.stack.last() {
            return self.fault(group.at.clone(), Fault::Unclosed(group.sign()));
        }
        // Each operand leaves one value.
        Ok(self.values.pop().unwrap_or_default())
    }
}
