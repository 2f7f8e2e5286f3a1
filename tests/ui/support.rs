//! A window without a screen, and shortcuts for using it.

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Pos2, Shape, ThemePreference, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use slalom::app::{
    Document, DocumentId, Folder, Listener, RacerId, SlalomApp, Source, Workspace,
    figure_workspace, table,
};
use slalom::experiment::Experiment;
use slalom::preset::{self, Preset};
use slalom::simulation::Trajectory;
use slalom::view::scene::Frame;

use crate::wish::{Wish, id_of};

/// The indices of the racers in [`THREE`].
pub const DESCENT: usize = 0;
pub const MOMENTUM: usize = 1;
pub const ADAM: usize = 2;

/// Three racers on Beale's function, with Adam's card open.
pub const THREE: &str = r#"(
    version: 1,
    title: "Three racers",
    surface: Beale,
    start: (1.0, 1.6),
    steps: 200,
    racers: [
        (optimizer: GradientDescent(learning_rate: 0.001)),
        (optimizer: Momentum(learning_rate: 0.001, momentum: 0.95)),
        (optimizer: Adam(learning_rate: 0.15)),
    ],
)"#;

/// Ctrl, as sent by a keyboard on Linux or Windows.
pub const CTRL: Modifiers = Modifiers {
    ctrl: true,
    command: true,
    ..Modifiers::NONE
};

pub const CTRL_SHIFT: Modifiers = Modifiers {
    shift: true,
    ..CTRL
};

/// A window of Slalom. One frame is 1/25 s, which is one step of the race.
pub struct Slalom(Harness<'static, SlalomApp>);

impl Deref for Slalom {
    type Target = Harness<'static, SlalomApp>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Slalom {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl Slalom {
    /// Opens the window as on the very first start.
    pub fn first() -> Self {
        Self::sized([1280.0, 800.0], None)
    }

    /// Opens a window of this size, playing.
    pub fn sized(size: impl Into<Vec2>, preset: Option<Preset>) -> Self {
        let harness = Harness::builder()
            .with_size(size)
            .with_step_dt(1.0 / 25.0)
            .build_eframe(|creation| SlalomApp::new(creation, preset, None));
        Self(harness)
    }

    /// Opens a window that keeps settings and tabs in a folder.
    pub fn kept_in(folder: &Path, preset: Option<Preset>) -> Self {
        let folder = Folder::new(folder.to_owned());
        let harness = Harness::builder()
            .with_size([1280.0, 800.0])
            .with_step_dt(1.0 / 25.0)
            .build_eframe(move |creation| SlalomApp::kept_in(&folder, creation, preset, None));
        Self(harness)
    }

    /// Opens a figure in an article, out of sight, that leads to a page.
    pub fn figure(text: &str, listener: Listener) -> Self {
        let document = Document::new(preset::from_text("test", text).unwrap(), Source::New);
        let page = Some("https://example.org/slalom/".to_owned());
        let workspace = figure_workspace(document, ThemePreference::Light, false, page);
        Self::figure_of([700.0, 450.0], workspace, listener)
    }

    /// Opens a figure of this size, out of sight.
    pub fn figure_of(size: impl Into<Vec2>, workspace: Workspace, listener: Listener) -> Self {
        let harness = Harness::builder()
            .with_size(size)
            .with_step_dt(1.0 / 25.0)
            .build_eframe(move |creation| SlalomApp::figure(creation, workspace, listener));
        Self(harness)
    }

    /// Opens a window with this preset, playing.
    pub fn playing(text: &str) -> Self {
        Self::sized(
            [1280.0, 800.0],
            Some(preset::from_text("test", text).unwrap()),
        )
    }

    /// Opens a window with this preset, paused at the start.
    pub fn paused(text: &str) -> Self {
        let mut slalom = Self::playing(text);
        slalom.perform(&table::play::PLAY_OR_PAUSE);
        slalom.perform(&table::play::TO_START);
        slalom
    }

    /// Opens a window with [`THREE`], paused at the start.
    pub fn three() -> Self {
        Self::paused(THREE)
    }

    /// Performs an action directly, as a shortcut to where a test starts.
    pub fn perform(&mut self, wish: impl Into<Wish>) {
        let action = wish.into().of(self.state());
        self.state_mut().perform(action);
        self.step();
        self.await_opening();
    }

    /// Runs frames until nothing is being opened any more, which a busy machine does slowly.
    pub fn await_opening(&mut self) {
        while self.workspace().is_waiting() {
            std::thread::sleep(std::time::Duration::from_millis(1));
            self.step();
        }
    }

    pub fn workspace(&self) -> &Workspace {
        self.state().workspace()
    }

    /// Returns the document that is shown.
    pub fn document(&self) -> &Document {
        self.workspace().active()
    }

    /// Returns the id of a racer.
    #[track_caller]
    pub fn id(&self, place: usize) -> RacerId {
        id_of(self.document(), place)
    }

    /// Returns the place of the selected racer.
    pub fn selected(&self) -> Option<usize> {
        self.document()
            .lineup()
            .index_of(self.document().selected()?)
    }

    /// Returns the place of the only racer that is shown.
    pub fn solo(&self) -> Option<usize> {
        self.document().lineup().index_of(self.document().solo()?)
    }

    /// Returns the id of the document in a tab.
    #[track_caller]
    pub fn tab(&self, index: usize) -> DocumentId {
        self.workspace().documents()[index].id()
    }

    /// Returns the index of the tab that is shown.
    pub fn active_tab(&self) -> usize {
        let tabs = self.workspace().documents();
        let active = self.document().id();
        tabs.iter().position(|it| it.id() == active).unwrap()
    }

    pub fn experiment(&self) -> &Experiment {
        self.document().experiment()
    }

    pub fn playhead(&self) -> f64 {
        self.document().playback.playhead
    }

    pub fn is_playing(&self) -> bool {
        self.document().playback.playing
    }

    /// Returns the racers' names as shown on screen.
    pub fn names(&self) -> Vec<String> {
        self.experiment().titles()
    }

    /// Returns the simulated path of a racer.
    pub fn path(&self, place: usize) -> Arc<Trajectory> {
        Arc::clone(&self.document().race.paths()[place])
    }

    /// Returns the learning rate of a racer.
    pub fn rate(&self, place: usize) -> f64 {
        self.number(place, "learning_rate")
    }

    /// Returns a hyper-parameter of a racer.
    pub fn number(&self, place: usize, name: &str) -> f64 {
        let rule = self.experiment().racers[place].plan.optimizer.rule();
        rule.number(rule.find(name).unwrap()).unwrap()
    }

    /// Returns the text of the notice at the bottom of the window.
    pub fn notice(&self) -> &str {
        let notice = self.workspace().notice.as_ref();
        notice.map_or("", |notice| &notice.text)
    }

    /// Returns the only node with this name that is not just text.
    #[track_caller]
    pub fn thing<'a>(&'a self, name: &'a str) -> Node<'a> {
        self.get_by(move |node| {
            node.label().as_deref() == Some(name) && !matches!(node.role(), Role::Label)
        })
    }

    pub fn has(&self, name: &str) -> bool {
        self.query_all_by_label(name).next().is_some()
    }

    /// Clicks the node with this name.
    #[track_caller]
    pub fn click(&mut self, name: &str) {
        self.thing(name).click();
        self.rest();
    }

    /// Opens the menu under the program's name, and one of the menus inside it.
    #[track_caller]
    pub fn open_menu(&mut self, submenu: &str) {
        self.click("Menu");
        self.click(submenu);
    }

    pub fn click_at(&mut self, at: Pos2) {
        self.hover_at(at);
        self.button_at(at, true);
        self.button_at(at, false);
        self.step();
    }

    pub fn double_click_at(&mut self, at: Pos2) {
        self.click_at(at);
        self.button_at(at, true);
        self.button_at(at, false);
        self.step();
    }

    fn button_at(&self, pos: Pos2, pressed: bool) {
        self.event(Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }

    /// Presses the pointer and moves it a little, which starts a drag.
    pub fn grasp(&mut self, at: Pos2) {
        self.hover_at(at);
        self.drag_at(at);
        self.step();
    }

    /// Moves the pointer for one frame.
    pub fn move_to(&mut self, at: Pos2) {
        self.hover_at(at);
        self.step();
    }

    pub fn let_go(&mut self, at: Pos2) {
        self.button_at(at, false);
        self.step();
        self.step();
    }

    /// Drags in ten moves.
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.grasp(from);
        for share in 1..=10_u8 {
            self.move_to(from.lerp(to, f32::from(share) / 10.0));
        }
        self.let_go(to);
    }

    /// Turns the wheel by this many points at a spot.
    pub fn wheel(&mut self, at: Pos2, points: f32) {
        self.hover_at(at);
        self.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, points),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        });
        self.step();
        self.run_steps(20);
    }

    pub fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.key_press_modifiers(modifiers, key);
        self.rest();
    }

    /// Sends events that all arrive before the next frame.
    pub fn at_once(&mut self, events: impl IntoIterator<Item = Event>) {
        self.input_mut().events.extend(events);
        self.step();
    }

    /// Returns the widget that has the keyboard's focus.
    pub fn focused(&self) -> Option<Node<'_>> {
        let mut nodes = self.root().children_recursive();
        nodes.find(Node::is_focused)
    }

    /// Returns the name of the widget that has the keyboard's focus.
    pub fn focus(&self) -> Option<String> {
        self.focused()?.accesskit_node().label()
    }

    /// Types like a keyboard, with key and text events.
    pub fn type_keys(&mut self, text: &str) {
        for letter in text.chars() {
            let key = Key::from_name(&letter.to_string());
            if let Some(key) = key {
                self.key_down(key);
            }
            self.event(Event::Text(letter.into()));
            if let Some(key) = key {
                self.key_up(key);
            }
        }
        self.rest();
    }

    /// Clicks a number, types a new one and confirms it.
    #[track_caller]
    pub fn type_number(&mut self, name: &str, text: &str) {
        self.click(name);
        self.event(Event::Text(text.into()));
        self.press(Key::Enter);
        self.rest();
    }

    /// Runs a few frames, which process everything in the queue.
    pub fn rest(&mut self) {
        self.run_steps(3);
        self.await_opening();
    }

    /// Hovers over the node with this name until its tooltip appears.
    #[track_caller]
    pub fn hover(&mut self, name: &str) {
        self.thing(name).hover();
        self.run_steps(25);
    }

    /// Whether a text is painted, even outside a widget.
    pub fn says(&self, text: &str) -> bool {
        let shapes = self.output().shapes.iter();
        shapes
            .map(|clipped| &clipped.shape)
            .any(|shape| paints(shape, text))
    }

    /// Returns the frame of the scene: its rectangle on screen, and the window that it shows.
    pub fn scene(&self) -> Frame {
        let rect = self.get_by_role(Role::Canvas).rect();
        let aspect = f64::from(rect.width() / rect.height());
        Frame::new(self.document().window().with_aspect(aspect), rect)
    }

    /// Returns the start of the race on screen.
    pub fn ring(&self) -> Pos2 {
        self.scene().to_screen(self.experiment().start)
    }

    /// Returns a spot in the scene without ring or trail.
    pub fn bare_ground(&self) -> Pos2 {
        self.scene().rect.left_top() + vec2(60.0, 200.0)
    }
}

fn paints(shape: &Shape, text: &str) -> bool {
    match shape {
        Shape::Text(painted) => painted.galley.text().contains(text),
        Shape::Vec(shapes) => shapes.iter().any(|shape| paints(shape, text)),
        _ => false,
    }
}

/// Returns the events of a key that is pressed with modifiers and let go.
pub fn stroke(modifiers: Modifiers, key: Key) -> [Event; 4] {
    let turn = |pressed| Event::Key {
        key,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers,
    };
    [
        Event::ModifiersChanged(modifiers),
        turn(true),
        turn(false),
        Event::ModifiersChanged(Modifiers::NONE),
    ]
}

pub fn experiment(text: &str) -> Experiment {
    preset::from_text("test", text).unwrap().experiment
}

/// Checks that two numbers are equal up to rounding. egui's clock is not very exact.
#[track_caller]
pub fn assert_near(a: f64, b: f64) {
    assert!((a - b).abs() <= 1e-6 * b.abs(), "{a} is not {b}");
}
