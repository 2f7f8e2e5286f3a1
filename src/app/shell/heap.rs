//! Keeps the memory of one frame for the next.

use std::hint::black_box;

/// Just below the largest block from which glibc learns.
const LARGEST: usize = 31 << 20;

/// Makes the allocator keep freed memory instead of returning it to the system.
///
/// The meshes of a frame take up to tens of megabytes, and are freed at its end. With its default
/// thresholds, glibc returns them to the system then, which clears them page by page for the next
/// frame: that takes longer than all the rest of the frame. glibc raises its thresholds to the size
/// of the largest block that was ever freed (`mallopt(3)`, `M_MMAP_THRESHOLD`), so one large block
/// suffices, of which no page is ever touched. Other allocators are not impressed.
pub fn keep_freed_memory() {
    drop(black_box(Vec::<u8>::with_capacity(LARGEST)));
}

#[cfg(all(test, target_os = "linux", target_env = "gnu"))]
mod tests {
    use super::*;

    /// How often this thread has touched a page that it did not have.
    fn faults() -> Option<u64> {
        let stat = std::fs::read_to_string("/proc/thread-self/stat").ok()?;
        let after_name = stat.rsplit(')').next()?;
        after_name.split_whitespace().nth(7)?.parse().ok()
    }

    /// The pages of a frame of 24 MB that it did not have.
    fn frame() -> Option<u64> {
        let before = faults()?;
        let meshes: Vec<Vec<u8>> = (0..6).map(|_| vec![1; 4 << 20]).collect();
        drop(black_box(meshes));
        Some(faults()? - before)
    }

    #[test]
    fn a_frame_uses_the_memory_of_the_frame_before() {
        keep_freed_memory();
        frame();
        let pages = frame().unwrap();
        assert!(pages < 1000, "{pages} of 6144 pages are new");
    }
}
