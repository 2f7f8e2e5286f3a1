//! The names used by a file: its `use` declarations and the paths in its code.

use crate::tokens::{Token, tokens};

/// A path in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// The inline modules that contain it, from the outside in.
    pub within: Vec<String>,
    /// The path as written, with nested braces expanded: `crate`, `view`, `Scene`.
    pub path: Vec<String>,
    /// The name introduced by a `use`, or `*` for a glob; `None` for a path in the code.
    pub alias: Option<String>,
    /// The line, counted from 1.
    pub line: usize,
}

/// The parts of a file that matter for the order of the rooms.
#[derive(Debug, Default, PartialEq)]
pub struct Source {
    /// The paths, in the order of the text.
    pub imports: Vec<Import>,
    /// The inline modules of the file.
    pub inner_modules: Vec<Vec<String>>,
    /// The child modules that are only used in tests: `#[cfg(test)] mod tests;`.
    pub test_modules: Vec<String>,
    /// Every name in the code outside `use`, to find out what a glob `use` provides.
    pub names: Vec<String>,
}

/// Parses a file.
pub fn read(text: &str) -> Source {
    let mut source = Source::default();
    let tokens = without_tests(&tokens(text), &mut source.test_modules);
    Reader {
        tokens: &tokens,
        at: 0,
        within: Vec::new(),
        source: &mut source,
    }
    .items();
    source
}

/// Returns the tokens without the items under `#[cfg(test)]`, whose modules are added to
/// `test_modules`.
fn without_tests(tokens: &[Token], test_modules: &mut Vec<String>) -> Vec<Token> {
    const ATTRIBUTE: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut rest = tokens;
    while let Some((first, others)) = rest.split_first() {
        if ATTRIBUTE
            .iter()
            .zip(rest)
            .filter(|(a, b)| **a == b.text)
            .count()
            == ATTRIBUTE.len()
        {
            let item = &rest[ATTRIBUTE.len()..];
            let (item, after) = item.split_at(item_length(item));
            if let [.., word, name, end] = item
                && word.text == "mod"
                && end.text == ";"
            {
                test_modules.push(name.text.clone());
            }
            rest = after;
        } else {
            kept.push(first.clone());
            rest = others;
        }
    }
    kept
}

/// The number of tokens of the first item: up to its `;`, or to the end of its `{}`.
fn item_length(tokens: &[Token]) -> usize {
    // A `use` or a constant may have braces before its end.
    let goes_on = tokens
        .iter()
        .take_while(|token| !matches!(token.text.as_str(), "{" | ";" | "fn"))
        .any(|token| matches!(token.text.as_str(), "use" | "const" | "static"));
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth -= 1,
            _ => {}
        }
        let ends = token.text == ";" || token.text == "}" && !goes_on;
        if depth <= 0 && ends {
            return at + 1;
        }
    }
    tokens.len()
}

/// A reader of a file's tokens.
struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    within: Vec<String>,
    source: &'a mut Source,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> &str {
        let token = self.tokens.get(self.at + ahead);
        token.map_or("", |token| &token.text)
    }

    fn is_name(&self, ahead: usize) -> bool {
        let token = self.tokens.get(self.at + ahead);
        token.is_some_and(Token::is_name)
    }

    /// Reads everything up to the brace that closes the module, or to the end of the file.
    fn items(&mut self) {
        let mut depth = 0;
        while self.at < self.tokens.len() {
            match self.peek(0) {
                // `impl Trait + use<'a>` is not a declaration.
                "use" if self.peek(1) != "<" => self.declaration(),
                "mod" if self.is_name(1) && self.peek(2) == "{" => self.inner_module(),
                "::" => self.path(),
                "{" => {
                    depth += 1;
                    self.at += 1;
                }
                "}" if depth == 0 => {
                    self.at += 1;
                    return;
                }
                "}" => {
                    depth -= 1;
                    self.at += 1;
                }
                _ if self.is_name(0) => self.path(),
                _ => self.at += 1,
            }
        }
    }

    fn skip_past(&mut self, sign: &str) {
        while self.at < self.tokens.len() && self.peek(0) != sign {
            self.at += 1;
        }
        self.at += 1;
    }

    /// Reads `mod name { … }`.
    fn inner_module(&mut self) {
        self.within.push(self.peek(1).to_owned());
        self.source.inner_modules.push(self.within.clone());
        self.at += 3;
        self.items();
        self.within.pop();
    }

    /// Reads `use …;`.
    fn declaration(&mut self) {
        self.at += 1;
        self.tree(&[]);
        self.skip_past(";");
    }

    /// Reads a path of a `use` declaration with all its branches.
    fn tree(&mut self, stem: &[String]) {
        let mut path = stem.to_vec();
        let line = self.tokens.get(self.at).map_or(0, |token| token.line);
        loop {
            match self.peek(0) {
                "{" => {
                    self.at += 1;
                    while !matches!(self.peek(0), "}" | ";" | "") {
                        self.tree(&path);
                        self.at += usize::from(self.peek(0) == ",");
                    }
                    self.at += 1;
                    return;
                }
                "*" => {
                    self.at += 1;
                    return self.push(path, Some("*".to_owned()), line);
                }
                "as" => {
                    let alias = self.peek(1).to_owned();
                    self.at += 2;
                    return self.push(path, Some(alias), line);
                }
                "self" if !path.is_empty() => self.at += 1,
                "::" => self.at += 1,
                _ if self.is_name(0) => {
                    path.push(self.peek(0).to_owned());
                    self.at += 1;
                }
                "," | "}" | ";" => {
                    let alias = path.last().cloned();
                    return self.push(path, alias, line);
                }
                // A macro's `$name`.
                _ if self.at < self.tokens.len() => self.at += 1,
                _ => return,
            }
        }
    }

    /// Reads a name in the code, alone or at the start of a path.
    fn path(&mut self) {
        let line = self.tokens[self.at].line;
        let mut path = Vec::new();
        self.at += usize::from(self.peek(0) == "::");
        while self.is_name(0) {
            path.push(self.peek(0).to_owned());
            self.at += 1;
            if self.peek(0) == "::" && self.is_name(1) {
                self.at += 1;
            } else {
                break;
            }
        }
        self.source.names.extend(path.first().cloned());
        if path.len() > 1 {
            self.push(path, None, line);
        }
    }

    fn push(&mut self, path: Vec<String>, alias: Option<String>, line: usize) {
        if !path.is_empty() {
            self.source.imports.push(Import {
                within: self.within.clone(),
                path,
                alias,
                line,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        let imports = read(text).imports;
        let path = |import: Import| {
            let path = import.path.join("::");
            match import.alias {
                Some(alias) if !path.ends_with(&alias) => format!("{path} as {alias}"),
                _ => path,
            }
        };
        imports.into_iter().map(path).collect()
    }

    #[test]
    fn nested_braces_are_spread_out() {
        let text = "pub(crate) use crate::a::{self, b::{C, D as E}, f::*};";
        let all = [
            "crate::a",
            "crate::a::b::C",
            "crate::a::b::D as E",
            "crate::a::f as *",
        ];
        assert_eq!(paths(text), all);
    }

    #[test]
    fn paths_in_the_code_are_found() {
        let text = "fn f() -> crate::view::X { super::y::<Z>(); ::egui::pos2(0.0, 0.0) }";
        assert_eq!(paths(text), ["crate::view::X", "super::y", "egui::pos2"]);
    }

    #[test]
    fn tests_are_left_out() {
        let text = "
            #[cfg(test)] use crate::a::{B, C};
            #[cfg(test)] #[allow(dead_code)] fn d() { crate::e::f(); }
            #[cfg(test)] mod tests;
            #[cfg(test)] mod more { use crate::g::H; }
            use crate::i::J;";
        assert_eq!(paths(text), ["crate::i::J"]);
        assert_eq!(read(text).test_modules, ["tests"]);
    }

    #[test]
    fn modules_inside_a_file_are_entered_and_left() {
        let source = read("mod a { mod b { use c::D; } } use e::F;");
        let within: Vec<_> = source
            .imports
            .iter()
            .map(|import| import.within.len())
            .collect();
        assert_eq!(within, [2, 0]);
        assert_eq!(source.inner_modules.len(), 2);
    }
}
