//! Makes an input small that has a fault.

/// The most inputs that are tried.
const MOST_TRIED: usize = 2_000;

/// Returns the input without what the fault does not need.
pub fn shrink(input: &[u8], fails: &dyn Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut small = input.to_vec();
    let mut tried = 0;
    let mut length = (small.len() / 2).max(1);
    loop {
        let before = small.len();
        let mut at = 0;
        while at < small.len() {
            if tried == MOST_TRIED {
                return small;
            }
            tried += 1;
            let end = (at + length).min(small.len());
            let mut smaller = small.clone();
            smaller.drain(at..end);
            if fails(&smaller) {
                small = smaller;
            } else {
                at += length;
            }
        }
        if length > 1 {
            length /= 2;
        } else if small.len() == before {
            return small;
        }
    }
}

#[test]
fn what_a_fault_does_not_need_is_left_out() {
    let fails = |input: &[u8]| input.contains(&b'!') && input.contains(&b'?');
    assert_eq!(shrink(b"what? and why, at last!", &fails), b"?!");
    assert_eq!(shrink(b"", &|_| true), b"");
}
