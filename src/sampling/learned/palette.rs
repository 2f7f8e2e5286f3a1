//! Paints predictions.

use super::field::most_probable;
use super::{Field, Outlook};
use crate::sampling::ColourMap;

/// The colours of predictions.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// The ground, where nothing is certain.
    pub ground: [u8; 3],
    /// The colour of each class.
    pub classes: Vec<[u8; 3]>,
    /// How strong the colour of a class is where it is certain, from 0 to 1.
    pub strength: f32,
    /// The colours of numbers from low to high.
    pub numbers: ColourMap,
}

impl Palette {
    /// The picture of the probabilities of classes, one pixel per node: red, green, blue. Row 0 is
    /// the top. A pixel has the colour of its most probable class, the stronger the more probable
    /// the class is beyond pure chance, or that of the ground where nothing is predicted.
    #[must_use]
    pub fn paint_regions(&self, field: &Field) -> Vec<[u8; 3]> {
        let rows = field.each_row().rev();
        rows.flatten().map(|node| self.of_node(node)).collect()
    }

    /// The picture of the numbers of a regression, one pixel per node. Row 0 is the top.
    #[must_use]
    pub fn paint_numbers(&self, field: &Field, outlook: &Outlook) -> Vec<[u8; 3]> {
        let rows = field.each_row().rev();
        let number = |node: &[f32]| node.first().copied().unwrap_or(f32::NAN);
        rows.flatten()
            .map(|node| self.of_number(f64::from(number(node)), outlook))
            .collect()
    }

    /// The colour of a number within the range of the targets.
    #[must_use]
    pub fn of_number(&self, number: f64, outlook: &Outlook) -> [u8; 3] {
        let [low, high] = outlook.targets();
        if number.is_nan() {
            return self.ground;
        }
        self.numbers.at((number - low) / (high - low))
    }

    fn of_node(&self, probabilities: &[f32]) -> [u8; 3] {
        let Some(class) = most_probable(probabilities) else {
            return self.ground;
        };
        let chance = 1.0 / probabilities.len().max(2) as f32;
        let certainty = (probabilities[class] - chance) / (1.0 - chance);
        let color = self.classes.get(class).copied().unwrap_or(self.ground);
        let share = self.strength * (0.25 + 0.75 * certainty.clamp(0.0, 1.0));
        [0, 1, 2].map(|channel| {
            let (from, to) = (f32::from(self.ground[channel]), f32::from(color[channel]));
            (from + share * (to - from)).round() as u8
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_painted_the_stronger_the_more_certain_it_is() {
        let palette = Palette {
            ground: [0, 0, 0],
            classes: vec![[200, 0, 0], [0, 0, 200]],
            strength: 0.5,
            numbers: ColourMap::from_hex(&[0]),
        };
        let field = Field::new([2, 2], 2, vec![1.0, 0.0, 0.75, 0.25, 0.2, 0.8]);
        let [above, _, certain, unsure] = palette.paint_regions(&field)[..] else {
            panic!("four nodes")
        };
        assert_eq!(certain, [100, 0, 0]);
        assert!(unsure[0] < certain[0] && unsure[0] > 0);
        assert!(above[2] > 0 && above[0] == 0, "row 1 is the top");
        assert_eq!(palette.paint_regions(&field)[1], [0, 0, 0], "NaN");
    }
}
