//! Makes what `ratex-layout` lays out: the nodes that `KaTeX`'s parser would make.

use ratex_parser::parse_node::{AlignSpec, AlignType, Mode, ParseNode, StyleStr};

use super::signs::{self, push_sign};
use crate::latex::Node;

/// Returns the nodes of a formula; `None` if a sign of it is not known.
pub fn nodes(formula: &[Node<'_>]) -> Option<Vec<ParseNode>> {
    let mut made = Vec::new();
    for node in formula {
        push(&mut made, node)?;
    }
    Some(made)
}

fn push(made: &mut Vec<ParseNode>, node: &Node<'_>) -> Option<()> {
    made.push(match node {
        Node::Blank => return Some(()),
        Node::Sign(sign) => return push_sign(made, sign),
        Node::Group(inside) => group(inside)?,
        Node::Scripts { base, below, above } => {
            scripts(base.as_deref(), below.as_deref(), above.as_deref())?
        }
        Node::Fraction { above, below } => ParseNode::GenFrac {
            mode: Mode::Math,
            continued: false,
            numer: Box::new(group(above)?),
            denom: Box::new(group(below)?),
            has_bar_line: true,
            left_delim: None,
            right_delim: None,
            bar_size: None,
            loc: None,
        },
        Node::Root { degree, inside } => ParseNode::Sqrt {
            mode: Mode::Math,
            body: Box::new(group(inside)?),
            index: boxed(degree.as_deref())?,
            loc: None,
        },
        Node::Accent { mark, below } => ParseNode::Accent {
            mode: Mode::Math,
            label: (*mark).to_owned(),
            is_stretchy: Some(false),
            is_shifty: Some(true),
            base: Box::new(ParseNode::normalize_argument(group(below)?)),
            loc: None,
        },
        Node::Words(words) => ParseNode::Text {
            mode: Mode::Math,
            body: signs::letters(words, Mode::Text)?,
            font: Some(r"\text".to_owned()),
            loc: None,
        },
        Node::Name(name) => ParseNode::OperatorName {
            mode: Mode::Math,
            body: signs::letters(name, Mode::Math)?,
            always_handle_sup_sub: false,
            limits: false,
            parent_is_sup_sub: false,
            loc: None,
        },
        Node::Colored { color, inside } => ParseNode::Color {
            mode: Mode::Math,
            color: (*color).to_owned(),
            body: nodes(inside)?,
            loc: None,
        },
        Node::Brackets {
            left,
            inside,
            right,
        } => ParseNode::LeftRight {
            mode: Mode::Math,
            body: nodes(inside)?,
            left: bracket(left)?,
            right: bracket(right)?,
            right_color: None,
            loc: None,
        },
        Node::Cases(rows) => cases(rows)?,
    });
    Some(())
}

fn group(inside: &[Node<'_>]) -> Option<ParseNode> {
    Some(ParseNode::OrdGroup {
        mode: Mode::Math,
        body: nodes(inside)?,
        semisimple: None,
        loc: None,
    })
}

/// A group where there may be none.
#[expect(
    clippy::option_option,
    reason = "unknown signs are not the absence of a group"
)]
fn boxed(inside: Option<&[Node<'_>]>) -> Option<Option<Box<ParseNode>>> {
    match inside {
        Some(inside) => Some(Some(Box::new(group(inside)?))),
        None => Some(None),
    }
}

fn scripts(
    base: Option<&Node<'_>>,
    below: Option<&[Node<'_>]>,
    above: Option<&[Node<'_>]>,
) -> Option<ParseNode> {
    let mut base = match base {
        Some(base) => nodes(std::slice::from_ref(base))?,
        None => Vec::new(),
    };
    Some(ParseNode::SupSub {
        mode: Mode::Math,
        base: base.pop().map(Box::new),
        sup: boxed(above)?,
        sub: boxed(below)?,
        loc: None,
    })
}

/// The name of a sign that grows with what is between it and its other half.
fn bracket(sign: &str) -> Option<String> {
    const KNOWN: &[&str] = &[
        "(", ")", "[", "]", "|", r"\|", r"\lfloor", r"\rfloor", r"\lceil", r"\rceil", ".",
    ];
    KNOWN.contains(&sign).then(|| sign.to_owned())
}

fn cases(rows: &[Vec<Vec<Node<'_>>>]) -> Option<ParseNode> {
    let column = |gap: f64| AlignSpec {
        align_type: AlignType::Align,
        align: Some("l".to_owned()),
        pregap: Some(0.0),
        postgap: Some(gap),
    };
    let cell = |cell: &Vec<Node<'_>>| {
        Some(ParseNode::Styling {
            mode: Mode::Math,
            style: StyleStr::Text,
            body: vec![group(cell)?],
            loc: None,
        })
    };
    let body = rows
        .iter()
        .map(|row| row.iter().map(cell).collect::<Option<Vec<_>>>())
        .collect::<Option<Vec<_>>>()?;
    let table = ParseNode::Array {
        mode: Mode::Math,
        body,
        row_gaps: vec![None; rows.len().saturating_sub(1)],
        hlines_before_row: vec![Vec::new(); rows.len() + 1],
        cols: Some(vec![column(1.0), column(0.0)]),
        col_separation_type: None,
        hskip_before_and_after: None,
        add_jot: None,
        arraystretch: 1.2,
        tags: None,
        leqno: None,
        is_cd: None,
        loc: None,
    };
    Some(ParseNode::LeftRight {
        mode: Mode::Math,
        body: vec![table],
        left: r"\{".to_owned(),
        right: ".".to_owned(),
        right_color: None,
        loc: None,
    })
}
