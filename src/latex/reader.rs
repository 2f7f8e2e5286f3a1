//! Reads LaTeX into a tree.

use thiserror::Error;

use super::Node;

/// What is nested deeper than this is not read: whoever walks over a tree calls itself at each level.
const DEEPEST: usize = 32;

/// Why a text cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// The end of something that did not begin.
    #[error("nothing ends at {0:?}")]
    NothingEnds(String),
    /// Something is missing, such as the argument of a command.
    #[error("{expected} is missing before {found:?}")]
    Missing {
        /// What should have been there.
        expected: &'static str,
        /// What is there.
        found: String,
    },
    /// Two exponents or two indices.
    #[error("two scripts in the same place")]
    TwoScripts,
    /// A command that is not part of the subset.
    #[error("{0:?} is not known")]
    Unknown(String),
    /// Too many levels.
    #[error("nested too deeply")]
    TooDeep,
}

/// Reads a formula.
///
/// # Errors
///
/// If it is not in the subset. Whether a command such as `\theta` is the name of a sign is for
/// whoever draws the sign to know.
pub fn read(latex: &str) -> Result<Vec<Node<'_>>, Fault> {
    let mut reader = Reader {
        rest: latex,
        depth: 0,
    };
    let nodes = reader.nodes()?;
    match reader.peek() {
        "" => Ok(nodes),
        end => Err(Fault::NothingEnds(end.to_owned())),
    }
}

/// The text that is left to read.
struct Reader<'a> {
    rest: &'a str,
    /// The number of levels that have been entered.
    depth: usize,
}

impl<'a> Reader<'a> {
    /// Returns the next token: a sign, a command, or blanks; nothing at the end.
    fn peek(&self) -> &'a str {
        let length = match self.rest.strip_prefix('\\') {
            Some(name) => 1 + command_length(name),
            None => {
                let blanks = self.rest.trim_start();
                match self.rest.len() - blanks.len() {
                    0 => self.rest.chars().next().map_or(0, char::len_utf8),
                    blanks => blanks,
                }
            }
        };
        self.rest.split_at(length).0
    }

    /// Takes the next token.
    fn take(&mut self) -> &'a str {
        let token = self.peek();
        self.rest = &self.rest[token.len()..];
        token
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Takes a token that has to be next.
    fn expect(&mut self, expected: &'static str) -> Result<(), Fault> {
        match self.take() {
            token if token == expected => Ok(()),
            found => Err(missing(expected, found)),
        }
    }

    /// Reads what is one level deeper.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        if self.depth == DEEPEST {
            return Err(Fault::TooDeep);
        }
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }

    /// Reads up to the end of what this is inside of.
    fn nodes(&mut self) -> Result<Vec<Node<'a>>, Fault> {
        let mut nodes = Vec::new();
        loop {
            match self.peek() {
                token if is_end(token) => return Ok(nodes),
                "^" | "_" => self.script(&mut nodes)?,
                _ => nodes.push(self.node()?),
            }
        }
    }

    fn node(&mut self) -> Result<Node<'a>, Fault> {
        match self.take() {
            "{" => Ok(Node::Group(self.rest_of_group()?)),
            r"\frac" => Ok(Node::Fraction {
                above: self.argument()?,
                below: self.argument()?,
            }),
            r"\sqrt" => Ok(Node::Root {
                degree: self.degree()?,
                inside: self.argument()?,
            }),
            mark @ (r"\hat" | r"\bar" | r"\tilde" | r"\dot") => Ok(Node::Accent {
                mark,
                below: self.argument()?,
            }),
            r"\text" => Ok(Node::Words(self.words()?)),
            r"\operatorname" => Ok(Node::Name(self.words()?)),
            r"\textcolor" => Ok(Node::Colored {
                color: self.as_written()?,
                inside: self.argument()?,
            }),
            r"\left" => self.rest_of_brackets(),
            r"\begin" => self.rest_of_cases(),
            // They mean something in LaTeX that no formula of the program means.
            other @ ("'" | "#" | "$" | "%" | "~" | r"\") => Err(Fault::Unknown(other.to_owned())),
            blanks if blanks.starts_with(char::is_whitespace) => Ok(Node::Blank),
            sign => Ok(Node::Sign(sign)),
        }
    }

    /// Reads up to the brace that closes a group.
    fn rest_of_group(&mut self) -> Result<Vec<Node<'a>>, Fault> {
        let nodes = self.deeper(Self::nodes)?;
        self.expect("}")?;
        Ok(nodes)
    }

    /// Reads an argument: a group, or whatever is next.
    fn argument(&mut self) -> Result<Vec<Node<'a>>, Fault> {
        self.skip_blanks();
        match self.peek() {
            "{" => {
                self.take();
                self.rest_of_group()
            }
            found if is_end(found) || matches!(found, "^" | "_") => {
                Err(missing("an argument", found))
            }
            _ => Ok(vec![self.deeper(Self::node)?]),
        }
    }

    /// Reads which root it is.
    fn degree(&mut self) -> Result<Option<Vec<Node<'a>>>, Fault> {
        let Some(rest) = self.rest.strip_prefix('[') else {
            return Ok(None);
        };
        let (inside, rest) = rest.split_once(']').ok_or_else(|| missing("]", ""))?;
        self.rest = rest;
        read(inside).map(Some)
    }

    /// Reads an argument that is text.
    fn words(&mut self) -> Result<&'a str, Fault> {
        let words = self.as_written()?;
        match words.find(['{', '\\', '$', '%', '#', '&', '~', '^', '_']) {
            Some(at) => Err(Fault::Unknown(words[at..].to_owned())),
            None => Ok(words),
        }
    }

    /// Takes an argument as it is written.
    fn as_written(&mut self) -> Result<&'a str, Fault> {
        self.expect("{")?;
        let (written, rest) = self.rest.split_once('}').ok_or_else(|| missing("}", ""))?;
        self.rest = rest;
        Ok(written)
    }

    /// Reads an index or an exponent, and attaches it to what precedes it.
    fn script(&mut self, nodes: &mut Vec<Node<'a>>) -> Result<(), Fault> {
        let is_above = self.take() == "^";
        let script = self.argument()?;
        while nodes.last() == Some(&Node::Blank) {
            nodes.pop();
        }
        let (base, mut below, mut above) = match nodes.pop() {
            Some(Node::Scripts { base, below, above }) => (base, below, above),
            base => (base.map(Box::new), None, None),
        };
        let place = if is_above { &mut above } else { &mut below };
        if place.replace(script).is_some() {
            return Err(Fault::TwoScripts);
        }
        nodes.push(Node::Scripts { base, below, above });
        Ok(())
    }

    fn rest_of_brackets(&mut self) -> Result<Node<'a>, Fault> {
        let left = self.bracket()?;
        let inside = self.deeper(Self::nodes)?;
        self.expect(r"\right")?;
        let right = self.bracket()?;
        Ok(Node::Brackets {
            left,
            inside,
            right,
        })
    }

    fn bracket(&mut self) -> Result<&'a str, Fault> {
        self.skip_blanks();
        match self.take() {
            found if is_end(found) => Err(missing("a bracket", found)),
            bracket => Ok(bracket),
        }
    }

    fn rest_of_cases(&mut self) -> Result<Node<'a>, Fault> {
        self.environment()?;
        let mut rows = vec![Vec::new()];
        loop {
            let cell = self.deeper(Self::nodes)?;
            if let Some(row) = rows.last_mut() {
                row.push(cell);
            }
            match self.take() {
                "&" => {}
                r"\\" => rows.push(Vec::new()),
                r"\end" => break,
                found => return Err(missing(r"\end", found)),
            }
        }
        self.environment()?;
        Ok(Node::Cases(rows))
    }

    /// Takes the name of the only environment.
    fn environment(&mut self) -> Result<(), Fault> {
        match self.as_written()? {
            "cases" => Ok(()),
            other => Err(Fault::Unknown(other.to_owned())),
        }
    }
}

/// The length of the command whose name the text begins with: letters, or a single sign.
fn command_length(name: &str) -> usize {
    let letters = name.find(|sign: char| !sign.is_ascii_alphabetic());
    match letters.unwrap_or(name.len()) {
        0 => name.chars().next().map_or(0, char::len_utf8),
        letters => letters,
    }
}

/// Whether what is being read cannot go on with this token.
fn is_end(token: &str) -> bool {
    matches!(token, "" | "}" | "&" | r"\\" | r"\right" | r"\end")
}

fn missing(expected: &'static str, found: &str) -> Fault {
    Fault::Missing {
        expected,
        found: found.to_owned(),
    }
}
