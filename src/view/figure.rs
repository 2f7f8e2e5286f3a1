//! A figure: the scene, together with what a slide or a page needs around it.

use std::sync::Arc;

use egui::{Align2, FontId, Rect, Stroke, Ui, UiBuilder, pos2, text::LayoutJob, vec2};

use super::chart::{Band, Chart, ChartLine, Scale, Series};
use super::eye::Eye;
use super::fonts::strong_family;
use super::scene::{Cloud, Ghost, Map, Options, Scene, SceneRacer};
use super::{Colors, RacerLook, number};
use crate::analysis::{Ensemble, Ranking, Standing};
use crate::experiment::Experiment;
use crate::optimizer::Value;
use crate::plane::Window;
use crate::simulation::Trajectory;
use crate::surface::Minimum;

/// The parts of a figure besides the surface and the trails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The experiment's title at the top.
    pub title: bool,
    /// The hyper-parameters at the bottom.
    pub caption: bool,
    /// The names of the racers.
    pub legend: bool,
    /// The numbers on the axes, the colour key and the labels of the minima.
    pub axes: bool,
    /// The loss chart on the right.
    pub chart: bool,
    /// The leaderboard on the right.
    pub leaderboard: bool,
    /// The lens that enlarges crowded heads.
    pub lens: bool,
}

impl Default for Parts {
    fn default() -> Self {
        Self {
            title: false,
            caption: false,
            legend: true,
            axes: true,
            chart: false,
            leaderboard: false,
            lens: false,
        }
    }
}

/// The contents of a figure.
#[derive(Clone, Copy, Debug)]
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
    /// The names of the plane's axes.
    pub axes: [&'a str; 2],
    /// The visible part of the plane.
    pub window: Window,
    /// The surface, painted at the scene's size.
    pub map: &'a Map,
    /// The playhead, as a fractional step.
    pub playhead: f64,
    /// The parts shown besides the scene.
    pub parts: Parts,
    /// Whether iso-lines are drawn as lines, for vector output.
    pub vectors: bool,
}

/// The positions of the parts of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// The scene.
    pub scene: Rect,
    title: Rect,
    caption: Rect,
    side: Rect,
}

const MARGIN: f32 = 12.0;
const TITLE: f32 = 30.0;
const SIDE: f32 = 280.0;
const CAPTION_ROW: f32 = 17.0;
const TABLE_ROW: f32 = 23.0;

impl Layout {
    /// Divides `page` among the parts of a figure with this many racers.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a handful of racers")]
    pub fn of(page: Rect, parts: Parts, racers: usize) -> Self {
        let bare = !(parts.title || parts.caption || parts.chart || parts.leaderboard);
        if bare {
            let none = Rect::from_min_size(page.min, vec2(0.0, 0.0));
            return Self {
                scene: page,
                title: none,
                caption: none,
                side: none,
            };
        }
        let mut inner = page.shrink(MARGIN);
        let mut title = Rect::from_min_size(inner.min, vec2(0.0, 0.0));
        if parts.title {
            title = Rect::from_min_max(inner.min, pos2(inner.right(), inner.top() + TITLE));
            *inner.top_mut() += TITLE + 4.0;
        }
        let mut caption = Rect::from_min_size(inner.left_bottom(), vec2(0.0, 0.0));
        if parts.caption {
            let columns = Self::caption_columns(inner.width());
            let rows = racers.div_ceil(columns).max(1);
            let height = CAPTION_ROW * rows as f32 + 6.0;
            let top = inner.bottom() - height;
            caption = Rect::from_min_max(pos2(inner.left(), top), inner.max);
            inner.set_bottom(top - 8.0);
        }
        let mut side = Rect::from_min_size(inner.right_top(), vec2(0.0, 0.0));
        if parts.chart || parts.leaderboard {
            let width = SIDE.min(inner.width() * 0.4);
            let left = inner.right() - width;
            side = Rect::from_min_max(pos2(left, inner.top()), inner.max);
            inner.set_right(left - MARGIN);
        }
        Self {
            scene: inner,
            title,
            caption,
            side,
        }
    }

    fn caption_columns(width: f32) -> usize {
        if width > 760.0 { 2 } else { 1 }
    }
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
        self.scene(ui, layout.scene, &names, &looks, &shown);
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

    fn scene(&self, ui: &Ui, rect: Rect, names: &[String], looks: &[RacerLook], shown: &[usize]) {
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
            eye: Eye::above(self.window, rect),
            map: self.map,
            axes: self.axes,
            racers: &racers,
            start: self.experiment.start,
            minima: self.minima,
            playhead: self.playhead,
            clouds: &clouds,
            ghosts: flow.as_slice(),
            step: None,
            curvature: None,
            options: Options {
                legend: self.parts.legend,
                labels: self.parts.axes,
                lens: self.parts.lens,
                vectors: self.vectors,
                ..Options::default()
            },
            meshes: None,
        }
        .paint(ui.painter());
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
        let held = held.map(|inner| format!("of {}", inner.rule().about().title));
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

    fn side(
        &self,
        ui: &mut Ui,
        rect: Rect,
        names: &[String],
        looks: &[RacerLook],
        shown: &[usize],
    ) {
        #[expect(clippy::cast_precision_loss, reason = "a handful of racers")]
        let table = if self.parts.leaderboard {
            TABLE_ROW * (shown.len() + 1) as f32
        } else {
            0.0
        };
        if self.parts.chart {
            let bottom = rect.bottom() - table - if table > 0.0 { 12.0 } else { 0.0 };
            let spot = Rect::from_min_max(rect.min, pos2(rect.right(), bottom));
            let lines: Vec<ChartLine<'_>> = shown
                .iter()
                .filter_map(|&spot| {
                    Some(ChartLine {
                        name: &names[spot],
                        series: self.series.get(spot)?,
                        band: self.bands.get(spot),
                        values: None,
                        colors: looks[spot],
                        now: None,
                        selected: false,
                    })
                })
                .collect();
            #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
            let steps = self.experiment.steps as f64;
            let mut inside = ui.new_child(UiBuilder::new().max_rect(spot));
            Chart {
                colors: self.colors,
                lines: &lines,
                scale: self.scale,
                bounds: None,
                end: steps,
                unit: "step",
                counts: true,
                playhead: Some(self.playhead.min(steps)),
                height: spot.height(),
            }
            .show(&mut inside);
        }
        if self.parts.leaderboard {
            let spot = Rect::from_min_max(pos2(rect.left(), rect.bottom() - table), rect.max);
            self.leaderboard(ui, spot, names, looks, shown);
        }
    }

    /// The standing of a racer: its medians, if there are several seeds.
    fn standing(&self, racer: usize, step: usize) -> Standing {
        let seeds = self.ensembles.get(racer).map(|paths| Ensemble::of(paths));
        let medians = seeds.and_then(|it| it.standing(racer, Ranking::Loss, step, self.minima));
        medians.unwrap_or_else(|| Standing::of(racer, self.paths[racer], step, self.minima))
    }

    /// The racers sorted by their loss at the playhead.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a handful of racers, and steps are small numbers"
    )]
    fn leaderboard(
        &self,
        ui: &Ui,
        rect: Rect,
        names: &[String],
        looks: &[RacerLook],
        shown: &[usize],
    ) {
        let step = self.playhead.max(0.0) as usize;
        let mut ranked: Vec<Standing> = shown
            .iter()
            .map(|&racer| self.standing(racer, step))
            .collect();
        Ranking::Loss.sort(&mut ranked);
        let painter = ui.painter();
        let text = |at, align, text: &str, font, color| {
            painter.text(at, align, text, font, color);
        };
        let middle = |row: usize| rect.top() + TABLE_ROW * (row as f32 + 0.5);
        let small = FontId::proportional(11.0);
        let dim = self.colors.dim;
        let heading = format!("step {}", number::count(step));
        text(
            pos2(rect.left(), middle(0)),
            Align2::LEFT_CENTER,
            &heading,
            small.clone(),
            dim,
        );
        text(
            pos2(rect.right(), middle(0)),
            Align2::RIGHT_CENTER,
            if self.ensembles.is_empty() {
                "loss"
            } else {
                "median loss"
            },
            small,
            dim,
        );
        let rule = rect.top() + TABLE_ROW - 2.0;
        painter.hline(rect.x_range(), rule, Stroke::new(1.0, self.colors.line));
        for (row, standing) in ranked.into_iter().enumerate() {
            let Standing {
                racer,
                loss,
                status,
                ..
            } = standing;
            let y = middle(row + 1);
            let colors = looks[racer];
            let rim = Stroke::new(1.0, self.colors.rim);
            painter.extend(colors.marker.filled(
                pos2(rect.left() + 7.0, y),
                9.0,
                colors.color,
                rim,
            ));
            let name_at = pos2(rect.left() + 22.0, y);
            let body = FontId::proportional(13.0);
            text(
                name_at,
                Align2::LEFT_CENTER,
                &names[racer],
                body,
                self.colors.text,
            );
            let numbers = super::fonts::numbers(12.0);
            let loss = painter.text(
                pos2(rect.right(), y),
                Align2::RIGHT_CENTER,
                number::short(loss),
                numbers,
                self.colors.text,
            );
            let decided_from = self.decided_from.get(racer).copied().flatten();
            let word = if status.is_out() {
                Some((status.word(), self.colors.error))
            } else if decided_from.is_some_and(|from| step >= from) {
                Some(("rounding", dim))
            } else {
                None
            };
            if let Some((word, color)) = word {
                let at = pos2(loss.left() - 8.0, y);
                let font = FontId::proportional(11.0);
                text(at, Align2::RIGHT_CENTER, word, font, color);
            }
        }
    }
}
