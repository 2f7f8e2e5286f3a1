//! Writes the weights of a network, in the form in which `initial: File(…)` reads them.

use std::io::{self, Write};
use std::path::Path;

/// The form of a file of weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeightsFormat {
    /// One number a line.
    Csv,
    /// A one-dimensional array of doubles.
    Npy,
}

impl WeightsFormat {
    /// The form that a file's name asks for: NPY if it ends so, else CSV.
    #[must_use]
    pub fn of(file: &Path) -> Self {
        let is_npy = |ending: &std::ffi::OsStr| ending.eq_ignore_ascii_case("npy");
        if file.extension().is_some_and(is_npy) {
            Self::Npy
        } else {
            Self::Csv
        }
    }

    /// Writes all weights: layer by layer the matrix row by row, then the biases, which is the order
    /// of `PyTorch`'s `parameters()`. Numbers are in the shortest form that parses back to the same
    /// `f64`.
    ///
    /// # Errors
    /// Returns an error if writing to `to` fails.
    pub fn write(self, to: &mut dyn Write, weights: &[f64]) -> io::Result<()> {
        match self {
            Self::Csv => weights
                .iter()
                .try_for_each(|weight| writeln!(to, "{weight:?}")),
            Self::Npy => {
                to.write_all(&npy_header(weights.len()))?;
                weights
                    .iter()
                    .try_for_each(|weight| to.write_all(&weight.to_le_bytes()))
            }
        }
    }
}

/// The header of an NPY file, version 1.0, whose length is a multiple of 64.
fn npy_header(count: usize) -> Vec<u8> {
    let about = format!("{{'descr': '<f8', 'fortran_order': False, 'shape': ({count},), }}");
    // Magic, version, length, and the line's end.
    let rest = 10 + about.len() + 1;
    let padding = rest.next_multiple_of(64) - rest;
    let length = u16::try_from(about.len() + padding + 1).unwrap_or(u16::MAX);
    let mut header = b"\x93NUMPY\x01\x00".to_vec();
    header.extend(length.to_le_bytes());
    header.extend(about.bytes());
    header.extend(std::iter::repeat_n(b' ', padding));
    header.push(b'\n');
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_choose_the_form() {
        for (name, form) in [
            ("a.npy", WeightsFormat::Npy),
            ("a.NPY", WeightsFormat::Npy),
            ("a.csv", WeightsFormat::Csv),
            ("npy", WeightsFormat::Csv),
        ] {
            assert_eq!(WeightsFormat::of(Path::new(name)), form);
        }
    }

    #[test]
    fn a_header_of_npy_fills_whole_blocks() {
        for count in [0, 1, 20_000] {
            let header = npy_header(count);
            assert_eq!(header.len() % 64, 0);
            let length = usize::from(u16::from_le_bytes([header[8], header[9]]));
            assert_eq!(length + 10, header.len());
            assert_eq!(header.last(), Some(&b'\n'));
        }
    }
}
