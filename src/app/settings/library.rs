//! A person's own rules and surfaces, kept by name.

use serde::{Deserialize, Serialize};

use crate::optimizer::OwnRule;
use crate::surface::SurfaceChoice;
use crate::surface::typed::Typed;
use crate::text::{brief, one_line};

/// What can be kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Thing {
    /// An update rule that is typed.
    Rule(OwnRule),
    /// A surface that is typed.
    Surface(Typed),
}

/// A rule or a surface with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    name: String,
    thing: Thing,
}

/// Everything that is kept: in the order in which it was first kept, each name once among the rules
/// and once among the surfaces.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "InFile", into = "InFile")]
pub struct Library {
    entries: Vec<Entry>,
    broken: Vec<Broken>,
}

/// The text of an entry that cannot be read. It is kept, but never read again.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Broken {
    text: String,
    why: String,
    /// Whether the user has been told.
    said: bool,
}

/// Why something is not kept, as one sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "Your library holds {} entries already; remove one of them first",
    Library::MOST
)]
pub struct Full;

impl Entry {
    /// The longest name, in characters.
    pub const LONGEST: usize = 60;

    /// Creates an entry for a rule, which has the rule's title as its name.
    #[must_use]
    pub fn of_rule(rule: OwnRule) -> Self {
        let name = rule.title().to_owned();
        Self {
            name,
            thing: Thing::Rule(rule),
        }
    }

    /// Creates an entry for a surface.
    #[must_use]
    pub fn of_surface(name: impl Into<String>, surface: Typed) -> Self {
        Self {
            name: name.into(),
            thing: Thing::Surface(surface),
        }
    }

    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns what is kept.
    #[must_use]
    pub fn thing(&self) -> &Thing {
        &self.thing
    }

    /// Returns what it is, in a word.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self.thing {
            Thing::Rule(_) => "rule",
            Thing::Surface(_) => "surface",
        }
    }

    /// Returns the same under another name.
    #[must_use]
    pub fn named(&self, name: &str) -> Self {
        let name: String = name.trim().chars().take(Self::LONGEST).collect();
        match &self.thing {
            Thing::Rule(rule) => Self::of_rule(OwnRule::new(
                name,
                rule.parameters().clone(),
                rule.text().to_owned(),
            )),
            Thing::Surface(surface) => Self::of_surface(name, surface.clone()),
        }
    }

    /// Returns whether both have the same place: the same name, and both are rules or surfaces.
    #[must_use]
    pub fn has_place_of(&self, other: &Self) -> bool {
        self.name == other.name && self.kind() == other.kind()
    }

    /// Reads an entry from its text.
    fn read(text: &str) -> Result<Self, String> {
        if text.len() > Library::LONGEST {
            return Err("it is too long".to_owned());
        }
        match ron::from_str(text).map_err(|why| why.to_string())? {
            InText::Rule(rule) => match rule.fault() {
                Some(fault) => Err(fault.to_string()),
                None => Ok(Self::of_rule(rule)),
            },
            InText::Surface { name, surface } => {
                let mut choice = SurfaceChoice::Typed(surface.clone());
                choice.load(None).map_err(|why| why.to_string())?;
                Ok(Self::of_surface(name, surface))
            }
        }
    }

    fn to_text(&self) -> Option<String> {
        ron::to_string(&match &self.thing {
            Thing::Rule(rule) => InText::Rule(rule.clone()),
            Thing::Surface(surface) => InText::Surface {
                name: self.name.clone(),
                surface: surface.clone(),
            },
        })
        .ok()
    }
}

impl Library {
    /// The most entries.
    pub const MOST: usize = 100;
    /// The longest text of an entry, in bytes.
    const LONGEST: usize = 30_000;
    /// The most entries that cannot be read.
    const MOST_BROKEN: usize = 20;

    /// Returns whether nothing is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns all entries, in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns the rules, in order.
    pub fn rules(&self) -> impl Iterator<Item = &OwnRule> {
        self.entries.iter().filter_map(|entry| match &entry.thing {
            Thing::Rule(rule) => Some(rule),
            Thing::Surface(_) => None,
        })
    }

    /// Returns the surfaces with their names, in order.
    pub fn surfaces(&self) -> impl Iterator<Item = (&str, &Typed)> {
        self.entries.iter().filter_map(|entry| match &entry.thing {
            Thing::Surface(surface) => Some((entry.name.as_str(), surface)),
            Thing::Rule(_) => None,
        })
    }

    /// Returns the entry in whose place another one would be kept.
    #[must_use]
    pub fn in_place_of(&self, other: &Entry) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.has_place_of(other))
    }

    /// Keeps an entry, in place of one of the same name.
    ///
    /// # Errors
    /// If there is no room for another one.
    pub fn keep(&mut self, entry: Entry) -> Result<(), Full> {
        let is_full = self.entries.len() >= Self::MOST;
        let mut entries = self.entries.iter_mut();
        match entries.find(|known| known.has_place_of(&entry)) {
            Some(known) => *known = entry,
            None if is_full => return Err(Full),
            None => self.entries.push(entry),
        }
        Ok(())
    }

    /// Renames an entry, unless another one has that name or there is none. Returns whether it did.
    pub fn rename(&mut self, entry: &Entry, name: &str) -> bool {
        let renamed = entry.named(name);
        let is_named = !name.trim().is_empty();
        if !is_named || self.in_place_of(&renamed).is_some() {
            return false;
        }
        let mut entries = self.entries.iter_mut();
        entries
            .find(|known| known.has_place_of(entry))
            .map(|known| *known = renamed)
            .is_some()
    }

    /// Removes an entry.
    pub fn remove(&mut self, entry: &Entry) {
        self.entries.retain(|known| !known.has_place_of(entry));
    }

    /// Returns what the user should know of entries that cannot be read, each in one sentence. It is
    /// returned only once, even if the library is kept and read again.
    pub fn take_sentences(&mut self) -> Vec<String> {
        let unsaid = self.broken.iter_mut().filter(|broken| !broken.said);
        let sentences = unsaid.map(|broken| {
            broken.said = true;
            let text = brief(&one_line(&broken.text));
            let why = brief(&one_line(&broken.why));
            format!("An entry of your library cannot be read and is left out: “{text}”: {why}")
        });
        sentences.collect()
    }

    /// Returns the library of a file with the changes that this program has made since it knew it as
    /// `base`.
    #[must_use]
    pub fn merged(&self, base: &Self, in_file: Self) -> Self {
        let mut merged = in_file;
        for entry in &base.entries {
            if self.in_place_of(entry).is_none() {
                merged.remove(entry);
            }
        }
        for entry in &self.entries {
            if base.in_place_of(entry) != Some(entry) {
                // Two programs may have kept more than there is room for.
                let _ = merged.keep(entry.clone());
            }
        }
        for broken in &mut merged.broken {
            let mut known = self.broken.iter();
            broken.said |= known.any(|known| known.said && known.text == broken.text);
        }
        merged
    }
}

/// An entry as text.
#[derive(Serialize, Deserialize)]
enum InText {
    Rule(OwnRule),
    Surface { name: String, surface: Typed },
}

/// The library as stored in the file of the settings: each entry is a text of its own, so that one
/// that cannot be read does no harm to the others.
#[derive(Default, Serialize, Deserialize)]
#[serde(rename = "Library", default)]
struct InFile {
    entries: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    broken: Vec<String>,
}

impl From<InFile> for Library {
    fn from(file: InFile) -> Self {
        let mut library = Self::default();
        for text in file.entries {
            match Entry::read(&text) {
                Ok(entry) => {
                    let _ = library.keep(entry);
                }
                Err(why) => library.broken.push(Broken {
                    text,
                    why,
                    said: false,
                }),
            }
        }
        library
            .broken
            .extend(file.broken.into_iter().map(|text| Broken {
                text,
                why: String::new(),
                said: true,
            }));
        library.broken.retain(|it| it.text.len() <= Self::LONGEST);
        library.broken.truncate(Self::MOST_BROKEN);
        library
    }
}

impl From<Library> for InFile {
    /// Entries that cannot be read are written among the others until the user knows of them.
    fn from(library: Library) -> Self {
        let (said, unsaid): (Vec<Broken>, Vec<Broken>) =
            library.broken.into_iter().partition(|broken| broken.said);
        let entries = library.entries.iter().filter_map(Entry::to_text);
        let unsaid = unsaid.into_iter().map(|broken| broken.text);
        Self {
            entries: entries.chain(unsaid).collect(),
            broken: said.into_iter().map(|broken| broken.text).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::Parameters;

    fn rule(title: &str, factor: &str) -> Entry {
        let lines = format!("theta <- theta - {factor}*g");
        Entry::of_rule(OwnRule::new(title, Parameters::default(), lines))
    }

    fn library(entries: &[Entry]) -> Library {
        let mut library = Library::default();
        for entry in entries {
            library.keep(entry.clone()).unwrap();
        }
        library
    }

    fn written_and_read(library: &Library) -> Library {
        ron::from_str(&ron::to_string(library).unwrap()).unwrap()
    }

    #[test]
    fn rules_and_surfaces_are_read_as_they_were_kept() {
        let surface = Entry::of_surface("Bowl", Typed::new("x^2 + y^2"));
        let library = library(&[rule("A \"quoted\" one", "0.1"), surface, rule("Bowl", "2")]);
        assert_eq!(written_and_read(&library), library);
        assert_eq!(
            (library.rules().count(), library.surfaces().count()),
            (2, 1)
        );
    }

    #[test]
    fn a_name_is_kept_once_and_another_one_is_not_taken() {
        let mut library = library(&[rule("a", "1"), rule("b", "2")]);
        library.keep(rule("a", "3")).unwrap();
        assert_eq!(library.entries(), [rule("a", "3"), rule("b", "2")]);
        let a = rule("a", "3");
        assert!(!library.rename(&a, "b") && !library.rename(&a, "  "));
        assert!(library.rename(&a, "c "));
        assert_eq!(library.entries(), [rule("c", "3"), rule("b", "2")]);
        library.remove(&rule("c", "3"));
        assert_eq!(library.entries(), [rule("b", "2")]);
    }

    #[test]
    fn it_is_bounded() {
        let mut library = Library::default();
        for number in 0..Library::MOST {
            library.keep(rule(&number.to_string(), "1")).unwrap();
        }
        assert_eq!(library.keep(rule("one more", "1")), Err(Full));
        assert_eq!(library.keep(rule("7", "2")), Ok(()));
    }

    #[test]
    fn a_broken_entry_is_said_once_and_the_others_stay() {
        let text = r#"(entries: ["Rule((title: \"a\", lines: \"theta <- theta - g\"))", "Rule((title: \"b\", lines: \"theta <- q\"))", "nonsense"])"#;
        let mut library: Library = ron::from_str(text).unwrap();
        assert_eq!(library.entries().len(), 1);
        let unsaid = written_and_read(&library);
        assert_eq!(unsaid, library, "nobody has been told yet");
        let said = library.take_sentences();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].contains("title"), "{said:?}");
        assert_eq!(library.take_sentences(), Vec::<String>::new());
        let mut again = written_and_read(&library);
        assert_eq!(again.take_sentences(), Vec::<String>::new());
        assert_eq!(again.entries(), library.entries());
    }

    #[test]
    fn two_programs_keep_the_entries_of_each_other() {
        let base = library(&[rule("a", "1"), rule("b", "1")]);
        let here = library(&[rule("a", "2"), rule("b", "1"), rule("mine", "1")]);
        let there = library(&[rule("a", "1"), rule("theirs", "1")]);
        let both = here.merged(&base, there);
        assert_eq!(
            both.entries(),
            [rule("a", "2"), rule("theirs", "1"), rule("mine", "1")]
        );
    }
}
