//! Writes the statements of a rule in Python.

use std::cell::RefCell;

use super::super::super::function::{Binary, Function, Whole};
use super::super::super::print::{Dialect, Piece, Printer, Python, Rank};
use super::super::super::tree::{Id, Node, Tree};
use super::super::roles::{Role, Roles};
use super::kinds::{Kinds, index_of};
use super::{Kind, Library, Operand, Sentence, Target};

const BRACKETS: [&str; 2] = ["(", ")"];

/// Whole numbers beyond this are no longer those of doubles.
const LARGE: f64 = 1e15;

/// How numbers and operators are written.
const PLAIN: Dialect<'static> = Dialect {
    prefix: "math.",
    renamed: &[],
    of_constants: None,
    taken: &[],
};

/// Writes statements.
pub struct Writer<'a> {
    tree: &'a Tree,
    roles: &'a Roles,
    kinds: &'a Kinds,
    library: &'a dyn Library,
    /// The sentences of the statement that is being written, and how many results were named.
    apart: RefCell<(Vec<Sentence>, Vec<&'static str>)>,
    /// The names of results, by node.
    results: RefCell<Vec<Option<String>>>,
}

impl<'a> Writer<'a> {
    /// A writer for a rule.
    pub fn new(
        tree: &'a Tree,
        roles: &'a Roles,
        kinds: &'a Kinds,
        library: &'a dyn Library,
    ) -> Self {
        Self {
            tree,
            roles,
            kinds,
            library,
            apart: RefCell::default(),
            results: RefCell::new(vec![None; tree.nodes.len()]),
        }
    }

    /// All statements.
    pub fn sentences(&self) -> Vec<Sentence> {
        let mut all = Vec::new();
        for (index, statement) in self.tree.statements.iter().enumerate() {
            let first = self.roles.initial[index];
            let Some(name) = first.or(statement.target.as_ref().map(|it| it.0)) else {
                continue;
            };
            let target = match (first, self.roles.by_name[name]) {
                (Some(_), _) => Target::First,
                (_, Some(Role::Position)) => Target::Position,
                (_, Some(Role::State)) => Target::State,
                _ => Target::Local,
            };
            let sentence = self.sentence(statement.value, name, target);
            let mut apart = self.apart.borrow_mut();
            let is_one = self.results.borrow()[statement.value].is_some();
            if let Some(last) = apart
                .0
                .last_mut()
                .filter(|_| is_one && target == Target::Local)
            {
                // The result needs no name but that of the statement.
                last.name = sentence.name;
                all.append(&mut apart.0);
                continue;
            }
            all.append(&mut apart.0);
            all.push(sentence);
        }
        all
    }

    fn sentence(&self, id: Id, name: usize, target: Target) -> Sentence {
        let is_vector = self.roles.vectors[name];
        let text = self.print(self.tree, id);
        let kind = self.kinds.nodes[id];
        let mut vectors = self.vectors(id);
        let is_kept = target != Target::Local || self.kinds.lifted[name];
        let text = if is_vector && kind < Kind::Vector {
            vectors = vec![self.library.name("theta")];
            self.library.spread(self.operand(id, &text))
        } else if is_kept && kind <= Kind::Plain {
            let value = self.kinds.values[id].map(decimal);
            self.library.array(&value.unwrap_or(text))
        } else {
            text
        };
        Sentence {
            target,
            name: self.library.name(&self.tree.names[name]),
            text,
            is_vector,
            vectors,
            arguments: Vec::new(),
        }
    }

    fn operand<'t>(&self, id: Id, text: &'t str) -> Operand<'t> {
        Operand {
            text,
            kind: self.kinds.nodes[id],
            value: self.kinds.values[id],
        }
    }

    /// The vectors that an expression reads, or the results that stand for its parts.
    fn vectors(&self, id: Id) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let results = self.results.borrow();
        let mut left = vec![id];
        while let Some(id) = left.pop() {
            let name = match (&results[id], &self.tree.nodes[id]) {
                (Some(result), _) => Some(result.clone()),
                (None, Node::Name(name)) => Some(self.library.name(&self.tree.names[*name])),
                (None, _) => {
                    left.extend(self.tree.parts(id).into_iter().rev());
                    None
                }
            };
            let name = name.filter(|_| self.kinds.nodes[id] == Kind::Vector);
            if let Some(name) = name
                && !found.contains(&name)
            {
                found.push(name);
            }
        }
        found
    }

    /// Computes a function of whole vectors in a sentence of its own.
    fn set_apart(&self, id: Id, function: Whole, parts: &[Piece], name: &'static str) -> Piece {
        let arguments = self.tree.parts(id).into_iter().zip(parts);
        let arguments = arguments.map(|(part, piece)| (piece.text.clone(), self.vectors(part)));
        let arguments: Vec<_> = arguments.collect();
        let mut apart = self.apart.borrow_mut();
        apart.1.push(name);
        let name = match apart.1.iter().filter(|known| **known == name).count() {
            1 => name.to_owned(),
            count => format!("{name}_{count}"),
        };
        apart.0.push(Sentence {
            target: Target::Result,
            name: name.clone(),
            text: function.name().to_owned(),
            is_vector: function == Whole::Gradient,
            vectors: Vec::new(),
            arguments,
        });
        self.results.borrow_mut()[id] = Some(name.clone());
        Piece::new(name, Rank::Atom)
    }

    fn call(&self, id: Id, function: Function, parts: &[Piece]) -> Piece {
        if let Function::Whole(whole) = function
            && let Some(name) = self.library.apart(whole)
        {
            return self.set_apart(id, whole, parts, name);
        }
        let ids = self.tree.parts(id).into_iter();
        let operands: Vec<Operand> = ids
            .zip(parts)
            .map(|(id, piece)| self.operand(id, &piece.text))
            .collect();
        Piece::new(self.library.call(function, &operands), Rank::Atom)
    }

    fn sum(&self, id: Id, parts: &[Piece]) -> Piece {
        let (Some(index), [first, last, body]) = (index_of(&self.tree.nodes[id]), parts) else {
            return Piece::default();
        };
        let ids = self.tree.parts(id);
        let bound = |at: usize, text: &str, more: f64| match self.kinds.values[ids[at]] {
            Some(value) => format!("{:.0}", value + more),
            None if more > 0.0 => format!("int({text}) + 1"),
            None => format!("int({text})"),
        };
        let range = format!(
            "range({}, {})",
            bound(0, &first.text, 0.0),
            bound(1, &last.text, 1.0)
        );
        let name = self.library.name(&self.tree.names[index]);
        let body = &body.text;
        let counts = if self.kinds.lifted[index] {
            format!(
                "{name} in ({} for {name} in {range})",
                self.library.array(&name)
            )
        } else {
            format!("{name} in {range}")
        };
        Piece::new(format!("sum({body} for {counts})"), Rank::Atom)
    }
}

impl Printer for Writer<'_> {
    fn piece(&self, tree: &Tree, node: &Node, parts: Vec<Piece>) -> Piece {
        Python { dialect: &PLAIN }.piece(tree, node, parts)
    }

    fn piece_at(&self, tree: &Tree, id: Id, parts: Vec<Piece>) -> Piece {
        let node = &tree.nodes[id];
        let is_leaf = matches!(node, Node::Number(_) | Node::Constant(_));
        if let Some(value) = self.kinds.values[id]
            && !is_leaf
            && (!value.is_finite() || value.abs() >= LARGE || is_minus_0(value) || is_call(node))
        {
            let text = decimal(value);
            let is_negative = text.starts_with('-');
            let rank = if is_negative {
                Rank::Product
            } else {
                Rank::Atom
            };
            return Piece::new(text, rank).with_minus(is_negative);
        }
        match node {
            Node::Name(name) => Piece::new(self.library.name(&tree.names[*name]), Rank::Atom),
            Node::Call(Function::Binary(Binary::Mod), _) | Node::Compare(..) => {
                self.piece(tree, node, parts)
            }
            Node::Call(function, _) => self.call(id, *function, &parts),
            Node::If(ids) => match &*parts {
                [condition, then, otherwise] => {
                    let ways = [
                        self.operand(ids[1], &then.text),
                        self.operand(ids[2], &otherwise.text),
                    ];
                    let is_fixed = self.kinds.values[ids[0]].map(|value| value != 0.0);
                    match is_fixed {
                        Some(true) => Piece::new(within(then), Rank::Atom),
                        Some(false) => Piece::new(within(otherwise), Rank::Atom),
                        None => Piece::new(self.library.choose(&condition.text, ways), Rank::Atom),
                    }
                }
                _ => Piece::default(),
            },
            Node::Sum { .. } => self.sum(id, &parts),
            _ => self.piece(tree, node, parts),
        }
    }
}

fn within(piece: &Piece) -> String {
    piece.clone().within(Rank::Atom, BRACKETS)
}

/// Whether a number is 0 with a minus sign, which whole numbers of Python's lack.
fn is_minus_0(value: f64) -> bool {
    value == 0.0 && value.is_sign_negative()
}

/// Whether a node is a function or a choice.
fn is_call(node: &Node) -> bool {
    matches!(node, Node::Call(..) | Node::If(_) | Node::Compare(..))
}

/// A number as Python writes it, with a decimal point or an exponent.
pub fn decimal(value: f64) -> String {
    if value.is_nan() {
        "math.nan".to_owned()
    } else if value.is_infinite() {
        let sign = if value < 0.0 { "-" } else { "" };
        format!("{sign}math.inf")
    } else {
        format!("{value:?}")
    }
}
