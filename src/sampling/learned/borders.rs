//! The borders between the regions of the classes.

use super::Field;

/// The corners of a cell in order around it, as steps across and up.
const CORNERS: [[usize; 2]; 4] = [[0, 0], [1, 0], [1, 1], [0, 1]];

/// The borders where the most probable class changes, as line segments between points whose
/// coordinates are fractions of the window, from the left and from the bottom.
///
/// Between two nodes of different classes, a border lies where both are equally probable by linear
/// interpolation. In a cell with more than two such points, they are joined in the middle.
#[must_use]
pub fn borders(field: &Field) -> Vec<[[f32; 2]; 2]> {
    let mut segments = Vec::new();
    for row in 1..field.rows() {
        for column in 1..field.columns() {
            add_cell(field, [column - 1, row - 1], &mut segments);
        }
    }
    let scale = [field.columns(), field.rows()].map(|count| 1.0 / (count.max(2) - 1) as f32);
    for end in segments.as_flattened_mut() {
        *end = [end[0] * scale[0], end[1] * scale[1]];
    }
    segments
}

/// Adds the borders in the cell whose lower left corner is this node, in units of cells.
fn add_cell(field: &Field, [column, row]: [usize; 2], segments: &mut Vec<[[f32; 2]; 2]>) {
    let nodes = CORNERS.map(|[across, up]| [column + across, row + up]);
    let classes = nodes.map(|[column, row]| field.class(column, row));
    let [Some(first), Some(second), Some(third), Some(fourth)] = classes else {
        return;
    };
    let classes = [first, second, third, fourth];
    if classes == [first; 4] {
        return;
    }
    let mut crossings = Vec::with_capacity(4);
    for from in 0..4 {
        let to = (from + 1) % 4;
        if classes[from] != classes[to] {
            let pair = [classes[from], classes[to]];
            let share = crossing(field, [nodes[from], nodes[to]], pair);
            crossings.push(between([nodes[from], nodes[to]], share));
        }
    }
    match crossings[..] {
        [from, to] => segments.push([from, to]),
        _ => {
            let count = crossings.len().max(1) as f32;
            let middle =
                [0, 1].map(|axis| crossings.iter().map(|it| it[axis]).sum::<f32>() / count);
            segments.extend(crossings.into_iter().map(|crossing| [crossing, middle]));
        }
    }
}

/// The share of the way from one node to another at which their classes are equally probable.
fn crossing(field: &Field, [from, to]: [[usize; 2]; 2], classes: [usize; 2]) -> f32 {
    let lead = |[column, row]: [usize; 2]| {
        let [one, other] = classes.map(|class| field.at(column, row).get(class).copied());
        one.unwrap_or(0.0) - other.unwrap_or(0.0)
    };
    let (before, after) = (lead(from), lead(to));
    if before > after {
        (before / (before - after)).clamp(0.0, 1.0)
    } else {
        0.5
    }
}

fn between([from, to]: [[usize; 2]; 2], share: f32) -> [f32; 2] {
    [0, 1].map(|axis| {
        let (from, to) = (from[axis] as f32, to[axis] as f32);
        from + share * (to - from)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The field over 5 × 5 nodes of these probabilities at points of the unit square.
    fn field(probabilities: impl Fn(f32, f32) -> Vec<f32>) -> Field {
        let node = |index: usize| probabilities((index % 5) as f32 / 4.0, (index / 5) as f32 / 4.0);
        let values: Vec<Vec<f32>> = (0..25).map(node).collect();
        Field::new([5, 5], values[0].len(), values.concat())
    }

    #[test]
    fn a_straight_border_is_found_where_it_is() {
        let field = field(|x, _| vec![x, 1.0 - x - 0.2]);
        let borders = borders(&field);
        assert_eq!(borders.len(), 4);
        for end in borders.as_flattened() {
            assert!((end[0] - 0.4).abs() < 1e-6, "{end:?}");
        }
    }

    #[test]
    fn three_regions_meet_in_a_point() {
        let field = field(|x, y| vec![x.max(0.1), y, 0.45]);
        let borders = borders(&field);
        let meeting = borders
            .iter()
            .filter(|[_, end]| borders.iter().filter(|[_, other]| other == end).count() == 3);
        assert_eq!(meeting.count(), 3);
    }

    #[test]
    fn without_a_change_of_class_there_is_no_border() {
        assert!(borders(&field(|_, _| vec![0.9, 0.1])).is_empty());
        assert!(borders(&field(|_, _| vec![f32::NAN, 0.1])).is_empty());
        assert!(borders(&Field::new([1, 1], 2, vec![0.0, 1.0])).is_empty());
    }
}
