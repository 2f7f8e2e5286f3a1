//! Videos, made by ffmpeg where it is installed: frames go in through a pipe.

use std::fs::File;
use std::io::{self, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

use egui::ColorImage;

use super::{ExportError, Format};

/// A video in the making.
pub struct Video {
    frames: ChildStdin,
    bytes: Vec<u8>,
}

impl Video {
    /// Whether ffmpeg can be started.
    ///
    /// # Errors
    /// [`ExportError::NoFfmpeg`] if not.
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

    /// Makes a video of the frames that `shoot` gives, and copies it to `to`.
    ///
    /// # Errors
    /// What `shoot` or the file answers, or the last line that ffmpeg said.
    pub fn make(
        format: Format,
        size: [usize; 2],
        fps: u16,
        to: &mut dyn Write,
        shoot: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        // A video's index comes last and is then moved to the front: ffmpeg needs a real file.
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
        Ok(())
    }

    /// Adds a frame.
    ///
    /// # Errors
    /// If ffmpeg takes no more.
    pub fn frame(&mut self, image: &ColorImage) -> io::Result<()> {
        self.bytes.clear();
        for pixel in &image.pixels {
            self.bytes.extend([pixel.r(), pixel.g(), pixel.b()]);
        }
        self.frames.write_all(&self.bytes)
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
    let mut command = Command::new("ffmpeg");
    // Ctrl-C in a terminal reaches a whole group; ffmpeg is ended by us, not by the terminal.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
        .args(["-hide_banner", "-loglevel", "error", "-y"])
        .args(["-f", "rawvideo", "-pix_fmt", "rgb24"])
        .args(["-s", &format!("{width}x{height}"), "-r", &fps.to_string()])
        .args(["-i", "-"])
        // Players want 4:2:0, which wants even sides, and must be told which colours these are.
        .args([
            "-vf",
            "pad=ceil(iw/2)*2:ceil(ih/2)*2,scale=out_color_matrix=bt709:out_range=tv",
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

/// A folder for ffmpeg's file; gone when it is dropped.
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
        // If it cannot be removed, the system's own cleaning of temporary files will.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
