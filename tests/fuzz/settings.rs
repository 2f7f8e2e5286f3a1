//! The files of settings and of sessions.

use slalom::app::{Settings, Unusable, session_from, settings_from, settings_to_text};
use slalom::preset::{self, BuiltIn};

use crate::engine::{Answer, Kind, VALID};

pub const SETTINGS: Kind = Kind {
    name: "settings",
    share: 2,
    words: &[
        "theme: Dark",
        "scale: 1e400",
        "recent_files: [",
        "speed: NaN",
        "None",
        "version: 2",
    ],
    more: || {
        let mut settings = Settings::default();
        let usual = settings_to_text(&settings).unwrap();
        settings.remember_entry("Export…".to_owned());
        settings.remember_file(std::path::Path::new("/races/saddle.ron"));
        settings.lessons_done.insert("03-momentum".to_owned());
        let texts = [usual, settings_to_text(&settings).unwrap()];
        texts.map(String::into_bytes).to_vec()
    },
    read: read_settings,
};

pub const SESSIONS: Kind = Kind {
    name: "sessions",
    share: 2,
    words: &[
        "ended: true",
        "active: 9",
        "comparison: Some((a: 0, b: 1))",
        "file: Some(Text(\"a.ron\"))",
        "file: Some(Bytes([255]))",
        "playhead: NaN",
        "preset: r#\"",
        "\"#",
        "slalom1:",
        "saved: None",
        "built_in: Some(\"saddle\")",
    ],
    more: || vec![session().into_bytes()],
    read: read_session,
};

/// A session with three tabs.
fn session() -> String {
    let text = |name: &str| {
        let preset = BuiltIn::named(name).unwrap().preset().unwrap();
        (
            preset::to_text(&preset).unwrap(),
            preset::link(&preset).unwrap(),
        )
    };
    let ((saddle, _), (beale, _), (_, link)) = (text("saddle"), text("beale"), text("keys"));
    format!(
        "(version: 1, ended: false, active: 1, comparison: Some((a: 0, b: 2, ghosts: true)), tabs: [\
         (built_in: Some(\"saddle\"), playhead: 12.5, playing: true, preset: r##\"{saddle}\"##), \
         (file: Some(Text(\"/races/beale.ron\")), preset: r##\"{beale}\"##, \
         saved: Some(r##\"{saddle}\"##)), (preset: \"{link}\")])"
    )
}

/// What a file that cannot be used is like.
fn unusable(why: &Unusable) -> Answer {
    let said = why.to_string();
    if said.contains('\n') {
        return Err(format!("two lines: {said}"));
    }
    Ok(crate::engine::of_error(why))
}

fn read_settings(input: &[u8]) -> Answer {
    let Ok(text) = std::str::from_utf8(input) else {
        return Ok("no text".to_owned());
    };
    let settings = match settings_from(text) {
        Ok(settings) => settings,
        Err(why) => return unusable(&why),
    };
    let written = settings_to_text(&settings).map_err(|it| format!("not written: {it}"))?;
    let again = settings_from(&written);
    let again = again.map_err(|it| format!("written, but not read: {it}\n{written}"))?;
    if again != settings {
        return Err(format!("read otherwise: {written}"));
    }
    for way in [-1, 1] {
        let _ = settings.next_scale(way);
    }
    let recent = settings.recent_files.len().min(2);
    Ok(format!(
        "{VALID}: {:?} {} {recent}",
        settings.theme, settings.scale
    ))
}

fn read_session(input: &[u8]) -> Answer {
    let Ok(text) = std::str::from_utf8(input) else {
        return Ok("no text".to_owned());
    };
    let (session, lost) = match session_from(text) {
        Ok(read) => read,
        Err(why) => return unusable(&why),
    };
    if session.active > 0 && session.active >= session.tabs.len() {
        return Err("the selected tab is none".to_owned());
    }
    let written = session
        .to_text()
        .map_err(|it| format!("not written: {it}"))?;
    let read = session_from(&written);
    let (again, lost_then) =
        read.map_err(|it| format!("written, but not read: {it}\n{written}"))?;
    if let Some(lost) = lost_then.first() {
        return Err(format!(
            "a tab is lost when it is written: {}\n{}",
            lost.why, lost.text
        ));
    }
    // A relative path and NaN come back otherwise, but what is written stays the same.
    if again.to_text().map_err(|it| format!("not written: {it}"))? != written {
        return Err(format!("read otherwise: {written}"));
    }
    let tabs = session.tabs.len().min(4);
    let compared = session.comparison.is_some();
    Ok(format!("{VALID}: {tabs} {} {compared}", lost.len().min(4)))
}

#[test]
fn settings_are_read_or_refused() {
    SETTINGS.hunt();
}

#[test]
fn sessions_are_read_or_refused() {
    SESSIONS.hunt();
}
