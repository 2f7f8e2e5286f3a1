//! Measures and cuts lines, and simplifies them to the points that make a visible difference.

use egui::{Pos2, Rect};

/// The line without points that lie within `tolerance` of the segment between the neighbouring
/// points that are kept.
pub(super) fn thinned(points: &[Pos2], tolerance: f32) -> Vec<Pos2> {
    /// The maximum number of consecutive points that may be removed.
    const MOST: usize = 32;
    let spare = |from: usize, to: usize| {
        let way = points[to] - points[from];
        let reach = tolerance * way.length();
        points[from + 1..to].iter().all(|&point| {
            let off = point - points[from];
            // Beside the segment, and neither before nor beyond it.
            let along = off.dot(way);
            off.dot(way.rot90()).abs() <= reach && along >= 0.0 && along <= way.length_sq()
        })
    };
    let mut kept = Vec::with_capacity(points.len());
    let mut from = 0;
    while from + 1 < points.len() {
        kept.push(points[from]);
        let mut to = from + 1;
        while to + 1 < points.len() && to - from < MOST && spare(from, to + 1) {
            to += 1;
        }
        from = to;
    }
    kept.extend(points.last());
    kept
}

/// The parts of a line inside a rectangle.
pub(super) fn stretches(points: &[Pos2], rect: Rect) -> Vec<Vec<Pos2>> {
    let stretches = stretches_after(points, rect).into_iter();
    stretches.map(|(_, stretch)| stretch).collect()
}

/// The parts of a line inside a rectangle, each with the length of the line before it.
pub(super) fn stretches_after(points: &[Pos2], rect: Rect) -> Vec<(f32, Vec<Pos2>)> {
    if points.iter().all(|&point| rect.contains(point)) {
        return vec![(0.0, points.to_vec())];
    }
    let mut stretches: Vec<(f32, Vec<Pos2>)> = Vec::new();
    let mut before = 0.0;
    for pair in points.windows(2) {
        if let Some([from, to]) = inside(rect, pair[0], pair[1]) {
            match stretches.last_mut() {
                Some((_, stretch)) if stretch.last() == Some(&from) => stretch.push(to),
                _ => stretches.push((before + pair[0].distance(from), vec![from, to])),
            }
        }
        before += pair[0].distance(pair[1]);
    }
    stretches
}

/// Cuts a line that begins after `before` into dashes with gaps between them.
pub(super) fn dashes(points: &[Pos2], [dash, gap]: [f32; 2], before: f32) -> Vec<Vec<Pos2>> {
    let mut dashes: Vec<Vec<Pos2>> = Vec::new();
    let phase = before.rem_euclid(dash + gap);
    let mut drawing = phase < dash;
    let mut left = if drawing { dash } else { dash + gap } - phase;
    if drawing {
        dashes.extend(points.first().map(|&first| vec![first]));
    }
    for pair in points.windows(2) {
        let length = pair[0].distance(pair[1]);
        let mut along = 0.0;
        while along + left < length {
            along += left;
            let at = pair[0] + (pair[1] - pair[0]) * (along / length);
            match dashes.last_mut() {
                Some(dash) if drawing => dash.push(at),
                _ => dashes.push(vec![at]),
            }
            drawing = !drawing;
            left = if drawing { dash } else { gap };
        }
        left -= length - along;
        if let Some(dash) = dashes.last_mut().filter(|_| drawing) {
            dash.push(pair[1]);
        }
    }
    dashes.retain(|dash| dash.len() > 1);
    dashes
}

/// The length of a line.
pub(super) fn length(points: &[Pos2]) -> f32 {
    let pairs = points.windows(2);
    pairs.map(|pair| pair[0].distance(pair[1])).sum()
}

/// The distance of a point from a line segment.
pub(super) fn distance_to_segment(at: Pos2, [from, to]: [Pos2; 2]) -> f32 {
    let (along, way) = (to - from, at - from);
    let length = along.length_sq();
    let share = if length > 0.0 {
        (way.dot(along) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (way - along * share).length()
}

/// The part of a line segment inside a rectangle (Liang & Barsky 1984).
pub(super) fn inside(rect: Rect, from: Pos2, to: Pos2) -> Option<[Pos2; 2]> {
    let way = to - from;
    let (mut enters, mut leaves) = (0.0_f32, 1.0_f32);
    for axis in 0..2 {
        let to_edge = [rect.min[axis] - from[axis], rect.max[axis] - from[axis]];
        if way[axis] == 0.0 {
            if to_edge[0] > 0.0 || to_edge[1] < 0.0 {
                return None;
            }
            continue;
        }
        let [one, other] = to_edge.map(|distance| distance / way[axis]);
        enters = enters.max(one.min(other));
        leaves = leaves.min(one.max(other));
    }
    let begin = if enters > 0.0 {
        from + way * enters
    } else {
        from
    };
    let end = if leaves < 1.0 {
        from + way * leaves
    } else {
        to
    };
    (enters <= leaves).then_some([begin, end])
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    const RECT: Rect = Rect::from_min_max(Pos2::ZERO, pos2(100.0, 100.0));

    #[test]
    fn a_line_is_cut_at_the_edges() {
        let cut = |from, to| inside(RECT, from, to);
        let whole = [pos2(10.0, 20.0), pos2(30.0, 90.0)];
        assert_eq!(cut(whole[0], whole[1]), Some(whole));
        let across = cut(pos2(-100.0, 50.0), pos2(300.0, 50.0));
        assert_eq!(across, Some([pos2(0.0, 50.0), pos2(100.0, 50.0)]));
        let out = cut(pos2(50.0, 50.0), pos2(50.0, 1e7));
        assert_eq!(out, Some([pos2(50.0, 50.0), pos2(50.0, 100.0)]));
        assert_eq!(cut(pos2(-1.0, 0.0), pos2(-1.0, 9.0)), None);
        assert_eq!(cut(pos2(-50.0, 90.0), pos2(20.0, 200.0)), None);
    }

    #[test]
    fn a_line_that_leaves_and_returns_has_two_stretches() {
        let line = [
            pos2(10.0, 10.0),
            pos2(20.0, 10.0),
            pos2(20.0, -90.0),
            pos2(30.0, -90.0),
            pos2(30.0, 10.0),
        ];
        let expected = [
            vec![pos2(10.0, 10.0), pos2(20.0, 10.0), pos2(20.0, 0.0)],
            vec![pos2(30.0, 0.0), pos2(30.0, 10.0)],
        ];
        assert_eq!(stretches(&line, RECT), expected);
        let before = stretches_after(&line, RECT).into_iter();
        assert_eq!(
            before.map(|(before, _)| before).collect::<Vec<_>>(),
            [0.0, 210.0]
        );
        assert_eq!(stretches(&line[..2], RECT), [line[..2].to_vec()]);
    }

    #[test]
    fn dashes_go_around_corners_and_continue_from_line_to_line() {
        let corner = [pos2(0.0, 0.0), pos2(5.0, 0.0), pos2(5.0, 20.0)];
        let whole = dashes(&corner, [7.0, 4.0], 0.0);
        let expected = [
            vec![pos2(0.0, 0.0), pos2(5.0, 0.0), pos2(5.0, 2.0)],
            vec![pos2(5.0, 6.0), pos2(5.0, 13.0)],
            vec![pos2(5.0, 17.0), pos2(5.0, 20.0)],
        ];
        assert_eq!(whole, expected);
        let after_the_corner = dashes(&corner[1..], [7.0, 4.0], 5.0);
        let expected = [vec![pos2(5.0, 0.0), pos2(5.0, 2.0)]];
        assert_eq!(after_the_corner[..1], expected);
        assert_eq!(after_the_corner[1..], whole[1..]);
        let in_a_gap = dashes(&[pos2(0.0, 0.0), pos2(3.0, 0.0)], [7.0, 4.0], 10.0);
        assert_eq!(in_a_gap, [vec![pos2(1.0, 0.0), pos2(3.0, 0.0)]]);
    }

    #[test]
    fn thinning_keeps_corners_and_ends() {
        let straight: Vec<Pos2> = (0..10_u8).map(|x| pos2(f32::from(x), 0.0)).collect();
        assert_eq!(thinned(&straight, 0.1), [straight[0], straight[9]]);
        let there_and_back = [pos2(0.0, 0.0), pos2(9.0, 0.0), pos2(3.0, 0.0)];
        assert_eq!(thinned(&there_and_back, 0.1), there_and_back);
        let corner = [pos2(0.0, 0.0), pos2(5.0, 0.0), pos2(5.0, 5.0)];
        assert_eq!(thinned(&corner, 0.1), corner);
        assert_eq!(thinned(&corner[..1], 0.1), corner[..1]);
        assert!(thinned(&[], 0.1).is_empty());
    }
}
