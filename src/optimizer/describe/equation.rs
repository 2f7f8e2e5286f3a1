//! The equations of rules: LaTeX in which every quantity is marked, so that it can be coloured,
//! shown with its value, and pointed at. It is printed from the lines that a rule gives as text.
//!
//! In the LaTeX, `<g>` stands for the note or hyper-parameter of that name with its
//! usual symbol, `<g:\nabla J(\theta)>` for the same quantity with a symbol of its own. Marks can
//! be nested.

use super::note::{Family, Note};
use super::parameter::Parameter;
use crate::latex;
use crate::optimizer::rule::NoteId;

/// What a symbol in an equation stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// A quantity that the rule notes: its index and its family.
    Note(NoteId, Family),
    /// A hyper-parameter, by its index.
    Parameter(usize),
    /// The position θ.
    Position,
}

/// A piece of an equation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// LaTeX that stands for no quantity.
    Latex(String),
    /// A quantity and its notation.
    Term(Term, Vec<Piece>),
}

/// A line of a rule's equations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Line(pub Vec<Piece>);

/// The names available in a rule's equations.
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary<'a> {
    /// The quantities that the rule notes in a step.
    pub notes: &'a [Note],
    /// Its hyper-parameters.
    pub parameters: &'a [&'a Parameter],
}

impl Term {
    /// The family of the quantity; hyper-parameters have none.
    #[must_use]
    pub const fn family(self) -> Option<Family> {
        match self {
            Self::Note(_, family) => Some(family),
            Self::Parameter(_) => None,
            Self::Position => Some(Family::Step),
        }
    }

    /// The same term in the numbering of a wrapper with these notes and hyper-parameters.
    fn behind(self, wrapper: &Vocabulary<'_>) -> Self {
        match self {
            Self::Note(id, family) => {
                let own = NoteId::try_from(wrapper.notes.len()).unwrap_or(NoteId::MAX);
                Self::Note(id.saturating_add(own), family)
            }
            Self::Parameter(index) => Self::Parameter(index + wrapper.parameters.len()),
            Self::Position => Self::Position,
        }
    }
}

impl Vocabulary<'_> {
    /// The name of θ in a rule's equations.
    const POSITION: &'static str = "theta";

    /// The quantity of this name, with its usual symbol in LaTeX.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<(Term, String)> {
        if name == Self::POSITION {
            return Some((Term::Position, r"\theta".to_owned()));
        }
        let mut parameters = self.parameters.iter().enumerate();
        if let Some((index, found)) = parameters.find(|(_, parameter)| parameter.name == name) {
            let own = found.latex.clone();
            let symbol = own.unwrap_or_else(|| in_latex(&found.symbol));
            return Some((Term::Parameter(index), symbol));
        }
        let mut notes = (0..).zip(self.notes);
        let (id, note) = notes.find(|(_, note)| note.name == name)?;
        Some((Term::Note(id, note.role.family()), note.latex.to_string()))
    }

    /// The symbol in Unicode of the quantity of this name.
    #[must_use]
    pub fn sign(&self, name: &str) -> Option<String> {
        match self.find(name)?.0 {
            Term::Position => Some("θ".to_owned()),
            Term::Parameter(index) => Some(self.parameters.get(index)?.symbol.to_string()),
            Term::Note(id, _) => Some(self.notes.get(usize::from(id))?.sign.to_string()),
        }
    }
}

/// The LaTeX of a hyper-parameter's symbol: Greek letters by name, small digits as subscripts, the
/// second of two words as a subscript (`η max`), and other words as text.
fn in_latex(symbol: &str) -> String {
    const NAMES: &[(char, &str)] = &[
        ('α', r"\alpha"),
        ('β', r"\beta"),
        ('γ', r"\gamma"),
        ('ε', r"\epsilon"),
        ('η', r"\eta"),
        ('κ', r"\kappa"),
        ('λ', r"\lambda"),
        ('μ', r"\mu"),
        ('ν', r"\nu"),
        ('ρ', r"\rho"),
        ('τ', r"\tau"),
        ('ψ', r"\psi"),
        ('₀', "_0"),
        ('₁', "_1"),
        ('₂', "_2"),
        ('₃', "_3"),
        ('₊', "_+"),
        ('₋', "_-"),
    ];
    if let Some((sign, index)) = symbol.split_once(' ') {
        return format!("{}_{{\\text{{{index}}}}}", in_latex(sign));
    }
    if symbol.is_ascii() && symbol.len() > 1 {
        return format!("\\text{{{symbol}}}");
    }
    let name = |sign: char| {
        let known = NAMES.iter().find(|(known, _)| *known == sign);
        known.map_or_else(|| sign.to_string(), |(_, name)| (*name).to_owned())
    };
    symbol.chars().map(name).collect()
}

impl Line {
    /// Parses a line; a mark that names nothing is kept as LaTeX.
    #[must_use]
    pub fn read(text: &str, vocabulary: &Vocabulary<'_>) -> Self {
        Self(pieces(text, vocabulary))
    }

    /// All distinct quantities of the line, in order of first appearance.
    #[must_use]
    pub fn terms(&self) -> Vec<Term> {
        let mut found = Vec::new();
        gather(&self.0, &mut found);
        found
    }

    /// The line as Unicode text, for screen readers.
    #[must_use]
    pub fn spoken(&self) -> String {
        let text: String = self.0.iter().map(plain).collect();
        // What is no mathematics is read as it is written.
        latex::read(&text).map_or_else(|_| text.clone(), |formula| latex::spoken(&formula))
    }

    /// The same line in the numbering of a wrapper with these notes and hyper-parameters.
    #[must_use]
    pub fn behind(self, wrapper: &Vocabulary<'_>) -> Self {
        Self(
            self.0
                .into_iter()
                .map(|piece| shifted(piece, wrapper))
                .collect(),
        )
    }
}

fn shifted(piece: Piece, wrapper: &Vocabulary<'_>) -> Piece {
    match piece {
        Piece::Latex(latex) => Piece::Latex(latex),
        Piece::Term(term, inner) => {
            let inner = inner.into_iter().map(|piece| shifted(piece, wrapper));
            Piece::Term(term.behind(wrapper), inner.collect())
        }
    }
}

fn pieces(text: &str, vocabulary: &Vocabulary<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let Some(length) = mark_length(&rest[start..]) else {
            break;
        };
        if start > 0 {
            pieces.push(Piece::Latex(rest[..start].to_owned()));
        }
        let mark = &rest[start + 1..start + length - 1];
        let term = term(mark, vocabulary);
        pieces.push(term.unwrap_or_else(|| Piece::Latex(mark.to_owned())));
        rest = &rest[start + length..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Latex(rest.to_owned()));
    }
    pieces
}

/// The length of the mark at the beginning of the text, including its brackets.
fn mark_length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (position, sign) in text.char_indices() {
        match sign {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(position + sign.len_utf8());
        }
    }
    None
}

fn term(mark: &str, vocabulary: &Vocabulary<'_>) -> Option<Piece> {
    let (name, own) = match mark.split_once(':') {
        Some((name, own)) => (name, Some(own)),
        None => (mark, None),
    };
    let (term, usual) = vocabulary.find(name)?;
    Some(Piece::Term(term, pieces(own.unwrap_or(&usual), vocabulary)))
}

fn gather(pieces: &[Piece], found: &mut Vec<Term>) {
    for piece in pieces {
        if let Piece::Term(term, inner) = piece {
            if !found.contains(term) {
                found.push(*term);
            }
            gather(inner, found);
        }
    }
}

/// The LaTeX of a piece without its marks.
fn plain(piece: &Piece) -> String {
    match piece {
        Piece::Latex(latex) => latex.clone(),
        Piece::Term(_, inner) => inner.iter().map(plain).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fields;
    use super::*;
    use crate::optimizer::rule::{ASKED, GRADIENT};

    fn read(text: &str) -> Line {
        let momentum = fields::momentum::<f64>(|it| it).parameter;
        let beta = fields::beta_1::<f64>(|it| it).parameter;
        Line::read(
            text,
            &Vocabulary {
                notes: &[Note::ASKED, Note::GRADIENT, Note::velocity("v")],
                parameters: &[&momentum, &beta],
            },
        )
    }

    #[test]
    fn marks_become_terms() {
        let line = read(r"<v> \leftarrow <momentum> <v>");
        let velocity = Term::Note(2, Family::Memory);
        let piece = |term, latex: &str| Piece::Term(term, vec![Piece::Latex(latex.into())]);
        assert_eq!(line.0[0], piece(velocity, "v"));
        assert_eq!(line.0[2], piece(Term::Parameter(0), r"\mu"));
        assert_eq!(line.terms(), [velocity, Term::Parameter(0)]);
        assert_eq!(read("<beta_1>").0, [piece(Term::Parameter(1), r"\beta_1")]);
    }

    #[test]
    fn signs_are_typeset_as_they_are_meant() {
        for (symbol, expected) in [
            ("β₁", r"\beta_1"),
            ("η₊", r"\eta_+"),
            ("η max", r"\eta_{\text{max}}"),
            ("s min", r"s_{\text{min}}"),
            ("decay", r"\text{decay}"),
            ("warm-up", r"\text{warm-up}"),
            ("p", "p"),
        ] {
            assert_eq!(in_latex(symbol), expected, "{symbol}");
        }
    }

    #[test]
    fn marks_can_be_nested_and_have_signs_of_their_own() {
        let line = read(r"<g:\nabla J(<asked:\theta - \mu v>)>");
        let gradient = Term::Note(GRADIENT, Family::Gradient);
        assert_eq!(line.terms(), [gradient, Term::Note(ASKED, Family::Query)]);
        assert_eq!(line.spoken(), "∇ J(θ − μ v)");
    }

    #[test]
    fn lines_of_a_wrapped_rule_speak_of_what_stands_behind() {
        let wrapper = Vocabulary {
            notes: &[Note::velocity("slow")],
            parameters: &[],
        };
        let line = read("<v> <beta_1> <theta>").behind(&wrapper);
        let velocity = Term::Note(3, Family::Memory);
        assert_eq!(line.terms(), [velocity, Term::Parameter(1), Term::Position]);
    }

    #[test]
    fn broken_marks_stay_as_they_are() {
        for text in ["<", "<g", "a < b", "<nonsense>", "<>", ">", "<a:<b>"] {
            assert!(read(text).terms().is_empty(), "{text}");
        }
    }

    #[test]
    fn equations_can_be_read_aloud() {
        let line =
            r"<theta> \leftarrow <theta> - <momentum> \frac{\hat{m}}{\sqrt{\hat{v}} + \epsilon}";
        assert_eq!(
            read(line).spoken(),
            "θ ← θ − μ (m\u{302}) / (√(v\u{302}) + ε)"
        );
        assert_eq!(read(r"\frac{a}").spoken(), r"\frac{a}", "this is none");
        for (latex, expected) in [
            (r"H^{-1} g^2", "H⁻¹ g²"),
            (r"n \le 2^{-52}", "n ≤ 2⁻⁵²"),
            (r"G^{-1/2}", "G to the power (−1/2)"),
            (r"1 - \beta_1^t", "1 − β₁ to the power t"),
            (r"\beta_1^{t+1}", "β₁ to the power (t+1)"),
            (r"\mu_{t+1}\, \eta_{\max}", "μₜ₊₁ η max"),
            (r"g\, g^\top", "g g transposed"),
            (r"s_{\text{min}}", "s min"),
            (r"\|g\|^2\, n", "‖g‖² n"),
            (r"\text{warm-up} - 1", "warm-up − 1"),
        ] {
            assert_eq!(read(latex).spoken(), expected);
        }
    }
}
