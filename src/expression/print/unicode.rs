//! Prints expressions as a line of Unicode, which parses to the same tree.

use super::super::function::{Function, Unary};
use super::super::names;
use super::super::tree::{Constant, Node, Operator, Relation, Tree};
use super::piece::{Piece, Printer, Rank, is_digits, number, whole};

const BRACKETS: [&str; 2] = ["(", ")"];

/// The notation.
pub struct Unicode<'a> {
    /// Names with another notation than usual.
    pub symbol: &'a dyn Fn(&str) -> Option<String>,
}

impl Unicode<'_> {
    /// The notation of a name.
    fn symbol(&self, name: &str) -> String {
        (self.symbol)(name).unwrap_or_else(|| names::unicode(name))
    }
}

impl Printer for Unicode<'_> {
    fn piece(&self, tree: &Tree, node: &Node, parts: Vec<Piece>) -> Piece {
        let deepest = parts.iter().map(|part| part.depth).max().unwrap_or(0);
        let mut parts = parts.into_iter();
        let mut next = || parts.next().unwrap_or_default();
        let piece = match node {
            Node::Number(value) if *value < 0.0 => {
                Piece::new(format!("−{}", number(-value)), Rank::Product).with_minus(true)
            }
            Node::Number(value) => Piece::new(number(*value), Rank::Atom),
            Node::Constant(Constant::Pi) => Piece::new("π", Rank::Atom),
            Node::Constant(Constant::E) => Piece::new("e", Rank::Atom),
            Node::Name(name) => Piece::new(self.symbol(&tree.names[*name]), Rank::Atom),
            Node::Negate(_) => {
                let inner = next().on_the_right(Rank::Product, BRACKETS);
                Piece::new(format!("−{inner}"), Rank::Product).with_minus(true)
            }
            Node::Binary(operator, _, right) => {
                let (a, b) = (next(), next());
                binary(*operator, a, b, whole(tree, *right))
            }
            Node::Call(Function::Unary(Unary::Abs), _) if deepest == 0 => {
                Piece::new(format!("|{}|", next().text), Rank::Atom).at_depth(1)
            }
            Node::Call(Function::Unary(Unary::Sqrt), arguments) => {
                let root = next().text;
                let is_name = arguments
                    .iter()
                    .all(|id| matches!(tree.nodes.get(*id), Some(Node::Name(_))));
                if is_name && !root.contains(' ') {
                    Piece::new(format!("√{root}"), Rank::Whole)
                } else {
                    Piece::new(format!("√({root})"), Rank::Atom)
                }
            }
            Node::Call(Function::Unary(Unary::Cbrt), _) => {
                Piece::new(format!("∛({})", next().text), Rank::Atom)
            }
            Node::Call(function, _) => {
                let arguments: Vec<String> = parts.map(|part| part.text).collect();
                let text = format!("{}({})", function.name(), arguments.join(", "));
                Piece::new(text, Rank::Atom)
            }
            Node::Compare(relation, ..) => {
                let text = format!("{} {} {}", next().text, sign(*relation), next().text);
                Piece::new(text, Rank::Open)
            }
            Node::If(_) => {
                let [condition, then, otherwise] = [next(), next(), next()];
                let text = format!("if({}, {}, {})", condition.text, then.text, otherwise.text);
                Piece::new(text, Rank::Atom)
            }
            Node::Sum { index, .. } => {
                let index = self.symbol(&tree.names[*index]);
                let [first, last, body] = [next(), next(), next()];
                let text = format!("sum({index}, {}, {}, {})", first.text, last.text, body.text);
                Piece::new(text, Rank::Atom)
            }
        };
        // Bars must not nest, so that bars anywhere inside count.
        let depth = piece.depth.max(deepest);
        piece.at_depth(depth)
    }
}

/// Two expressions with an operator, the second of which may be a whole number.
fn binary(operator: Operator, a: Piece, b: Piece, digits: Option<String>) -> Piece {
    let minus = a.minus;
    let (text, rank) = match operator {
        Operator::Add | Operator::Subtract => {
            let sign = if operator == Operator::Add {
                '+'
            } else {
                '−'
            };
            let a = a.within(Rank::Sum, BRACKETS);
            let b = b.on_the_right(Rank::Product, BRACKETS);
            (format!("{a} {sign} {b}"), Rank::Sum)
        }
        Operator::Multiply => {
            let is_implied = is_digits(&a.text)
                && b.rank >= Rank::Power
                && b.text
                    .starts_with(|sign: char| sign.is_alphabetic() && sign != 'e');
            let a = a.within(Rank::Product, BRACKETS);
            let b = b.on_the_right(Rank::Whole, BRACKETS);
            let sign = if is_implied { "" } else { "·" };
            (format!("{a}{sign}{b}"), Rank::Product)
        }
        Operator::Divide => {
            let a = a.within(Rank::Product, BRACKETS);
            let b = b.on_the_right(Rank::Whole, BRACKETS);
            (format!("{a}/{b}"), Rank::Product)
        }
        Operator::Power => {
            let base = a.within(Rank::Atom, BRACKETS);
            let text = match digits {
                Some(digits) => base + &digits.chars().map(names::superscript).collect::<String>(),
                None => format!("{base}^{}", b.on_the_right(Rank::Power, BRACKETS)),
            };
            return Piece::new(text, Rank::Power);
        }
    };
    // A sum or a product begins with what its left side begins with.
    Piece::new(text, rank).with_minus(minus && rank != Rank::Power)
}

/// The sign of a comparison.
const fn sign(relation: Relation) -> &'static str {
    match relation {
        Relation::Less => "<",
        Relation::AtMost => "≤",
        Relation::Greater => ">",
        Relation::AtLeast => "≥",
        Relation::Equal => "==",
        Relation::Unequal => "≠",
    }
}
