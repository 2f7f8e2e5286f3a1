//! Breaks long calls, lists and tuples into several lines, as is usual in Python.

/// The maximum length of a line.
const WIDTH: usize = 100;

/// A piece of code that may be broken across lines.
#[derive(Clone, Debug)]
pub(super) enum Code {
    /// Code that stays on one line.
    Word(String),
    /// Items in brackets, for instance `dict(` `lr=0.1` `)`.
    Brackets(String, Vec<Code>, &'static str),
}

impl Code {
    /// A function call.
    pub(super) fn call(function: &str, arguments: Vec<Self>) -> Self {
        Self::Brackets(format!("{function}("), arguments, ")")
    }

    /// A list.
    pub(super) fn list(items: Vec<Self>) -> Self {
        Self::Brackets("[".to_owned(), items, "]")
    }

    /// A dictionary of literal keys.
    pub(super) fn dictionary(entries: impl Iterator<Item = (String, Self)>) -> Self {
        let entry = |(key, value)| match value {
            Self::Word(word) => Self::Word(format!("{key}: {word}")),
            Self::Brackets(open, items, close) => {
                Self::Brackets(format!("{key}: {open}"), items, close)
            }
        };
        Self::Brackets("{".to_owned(), entries.map(entry).collect(), "}")
    }

    /// The code on a single line.
    fn flat(&self) -> String {
        match self {
            Self::Word(word) => word.clone(),
            Self::Brackets(open, items, close) => {
                let items: Vec<String> = items.iter().map(Self::flat).collect();
                format!("{open}{}{close}", items.join(", "))
            }
        }
    }

    /// Lays the code out at the end of a line that is indented by `indent` and already has `used`
    /// more characters; a comma may follow.
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

/// A long list with its lines filled as far as possible; an item longer than a line is broken.
pub(super) fn filled(items: impl Iterator<Item = String>) -> String {
    const INDENT: usize = 4;
    let mut list = String::from("[");
    let mut used = WIDTH;
    for item in items {
        let item = format!("{item},");
        let breaks = |letter| letter == ' ' && INDENT + item.len() > WIDTH;
        for piece in item.split(breaks) {
            if used + 1 + piece.len() > WIDTH {
                list.push('\n');
                list.push_str(&" ".repeat(INDENT));
                used = INDENT;
            } else {
                list.push(' ');
                used += 1;
            }
            list += piece;
            used += piece.len();
        }
    }
    list + "\n]"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_fill_their_lines() {
        let numbers = |count: usize| filled((0..count).map(|it| format!("({it}, 1000)")));
        assert_eq!(numbers(2), "[\n    (0, 1000), (1, 1000),\n]");
        assert_eq!(numbers(0), "[\n]");
        let long = numbers(100);
        let lines: Vec<&str> = long.lines().collect();
        let (_, inner) = lines[1..].split_last().unwrap();
        let (_, full) = inner.split_last().unwrap();
        assert!(
            full.iter().all(|line| (88..=WIDTH).contains(&line.len())),
            "{long}"
        );
        assert!(
            inner
                .iter()
                .all(|line| line.starts_with("    (") && line.ends_with("),"))
        );
    }

    #[test]
    fn an_item_longer_than_a_line_is_broken() {
        let item = format!("{:?}", (1000..1050).collect::<Vec<u32>>());
        let list = filled([item.clone(), "[1]".to_owned()].into_iter());
        assert!(list.lines().all(|line| line.len() <= WIDTH), "{list}");
        let joined = list.split_whitespace().collect::<String>();
        assert_eq!(joined, format!("[{},[1],]", item.replace(' ', "")));
    }
}
