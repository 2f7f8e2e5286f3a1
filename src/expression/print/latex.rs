//! Prints expressions in LaTeX, as far as the window's typesetter knows it.

use super::super::function::{Binary, Function, Unary, Whole};
use super::super::names;
use super::super::tree::{Constant, Node, Operator, Relation, Tree};
use super::piece::{Piece, Printer, Rank, is_digits, number};

/// Fractions, powers and tall brackets that are nested deeper than this are written on one line.
const DEEPEST: usize = 5;

/// A piece in a pair of signs, which grow with what is between them.
fn between(signs: [&str; 2], piece: &Piece) -> Piece {
    let [open, close] = signs;
    let is_tall = (1..DEEPEST).contains(&piece.depth);
    let text = if is_tall {
        format!(r"\left{open}{}\right{close}", piece.text)
    } else {
        format!("{open}{}{close}", piece.text)
    };
    Piece::new(text, Rank::Atom).at_depth(piece.depth + usize::from(is_tall))
}

/// A piece in brackets, unless it binds at least this tightly.
fn within(piece: Piece, least: Rank) -> Piece {
    if piece.rank >= least {
        piece
    } else {
        between(["(", ")"], &piece)
    }
}

/// The same on the right of an operator, where a minus sign needs brackets.
fn on_the_right(piece: Piece, least: Rank) -> Piece {
    if piece.minus {
        between(["(", ")"], &piece)
    } else {
        within(piece, least)
    }
}

/// The notation.
pub struct Latex<'a> {
    /// Names with another notation than usual.
    pub symbol: &'a dyn Fn(&str) -> Option<String>,
}

impl Latex<'_> {
    /// The notation of a name.
    pub fn symbol(&self, name: &str) -> String {
        (self.symbol)(name).unwrap_or_else(|| names::latex(name))
    }
}

impl Printer for Latex<'_> {
    fn piece(&self, tree: &Tree, node: &Node, parts: Vec<Piece>) -> Piece {
        let deepest = parts.iter().map(|part| part.depth).max().unwrap_or(0);
        let mut parts = parts.into_iter();
        let mut next = || parts.next().unwrap_or_default();
        let piece = match node {
            Node::Number(value) => decimal(*value),
            Node::Constant(Constant::Pi) => Piece::new(r"\pi", Rank::Atom),
            Node::Constant(Constant::E) => Piece::new("e", Rank::Atom),
            Node::Name(name) => Piece::new(self.symbol(&tree.names[*name]), Rank::Atom),
            Node::Negate(_) => {
                let inner = on_the_right(next(), Rank::Product);
                let text = format!("-{}", inner.text);
                Piece::new(text, Rank::Product)
                    .at_depth(inner.depth)
                    .with_minus(true)
            }
            Node::Binary(operator, ..) => binary(*operator, next(), next()),
            Node::Call(function, _) => call(*function, parts.collect()),
            Node::Compare(relation, ..) => {
                let text = format!("{} {} {}", next().text, sign(*relation), next().text);
                Piece::new(text, Rank::Open)
            }
            Node::If([.., last]) => {
                let [condition, then, otherwise] = [next().text, next().text, next().text];
                // Another choice in the last place is only more cases.
                let otherwise = match tree.nodes.get(*last) {
                    Some(Node::If(_)) => inside_cases(&otherwise).to_owned(),
                    _ => format!(r"{otherwise} & \text{{otherwise}}"),
                };
                let text = format!(
                    r"{CASES}{then} & \text{{if }} {condition} \\ {otherwise}{END_OF_CASES}"
                );
                Piece::new(text, Rank::Open).at_depth(deepest + 1)
            }
            Node::Sum { index, .. } => {
                let index = self.symbol(&tree.names[*index]);
                let ([first, last], body) = ([next().text, next().text], next());
                let body = on_the_right(body, Rank::Product);
                let text = format!(r"\sum_{{{index}={first}}}^{{{last}}} {}", body.text);
                Piece::new(text, Rank::Open).at_depth(body.depth.max(1))
            }
        };
        let depth = piece.depth.max(deepest);
        piece.at_depth(depth)
    }
}

/// A number; powers of ten are written as such.
fn decimal(value: f64) -> Piece {
    let plain = number(value);
    let piece = match plain.split_once('e') {
        None => Piece::new(plain.clone(), Rank::Atom),
        Some(("1", power)) => Piece::new(format!("10^{{{power}}}"), Rank::Power),
        Some((digits, power)) => {
            Piece::new(format!(r"{digits} \cdot 10^{{{power}}}"), Rank::Product)
        }
    };
    if value < 0.0 {
        return Piece::new(piece.text, Rank::Product).with_minus(true);
    }
    piece
}

fn binary(operator: Operator, a: Piece, b: Piece) -> Piece {
    let minus = a.minus;
    let depth = a.depth.max(b.depth);
    match operator {
        Operator::Add => {
            let [a, b] = [within(a, Rank::Sum), on_the_right(b, Rank::Sum)];
            joined(a, " + ", &b, Rank::Sum).with_minus(minus)
        }
        Operator::Subtract => {
            let [a, b] = [within(a, Rank::Sum), on_the_right(b, Rank::Product)];
            joined(a, " - ", &b, Rank::Sum).with_minus(minus)
        }
        Operator::Multiply => {
            let is_number = is_digits(&a.text);
            let [a, b] = [within(a, Rank::Product), on_the_right(b, Rank::Product)];
            let sign = if b.text.starts_with(|sign: char| sign.is_ascii_digit()) {
                r" \cdot "
            } else if is_number || b.text.starts_with(['(', '[']) || b.text.starts_with(r"\left") {
                " "
            } else {
                r"\, "
            };
            joined(a, sign, &b, Rank::Product).with_minus(minus)
        }
        Operator::Divide if depth < DEEPEST => {
            // A minus sign stands before the fraction.
            let (sign, above) = match a.text.strip_prefix('-') {
                Some(rest) if a.minus && a.rank == Rank::Product => ("-", rest.to_owned()),
                _ => ("", a.text),
            };
            let rank = if sign.is_empty() {
                Rank::Whole
            } else {
                Rank::Product
            };
            let text = format!(r"{sign}\frac{{{above}}}{{{}}}", b.text);
            Piece::new(text, rank)
                .with_minus(!sign.is_empty())
                .at_depth(depth + 1)
        }
        Operator::Divide => {
            let [a, b] = [within(a, Rank::Product), on_the_right(b, Rank::Whole)];
            joined(a, " / ", &b, Rank::Product).with_minus(minus)
        }
        Operator::Power if depth < DEEPEST => {
            let base = within(a, Rank::Atom);
            let depth = base.depth.max(depth) + 1;
            let text = format!("{}^{{{}}}", base.text, b.text);
            Piece::new(text, Rank::Power).at_depth(depth)
        }
        Operator::Power => {
            let arguments = joined(a, ", ", &b, Rank::Open);
            applied(r"\operatorname{power}", &arguments)
        }
    }
}

/// Two pieces and what is between them.
fn joined(a: Piece, sign: &str, b: &Piece, rank: Rank) -> Piece {
    let depth = a.depth.max(b.depth);
    Piece::new(a.text + sign + &b.text, rank).at_depth(depth)
}

/// A name before its arguments in brackets.
fn applied(name: &str, arguments: &Piece) -> Piece {
    let arguments = between(["(", ")"], arguments);
    Piece {
        text: name.to_owned() + &arguments.text,
        ..arguments
    }
}

fn call(function: Function, parts: Vec<Piece>) -> Piece {
    let mut parts = parts.into_iter();
    let first = parts.next().unwrap_or_default();
    if function == Function::Binary(Binary::Mod) {
        let (a, b) = (first, parts.next().unwrap_or_default());
        let [a, b] = [within(a, Rank::Product), on_the_right(b, Rank::Whole)];
        return joined(a, r" \bmod ", &b, Rank::Product);
    }
    if function == Function::Whole(Whole::Dot) {
        let (a, b) = (first, parts.next().unwrap_or_default());
        let [a, b] = [within(a, Rank::Whole), on_the_right(b, Rank::Whole)];
        return joined(a, r" \cdot ", &b, Rank::Product);
    }
    let inner = parts.fold(first, |all, part| joined(all, ", ", &part, Rank::Open));
    match function {
        Function::Unary(root @ (Unary::Sqrt | Unary::Cbrt)) if inner.depth < DEEPEST => {
            let text = format!("{}{{{}}}", root.latex(), inner.text);
            Piece::new(text, Rank::Whole).at_depth(inner.depth + 1)
        }
        Function::Unary(Unary::Sqrt | Unary::Cbrt) => {
            applied(&format!(r"\operatorname{{{}}}", function.name()), &inner)
        }
        Function::Unary(Unary::Abs) => between(["|", "|"], &inner),
        Function::Unary(Unary::Floor) => between([r"\lfloor ", r"\rfloor "], &inner),
        Function::Unary(Unary::Ceil) => between([r"\lceil ", r"\rceil "], &inner),
        Function::Unary(function) => applied(function.latex(), &inner),
        Function::Binary(function) => applied(function.latex(), &inner),
        Function::Whole(Whole::Norm) => between([r"\| ", r"\| "], &inner),
        Function::Whole(Whole::Value) => applied("f", &inner),
        Function::Whole(Whole::Gradient) => applied(r"\nabla f", &inner),
        Function::Whole(Whole::Max) => applied(r"\max", &inner),
        Function::Whole(Whole::Mean | Whole::Dot) => applied(r"\operatorname{mean}", &inner),
    }
}

const CASES: &str = r"\begin{cases} ";
const END_OF_CASES: &str = r" \end{cases}";

/// What stands between the beginning and the end of cases.
fn inside_cases(text: &str) -> &str {
    let inside = text.strip_prefix(CASES).unwrap_or(text);
    inside.strip_suffix(END_OF_CASES).unwrap_or(inside)
}

/// The sign of a comparison.
const fn sign(relation: Relation) -> &'static str {
    match relation {
        Relation::Less => r"\lt",
        Relation::AtMost => r"\le",
        Relation::Greater => r"\gt",
        Relation::AtLeast => r"\ge",
        Relation::Equal => "=",
        Relation::Unequal => r"\ne",
    }
}
