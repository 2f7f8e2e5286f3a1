//! Chooses a few colours that represent many: cuts the cloud of colours into boxes, spends the
//! remaining entries on the colours that the boxes represent worst, and refines all entries.

use super::oklab::{Lab, distance_squared, oklab};
use crate::pause::pause;

/// The number of palette entries reserved for the colours that the boxes represent worst.
const SLOTS_FOR_RARITIES: usize = 32;

/// The number of rounds in which each entry moves to the mean of the colours it represents.
const ROUNDS_OF_SETTLING: usize = 6;

/// If one colour makes up this share of an entry's pixels, the entry is exactly that colour.
const SHARE_THAT_DECIDES: f64 = 0.5;

/// A colour to be represented by the palette.
#[derive(Clone, Copy, Debug)]
pub(super) struct Swatch {
    rgb: [u8; 3],
    lab: Lab,
    count: u32,
    /// The weight of an error in this colour.
    weight: f32,
}

impl Swatch {
    /// A colour with its number of pixels.
    ///
    /// A thousand pixels don't matter a thousand times as much as one: the eye follows a thin
    /// bright line, not the wide background. So the weight grows less than proportionally with the
    /// count, and is larger for saturated colours.
    pub(super) fn of(rgb: [u8; 3], count: u32) -> Self {
        let lab = oklab(rgb);
        let chroma = lab[1].hypot(lab[2]);
        #[expect(
            clippy::cast_precision_loss,
            reason = "a weight needs no more than six digits"
        )]
        let weight = (count as f32).powf(0.85) * (1.0 + 4.0 * chroma);
        Self {
            rgb,
            lab,
            count,
            weight,
        }
    }
}

/// Up to `slots` colours that represent all swatches well.
pub(super) async fn representatives(swatches: &[Swatch], slots: usize) -> Vec<[u8; 3]> {
    let boxes = cut_into_boxes(swatches.to_vec(), slots.saturating_sub(SLOTS_FOR_RARITIES));
    let mut centers: Vec<Lab> = boxes.iter().map(|members| mean(members)).collect();
    pause().await;
    add_rarities(swatches, &mut centers, slots);
    settle(swatches, &mut centers).await;
    let mut members = vec![Vec::new(); centers.len()];
    for (swatch, &slot) in swatches.iter().zip(&nearest_centers(swatches, &centers)) {
        members[slot].push(*swatch);
    }
    members
        .iter()
        .filter_map(|members| color_of(members))
        .collect()
}

/// Repeatedly cuts the box with the largest error.
fn cut_into_boxes(swatches: Vec<Swatch>, most: usize) -> Vec<Vec<Swatch>> {
    let mut boxes = vec![Spread::of(swatches)];
    while boxes.len() < most {
        let worst = boxes
            .iter()
            .enumerate()
            .max_by(|a, b| a.1.error.total_cmp(&b.1.error));
        let Some((worst, _)) = worst.filter(|(_, spread)| spread.error > 0.0) else {
            break;
        };
        let (low, high) = boxes.swap_remove(worst).halves();
        boxes.push(low);
        boxes.push(high);
    }
    boxes.into_iter().map(|spread| spread.members).collect()
}

/// A box of colours that knows its widest axis.
struct Spread {
    members: Vec<Swatch>,
    axis: usize,
    error: f32,
}

impl Spread {
    fn of(members: Vec<Swatch>) -> Self {
        let middle = mean(&members);
        let mut variance = [0.0; 3];
        for swatch in &members {
            for axis in 0..3 {
                variance[axis] += swatch.weight * (swatch.lab[axis] - middle[axis]).powi(2);
            }
        }
        let axis = (0..3).fold(0, |best, axis| {
            if variance[axis] > variance[best] {
                axis
            } else {
                best
            }
        });
        Self {
            members,
            axis,
            error: variance.iter().sum(),
        }
    }

    /// Cuts the box so that the total error of both halves is smallest.
    fn halves(mut self) -> (Self, Self) {
        let axis = self.axis;
        self.members
            .sort_by(|a, b| a.lab[axis].total_cmp(&b.lab[axis]));
        let weighted = |swatch: &Swatch| {
            let weight = f64::from(swatch.weight);
            (weight, weight * f64::from(swatch.lab[axis]))
        };
        let (all, all_sum) = self
            .members
            .iter()
            .map(weighted)
            .fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
        let (mut low, mut low_sum) = (0.0, 0.0);
        let mut best = (f64::MIN, 1);
        for (index, swatch) in self.members.iter().enumerate().take(self.members.len() - 1) {
            let (weight, sum) = weighted(swatch);
            low += weight;
            low_sum += sum;
            // The reduction of the error by this cut, up to a constant.
            let gain = low_sum * low_sum / low + (all_sum - low_sum).powi(2) / (all - low);
            if gain > best.0 {
                best = (gain, index + 1);
            }
        }
        let high = self.members.split_off(best.1);
        (Self::of(self.members), Self::of(high))
    }
}

/// Gives the remaining entries, one at a time, to the colour with the largest error.
fn add_rarities(swatches: &[Swatch], centers: &mut Vec<Lab>, slots: usize) {
    let mut errors: Vec<f32> = nearest_centers(swatches, centers)
        .into_iter()
        .zip(swatches)
        .map(|(slot, swatch)| distance_squared(swatch.lab, centers[slot]))
        .collect();
    while centers.len() < slots {
        let regret = |&(swatch, error): &(&Swatch, &f32)| *error * swatch.weight.sqrt();
        let worst = swatches
            .iter()
            .zip(&errors)
            .max_by(|a, b| regret(a).total_cmp(&regret(b)));
        let Some((&Swatch { lab, .. }, _)) = worst.filter(|(_, error)| **error > 0.0) else {
            break;
        };
        centers.push(lab);
        for (error, swatch) in errors.iter_mut().zip(swatches) {
            *error = error.min(distance_squared(swatch.lab, lab));
        }
    }
}

/// Moves each entry to the mean of its colours, repeatedly, since the colours then switch entries.
async fn settle(swatches: &[Swatch], centers: &mut [Lab]) {
    for _ in 0..ROUNDS_OF_SETTLING {
        pause().await;
        let mut sums = vec![([0.0; 3], 0.0); centers.len()];
        for (swatch, slot) in swatches.iter().zip(nearest_centers(swatches, centers)) {
            let (sum, weight) = &mut sums[slot];
            *weight += swatch.weight;
            for (sum, position) in sum.iter_mut().zip(swatch.lab) {
                *sum += swatch.weight * position;
            }
        }
        for (center, (sum, weight)) in centers.iter_mut().zip(sums) {
            if weight > 0.0 {
                *center = sum.map(|sum| sum / weight);
            }
        }
    }
}

/// The entry nearest to each swatch.
fn nearest_centers(swatches: &[Swatch], centers: &[Lab]) -> Vec<usize> {
    let nearest = super::nearest::Nearest::new(centers);
    swatches
        .iter()
        .map(|swatch| nearest.to(swatch.lab))
        .collect()
}

fn mean(members: &[Swatch]) -> Lab {
    let total: f32 = members.iter().map(|swatch| swatch.weight).sum();
    [0, 1, 2].map(|axis| {
        members
            .iter()
            .map(|swatch| swatch.weight * swatch.lab[axis])
            .sum::<f32>()
            / total
    })
}

/// The colour of an entry: the one that most of its pixels have, or else the mean.
fn color_of(members: &[Swatch]) -> Option<[u8; 3]> {
    let commonest = members.iter().max_by_key(|swatch| swatch.count)?;
    let pixels: f64 = members.iter().map(|swatch| f64::from(swatch.count)).sum();
    if f64::from(commonest.count) >= SHARE_THAT_DECIDES * pixels {
        return Some(commonest.rgb);
    }
    let total: f32 = members.iter().map(|swatch| swatch.weight).sum();
    Some([0, 1, 2].map(|channel| {
        let sum: f32 = members
            .iter()
            .map(|swatch| swatch.weight * f32::from(swatch.rgb[channel]))
            .sum();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a mean of bytes is a byte"
        )]
        let mean = (sum / total).round() as u8;
        mean
    }))
}
