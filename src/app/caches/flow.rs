//! The gradient flow from the start of the race, kept until the surface or the start changes.

use std::sync::Arc;

use egui::Context;

use crate::analysis::FlowJob;
use crate::app::document::Document;
use crate::app::worker::{Background, Report};
use crate::engine::drive;
use crate::simulation::{Job as _, Progress, Trajectory};
use crate::surface::Surface;

/// The work done within a frame, in evaluations of a row: some 2 ms. A worker does the rest.
const IN_FRAME: u64 = 60_000;

/// What a flow depends on.
#[derive(Clone, Debug)]
struct Key {
    surface: Arc<dyn Surface>,
    start: [u64; 2],
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.surface, &other.surface) && self.start == other.start
    }
}

/// The gradient flow of a document, if it is shown.
#[derive(Debug)]
pub struct FlowCache {
    found: Background<Key, Option<Arc<Trajectory>>>,
    /// What was asked for last.
    asked: Option<Key>,
    is_shown: bool,
}

impl Default for FlowCache {
    fn default() -> Self {
        Self {
            found: Background::new("gradient flow", IN_FRAME),
            asked: None,
            is_shown: false,
        }
    }
}

impl FlowCache {
    /// Recomputes the flow if it is shown and the surface or the start has changed. Until a slow
    /// one is known, the last one stays.
    pub fn update(&mut self, ctx: &Context, document: &Document) {
        // A plane through many weights has no flow of its own.
        let is_plane = document.race.is_on_plane();
        self.is_shown = document.view.flow && !is_plane;
        if !self.is_shown {
            return;
        }
        let surface = Arc::clone(document.race.surface());
        let start = document.race.experiment().start;
        let key = Key {
            surface: Arc::clone(&surface),
            start: start.map(f64::to_bits),
        };
        if self.asked.as_ref() == Some(&key) {
            self.found.collect();
            return;
        }
        self.asked = Some(key.clone());
        let mut job = FlowJob::on(&surface, start);
        let known = match job.advance(IN_FRAME) {
            Progress::Done(flow) => Some(flow),
            Progress::Working { .. } => None,
        };
        let (cost, wake) = (known.as_ref().map_or(u64::MAX, |_| 0), ctx.clone());
        self.found.update(
            key,
            cost,
            move || wake.request_repaint(),
            async move |signal| {
                let flow = match known {
                    Some(flow) => flow,
                    None => drive(job, 0, signal).await?,
                };
                Some(Arc::new(flow.on(&*surface)))
            },
        );
    }

    /// Returns the flow, if it is shown and known.
    #[must_use]
    pub fn get(&self) -> Option<&Trajectory> {
        self.found.get().filter(|_| self.is_shown)?.as_deref()
    }

    /// Returns whether a worker is running.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.found.is_busy()
    }

    /// Returns why the flow could not be followed, once.
    pub fn take_failure(&mut self) -> Option<Report> {
        self.found.take_failure()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::app::document::change::Change;
    use crate::app::document::source::Source;
    use crate::preset;

    fn document(surface: &str) -> Document {
        let text = format!(
            "(version: 1, surface: {surface}, start: (1.0, 1.6), steps: 20, racers: [
                (optimizer: Adam(learning_rate: 0.1))], view: (flow: true))"
        );
        let mut document = Document::new(preset::from_text("test", &text).unwrap(), Source::New);
        simulate(&mut document);
        document
    }

    fn simulate(document: &mut Document) {
        let (wake, woken) = channel();
        document.simulate(move || wake.send(()).unwrap_or_default());
        while document.race.is_busy() {
            woken.recv().unwrap();
            document.simulate(|| {});
        }
    }

    fn followed(cache: &mut FlowCache, document: &Document) -> Arc<Trajectory> {
        cache.update(&Context::default(), document);
        Arc::clone(cache.found.get().unwrap().as_ref().unwrap())
    }

    #[test]
    fn a_flow_is_kept_until_the_start_or_the_surface_changes() {
        let mut document = document("Beale");
        let mut cache = FlowCache::default();
        let first = followed(&mut cache, &document);
        assert_eq!(first.at(0), [1.0, 1.6]);
        document.playback.playhead = 7.0;
        document.change(Change::Steps(50)).unwrap();
        simulate(&mut document);
        assert!(Arc::ptr_eq(&first, &followed(&mut cache, &document)));
        document.change(Change::Start([2.0, 1.0])).unwrap();
        simulate(&mut document);
        let second = followed(&mut cache, &document);
        assert_eq!(second.at(0), [2.0, 1.0]);
        document.change(Change::Rotation(30.0)).unwrap();
        simulate(&mut document);
        assert!(!Arc::ptr_eq(&second, &followed(&mut cache, &document)));
    }

    #[test]
    fn a_flow_that_is_not_shown_is_not_followed() {
        let mut document = document("Beale");
        document.view.flow = false;
        let mut cache = FlowCache::default();
        cache.update(&Context::default(), &document);
        assert!(cache.get().is_none() && cache.found.get().is_none());
    }

    #[test]
    fn the_flow_over_large_data_is_followed_beside_the_frame() {
        let document = document("LogisticRegression(moons: (rows: 20000))");
        let ctx = Context::default();
        let (wake, woken) = channel();
        ctx.set_request_repaint_callback(move |_| wake.send(()).unwrap_or_default());
        let mut cache = FlowCache::default();
        cache.update(&ctx, &document);
        assert!(cache.get().is_none());
        while cache.get().is_none() {
            woken.recv().unwrap();
            cache.update(&ctx, &document);
        }
        assert_eq!(cache.get().map(|path| path.at(0)), Some([1.0, 1.6]));
    }
}
