//! Which keys belong to the browser around a page, and which to the program.

use egui::{Key, Modifiers};

use super::all;

/// Returns whether a key belongs to the browser: it opens and closes its tabs, prints, reloads, zooms,
/// leads to the address, or opens its tools. Some of them a page could take, others it never sees.
#[must_use]
pub fn belongs_to_browser(pressed: Modifiers, key: Key) -> bool {
    let has_command = pressed.command || pressed.ctrl;
    match (has_command, pressed.shift, pressed.alt) {
        (true, false, false) => is_of_browser(key),
        (true, true, false) => {
            let tools = [Key::C, Key::I, Key::J];
            tools.contains(&key) || is_of_browser(key) && !matches!(key, Key::D)
        }
        (false, _, true) => matches!(key, Key::ArrowLeft | Key::ArrowRight | Key::F4),
        (false, _, false) => matches!(key, Key::F3 | Key::F5 | Key::F6 | Key::F11 | Key::F12),
        _ => false,
    }
}

/// With Ctrl, or with the command key of a Mac.
fn is_of_browser(key: Key) -> bool {
    let tabs = [
        Key::N,
        Key::T,
        Key::W,
        Key::Q,
        Key::Tab,
        Key::PageUp,
        Key::PageDown,
    ];
    let page = [
        Key::D,
        Key::H,
        Key::L,
        Key::P,
        Key::R,
        Key::U,
        Key::F5,
        Key::F4,
    ];
    let zoom = [Key::Plus, Key::Equals, Key::Minus];
    let numbers = [
        Key::Num0,
        Key::Num1,
        Key::Num2,
        Key::Num3,
        Key::Num4,
        Key::Num5,
        Key::Num6,
        Key::Num7,
        Key::Num8,
        Key::Num9,
    ];
    tabs.contains(&key) || page.contains(&key) || zoom.contains(&key) || numbers.contains(&key)
}

/// Returns whether the program uses a key on a page, so that the browser should not do something else
/// with it.
#[must_use]
pub fn belongs_to_page(pressed: Modifiers, key: Key) -> bool {
    let is_special = pressed.command || pressed.ctrl || pressed.alt || is_function(key);
    let mut entries = all();
    is_special
        && !belongs_to_browser(pressed, key)
        && entries.any(|entry| entry.is_pressed_on(true, pressed, key))
}

fn is_function(key: Key) -> bool {
    matches!(key, Key::F1 | Key::F2)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::{ALT, CTRL, CTRL_SHIFT, NONE, file};
    use super::*;

    #[test]
    fn no_entry_waits_for_a_key_of_the_browser() {
        for entry in all() {
            for &(modifiers, key) in entry.keys_on(true) {
                let is_taken = belongs_to_browser(modifiers, key);
                assert!(!is_taken, "{}: {modifiers:?} {key:?}", entry.id);
            }
        }
    }

    #[test]
    fn what_has_a_key_on_the_desktop_has_one_of_its_own_on_a_page() {
        let mut owners = BTreeMap::new();
        for entry in all() {
            let had_key = !entry.keys.is_empty() && *entry != file::QUIT;
            assert!(!had_key || !entry.keys_on(true).is_empty(), "{}", entry.id);
            for (modifiers, key) in entry.keys_on(true) {
                let other = owners.insert(format!("{modifiers:?} {key:?}"), entry.id);
                assert_eq!(other, None, "{}: {modifiers:?} {key:?}", entry.id);
            }
        }
    }

    #[test]
    fn tabs_and_printing_stay_with_the_browser_and_saving_is_ours() {
        for (modifiers, key) in [
            (CTRL, Key::W),
            (CTRL, Key::P),
            (CTRL, Key::T),
            (CTRL_SHIFT, Key::Tab),
            (CTRL, Key::Num1),
            (NONE, Key::F5),
            (ALT, Key::ArrowLeft),
        ] {
            assert!(belongs_to_browser(modifiers, key), "{modifiers:?} {key:?}");
            assert!(!belongs_to_page(modifiers, key), "{modifiers:?} {key:?}");
        }
        for (modifiers, key) in [
            (CTRL, Key::S),
            (CTRL, Key::O),
            (CTRL, Key::Z),
            (ALT, Key::X),
        ] {
            assert!(belongs_to_page(modifiers, key), "{modifiers:?} {key:?}");
        }
        // Letters are typed.
        assert!(!belongs_to_page(NONE, Key::K));
    }
}
