//! Parses the equations that are written by hand into clauses.

use slalom::optimizer::Line;

use super::expr::Expr;
use super::tokens::{Token, tokens};

/// A part of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Clause {
    /// Sets a quantity.
    Let(Expr, Expr),
    /// Sets a quantity before the first step.
    From(Expr, Expr),
    /// The line applies only to matrices, or only to vectors such as a point.
    Only(Shape),
}

/// What a line can be restricted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Matrices,
    Vectors,
}

/// Parses a line.
pub fn clauses(line: &Line) -> Result<Vec<Clause>, String> {
    let tokens = tokens(&line.0)?;
    let clauses = tokens.split(|token| *token == Token::Command("quad".into()));
    clauses.map(clause).collect()
}

fn clause(tokens: &[Token]) -> Result<Clause, String> {
    let text = |text: &str| Token::Text(text.to_owned());
    for (words, shape) in [("matrices:", Shape::Matrices), ("vectors:", Shape::Vectors)] {
        if *tokens == [text(words)] {
            return Ok(Clause::Only(shape));
        }
    }
    let (is_initial, tokens) = match tokens {
        [first, rest @ ..] if *first == text("from") => (true, rest),
        tokens => (false, tokens),
    };
    let is_sign =
        |token: &Token| *token == Token::Char('=') || *token == Token::Command("leftarrow".into());
    let at = tokens.iter().position(is_sign);
    let at = at.ok_or("a clause that sets nothing")?;
    let (target, value) = (Expr::read(&tokens[..at])?, Expr::read(&tokens[at + 1..])?);
    Ok(if is_initial {
        Clause::From(target, value)
    } else {
        Clause::Let(target, value)
    })
}
