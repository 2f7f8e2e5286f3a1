//! Printed parts of an expression, which know when they need brackets.

use super::super::tree::{Id, Node, Tree};

/// How tightly the outermost sign of a printed expression binds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Whatever follows would belong to it.
    #[default]
    Open,
    /// a + b
    Sum,
    /// a · b
    Product,
    /// √a, a/b as a fraction: complete, but no base of a power.
    Whole,
    /// aᵇ
    Power,
    /// A name, a number, something in brackets.
    Atom,
}

/// A printed expression.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// How tightly it binds.
    pub rank: Rank,
    /// Whether it begins with a minus sign.
    pub minus: bool,
    /// How deep what is nested upwards and downwards goes: fractions, powers, bars.
    pub depth: usize,
    /// Whether there is no name in it.
    pub constant: bool,
}

impl Piece {
    /// A printed expression.
    pub fn new(text: impl Into<String>, rank: Rank) -> Self {
        Self {
            text: text.into(),
            rank,
            minus: false,
            depth: 0,
            constant: false,
        }
    }

    /// The same, nested this deep.
    pub fn at_depth(self, depth: usize) -> Self {
        Self { depth, ..self }
    }

    /// The same, beginning with a minus sign or not.
    pub fn with_minus(self, minus: bool) -> Self {
        Self { minus, ..self }
    }

    /// The same, without any name in it or not.
    pub fn with_constant(self, constant: bool) -> Self {
        Self { constant, ..self }
    }

    /// The text, in brackets unless it binds at least this tightly.
    pub fn within(self, least: Rank, brackets: [&str; 2]) -> String {
        if self.rank >= least {
            self.text
        } else {
            brackets[0].to_owned() + &self.text + brackets[1]
        }
    }

    /// The same on the right of an operator, where a minus sign needs brackets.
    pub fn on_the_right(self, least: Rank, brackets: [&str; 2]) -> String {
        let rank = if self.minus { Rank::Open } else { self.rank };
        Self { rank, ..self }.within(least, brackets)
    }
}

/// A notation.
pub trait Printer {
    /// Prints a node whose parts are printed.
    fn piece(&self, tree: &Tree, node: &Node, parts: Vec<Piece>) -> Piece;

    /// The same for a notation that depends on the node's place in the tree.
    fn piece_at(&self, tree: &Tree, id: Id, parts: Vec<Piece>) -> Piece {
        self.piece(tree, &tree.nodes[id], parts)
    }

    /// Prints an expression, from its parts up.
    fn print(&self, tree: &Tree, id: Id) -> String {
        let mut pieces: Vec<Piece> = vec![Piece::default(); id + 1];
        let mut needed = vec![false; id + 1];
        needed[id] = true;
        for id in (0..=id).rev() {
            if needed[id] {
                for part in tree.parts(id) {
                    needed[part] = true;
                }
            }
        }
        for id in 0..=id {
            if needed[id] {
                let parts = tree.parts(id).into_iter();
                let parts = parts.map(|part| std::mem::take(&mut pieces[part]));
                let parts = parts.collect();
                pieces[id] = self.piece_at(tree, id, parts);
            }
        }
        pieces.pop().unwrap_or_default().text
    }
}

/// A number in the shortest form that reads back to it.
pub fn number(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 || (1e-4..1e7).contains(&size) {
        format!("{value}")
    } else {
        format!("{value:e}")
    }
}

/// Whether a text is a number without an exponent, with or without a sign.
pub fn is_digits(text: &str) -> bool {
    let digits = text.trim_start_matches(['-', '−']);
    !digits.is_empty()
        && digits
            .chars()
            .all(|sign| sign.is_ascii_digit() || sign == '.')
}

/// The whole number that an exponent is, if it is one.
pub fn whole(tree: &Tree, id: Id) -> Option<String> {
    match &tree.nodes[id] {
        Node::Negate(inner) => match tree.nodes[*inner] {
            // The small digits of −0 would be read as 0.
            Node::Number(value) if value != 0.0 => Some(format!("-{}", whole(tree, *inner)?)),
            _ => None,
        },
        Node::Number(value) if value.fract() == 0.0 && value.abs() < 1e4 => Some(number(*value)),
        _ => None,
    }
}
