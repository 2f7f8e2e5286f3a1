//! Parses the expressions in the equations.

use slalom::optimizer::Term;

use super::tokens::Token;

/// An expression that can be evaluated.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    Number(f64),
    /// An unmarked symbol with its index: `\mu_{t+1}`, `I`, `t`.
    Sign(String, Option<String>),
    /// A marked quantity, together with the expression it is written as, if it is one.
    Term(Term, Option<Box<Expr>>),
    Sum(Box<Expr>, Box<Expr>),
    Difference(Box<Expr>, Box<Expr>),
    Product(Box<Expr>, Box<Expr>),
    Quotient(Box<Expr>, Box<Expr>),
    Power(Box<Expr>, Box<Expr>),
    Transposed(Box<Expr>),
    Absolute(Box<Expr>),
}

impl Expr {
    /// Parses all tokens as one expression.
    pub fn read(tokens: &[Token]) -> Result<Self, String> {
        Parser::all(tokens)
    }
}

/// A parser of expressions.
struct Parser<'a> {
    rest: &'a [Token],
    /// The token that closes the current pair of bars.
    bars: Option<Token>,
}

impl<'a> Parser<'a> {
    /// Parses all tokens as one expression.
    fn all(tokens: &'a [Token]) -> Result<Expr, String> {
        let mut parser = Self {
            rest: tokens,
            bars: None,
        };
        let found = parser.sum()?;
        match parser.rest {
            [] => Ok(found),
            rest => Err(format!("not understood: {rest:?}")),
        }
    }

    fn take(&mut self, token: &Token) -> bool {
        let is_next = self.rest.first() == Some(token);
        if is_next {
            self.rest = &self.rest[1..];
        }
        is_next
    }

    fn takes(&mut self, sign: char) -> bool {
        self.take(&Token::Char(sign))
    }

    fn expect(&mut self, token: &Token) -> Result<(), String> {
        if self.take(token) {
            Ok(())
        } else {
            Err(format!("no {token:?} before {:?}", self.rest))
        }
    }

    fn sum(&mut self) -> Result<Expr, String> {
        let mut sum = if self.takes('-') {
            Expr::Difference(Box::new(Expr::Number(0.0)), Box::new(self.product()?))
        } else {
            self.product()?
        };
        loop {
            if self.takes('+') {
                sum = Expr::Sum(Box::new(sum), Box::new(self.product()?));
            } else if self.takes('-') {
                sum = Expr::Difference(Box::new(sum), Box::new(self.product()?));
            } else {
                return Ok(sum);
            }
        }
    }

    fn product(&mut self) -> Result<Expr, String> {
        let mut product = self.power()?;
        loop {
            if self.takes('/') {
                product = Expr::Quotient(Box::new(product), Box::new(self.power()?));
            } else if self.take(&Token::Command("cdot".into())) || self.another_factor() {
                product = Expr::Product(Box::new(product), Box::new(self.power()?));
            } else {
                return Ok(product);
            }
        }
    }

    /// Whether another factor follows without an operator.
    fn another_factor(&self) -> bool {
        match self.rest.first() {
            None => false,
            token if token == self.bars.as_ref() => false,
            Some(Token::Char(sign)) => sign.is_ascii_alphabetic() || "(|".contains(*sign),
            Some(Token::Command(name)) => name != "right" && name != "cdot",
            Some(Token::Number(_) | Token::Text(_) | Token::Term(..)) => true,
        }
    }

    fn power(&mut self) -> Result<Expr, String> {
        let base = self.atom()?;
        if !self.takes('^') {
            return Ok(base);
        }
        if self.take(&Token::Command("top".into())) {
            return Ok(Expr::Transposed(Box::new(base)));
        }
        let exponent = if self.rest.first() == Some(&Token::Char('{')) {
            self.group()?
        } else {
            self.atom()?
        };
        Ok(Expr::Power(Box::new(base), Box::new(exponent)))
    }

    fn group(&mut self) -> Result<Expr, String> {
        self.expect(&Token::Char('{'))?;
        let inside = self.sum()?;
        self.expect(&Token::Char('}'))?;
        Ok(inside)
    }

    /// Parses the content of parentheses of any size.
    fn parentheses(&mut self) -> Result<Expr, String> {
        let is_large = self.take(&Token::Command("left".into()));
        let bars = self.bars.take();
        self.expect(&Token::Char('('))?;
        let found = self.sum()?;
        if is_large {
            self.expect(&Token::Command("right".into()))?;
        }
        self.expect(&Token::Char(')'))?;
        self.bars = bars;
        Ok(found)
    }

    fn atom(&mut self) -> Result<Expr, String> {
        let Some((token, rest)) = self.rest.split_first() else {
            return Err("an expression is missing".into());
        };
        match token {
            Token::Char('(') => return self.parentheses(),
            Token::Command(name) if name == "left" => return self.parentheses(),
            _ => self.rest = rest,
        }
        match token {
            Token::Number(number) => Ok(Expr::Number(*number)),
            Token::Term(term, written) => Ok(Expr::Term(*term, meaning(written)?)),
            Token::Char('|') => self.absolute(),
            Token::Char(letter) if letter.is_ascii_alphabetic() => self.sign(letter.to_string()),
            Token::Command(name) => self.command(name),
            other => Err(format!("not understood: {other:?}")),
        }
    }

    fn command(&mut self, name: &str) -> Result<Expr, String> {
        match name {
            "frac" => Ok(Expr::Quotient(
                Box::new(self.group()?),
                Box::new(self.group()?),
            )),
            "eta" => self.sign(format!("\\{name}")),
            unknown => Err(format!("what is \\{unknown}?")),
        }
    }

    /// Parses the expression between two bars.
    fn absolute(&mut self) -> Result<Expr, String> {
        let bar = Token::Char('|');
        let outer = self.bars.replace(bar.clone());
        let inside = self.sum()?;
        self.expect(&bar)?;
        self.bars = outer;
        Ok(Expr::Absolute(Box::new(inside)))
    }

    /// Parses a symbol and its index, if any.
    fn sign(&mut self, name: String) -> Result<Expr, String> {
        if !self.takes('_') {
            return Ok(Expr::Sign(name, None));
        }
        if !self.takes('{') {
            return match self.rest.split_first() {
                Some((Token::Char(index), rest)) => {
                    self.rest = rest;
                    Ok(Expr::Sign(name, Some(index.to_string())))
                }
                _ => Err("an index that is no letter".into()),
            };
        }
        let end = self
            .rest
            .iter()
            .position(|token| *token == Token::Char('}'));
        let (index, rest) = self.rest.split_at(end.ok_or("an index without end")?);
        self.rest = &rest[1..];
        let index = index.iter().map(|token| match token {
            Token::Char(sign) => sign.to_string(),
            Token::Number(number) => number.to_string(),
            other => format!("{other:?}"),
        });
        Ok(Expr::Sign(name, Some(index.collect())))
    }
}

/// Parses the notation of a quantity if it is an expression in other quantities.
fn meaning(written: &[Token]) -> Result<Option<Box<Expr>>, String> {
    let is_expression = written.iter().any(|token| matches!(token, Token::Term(..)));
    is_expression
        .then(|| Parser::all(written).map(Box::new))
        .transpose()
}
