#![expect(
    clippy::cast_precision_loss,
    clippy::float_cmp,
    reason = "small whole numbers"
)]

use proptest::prelude::*;

use super::*;

/// Decodes a GIF as a viewer does: every displayed picture as colours, with its delay.
fn shown(bytes: &[u8]) -> Vec<(Vec<[u8; 3]>, u32)> {
    let mut decoder = gif::Decoder::new(bytes).unwrap();
    let colors = decoder.global_palette().unwrap().to_vec();
    let width = usize::from(decoder.width());
    let mut canvas = vec![None; width * usize::from(decoder.height())];
    let mut pictures = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        let (left, top) = (usize::from(frame.left), usize::from(frame.top));
        for (row, indices) in frame.buffer.chunks(usize::from(frame.width)).enumerate() {
            for (column, &index) in indices.iter().enumerate() {
                if Some(index) != frame.transparent {
                    let color = &colors[3 * usize::from(index)..][..3];
                    canvas[(top + row) * width + left + column] =
                        Some([color[0], color[1], color[2]]);
                }
            }
        }
        let picture = canvas
            .iter()
            .map(|color| color.expect("the first frame is whole"))
            .collect();
        pictures.push((picture, u32::from(frame.delay)));
    }
    pictures
}

fn written(frames: &[ColorImage], fps: u16, palette: &Palette, hold: u32) -> Vec<u8> {
    let writer = GifWriter::new(
        Vec::new(),
        frames[0].size,
        fps,
        palette.clone(),
        Repeat::Infinite,
    );
    let mut writer = writer.unwrap().hold_last_ms(hold);
    for frame in frames {
        writer.frame(frame).unwrap();
    }
    writer.finish().unwrap()
}

/// The frame with its colours mapped to the palette.
fn mapped(frame: &ColorImage, palette: &Palette) -> Vec<[u8; 3]> {
    let color_of = |&color| palette.colors()[usize::from(palette.index_of(color))];
    frame.pixels.iter().map(color_of).collect()
}

/// Clips of a few small frames, most of which repeat much of the previous one.
fn clips() -> impl Strategy<Value = Vec<ColorImage>> {
    (1usize..12, 1usize..9).prop_flat_map(|(width, height)| {
        let color = (0u8..4, 0u8..4, any::<u8>())
            .prop_map(|(r, g, b)| Color32::from_rgb(r * 80, g * 80, b & 0xf8));
        let edit = proptest::collection::vec((0..width * height, color), 0..6);
        proptest::collection::vec(edit, 1..12).prop_map(move |edits| {
            let mut frame = ColorImage::filled([width, height], Color32::from_rgb(14, 17, 40));
            let edited = edits.into_iter().map(|edit| {
                for (position, color) in edit {
                    frame.pixels[position] = color;
                }
                frame.clone()
            });
            edited.collect()
        })
    })
}

proptest! {
    #[test]
    fn what_is_shown_is_what_was_given(frames in clips(), fps in 1u16..=50, few in any::<bool>()) {
        let palette = if few {
            Palette::new([[0, 0, 0], [80, 160, 240], [240, 0, 80]])
        } else {
            Palette::of(&frames)
        };
        let pictures = shown(&written(&frames, fps, &palette, 0));

        // Halfway through its interval, each frame must be the one on display.
        let mut ends = Vec::new();
        let mut end = 0;
        for (_, delay) in &pictures {
            end += delay;
            ends.push(end);
        }
        for (number, frame) in frames.iter().enumerate() {
            let middle = (number as f64 + 0.5) * 100.0 / f64::from(fps);
            let seen = ends.iter().position(|&end| middle < f64::from(end)).unwrap();
            prop_assert_eq!(&pictures[seen].0, &mapped(frame, &palette));
        }
        let duration = (frames.len() as f64 * 100.0 / f64::from(fps)).round();
        prop_assert_eq!(f64::from(end), duration);
        prop_assert!(pictures.windows(2).all(|pair| pair[0].0 != pair[1].0));
    }

    #[test]
    fn above_fifty_frames_a_second_none_is_too_short(frames in clips(), fps in 51u16..500) {
        let palette = Palette::of(&frames);
        let pictures = shown(&written(&frames, fps, &palette, 0));
        prop_assert!(pictures.iter().all(|&(_, delay)| delay >= 2));
        prop_assert_eq!(&pictures.last().unwrap().0, &mapped(frames.last().unwrap(), &palette));
    }
}

/// Alternating frames, each different from the one before.
fn blinking(count: usize) -> Vec<ColorImage> {
    let gray = |number: usize| Color32::from_gray(if number.is_multiple_of(2) { 10 } else { 200 });
    (0..count)
        .map(|number| ColorImage::filled([3, 2], gray(number)))
        .collect()
}

fn delays(frames: &[ColorImage], fps: u16, hold: u32) -> Vec<u32> {
    let bytes = written(frames, fps, &Palette::of(frames), hold);
    shown(&bytes).into_iter().map(|(_, delay)| delay).collect()
}

#[test]
fn delays_do_not_drift() {
    assert_eq!(delays(&blinking(5), 25, 0), [4; 5]);
    assert_eq!(delays(&blinking(6), 30, 0), [3, 4, 3, 3, 4, 3]);
    assert_eq!(delays(&blinking(60), 60, 0).iter().sum::<u32>(), 100);
}

#[test]
fn the_last_frame_can_be_held() {
    assert_eq!(delays(&blinking(3), 25, 1500), [4, 4, 154]);
    assert_eq!(delays(&blinking(1), 50, 0), [2]);
}

#[test]
fn equal_frames_become_one_however_long() {
    let still = vec![ColorImage::filled([3, 2], Color32::RED); 3];
    assert_eq!(delays(&still, 25, 0), [12]);
    assert_eq!(delays(&still, 25, 700_000), [65535, 70_012 - 65535]);
}

#[test]
fn only_what_changed_is_written() {
    let mut frames = vec![ColorImage::filled([100, 80], Color32::BLACK); 2];
    frames[1].pixels[100 * 30 + 20] = Color32::WHITE;
    frames[1].pixels[100 * 33 + 24] = Color32::WHITE;
    let bytes = written(&frames, 25, &Palette::of(&frames), 0);
    let mut decoder = gif::Decoder::new(&bytes[..]).unwrap();
    decoder.read_next_frame().unwrap();
    let frame = decoder.read_next_frame().unwrap().unwrap();
    assert_eq!(
        (frame.left, frame.top, frame.width, frame.height),
        (20, 30, 5, 4)
    );
    assert_eq!(
        frame
            .buffer
            .iter()
            .filter(|&&index| Some(index) != frame.transparent)
            .count(),
        2
    );
}

#[test]
fn impossible_clips_are_errors() {
    let palette = || Palette::new([]);
    let begin = |size, fps| GifWriter::new(Vec::new(), size, fps, palette(), Repeat::Infinite);
    assert!(matches!(begin([0, 5], 25), Err(EncodeError::Size { .. })));
    assert!(matches!(
        begin([70_000, 5], 25),
        Err(EncodeError::Size { .. })
    ));
    assert!(matches!(begin([5, 5], 0), Err(EncodeError::FrameRate)));
    assert!(matches!(
        begin([5, 5], 25).unwrap().finish(),
        Err(EncodeError::NoFrames)
    ));
    let other = ColorImage::filled([4, 5], Color32::RED);
    assert!(matches!(
        begin([5, 5], 25).unwrap().frame(&other),
        Err(EncodeError::FrameSize { .. })
    ));
}
