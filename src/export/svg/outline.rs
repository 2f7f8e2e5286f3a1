//! Offsets an outline outwards or inwards, for strokes that lie beside their path.

use egui::{Pos2, Vec2};

/// The path offset by a distance: outwards if closed, to the left of its direction if open (on
/// screen, where y points down).
pub(super) fn shifted(points: &[Pos2], closed: bool, distance: f32) -> Vec<Pos2> {
    let count = points.len();
    if distance == 0.0 || count < 2 {
        return points.to_vec();
    }
    let side = |from: usize, to: usize| (points[to] - points[from]).normalized().rot90();
    // On screen, the left of a clockwise outline is the outside.
    let outwards = if closed && signed_area(points) < 0.0 {
        -distance
    } else {
        distance
    };
    let moved = (0..count).map(|index| {
        let before = (index > 0 || closed).then(|| side((index + count - 1) % count, index));
        let after = (index + 1 < count || closed).then(|| side(index, (index + 1) % count));
        points[index] + outwards * joint(before.unwrap_or_default(), after.unwrap_or_default())
    });
    moved.collect()
}

/// The displacement of a corner when both its edges move by one.
fn joint(before: Vec2, after: Vec2) -> Vec2 {
    // An edge that is missing or has zero length has no say.
    if before == Vec2::ZERO || after == Vec2::ZERO {
        return before + after;
    }
    let middle = (before + after) / 2.0;
    // The limit keeps very sharp corners from shooting off.
    middle / middle.length_sq().max(0.1)
}

/// Twice the enclosed area; positive if the points run clockwise on screen.
pub(super) fn signed_area(points: &[Pos2]) -> f32 {
    let next = points.iter().cycle().skip(1);
    points
        .iter()
        .zip(next)
        .map(|(a, b)| a.x * b.y - b.x * a.y)
        .sum()
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    #[test]
    fn a_square_grows_whichever_way_it_runs() {
        let mut square = vec![
            pos2(0.0, 0.0),
            pos2(4.0, 0.0),
            pos2(4.0, 4.0),
            pos2(0.0, 4.0),
        ];
        let mut larger = vec![
            pos2(-1.0, -1.0),
            pos2(5.0, -1.0),
            pos2(5.0, 5.0),
            pos2(-1.0, 5.0),
        ];
        assert_eq!(shifted(&square, true, 1.0), larger);
        square.reverse();
        larger.reverse();
        assert_eq!(shifted(&square, true, 1.0), larger);
        assert_eq!(shifted(&larger, true, -1.0), square);
    }

    #[test]
    fn an_open_path_moves_to_its_left() {
        let along = [0.0, 4.0, 4.0, 8.0];
        let path = along.map(|x| pos2(x, 0.0));
        assert_eq!(shifted(&path, false, 2.0), along.map(|x| pos2(x, -2.0)));
    }
}
