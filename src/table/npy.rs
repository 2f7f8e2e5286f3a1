//! NumPy's own files: arrays of numbers with one or two dimensions.
//!
//! The format is defined by `numpy.lib.format`: a magic string, a version, the length of a header,
//! the header (a Python literal with three keys), and the numbers. The keys are read by hand,
//! because the existing crates parse any Python literal recursively, so that a malicious file can
//! overflow the stack.

/// An array of numbers, row by row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Array {
    /// The type of the numbers in NumPy's notation: `<f8`.
    pub(super) kind: String,
    pub(super) columns: usize,
    pub(super) values: Vec<f64>,
}

/// The maximum number of numbers: 1 GB of doubles, whatever they take in the file.
const MOST_NUMBERS: usize = 1 << 27;

const MAGIC: &[u8] = b"\x93NUMPY";

/// Returns whether these are the bytes of an NPY file.
pub(super) fn is_npy(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Returns the array in an NPY file, or what is wrong with it.
pub(super) fn read(bytes: &[u8]) -> Result<Array, String> {
    let (header, body) = parts(bytes).ok_or("it ends inside its header")?;
    let header = std::str::from_utf8(header).map_err(|_| "its header is no text")?;
    let kind = value(header, "descr")
        .and_then(|text| text.strip_prefix('\''))
        .and_then(|text| text.split('\'').next())
        .ok_or("it holds records with named fields, but only plain numbers are read")?;
    let number = Kind::of(kind).ok_or_else(|| {
        format!("it holds {kind}, but only whole and floating-point numbers are read")
    })?;
    let by_column = value(header, "fortran_order").is_some_and(|text| text.starts_with("True"));
    let [rows, columns] = shape(header)?;
    let width = number.width;
    let count = rows.checked_mul(columns).filter(|count| {
        // The size of the file limits the memory allocated.
        count.checked_mul(width) == Some(body.len())
    });
    let count = count.ok_or_else(|| {
        format!(
            "its header says {rows} x {columns} numbers of {width} bytes, but {} bytes follow",
            body.len()
        )
    })?;
    if count > MOST_NUMBERS {
        return Err(format!(
            "it holds {} numbers, but at most {} are read",
            crate::number::count(count),
            crate::number::count(MOST_NUMBERS)
        ));
    }
    if count == 0 {
        // Nothing would limit the number of columns.
        return Err("it holds no numbers".to_owned());
    }
    let number = |index: usize| number.number(&body[index * width..][..width]);
    let values = if by_column {
        let position = |index: usize| (index % columns) * rows + index / columns;
        (0..count).map(|index| number(position(index))).collect()
    } else {
        (0..count).map(number).collect()
    };
    Ok(Array {
        kind: kind.to_owned(),
        columns,
        values,
    })
}

/// Returns the header and the bytes after it.
fn parts(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (version, rest) = bytes.strip_prefix(MAGIC)?.split_at_checked(2)?;
    let (length, rest) = if version[0] == 1 {
        let (length, rest) = rest.split_first_chunk::<2>()?;
        (usize::from(u16::from_le_bytes(*length)), rest)
    } else {
        let (length, rest) = rest.split_first_chunk::<4>()?;
        (usize::try_from(u32::from_le_bytes(*length)).ok()?, rest)
    };
    rest.split_at_checked(length)
}

/// Returns the text after a key of the header.
fn value<'a>(header: &'a str, key: &str) -> Option<&'a str> {
    let (_, rest) = header.split_once(&format!("'{key}'"))?;
    Some(rest.trim_start().strip_prefix(':')?.trim_start())
}

/// Returns the number of rows and columns. A one-dimensional array is one column.
fn shape(header: &str) -> Result<[usize; 2], String> {
    let sizes = value(header, "shape")
        .and_then(|text| text.strip_prefix('('))
        .and_then(|text| text.split(')').next())
        .ok_or("its header has no shape")?;
    let sizes: Vec<usize> = sizes
        .split(',')
        .map(str::trim)
        .filter(|size| !size.is_empty())
        .map(|size| size.parse().map_err(|_| "its shape holds no whole numbers"))
        .collect::<Result<_, _>>()?;
    match sizes[..] {
        [rows] => Ok([rows, 1]),
        [rows, columns] => Ok([rows, columns]),
        _ => Err(format!(
            "its array has {} dimensions, but must have 1 or 2",
            sizes.len()
        )),
    }
}

/// The type of a number: `<f8`.
#[derive(Clone, Copy, Debug)]
struct Kind {
    big_end_first: bool,
    letter: u8,
    width: usize,
}

impl Kind {
    /// Returns `None` if it is neither an integer nor a floating-point type.
    fn of(text: &str) -> Option<Self> {
        let [order, letter, width] = *text.as_bytes().first_chunk::<3>()?;
        let kind = Self {
            big_end_first: order == b'>',
            letter,
            width: usize::from(width.checked_sub(b'0')?),
        };
        let widths: &[usize] = match letter {
            b'f' => &[2, 4, 8],
            b'i' | b'u' => &[1, 2, 4, 8],
            b'b' => &[1],
            _ => &[],
        };
        (text.len() == 3 && widths.contains(&kind.width)).then_some(kind)
    }

    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        reason = "the width says how many bits count; numbers beyond 2^53 are rounded, as Python's \
                  float() does"
    )]
    fn number(self, stored: &[u8]) -> f64 {
        let mut bytes = [0; 8];
        for (index, byte) in bytes.iter_mut().take(self.width).enumerate() {
            let index = if self.big_end_first {
                self.width - 1 - index
            } else {
                index
            };
            *byte = stored.get(index).copied().unwrap_or_default();
        }
        let bits = u64::from_le_bytes(bytes);
        match (self.letter, self.width) {
            (b'f', 2) => half(bits as u16),
            (b'f', 4) => f64::from(f32::from_bits(bits as u32)),
            (b'f', _) => f64::from_bits(bits),
            (b'i', width) => {
                let unused = 64 - 8 * width;
                (((bits << unused) as i64) >> unused) as f64
            }
            _ => bits as f64,
        }
    }
}

/// Converts a number of half precision (IEEE 754 binary16).
fn half(bits: u16) -> f64 {
    let fraction = f64::from(bits & 0x3ff) / 1024.0;
    let size = match (bits >> 10) & 0x1f {
        0 => fraction * 2_f64.powi(-14),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        exponent => (1.0 + fraction) * 2_f64.powi(i32::from(exponent) - 15),
    };
    if bits >> 15 == 1 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns a file as written by NumPy.
    fn file(kind: &str, shape: &str, fortran: &str, body: &[u8]) -> Vec<u8> {
        let header =
            format!("{{'descr': '{kind}', 'fortran_order': {fortran}, 'shape': {shape}, }}");
        let length = u16::try_from(header.len()).unwrap().to_le_bytes();
        [MAGIC, &[1, 0], &length, header.as_bytes(), body].concat()
    }

    #[test]
    fn arrays_are_read_row_by_row() {
        let body: Vec<u8> = [1.0_f64, 2.0, 3.0, 4.0, 5.0, 6.0]
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect();
        let array = read(&file("<f8", "(3, 2)", "False", &body)).unwrap();
        assert_eq!((array.columns, &array.kind[..]), (2, "<f8"));
        assert_eq!(array.values, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        let array = read(&file("<f8", "(3, 2)", "True", &body)).unwrap();
        assert_eq!(array.values, [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
        let array = read(&file("<f8", "(6,)", "False", &body)).unwrap();
        assert_eq!((array.columns, array.values.len()), (1, 6));
    }

    #[test]
    fn numbers_of_every_kind_are_read() {
        let right: [(&str, &[u8], f64); 9] = [
            (">f8", &1.5_f64.to_be_bytes(), 1.5),
            ("<f4", &(-2.25_f32).to_le_bytes(), -2.25),
            ("<f2", &0xc100_u16.to_le_bytes(), -2.5),
            (">i4", &(-7_i32).to_be_bytes(), -7.0),
            ("<i2", &(-300_i16).to_le_bytes(), -300.0),
            ("<u8", &9_u64.to_le_bytes(), 9.0),
            ("|u1", &[200], 200.0),
            ("|i1", &[200], -56.0),
            ("|b1", &[1], 1.0),
        ];
        for (kind, body, expected) in right {
            let array = read(&file(kind, "(1,)", "False", body)).unwrap();
            assert_eq!(array.values, [expected], "{kind}");
        }
        assert_eq!(half(0x0001), 2_f64.powi(-24));
        assert_eq!(half(0x7c00), f64::INFINITY);
        assert!(half(0x7e00).is_nan());
    }

    #[test]
    fn what_is_no_array_of_numbers_is_refused_in_a_sentence() {
        let fails = |bytes: &[u8]| read(bytes).unwrap_err();
        assert!(fails(&file("<c16", "(1,)", "False", &[0; 16])).contains("<c16"));
        assert!(fails(&file("<f8", "(1, 1, 1)", "False", &[0; 8])).contains("3 dimensions"));
        let short = fails(&file("<f8", "(99999999999, 9)", "False", &[0; 8]));
        assert!(short.contains("8 bytes follow"), "{short}");
        let endless = file("<f8", "(18446744073709551615, 2)", "False", &[]);
        assert!(fails(&endless).contains("0 bytes follow"));
        for shape in ["(0, 22222222222)", "(22222222222, 0)", "(0,)"] {
            assert_eq!(
                fails(&file("<f8", shape, "False", &[])),
                "it holds no numbers"
            );
        }
        assert!(fails(b"\x93NUMPY\x01\0\xff\xff{").contains("inside its header"));
        let records = b"\x93NUMPY\x01\0\x18\0{'descr': [('x', '<f8')]}";
        assert!(fails(records).contains("named fields"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes_are_survived(
            header in "\\{?('descr': '[<>|][fiub][0-9]{1,2}'|'shape': \\([0-9, ]{0,12}\\)|, |.){0,8}",
            body in prop::collection::vec(any::<u8>(), 0..40),
        ) {
            let length = u16::try_from(header.len()).unwrap().to_le_bytes();
            let _ = read(&[MAGIC, &[1, 0], &length, header.as_bytes(), &body].concat());
            let _ = read(&[MAGIC, &body].concat());
        }
    }
}
