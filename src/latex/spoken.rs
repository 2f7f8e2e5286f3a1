//! Reads a formula aloud: a line of Unicode text for screen readers. It contains no raw `^` or `_`, and
//! only letters that the fonts have.

use super::Node;

/// The text of a formula.
#[must_use]
pub fn spoken(formula: &[Node<'_>]) -> String {
    let text = all(formula);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn all(nodes: &[Node<'_>]) -> String {
    nodes.iter().map(one).collect()
}

fn one(node: &Node<'_>) -> String {
    match node {
        Node::Sign(name) => sign(name).to_owned(),
        Node::Blank => " ".to_owned(),
        Node::Group(inside) | Node::Colored { inside, .. } => all(inside),
        Node::Scripts { base, below, above } => {
            let base = base.as_deref().map(one).unwrap_or_default();
            let below = below.as_deref().map(|below| index(all(below).trim()));
            let above = above.as_deref().map(|above| power(all(above).trim()));
            base + &below.unwrap_or_default() + &above.unwrap_or_default()
        }
        Node::Fraction { above, below } => format!("({}) / ({})", all(above), all(below)),
        Node::Root {
            degree: None,
            inside,
        } => format!("√({})", all(inside)),
        Node::Root {
            degree: Some(degree),
            inside,
        } => format!("({}){}", all(inside), power(&format!("1/{}", all(degree)))),
        Node::Accent { mark, below } => all(below) + above_letter(mark),
        Node::Words(words) | Node::Name(words) => (*words).to_owned(),
        Node::Brackets {
            left,
            inside,
            right,
        } => format!("{}{}{}", sign(left), all(inside), sign(right)),
        Node::Cases(rows) => {
            let rows = rows.iter().map(|row| {
                let cells: Vec<String> = row.iter().map(|cell| all(cell)).collect();
                cells.join(" ")
            });
            rows.collect::<Vec<_>>().join(", ")
        }
    }
}

/// The mark of an accent, which is drawn above the letter before it.
fn above_letter(mark: &str) -> &'static str {
    match mark {
        r"\hat" => "\u{302}",
        r"\bar" => "\u{304}",
        r"\tilde" => "\u{303}",
        r"\dot" => "\u{307}",
        _ => "",
    }
}

/// The text of a sign or of the command for one.
fn sign(name: &str) -> &str {
    const SIGNS: &[(&str, &str)] = &[
        (r"\leftarrow", " ← "),
        (r"\alpha", "α"),
        (r"\beta", "β"),
        (r"\gamma", "γ"),
        (r"\delta", "δ"),
        (r"\epsilon", "ε"),
        (r"\eta", "η"),
        (r"\theta", "θ"),
        (r"\kappa", "κ"),
        (r"\lambda", "λ"),
        (r"\mu", "μ"),
        (r"\nu", "ν"),
        (r"\rho", "ρ"),
        (r"\sigma", "σ"),
        (r"\tau", "τ"),
        (r"\phi", "φ"),
        (r"\psi", "ψ"),
        (r"\omega", "ω"),
        (r"\nabla", "∇"),
        (r"\Pi", "Π"),
        (r"\max", "max"),
        (r"\min", "min"),
        (r"\Delta", "Δ"),
        (r"\cdot", "·"),
        (r"\top", TRANSPOSED),
        (r"\infty", "∞"),
        (r"\le", "≤"),
        (r"\ge", "≥"),
        (r"\lt", " is below "),
        (r"\gt", " is above "),
        (r"\bmod", " mod "),
        (r"\quad", ", "),
        (r"\prime", "′"),
        (r"\|", "‖"),
        ("-", "−"),
    ];
    match SIGNS.iter().find(|(known, _)| *known == name) {
        Some((_, text)) => text,
        None => match name.strip_prefix('\\') {
            // The name of a function, or a space such as `\,`.
            Some(word) if word.starts_with(|sign: char| sign.is_ascii_alphabetic()) => word,
            Some(_) => " ",
            None => name,
        },
    }
}

/// An index in small letters if there are any, else after a space: `μₜ₊₁`, `η max`.
fn index(text: &str) -> String {
    const SMALL: &[(char, char)] = &[
        ('0', '₀'),
        ('1', '₁'),
        ('2', '₂'),
        ('3', '₃'),
        ('t', 'ₜ'),
        ('+', '₊'),
        ('−', '₋'),
        ('∞', '∞'),
    ];
    small(text, SMALL).unwrap_or_else(|| format!(" {text}"))
}

/// An exponent in small digits if it consists of them, else in words: `H⁻¹`, `β₁ to the power t`.
fn power(text: &str) -> String {
    const SMALL: &[(char, char)] = &[('1', '¹'), ('2', '²'), ('3', '³'), ('5', '⁵'), ('−', '⁻')];
    let is_one_sign = text.chars().count() == 1;
    match small(text, SMALL) {
        Some(small) => small,
        None if text == TRANSPOSED => format!(" {TRANSPOSED}"),
        None if is_one_sign => format!(" to the power {text}"),
        None => format!(" to the power ({text})"),
    }
}

/// What a matrix or vector is with `^\top`.
const TRANSPOSED: &str = "transposed";

/// The text in the small signs of a table; `None` if it has other signs as well.
fn small(text: &str, table: &[(char, char)]) -> Option<String> {
    let small = |sign: char| table.iter().find(|(large, _)| *large == sign);
    text.chars()
        .map(|sign| small(sign).map(|(_, small)| *small))
        .collect()
}
