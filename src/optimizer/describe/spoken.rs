//! Converts LaTeX to a line of Unicode text for screen readers. It contains no raw `^` or `_`, and
//! only letters that the fonts have.

/// The text of a line in the subset of LaTeX that rules use.
pub(super) fn spoken(latex: &str) -> String {
    let text = Reader { rest: latex }.all();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An index in small letters if there are any, else after a space: `μₜ₊₁`, `η max`.
fn index(text: &str) -> String {
    const SMALL: &[(char, char)] = &[
        ('1', '₁'),
        ('2', '₂'),
        ('3', '₃'),
        ('t', 'ₜ'),
        ('+', '₊'),
        ('−', '₋'),
        ('∞', '∞'),
    ];
    small(text, SMALL).unwrap_or_else(|| format!(" {text}"))
}

/// An exponent in small digits if it consists of them, else in words: `H⁻¹`, `β₁ to the power t`.
fn power(text: &str) -> String {
    const SMALL: &[(char, char)] = &[('1', '¹'), ('2', '²'), ('3', '³'), ('5', '⁵'), ('−', '⁻')];
    let is_one_sign = text.chars().count() == 1;
    match small(text, SMALL) {
        Some(small) => small,
        None if text == TRANSPOSED => format!(" {TRANSPOSED}"),
        None if is_one_sign => format!(" to the power {text}"),
        None => format!(" to the power ({text})"),
    }
}

/// What a matrix or vector is with `^\top`.
const TRANSPOSED: &str = "transposed";

/// The text in the small signs of a table; `None` if it has other signs as well.
fn small(text: &str, table: &[(char, char)]) -> Option<String> {
    let small = |sign: char| table.iter().find(|(large, _)| *large == sign);
    text.chars()
        .map(|sign| small(sign).map(|(_, small)| *small))
        .collect()
}

/// Parses the subset of LaTeX that rules use.
struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    const SIGNS: &'static [(&'static str, &'static str)] = &[
        ("leftarrow", " ← "),
        ("alpha", "α"),
        ("beta", "β"),
        ("gamma", "γ"),
        ("delta", "δ"),
        ("epsilon", "ε"),
        ("eta", "η"),
        ("theta", "θ"),
        ("kappa", "κ"),
        ("lambda", "λ"),
        ("mu", "μ"),
        ("nu", "ν"),
        ("rho", "ρ"),
        ("sigma", "σ"),
        ("tau", "τ"),
        ("phi", "φ"),
        ("psi", "ψ"),
        ("omega", "ω"),
        ("nabla", "∇"),
        ("Pi", "Π"),
        ("max", "max"),
        ("min", "min"),
        ("Delta", "Δ"),
        ("cdot", "·"),
        ("left", ""),
        ("right", ""),
        ("top", TRANSPOSED),
        ("infty", "∞"),
        ("le", "≤"),
        ("ge", "≥"),
        ("lt", " is below "),
        ("gt", " is above "),
        ("bmod", " mod "),
        ("quad", ", "),
        ("prime", "′"),
    ];

    fn all(&mut self) -> String {
        let mut text = String::new();
        while let Some(part) = self.next() {
            text.push_str(&part);
        }
        text
    }

    /// The next symbol, command or group; `None` at the end.
    fn next(&mut self) -> Option<String> {
        let sign = self.rest.chars().next()?;
        self.rest = &self.rest[sign.len_utf8()..];
        Some(match sign {
            '{' => self.group(),
            '\\' => self.command(),
            '^' => power(self.argument().trim()),
            '_' => index(self.argument().trim()),
            '-' => "−".to_owned(),
            // Between a case and its condition.
            '&' => " ".to_owned(),
            sign => sign.to_string(),
        })
    }

    /// The argument of a command.
    fn argument(&mut self) -> String {
        self.rest = self.rest.trim_start();
        self.next().unwrap_or_default()
    }

    /// The argument of `\text`, in which a hyphen is no minus.
    fn words(&mut self) -> String {
        match self.rest.strip_prefix('{') {
            Some(rest) => {
                self.rest = rest;
                self.inside().to_owned()
            }
            None => self.argument(),
        }
    }

    /// The meaning of what is in the braces that have just been opened.
    fn group(&mut self) -> String {
        Reader {
            rest: self.inside(),
        }
        .all()
    }

    /// What is in the braces that have just been opened, which are closed then.
    fn inside(&mut self) -> &'a str {
        let mut depth = 1;
        let end = self.rest.char_indices().find(|&(_, sign)| {
            match sign {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let end = end.map_or(self.rest.len(), |(position, _)| position);
        let (inside, rest) = self.rest.split_at(end);
        self.rest = rest.strip_prefix('}').unwrap_or(rest);
        inside
    }

    fn command(&mut self) -> String {
        let letters = |sign: char| !sign.is_ascii_alphabetic();
        let end = self.rest.find(letters).unwrap_or(self.rest.len());
        if let Some(rest) = self.rest.strip_prefix('\\') {
            // The end of a case.
            self.rest = rest;
            return ", ".to_owned();
        }
        if end == 0 {
            let sign = self.next().unwrap_or_default();
            // The bars of a norm; the others are spacing commands such as `\,`.
            let text = if sign == "|" { "‖" } else { " " };
            return text.to_owned();
        }
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        match name {
            "frac" => {
                let (above, below) = (self.argument(), self.argument());
                format!("({above}) / ({below})")
            }
            "sqrt" => format!("√({})", self.argument()),
            "text" | "operatorname" => self.words(),
            "begin" | "end" => {
                self.words();
                String::new()
            }
            "hat" => format!("{}\u{302}", self.argument()),
            _ => {
                let known = Self::SIGNS.iter().find(|(known, _)| *known == name);
                known.map_or(name, |(_, sign)| sign).to_owned()
            }
        }
    }
}
