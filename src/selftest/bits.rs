//! Races that are the same to the last bit on every platform.

use crate::experiment::{Experiment, Racer};
use crate::optimizer::OptimizerChoice;
use crate::simulation::{Trajectory, simulate};
use crate::surface::SurfaceChoice;

/// Surfaces that are polynomials.
const SURFACES: [SurfaceChoice; 11] = [
    SurfaceChoice::Beale,
    SurfaceChoice::Rosenbrock,
    SurfaceChoice::Saddle,
    SurfaceChoice::LongValley,
    SurfaceChoice::Himmelblau,
    SurfaceChoice::Booth,
    SurfaceChoice::Matyas,
    SurfaceChoice::ThreeHumpCamel,
    SurfaceChoice::SixHumpCamel,
    SurfaceChoice::GoldsteinPrice,
    SurfaceChoice::MonkeySaddle,
];

/// Where the races start, in widths of the surface's window from its middle.
const STARTS: [[f64; 2]; 2] = [[0.3125, -0.1875], [-0.375, 0.25]];

/// The number of steps.
const STEPS: usize = 400;

/// All bits of a rule's paths, as one number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// The name of the rule.
    pub rule: &'static str,
    /// The number that its paths give on this platform.
    pub here: u64,
    /// The number that they give everywhere.
    pub everywhere: u64,
}

/// Returns the fingerprints of all rules that only add, subtract, multiply, divide and take square
/// roots.
pub fn fingerprints() -> impl Iterator<Item = Fingerprint> {
    EVERYWHERE.into_iter().filter_map(|(rule, everywhere)| {
        let all = OptimizerChoice::all().iter();
        let mut named = all.filter(|it| it.rule().about().name == rule);
        let here = fingerprint(named.next()?);
        Some(Fingerprint {
            rule,
            here,
            everywhere,
        })
    })
}

/// Returns all bits of a rule's paths on all surfaces as one number.
fn fingerprint(rule: &OptimizerChoice) -> u64 {
    let mut hash = Fnv::default();
    for surface in SURFACES {
        let window = surface.open().window();
        for [across, up] in STARTS {
            let [x, y] = [window.x, window.y];
            let start = [
                0.5 * (x[0] + x[1]) + across * (x[1] - x[0]),
                0.5 * (y[0] + y[1]) + up * (y[1] - y[0]),
            ];
            let race = Experiment {
                surface: surface.clone(),
                start,
                steps: STEPS,
                racers: vec![Racer::new(rule.clone())],
                ..Experiment::default()
            };
            for path in simulate(&race) {
                hash.add_path(&path);
            }
        }
    }
    hash.0
}

/// The hash of Fowler, Noll and Vo, in the variant 1a with 64 bits.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add_path(&mut self, path: &Trajectory) {
        let columns = [&path.x, &path.y, &path.loss];
        for value in columns.into_iter().flatten() {
            self.add(*value);
        }
    }

    fn add(&mut self, value: f64) {
        // Which of its bits are set in what is no number is left to the platform.
        let value = if value.is_nan() { f64::NAN } else { value };
        for byte in value.to_bits().to_le_bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// The rules, and the numbers that their paths give.
const EVERYWHERE: [(&str, u64); 18] = [
    ("GradientDescent", 0x6815_9fef_bf9b_22c6),
    ("Momentum", 0x47d2_f126_6824_ae70),
    ("Nesterov", 0x1bd4_5c45_88e8_441d),
    ("Adagrad", 0xf86d_00dc_0091_8373),
    ("Adadelta", 0x4b93_a85a_c9d7_b424),
    ("RMSProp", 0x30a7_fe27_3521_b807),
    ("Adam", 0xd73c_3efc_d69b_c925),
    ("AdamW", 0xf4a4_6134_7efa_8b90),
    ("Adamax", 0xb1f7_d9eb_5d22_bb81),
    ("RAdam", 0x03ba_84e2_4955_4100),
    ("AdaBelief", 0x2ab3_4a6b_fbed_e911),
    ("Yogi", 0xe1a2_0d7f_7807_947c),
    ("Lion", 0xccb7_b5a7_d8b4_c5e1),
    ("Rprop", 0x5c95_c2a1_75ac_775c),
    ("PolyakSgd", 0xe6cb_485d_0d60_4a22),
    ("Newton", 0xdd16_97ea_77ec_3c9a),
    ("Shampoo", 0xbeb4_c6f3_ee37_4776),
    ("Lookahead", 0xadb6_f3b4_7886_42ad),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn races_without_transcendental_functions_are_the_same_everywhere() {
        let all: Vec<Fingerprint> = fingerprints().collect();
        assert_eq!(all.len(), EVERYWHERE.len(), "a rule has another name");
        let other = all.iter().filter(|it| it.here != it.everywhere);
        let other: Vec<String> = other
            .map(|it| format!("(\"{}\", {:#018x}),", it.rule, it.here))
            .collect();
        assert!(other.is_empty(), "other bits:\n{}", other.join("\n"));
    }

    #[test]
    fn one_bit_makes_another_number() {
        let hash = |value| {
            let mut hash = Fnv::default();
            hash.add(value);
            hash.0
        };
        assert_ne!(hash(1.0), hash(1.0 + f64::EPSILON));
        assert_ne!(hash(0.0), hash(-0.0));
        assert_eq!(hash(f64::NAN), hash(-f64::NAN));
        // Of eight bytes 0, the xor leaves the hash as it is.
        let expected = (0..8).fold(0xcbf2_9ce4_8422_2325_u64, |hash, _| {
            hash.wrapping_mul(0x0100_0000_01b3)
        });
        assert_eq!(hash(0.0), expected);
    }
}
