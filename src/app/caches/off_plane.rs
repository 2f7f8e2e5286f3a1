//! What the plane does not show of the selected racer of a network.

use crate::app::document::Document;
use crate::app::document::ids::RacerId;
use crate::app::ports::within_frame;
use crate::objective::Rows;

/// The highest cost of a loss that is evaluated while the race is playing.
const WHILE_PLAYING: u64 = within_frame(300_000);

/// What the plane does not show of a racer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OffPlane {
    /// The racer.
    pub id: RacerId,
    /// The step whose weights it is about.
    pub step: usize,
    /// The distance of the weights from the plane.
    pub distance: f64,
    /// The loss of the racer, and that of its shadow, the nearest point of the plane.
    pub losses: [f64; 2],
}

/// What was found last, kept until the weights change.
#[derive(Debug, Default)]
pub struct OffPlaneCache {
    known: Option<(u64, OffPlane)>,
}

impl OffPlaneCache {
    /// Returns what was found last, if it is about the selected racer.
    #[must_use]
    pub fn of(&self, id: RacerId) -> Option<&OffPlane> {
        let (_, known) = self.known.as_ref()?;
        (known.id == id).then_some(known)
    }

    /// Updates it for the selection and the playhead. Where a loss is expensive, it waits until the race
    /// is paused.
    pub fn update(&mut self, document: &Document) {
        let surface = document.race.surface();
        let version = document.race.version();
        let wanted = || {
            let plane = surface.subspace()?;
            let id = document.selected()?;
            let path = document.race.path_of(id)?;
            let (step, at) = path.parameters_by(document.clock().step_of(path))?;
            Some((plane, id, step, at))
        };
        let Some((plane, id, step, at)) = wanted() else {
            self.known = None;
            return;
        };
        let is_same =
            |(of, known): &(u64, OffPlane)| (*of, known.id, known.step) == (version, id, step);
        let waits = document.playback.playing && surface.cost() as u64 > WHILE_PLAYING;
        if waits || self.known.as_ref().is_some_and(is_same) {
            return;
        }
        let mut evaluator = std::sync::Arc::clone(surface).evaluator();
        let shadow = plane.lift(plane.project(at.iter().copied()));
        let losses = [at, &shadow].map(|at| evaluator.value(at, Rows::All));
        let distance = plane.distance(at.iter().copied());
        let found = OffPlane {
            id,
            step,
            distance,
            losses,
        };
        self.known = Some((version, found));
    }
}
