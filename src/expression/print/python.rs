//! Prints expressions in Python, for NumPy and the libraries that resemble it.

use super::super::function::{Binary, Function, Unary};
use super::super::tree::{Constant, Node, Operator, Relation, Tree};
use super::piece::{Piece, Printer, Rank, number};

const BRACKETS: [&str; 2] = ["(", ")"];

/// How a library calls the functions.
#[derive(Clone, Copy, Debug, Default)]
pub struct Dialect<'a> {
    /// What stands before the names of functions and of constants: `np.`
    pub prefix: &'a str,
    /// Functions of other names than in NumPy: those of this language, and what is printed in
    /// their place, without prefix.
    pub renamed: &'a [(&'a str, &'a str)],
    /// What stands before the names of functions of constants, if that is something else: `math.`
    pub of_constants: Option<&'a str>,
    /// Names that are taken; a name of the formula gets a bar behind it instead.
    pub taken: &'a [&'a str],
}

impl Dialect<'_> {
    /// How a name of the formula is written.
    #[must_use]
    pub fn name(&self, name: &str) -> String {
        self::name(name, self.taken)
    }
}

/// The notation.
pub struct Python<'a> {
    /// The library.
    pub dialect: &'a Dialect<'a>,
}

/// A name that neither Python nor the library reserves.
pub fn name(name: &str, taken: &[&str]) -> String {
    const RESERVED: &[&str] = &[
        "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
        "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
        "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with",
        "yield",
    ];
    if RESERVED.contains(&name) || taken.contains(&name) {
        format!("{name}_")
    } else {
        name.to_owned()
    }
}

impl Python<'_> {
    /// The name of a function in the library.
    fn called(&self, name: &str, usual: &str) -> String {
        let renamed = self.dialect.renamed.iter();
        let mut renamed = renamed.filter(|(known, _)| *known == name);
        renamed.next().map_or_else(
            || format!("{}{usual}", self.dialect.prefix),
            |(_, renamed)| (*renamed).to_owned(),
        )
    }

    fn function(&self, function: Function) -> String {
        match function {
            Function::Unary(function) => self.called(function.name(), function.python()),
            Function::Binary(function) => self.called(function.name(), function.python()),
            Function::Whole(function) => self.called(function.name(), function.name()),
        }
    }
}

/// The functions that Python's own `math` has under the names of this language.
const OF_MATH: &[Unary] = &[
    Unary::Sin,
    Unary::Cos,
    Unary::Tan,
    Unary::Asin,
    Unary::Acos,
    Unary::Atan,
    Unary::Sinh,
    Unary::Cosh,
    Unary::Tanh,
    Unary::Asinh,
    Unary::Acosh,
    Unary::Atanh,
    Unary::Exp,
    Unary::Log,
    Unary::Log10,
    Unary::Log2,
    Unary::Sqrt,
    Unary::Floor,
    Unary::Ceil,
    Unary::Erf,
];

impl Printer for Python<'_> {
    fn piece(&self, tree: &Tree, node: &Node, parts: Vec<Piece>) -> Piece {
        let has_names = matches!(node, Node::Name(_) | Node::Sum { .. });
        let constant = !has_names && parts.iter().all(|part| part.constant);
        self.printed(tree, node, parts, constant)
            .with_constant(constant)
    }
}

impl Python<'_> {
    /// Prints a node whose parts are printed; a constant has no name in it.
    fn printed(&self, tree: &Tree, node: &Node, parts: Vec<Piece>, constant: bool) -> Piece {
        let mut parts = parts.into_iter();
        let mut next = || parts.next().unwrap_or_default();
        match node {
            Node::Number(value) if *value < 0.0 => {
                Piece::new(number(*value), Rank::Product).with_minus(true)
            }
            Node::Number(value) => Piece::new(number(*value), Rank::Atom),
            Node::Constant(Constant::Pi) => Piece::new(self.called("pi", "pi"), Rank::Atom),
            Node::Constant(Constant::E) => Piece::new(self.called("e", "e"), Rank::Atom),
            Node::Name(id) => Piece::new(name(&tree.names[*id], self.dialect.taken), Rank::Atom),
            Node::Negate(_) => {
                let inner = next().on_the_right(Rank::Product, BRACKETS);
                Piece::new(format!("-{inner}"), Rank::Product).with_minus(true)
            }
            Node::Binary(operator, ..) => binary(*operator, next(), next()),
            Node::Call(Function::Binary(Binary::Mod), _) => {
                let a = next().within(Rank::Product, BRACKETS);
                let b = next().on_the_right(Rank::Whole, BRACKETS);
                Piece::new(format!("{a} % {b}"), Rank::Product)
            }
            Node::Call(function @ Function::Binary(_), _) => {
                // More than two arguments are nested.
                let name = self.function(*function);
                let texts = parts.map(|part| part.text);
                let nested = texts.reduce(|all, text| format!("{name}({all}, {text})"));
                Piece::new(nested.unwrap_or_default(), Rank::Atom)
            }
            Node::Call(Function::Unary(Unary::Relu), _)
                if !self.dialect.renamed.iter().any(|(name, _)| *name == "relu") =>
            {
                let maximum = self.function(Function::Binary(Binary::Max));
                Piece::new(format!("{maximum}({}, 0.0)", next().text), Rank::Atom)
            }
            Node::Call(Function::Unary(function), _)
                if constant
                    && OF_MATH.contains(function)
                    && self.dialect.of_constants.is_some() =>
            {
                let prefix = self.dialect.of_constants.unwrap_or_default();
                let text = format!("{prefix}{}({})", function.name(), next().text);
                Piece::new(text, Rank::Atom)
            }
            Node::Call(function, _) => {
                let arguments: Vec<String> = parts.map(|part| part.text).collect();
                let text = format!("{}({})", self.function(*function), arguments.join(", "));
                Piece::new(text, Rank::Atom)
            }
            Node::Compare(relation, ..) => {
                let text = format!("{} {} {}", next().text, sign(*relation), next().text);
                Piece::new(text, Rank::Open)
            }
            Node::If(_) => {
                let name = self.called("if", "where");
                let [condition, then, otherwise] = [next(), next(), next()];
                let text = format!(
                    "{name}({}, {}, {})",
                    condition.text, then.text, otherwise.text
                );
                Piece::new(text, Rank::Atom)
            }
            Node::Sum { index, .. } => {
                let index = name(&tree.names[*index], self.dialect.taken);
                let [first, last, body] = [next(), next(), next()];
                let last = last.within(Rank::Sum, BRACKETS);
                let text = format!(
                    "sum({} for {index} in range({}, {last} + 1))",
                    body.text, first.text
                );
                Piece::new(text, Rank::Atom)
            }
        }
    }
}

fn binary(operator: Operator, a: Piece, b: Piece) -> Piece {
    let minus = a.minus;
    let (sign, left, right, rank) = match operator {
        Operator::Add => (" + ", Rank::Sum, Rank::Product, Rank::Sum),
        Operator::Subtract => (" - ", Rank::Sum, Rank::Product, Rank::Sum),
        Operator::Multiply => (" * ", Rank::Product, Rank::Whole, Rank::Product),
        Operator::Divide => (" / ", Rank::Product, Rank::Whole, Rank::Product),
        Operator::Power => ("**", Rank::Atom, Rank::Power, Rank::Power),
    };
    let text = a.within(left, BRACKETS) + sign + &b.on_the_right(right, BRACKETS);
    Piece::new(text, rank).with_minus(minus && operator != Operator::Power)
}

/// The sign of a comparison.
const fn sign(relation: Relation) -> &'static str {
    match relation {
        Relation::Less => "<",
        Relation::AtMost => "<=",
        Relation::Greater => ">",
        Relation::AtLeast => ">=",
        Relation::Equal => "==",
        Relation::Unequal => "!=",
    }
}
