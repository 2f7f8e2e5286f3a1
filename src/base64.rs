//! Base64 (RFC 4648): the usual one, as in `data:` URLs, and the one that may stand in addresses.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const ADDRESS_DIGITS: &[u8; 64] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Encodes bytes in base64 with padding.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut text = digits(bytes, DIGITS);
    text.extend(std::iter::repeat_n('=', text.len().wrapping_neg() % 4));
    text
}

/// Encodes bytes in the base64 that may stand in addresses, without padding.
#[must_use]
pub fn encode_for_address(bytes: &[u8]) -> String {
    digits(bytes, ADDRESS_DIGITS)
}

fn digits(bytes: &[u8], alphabet: &[u8; 64]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |position: usize| u32::from(three.get(position).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for position in 0..=three.len() {
            let digit = bits >> (18 - 6 * position) & 63;
            text.push(char::from(alphabet[digit as usize]));
        }
    }
    text
}

/// Decodes the base64 of addresses, which has no padding; `None` if it is not what
/// [`encode_for_address`] makes of any bytes.
#[must_use]
pub fn decode_from_address(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for four in text.chunks(4) {
        if four.len() == 1 {
            return None;
        }
        let mut bits = 0;
        for position in 0..4 {
            let digit = four
                .get(position)
                .map_or(Some(0), |letter| value(*letter))?;
            bits = bits << 6 | digit;
        }
        let three = [16, 8, 0].map(|shift| u8::try_from(bits >> shift & 0xff).unwrap_or(0));
        let (whole, rest) = three.split_at(four.len() - 1);
        if rest.iter().any(|bits| *bits != 0) {
            return None;
        }
        bytes.extend(whole);
    }
    Some(bytes)
}

fn value(letter: u8) -> Option<u32> {
    Some(u32::from(match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    }))
}

/// Returns whether a byte is a digit of the base64 of addresses.
#[must_use]
pub fn is_address_digit(letter: u8) -> bool {
    value(letter).is_some()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn agrees_with_the_examples_of_the_standard() {
        let examples = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (bytes, text) in examples {
            assert_eq!(encode(bytes.as_bytes()), text);
            let bare = text.trim_end_matches('=');
            assert_eq!(encode_for_address(bytes.as_bytes()), bare);
            assert_eq!(
                decode_from_address(bare.as_bytes()).unwrap(),
                bytes.as_bytes()
            );
        }
        assert_eq!(encode(&[0xff, 0xef, 0xbe]), "/+++");
        assert_eq!(encode_for_address(&[0xff, 0xef, 0xbe]), "_---");
    }

    #[test]
    fn what_is_not_base64_of_addresses_is_refused() {
        for text in ["A", "AAAAA", "Zg==", "/+++", "Zm 9", "Zmé", "Zh", "Zm9-Zm-"] {
            assert_eq!(decode_from_address(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_come_back(bytes: Vec<u8>) {
            let text = encode_for_address(&bytes);
            prop_assert!(text.bytes().all(is_address_digit));
            prop_assert_eq!(decode_from_address(text.as_bytes()), Some(bytes));
        }
    }
}
