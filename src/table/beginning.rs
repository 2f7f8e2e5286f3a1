//! The lines above the first record: comments, and a line that declares the separator.

use super::Separator;

/// The lines above the first record of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Beginning {
    /// The separator declared by a line `sep=;`, as written and read by Excel.
    pub(super) separator: Option<Separator>,
    /// The last comment without its marker, and its line number. It may name the columns.
    pub(super) comment: Option<(u64, String)>,
    /// The number of comments.
    pub(super) comments: usize,
    /// The length of these lines in bytes.
    pub(super) bytes: usize,
    /// The number of the line after them, counted from 1.
    pub(super) first_line: u64,
    /// The character that marks a line as a comment.
    pub(super) sign: Option<u8>,
}

/// The characters that can start a comment.
const SIGNS: [char; 2] = ['#', '%'];

impl Beginning {
    pub(super) fn of(text: &str) -> Self {
        let mut beginning = Self {
            first_line: 1,
            ..Self::default()
        };
        for line in text.split_inclusive('\n') {
            let content = line.trim();
            if let Some(comment) = comment(content) {
                beginning.sign = content.bytes().next();
                beginning.comment = Some((beginning.first_line, comment.to_owned()));
                beginning.comments += 1;
            } else if let Some(separator) = named_separator(content)
                && beginning.separator.is_none()
            {
                beginning.separator = Some(separator);
            } else if !content.is_empty() {
                break;
            }
            beginning.bytes += line.len();
            beginning.first_line += 1;
        }
        beginning.sign = beginning
            .sign
            .or_else(|| has_comments(&text[beginning.bytes..]).then_some(b'#'));
        beginning
    }

    /// Returns the number of comment lines in the whole text.
    pub(super) fn all_comments(&self, text: &str) -> usize {
        let below = text.as_bytes().get(self.bytes..).unwrap_or_default();
        let lines = below.split(|&byte| byte == b'\n');
        let marked = lines.filter(|line| self.sign.is_some() && line.first().copied() == self.sign);
        self.comments + marked.count()
    }
}

/// Returns the text of a comment. `#,x,y` is not a comment, as # names a column there.
fn comment(line: &str) -> Option<&str> {
    let text = line.strip_prefix(SIGNS)?;
    let names_a_column = text.starts_with([',', ';', '|', '\t']);
    (!names_a_column).then(|| text.trim())
}

/// Returns the separator declared by a line like `sep=;`, which may be quoted.
fn named_separator(line: &str) -> Option<Separator> {
    let line = line.trim_start_matches('"');
    let (name, sign) = line.split_at_checked(4)?;
    if !name.eq_ignore_ascii_case("sep=") {
        return None;
    }
    // A tab at the end of the line has been trimmed.
    match sign.chars().next() {
        None => Some(Separator::Tab),
        Some('\\') if sign.starts_with("\\t") => Some(Separator::Tab),
        Some(sign) => Separator::of_sign(sign),
    }
}

/// Returns whether # starts comments among the records. If most lines start with it, it belongs to
/// the cells, which may be colours.
fn has_comments(records: &str) -> bool {
    let lines = || records.lines().take(1000).filter(|line| !line.is_empty());
    let marked = lines().filter(|line| line.starts_with('#')).count();
    2 * marked < lines().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_a_separator_line_are_told_from_records() {
        let beginning = Beginning::of("\"sep=;\"\n\n# measured on Monday\n#  step x\n1;2\n");
        assert_eq!(beginning.separator, Some(Separator::Semicolon));
        assert_eq!(beginning.comment, Some((4, "step x".to_owned())));
        assert_eq!((beginning.first_line, beginning.comments), (5, 2));
        assert_eq!(beginning.sign, Some(b'#'));
        let plain = Beginning::of("a,b\n1,2\n");
        assert_eq!(
            (plain.bytes, plain.first_line, plain.separator),
            (0, 1, None)
        );
    }

    #[test]
    fn a_sign_may_be_the_name_of_a_column_or_begin_a_colour() {
        assert_eq!(Beginning::of("#,x,y\n1,2,3\n").bytes, 0);
        assert_eq!(Beginning::of("color,x\n#fff,1\n#000,2\n").sign, None);
        assert_eq!(Beginning::of("x,y\n1,2\n#3,4\n5,6\n").sign, Some(b'#'));
    }

    #[test]
    fn any_separator_can_be_named() {
        for (line, expected) in [
            ("sep=,", Some(Separator::Comma)),
            ("SEP=|", Some(Separator::Bar)),
            ("sep=\t", Some(Separator::Tab)),
            ("sep=\\t", Some(Separator::Tab)),
            ("sep=x", None),
            ("separate", None),
        ] {
            assert_eq!(named_separator(line.trim()), expected, "{line}");
        }
    }
}
