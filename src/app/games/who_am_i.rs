//! Who am I? Anonymous trails, and guesses at their rules.

use crate::chance::{Chance, Use};

/// The guesses about a race with hidden names.
#[derive(Clone, Debug, PartialEq)]
pub struct WhoAmI {
    /// For each racer, the slot whose colour and letter replace its own.
    pub slots: Vec<usize>,
    /// For each racer, the index of the racer that was guessed.
    pub guesses: Vec<Option<usize>>,
    /// Whether the names have been revealed.
    pub revealed: bool,
    round: u64,
    seed: u64,
}

impl WhoAmI {
    /// Starts the first round with the given number of racers.
    #[must_use]
    pub fn new(racers: usize, seed: u64) -> Self {
        let mut game = Self {
            slots: (0..racers).collect(),
            guesses: vec![None; racers],
            revealed: false,
            round: 0,
            seed,
        };
        game.shuffle();
        game
    }

    /// Starts the next round, with other letters and colours.
    pub fn again(&mut self) {
        self.round += 1;
        self.revealed = false;
        self.guesses.fill(None);
        self.shuffle();
    }

    fn shuffle(&mut self) {
        let mut order: Vec<u32> = (0..).take(self.slots.len()).collect();
        Chance::new(self.seed, Use::Games, self.round).shuffle(&mut order);
        self.slots = order.into_iter().map(|slot| slot as usize).collect();
    }

    /// Returns the letter that replaces the name of the racer at `index`.
    #[must_use]
    pub fn letter(&self, index: usize) -> String {
        let slot = self.slots.get(index).copied().unwrap_or(index);
        let letter = u32::try_from(slot % 26).unwrap_or_default();
        let letter = char::from_u32(u32::from('A') + letter).unwrap_or('A');
        if slot < 26 {
            letter.to_string()
        } else {
            format!("{letter}{}", slot / 26)
        }
    }

    /// Returns the racers' indices in the order of their letters.
    #[must_use]
    pub fn in_order(&self) -> Vec<usize> {
        let mut indices: Vec<usize> = (0..self.slots.len()).collect();
        indices.sort_by_key(|&index| self.slots[index]);
        indices
    }

    /// Sets a guess, withdrawing an earlier guess of the same racer.
    pub fn guess(&mut self, index: usize, racer: Option<usize>) {
        for guess in &mut self.guesses {
            if *guess == racer {
                *guess = None;
            }
        }
        if let Some(guess) = self.guesses.get_mut(index) {
            *guess = racer;
        }
    }

    /// Returns the number of right guesses. Racers that are `alike` count as each other.
    #[must_use]
    pub fn right(&self, alike: impl Fn(usize, usize) -> bool) -> usize {
        let guesses = self.guesses.iter().enumerate();
        guesses
            .filter(|(index, guess)| guess.is_some_and(|guess| alike(*index, guess)))
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_racer_has_a_letter_of_its_own_and_rounds_differ() {
        let mut game = WhoAmI::new(8, 0);
        let letters = |game: &WhoAmI| -> Vec<String> { (0..8).map(|it| game.letter(it)).collect() };
        let first = letters(&game);
        let mut sorted = first.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, ["A", "B", "C", "D", "E", "F", "G", "H"]);
        assert_eq!(
            first,
            letters(&WhoAmI::new(8, 0)),
            "the same for all who open the preset"
        );
        game.again();
        assert_ne!(first, letters(&game));
        let order: Vec<String> = game.in_order().iter().map(|&it| game.letter(it)).collect();
        assert_eq!(order, sorted);
    }

    #[test]
    fn a_rule_is_guessed_once() {
        let mut game = WhoAmI::new(3, 0);
        game.guess(0, Some(2));
        game.guess(1, Some(2));
        assert_eq!(game.guesses, [None, Some(2), None]);
        game.guess(2, Some(0));
        let same = |a, b| a == b;
        assert_eq!(game.right(same), 0);
        game.guess(1, Some(1));
        assert_eq!(game.right(same), 1);
        game.guess(9, Some(0));
        assert_eq!(game.guesses, [None, Some(1), None]);
    }
}
