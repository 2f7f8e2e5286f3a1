//! What stands beside the scene: the chart of losses and the leaderboard.

use egui::{Align2, FontId, Rect, Stroke, Ui, UiBuilder, pos2};

use super::Figure;
use super::layout::TABLE_ROW;
use crate::analysis::{Ensemble, Ranking, Standing};
use crate::view::chart::{Chart, ChartLine};
use crate::view::{RacerLook, fonts, number};

impl Figure<'_> {
    /// Paints what stands beside the scene.
    pub(super) fn side(
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
                        dotted: false,
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
            let numbers = fonts::numbers(12.0);
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
