//! Encodes videos with ffmpeg, if it is installed; frames are sent through a pipe.

mod container;
mod encoder;
mod said;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::process::{ChildStdin, Command, Stdio};

use egui::ColorImage;

use super::{ExportError, Format};
use crate::engine::Signal;
use encoder::Encoder;
pub use encoder::end_encoders;

/// A video being encoded.
pub struct Video {
    frames: ChildStdin,
    bytes: Vec<u8>,
}

impl Video {
    /// Checks whether ffmpeg can be started.
    ///
    /// # Errors
    /// Returns [`ExportError::NoFfmpeg`] if it cannot.
    pub fn check() -> Result<(), ExportError> {
        let found = Command::new("ffmpeg")
            .arg("-version")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        match found {
            Ok(status) if status.success() => Ok(()),
            _ => Err(ExportError::NoFfmpeg),
        }
    }

    /// Encodes a video of the frames that `shoot` produces into the file at `path`, in which ffmpeg
    /// may seek: the index of a video is written last and then moved to the front. A link that opens
    /// the race again follows it.
    ///
    /// # Errors
    /// Returns why there is no whole video, often as the last line that ffmpeg printed.
    pub fn make(
        format: Format,
        size: [usize; 2],
        fps: u16,
        link: Option<&str>,
        path: &Path,
        signal: &Signal,
        shoot: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> Result<(), String> {
        // A name like "a:b" would be taken for an address.
        let path = std::path::absolute(path).map_err(|cause| cause.to_string())?;
        let command = command(format, size, fps, &path);
        let mut encoder = Encoder::start(command).map_err(|cause| cause.to_string())?;
        let frames = encoder.input().ok_or("it takes no frames")?;
        let mut video = Self {
            frames,
            bytes: Vec::new(),
        };
        let shot = shoot(&mut video);
        // Its input ends here.
        drop(video);
        match shot {
            Ok(()) => encoder.finish(signal)?,
            Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => {
                encoder.finish(signal)?;
                return Err("it ended before it had all frames".to_owned());
            }
            Err(cause) => return Err(cause.to_string()),
        }
        match fs::metadata(&path) {
            Ok(about) if about.len() > 0 => {}
            _ => return Err("it wrote nothing".to_owned()),
        }
        let Some(link) = link else {
            return Ok(());
        };
        let append = |mut file: File| file.write_all(&container::part_with(format, link));
        let file = OpenOptions::new().append(true).open(&path);
        file.and_then(append).map_err(|cause| cause.to_string())
    }

    /// Adds a frame.
    ///
    /// # Errors
    /// Returns an error if ffmpeg accepts no more frames.
    pub fn frame(&mut self, image: &ColorImage) -> io::Result<()> {
        self.bytes.clear();
        even(image, &mut self.bytes);
        self.frames.write_all(&self.bytes)
    }
}

/// Writes the pixels of an image with even sides, which players expect for 4:2:0: where a side is
/// odd, its last pixels stand there twice, so that the picture goes on in its own colours.
fn even(image: &ColorImage, bytes: &mut Vec<u8>) {
    let rows = image.pixels.chunks_exact(image.width().max(1));
    let last = rows.clone().last().filter(|_| image.height() % 2 == 1);
    for row in rows.chain(last) {
        let last = row.last().filter(|_| row.len() % 2 == 1);
        for pixel in row.iter().chain(last) {
            bytes.extend([pixel.r(), pixel.g(), pixel.b()]);
        }
    }
}

fn command(format: Format, [width, height]: [usize; 2], fps: u16, path: &Path) -> Command {
    let output: &[&str] = match format {
        Format::Webm => &[
            "-c:v",
            "libvpx-vp9",
            "-b:v",
            "0",
            "-crf",
            "24",
            "-f",
            "webm",
        ],
        _ => &[
            "-c:v",
            "libx264",
            "-crf",
            "16",
            "-movflags",
            "+faststart",
            "-f",
            "mp4",
        ],
    };
    let [width, height] = [width, height].map(|side| side.next_multiple_of(2));
    let mut command = Command::new("ffmpeg");
    command
        .args(["-hide_banner", "-loglevel", "error", "-y"])
        .args(["-f", "rawvideo", "-pix_fmt", "rgb24"])
        .args(["-s", &format!("{width}x{height}"), "-r", &fps.to_string()])
        .args(["-i", "-"])
        // Players expect 4:2:0, and need to be told the colour space.
        .args([
            "-vf",
            "scale=out_color_matrix=bt709:out_range=tv",
            "-pix_fmt",
            "yuv420p",
        ])
        .args(["-colorspace", "bt709", "-color_primaries", "bt709"])
        .args(["-color_trc", "bt709", "-color_range", "tv"])
        .args(["-fflags", "+bitexact", "-flags:v", "+bitexact"])
        .args(output)
        .arg(path);
    command
}

#[cfg(test)]
mod tests {
    use egui::Color32;

    use super::*;

    #[test]
    fn odd_sides_go_on_in_the_colours_of_the_picture() {
        let colors: Vec<Color32> = (1..=9).map(Color32::from_gray).collect();
        let grays = |size: [usize; 2]| {
            let image = ColorImage::new(size, colors[..size[0] * size[1]].to_vec());
            let mut bytes = Vec::new();
            even(&image, &mut bytes);
            bytes
                .chunks_exact(3)
                .map(|pixel| pixel[0])
                .collect::<Vec<u8>>()
        };
        assert_eq!(grays([2, 2]), [1, 2, 3, 4]);
        assert_eq!(grays([3, 2]), [1, 2, 3, 3, 4, 5, 6, 6]);
        assert_eq!(grays([2, 1]), [1, 2, 1, 2]);
        assert_eq!(
            grays([3, 3]),
            [1, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9, 9, 7, 8, 9, 9]
        );
    }
}
