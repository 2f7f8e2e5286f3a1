//! A rule's equations: LaTeX in which every quantity is marked, so that it can be coloured, valued
//! and pointed at.
//!
//! In the text that a rule gives, `<gradient>` stands for the note or hyper-parameter of that name
//! with its usual sign, `<gradient:\nabla J(\theta)>` for the same with a sign of its own. Marks can
//! be nested.

use super::note::{Family, Note};

/// What a sign of an equation stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// A quantity that the rule notes.
    Note(Note),
    /// A hyper-parameter, by its name in preset files.
    Parameter(&'static str),
    /// The position θ.
    Position,
}

/// A piece of an equation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// LaTeX that stands for nothing but itself.
    Latex(String),
    /// A quantity, with what it is written as.
    Term(Term, Vec<Piece>),
}

impl Term {
    /// The kind of quantity that it stands for; hyper-parameters have none.
    #[must_use]
    pub const fn family(self) -> Option<Family> {
        match self {
            Self::Note(note) => Some(note.family()),
            Self::Parameter(_) => None,
            Self::Position => Some(Family::Step),
        }
    }

    const POSITION: &'static str = "position";

    /// The hyper-parameters that stand in equations, with their signs.
    const PARAMETERS: &'static [(&'static str, &'static str)] = &[
        ("learning_rate", r"\eta"),
        ("momentum", r"\mu"),
        ("dampening", r"\tau"),
        ("rho", r"\rho"),
        ("beta_1", r"\beta_1"),
        ("beta_2", r"\beta_2"),
        ("epsilon", r"\epsilon"),
        ("weight_decay", r"\lambda"),
        ("learning_rate_decay", r"\kappa"),
    ];

    /// The quantity of this name, with its usual sign in LaTeX.
    #[must_use]
    pub fn named(name: &str) -> Option<(Self, &'static str)> {
        if name == Self::POSITION {
            return Some((Self::Position, r"\theta"));
        }
        let parameters = Self::PARAMETERS.iter();
        let parameter = parameters
            .filter(|(known, _)| *known == name)
            .map(|&(known, sign)| (Self::Parameter(known), sign));
        let note = |note: &&Note| note.name() == name;
        let note = Note::ALL.iter().find(note);
        let note = note.map(|&note| (Self::Note(note), note.sign()));
        parameter.chain(note).next()
    }
}

/// Reads the text of an equation; a mark that names nothing stays what it is, LaTeX.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece> {
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
        pieces.push(term(mark).unwrap_or_else(|| Piece::Latex(mark.to_owned())));
        rest = &rest[start + length..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Latex(rest.to_owned()));
    }
    pieces
}

/// How long the mark is that the text begins with, its brackets included.
fn mark_length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (place, sign) in text.char_indices() {
        match sign {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(place + sign.len_utf8());
        }
    }
    None
}

fn term(mark: &str) -> Option<Piece> {
    let (name, own) = match mark.split_once(':') {
        Some((name, own)) => (name, Some(own)),
        None => (mark, None),
    };
    let (term, usual) = Term::named(name)?;
    Some(Piece::Term(term, pieces(own.unwrap_or(usual))))
}

/// All quantities of an equation, each once, in the order of their first sign.
#[must_use]
pub fn terms(pieces: &[Piece]) -> Vec<Term> {
    let mut found = Vec::new();
    gather(pieces, &mut found);
    found
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

/// The equation as a line of Unicode text, for screen readers.
#[must_use]
pub fn spoken(pieces: &[Piece]) -> String {
    let latex: String = pieces.iter().map(plain).collect();
    let mut reader = Reader { rest: &latex };
    let text = reader.all();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The LaTeX of a piece without its marks.
fn plain(piece: &Piece) -> String {
    match piece {
        Piece::Latex(latex) => latex.clone(),
        Piece::Term(_, inner) => inner.iter().map(plain).collect(),
    }
}

/// Reads the little LaTeX that rules are written in.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    const SIGNS: &'static [(&'static str, &'static str)] = &[
        ("leftarrow", " ← "),
        ("theta", "θ"),
        ("eta", "η"),
        ("mu", "μ"),
        ("tau", "τ"),
        ("rho", "ρ"),
        ("beta", "β"),
        ("epsilon", "ε"),
        ("lambda", "λ"),
        ("kappa", "κ"),
        ("nabla", "∇"),
        ("Pi", "Π"),
        ("max", "max"),
        ("left", ""),
        ("right", ""),
        ("top", "T"),
        ("le", "≤"),
        ("quad", ", "),
        ("prime", "′"),
    ];

    fn all(&mut self) -> String {
        let mut text = String::new();
        while let Some(part) = self.next() {
            text.push_str(&part);
        }
        text
    }

    /// The next sign, command or group; `None` at the end.
    fn next(&mut self) -> Option<String> {
        let sign = self.rest.chars().next()?;
        self.rest = &self.rest[sign.len_utf8()..];
        Some(match sign {
            '{' => self.group(),
            '\\' => self.command(),
            '^' => format!("^{}", self.next().unwrap_or_default()),
            '_' => format!("_{}", self.next().unwrap_or_default()),
            '-' => "−".to_owned(),
            sign => sign.to_string(),
        })
    }

    /// What a command works on.
    fn argument(&mut self) -> String {
        self.rest = self.rest.trim_start();
        self.next().unwrap_or_default()
    }

    /// What stands in the braces that have just been opened.
    fn group(&mut self) -> String {
        let mut depth = 1;
        let end = self.rest.char_indices().find(|&(_, sign)| {
            match sign {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let end = end.map_or(self.rest.len(), |(place, _)| place);
        let (inside, rest) = self.rest.split_at(end);
        self.rest = rest.strip_prefix('}').unwrap_or(rest);
        Reader { rest: inside }.all()
    }

    fn command(&mut self) -> String {
        let letters = |sign: char| !sign.is_ascii_alphabetic();
        let end = self.rest.find(letters).unwrap_or(self.rest.len());
        if end == 0 {
            // A space such as `\,`.
            self.next();
            return " ".to_owned();
        }
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        match name {
            "frac" => {
                let (above, below) = (self.argument(), self.argument());
                format!("({above}) / ({below})")
            }
            "sqrt" => format!("√({})", self.argument()),
            "hat" => format!("{}\u{302}", self.argument()),
            _ => {
                let known = Self::SIGNS.iter().find(|(known, _)| *known == name);
                known.map_or(name, |(_, sign)| sign).to_owned()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_terms() {
        let read = pieces(r"<velocity> \leftarrow <momentum> <velocity>");
        let velocity = Piece::Term(Term::Note(Note::Velocity), vec![Piece::Latex("v".into())]);
        let momentum = Piece::Term(
            Term::Parameter("momentum"),
            vec![Piece::Latex(r"\mu".into())],
        );
        assert_eq!(read[0], velocity);
        assert_eq!(read[2], momentum);
        assert_eq!(
            terms(&read),
            [Term::Note(Note::Velocity), Term::Parameter("momentum")]
        );
    }

    #[test]
    fn marks_can_be_nested_and_have_signs_of_their_own() {
        let read = pieces(r"<gradient:\nabla J(<query:\theta - \mu v>)>");
        assert_eq!(
            terms(&read),
            [Term::Note(Note::Gradient), Term::Note(Note::Query)]
        );
        assert_eq!(spoken(&read), "∇ J(θ − μ v)");
    }

    #[test]
    fn broken_marks_stay_as_they_are() {
        for text in ["<", "<gradient", "a < b", "<nonsense>", "<>", ">", "<a:<b>"] {
            assert!(terms(&pieces(text)).is_empty(), "{text}");
        }
    }

    #[test]
    fn equations_can_be_read_aloud() {
        let adam = r"<position> \leftarrow <position> - <learning_rate> \frac{<corrected_first_moment>}{\sqrt{<corrected_second_moment>} + <epsilon>}";
        assert_eq!(
            spoken(&pieces(adam)),
            "θ ← θ − η (m\u{302}) / (√(v\u{302}) + ε)"
        );
        assert_eq!(spoken(&pieces(r"\frac{a}")), "(a) / ()");
        assert_eq!(spoken(&pieces(r"G^{-1/2}")), "G^−1/2");
    }
}
