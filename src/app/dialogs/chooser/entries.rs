//! What the chooser lists, and how it is searched.

use crate::app::settings::library::Library;
use crate::optimizer::{History, Kin, Listed, OptimizerChoice};

/// A rule that can be added.
#[derive(Clone, Debug)]
pub struct Card {
    /// The name under which it is a favourite.
    pub name: String,
    /// The display name.
    pub title: String,
    /// One sentence in plain words.
    pub idea: String,
    /// Who published it.
    pub source: &'static str,
    /// Where it comes from; `None` for a rule in the library.
    pub history: Option<&'static History>,
    /// The rule.
    pub optimizer: OptimizerChoice,
}

/// A part of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shelf {
    /// The favourites.
    Favourites,
    /// All rules.
    #[default]
    All,
    /// The rules in the library.
    Mine,
    /// A family.
    Kin(Kin),
}

impl Shelf {
    /// The name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Favourites => "Favourites",
            Self::All => "All",
            Self::Mine => "My rules",
            Self::Kin(kin) => kin.title(),
        }
    }

    /// What stands on it, in a few words.
    pub fn idea(self) -> &'static str {
        match self {
            Self::Favourites => "those with a star",
            Self::All => "",
            Self::Mine => "kept in my library",
            Self::Kin(kin) => kin.idea(),
        }
    }

    /// Returns whether a card stands on it.
    pub fn has(self, card: &Card, favourites: &[String]) -> bool {
        match self {
            Self::Favourites => favourites.contains(&card.name),
            Self::All => true,
            Self::Mine => card.history.is_none(),
            Self::Kin(kin) => card.history.is_some_and(|it| it.kin == kin),
        }
    }
}

/// Returns all cards: the rules in the library, and those that are built in.
pub fn cards(library: &Library) -> Vec<Card> {
    let mine = library.rules().map(|rule| Card {
        name: rule.title().to_owned(),
        title: rule.title().to_owned(),
        idea: rule.text().to_owned(),
        source: "my library",
        history: None,
        optimizer: OptimizerChoice::Rule(rule.clone()),
    });
    let listed = Listed::all().iter().map(|it| Card {
        name: it.name.to_owned(),
        title: it.title.to_owned(),
        idea: it.idea.clone(),
        source: it.source,
        history: it.history,
        optimizer: it.optimizer.clone(),
    });
    mine.chain(listed).collect()
}

/// Returns how badly a card fits what was typed: 0 is best, `None` not at all. Titles count first, from
/// their beginnings to scattered letters, then what is written on the card.
pub fn misfit(card: &Card, typed: &str) -> Option<usize> {
    let typed = typed.trim().to_lowercase();
    let title = card.title.to_lowercase();
    let mut words = title.split(|letter: char| !letter.is_alphanumeric());
    let rank = if title == typed {
        0
    } else if title.starts_with(&typed) {
        1
    } else if words.any(|word| !word.is_empty() && word.starts_with(&typed)) {
        2
    } else if initials(&card.title).starts_with(&typed) {
        3
    } else if title.contains(&typed) {
        4
    } else if is_scattered(&title, &typed) {
        5
    } else {
        let year = card
            .history
            .map(|it| it.year.to_string())
            .unwrap_or_default();
        let text = format!("{} {} {year}", card.idea, card.source).to_lowercase();
        if typed.chars().count() < 3 || !text.contains(&typed) {
            return None;
        }
        6
    };
    // Of equals, the shortest is meant.
    Some(rank * 1_000 + title.chars().count().min(999))
}

/// The first letters of the words of a title, and its capitals.
fn initials(title: &str) -> String {
    let mut letters = String::new();
    let mut before = ' ';
    for letter in title.chars() {
        if letter.is_alphanumeric() && (!before.is_alphanumeric() || letter.is_uppercase()) {
            letters.extend(letter.to_lowercase());
        }
        before = letter;
    }
    letters
}

/// Returns whether the letters stand in the title in this order.
fn is_scattered(title: &str, letters: &str) -> bool {
    let mut title = title.chars();
    letters.chars().all(|letter| title.any(|it| it == letter))
}

/// Returns the cards of a shelf that fit what was typed, in their order. What is typed is sought on all
/// shelves.
pub fn found<'a>(
    cards: &'a [Card],
    typed: &str,
    shelf: Shelf,
    favourites: &[String],
    by_name: bool,
) -> Vec<&'a Card> {
    if !typed.trim().is_empty() {
        let fits = cards
            .iter()
            .filter_map(|card| Some((misfit(card, typed)?, card)));
        let mut fits: Vec<(usize, &Card)> = fits.collect();
        fits.sort_by_key(|(misfit, _)| *misfit);
        return fits.into_iter().map(|(_, card)| card).collect();
    }
    let on_shelf = cards.iter().filter(|card| shelf.has(card, favourites));
    let mut on_shelf: Vec<&Card> = on_shelf.collect();
    if by_name {
        on_shelf.sort_by_key(|card| (card.history.is_some(), card.title.to_lowercase()));
    } else {
        on_shelf.sort_by_key(|card| card.history.map(|it| it.year));
    }
    on_shelf
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Card> {
        cards(&Library::default())
    }

    fn best(cards: &[Card], typed: &str) -> Option<String> {
        let found = found(cards, typed, Shelf::All, &[], false);
        found.first().map(|card| card.title.clone())
    }

    /// All texts of up to three letters of a title, in their order.
    fn short(title: &str) -> Vec<String> {
        let letters: Vec<char> = title
            .to_lowercase()
            .chars()
            .filter(|it| *it != ' ')
            .collect();
        let mut all = Vec::new();
        for first in 0..letters.len() {
            for second in first + 1..letters.len() {
                all.push([letters[first], letters[second]].iter().collect());
                for third in second + 1..letters.len() {
                    all.push(
                        [letters[first], letters[second], letters[third]]
                            .iter()
                            .collect(),
                    );
                }
            }
        }
        all
    }

    #[test]
    fn three_letters_of_its_title_find_every_rule() {
        let cards = all();
        for card in &cards {
            let is_found = |typed: &String| best(&cards, typed).as_ref() == Some(&card.title);
            assert!(short(&card.title).iter().any(is_found), "{}", card.title);
        }
    }

    #[test]
    fn words_initials_years_and_authors_are_found() {
        let cards = all();
        for (typed, title) in [
            ("gd", "Gradient descent"),
            ("rms", "RMSProp"),
            ("adam", "Adam"),
            ("1983", "Nesterov"),
            ("duchi", "Adagrad"),
            ("ams", "AMSGrad"),
        ] {
            assert_eq!(best(&cards, typed).as_deref(), Some(title), "{typed}");
        }
        assert_eq!(best(&cards, "no such rule"), None);
    }

    #[test]
    fn every_rule_stands_on_the_shelf_of_one_family() {
        let cards = all();
        let counts = Kin::ALL.map(|kin| found(&cards, "", Shelf::Kin(kin), &[], false).len());
        assert_eq!(counts.iter().sum::<usize>(), cards.len());
        let years: Vec<u16> = found(&cards, "", Shelf::All, &[], false)
            .iter()
            .filter_map(|it| it.history.map(|it| it.year))
            .collect();
        assert!(years.is_sorted());
    }
}
