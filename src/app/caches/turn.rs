//! The turn of the eye from one viewpoint to another.

use egui::Context;

use crate::app::ports::clock;
use crate::plane::smooth;
use crate::preset::{Pictures, ViewSettings, Viewpoint};

/// The time in seconds that a turn takes.
const TIME: f64 = 0.35;

/// From where a document is seen at the moment. It follows the view settings, with a smooth turn
/// where they jump.
#[derive(Debug, Default)]
pub struct Turn(Option<Gaze>);

#[derive(Debug)]
struct Gaze {
    pictures: Pictures,
    /// Where the view settings want the eye to be.
    goal: Viewpoint,
    /// Where it is.
    shown: Viewpoint,
    /// From where it turns, and since when.
    way: Option<(Viewpoint, f64)>,
}

impl Turn {
    /// Returns from where the landscape is seen in this frame; `None` if there are only contours.
    /// Without `motion`, the eye jumps.
    pub fn now(&mut self, ctx: &Context, view: &ViewSettings, motion: bool) -> Option<Viewpoint> {
        let flat = view.pictures == Pictures::Contours;
        let goal = if flat {
            // The picture of the contours is that from above.
            Viewpoint {
                projection: view.eye.projection,
                ..Viewpoint::ABOVE
            }
        } else {
            view.eye
        };
        let gaze = self.0.get_or_insert(Gaze {
            pictures: view.pictures,
            goal,
            shown: goal,
            way: None,
        });
        let now = clock::now(ctx);
        if gaze.goal != goal {
            let loses_a_picture = flat && gaze.pictures == Pictures::Both;
            let turns = motion && !loses_a_picture && is_elsewhere(&gaze.shown, &goal);
            gaze.way = turns.then_some((gaze.shown, now));
            gaze.goal = goal;
        }
        gaze.pictures = view.pictures;
        let way = gaze.way.filter(|(_, since)| motion && now - since < TIME);
        gaze.way = way;
        gaze.shown = match way {
            Some((from, since)) => {
                ctx.request_repaint();
                Viewpoint::between(&from, &goal, smooth((now - since) / TIME))
            }
            None => goal,
        };
        (!flat || way.is_some()).then_some(gaze.shown)
    }

    /// Puts the eye where the hand has moved it, which ends a turn.
    pub fn hold(&mut self, viewpoint: Viewpoint) {
        if let Some(gaze) = &mut self.0 {
            (gaze.goal, gaze.shown, gaze.way) = (viewpoint, viewpoint, None);
        }
    }

    /// Ends a turn where it leads to.
    pub fn finish(&mut self) {
        if let Some(gaze) = &mut self.0 {
            (gaze.shown, gaze.way) = (gaze.goal, None);
        }
    }
}

fn is_elsewhere(from: &Viewpoint, to: &Viewpoint) -> bool {
    let with_its_projection = Viewpoint {
        projection: to.projection,
        ..*from
    };
    with_its_projection != *to
}

#[cfg(test)]
mod tests {
    use egui::RawInput;

    use super::*;

    /// Returns what is seen at a time.
    fn at(turn: &mut Turn, time: f64, view: &ViewSettings, motion: bool) -> Option<Viewpoint> {
        let input = RawInput {
            time: Some(time),
            ..RawInput::default()
        };
        let mut seen = None;
        let mut output = Context::default().run_ui(input, |ui| {
            seen = turn.now(ui.ctx(), view, motion);
        });
        output.textures_delta.clear();
        seen
    }

    fn view(pictures: Pictures, eye: Viewpoint) -> ViewSettings {
        ViewSettings {
            pictures,
            eye,
            ..ViewSettings::default()
        }
    }

    #[test]
    fn the_eye_rises_from_the_contours_and_comes_back() {
        let mut turn = Turn::default();
        let flat = view(Pictures::Contours, Viewpoint::RADFORD);
        let relief = view(Pictures::Relief, Viewpoint::RADFORD);
        assert_eq!(at(&mut turn, 0.0, &flat, true), None);
        assert_eq!(at(&mut turn, 1.0, &relief, true), Some(Viewpoint::ABOVE));
        let middle = at(&mut turn, 1.0 + TIME / 2.0, &relief, true).unwrap();
        assert!((middle.elevation - 60.0).abs() < 1e-9, "{middle:?}");
        let there = at(&mut turn, 1.0 + TIME, &relief, true);
        assert_eq!(there, Some(Viewpoint::RADFORD));
        assert_eq!(at(&mut turn, 2.0, &flat, true), there);
        assert!(at(&mut turn, 2.1, &flat, true).is_some());
        assert_eq!(at(&mut turn, 2.0 + TIME, &flat, true), None);
    }

    #[test]
    fn a_hand_takes_over_from_what_is_seen() {
        let mut turn = Turn::default();
        let from = view(Pictures::Relief, Viewpoint::RADFORD);
        let to = view(Pictures::Relief, Viewpoint::VALLEY);
        at(&mut turn, 0.0, &from, true);
        at(&mut turn, 1.0, &to, true);
        let middle = at(&mut turn, 1.1, &to, true).unwrap();
        assert!(middle != from.eye && middle != to.eye);
        let held = middle.turned(5.0, 0.0);
        turn.hold(held);
        let by_hand = view(Pictures::Relief, held);
        assert_eq!(at(&mut turn, 1.15, &by_hand, true), Some(held));
        assert_eq!(at(&mut turn, 9.0, &by_hand, true), Some(held));
        // Another goal in the middle of a turn is reached from there as well.
        at(&mut turn, 10.0, &to, true);
        let middle = at(&mut turn, 10.1, &to, true);
        assert_eq!(at(&mut turn, 10.1, &from, true), middle);
        assert_eq!(at(&mut turn, 10.1 + TIME, &from, true), Some(from.eye));
    }

    #[test]
    fn nothing_turns_without_motion_nor_where_a_picture_goes_away() {
        let mut turn = Turn::default();
        let flat = view(Pictures::Contours, Viewpoint::RADFORD);
        let relief = view(Pictures::Relief, Viewpoint::RADFORD);
        let both = view(Pictures::Both, Viewpoint::RADFORD);
        assert_eq!(at(&mut turn, 0.0, &flat, false), None);
        assert_eq!(at(&mut turn, 1.0, &relief, false), Some(relief.eye));
        assert_eq!(at(&mut turn, 1.0, &both, true), Some(relief.eye));
        assert_eq!(at(&mut turn, 2.0, &flat, true), None);
        assert_eq!(at(&mut turn, 3.0, &relief, true), Some(Viewpoint::ABOVE));
        assert_eq!(at(&mut turn, 3.1, &relief, false), Some(relief.eye));
    }
}
