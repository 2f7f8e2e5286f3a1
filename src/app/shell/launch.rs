//! Opens the window, or explains in one sentence why it could not be opened or why it closed.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use egui::{IconData, ViewportBuilder};

use super::{APP_ID, SlalomApp};
use crate::app::journal::{self, Crash};
use crate::app::recovery::{Folder, end_on_signals};
use crate::engine::caught_with_trace;
use crate::preset::{Form, Preset, PresetError, Trust};

/// Why the window could not be opened or closed unexpectedly.
#[derive(Debug, thiserror::Error)]
pub enum LaunchError {
    /// The preset is invalid.
    #[error(transparent)]
    Preset(#[from] PresetError),
    /// There is no display, no OpenGL, or a library is missing.
    #[error(
        "the window cannot be opened: {why}; {hint} (`slalom run` and `slalom render` work without a \
         display)"
    )]
    NoWindow {
        /// The system's message.
        why: String,
        /// A hint at what to do.
        hint: &'static str,
    },
    /// The program panicked while the window was open.
    #[error("Slalom crashed: {}; {}", .0.panic, where_reported(.1.as_deref()))]
    Fault(Crash, Option<PathBuf>),
}

/// Opens the window with a preset or with the last experiment.
///
/// # Errors
/// If the preset is invalid, the window cannot be opened, or the program crashes.
pub fn launch(preset: Option<&str>, trust: Trust) -> Result<(), LaunchError> {
    let (opened, path) = match preset {
        Some(preset) => load(preset, trust)?,
        None => (None, None),
    };
    if let Some(missing) = missing_display() {
        return Err(missing);
    }
    end_on_signals();
    let folder = eframe::storage_dir(APP_ID).map(Folder::new);
    let options = eframe::NativeOptions {
        // eframe reads the place of the window, but would overwrite the file in place.
        persistence_path: folder.as_ref().map(Folder::window_before),
        persist_window: false,
        viewport: ViewportBuilder::default()
            .with_title("Slalom")
            .with_app_id(APP_ID)
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([480.0, 360.0])
            .with_clamp_size_to_monitor_size(true)
            .with_icon(icon()),
        ..eframe::NativeOptions::default()
    };
    // The window system's libraries are loaded at run time; winit panics if one is missing.
    let kept_in = folder.clone();
    let ended = quietly(move |is_open| {
        eframe::run_native(
            "Slalom",
            options,
            // The application is only created once there is a window for it.
            Box::new(move |creation| {
                is_open.store(true, Ordering::Relaxed);
                Ok(Box::new(match kept_in {
                    Some(folder) => begin(&folder, creation, opened, path),
                    None => SlalomApp::new(creation, opened, path),
                }))
            }),
        )
    });
    ended.map_err(|error| reported(error, folder.as_ref()))
}

/// Writes the report of a crash.
fn reported(error: LaunchError, folder: Option<&Folder>) -> LaunchError {
    match (error, folder) {
        (LaunchError::Fault(crash, _), Some(folder)) => {
            let report = journal::report(folder.path(), &crash).ok();
            LaunchError::Fault(crash, report)
        }
        (error, _) => error,
    }
}

/// Loads a preset, with the path of its file if it can be saved there.
fn load(preset: &str, trust: Trust) -> Result<(Option<Preset>, Option<PathBuf>), PresetError> {
    let path = PathBuf::from(preset);
    if preset == "-" || !path.is_file() {
        return Ok((Some(trust.load(preset)?), None));
    }
    let (opened, form) = trust.open(&path)?;
    Ok((Some(opened), (form == Form::Preset).then_some(path)))
}

/// Creates the application, which keeps settings and tabs in a folder, and begins the log.
fn begin(
    folder: &Folder,
    creation: &eframe::CreationContext<'_>,
    opened: Option<Preset>,
    path: Option<PathBuf>,
) -> SlalomApp {
    let has_folder = std::fs::create_dir_all(folder.path());
    // Without the folder, the application says so.
    let log = has_folder.ok().and_then(|()| journal::begin(folder.path()));
    let mut app = SlalomApp::kept_in(folder, creation, opened, path);
    app.keep_on_signals();
    let crash = journal::last_crash(folder.path());
    app.note(log.into_iter().chain(crash));
    app
}

/// Returns where the report of a crash is.
fn where_reported(report: Option<&Path>) -> String {
    report.map_or_else(
        || "its report could not be written".to_owned(),
        |path| format!("the report is in {}", path.display()),
    )
}

/// Returns an error if there is no display. It is clearer than the window system's own message.
fn missing_display() -> Option<LaunchError> {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let unix_desktop = cfg!(all(unix, not(target_os = "macos")));
    if !unix_desktop || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") || is_set("WAYLAND_SOCKET") {
        return None;
    }
    Some(LaunchError::NoWindow {
        why: "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)".into(),
        hint: "start it on a desktop, or under Xvfb (Debian: xvfb)",
    })
}

/// Runs the window, which sets its argument once it is open. A panic on this thread becomes an
/// error and prints nothing.
fn quietly(window: impl FnOnce(Arc<AtomicBool>) -> eframe::Result) -> Result<(), LaunchError> {
    let is_open = Arc::new(AtomicBool::new(false));
    let end = match caught_with_trace(|| window(Arc::clone(&is_open))) {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(error)) => End::Refused(error.to_string()),
        Err((panic, backtrace)) => End::Panicked(Crash { panic, backtrace }),
    };
    Err(why(end, is_open.load(Ordering::Relaxed)))
}

/// How the window ended unexpectedly.
enum End {
    /// The window system returned an error.
    Refused(String),
    /// Something panicked.
    Panicked(Crash),
}

/// Before the window is open, a panic means a missing library; after that, a bug in Slalom.
fn why(end: End, is_open: bool) -> LaunchError {
    let said = match end {
        End::Panicked(crash) if is_open => return LaunchError::Fault(crash, None),
        End::Panicked(crash) => crash.panic.to_string(),
        End::Refused(said) => said,
    };
    LaunchError::NoWindow {
        hint: hint_for(&said),
        why: one_line(without_place(&said)),
    }
}

/// Returns a hint at the package to install.
fn hint_for(why: &str) -> &'static str {
    let why = why.to_lowercase();
    if why.contains("xkbcommon") {
        "install the keyboard library (Debian: libxkbcommon-x11-0)"
    } else if why.contains("wayland") {
        "install the Wayland libraries (Debian: libwayland-client0 libwayland-egl1)"
    } else if ["glutin", "opengl", "egl", "glx", "glsl"]
        .iter()
        .any(|word| why.contains(word))
    {
        "install OpenGL (Debian: libgl1 libegl1 libgl1-mesa-dri)"
    } else if why.contains("x server") {
        "check that DISPLAY names a running one"
    } else if ["x11", "xlib", "libx", "display"]
        .iter()
        .any(|word| why.contains(word))
    {
        "install the X libraries (Debian: libx11-6 libxcursor1 libxi6 libxrandr2) or set DISPLAY"
    } else {
        "see `slalom --help` for what works without one"
    }
}

/// Removes the source location from a message of the window system.
fn without_place(why: &str) -> &str {
    let after_place = || why.split_once("os error at ")?.1.split_once(": ");
    after_place().map_or(why, |(_, what)| what)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the window's icon, or an empty one if it cannot be decoded.
fn icon() -> IconData {
    let bytes: &[u8] = include_bytes!("../../../assets/icon.png");
    eframe::icon_data::from_png_bytes(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_wrong_is_said_without_source_files() {
        let why = "winit EventLoopError: os error at /src/linux/mod.rs:788: Failed to open \
                   connection to X server";
        assert_eq!(without_place(why), "Failed to open connection to X server");
        assert_eq!(hint_for(why), "check that DISPLAY names a running one");
        assert_eq!(without_place("no OpenGL"), "no OpenGL");
    }

    #[test]
    fn a_panic_is_a_missing_library_before_the_window_is_open_and_a_fault_after_it() {
        let opens = |is_open: Arc<AtomicBool>| is_open.store(true, Ordering::Relaxed);
        let said = |window: &dyn Fn(Arc<AtomicBool>) -> eframe::Result| {
            quietly(window).map_err(|error| error.to_string())
        };

        assert_eq!(said(&|_| Ok(())), Ok(()));
        let early = said(&|_| panic!("libxkbcommon-x11.so.0 not found")).unwrap_err();
        assert!(early.starts_with("the window cannot be opened: libxkbcommon-x11.so.0 not found"));
        assert!(early.contains("Debian: libxkbcommon-x11-0"), "{early}");

        let late = said(&|is_open| {
            opens(is_open);
            let side = [3.0_f32, -5.0];
            panic!("min > max:\n {side:?}");
        });
        let late = late.unwrap_err();
        let sentence = "Slalom crashed: min > max: [3.0, -5.0] (";
        assert!(late.starts_with(sentence), "{late}");
        assert!(late.contains("launch.rs:"), "{late}");
        assert!(
            !late.contains('\n') && !late.contains("cannot be opened"),
            "{late}"
        );

        let mute = said(&|is_open| {
            opens(is_open);
            std::panic::panic_any(7)
        });
        let mute = mute.unwrap_err();
        assert!(mute.contains("crashed: an internal error ("), "{mute}");
    }

    #[test]
    fn a_crash_says_where_its_report_is() {
        let folder = tempfile::tempdir().unwrap();
        let crash = || {
            let ended = quietly(|is_open| {
                is_open.store(true, Ordering::Relaxed);
                panic!("min > max")
            });
            ended.unwrap_err()
        };
        let said = reported(crash(), Some(&Folder::new(folder.path().to_owned()))).to_string();
        let (_, path) = said.split_once("; the report is in ").unwrap();
        let report = std::fs::read_to_string(path).unwrap();
        assert!(report.contains("min > max (src"), "{report}");
        assert!(
            report.contains("a_crash_says_where_its_report_is"),
            "{report}"
        );
        let said = reported(crash(), None).to_string();
        assert!(
            said.ends_with("; its report could not be written"),
            "{said}"
        );
    }

    #[test]
    fn a_window_that_the_system_closes_is_no_fault_of_ours() {
        let refused = why(End::Refused("no OpenGL".into()), true);
        assert!(matches!(refused, LaunchError::NoWindow { .. }), "{refused}");
    }
}
