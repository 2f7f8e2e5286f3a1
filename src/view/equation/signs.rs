//! Signs and the commands for them: letters, operators, names of functions, spaces.

use ratex_font::{Group, get_symbol};
use ratex_parser::parse_node::{AtomFamily, Measurement, Mode, ParseNode};

/// Functions whose names are set upright.
const FUNCTIONS: &[&str] = &[
    r"\arccos", r"\arcsin", r"\arctan", r"\cos", r"\cosh", r"\exp", r"\ln", r"\log", r"\sin",
    r"\sinh", r"\tan", r"\tanh",
];

/// Appends the nodes of a sign of mathematics; `None` if it is not known.
pub fn push_sign(made: &mut Vec<ParseNode>, sign: &str) -> Option<()> {
    match sign {
        r"\," => made.push(kern(3.0, "mu")),
        r"\quad" => made.push(kern(1.0, "em")),
        r"\ne" => made.push(unequal()?),
        r"\bmod" => made.extend([around_operator(), modulo()?, around_operator()]),
        r"\max" | r"\min" => made.push(operator(sign, Limits::Yes, false)),
        r"\sum" => made.push(operator(sign, Limits::Yes, true)),
        name if FUNCTIONS.contains(&name) => made.push(operator(name, Limits::No, false)),
        sign => made.push(symbol(sign, Mode::Math)?),
    }
    Some(())
}

/// Returns a node for each letter.
pub fn letters(text: &str, mode: Mode) -> Option<Vec<ParseNode>> {
    let mut letter = [0; 4];
    text.chars()
        .map(|sign| symbol(sign.encode_utf8(&mut letter), mode))
        .collect()
}

/// A letter or sign by its name.
fn symbol(name: &str, mode: Mode) -> Option<ParseNode> {
    let text = name.to_owned();
    let loc = None;
    let table = match mode {
        Mode::Math => ratex_font::Mode::Math,
        Mode::Text => ratex_font::Mode::Text,
    };
    let Some(known) = get_symbol(name, table) else {
        // Other letters are in no table, but perhaps in a font.
        let mode = Mode::Text;
        return (!name.is_ascii()).then_some(ParseNode::TextOrd { mode, text, loc });
    };
    let family = match known.group {
        Group::Bin => AtomFamily::Bin,
        Group::Close => AtomFamily::Close,
        Group::Inner => AtomFamily::Inner,
        Group::Open => AtomFamily::Open,
        Group::Punct => AtomFamily::Punct,
        Group::Rel => AtomFamily::Rel,
        Group::TextOrd => return Some(ParseNode::TextOrd { mode, text, loc }),
        Group::Spacing => return Some(ParseNode::SpacingNode { mode, text, loc }),
        Group::MathOrd => return Some(ParseNode::MathOrd { mode, text, loc }),
        Group::AccentToken | Group::OpToken => return None,
    };
    Some(ParseNode::Atom {
        mode,
        family,
        text,
        loc,
    })
}

fn kern(number: f64, unit: &str) -> ParseNode {
    ParseNode::Kern {
        mode: Mode::Math,
        dimension: Measurement {
            number,
            unit: unit.to_owned(),
        },
        loc: None,
    }
}

/// Whether the index of an operator is below it in a displayed formula.
#[derive(Clone, Copy, PartialEq)]
enum Limits {
    Yes,
    No,
}

fn operator(name: &str, limits: Limits, is_sign: bool) -> ParseNode {
    ParseNode::Op {
        mode: Mode::Math,
        limits: limits == Limits::Yes,
        always_handle_sup_sub: None,
        suppress_base_shift: None,
        parent_is_sup_sub: false,
        symbol: is_sign,
        name: Some(name.to_owned()),
        body: None,
        loc: None,
    }
}

/// Nodes that are spaced like a relation or an operator.
fn of_class(class: &str, body: Vec<ParseNode>) -> ParseNode {
    ParseNode::MClass {
        mode: Mode::Math,
        mclass: class.to_owned(),
        body,
        is_character_box: false,
        loc: None,
    }
}

/// An equals sign, and a stroke over it that takes no room.
fn unequal() -> Option<ParseNode> {
    let stroke = ParseNode::Lap {
        mode: Mode::Math,
        alignment: "rlap".to_owned(),
        body: Box::new(ParseNode::OrdGroup {
            mode: Mode::Math,
            body: vec![symbol(r"\@not", Mode::Math)?],
            semisimple: None,
            loc: None,
        }),
        loc: None,
    };
    let signs = vec![of_class("mrel", vec![stroke]), symbol("=", Mode::Math)?];
    Some(of_class("mrel", signs))
}

/// The word in a mod b.
fn modulo() -> Option<ParseNode> {
    let word = ParseNode::Font {
        mode: Mode::Math,
        font: "mathrm".to_owned(),
        body: Box::new(ParseNode::OrdGroup {
            mode: Mode::Math,
            body: letters("mod", Mode::Math)?,
            semisimple: None,
            loc: None,
        }),
        loc: None,
    };
    Some(of_class("mbin", vec![word]))
}

/// The space beside this word, which is not an operator's in an index.
fn around_operator() -> ParseNode {
    ParseNode::MathChoice {
        mode: Mode::Math,
        display: vec![kern(1.0, "mu")],
        text: vec![kern(1.0, "mu")],
        script: vec![kern(5.0, "mu")],
        scriptscript: vec![kern(5.0, "mu")],
        loc: None,
    }
}
