use proptest::prelude::*;

use super::*;

/// Decodes an APNG as a viewer does: every frame as displayed, premultiplied, with its delay.
fn shown(bytes: &[u8]) -> Vec<(ColorImage, [u16; 2])> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .unwrap();
    let size = [reader.info().width as usize, reader.info().height as usize];
    let count = reader.info().animation_control.unwrap().num_frames;
    let mut canvas = ColorImage::filled(size, Color32::TRANSPARENT);
    let mut frames = Vec::new();
    for _ in 0..count {
        let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
        let output = reader.next_frame(&mut buffer).unwrap();
        let control = *reader.info().frame_control().unwrap();
        let piece = [output.width as usize, output.height as usize];
        let piece = ColorImage::from_rgba_unmultiplied(piece, &buffer[..output.buffer_size()]);
        for (row, pixels) in piece.pixels.chunks(piece.size[0]).enumerate() {
            for (column, &color) in pixels.iter().enumerate() {
                let position = (control.y_offset as usize + row) * size[0]
                    + control.x_offset as usize
                    + column;
                canvas.pixels[position] = match control.blend_op {
                    png::BlendOp::Source => color,
                    png::BlendOp::Over => canvas.pixels[position].blend(color),
                };
            }
        }
        frames.push((canvas.clone(), [control.delay_num, control.delay_den]));
    }
    frames
}

fn written(frames: &[ColorImage], fps: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let count = u32::try_from(frames.len()).unwrap();
    let mut writer = ApngWriter::new(&mut bytes, frames[0].size, fps, count, 0).unwrap();
    for frame in frames {
        writer.frame(frame).unwrap();
    }
    writer.finish().unwrap();
    bytes
}

/// Clips of small frames, opaque or not, most of which repeat much of the previous frame.
fn clips() -> impl Strategy<Value = Vec<ColorImage>> {
    (1usize..12, 1usize..9, any::<bool>()).prop_flat_map(|(width, height, opaque)| {
        let color = any::<[u8; 4]>().prop_map(move |[r, g, b, a]| {
            Color32::from_rgba_unmultiplied(r, g, b, if opaque { 255 } else { a })
        });
        let edit = proptest::collection::vec((0..width * height, color), 0..6);
        proptest::collection::vec(edit, 1..8).prop_map(move |edits| {
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
    fn what_is_shown_is_what_was_given(frames in clips(), fps in 1u16..200) {
        let shown = shown(&written(&frames, fps));
        prop_assert_eq!(shown.len(), frames.len());
        for ((picture, delay), frame) in shown.iter().zip(&frames) {
            prop_assert_eq!(&picture.pixels, &frame.pixels);
            prop_assert_eq!(*delay, [1, fps]);
        }
    }
}

#[test]
fn the_last_frame_can_be_held() {
    let frame = ColorImage::filled([4, 4], Color32::RED);
    let mut bytes = Vec::new();
    let mut writer = ApngWriter::new(&mut bytes, [4, 4], 25, 2, 0).unwrap();
    writer.frame(&frame).unwrap();
    writer.delay(3, 2).unwrap();
    writer.frame(&frame).unwrap();
    writer.finish().unwrap();
    let delays: Vec<_> = shown(&bytes).into_iter().map(|(_, delay)| delay).collect();
    assert_eq!(delays, [[1, 25], [3, 2]]);
}

#[test]
fn a_small_change_costs_little() {
    let still = vec![ColorImage::filled([300, 200], Color32::BLUE); 2];
    let mut moving = still.clone();
    moving[1].pixels[0] = Color32::RED;
    moving[1].pixels[300 * 200 - 1] = Color32::RED;
    assert!(written(&moving, 25).len() < written(&still, 25).len() + 600);
}

#[test]
fn impossible_clips_are_errors() {
    let begin = |size, fps, frames| ApngWriter::new(Vec::new(), size, fps, frames, 0);
    assert!(matches!(
        begin([0, 5], 25, 1),
        Err(EncodeError::Size { .. })
    ));
    assert!(matches!(begin([5, 5], 0, 1), Err(EncodeError::FrameRate)));
    assert!(matches!(begin([5, 5], 25, 0), Err(EncodeError::NoFrames)));
    let frame = ColorImage::filled([5, 5], Color32::RED);
    let mut writer = begin([5, 5], 25, 1).unwrap();
    writer.frame(&frame).unwrap();
    assert!(matches!(
        writer.frame(&frame),
        Err(EncodeError::FrameCount {
            announced: 1,
            written: 2
        })
    ));
    let missing = begin([5, 5], 25, 1).unwrap().finish();
    assert!(matches!(
        missing,
        Err(EncodeError::FrameCount {
            announced: 1,
            written: 0
        })
    ));
}
