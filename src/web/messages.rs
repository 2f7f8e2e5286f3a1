//! What an article and the figures in it tell each other; `web/slalom.js` is the other side.
//!
//! A message is an object: `{slalom: NUMBER, do: "load", text: TEXT}`, or `seek` with a `step`, `play`,
//! `pause`, or `state`. The answer has the same number and a `state` or an `error`, which is a sentence.
//! Whatever a figure is told, it can only show a race: a preset that comes this way reads no file.

use serde::{Deserialize, Serialize};

use crate::app::{Document, Moment, Source, Workspace};
use crate::preset::{self, BuiltIn, Trust};

/// A message from the article.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Message {
    /// Its number, which the answer repeats.
    pub slalom: f64,
    /// What the figure is to do.
    #[serde(flatten)]
    pub order: Order,
}

/// What a figure is to do.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
pub enum Order {
    /// Show a race: the text of a preset, a link, an address that ends in one, or the name of a
    /// built-in race.
    Load {
        /// The text.
        text: String,
    },
    /// Go to a step, without starting or stopping.
    Seek {
        /// The step, which may be a fraction.
        step: f64,
    },
    /// Play; at the end, from the start.
    Play,
    /// Stop playing.
    Pause,
    /// Only tell the state.
    State,
}

/// The answer to a message.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The number of the message.
    pub slalom: f64,
    /// The state of the figure, or a sentence that says what is wrong.
    #[serde(flatten)]
    pub result: Reply,
}

/// How a message was answered.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reply {
    /// The state after the order.
    State(State),
    /// A sentence that says what is wrong.
    Error(String),
}

/// What a figure shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct State {
    /// The title of the race.
    pub title: String,
    /// The last whole step at the playhead.
    pub step: usize,
    /// The number of steps.
    pub steps: usize,
    /// The fractional step at the playhead.
    pub playhead: f64,
    /// Whether the playhead is moving.
    pub playing: bool,
    /// The number of pictures drawn so far: none are while the figure is out of sight.
    pub frames: u64,
    /// The racers.
    pub racers: Vec<RacerState>,
}

/// Where a racer is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RacerState {
    /// Its name.
    pub name: String,
    /// Its position; none where it is not known yet, or is no number.
    pub position: Option<[f64; 2]>,
    /// The loss there; none as for the position.
    pub loss: Option<f64>,
    /// Its status at that step in one word, as in the files of `slalom run`.
    pub status: &'static str,
}

/// Something that happens in a figure without being asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "slalom", rename_all = "lowercase")]
pub enum Event {
    /// The figure can be told what to do.
    Ready,
    /// A reader or the passing of time has moved the playhead.
    Step {
        /// The last whole step at the playhead.
        step: usize,
        /// The number of steps.
        steps: usize,
        /// The fractional step.
        playhead: f64,
        /// Whether it is moving.
        playing: bool,
    },
    /// The figure cannot be drawn, or the race in its address cannot be opened.
    Error {
        /// A sentence.
        error: String,
    },
}

impl From<Moment> for Event {
    fn from(moment: Moment) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the playhead is between 0 and the number of steps"
        )]
        let step = moment.playhead.max(0.0) as usize;
        Self::Step {
            step: step.min(moment.steps),
            steps: moment.steps,
            playhead: moment.playhead,
            playing: moment.playing,
        }
    }
}

/// Does what a message says.
///
/// # Errors
/// A sentence, if the figure cannot do it.
pub fn obey(workspace: &mut Workspace, order: Order) -> Result<(), String> {
    match order {
        Order::Load { text } => {
            let document = document(&text)?;
            workspace.replace(document);
        }
        Order::Seek { step } if !step.is_finite() => {
            return Err("The step to go to is no number".into());
        }
        Order::Seek { step } => {
            let document = workspace.active_mut();
            let steps = document.steps();
            document.playback.seek(step, steps);
        }
        Order::Play => {
            let document = workspace.active_mut();
            if !document.playback.playing {
                let steps = document.steps();
                document.playback.toggle(steps);
            }
        }
        Order::Pause => workspace.active_mut().playback.playing = false,
        Order::State => {}
    }
    Ok(())
}

/// Opens a preset, a link or a built-in race.
fn document(text: &str) -> Result<Document, String> {
    let text = text.trim();
    let preset = if let Some(built_in) = BuiltIn::named(text) {
        preset::load_built_in(built_in.name)
    } else {
        let name = if preset::is_link(text) {
            "the link"
        } else {
            "the text"
        };
        Trust::Folder.read(name, text)
    };
    let preset = preset.map_err(|error| error.to_string())?;
    Ok(Document::new(preset, Source::New))
}

/// Returns what a figure shows.
#[must_use]
pub fn state(workspace: &Workspace, frames: u64) -> State {
    let document = workspace.active();
    let clock = document.clock();
    let names = document.race.experiment().titles();
    let racers = document.shown().map(|shown| {
        let step = clock.step_of(shown.path);
        let position = shown.path.at(step);
        let loss = shown.path.loss_at(step);
        RacerState {
            name: names.get(shown.index).cloned().unwrap_or_default(),
            position: Some(position).filter(|it| it.iter().all(|it| it.is_finite())),
            loss: Some(loss).filter(|loss| loss.is_finite()),
            status: shown.path.status_at(step).word(),
        }
    });
    let playback = &document.playback;
    State {
        title: document.title().to_owned(),
        step: document.step(),
        steps: document.experiment().steps,
        playhead: playback.playhead,
        playing: playback.playing,
        frames,
        racers: racers.collect(),
    }
}

/// Reads a message. Others may send messages, too, which are none of a figure's.
#[must_use]
pub fn read(text: &str) -> Option<Message> {
    serde_json::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::app::Settings;

    fn workspace() -> Workspace {
        let preset = preset::load_built_in(preset::FIRST).unwrap();
        Workspace::new(Document::new(preset, Source::New), Settings::default())
    }

    /// Sends a message, and returns the answer as the article gets it.
    fn send(workspace: &mut Workspace, message: &Value) -> Value {
        let message = read(&message.to_string()).unwrap();
        let done = obey(workspace, message.order);
        workspace.active_mut().simulate(|| {});
        let result = match done {
            Ok(()) => Reply::State(state(workspace, 3)),
            Err(error) => Reply::Error(error),
        };
        let answer = Answer {
            slalom: message.slalom,
            result,
        };
        serde_json::to_value(answer).unwrap()
    }

    const RACE: &str = "(version: 1, title: \"Two\", surface: Saddle, start: (0.5, 0.25), steps: 10,
        racers: [(optimizer: GradientDescent(learning_rate: 0.5)), (name: \"M\", optimizer: Momentum())])";

    #[test]
    fn a_race_is_loaded_moved_and_told_of() {
        let mut workspace = workspace();
        let loaded = send(
            &mut workspace,
            &json!({"slalom": 1, "do": "load", "text": RACE}),
        );
        assert_eq!(loaded["slalom"], 1.0);
        assert_eq!(loaded["state"]["title"], "Two");
        assert_eq!(loaded["state"]["steps"], 10);
        assert_eq!(loaded["state"]["frames"], 3);
        assert_eq!(loaded["state"]["racers"][0]["position"], json!([0.5, 0.25]));
        assert_eq!(loaded["state"]["racers"][1]["name"], "M");
        send(&mut workspace, &json!({"slalom": 2, "do": "pause"}));
        let moved = send(
            &mut workspace,
            &json!({"slalom": 3, "do": "seek", "step": 1.5}),
        );
        let state = &moved["state"];
        assert_eq!(
            [&state["step"], &state["playing"]],
            [&json!(1), &json!(false)]
        );
        assert_eq!(state["playhead"], 1.5);
        // f = (x² - y²)/2, so a step at a rate of ½ halves x and adds half of y.
        let document = workspace.active();
        let at = document.race.paths()[0].at(1);
        assert_eq!(state["racers"][0]["position"], json!(at));
        assert_eq!(state["racers"][0]["status"], "running");
        let played = send(&mut workspace, &json!({"slalom": 4, "do": "play"}));
        assert_eq!(played["state"]["playing"], true);
    }

    #[test]
    fn links_addresses_and_names_are_loaded_as_well() {
        let mut workspace = workspace();
        let race = preset::from_text("test", RACE).unwrap();
        let link = preset::link(&race).unwrap();
        let address = format!("https://example.org/slalom/#{link}");
        for text in [link, address] {
            let answer = send(
                &mut workspace,
                &json!({"slalom": 1, "do": "load", "text": text}),
            );
            assert_eq!(answer["state"]["title"], "Two");
        }
        let named = json!({"slalom": 1, "do": "load", "text": "rosenbrock"});
        let title = preset::load_built_in("rosenbrock")
            .unwrap()
            .experiment
            .title;
        assert_eq!(send(&mut workspace, &named)["state"]["title"], title);
    }

    #[test]
    fn what_cannot_be_done_is_a_sentence_and_changes_nothing() {
        let mut workspace = workspace();
        let before = workspace.active().preset();
        let reads_a_file = "(version: 1, surface: LinearRegression(data: \"/etc/passwd\"),
            start: (0.0, 0.0), steps: 9, racers: [(optimizer: Adam())])";
        for text in ["", "(version: 1", "slalom1:AA", "/etc/passwd", reads_a_file] {
            let answer = send(
                &mut workspace,
                &json!({"slalom": 1, "do": "load", "text": text}),
            );
            let error = answer["error"].as_str().unwrap();
            assert!(
                error.contains("the text") || error.contains("the link"),
                "{error}"
            );
        }
        assert_eq!(workspace.active().preset(), before);
    }

    #[test]
    fn messages_of_others_are_left_alone() {
        for text in [
            "null",
            "{}",
            "\"slalom\"",
            "{\"slalom\": 1}",
            "{\"slalom\": 1, \"do\": \"format\"}",
            "{\"slalom\": \"a\", \"do\": \"play\"}",
            "{\"slalom\": 1, \"do\": \"seek\"}",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn events_say_what_they_are() {
        let moment = Moment {
            playhead: 7.25,
            steps: 10,
            playing: true,
        };
        let step =
            json!({"slalom": "step", "step": 7, "steps": 10, "playhead": 7.25, "playing": true});
        assert_eq!(serde_json::to_value(Event::from(moment)).unwrap(), step);
        let ready = serde_json::to_value(Event::Ready).unwrap();
        assert_eq!(ready, json!({"slalom": "ready"}));
    }
}
