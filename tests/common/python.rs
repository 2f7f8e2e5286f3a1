//! An interpreter for the small part of Python that the formulas of surfaces use.

use std::collections::HashMap;
use std::f64::consts::{E, PI};

/// The value that the body of a function of x and y returns.
pub fn run(body: &str, [x, y]: [f64; 2]) -> f64 {
    let names = [("x", x), ("y", y), ("e", E), ("pi", PI)];
    let mut names: HashMap<String, f64> =
        names.map(|(name, value)| (name.to_owned(), value)).into();
    for line in body.lines() {
        let line = line.split("  #").next().unwrap_or(line);
        if let Some(expression) = line.strip_prefix("return ") {
            return evaluate(expression, &names);
        }
        let (left, right) = line.split_once(" = ").expect(line);
        // All expressions on a line use the old values.
        let pairs: Vec<(&str, &str)> = if left.contains(", ") {
            left.split(", ").zip(right.split(", ")).collect()
        } else {
            vec![(left, right)]
        };
        let values = pairs
            .into_iter()
            .map(|(name, expression)| (name.to_owned(), evaluate(expression, &names)));
        let values: Vec<_> = values.collect();
        names.extend(values);
    }
    panic!("nothing is returned: {body}")
}

fn evaluate(expression: &str, names: &HashMap<String, f64>) -> f64 {
    let mut reader = Reader {
        rest: expression,
        names,
    };
    let value = reader.comparison();
    assert_eq!(reader.rest, "", "in {expression}");
    value
}

struct Reader<'a> {
    rest: &'a str,
    names: &'a HashMap<String, f64>,
}

impl Reader<'_> {
    fn takes(&mut self, sign: &str) -> bool {
        let Some(rest) = self.rest.trim_start().strip_prefix(sign) else {
            return false;
        };
        // `**` is a different operator from `*`.
        if sign == "*" && rest.starts_with('*') {
            return false;
        }
        self.rest = rest;
        true
    }

    fn comparison(&mut self) -> f64 {
        let left = self.sum();
        if self.takes("==") {
            return f64::from(left == self.sum());
        }
        left
    }

    fn sum(&mut self) -> f64 {
        let mut value = self.product();
        loop {
            if self.takes("+") {
                value += self.product();
            } else if self.takes("-") {
                value -= self.product();
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> f64 {
        let mut value = self.signed();
        loop {
            if self.takes("*") {
                value *= self.signed();
            } else if self.takes("/") {
                value /= self.signed();
            } else {
                return value;
            }
        }
    }

    fn signed(&mut self) -> f64 {
        if self.takes("-") {
            return -self.signed();
        }
        let base = self.atom();
        if self.takes("**") {
            return base.powf(self.signed());
        }
        base
    }

    fn atom(&mut self) -> f64 {
        if self.takes("(") {
            let value = self.comparison();
            assert!(self.takes(")"), "no ) before {:?}", self.rest);
            return value;
        }
        let rest = self.rest.trim_start();
        let end = rest.find(|letter: char| !letter.is_alphanumeric() && !"._".contains(letter));
        let (word, rest) = rest.split_at(end.unwrap_or(rest.len()));
        self.rest = rest;
        if self.takes("(") {
            return self.call(word);
        }
        let name = self.names.get(word).copied();
        name.unwrap_or_else(|| word.parse().unwrap_or_else(|_| panic!("{word:?}")))
    }

    fn call(&mut self, function: &str) -> f64 {
        let mut values = vec![self.comparison()];
        while self.takes(",") {
            values.push(self.comparison());
        }
        assert!(self.takes(")"), "no ) before {:?}", self.rest);
        match (function.trim_start_matches("math."), &*values) {
            ("radians", [of]) => of.to_radians(),
            ("sin", [of]) => of.sin(),
            ("cos", [of]) => of.cos(),
            ("exp", [of]) => of.exp(),
            ("sqrt" | "root", [of]) => of.sqrt(),
            ("where", [condition, yes, no]) => [no, yes][usize::from(*condition != 0.0)].to_owned(),
            _ => panic!("{function} of {values:?}"),
        }
    }
}

/// The value of a string literal at the beginning of a line, and the rest of the line.
pub fn leading_string(line: &str) -> Option<(String, &str)> {
    let mut letters = line.strip_prefix('"')?.chars();
    let mut text = String::new();
    loop {
        match letters.next()? {
            '"' => return Some((text, letters.as_str())),
            '\\' => match letters.next()? {
                'n' => text.push('\n'),
                'r' => text.push('\r'),
                't' => text.push('\t'),
                'x' => text.push(code(&mut letters, 2)?),
                'u' => text.push(code(&mut letters, 4)?),
                'U' => text.push(code(&mut letters, 8)?),
                other => text.push(other),
            },
            letter => text.push(letter),
        }
    }
}

fn code(letters: &mut std::str::Chars, digits: usize) -> Option<char> {
    let digits: String = letters.take(digits).collect();
    char::from_u32(u32::from_str_radix(&digits, 16).ok()?)
}

/// Whether all brackets match and every literal ends on its line.
pub fn is_whole(script: &str) -> bool {
    let mut open = Vec::new();
    for line in script.lines() {
        let mut rest = line.trim_start();
        if rest.starts_with("\"\"\"") {
            continue;
        }
        while let Some(letter) = rest.chars().next() {
            if letter == '"' {
                let Some((_, after)) = leading_string(rest) else {
                    return false;
                };
                rest = after;
                continue;
            }
            match letter {
                '#' => break,
                '(' | '[' | '{' => open.push(letter),
                ')' | ']' | '}' => match (open.pop(), letter) {
                    (Some('('), ')') | (Some('['), ']') | (Some('{'), '}') => {}
                    _ => return false,
                },
                _ => {}
            }
            rest = &rest[letter.len_utf8()..];
        }
    }
    open.is_empty()
}
