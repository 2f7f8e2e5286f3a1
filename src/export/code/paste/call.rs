//! A call in Python source, as people copy it from their programs.

use super::scan::{closing, pieces, without_comments};

/// A call, not evaluated: the text of its name and of its arguments.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Call {
    /// The dotted name, for instance `torch.optim.Adam`.
    pub(super) name: String,
    /// The arguments; `None` if the last bracket is not closed.
    pub(super) arguments: Option<Vec<Argument>>,
    /// The text after the call.
    pub(super) rest: String,
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Argument {
    /// Its name, unless it is positional.
    pub(super) keyword: Option<String>,
    /// Its value.
    pub(super) value: Value,
}

/// A value in Python source.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// `None`
    Nothing,
    /// `True` or `False`
    Flag(bool),
    /// A number, and its text.
    Number(f64, String),
    /// A string without its quotes.
    Text(String),
    /// A tuple or a list, and its text.
    Several(Vec<Value>, String),
    /// The text of anything that would have to be evaluated.
    Expression(String),
}

/// The depth to which tuples are read; deeper ones are expressions.
const DEEPEST: usize = 4;

impl Call {
    /// Reads a call, which may be assigned to a variable; `None` if the text does not begin with
    /// one.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = without_comments(text);
        let (mut name, mut rest) = dotted_name(&text)?;
        if let Some(assigned) = after_assignment(rest) {
            (name, rest) = dotted_name(assigned)?;
        }
        let inside = rest.strip_prefix('(')?;
        let (arguments, rest) = match closing(inside) {
            Some(end) => {
                let pieces = pieces(&inside[..end]);
                let arguments = pieces.into_iter().map(Argument::read).collect();
                (Some(arguments), inside[end..].get(1..).unwrap_or_default())
            }
            None => (None, ""),
        };
        let is_end = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';');
        Some(Self {
            name: name.to_owned(),
            arguments,
            rest: rest.trim_matches(is_end).to_owned(),
        })
    }

    /// The expression that is given for an argument.
    pub(super) fn argument(&self, name: &str) -> Option<&str> {
        let mut arguments = self.arguments.iter().flatten();
        let is_meant = |it: &&Argument| it.keyword.as_deref() == Some(name);
        match &arguments.find(is_meant)?.value {
            Value::Expression(text) => Some(text),
            _ => None,
        }
    }
}

/// A dotted name at the beginning, and the text after it.
fn dotted_name(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let is_of_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.');
    let end = text
        .find(|letter| !is_of_name(letter))
        .unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    name.split('.')
        .all(is_identifier)
        .then_some((name, rest.trim_start()))
}

fn is_identifier(word: &str) -> bool {
    let is_first = |letter: char| letter.is_alphabetic() || letter == '_';
    word.starts_with(is_first)
        && word
            .chars()
            .all(|letter| letter.is_alphanumeric() || letter == '_')
}

/// The text after an equals sign that assigns.
fn after_assignment(text: &str) -> Option<&str> {
    let value = text.strip_prefix('=')?;
    (!value.starts_with('=')).then_some(value)
}

impl Argument {
    fn read(text: &str) -> Self {
        let named = dotted_name(text).and_then(|(name, rest)| {
            let value = after_assignment(rest)?;
            is_identifier(name).then_some((name, value))
        });
        match named {
            Some((name, value)) => Self {
                keyword: Some(name.to_owned()),
                value: Value::read(value, 0),
            },
            None => Self {
                keyword: None,
                value: Value::read(text, 0),
            },
        }
    }
}

impl Value {
    fn read(text: &str, depth: usize) -> Self {
        let text = text.trim();
        let known = match text {
            "None" => Some(Self::Nothing),
            "True" => Some(Self::Flag(true)),
            "False" => Some(Self::Flag(false)),
            _ => None,
        };
        let number = || number(text).map(|it| Self::Number(it, text.to_owned()));
        let string = || string(text).map(|it| Self::Text(it.to_owned()));
        known
            .or_else(number)
            .or_else(string)
            .or_else(|| Self::several(text, depth))
            .unwrap_or_else(|| Self::Expression(text.to_owned()))
    }

    /// A tuple or a list; a single value in parentheses is the value.
    fn several(text: &str, depth: usize) -> Option<Self> {
        let inside = text.strip_prefix(['(', '['])?;
        let end = closing(inside)?;
        if depth == DEEPEST || end + 1 != inside.len() {
            return None;
        }
        let inside = &inside[..end];
        let pieces = pieces(inside);
        match *pieces {
            [only] if text.starts_with('(') && !inside.trim_end().ends_with(',') => {
                Some(Self::read(only, depth + 1))
            }
            _ => {
                let values = pieces.into_iter().map(|it| Self::read(it, depth + 1));
                Some(Self::Several(values.collect(), text.to_owned()))
            }
        }
    }

    /// Whether the value switches something off.
    pub(super) fn is_neutral(&self) -> bool {
        match self {
            Self::Nothing | Self::Flag(false) => true,
            Self::Number(number, _) => *number == 0.0,
            _ => false,
        }
    }

    /// The value as it would be written in Python.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Nothing => "None".to_owned(),
            Self::Flag(true) => "True".to_owned(),
            Self::Flag(false) => "False".to_owned(),
            Self::Number(_, text) | Self::Several(_, text) | Self::Expression(text) => text.clone(),
            Self::Text(text) => format!("\"{text}\""),
        }
    }
}

/// A number as Python writes it. Its `inf` and `nan` are no literals.
fn number(text: &str) -> Option<f64> {
    let is_of_number =
        |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | 'e' | 'E' | '+' | '-');
    let is_grouped = |(index, _): (usize, &str)| {
        let neighbours = [
            text[..index].chars().last(),
            text[index + 1..].chars().next(),
        ];
        neighbours
            .iter()
            .all(|it| it.is_some_and(|letter| letter.is_ascii_digit()))
    };
    if !text.match_indices('_').all(is_grouped) {
        return None;
    }
    let plain = text.replace('_', "");
    plain.chars().all(is_of_number).then_some(())?;
    plain.parse().ok()
}

/// The inside of a string literal without escapes.
fn string(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    let inside = text.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inside.contains([quote, '\\'])).then_some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(text: &str) -> Vec<(Option<String>, Value)> {
        let call = Call::read(text).unwrap();
        let arguments = call.arguments.unwrap().into_iter();
        arguments.map(|it| (it.keyword, it.value)).collect()
    }

    fn value(text: &str) -> Value {
        let mut arguments = arguments(&format!("f({text})"));
        assert_eq!(arguments.len(), 1, "{text}");
        arguments.remove(0).1
    }

    #[test]
    fn numbers_are_pythons() {
        for (text, number) in [
            ("1e-3", 1e-3),
            (".5", 0.5),
            ("5.", 5.0),
            ("-0.1", -0.1),
            ("1_000", 1000.0),
            ("(0.25)", 0.25),
            ("2E+3", 2000.0),
        ] {
            let Value::Number(read, _) = value(text) else {
                panic!("{text}");
            };
            assert_eq!(read, number, "{text}");
        }
        for text in [
            "inf", "nan", "1__0", "_1", "1_", "1e", "0x10", "1/3", "lr", "-",
        ] {
            assert_eq!(value(text), Value::Expression(text.to_owned()));
        }
    }

    #[test]
    fn values_keep_their_kind() {
        assert_eq!(value("None"), Value::Nothing);
        assert_eq!(value("True"), Value::Flag(true));
        assert_eq!(value("'a, b)'"), Value::Text("a, b)".into()));
        let Value::Several(pair, text) = value("(0.9, [1, 2,])") else {
            panic!("a tuple");
        };
        assert_eq!(text, "(0.9, [1, 2,])");
        assert_eq!(pair.len(), 2);
        let Value::Several(single, _) = value("(0.9,)") else {
            panic!("a tuple of one");
        };
        assert_eq!(single.len(), 1);
        assert_eq!(
            value("f(g(1), '(')[0] * 2"),
            Value::Expression("f(g(1), '(')[0] * 2".into())
        );
    }

    #[test]
    fn a_call_can_stand_in_a_statement_with_comments() {
        let call =
            Call::read("  self.opt = a.b.C( x, # one, (\n y = 2 == 3,\n)  # done\n;").unwrap();
        assert_eq!((&*call.name, &*call.rest), ("a.b.C", ""));
        let arguments = call.arguments.unwrap();
        assert_eq!(arguments.len(), 2);
        assert_eq!(arguments[0].value, Value::Expression("x".into()));
        assert_eq!(arguments[1].keyword.as_deref(), Some("y"));
        assert_eq!(arguments[1].value, Value::Expression("2 == 3".into()));
        assert_eq!(Call::read("f(1).g(2)").unwrap().rest, ".g(2)");
        assert_eq!(Call::read("f(1, (2)").unwrap().arguments, None);
        assert_eq!(Call::read("f('1)").unwrap().arguments, None);
        for text in [
            "",
            "f",
            "(1)",
            "1.f(2)",
            "a == f(1)",
            "a..b(1)",
            "milk, eggs (2)",
        ] {
            assert_eq!(Call::read(text), None, "{text}");
        }
    }
}
