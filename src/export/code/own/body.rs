//! The parts that the classes of all libraries have in common.

use super::super::formula::has_word;
use super::Writing;
use crate::expression::{Sentence, Target};

/// The maximum length of a line.
const WIDTH: usize = 100;

/// `a, b = x, y`, with a line of its own for what is computed.
pub(super) fn unpacked(pairs: &[(String, String)], indent: usize) -> String {
    let (computed, plain): (Vec<_>, Vec<_>) =
        pairs.iter().partition(|(_, value)| value.contains('('));
    let line = |(name, value): &&(String, String)| format!("{name} = {value}\n");
    let computed: String = computed.iter().map(line).collect();
    if plain.is_empty() {
        return computed;
    }
    let names: Vec<&str> = plain.iter().map(|it| it.0.as_str()).collect();
    let values: Vec<&str> = plain.iter().map(|it| it.1.as_str()).collect();
    let together = format!("{} = {}\n", names.join(", "), values.join(", "));
    if indent + together.chars().count() <= WIDTH {
        return computed + &together;
    }
    computed + &plain.iter().map(line).collect::<String>()
}

/// A call with its arguments, on lines of their own where one would be too long.
pub(super) fn call(begin: &str, arguments: &[String], end: &str, indent: usize) -> String {
    let flat = format!("{begin}{}{end}", arguments.join(", "));
    if indent + flat.chars().count() <= WIDTH {
        return flat + "\n";
    }
    let line = |argument: &String| format!("    {argument},\n");
    let lines: String = arguments.iter().map(line).collect();
    format!("{begin}\n{lines}{end}\n")
}

/// The lines, indented by this many spaces; an empty line stays empty.
pub(super) fn indented(lines: &str, by: usize) -> String {
    let line = |line: &str| match line {
        "" => "\n".to_owned(),
        line => format!("{:by$}{line}\n", ""),
    };
    lines.lines().map(line).collect()
}

impl Writing<'_> {
    /// The statements of the step, as they are.
    pub(super) fn steps(&self) -> String {
        let line = |it: &Sentence| format!("{} = {}\n", it.name, it.text);
        self.script.step().map(line).collect()
    }

    /// Whether a sentence of the step reads a name, or one of first values.
    pub(super) fn reads(&self, name: &str, first: bool) -> bool {
        let all = self.script.sentences.iter();
        let mut all = all.filter(|it| (it.target == Target::First) == first);
        all.any(|it| is_read(it, name))
    }

    /// The parameters that are read in the step, or in first values: the name in the rule and the
    /// one in Python.
    pub(super) fn read_parameters(&self, first: bool) -> Vec<(&str, String)> {
        let all = self.parameters();
        let all = all.map(|(name, _)| (name, self.names.of(name)));
        all.filter(|(_, python)| self.reads(python, first))
            .collect()
    }

    /// Whether a parameter has to be an array.
    pub(super) fn is_array(&self, parameter: &str) -> bool {
        self.script.arrays.iter().any(|it| it == parameter)
    }

    /// The states that are read before they are assigned.
    pub(super) fn remembered(&self) -> Vec<(String, bool)> {
        let is_needed = |(name, _): &(String, bool)| {
            for sentence in self.script.step() {
                if is_read(sentence, name) {
                    return true;
                }
                if sentence.name == *name {
                    return false;
                }
            }
            true
        };
        self.states().into_iter().filter(is_needed).collect()
    }

    /// The first values of states: their names and what they are.
    pub(super) fn first_values(&self) -> Vec<(&str, &str)> {
        let first = self.script.first();
        first
            .map(|it| (it.name.as_str(), it.text.as_str()))
            .collect()
    }
}

fn is_read(sentence: &Sentence, name: &str) -> bool {
    let mut arguments = sentence.arguments.iter();
    has_word(&sentence.text, name) || arguments.any(|(text, _)| has_word(text, name))
}
