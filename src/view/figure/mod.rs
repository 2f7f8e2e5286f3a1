//! A figure: the scene, together with what a slide or a page needs around it.

mod layout;
mod learned;
mod side;

use std::sync::Arc;

use egui::{Align2, FontId, Rect, Stroke, Ui, pos2, text::LayoutJob};

pub use layout::{Layout, Parts};
pub use learned::Predictions;

use super::chart::{Band, Scale, Series};
use super::eye::Eye;
use super::fonts::strong_family;
use super::scene::{Cloud, Ghost, Map, Options, Scene, SceneRacer};
use super::{Colors, RacerLook, number};
use crate::experiment::Experiment;
use crate::optimizer::Value;
use crate::simulation::Trajectory;
use crate::surface::Minimum;
use crate::surface::stationary::Stationary;
use layout::CAPTION_ROW;

/// A picture of the surface.
#[derive(Clone, Debug)]
pub struct Picture<'a> {
    /// The eye that it is drawn through, and where it stands in the figure.
    pub eye: Eye,
    /// The surface, painted at the picture's size.
    pub map: &'a Map,
}

/// The contents of a figure.
#[derive(Clone, Debug)]
pub struct Figure<'a> {
    /// The colours.
    pub colors: &'a Colors,
    /// The experiment.
    pub experiment: &'a Experiment,
    /// Its paths.
    pub paths: &'a [&'a Trajectory],
    /// The paths of each racer with all its seeds, its own first; empty if there is only one seed.
    pub ensembles: &'a [Vec<Arc<Trajectory>>],
    /// The gradient flow from the start, if it is shown.
    pub flow: Option<&'a Trajectory>,
    /// The steps from which rounding decides the paths, where it does.
    pub decided_from: &'a [Option<usize>],
    /// The losses of the paths, or their medians over the seeds, for the chart.
    pub series: &'a [Series],
    /// The range of the losses over the seeds; empty if there is only one seed.
    pub bands: &'a [Band],
    /// The vertical scale of the chart.
    pub scale: Scale,
    /// The minima to mark.
    pub minima: &'a [Minimum],
    /// The saddles and maxima to mark.
    pub stationary: &'a [Stationary],
    /// The names of the plane's axes.
    pub axes: [&'a str; 2],
    /// The pictures of the surface, side by side.
    pub pictures: &'a [Picture<'a>],
    /// What the networks have learned, if that is shown.
    pub predictions: Option<Predictions<'a>>,
    /// The playhead, as a fractional step.
    pub playhead: f64,
    /// The parts shown besides the scene.
    pub parts: Parts,
    /// Whether iso-lines are drawn as lines, for vector output.
    pub vectors: bool,
    /// Whether the eye turns from one picture to the next.
    pub turns: bool,
}

impl Figure<'_> {
    /// Paints the figure over all of `ui`.
    pub fn show(&self, ui: &mut Ui) {
        let layout = Layout::of(ui.max_rect(), self.parts, self.experiment.racers.len());
        let names = self.experiment.titles();
        let looks = super::racer_looks(self.experiment, self.colors);
        let shown: Vec<usize> = (0..self.paths.len())
            .filter(|&spot| {
                self.experiment
                    .racers
                    .get(spot)
                    .is_some_and(|it| it.appearance.visible)
            })
            .collect();
        for index in 0..self.pictures.len() {
            self.scene(ui, index, &names, &looks, &shown);
        }
        if let Some(predictions) = &self.predictions {
            let (painter, racers) = (ui.painter(), (&*names, &*looks));
            predictions.large(painter, layout.scene, self.colors, racers);
            let words = self.parts.axes;
            predictions.strip(painter, layout.strip, self.colors, racers, words);
        }
        if self.parts.title {
            let font = FontId::new(17.0, strong_family());
            let at = layout.title.left_center();
            ui.painter().text(
                at,
                Align2::LEFT_CENTER,
                &self.experiment.title,
                font,
                self.colors.text,
            );
        }
        if self.parts.caption {
            self.caption(ui, layout.caption, &names, &looks, &shown);
        }
        if self.parts.chart || self.parts.leaderboard {
            self.side(ui, layout.side, &names, &looks, &shown);
        }
    }

    /// Paints one of the pictures of the surface. What is needed only once stands in the first.
    fn scene(&self, ui: &Ui, index: usize, names: &[String], looks: &[RacerLook], shown: &[usize]) {
        let Picture { eye, map } = &self.pictures[index];
        let is_first = index == 0;
        // A landscape among vectors is a picture, which cannot be enlarged.
        let can_enlarge = !self.vectors || matches!(eye, Eye::Above(_));
        let racers: Vec<SceneRacer<'_>> = shown
            .iter()
            .map(|&spot| SceneRacer {
                name: &names[spot],
                path: self.paths[spot],
                colors: looks[spot],
                playhead: self.playhead,
                decided_from: self.decided_from.get(spot).copied().flatten(),
                selected: false,
                median: None,
            })
            .collect();
        let clouds: Vec<Cloud<'_>> = shown
            .iter()
            .filter_map(|&spot| {
                Some(Cloud {
                    paths: self.ensembles.get(spot)?.get(1..)?,
                    color: looks[spot].color,
                    playhead: self.playhead,
                })
            })
            .collect();
        let flow = self.flow.map(|path| Ghost::flow(path, self.colors));
        Scene {
            colors: self.colors,
            eye: eye.clone(),
            map,
            axes: self.axes,
            racers: &racers,
            start: self.start(),
            minima: self.minima,
            stationary: self.stationary,
            playhead: self.playhead,
            clouds: &clouds,
            ghosts: flow.as_slice(),
            step: None,
            curvature: None,
            options: Options {
                legend: self.parts.legend && is_first,
                labels: self.parts.axes,
                lens: self.parts.lens && is_first && can_enlarge,
                vectors: self.vectors,
                turns: self.turns,
                ..Options::default()
            },
            meshes: None,
        }
        .paint(ui.painter());
    }

    /// Returns the start of the racers; on a network, the point of the plane at which it is seen.
    fn start(&self) -> [f64; 2] {
        match self.paths.first() {
            Some(path) if self.experiment.surface.has_own_start() => path.at(0),
            _ => self.experiment.start,
        }
    }

    /// Writes one line per racer with its most important hyper-parameters.
    #[expect(clippy::cast_precision_loss, reason = "a handful of racers")]
    fn caption(&self, ui: &Ui, rect: Rect, names: &[String], looks: &[RacerLook], shown: &[usize]) {
        let columns = Layout::caption_columns(rect.width());
        let rows = shown.len().div_ceil(columns).max(1);
        let width = rect.width() / columns as f32;
        for (index, &spot) in shown.iter().enumerate() {
            let (column, row) = (index / rows, index % rows);
            let left = rect.left() + width * column as f32;
            let middle = rect.top() + 6.0 + CAPTION_ROW * (row as f32 + 0.5);
            let colors = looks[spot];
            let rim = Stroke::new(1.0, self.colors.rim);
            ui.painter().extend(colors.marker.filled(
                pos2(left + 6.0, middle),
                8.5,
                colors.color,
                rim,
            ));
            let text = format!("{}: {}", names[spot], self.parameters(spot));
            let mut job =
                LayoutJob::simple_singleline(text, FontId::proportional(11.5), self.colors.text);
            job.wrap.max_width = width - 28.0;
            job.wrap.max_rows = 1;
            let galley = ui.painter().layout_job(job);
            let at = pos2(left + 18.0, middle - galley.size().y / 2.0);
            ui.painter().galley(at, galley, self.colors.text);
        }
    }

    /// "η 0.15, β₁ 0.9": the rule's first few numbers, and whatever differs from the published one.
    fn parameters(&self, spot: usize) -> String {
        let racer = &self.experiment.racers[spot];
        let rule = racer.plan.optimizer.rule();
        let published = racer
            .plan
            .optimizer
            .defaults(crate::optimizer::Origin::Paper);
        let held = racer.plan.optimizer.inner();
        let held = held.map(|inner| format!("of {}", inner.rule().title()));
        let mut parts: Vec<String> = held.into_iter().collect();
        for (index, parameter) in rule.parameters().enumerate() {
            let theirs = published
                .as_ref()
                .and_then(|theirs| theirs.rule().get(index));
            let changed = rule.get(index) != theirs;
            match rule.get(index) {
                Some(Value::Number(value)) if changed || (index < 3 && value != 0.0) => {
                    let value = number::fitted(value, 12);
                    parts.push(format!("{} {value}", parameter.symbol));
                }
                Some(Value::Switch(on)) if changed => {
                    parts.push(format!(
                        "{} {}",
                        parameter.label(),
                        if on { "on" } else { "off" }
                    ));
                }
                Some(Value::Choice(choice)) if changed => parts.extend(parameter.form(choice)),
                _ => {}
            }
        }
        if !racer.plan.schedule.is_constant() {
            parts.push(racer.plan.schedule.title().to_owned());
        }
        if !racer.plan.edits.is_empty() {
            parts.push(format!("{} edits", racer.plan.edits.len()));
        }
        parts.join(", ")
    }
}
