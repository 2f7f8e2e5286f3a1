//! Finds the palette entry nearest to a colour.

use super::oklab::Lab;

/// Entries are compared in groups of this size, which the compiler turns into vector instructions.
const GROUP: usize = 8;

/// The coordinates of the entries, one list per axis, padded to whole groups with entries at
/// infinity.
#[derive(Clone, Debug)]
pub(super) struct Nearest {
    groups: Vec<[[f32; GROUP]; 3]>,
}

impl Nearest {
    /// Stores the coordinates of the entries.
    pub(super) fn new(slots: &[Lab]) -> Self {
        let groups = slots.chunks(GROUP).map(|slots| {
            let mut group = [[f32::INFINITY; GROUP]; 3];
            for (position, slot) in slots.iter().enumerate() {
                for axis in 0..3 {
                    group[axis][position] = slot[axis];
                }
            }
            group
        });
        Self {
            groups: groups.collect(),
        }
    }

    /// The index of the entry nearest to a colour, the first one of a tie; 0 if there are no
    /// entries.
    pub(super) fn to(&self, lab: Lab) -> usize {
        // Each lane of a group keeps its own best, so that no lane depends on another.
        let mut best = [f32::INFINITY; GROUP];
        let mut best_group = [0usize; GROUP];
        for (index, group) in self.groups.iter().enumerate() {
            for position in 0..GROUP {
                let [l, a, b] = [0, 1, 2].map(|axis| group[axis][position] - lab[axis]);
                let distance = l * l + a * a + b * b;
                let nearer = distance < best[position];
                best[position] = if nearer { distance } else { best[position] };
                best_group[position] = if nearer { index } else { best_group[position] };
            }
        }
        let slots =
            (0..GROUP).map(|position| (best[position], best_group[position] * GROUP + position));
        slots
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            .map_or(0, |(_, slot)| slot)
    }
}

#[cfg(test)]
mod tests {
    use super::super::oklab::distance_squared;
    use super::*;

    #[test]
    fn finds_what_a_plain_search_finds() {
        let noise = |seed: u16| [0.7, 0.3, 0.9].map(|f| (f32::from(seed) * f * 12.9898).sin());
        for count in [0, 1, 7, 8, 9, 255] {
            let slots: Vec<Lab> = (0..count).map(noise).collect();
            let nearest = Nearest::new(&slots);
            for seed in 1000..1100 {
                let lab = noise(seed);
                let distance = |slot: &Lab| distance_squared(*slot, lab);
                let plain = slots.iter().map(distance).enumerate();
                let plain = plain
                    .min_by(|a, b| a.1.total_cmp(&b.1))
                    .map(|(slot, _)| slot);
                assert_eq!(nearest.to(lab), plain.unwrap_or(0));
            }
        }
    }
}
