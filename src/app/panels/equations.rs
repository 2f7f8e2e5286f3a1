//! The quantities of a step that are worth a line, for any rule.

use crate::experiment::Anatomy;
use crate::optimizer::Note;
use crate::view::number;

/// The quantities in the order in which they are shown, with their signs.
const ORDER: &[(Note, &str)] = &[
    (Note::Query, "asked at"),
    (Note::Gradient, "g"),
    (Note::Velocity, "v"),
    (Note::FirstMoment, "m"),
    (Note::CorrectedFirstMoment, "m̂"),
    (Note::Accumulator, "G"),
    (Note::SecondMoment, "v"),
    (Note::CorrectedSecondMoment, "v̂"),
    (Note::UpdateAccumulator, "D"),
    (Note::EffectiveRate, "rate"),
    (Note::MomentumPart, "from memory"),
    (Note::GradientPart, "from g"),
    (Note::DecayPart, "from decay"),
];

/// A quantity over the plane, as (sign, what it is, its value).
pub fn lines(anatomy: &Anatomy) -> Vec<(&'static str, &'static str, String)> {
    let mut lines = Vec::new();
    for &(note, sign) in ORDER {
        let Some([x, y]) = anatomy.notes.vector(note) else {
            continue;
        };
        let says_something = match note {
            Note::Query => [x, y] != anatomy.from,
            Note::MomentumPart | Note::DecayPart => x != 0.0 || y != 0.0,
            _ => true,
        };
        if says_something {
            lines.push((sign, note.label(), pair([x, y])));
        }
    }
    let [dx, dy] = [
        anatomy.to[0] - anatomy.from[0],
        anatomy.to[1] - anatomy.from[1],
    ];
    lines.push(("step", "the step that was made", pair([dx, dy])));
    lines
}

fn pair([x, y]: [f64; 2]) -> String {
    format!("({}, {})", number::short(x), number::short(y))
}
