//! Names and how they are written: `beta_1`, β₁ and `\beta_1` are the same name.

/// Greek letters as signs and as words. Of two signs for a letter, the first is printed.
const GREEK: &[(char, &str)] = &[
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('ϵ', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('ϑ', "theta"),
    ('ι', "iota"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('µ', "mu"),
    ('ν', "nu"),
    ('ξ', "xi"),
    ('π', "pi"),
    ('ρ', "rho"),
    ('σ', "sigma"),
    ('ς', "sigma"),
    ('τ', "tau"),
    ('υ', "upsilon"),
    ('φ', "phi"),
    ('ϕ', "phi"),
    ('χ', "chi"),
    ('ψ', "psi"),
    ('ω', "omega"),
    ('Γ', "Gamma"),
    ('Δ', "Delta"),
    ('Θ', "Theta"),
    ('Λ', "Lambda"),
    ('Ξ', "Xi"),
    ('Π', "Pi"),
    ('Σ', "Sigma"),
    ('Φ', "Phi"),
    ('Ψ', "Psi"),
    ('Ω', "Omega"),
];

/// Suffixes that are drawn above the letter.
const ACCENTS: &[&str] = &["hat", "bar", "tilde", "dot"];

/// The word for a Greek letter.
pub fn greek_word(sign: char) -> Option<&'static str> {
    let found = GREEK.iter().find(|(known, _)| *known == sign)?;
    Some(found.1)
}

/// The sign of a Greek letter.
fn greek_sign(word: &str) -> Option<char> {
    let found = GREEK.iter().find(|(_, known)| *known == word)?;
    Some(found.0)
}

/// The digit that a subscript stands for.
pub fn subscript_digit(sign: char) -> Option<char> {
    shifted(sign, '₀', '0')
}

/// The digit that a superscript stands for.
pub fn superscript_digit(sign: char) -> Option<char> {
    match sign {
        '¹' => Some('1'),
        '²' => Some('2'),
        '³' => Some('3'),
        _ => shifted(sign, '⁰', '0'),
    }
}

/// The superscript of a digit or of a minus sign.
pub fn superscript(sign: char) -> char {
    match sign {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '-' => '⁻',
        _ => shifted(sign, '0', '⁰').unwrap_or(sign),
    }
}

/// The digit of one series that has the place of a digit of another.
fn shifted(sign: char, from: char, to: char) -> Option<char> {
    let digit = u32::from(sign).checked_sub(u32::from(from))?;
    (digit < 10)
        .then(|| char::from_u32(u32::from(to) + digit))
        .flatten()
}

/// A name divided into its letter or word, and what is attached to it by underscores; digits at the
/// end of a Greek letter or of a single letter are attached too.
fn divided(name: &str) -> (&str, Vec<&str>) {
    let mut parts = name.split('_').filter(|part| !part.is_empty());
    let head = parts.next().unwrap_or(name);
    let letters = head.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let is_letter = letters.chars().count() == 1 || greek_sign(letters).is_some();
    if is_letter && letters.len() < head.len() {
        let digits = &head[letters.len()..];
        return (letters, std::iter::once(digits).chain(parts).collect());
    }
    (head, parts.collect())
}

/// A name in LaTeX: Greek letters, accents, subscripts; other words as upright text.
#[must_use]
pub fn latex(name: &str) -> String {
    let (head, attached) = divided(name);
    if head.chars().count() > 1 && greek_sign(head).is_none() {
        return format!("\\text{{{}}}", name.replace('_', " "));
    }
    let mut letter = latex_word(head);
    let mut below = Vec::new();
    for part in attached {
        if ACCENTS.contains(&part) {
            letter = format!("\\{part}{{{letter}}}");
        } else {
            below.push(latex_word(part));
        }
    }
    match below.as_slice() {
        [] => letter,
        [single] if single.chars().count() == 1 => format!("{letter}_{single}"),
        _ => format!("{letter}_{{{}}}", below.join(",")),
    }
}

fn latex_word(word: &str) -> String {
    let is_number = word.chars().all(|sign| sign.is_ascii_digit());
    if greek_sign(word).is_some() {
        // Trailing space, so that a letter may follow.
        format!("\\{word} ").trim_end().to_owned()
    } else if is_number || word.chars().count() == 1 {
        word.to_owned()
    } else {
        format!("\\text{{{word}}}")
    }
}

/// A name in Unicode, which parses back to the same name: `beta_1` is β₁.
#[must_use]
pub fn unicode(name: &str) -> String {
    let end = name.find(|sign: char| !sign.is_ascii_alphabetic());
    let (word, rest) = name.split_at(end.unwrap_or(name.len()));
    // After a sign, letters would be another name: ξ6e is ξ6 times e.
    let goes_on = rest.split('_').next().unwrap_or_default();
    let sign = greek_sign(word).filter(|_| goes_on.chars().all(|sign| sign.is_ascii_digit()));
    let head = sign.map_or_else(|| word.to_owned(), String::from);
    let digits = rest.strip_prefix('_').unwrap_or_default();
    if digits.is_empty() || !digits.chars().all(|sign| sign.is_ascii_digit()) {
        return head + rest;
    }
    let digits = digits.chars().filter_map(|sign| shifted(sign, '0', '₀'));
    head.chars().chain(digits).collect()
}

/// Divides a name that nobody has introduced into names that are known, with the signs of products
/// between them: `xy` is `x*y`.
pub fn as_product(name: &str, known: &[&str]) -> Option<String> {
    /// Longer names are no forgotten products.
    const LONGEST: usize = 12;
    if name.len() > LONGEST || !name.is_ascii() {
        return None;
    }
    // The shortest division of each beginning of the name.
    let mut best: Vec<Option<Vec<&str>>> = vec![None; name.len() + 1];
    best[0] = Some(Vec::new());
    for end in 1..=name.len() {
        let ways = (0..end).filter_map(|start| {
            let part = known.iter().find(|part| **part == &name[start..end])?;
            let mut way = best[start].clone()?;
            way.push(part);
            Some(way)
        });
        best[end] = ways.min_by_key(Vec::len);
    }
    let parts = best.pop()??;
    (parts.len() > 1).then(|| parts.join("*"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_printed_as_people_write_them() {
        for (name, latex_form, unicode_form) in [
            ("x", "x", "x"),
            ("beta_1", r"\beta_1", "β₁"),
            ("x_12", r"x_{12}", "x₁₂"),
            ("x1", "x_1", "x1"),
            ("m_hat", r"\hat{m}", "m_hat"),
            ("v_hat_1", r"\hat{v}_1", "v_hat_1"),
            ("eta_max", r"\eta_{\text{max}}", "η_max"),
            ("learning_rate", r"\text{learning rate}", "learning_rate"),
            ("Pi", r"\Pi", "Π"),
            ("xi6", r"\xi_6", "ξ6"),
            ("xi6e", r"\text{xi6e}", "xi6e"),
            ("xi6_e", r"\xi_{6,e}", "ξ6_e"),
        ] {
            assert_eq!(latex(name), latex_form);
            assert_eq!(unicode(name), unicode_form);
        }
    }

    #[test]
    fn forgotten_products_are_found() {
        assert_eq!(as_product("xy", &["x", "y"]).as_deref(), Some("x*y"));
        assert_eq!(as_product("xyx", &["x", "y"]).as_deref(), Some("x*y*x"));
        assert_eq!(
            as_product("bxy", &["x", "y", "b", "xy"]).as_deref(),
            Some("b*xy")
        );
        assert_eq!(as_product("xz", &["x", "y"]), None);
        assert_eq!(as_product("x", &["x", "y"]), None);
        assert_eq!(as_product("βx", &["x", "y"]), None);
    }
}
