//! Converts LaTeX to a line of Unicode text for screen readers.

/// The text of a line in the subset of LaTeX that rules use.
pub(super) fn spoken(latex: &str) -> String {
    let text = Reader { rest: latex }.all();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An index: small digits, a word after a space, anything else as in LaTeX.
fn index(text: &str) -> String {
    const SMALL: &[(&str, &str)] = &[("1", "₁"), ("2", "₂"), ("3", "₃"), ("+", "₊"), ("−", "₋")];
    let is_word = text.len() > 1 && text.chars().all(|sign| sign.is_ascii_alphabetic());
    match SMALL.iter().find(|(sign, _)| *sign == text) {
        Some((_, small)) => (*small).to_owned(),
        None if is_word => format!(" {text}"),
        None => format!("_{text}"),
    }
}

/// Parses the subset of LaTeX that rules use.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    const SIGNS: &'static [(&'static str, &'static str)] = &[
        ("leftarrow", " ← "),
        ("theta", "θ"),
        ("eta", "η"),
        ("mu", "μ"),
        ("tau", "τ"),
        ("rho", "ρ"),
        ("beta", "β"),
        ("epsilon", "ε"),
        ("lambda", "λ"),
        ("kappa", "κ"),
        ("nabla", "∇"),
        ("Pi", "Π"),
        ("max", "max"),
        ("min", "min"),
        ("alpha", "α"),
        ("phi", "φ"),
        ("Delta", "Δ"),
        ("cdot", "·"),
        ("left", ""),
        ("right", ""),
        ("top", "T"),
        ("le", "≤"),
        ("lt", " is below "),
        ("gt", " is above "),
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
            '^' => format!("^{}", self.next().unwrap_or_default()),
            '_' => index(&self.next().unwrap_or_default()),
            '-' => "−".to_owned(),
            sign => sign.to_string(),
        })
    }

    /// The argument of a command.
    fn argument(&mut self) -> String {
        self.rest = self.rest.trim_start();
        self.next().unwrap_or_default()
    }

    /// The contents of the braces that have just been opened.
    fn group(&mut self) -> String {
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
        Reader { rest: inside }.all()
    }

    fn command(&mut self) -> String {
        let letters = |sign: char| !sign.is_ascii_alphabetic();
        let end = self.rest.find(letters).unwrap_or(self.rest.len());
        if end == 0 {
            // A spacing command such as `\,`.
            self.next();
            return " ".to_owned();
        }
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        match name {
            "frac" => {
                let (above, below) = (self.argument(), self.argument());
                format!("({above}) / ({below})")
            }
            "sqrt" => format!("√({})", self.argument()),
            "text" => self.argument(),
            "hat" => format!("{}\u{302}", self.argument()),
            _ => {
                let known = Self::SIGNS.iter().find(|(known, _)| *known == name);
                known.map_or(name, |(_, sign)| sign).to_owned()
            }
        }
    }
}
