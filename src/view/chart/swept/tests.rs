//! Tests of a chart of how every racer ends.

use super::*;

const LOST: f64 = f64::NAN;

#[test]
fn ranges_that_lead_nowhere_reach_half_way_to_the_runs_beside_them() {
    let points = [
        [0.0, 1.0],
        [1.0, LOST],
        [2.0, LOST],
        [3.0, 1.0],
        [4.0, LOST],
    ];
    assert_eq!(lost_ranges(&points), [[0.5, 2.5], [3.5, 4.0]]);
    assert!(lost_ranges(&points[..1]).is_empty());
}

#[test]
fn an_axis_of_fractions_has_nines() {
    let texts = |marks: Vec<Mark>| marks.into_iter().map(|it| it.text).collect::<Vec<_>>();
    assert_eq!(
        texts(nines([0.0, 3.0], 0.2)),
        ["0", "0.5", "0.9", "0.99", "0.999"]
    );
    assert_eq!(texts(nines([0.0, 5.0], 1.4)), ["0", "0.99", "0.9999"]);
}

fn line(now: [f64; 2], selected: bool) -> SweptLine<'static> {
    SweptLine {
        name: "Adam",
        look: RacerLook {
            color: Color32::RED,
            marker: crate::view::marker::Marker::Circle,
            dashed: false,
        },
        points: vec![[-3.0, 1.0], now, [0.0, 9.0]],
        now: Some(now),
        best: None,
        selected,
    }
}

fn chart<'a>(colors: &'a Colors, lines: &'a [SweptLine<'a>]) -> SweptChart<'a> {
    SweptChart {
        colors,
        lines,
        scale: Scale::Linear,
        bounds: Some([0.0, 10.0]),
        ruler: Ruler::Log,
        unit: "learning rate",
        height: 150.0,
    }
}

/// Which line is held and where it is moved, after a press at one place and a move to another.
fn dragged(chart: &SweptChart<'_>, [from, to]: [[f64; 2]; 2]) -> (Option<usize>, Option<f64>) {
    let ctx = egui::Context::default();
    let area = Rect::from_min_size(Pos2::ZERO, vec2(300.0, 200.0));
    let place = |events: Vec<egui::Event>| {
        let input = egui::RawInput {
            screen_rect: Some(area),
            events,
            ..egui::RawInput::default()
        };
        let (mut spots, mut done) = ([Pos2::ZERO; 2], (None, None));
        let mut output = ctx.run_ui(input, |ui| {
            let rect = ui.available_rect_before_wrap();
            let plot = chart.plot(ui.painter(), rect.with_max_y(rect.top() + chart.height));
            spots = [from, to].map(|point| plot.at(point));
            let answer = chart.show(ui);
            done = (answer.held, answer.moved);
        });
        output.textures_delta.clear();
        (spots, done)
    };
    let (spots, _) = place(vec![]);
    let press = |pos: Pos2, pressed: bool| egui::Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    };
    place(vec![egui::Event::PointerMoved(spots[0])]);
    place(vec![press(spots[0], true)]);
    place(vec![egui::Event::PointerMoved(
        spots[0].lerp(spots[1], 0.5),
    )]);
    place(vec![egui::Event::PointerMoved(spots[1])]).1
}

#[test]
fn a_press_takes_hold_of_the_dot_under_it_or_of_the_selected_one() {
    let colors = Colors::dark();
    let lines = [line([-2.0, 3.0], false), line([-1.0, 6.0], true)];
    let chart = chart(&colors, &lines);
    for (from, held) in [([-2.0, 3.0], 0), ([-1.0, 6.0], 1), ([-0.5, 1.0], 1)] {
        let (found, moved) = dragged(&chart, [from, [-1.5, 5.0]]);
        assert_eq!(found, Some(held), "{from:?}");
        assert!(
            moved.is_some_and(|moved| (moved + 1.5).abs() < 0.02),
            "{moved:?}"
        );
    }
}

#[test]
fn where_none_is_selected_only_dots_can_be_taken_hold_of() {
    let colors = Colors::dark();
    let lines = [line([-2.0, 3.0], false)];
    let chart = chart(&colors, &lines);
    assert_eq!(dragged(&chart, [[-0.5, 8.0], [-1.0, 5.0]]), (None, None));
    assert_eq!(dragged(&chart, [[-2.0, 3.0], [-1.0, 5.0]]).0, Some(0));
}

#[test]
fn the_nearest_run_is_read_and_none_beyond_the_ends() {
    let points = [[0.0, 1.0], [1.0, 2.0], [2.0, LOST]];
    assert_eq!(nearest(&points, 0.4), Some([0.0, 1.0]));
    assert_eq!(nearest(&points, 0.6), Some([1.0, 2.0]));
    assert!(nearest(&points, 1.9).unwrap()[1].is_nan());
    assert_eq!(nearest(&points, 2.1), None);
    assert_eq!(nearest(&[], 0.0), None);
}
