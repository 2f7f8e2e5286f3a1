//! The lines of rules that are typed, in print: each text is read, and typeset from there.

use super::equation::{Line, Vocabulary};
use super::note::NoteRole;
use crate::expression::{ExpressionError, Program, Rules};

/// The statement of a wrapper that stands for the step of the inner rule.
pub const INNER_STEP: &str = "theta <- step(theta)";

/// Equations that cannot be typed: those of matrices, and of what is not done to the position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByHand {
    /// The lines of a step in LaTeX, with their quantities marked (see
    /// [`equation`](super::equation)).
    pub latex: Vec<&'static str>,
    /// The rule in Unicode text.
    pub text: &'static str,
}

/// The statements of a line.
fn statements(line: &str) -> impl Iterator<Item = &str> {
    line.split(';').map(str::trim)
}

/// Reads the lines of a rule; in those of a wrapper, the step of the inner rule changes nothing.
///
/// # Errors
/// The first mistake: a name that is neither set nor that of a hyper-parameter is one.
fn read(
    lines: &[impl AsRef<str>],
    vocabulary: &Vocabulary<'_>,
) -> Result<Program, ExpressionError> {
    let all = lines.iter().flat_map(|line| statements(line.as_ref()));
    let all = all.map(|it| {
        if it == INNER_STEP {
            "theta <- theta"
        } else {
            it
        }
    });
    let parameters = vocabulary.parameters.iter();
    let parameters: Vec<&str> = parameters.map(|parameter| &*parameter.name).collect();
    let rules = Rules {
        parameters: &parameters,
        open: false,
    };
    Program::parse(&all.collect::<Vec<_>>().join("\n"), &rules)
}

/// The lines of step `t`, typeset. The first value of a state is in those of step 1.
pub fn typeset(lines: &[impl AsRef<str>], vocabulary: &Vocabulary<'_>, t: u64) -> Vec<Line> {
    let symbol = |name: &str| {
        let named = first_of(name, vocabulary).unwrap_or(name);
        vocabulary.find(named).map(|_| format!("<{named}>"))
    };
    let Ok(program) = read(lines, vocabulary) else {
        return Vec::new();
    };
    let printed = program.latex(&symbol);
    let questions = printed.iter().map(|it| it.text.matches(GRADIENT).count());
    // Only a single gradient is what is noted as g.
    let is_single = !program.reads_gradient() && questions.sum::<usize>() == 1;
    let mut printed = printed.into_iter();
    let mut found = Vec::new();
    for line in lines {
        let (mut texts, mut first_values) = (Vec::new(), Vec::new());
        for (statement, printed) in statements(line.as_ref()).zip(&mut printed) {
            if statement == INNER_STEP {
                texts.push(r"<theta> \leftarrow \text{step}(<theta>)".to_owned());
            } else if first_of(&printed.name, vocabulary).is_none() {
                texts.push(printed.text);
            } else if t == 1 {
                first_values.push(format!(r"\text{{from }} {}", printed.text));
            }
        }
        texts.append(&mut first_values);
        if !texts.is_empty() {
            let text = texts.join(r" \quad ");
            let texts = if is_single {
                with_gradient(&text, vocabulary)
            } else {
                vec![text]
            };
            found.extend(texts.iter().map(|text| Line::read(text, vocabulary)));
        }
    }
    found
}

/// The lines as Unicode text, with semicolons between them.
pub fn text(lines: &[impl AsRef<str>], vocabulary: &Vocabulary<'_>) -> String {
    let symbol = |name: &str| match first_of(name, vocabulary) {
        Some(state) => Some(vocabulary.sign(state)? + "₀"),
        None => vocabulary.sign(name),
    };
    let Ok(program) = read(lines, vocabulary) else {
        return String::new();
    };
    let printed = program.text_lines(&symbol).into_iter();
    let all = lines.iter().flat_map(|line| statements(line.as_ref()));
    let all = all.zip(printed);
    let all = all.map(|(statement, printed)| match statement {
        INNER_STEP => "θ ← step(θ)".to_owned(),
        _ => printed.text,
    });
    let text = all.collect::<Vec<_>>().join(";  ");
    text.replace("gradient(", "∇f(")
        .replace("value(", "f(")
        .replace("norm(g)", "‖g‖")
}

/// The state of which this is the name of the first value: `m` of `m_0`.
fn first_of<'a>(name: &'a str, vocabulary: &Vocabulary<'_>) -> Option<&'a str> {
    let state = name.strip_suffix("_0")?;
    let is_own = vocabulary.find(name).is_some();
    (!is_own && vocabulary.find(state).is_some()).then_some(state)
}

/// The gradient in print.
const GRADIENT: &str = r"\nabla f";

/// A line in which the gradient at a point is g, after one that says so: `\nabla f(…)` is what is
/// noted as g, and the point as where it is evaluated.
fn with_gradient(latex: &str, vocabulary: &Vocabulary<'_>) -> Vec<String> {
    let divided = latex.split_once(GRADIENT);
    let divided = divided.and_then(|(before, rest)| Some((before, bracket(rest)?)));
    let Some((before, (open, inside, close, behind))) = divided else {
        return vec![latex.to_owned()];
    };
    let asked = vocabulary.notes.iter();
    let mut asked = asked.filter(|note| note.role == NoteRole::Asked);
    let asked = asked.next().map_or("asked", |note| &*note.name);
    let point = if inside == format!("<{asked}>") {
        inside.to_owned()
    } else {
        format!("<{asked}:{inside}>")
    };
    vec![
        format!("<g> = {GRADIENT}{open}{point}{close}"),
        format!("{before}<g>{behind}"),
    ]
}

/// Divides LaTeX that begins with a bracket: the bracket, what is inside, its other half, the rest.
fn bracket(latex: &str) -> Option<(&str, &str, &str, &str)> {
    let mut depth = 0_usize;
    let start = latex.find('(')? + 1;
    let end = latex.char_indices().find(|&(_, sign)| {
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        sign == ')' && depth == 0
    });
    let inside = latex.get(start..end?.0)?;
    let (inside, close) = match inside.strip_suffix(r"\right") {
        Some(inside) => (inside, r"\right)"),
        None => (inside, ")"),
    };
    let behind = latex.get(start + inside.len() + close.len()..)?;
    Some((latex.get(..start)?, inside, close, behind))
}

#[cfg(test)]
mod tests {
    use super::super::fields;
    use super::super::note::Note;
    use super::*;

    const NOTES: &[Note] = &[Note::ASKED, Note::GRADIENT, Note::velocity("v")];

    fn printed(lines: &[&'static str], notes: &[Note], t: u64) -> (Vec<String>, String) {
        let momentum = fields::momentum::<f64>(|it| it).parameter;
        let rate = fields::learning_rate::<f64>([0.0, 1.0], |it| it).parameter;
        let vocabulary = Vocabulary {
            notes,
            parameters: &[&momentum, &rate],
        };
        let lines_of_step = typeset(lines, &vocabulary, t);
        let spoken = lines_of_step.iter().map(Line::spoken).collect();
        (spoken, text(lines, &vocabulary))
    }

    #[test]
    fn a_gradient_elsewhere_has_a_line_of_its_own() {
        let lines = [
            "v <- momentum*v + learning_rate*gradient(theta - momentum*v)",
            "theta <- theta - v",
        ];
        let (spoken, text) = printed(&lines, NOTES, 1);
        let expected = ["g = ∇ f(θ − μ v)", "v ← μ v + η g", "θ ← θ − v"];
        assert_eq!(spoken, expected);
        assert_eq!(text, "v ← μ·v + η·∇f(θ − μ·v);  θ ← θ − v");
        let lines = ["y = theta/2", "theta <- theta - gradient(y)"];
        let notes = [Note::asked("y"), Note::GRADIENT];
        let expected = ["y = (θ) / (2)", "g = ∇ f(y)", "θ ← θ − g"];
        assert_eq!(printed(&lines, &notes, 2).0, expected);
    }

    #[test]
    fn first_values_are_in_the_lines_of_the_first_step() {
        let lines = ["theta <- step(theta); v_0 = theta", "v <- if(t > 1, v, 0)"];
        let (spoken, text) = printed(&lines, NOTES, 1);
        let second = "v ← v if t is above 1 , 0 otherwise";
        assert_eq!(spoken, ["θ ← step(θ) , from v = θ", second]);
        assert_eq!(text, "θ ← step(θ);  v₀ = θ;  v ← if(t > 1, v, 0)");
        assert_eq!(printed(&lines, NOTES, 2).0, ["θ ← step(θ)", second]);
    }

    #[test]
    fn names_that_nobody_knows_are_mistakes() {
        let vocabulary = Vocabulary {
            notes: NOTES,
            parameters: &[],
        };
        assert!(read(&["theta <- theta - g"], &vocabulary).is_ok());
        assert!(read(&["theta <- theta - eta*g"], &vocabulary).is_err());
    }
}
