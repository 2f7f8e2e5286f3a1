//! Fuzzy search over the entries of the palette.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::entries::{Entry, Group};

/// An entry that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The entry's index.
    pub entry: usize,
    /// The indices of the letters of its title that match.
    pub letters: Vec<u32>,
}

/// Returns the entries that match what was typed, group by group and best first. If nothing was
/// typed, these are all entries, the recent ones first.
pub fn search(entries: &[Entry], typed: &str, recent: &[String]) -> Vec<Found> {
    let (group, text) = Group::of_search(typed);
    let candidates = || {
        let entries = entries.iter().enumerate();
        entries.filter(move |(_, entry)| group.is_none_or(|group| entry.group == group))
    };
    if text.is_empty() {
        let is_recent = |entry: &Entry| recent.contains(&entry.title);
        let mut found: Vec<(bool, usize)> = candidates()
            .map(|(index, entry)| (!is_recent(entry), index))
            .collect();
        found.sort_unstable();
        let all = found.into_iter().map(|(_, entry)| Found {
            entry,
            letters: Vec::new(),
        });
        return all.collect();
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::new(
        text,
        CaseMatching::Ignore,
        Normalization::Smart,
        AtomKind::Fuzzy,
    );
    let mut found: Vec<(u32, Found)> = candidates()
        .filter_map(|(index, entry)| {
            let (mut buffer, mut letters) = (Vec::new(), Vec::new());
            let title = Utf32Str::new(&entry.title, &mut buffer);
            let score = pattern.indices(title, &mut matcher, &mut letters)?;
            letters.sort_unstable();
            letters.dedup();
            let found = Found {
                entry: index,
                letters,
            };
            Some((score, found))
        })
        .collect();
    // Scattered letters of a long title match nearly anything: only what is nearly as good as the
    // best is worth reading.
    let best = found.iter().map(|(score, _)| *score).max().unwrap_or(0);
    found.retain(|(score, _)| *score * 2 >= best);
    found.sort_by_key(|(score, found)| {
        let group = entries.get(found.entry).map(|entry| entry.group);
        (group, std::cmp::Reverse(*score))
    });
    found.into_iter().map(|(_, found)| found).collect()
}

/// Returns the entry whose title is the most similar to what was typed, if any is.
pub fn nearest<'a>(entries: &'a [Entry], typed: &str) -> Option<&'a Entry> {
    let (_, text) = Group::of_search(typed);
    let text = text.to_lowercase();
    let similarity = |entry: &Entry| {
        let title = entry.title.to_lowercase();
        let words = title.split_whitespace().chain([&*title]);
        words
            .map(|word| strsim::jaro_winkler(word, &text))
            .fold(0.0, f64::max)
    };
    let scored = entries.iter().map(|entry| (similarity(entry), entry));
    let best = scored.max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    (best.0 > 0.75).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::Document;
    use crate::app::workspace::State;
    use crate::app::workspace::settings::Settings;
    use crate::preset;

    fn entries() -> Vec<Entry> {
        let preset = preset::load_built_in("radford-beale").unwrap();
        let document = Document::new(preset, None, true);
        super::super::entries::entries(&State::new(document, Settings::default()))
    }

    fn titles(typed: &str) -> Vec<String> {
        let entries = entries();
        let found = search(&entries, typed, &[]);
        found
            .iter()
            .map(|found| entries[found.entry].title.clone())
            .collect()
    }

    #[test]
    fn a_name_finds_its_racer_first_then_what_can_be_done_and_added() {
        let found = titles("adam");
        assert_eq!(found[..2], ["Adam", "Nadam"]);
        for expected in ["Show only Adam", "AdamW"] {
            assert!(found.iter().any(|title| title == expected), "{found:?}");
        }
    }

    #[test]
    fn letters_may_be_left_out() {
        assert!(titles("expic").contains(&"Export a picture, a clip or the numbers…".to_owned()));
    }

    #[test]
    fn a_sign_restricts_the_search_to_a_group() {
        let entries = entries();
        for (typed, group) in [
            (">und", Group::Do),
            ("+ ada", Group::Add),
            ("~", Group::Surfaces),
        ] {
            let found = search(&entries, typed, &[]);
            assert!(!found.is_empty(), "{typed}");
            assert!(
                found.iter().all(|it| entries[it.entry].group == group),
                "{typed}"
            );
        }
    }

    #[test]
    fn matched_letters_are_those_that_were_typed() {
        let entries = entries();
        for found in search(&entries, "rms", &[]) {
            let title: Vec<char> = entries[found.entry].title.chars().collect();
            let letters = found.letters.iter().map(|&letter| title[letter as usize]);
            let letters = letters.collect::<String>().to_lowercase();
            assert_eq!(letters, "rms");
        }
    }

    #[test]
    fn recent_entries_come_first_until_something_is_typed() {
        let entries = entries();
        let recent = ["Beale".to_owned()];
        let first = search(&entries, "", &recent)[0].entry;
        assert_eq!(entries[first].title, "Beale");
        assert_eq!(search(&entries, "", &recent).len(), entries.len());
    }

    #[test]
    fn what_is_misspelt_has_a_nearest_entry() {
        let entries = entries();
        assert!(search(&entries, "rosenbork", &[]).is_empty());
        let nearest = nearest(&entries, "rosenbork").unwrap();
        assert!(nearest.title.contains("Rosenbrock"), "{}", nearest.title);
        assert_eq!(super::nearest(&entries, "qqqqqqqq"), None);
    }
}
