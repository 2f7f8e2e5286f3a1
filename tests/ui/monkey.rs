//! A monkey at the window: random keys, clicks, drags, words and commands never break it.
//!
//! `MONKEY_EVENTS=20000 cargo test --test ui monkey` makes it play for longer, and `MONKEY_SEED`
//! repeats a run.

use std::collections::BTreeMap;
use std::env;

use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, TouchPhase, pos2, vec2};
use slalom::app::{Asked, Change, Command, GameKind};
use slalom::experiment::Batch;
use slalom::optimizer::{OptimizerChoice, Value};
use slalom::preset::BuiltIn;
use slalom::surface::SurfaceChoice;

use crate::support::Slalom;

const SIZE: [f32; 2] = [1280.0, 800.0];

/// A random number generator (xorshift64*, Vigna 2016).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % most
    }

    #[expect(clippy::cast_precision_loss, reason = "any fraction will do")]
    fn fraction(&mut self) -> f64 {
        self.below(1 << 24) as f64 / f64::from(1 << 24)
    }

    #[expect(clippy::cast_possible_truncation, reason = "a spot on the screen")]
    fn spot(&mut self) -> Pos2 {
        let [x, y] = [self.fraction() as f32, self.fraction() as f32];
        pos2(x * SIZE[0], y * SIZE[1])
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

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
    Key::A,
    Key::B,
    Key::C,
    Key::D,
    Key::F,
    Key::J,
    Key::L,
    Key::P,
    Key::R,
    Key::T,
    Key::W,
    Key::Y,
    Key::Z,
    Key::F1,
    Key::F5,
    Key::PageDown,
];

const WORDS: &[&str] = &[
    "0.2", "1e-3", "-1", "nan", "abc", "adam", ">", "+ada", "~beale", "", "1.2.3", "é∞",
];

/// Does one random thing and returns what kind of thing it was.
fn act(slalom: &mut Slalom, random: &mut Random) -> &'static str {
    match random.below(10) {
        0 | 1 => {
            let modifiers = *random.of(&[
                Modifiers::NONE,
                Modifiers::NONE,
                Modifiers::NONE,
                Modifiers::SHIFT,
                Modifiers::COMMAND,
                Modifiers::COMMAND.plus(Modifiers::SHIFT),
            ]);
            let key = *random.of(KEYS);
            slalom.press_with(modifiers, key);
            "key"
        }
        2..=4 => {
            slalom.click_at(random.spot());
            "click"
        }
        5 => {
            drag(slalom, random.spot(), random.spot());
            "drag"
        }
        6 => {
            let delta = vec2(0.0, if random.below(2) == 0 { 120.0 } else { -120.0 });
            slalom.event(Event::PointerMoved(random.spot()));
            slalom.event(Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta,
                phase: TouchPhase::Move,
                source: egui::MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            });
            slalom.step();
            "wheel"
        }
        7 => {
            slalom.event(Event::Text((*random.of(WORDS)).into()));
            slalom.step();
            "word"
        }
        8 => {
            slalom.perform(random.of(Command::PLAIN).clone());
            "command"
        }
        _ => {
            let command = any_command(slalom, random);
            slalom.perform(command);
            "command with an argument"
        }
    }
}

fn drag(slalom: &mut Slalom, from: Pos2, to: Pos2) {
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    slalom.event(Event::PointerMoved(from));
    slalom.event(button(from, true));
    slalom.event(Event::PointerMoved(from.lerp(to, 0.5)));
    slalom.event(Event::PointerMoved(to));
    slalom.event(button(to, false));
    slalom.step();
}

fn any_command(slalom: &Slalom, random: &mut Random) -> Command {
    let racers = slalom.experiment().racers.len();
    let racer = random.below(racers.max(1) + 1);
    let built_in: Vec<&BuiltIn> = BuiltIn::all().collect();
    let name = random.of(&built_in).name;
    match random.below(14) {
        0 => AppAction::Open(Opening::BuiltIn(name)),
        1 => AppAction::OpenBeside(Opening::BuiltIn(name)),
        2 => DocumentAction::Change(Change::Add(random.of(OptimizerChoice::all()).clone())),
        3 => DocumentAction::Change(Change::Remove(racer)),
        4 => DocumentAction::Change(Change::Duplicate(racer)),
        5 => DocumentAction::Change(Change::Parameter {
            racer,
            parameter: random.below(4),
            value: Value::Number(*random.of(&[0.0, 1e-8, 0.1, 0.9, 2.0, 1e9, -1.0, f64::NAN])),
            linked: random.below(2) == 0,
        }),
        6 => DocumentAction::Change(Change::Surface(random.of(SurfaceChoice::BUILT_IN).clone())),
        7 => DocumentAction::Change(Change::Steps(1 + random.below(400))),
        8 => DocumentAction::Change(Change::Start([
            4.0 * random.fraction() - 2.0,
            4.0 * random.fraction() - 2.0,
        ])),
        9 => DocumentAction::Change(Change::Batch(racer, Batch::MiniBatch(1 + random.below(40)))),
        10 => AppAction::StartGame(*random.of(&GameKind::ALL)),
        11 => DocumentAction::Seek(400.0 * random.fraction()),
        12 => DocumentAction::GoTo(random.below(20)),
        _ => DocumentAction::Select(Some(racer)),
    }
}

#[test]
fn a_monkey_breaks_nothing() {
    let number = |name: &str| {
        env::var(name)
            .ok()
            .and_then(|text| text.parse::<u64>().ok())
    };
    let seed = number("MONKEY_SEED").unwrap_or(20_261_126);
    let events = number("MONKEY_EVENTS").unwrap_or(2_000);
    println!("MONKEY_SEED={seed} MONKEY_EVENTS={events}");
    let mut random = Random(seed.max(1));
    let mut slalom = Slalom::sized(SIZE, None);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for event in 0..events {
        *counts.entry(act(&mut slalom, &mut random)).or_default() += 1;
        // Files are none of a monkey's business.
        let asked = &slalom.state().workspace().asked;
        if matches!(
            asked,
            Some(Asked::Save | Asked::Open | Asked::Export | Asked::Data(_))
        ) {
            slalom.perform(&table::help::DISMISS);
        }
        let check = slalom.experiment().check();
        assert_eq!(check, Ok(()), "after {event} events of seed {seed}");
        let racers = slalom.experiment().racers.len();
        let selected = slalom.document().selected;
        assert!(
            selected.is_none_or(|index| index < racers),
            "{selected:?} of {racers}"
        );
    }
    assert_eq!(counts.len(), 7, "every kind of event happened: {counts:?}");
    for tab in 0..slalom.state().workspace().documents().len() {
        slalom.perform(&table::help::DISMISS);
        slalom.perform(Command::ShowTab(tab));
        while slalom.document().can_undo() {
            slalom.perform(&table::edit::UNDO);
        }
        assert!(
            !slalom.document().is_changed(),
            "undone to the beginning: tab {tab}"
        );
    }
}
