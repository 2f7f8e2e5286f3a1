//! Opens the window, or says in one sentence why it cannot be opened.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};

use egui::{IconData, ViewportBuilder};

use super::SlalomApp;
use crate::preset::{self, PresetError};

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum LaunchError {
    /// The preset makes no sense.
    #[error(transparent)]
    Preset(#[from] PresetError),
    /// There is no display, no OpenGL, or a library is missing.
    #[error(
        "the window cannot be opened: {why}; {hint} (without a display, `slalom run` and `slalom \
         render` work all the same)"
    )]
    NoWindow {
        /// What the system said.
        why: String,
        /// What helps.
        hint: &'static str,
    },
}

/// Opens the window, with a preset or with what was open last.
///
/// # Errors
/// If the preset makes no sense, or if there can be no window.
pub fn launch(preset: Option<&str>) -> Result<(), LaunchError> {
    let opened = preset.map(preset::load).transpose()?;
    let path = preset
        .map(std::path::PathBuf::from)
        .filter(|path| path.is_file());
    if let Some(missing) = missing_display() {
        return Err(missing);
    }
    let options = eframe::NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title("Slalom")
            .with_app_id("slalom")
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([480.0, 360.0])
            .with_icon(icon()),
        ..eframe::NativeOptions::default()
    };
    // The window system's libraries are loaded at run time, and a missing one is a panic there.
    quietly(move || {
        eframe::run_native(
            "Slalom",
            options,
            Box::new(move |creation| Ok(Box::new(SlalomApp::new(creation, opened, path)))),
        )
    })
}

/// Asking first gives a clearer answer than the window system does.
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

/// Runs the window; a panic on the way becomes an error, and nothing else is printed.
fn quietly(window: impl FnOnce() -> eframe::Result) -> Result<(), LaunchError> {
    let message = Arc::new(Mutex::new(None));
    let told = Arc::clone(&message);
    let hook = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let what = panic.payload_as_str().unwrap_or("an internal error");
        let place = panic.location().map_or_else(String::new, |place| {
            format!(" ({}:{})", place.file(), place.line())
        });
        *told.lock().unwrap_or_else(PoisonError::into_inner) = Some(format!("{what}{place}"));
    }));
    let ran = panic::catch_unwind(AssertUnwindSafe(window));
    panic::set_hook(hook);
    let why = match ran {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(error)) => error.to_string(),
        Err(_) => message
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
            .unwrap_or_else(|| "an internal error".into()),
    };
    Err(LaunchError::NoWindow {
        hint: hint_for(&why),
        why: one_line(without_place(&why)),
    })
}

/// Which package helps.
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
        "`slalom --help` names what works without one"
    }
}

/// What the window system says without the place in its source where it said so.
fn without_place(why: &str) -> &str {
    let after_place = || why.split_once("os error at ")?.1.split_once(": ");
    after_place().map_or(why, |(_, what)| what)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The icon of the window; none, should it be broken.
fn icon() -> IconData {
    let bytes: &[u8] = include_bytes!("../../assets/icon.png");
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
}
