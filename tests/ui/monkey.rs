//! A monkey at the window: random keys, clicks, drags, words and actions of every kind never break
//! it, and everything it has done can be undone.
//!
//! `MONKEY_EVENTS=20000 cargo test --test ui monkey` makes it play for longer, and `MONKEY_SEED`
//! repeats a run.

mod random;
mod wishes;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::time::Duration;

use egui::accesskit::Action as Wanted;
use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, TouchPhase, Vec2, vec2};
use egui_kittest::kittest::NodeT as _;
use slalom::app::{
    Action, AppAction, Asked, Document, DocumentAction, DocumentId, Opening, Source, table,
};
use slalom::experiment::Experiment;
use slalom::preset::BuiltIn;

use crate::support::{Slalom, stroke};
use random::Random;
use wishes::{Files, Maker, WORDS};

/// The events of one run in CI.
const EVENTS: usize = 2_000;
const SIZES: [[f32; 2]; 4] = [
    [1280.0, 800.0],
    [900.0, 600.0],
    [600.0, 640.0],
    [480.0, 360.0],
];
/// The most tabs that are left open.
const MOST_TABS: usize = 6;
/// A history keeps 500 steps, and is gone back before it forgets the first one.
const LONG_HISTORY: usize = 400;

/// The kinds of events, of which each is as likely as any other.
const EVENT_KINDS: &[&str] = &[
    "key",
    "shortcut",
    "keys of one frame",
    "click",
    "secondary click",
    "double click",
    "drag",
    "wheel",
    "word",
    "paste",
    "press by a screen reader",
    "value by a screen reader",
    "other size",
    "action",
    "action",
    "action",
    "action",
    "action",
    "action",
];

const KEYS: &[Key] = &[
    Key::Space,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::Enter,
    Key::Tab,
    Key::Escape,
    Key::Home,
    Key::End,
    Key::Backspace,
    Key::Delete,
    Key::PageDown,
];

struct Monkey {
    slalom: Slalom,
    random: Random,
    files: Files,
    size: Vec2,
    /// How often each kind of event and action has happened.
    counts: BTreeMap<String, usize>,
    /// The experiments as they were when their documents were opened.
    first: BTreeMap<DocumentId, Experiment>,
    undone: usize,
}

impl Monkey {
    fn new(seed: u64) -> Self {
        let size = vec2(1280.0, 800.0);
        Self {
            slalom: Slalom::sized(size, None),
            random: Random::new(seed),
            files: Files::new(),
            size,
            counts: BTreeMap::new(),
            first: BTreeMap::new(),
            undone: 0,
        }
    }

    fn count(&mut self, kind: &str) {
        *self.counts.entry(kind.to_owned()).or_default() += 1;
    }

    /// Does one random thing.
    fn play(&mut self) {
        let kind = *self.random.of(EVENT_KINDS);
        self.count(kind);
        let random = &mut self.random;
        match kind {
            "key" => {
                let modifiers =
                    *random.of(&[Modifiers::NONE, Modifiers::SHIFT, Modifiers::COMMAND]);
                let key = *random.of(KEYS);
                self.slalom.at_once(stroke(modifiers, key));
            }
            "shortcut" => {
                let events = any_shortcut(random);
                self.slalom.at_once(events);
            }
            "keys of one frame" => {
                let mut events = any_shortcut(random);
                events.extend(any_shortcut(random));
                events.push(Event::Text((*random.of(WORDS)).into()));
                self.slalom.at_once(events);
            }
            "click" => self.click(PointerButton::Primary, 1),
            "secondary click" => self.click(PointerButton::Secondary, 1),
            "double click" => self.click(PointerButton::Primary, 2),
            "drag" => {
                let [from, to] = [random.spot(self.size), random.spot(self.size)];
                self.drag(from, to);
            }
            "wheel" => {
                let (at, turned) = (random.spot(self.size), random.between(-300.0, 300.0));
                self.wheel(at, turned);
            }
            "word" => {
                let word = (*random.of(WORDS)).into();
                self.slalom.at_once([Event::Text(word)]);
            }
            "paste" => {
                let pastes = ["(version: 1)", "Adam(lr=0.1)", "milk, eggs", "0.5"];
                let text = (*random.of(&pastes)).to_owned();
                self.slalom.at_once([Event::Paste(text)]);
            }
            "press by a screen reader" => self.press_anything(),
            "value by a screen reader" => self.set_anything(),
            "other size" => {
                self.size = Vec2::from(*random.of(&SIZES));
                self.slalom.set_size(self.size);
                self.slalom.step();
            }
            _ => {
                let kinds: Vec<String> = wishes::kinds().collect();
                let kind = self.random.of(&kinds).clone();
                self.perform(&kind);
            }
        }
    }

    /// Performs a random action of a kind.
    fn perform(&mut self, kind: &str) {
        if let Some(game) = wishes::game_of(kind).filter(|_| self.random.coin()) {
            self.slalom.perform(AppAction::StartGame(game));
        }
        let mut maker = Maker {
            slalom: &self.slalom,
            random: &mut self.random,
            files: &self.files,
        };
        let action = maker.action(kind);
        assert_eq!(wishes::kind(&action), kind);
        self.count(kind);
        self.slalom.state_mut().perform(action);
        self.slalom.step();
    }

    fn click(&mut self, button: PointerButton, times: usize) {
        let pos = self.random.spot(self.size);
        let turn = |pressed| Event::PointerButton {
            pos,
            button,
            pressed,
            modifiers: Modifiers::NONE,
        };
        self.slalom.at_once([Event::PointerMoved(pos)]);
        for _ in 0..times {
            self.slalom.at_once([turn(true), turn(false)]);
        }
    }

    fn drag(&mut self, from: Pos2, to: Pos2) {
        let button = |pos, pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        let slalom = &mut self.slalom;
        slalom.at_once([Event::PointerMoved(from), button(from, true)]);
        slalom.at_once([Event::PointerMoved(from.lerp(to, 0.5))]);
        slalom.at_once([Event::PointerMoved(to), button(to, false)]);
    }

    #[expect(clippy::cast_possible_truncation, reason = "a turn of the wheel")]
    fn wheel(&mut self, at: Pos2, turned: f64) {
        let wheel = Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, turned as f32),
            phase: TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        };
        self.slalom.at_once([Event::PointerMoved(at), wheel]);
    }

    /// Presses any button, menu or field, wherever it is.
    fn press_anything(&mut self) {
        let root = self.slalom.root();
        let can = |node: &egui_kittest::Node<'_>| {
            let node = node.accesskit_node();
            node.data().supports_action(Wanted::Click) && !node.is_disabled()
        };
        let nodes: Vec<_> = root.children_recursive().filter(can).collect();
        self.random.of(&nodes).click_accesskit();
        self.slalom.step();
    }

    /// Sets any slider or number.
    fn set_anything(&mut self) {
        let root = self.slalom.root();
        let can = |node: &egui_kittest::Node<'_>| {
            let node = node.accesskit_node();
            node.data().supports_action(Wanted::SetValue) && !node.is_disabled()
        };
        let nodes: Vec<_> = root.children_recursive().filter(can).collect();
        if !nodes.is_empty() {
            let value = self.random.wild();
            self.random.of(&nodes).set_value_accesskit(value);
        }
        self.slalom.step();
    }

    /// Opens a built-in race or lesson, whatever is asked and unsaved.
    fn open(&mut self, name: &'static str) {
        self.slalom.perform(&table::help::DISMISS);
        let opening = Opening::BuiltIn(name);
        if self.slalom.workspace().documents().len() < MOST_TABS {
            self.slalom.perform(AppAction::OpenBeside(opening));
        } else {
            self.slalom.perform(AppAction::Open(opening));
            self.slalom.perform(AppAction::Discard);
        }
        let is_open = |slalom: &Slalom| slalom.document().source == Source::BuiltIn(name);
        for _ in 0..500 {
            if is_open(&self.slalom) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
            self.slalom.step();
        }
        panic!("{name} does not open");
    }

    /// Closes what a monkey must not touch, as it would write files, and tabs beyond the limit.
    fn tidy_up(&mut self) {
        if matches!(
            self.slalom.workspace().asked,
            Some(Asked::Save | Asked::Open | Asked::Export | Asked::Data(_))
        ) {
            self.slalom.perform(&table::help::DISMISS);
        }
        while self.slalom.workspace().documents().len() > MOST_TABS {
            let first = self.slalom.tab(0);
            self.slalom.perform(AppAction::Close(first));
            self.slalom.perform(AppAction::Discard);
        }
    }

    /// Remembers how documents were opened, and goes back where a history has become long.
    fn watch(&mut self) {
        let mut long = Vec::new();
        for document in self.slalom.workspace().documents() {
            if document.position() == 0 {
                let first = || document.experiment().clone();
                self.first.entry(document.id()).or_insert_with(first);
            }
            if document.position() > LONG_HISTORY {
                long.push(document.id());
            }
        }
        for id in long {
            self.undo_all(id);
        }
    }

    /// Undoes everything in a document, and checks that it is as it was opened.
    fn undo_all(&mut self, id: DocumentId) {
        let position = |slalom: &Slalom| slalom.workspace().document(id).unwrap().position();
        for _ in 0..position(&self.slalom) {
            let undo = Action::Document(id, DocumentAction::Do(&table::edit::UNDO));
            self.slalom.state_mut().perform(undo);
        }
        self.slalom.step();
        assert_eq!(position(&self.slalom), 0);
        let document = self.slalom.workspace().document(id).unwrap();
        if let Some(first) = self.first.get(&id) {
            assert_eq!(document.experiment(), first, "undone to the beginning");
            self.undone += 1;
        }
    }

    fn check(&self) {
        let workspace = self.slalom.workspace();
        for document in workspace.documents() {
            check_document(document);
        }
        if let Some([a, b]) = workspace.compared() {
            check_comparison(
                workspace.active(),
                if workspace.active().id() == a.id() {
                    b
                } else {
                    a
                },
            );
            assert!(workspace.game.is_none(), "a game has one race");
        }
        assert!((0.1..=50.0).contains(&workspace.settings.speed));
        let document = workspace.active();
        let race = &document.race;
        // Where there is a lot to compute, the monkey finds the button that cancels it.
        if !race.is_busy() && !race.is_given_up() && self.is_at_rest() {
            assert_eq!(race.lineup(), document.lineup(), "the paths are up to date");
            assert_eq!(race.paths().len(), document.lineup().ids().len());
        }
    }

    /// Whether nothing waits for the next frame.
    fn is_at_rest(&self) -> bool {
        !self.slalom.ctx.has_requested_repaint()
    }
}

fn any_shortcut(random: &mut Random) -> Vec<Event> {
    let entries: Vec<_> = table::all().collect();
    let shortcuts: Vec<_> = random.of(&entries).shortcuts().collect();
    let keys = random.of(&shortcuts);
    stroke(keys.modifiers, keys.logical_key).into()
}

fn check_document(document: &Document) {
    assert_eq!(document.experiment().check(), Ok(()));
    let ids = document.lineup().ids();
    assert_eq!(ids.len(), document.experiment().racers.len());
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    for id in [document.selected(), document.solo()].into_iter().flatten() {
        assert!(ids.contains(&id), "{id:?} of {ids:?}");
    }
    let playhead = document.playback.playhead;
    assert!((0.0..=document.steps()).contains(&playhead), "{playhead}");
    let window = document.window();
    for size in [window.width(), window.height()] {
        assert!(size.is_finite() && size > 0.0, "{window:?}");
    }
}

/// The other race is shown at the same moment and in the same way.
fn check_comparison(active: &Document, other: &Document) {
    assert_ne!(active.id(), other.id());
    let expected = active.playback.playhead.min(other.steps());
    assert!((other.playback.playhead - expected).abs() < 1e-9);
    assert_eq!(other.view.arrows, active.view.arrows);
    assert_eq!(other.view.chart, active.view.chart);
}

#[test]
fn a_monkey_breaks_nothing_and_everything_can_be_undone() {
    let number = |name: &str| env::var(name).ok()?.parse::<u64>().ok();
    let seed = number("MONKEY_SEED").unwrap_or(20_261_201);
    let events = number("MONKEY_EVENTS").map_or(EVENTS, |it| usize::try_from(it).unwrap());
    println!("MONKEY_SEED={seed} MONKEY_EVENTS={events}");
    let mut monkey = Monkey::new(seed);
    let presets: Vec<&BuiltIn> = BuiltIn::all().collect();
    let apart = (events / presets.len()).max(1);
    let mut cycle = presets.iter().cycle();
    for event in 0..events {
        if event % apart == 0 {
            monkey.open(cycle.next().unwrap().name);
        }
        monkey.play();
        monkey.tidy_up();
        monkey.watch();
        monkey.check();
    }
    // What chance has left out.
    for kind in wishes::kinds() {
        if !monkey.counts.contains_key(&kind) {
            monkey.perform(&kind);
            monkey.tidy_up();
            monkey.watch();
            monkey.check();
        }
    }
    let kinds = EVENT_KINDS.iter().map(|kind| (*kind).to_owned());
    for kind in kinds.chain(wishes::kinds()) {
        assert!(monkey.counts.contains_key(&kind), "{kind} has not happened");
    }
    let tabs = monkey.slalom.workspace().documents().iter();
    for id in tabs.map(Document::id).collect::<Vec<_>>() {
        monkey.undo_all(id);
    }
    assert!(monkey.undone > 0);
    println!("{:#?}", monkey.counts);
}
