//! Parses the equations of the rules into clauses.

use slalom::optimizer::Line;

use super::expr::Expr;
use super::tokens::{Token, tokens};

/// `a < b`, `a > b` or `a ≤ b`, with the name of the LaTeX command.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition(pub Expr, pub String, pub Expr);

/// A part of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Clause {
    /// Sets a quantity to the first value whose condition holds.
    Let(Expr, Vec<(Expr, Option<Condition>)>),
    /// Sets a quantity before the first step.
    From(Expr, Expr),
    /// The rest of the line applies only to every n-th step.
    Every(Expr),
    /// The line applies only to the first step.
    FirstStep,
    /// This holds in the step.
    Holds(Condition),
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
    let mut clauses: Vec<Vec<Token>> = vec![Vec::new()];
    for token in tokens {
        let last = clauses.last_mut().unwrap();
        let splits =
            token == Token::Command("quad".into()) && last.last() != Some(&Token::Char(','));
        if splits {
            clauses.push(Vec::new());
        } else {
            last.push(token);
        }
    }
    clauses.iter().map(|tokens| clause(tokens)).collect()
}

fn clause(tokens: &[Token]) -> Result<Clause, String> {
    let text = |text: &str| Token::Text(text.to_owned());
    if *tokens == [text("in the first step")] {
        return Ok(Clause::FirstStep);
    }
    for (words, shape) in [("matrices:", Shape::Matrices), ("vectors:", Shape::Vectors)] {
        if *tokens == [text(words)] {
            return Ok(Clause::Only(shape));
        }
    }
    if let [first, between @ .., last] = tokens
        && *first == text("every")
        && *last == text("steps:")
    {
        return Ok(Clause::Every(Expr::read(between)?));
    }
    let (is_initial, tokens) = match tokens {
        [first, rest @ ..] if *first == text("from") => (true, rest),
        tokens => (false, tokens),
    };
    let is_sign =
        |token: &Token| *token == Token::Char('=') || *token == Token::Command("leftarrow".into());
    let Some(at) = tokens.iter().position(is_sign) else {
        return Ok(Clause::Holds(condition(tokens)?));
    };
    let (target, value) = (Expr::read(&tokens[..at])?, &tokens[at + 1..]);
    if is_initial {
        return Ok(Clause::From(target, Expr::read(value)?));
    }
    Ok(Clause::Let(target, choices(value)?))
}

/// Parses `a if …, b if …, c otherwise`, or a single value.
fn choices(tokens: &[Token]) -> Result<Vec<(Expr, Option<Condition>)>, String> {
    if !tokens
        .iter()
        .any(|token| matches!(token, Token::Text(text) if text == "if"))
    {
        return Ok(vec![(Expr::read(tokens)?, None)]);
    }
    let comma = |pair: &[Token]| pair == [Token::Char(','), Token::Command("quad".into())];
    let mut found = Vec::new();
    let mut rest = tokens;
    loop {
        let end = rest.windows(2).position(comma);
        let choice = &rest[..end.unwrap_or(rest.len())];
        let word = choice
            .iter()
            .position(|token| matches!(token, Token::Text(_)));
        let word = word.ok_or("a choice without condition")?;
        let value = Expr::read(&choice[..word])?;
        found.push(match &choice[word] {
            Token::Text(text) if text == "if" => (value, Some(condition(&choice[word + 1..])?)),
            Token::Text(text) if text == "otherwise" && word + 1 == choice.len() => (value, None),
            other => return Err(format!("not a condition: {other:?}")),
        });
        match end {
            Some(end) => rest = &rest[end + 2..],
            None => return Ok(found),
        }
    }
}

fn condition(tokens: &[Token]) -> Result<Condition, String> {
    let relation = |token: &Token| match token {
        Token::Command(name) if ["lt", "gt", "le", "ge"].contains(&name.as_str()) => {
            Some(name.clone())
        }
        _ => None,
    };
    let at = tokens.iter().position(|token| relation(token).is_some());
    let at = at.ok_or("a condition that compares nothing")?;
    let name = relation(&tokens[at]).unwrap_or_default();
    Ok(Condition(
        Expr::read(&tokens[..at])?,
        name,
        Expr::read(&tokens[at + 1..])?,
    ))
}
