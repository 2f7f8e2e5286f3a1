//! The address of the page: what it asks for, and the race after its `#`.
//!
//! `?embed` asks for a figure, `?chart` for a chart in it, `?theme=dark` or `?theme=light` for a theme in place of the reader's,
//! `?poster=ADDRESS` for a picture where the figure cannot be drawn, `?selftest` for the check of the
//! numbers. After `#` stands a link as `slalom link` makes it, or the name of a built-in race.

use egui::ThemePreference;

use crate::app::{Document, LONGEST_ADDRESS, Source, Workspace};
use crate::preset::{self, BuiltIn, Preset};

/// The most bytes of data that are compressed again and again to keep the address up to date.
/// Compressed, more would hardly fit into an address.
const MOST_DATA: usize = 64 << 10;

/// What an address asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// A figure in an article rather than the whole window.
    pub figure: bool,
    /// A chart in the figure.
    pub chart: bool,
    /// The check of the numbers.
    pub selftest: bool,
    /// A theme; `None` for that of the reader.
    pub theme: Option<ThemePreference>,
    /// The address of the picture to show where the figure cannot be drawn.
    pub poster: Option<String>,
}

impl Wanted {
    /// Returns what the part of an address from its `?` on asks for. What is not known is ignored.
    #[must_use]
    pub fn of(query: &str) -> Self {
        let mut wanted = Self::default();
        for pair in query.trim_start_matches('?').split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            match (name, value) {
                ("embed", _) => wanted.figure = true,
                ("chart", _) => wanted.chart = true,
                ("selftest", _) => wanted.selftest = true,
                ("theme", "dark") => wanted.theme = Some(ThemePreference::Dark),
                ("theme", "light") => wanted.theme = Some(ThemePreference::Light),
                ("poster", address) if !address.is_empty() => {
                    wanted.poster = Some(decoded(address));
                }
                _ => {}
            }
        }
        wanted
    }
}

/// Returns an address without what follows its `#`.
#[must_use]
pub fn without_race(address: &str) -> &str {
    address.split('#').next().unwrap_or_default()
}

/// Returns an address without what follows its `?` or `#`: that of the page itself.
#[must_use]
pub fn bare(address: &str) -> &str {
    let page = without_race(address);
    page.split('?').next().unwrap_or_default()
}

/// Returns the race that the part of an address from its `#` on names, or a sentence that says why it
/// cannot be opened; `None` if it names none.
#[must_use]
pub fn race_in(hash: &str) -> Option<Result<Preset, String>> {
    let text = decoded(hash.trim_start_matches('#'));
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let read = if BuiltIn::named(text).is_some() {
        preset::load_built_in(text)
    } else {
        preset::read_link("The link in the address", text)
    };
    Some(read.map_err(|error| error.to_string()))
}

/// Shows the race of an address: in the tab that has it already, or else in a new one. A race that was
/// only opened for want of another makes room for it.
pub fn show(workspace: &mut Workspace, race: Result<Preset, String>) {
    let preset = match race {
        Ok(preset) => preset,
        Err(sentence) => return workspace.fail(sentence),
    };
    let is_it = |it: &&Document| it.preset().experiment == preset.experiment;
    let open = workspace.documents().iter().find(is_it).map(Document::id);
    let document = Document::new(preset, Source::New);
    let Some(open) = open else {
        let only = workspace.active();
        let is_first = matches!(only.source, Source::BuiltIn(preset::FIRST))
            && workspace.documents().len() == 1
            && !only.is_changed();
        if is_first {
            workspace.replace(document);
        } else {
            workspace.insert(document);
        }
        return;
    };
    workspace.show(open);
    let shown = workspace.active_mut();
    shown.view = document.view;
    shown.playback = document.playback;
}

/// Keeps the address in step with the race that is shown.
#[derive(Debug, Default)]
pub struct Follower {
    /// The race as it was when the address was last looked at.
    seen: Option<Preset>,
    /// What stands after `#`.
    hash: String,
}

impl Follower {
    /// Starts to follow a race that was opened, while this stands after the `#` of the address.
    #[must_use]
    pub fn new(preset: Preset, hash: &str) -> Self {
        Self {
            seen: Some(preset),
            hash: hash.trim_start_matches('#').to_owned(),
        }
    }

    /// Returns whether somebody has put something else after the `#`.
    pub fn is_replaced(&mut self, hash: &str) -> bool {
        let hash = hash.trim_start_matches('#');
        let is_replaced = hash != self.hash;
        hash.clone_into(&mut self.hash);
        is_replaced
    }

    /// Returns what is to stand after `#` from now on, if it changes; `page` is the address before it.
    /// A race that makes the address too long for others leaves it empty.
    pub fn follow(&mut self, preset: Preset, page: &str) -> Option<&str> {
        if self.seen.as_ref() == Some(&preset) {
            return None;
        }
        let link = (preset::data_bytes(&preset) <= MOST_DATA).then(|| preset::link(&preset).ok());
        let room = LONGEST_ADDRESS.saturating_sub(page.len() + 1);
        let hash = link.flatten().filter(|link| link.len() <= room);
        self.seen = Some(preset);
        let hash = hash.unwrap_or_default();
        let changes = hash != self.hash;
        self.hash = hash;
        changes.then_some(&*self.hash)
    }
}

/// Returns a text in which `%41` stands for A. What is no such code stays.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = (first == b'%').then(|| after.get(..2)).flatten();
        let code = code.and_then(|it| std::str::from_utf8(it).ok());
        let byte = code.and_then(|it| u8::from_str_radix(it, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = after
            .get(2 * usize::from(byte.is_some())..)
            .unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Change, Settings};

    fn preset(name: &str) -> Preset {
        preset::load_built_in(name).unwrap()
    }

    fn workspace() -> Workspace {
        let first = Document::new(preset(preset::FIRST), Source::BuiltIn(preset::FIRST));
        Workspace::new(first, Settings::default())
    }

    #[test]
    fn the_query_says_what_is_wanted() {
        assert_eq!(Wanted::of(""), Wanted::default());
        let figure = Wanted::of("?embed&theme=dark&chart&poster=a%20race.png&other=1");
        let theme = Some(ThemePreference::Dark);
        let poster = Some("a race.png".to_owned());
        let expected = Wanted {
            figure: true,
            chart: true,
            selftest: false,
            theme,
            poster,
        };
        assert_eq!(figure, expected);
        assert_eq!(Wanted::of("?theme=pink&poster="), Wanted::default());
        assert!(Wanted::of("?selftest").selftest);
    }

    #[test]
    fn addresses_are_divided_at_their_signs() {
        let address = "https://example.org/slalom/?embed#slalom1:A?B";
        assert_eq!(without_race(address), "https://example.org/slalom/?embed");
        assert_eq!(bare(address), "https://example.org/slalom/");
        assert_eq!(bare("file:///tmp/index.html"), "file:///tmp/index.html");
        assert_eq!(decoded("a%41%c3%a9%4x%"), "aAé%4x%");
    }

    #[test]
    fn a_link_after_the_sign_opens_race_view_and_playhead() {
        let mut race = preset("rosenbrock");
        race.view.step = Some(40);
        let link = preset::link(&race).unwrap();
        for hash in [format!("#{link}"), format!("#{}", link.replace(':', "%3A"))] {
            let opened = race_in(&hash).unwrap().unwrap();
            assert_eq!(opened.experiment, race.experiment);
            let document = Document::new(opened, Source::New);
            assert_eq!(document.step(), 40);
            assert!(!document.playback.playing);
        }
        assert_eq!(race_in("#rosenbrock"), Some(Ok(preset("rosenbrock"))));
        assert_eq!(race_in("#"), None);
    }

    #[test]
    fn a_broken_link_is_a_sentence_beside_the_normal_page() {
        let link = preset::link(&preset("rosenbrock")).unwrap();
        for hash in ["#", "#slalom1:", "#half", &format!("#{}", &link[..99])] {
            let mut workspace = workspace();
            let Some(race) = race_in(hash) else {
                assert_eq!(hash, "#");
                continue;
            };
            show(&mut workspace, race);
            let said = workspace.notice.as_ref().unwrap();
            assert!(
                said.error
                    && said
                        .text
                        .starts_with("The link in the address cannot be opened: ")
            );
            assert_eq!(workspace.documents().len(), 1);
        }
    }

    #[test]
    fn a_race_gets_a_tab_unless_it_has_one() {
        let mut workspace = workspace();
        show(&mut workspace, Ok(preset("rosenbrock")));
        assert_eq!(workspace.documents().len(), 1, "the first race makes room");
        show(&mut workspace, Ok(preset("noisy-moons")));
        assert_eq!(workspace.documents().len(), 2);
        let mut again = preset("rosenbrock");
        again.view.step = Some(7);
        show(&mut workspace, Ok(again));
        assert_eq!(workspace.documents().len(), 2);
        assert_eq!(workspace.active().step(), 7);
        let title = &preset("rosenbrock").experiment.title;
        assert_eq!(workspace.active().title(), title);
    }

    #[test]
    fn the_address_follows_changes_and_nothing_else() {
        let page = "https://example.org/";
        let mut document = Document::new(preset("rosenbrock"), Source::New);
        let mut follower = Follower::new(document.preset(), "");
        assert_eq!(follower.follow(document.preset(), page), None);
        document.change(Change::Steps(77)).unwrap();
        let hash = follower.follow(document.preset(), page).unwrap().to_owned();
        assert_eq!(race_in(&hash).unwrap().unwrap().experiment.steps, 77);
        assert_eq!(follower.follow(document.preset(), page), None);
        assert!(!follower.is_replaced(&format!("#{hash}")));
        assert!(follower.is_replaced("#rosenbrock"));
    }

    #[test]
    fn a_race_too_long_for_an_address_leaves_it_bare() {
        let mut document = Document::new(preset("rosenbrock"), Source::New);
        let mut follower = Follower::new(document.preset(), "#rosenbrock");
        let mut long = document.preset();
        // Notes that cannot be compressed.
        let mut chance: u64 = 1;
        long.experiment.notes = (0..9000)
            .map(|_| {
                chance = chance
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                char::from(b'!' + u8::try_from(chance >> 58).unwrap_or_default())
            })
            .collect();
        assert_eq!(follower.follow(long, "https://example.org/"), Some(""));
        document.change(Change::Steps(77)).unwrap();
        assert!(
            follower
                .follow(document.preset(), "https://example.org/")
                .is_some()
        );
    }
}
