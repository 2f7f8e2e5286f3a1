//! Encodes videos with ffmpeg, if it is installed; frames are sent through a pipe.

use std::fs::File;
use std::io::{self, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

use egui::ColorImage;

use super::{ExportError, Format};

mod container;

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
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        match found {
            Ok(status) if status.success() => Ok(()),
            _ => Err(ExportError::NoFfmpeg),
        }
    }

    /// Encodes a video of the frames that `shoot` produces, and copies it to `to`, followed by a link
    /// that opens the race again.
    ///
    /// # Errors
    /// Returns the error of `shoot` or of the file, or the last line that ffmpeg printed.
    pub fn make(
        format: Format,
        size: [usize; 2],
        fps: u16,
        link: Option<&str>,
        to: &mut dyn Write,
        shoot: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        // The index of a video is written last and then moved to the front: ffmpeg needs a seekable
        // file.
        let folder = Scratch::new()?;
        let path = folder.0.join("clip");
        let mut ffmpeg = start(format, size, fps, &path)?;
        let shot = match ffmpeg.stdin.take() {
            Some(frames) => {
                let mut video = Self {
                    frames,
                    bytes: Vec::new(),
                };
                shoot(&mut video)
            }
            None => Err(io::Error::other("it takes no frames")),
        };
        if let Err(cause) = shot
            && cause.kind() != io::ErrorKind::BrokenPipe
        {
            let _ = ffmpeg.kill();
            let _ = ffmpeg.wait();
            return Err(cause);
        }
        let mut said = String::new();
        if let Some(mut errors) = ffmpeg.stderr.take() {
            errors.read_to_string(&mut said)?;
        }
        if !ffmpeg.wait()?.success() {
            let last = said.lines().rfind(|line| !line.trim().is_empty());
            return Err(io::Error::other(
                last.unwrap_or("it gave no reason").to_owned(),
            ));
        }
        io::copy(&mut File::open(&path)?, to)?;
        match link {
            Some(link) => to.write_all(&container::part_with(format, link)),
            None => Ok(()),
        }
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

fn start(
    format: Format,
    [width, height]: [usize; 2],
    fps: u16,
    path: &std::path::Path,
) -> io::Result<Child> {
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
    // Ctrl-C in a terminal reaches the whole process group; only this program is to end ffmpeg.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
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
        .arg(path)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
}

/// A folder for ffmpeg's output, deleted when dropped.
struct Scratch(std::path::PathBuf);

impl Scratch {
    fn new() -> io::Result<Self> {
        let name = format!(
            "slalom-{}-{:?}",
            std::process::id(),
            std::thread::current().id()
        );
        let name: String = name.chars().filter(|it| !"()".contains(*it)).collect();
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // If it cannot be removed, the system's cleanup of temporary files will.
        let _ = std::fs::remove_dir_all(&self.0);
    }
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
