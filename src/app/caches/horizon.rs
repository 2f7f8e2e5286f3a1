//! The steps from which rounding decides the racers' paths.

use std::sync::Arc;

use egui::Context;

use crate::app::document::Document;
use crate::app::document::lineup::Lineup;
use crate::app::worker::{Background, Report};
use crate::engine::{Signal, drive};
use crate::experiment::Plan;
use crate::simulation::{Horizon, HorizonJob};
use crate::surface::Surface;

/// The highest cost of shadows that run within a frame, in evaluations of a row: a few
/// milliseconds. As only changed racers run again, this suffices while a slider is dragged.
const IN_FRAME: u64 = 160_000;

/// The horizons of a document's racers, found beside the frames.
#[derive(Debug)]
pub struct HorizonCache {
    found: Background<u64, Arc<Found>>,
    /// Whether what was found belongs to the race as it is now.
    is_current: bool,
}

/// The horizons of the racers of a race.
#[derive(Debug)]
struct Found {
    /// The race without its racers.
    race: Lineup,
    /// The racers' plans and their horizons, in order.
    known: Vec<(Plan, Horizon)>,
}

impl Default for HorizonCache {
    fn default() -> Self {
        Self {
            found: Background::new("rounding horizon", IN_FRAME),
            is_current: false,
        }
    }
}

impl HorizonCache {
    /// Finds the horizons again if the race has changed.
    pub fn update(&mut self, ctx: &Context, document: &Document) {
        let version = document.race.version();
        if self.found.key() != Some(&version) {
            let question = Question::of(document, self.found.get().cloned());
            let wake = ctx.clone();
            self.found.update(
                version,
                question.cost(),
                move || wake.request_repaint(),
                async move |signal| Arc::new(question.answer(signal).await),
            );
        }
        self.is_current = self.found.key() == Some(&version);
    }

    /// Returns the step from which rounding decides the path of the racer with this index; `None`
    /// if it never does, or if that is not known yet.
    #[must_use]
    pub fn decided_from(&self, racer: usize) -> Option<usize> {
        let found = self.found.get().filter(|_| self.is_current)?;
        let (_, horizon) = found.known.get(racer)?;
        horizon.decided_from
    }

    /// Returns whether a worker is running.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.found.is_busy()
    }

    /// Returns why the horizons could not be found, once.
    pub fn take_failure(&mut self) -> Option<Report> {
        self.found.take_failure()
    }
}

/// A race whose horizons are to be found.
struct Question {
    race: Lineup,
    plans: Vec<Plan>,
    surface: Arc<dyn Surface>,
    /// What is known of a race that differs in its racers alone.
    before: Option<Arc<Found>>,
}

impl Question {
    fn of(document: &Document, before: Option<Arc<Found>>) -> Self {
        let race = document.race.lineup().without_racers();
        let racers = document.race.experiment().racers.iter();
        Self {
            plans: racers.map(|racer| racer.plan.clone()).collect(),
            surface: Arc::clone(document.race.surface()),
            before: before.filter(|before| before.race.experiment() == race.experiment()),
            race,
        }
    }

    fn known(&self, plan: &Plan) -> Option<Horizon> {
        let before = self.before.as_ref()?;
        let known = before.known.iter().find(|(known, _)| known == plan);
        known.map(|&(_, horizon)| horizon)
    }

    fn cost(&self) -> u64 {
        let steps = self.race.experiment().steps;
        let unknown = self.plans.iter().filter(|plan| self.known(plan).is_none());
        let costs = unknown.map(|plan| HorizonJob::cost_of(&*self.surface, plan, steps));
        costs.fold(0, u64::saturating_add)
    }

    async fn answer(self, signal: &Signal) -> Found {
        let mut known: Vec<(Plan, Horizon)> = Vec::new();
        for plan in &self.plans {
            // Racers with equal plans take the same path.
            let twin = known.iter().find(|(known, _)| known == plan);
            let horizon = twin
                .map(|&(_, horizon)| horizon)
                .or_else(|| self.known(plan));
            let horizon = match horizon {
                Some(horizon) => Some(horizon),
                None => self.run(plan, signal).await,
            };
            known.push((plan.clone(), horizon.unwrap_or_default()));
        }
        let race = self.race;
        Found { race, known }
    }

    async fn run(&self, plan: &Plan, signal: &Signal) -> Option<Horizon> {
        let race = self.race.experiment();
        let job = HorizonJob::new(&self.surface, plan, race.start, race.steps, race.seed);
        drive(job.ok()?, 0, signal).await
    }
}
