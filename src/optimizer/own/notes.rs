//! What a rule that is typed notes in a step: where it asks for the gradient, the gradient, what its
//! lines assign, and the parts of the step.

use std::borrow::Cow;

use super::known::sign;
use crate::expression::{Parameters, Program, Whole, latex_name};
use crate::optimizer::describe::{Family, Note, NoteRole, NoteShape};

/// Where the value of a note is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Noted {
    /// The point at which the gradient is asked for first.
    Asked,
    /// The gradient there.
    Gradient,
    /// A vector that the lines assign.
    Vector(String),
    /// A number that the lines assign.
    Number(String),
    /// The part of the last move with this index.
    Part(usize),
    /// The moves before the last one.
    Earlier,
}

/// A part of the step is told by its text, unless that is longer than this.
const LONGEST_SIGN: usize = 18;

/// The notes of a rule, and where their values are found.
pub fn of(program: &Program, parameters: &Parameters) -> (Vec<Note>, Vec<Noted>) {
    let mut found = List {
        program,
        parameters,
        notes: Vec::new(),
        noted: Vec::new(),
    };
    if program.reads_gradient() || program.calls(Whole::Gradient) {
        let asked = Note {
            name: found.free("asked").into(),
            ..Note::ASKED
        };
        found.push(asked, Noted::Asked);
        found.push(Note::GRADIENT, Noted::Gradient);
    }
    found.assigned();
    found.parts();
    (found.notes, found.noted)
}

struct List<'a> {
    program: &'a Program,
    parameters: &'a Parameters,
    notes: Vec<Note>,
    noted: Vec<Noted>,
}

impl List<'_> {
    fn push(&mut self, note: Note, noted: Noted) {
        self.notes.push(note);
        self.noted.push(noted);
    }

    /// A name that nothing in the rule has.
    fn free(&self, name: &str) -> String {
        let is_taken = |name: &str| {
            let mut assigned = self.program.assigned().iter();
            assigned.any(|it| it.name == name) || self.parameters.get(name).is_some()
        };
        let mut name = name.to_owned();
        while is_taken(&name) {
            name.push('_');
        }
        name
    }

    fn assigned(&mut self) {
        for assigned in self.program.assigned() {
            let (shape, noted) = if assigned.is_vector {
                let noted = Noted::Vector(assigned.name.clone());
                (NoteShape::Coordinate, noted)
            } else {
                (NoteShape::Scalar, Noted::Number(assigned.name.clone()))
            };
            let label = if assigned.is_state {
                "kept from step to step"
            } else {
                "value in this step"
            };
            let degree = self.program.degree(&assigned.name);
            let family = match degree {
                Some(1.0) => Family::Memory,
                Some(2.0) => Family::Squares,
                _ if assigned.is_state => Family::Memory,
                _ => Family::Step,
            };
            let note = Note {
                name: assigned.name.clone().into(),
                latex: latex_name(&assigned.name).into(),
                sign: sign(&assigned.name).into(),
                label: Cow::Borrowed(label),
                role: NoteRole::Other(family),
                shape,
            };
            self.push(note, noted);
        }
    }

    /// All parts belong to one family: which of them come from memory, only a person can tell.
    fn parts(&mut self) {
        let symbol = |name: &str| Some(sign(name));
        let texts = self.program.text_parts(&symbol);
        let are_several = texts.len() > 1;
        for (index, text) in texts.into_iter().enumerate() {
            let number = index + 1;
            let name = self.free(&format!("part_{number}"));
            let sign = if text.chars().count() <= LONGEST_SIGN {
                text.clone()
            } else if are_several {
                format!("part {number}")
            } else {
                "last move".to_owned()
            };
            let label = format!("part of the step: {text}");
            let latex = format!(r"\Delta_{{{number}}}");
            self.push(part(name, latex, sign, label), Noted::Part(index));
        }
        if self.program.moves() > 1 {
            let latex = r"\Delta_{0}".to_owned();
            let label = "part of the step: moves before the last one".to_owned();
            let note = part(self.free("part_0"), latex, "first moves".to_owned(), label);
            self.push(note, Noted::Earlier);
        }
    }
}

fn part(name: String, latex: String, sign: String, label: String) -> Note {
    Note {
        name: name.into(),
        latex: latex.into(),
        sign: sign.into(),
        label: label.into(),
        role: NoteRole::Part(Family::Step),
        shape: NoteShape::Coordinate,
    }
}
