//! Fuzzy search over the entries of the palette.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::items::{Group, Item};

/// An item that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The item's index.
    pub item: usize,
    /// The indices of the letters of its title that match.
    pub letters: Vec<u32>,
}

/// Returns the items that match what was typed, group by group and best first. If nothing was
/// typed, these are all items, the recent ones first.
pub fn search(items: &[Item], typed: &str, recent: &[String]) -> Vec<Found> {
    let (group, text) = Group::of_search(typed);
    let candidates = || {
        let items = items.iter().enumerate();
        items.filter(move |(_, item)| group.is_none_or(|group| item.group == group))
    };
    if text.is_empty() {
        let age = |item: &Item| {
            let place = recent.iter().position(|title| *title == item.title);
            place.unwrap_or(usize::MAX)
        };
        let mut found: Vec<(usize, usize)> = candidates()
            .map(|(index, item)| (age(item), index))
            .collect();
        found.sort_unstable();
        let all = found.into_iter().map(|(_, item)| Found {
            item,
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
        .filter_map(|(index, item)| {
            let (mut buffer, mut letters) = (Vec::new(), Vec::new());
            let title = Utf32Str::new(&item.title, &mut buffer);
            let score = pattern.indices(title, &mut matcher, &mut letters)?;
            letters.sort_unstable();
            letters.dedup();
            let found = Found {
                item: index,
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
        let group = items.get(found.item).map(|item| item.group);
        (group, std::cmp::Reverse(*score))
    });
    found.into_iter().map(|(_, found)| found).collect()
}

/// Returns the item whose title is the most similar to what was typed, if any is.
pub fn nearest<'a>(items: &'a [Item], typed: &str) -> Option<&'a Item> {
    let (_, text) = Group::of_search(typed);
    let text = text.to_lowercase();
    let similarity = |item: &Item| {
        let title = item.title.to_lowercase();
        let words = title.split_whitespace().chain([&*title]);
        words
            .map(|word| strsim::jaro_winkler(word, &text))
            .fold(0.0, f64::max)
    };
    let scored = items.iter().map(|item| (similarity(item), item));
    let best = scored.max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    (best.0 > 0.75).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::Document;
    use crate::app::document::source::Source;
    use crate::app::settings::Settings;
    use crate::app::workspace::Workspace;
    use crate::preset;

    fn items() -> Vec<Item> {
        let preset = preset::load_built_in("radford-beale").unwrap();
        let document = Document::new(preset, Source::New);
        super::super::items::items(&Workspace::new(document, Settings::default()))
    }

    fn titles(typed: &str) -> Vec<String> {
        let items = items();
        let found = search(&items, typed, &[]);
        found
            .iter()
            .map(|found| items[found.item].title.clone())
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
        let items = items();
        for (typed, group) in [
            (">und", Group::Do),
            ("+ ada", Group::Add),
            ("~", Group::Surfaces),
        ] {
            let found = search(&items, typed, &[]);
            assert!(!found.is_empty(), "{typed}");
            assert!(
                found.iter().all(|it| items[it.item].group == group),
                "{typed}"
            );
        }
    }

    #[test]
    fn matched_letters_are_those_that_were_typed() {
        let items = items();
        for found in search(&items, "rms", &[]) {
            let title: Vec<char> = items[found.item].title.chars().collect();
            let letters = found.letters.iter().map(|&letter| title[letter as usize]);
            let letters = letters.collect::<String>().to_lowercase();
            assert_eq!(letters, "rms");
        }
    }

    #[test]
    fn recent_entries_come_first_until_something_is_typed() {
        let items = items();
        let recent = ["Beale".to_owned()];
        let first = search(&items, "", &recent)[0].item;
        assert_eq!(items[first].title, "Beale");
        assert_eq!(search(&items, "", &recent).len(), items.len());
    }

    #[test]
    fn what_is_misspelt_has_a_nearest_entry() {
        let items = items();
        assert!(search(&items, "rosenbork", &[]).is_empty());
        let nearest = nearest(&items, "rosenbork").unwrap();
        assert!(nearest.title.contains("Rosenbrock"), "{}", nearest.title);
        assert_eq!(super::nearest(&items, "qqqqqqqq"), None);
    }
}
