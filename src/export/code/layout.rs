//! Long calls, lists and tuples over several lines, as Python people lay them out.

/// The longest line.
const WIDTH: usize = 100;

/// A piece of code that may be broken into lines.
#[derive(Clone, Debug)]
pub(super) enum Code {
    /// What stays on one line.
    Word(String),
    /// Something in brackets, for instance `dict(` `lr=0.1` `)`.
    Brackets(String, Vec<Code>, &'static str),
}

impl Code {
    /// A call of a function.
    pub(super) fn call(function: &str, arguments: Vec<Self>) -> Self {
        Self::Brackets(format!("{function}("), arguments, ")")
    }

    /// On one line.
    fn flat(&self) -> String {
        match self {
            Self::Word(word) => word.clone(),
            Self::Brackets(open, items, close) => {
                let items: Vec<String> = items.iter().map(Self::flat).collect();
                format!("{open}{}{close}", items.join(", "))
            }
        }
    }

    /// As the end of a line that is indented by `indent` and has `used` letters more already; a
    /// comma may follow.
    pub(super) fn lay_out(&self, indent: usize, used: usize) -> String {
        let flat = self.flat();
        match self {
            Self::Brackets(open, items, close)
                if indent + used + flat.chars().count() >= WIDTH && !items.is_empty() =>
            {
                let inner = indent + 4;
                let line = |item: &Self| format!("{:inner$}{},\n", "", item.lay_out(inner, 0));
                let lines: String = items.iter().map(line).collect();
                format!("{open}\n{lines}{:indent$}{close}", "")
            }
            _ => flat,
        }
    }
}
