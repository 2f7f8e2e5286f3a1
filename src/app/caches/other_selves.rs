//! The selected racer's variants, shown behind it for comparison.

use std::sync::Arc;

use egui::Context;

use crate::analysis::parting;
use crate::app::document::Document;
use crate::app::document::change::follow;
use crate::app::document::ghost::GhostPath;
use crate::app::document::ids::RacerId;
use crate::app::worker::{Background, Report};
use crate::engine::{Signal, drive};
use crate::experiment::Racer;
use crate::optimizer::{OptimizerChoice, Origin};
use crate::simulation::{
    Course, Keep, Memory, PathJob, Trajectory, largest_difference, price, takes_the_same_steps,
};
use crate::surface::Surface;

type Key = (u64, RacerId, Option<Origin>, Option<OptimizerChoice>);

/// Variants of the selected racer: in another library's form, without its last edits, and with the
/// rule of which its own is a copy.
#[derive(Debug)]
pub struct OtherSelves {
    found: Background<Key, Found>,
    /// Whether what was found belongs to the race as it is now.
    is_current: bool,
}

/// The variants.
#[derive(Debug, Default)]
struct Found {
    variant: Option<Variant>,
    unedited: Option<GhostPath>,
    original: Option<Original>,
}

/// The selected racer with the rule of which its own is a copy.
#[derive(Debug)]
pub struct Original {
    /// The rule.
    pub title: String,
    /// Its path.
    pub ghost: GhostPath,
    /// The step at which the path diverges from the racer's.
    pub parting: Option<usize>,
    /// The largest difference between the paths, if they are the same to the last digits.
    pub same: Option<f64>,
    /// The number of steps that were compared.
    pub steps: usize,
}

/// The selected racer in another library's form.
#[derive(Debug)]
pub struct Variant {
    /// The library.
    pub library: Origin,
    /// Its path.
    pub ghost: GhostPath,
    /// The step at which the path diverges from the racer's.
    pub parting: Option<usize>,
}

/// The highest cost of a race that is run again within a frame, in evaluations of a row.
const IN_FRAME: u64 = 200_000 * price::STEP;

impl Default for OtherSelves {
    fn default() -> Self {
        Self {
            found: Background::new("variant", IN_FRAME),
            is_current: false,
        }
    }
}

impl OtherSelves {
    /// Recomputes the variants if anything they depend on has changed.
    pub fn update(&mut self, ctx: &Context, document: &Document) {
        let question = document
            .selected()
            .and_then(|id| Question::of(document, id))
            .filter(Question::is_worth_asking);
        let Some(question) = question else {
            self.is_current = false;
            return;
        };
        let key = (
            document.race.version(),
            question.id,
            document.variant,
            question.original.clone(),
        );
        let once = price::of_step(&*question.surface);
        let cost = once.saturating_mul(question.steps as u64);
        let wake = ctx.clone();
        self.found.update(
            key.clone(),
            cost,
            move || wake.request_repaint(),
            async move |signal| question.answer(signal).await,
        );
        self.is_current = self.found.key() == Some(&key);
    }

    fn found(&self) -> Option<&Found> {
        self.found.get().filter(|_| self.is_current)
    }

    /// Returns the racer in another library's form.
    #[must_use]
    pub fn variant(&self) -> Option<&Variant> {
        self.found()?.variant.as_ref()
    }

    /// Returns the racer without its last edits.
    #[must_use]
    pub fn unedited(&self) -> Option<&GhostPath> {
        self.found()?.unedited.as_ref()
    }

    /// Returns the racer with the rule of which its own is a copy.
    #[must_use]
    pub fn original(&self) -> Option<&Original> {
        self.found()?.original.as_ref()
    }

    /// Returns whether a worker is running.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.found.is_busy()
    }

    /// Returns why the variants could not be run, once.
    pub fn take_failure(&mut self) -> Option<Report> {
        self.found.take_failure()
    }
}

/// A racer whose variants are to be run, with everything that this takes.
struct Question {
    id: RacerId,
    racer: Racer,
    path: Arc<Trajectory>,
    library: Option<Origin>,
    original: Option<OptimizerChoice>,
    surface: Arc<dyn Surface>,
    start: [f64; 2],
    keep: Keep,
    steps: usize,
    seed: u64,
}

impl Question {
    fn of(document: &Document, id: RacerId) -> Option<Self> {
        let experiment = document.race.experiment();
        Some(Self {
            id,
            racer: document.race.lineup().racer(id)?.clone(),
            path: Arc::clone(document.race.path_of(id)?),
            library: document.variant,
            original: document.original_of(id).cloned(),
            surface: Arc::clone(document.race.surface()),
            start: experiment.start,
            keep: Memory::of(experiment, &**document.race.surface()).keep(),
            steps: experiment.steps,
            seed: experiment.seed,
        })
    }

    /// Returns whether there is any variant.
    fn is_worth_asking(&self) -> bool {
        self.library.is_some() || self.original.is_some() || !self.racer.plan.edits.is_empty()
    }

    async fn answer(&self, signal: &Signal) -> Found {
        Found {
            original: self.original(signal).await,
            variant: self.variant(signal).await,
            unedited: self.unedited(signal).await,
        }
    }

    /// Runs a variant, keeping as many points as of the racer's own path; `None` if it is stopped.
    async fn run(&self, racer: &Racer, signal: &Signal) -> Option<Arc<Trajectory>> {
        let surface = &self.surface;
        let course = Course::over(surface, &racer.plan, self.start, self.seed).ok()?;
        let window = Some(surface.window());
        let job = PathJob::follow(course, &**surface, self.steps, self.keep, window);
        drive(job, 0, signal).await.map(Arc::new)
    }

    /// Returns the path the racer would have taken without the edits at its last edited step.
    async fn unedited(&self, signal: &Signal) -> Option<GhostPath> {
        let last = self.racer.plan.edits.iter().map(|edit| edit.step).max()?;
        let mut before = self.racer.clone();
        before.plan.edits.retain(|edit| edit.step < last);
        Some(GhostPath {
            name: format!("without the change at step {last}"),
            racer: Some(self.id),
            path: self.run(&before, signal).await?,
            since: last,
        })
    }

    async fn original(&self, signal: &Signal) -> Option<Original> {
        let original = self.original.clone()?;
        let mut other = self.racer.clone();
        let title = original.rule().title().to_owned();
        follow(&mut other.plan, original);
        let path = self.run(&other, signal).await?;
        let parting = parting(&self.path, &path, &self.surface.window());
        let is_same = takes_the_same_steps(&self.path, &path);
        let difference = largest_difference(&self.path, &path);
        Some(Original {
            parting,
            same: difference.filter(|_| is_same),
            steps: path.last_step(),
            ghost: GhostPath {
                name: format!("{title} itself"),
                racer: Some(self.id),
                path,
                since: parting.unwrap_or(usize::MAX).saturating_sub(1),
            },
            title,
        })
    }

    async fn variant(&self, signal: &Signal) -> Option<Variant> {
        let library = self.library?;
        let mut other = self.racer.clone();
        other.plan.optimizer = other.plan.optimizer.in_the_form_of(library)?;
        let path = self.run(&other, signal).await?;
        let parting = parting(&self.path, &path, &self.surface.window());
        Some(Variant {
            library,
            parting,
            ghost: GhostPath {
                name: format!("as {}", library.label()),
                racer: Some(self.id),
                path,
                since: parting.unwrap_or(usize::MAX).saturating_sub(1),
            },
        })
    }
}
