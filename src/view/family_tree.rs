//! Where the boxes of a family tree stand: columns of time, parents to the left of their children.

use egui::{Pos2, Rect, pos2, vec2};

/// A rule as the tree places it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node<'a> {
    /// The year, which decides the column.
    pub year: u16,
    /// The width of its box.
    pub width: f32,
    /// The width of the words above its box.
    pub words: f32,
    /// The indices of its parents.
    pub parents: &'a [usize],
}

/// A family tree, placed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Laid {
    /// The box of each node, relative to the upper left corner of the picture.
    pub boxes: Vec<Rect>,
    /// The left edge of each column and its heading.
    pub columns: Vec<(f32, String)>,
    /// The size of the whole.
    pub size: egui::Vec2,
}

/// The height of a box.
pub const BOX: f32 = 28.0;
/// The space above a box for the words on what it added, and that between it and the box above.
pub const WORDS: f32 = 16.0;
const GAP: f32 = 6.0;
/// The height of the headings.
pub const HEAD: f32 = 34.0;
/// The space between two columns, in which the lines bend.
const BETWEEN: f32 = 30.0;
/// The space around the whole.
const MARGIN: f32 = 14.0;
/// The first years of the columns; what is older stands in the first one.
const COLUMNS: [u16; 10] = [0, 1960, 1975, 1990, 2010, 2014, 2016, 2018, 2020, 2022];

/// The column of a year.
fn column(year: u16) -> usize {
    COLUMNS
        .iter()
        .rposition(|first| *first <= year)
        .unwrap_or(0)
}

/// Places the nodes; the whole is at least `least` points high. A column has the years that belong
/// together, and in it every box stands as near as it can to the middle of its parents. No box, with the
/// words above it, covers another one.
#[must_use]
pub fn lay_out(nodes: &[Node<'_>], least: f32) -> Laid {
    let mut boxes = vec![Rect::ZERO; nodes.len()];
    let mut columns = Vec::new();
    let tallest = (0..COLUMNS.len()).map(|it| members(nodes, it).len()).max();
    #[expect(clippy::cast_precision_loss, reason = "a handful of boxes")]
    let needed = tallest.unwrap_or(0) as f32 * (BOX + WORDS + GAP);
    let height = needed.max(least - HEAD - MARGIN);
    let mut left = MARGIN;
    for place in 0..COLUMNS.len() {
        let mut inside = members(nodes, place);
        if inside.is_empty() {
            continue;
        }
        columns.push((left, heading(nodes, &inside)));
        let wish = |index: &usize, boxes: &[Rect]| -> f32 {
            let parents = nodes.get(*index).map_or(&[][..], |it| it.parents);
            let placed = parents.iter().filter_map(|it| boxes.get(*it));
            let heights: Vec<f32> = placed
                .filter(|it| it.width() > 0.0)
                .map(|it| it.center().y - HEAD)
                .collect();
            if heights.is_empty() {
                return 0.5 * height;
            }
            #[expect(clippy::cast_precision_loss, reason = "a handful of parents")]
            let count = heights.len() as f32;
            heights.iter().sum::<f32>() / count
        };
        // Children of the same column come after their parents.
        inside.sort_by_key(|index| nodes.get(*index).map(|it| it.year));
        let mut wishes: Vec<(usize, f32)> = Vec::new();
        for index in &inside {
            let own = nodes.get(*index).map_or(&[][..], |it| it.parents);
            let beside = own
                .iter()
                .find_map(|parent| wishes.iter().find(|(it, _)| it == parent));
            let at = beside.map_or_else(|| wish(index, &boxes), |(_, at)| at + 1.0);
            wishes.push((*index, at));
        }
        wishes.sort_by(|a, b| a.1.total_cmp(&b.1));
        let centres = spread(&wishes.iter().map(|it| it.1).collect::<Vec<_>>(), height);
        let mut widest = 0.0_f32;
        for ((index, _), centre) in wishes.iter().zip(centres) {
            let (Some(node), Some(place)) = (nodes.get(*index), boxes.get_mut(*index)) else {
                continue;
            };
            let top = HEAD + centre + 0.5 * (WORDS + GAP) - 0.5 * BOX;
            *place = Rect::from_min_size(pos2(left, top), vec2(node.width, BOX));
            widest = widest.max(node.width).max(node.words);
        }
        left += widest + BETWEEN;
    }
    Laid {
        boxes,
        columns,
        size: vec2(left - BETWEEN + MARGIN, HEAD + height + MARGIN),
    }
}

fn members(nodes: &[Node<'_>], place: usize) -> Vec<usize> {
    let nodes = nodes.iter().enumerate();
    let inside = nodes.filter(|(_, node)| column(node.year) == place);
    inside.map(|(index, _)| index).collect()
}

/// The years of the boxes in a column.
fn heading(nodes: &[Node<'_>], inside: &[usize]) -> String {
    let years = inside.iter().filter_map(|index| nodes.get(*index));
    let years: Vec<u16> = years.map(|it| it.year).collect();
    match (years.iter().min(), years.iter().max()) {
        (_, Some(last)) if *last < 1960 => "before 1960".to_owned(),
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first}–{last}"),
        _ => String::new(),
    }
}

/// Moves sorted wishes apart until there is a row's height between them, all within `height`.
fn spread(wishes: &[f32], height: f32) -> Vec<f32> {
    const ROW: f32 = BOX + WORDS + GAP;
    let mut at: Vec<f32> = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let least = at.last().map_or(0.5 * ROW, |before| before + ROW);
        at.push(wish.max(least));
    }
    let mut most = height - 0.5 * ROW;
    for place in at.iter_mut().rev() {
        *place = place.min(most);
        most = *place - ROW;
    }
    at
}

/// The points of the line from a parent's box to a child's. Within a column it goes round the left.
#[must_use]
pub fn edge(parent: Rect, child: Rect) -> [Pos2; 4] {
    if child.left() > parent.right() {
        let (from, to) = (parent.right_center(), child.left_center());
        let bend = 0.5 * (to.x - from.x);
        [from, from + vec2(bend, 0.0), to - vec2(bend, 0.0), to]
    } else {
        let (from, to) = (parent.left_center(), child.left_center());
        let bend = vec2(22.0, 0.0);
        [from, from - bend, to - bend, to]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizer::Listed;

    fn all() -> (Vec<u16>, Vec<Vec<usize>>) {
        let all = Listed::all();
        let index = |name: &str| all.iter().position(|it| it.name == name);
        let years = all.iter().map(|it| it.history.map_or(0, |it| it.year));
        let parents = all
            .iter()
            .map(|it| it.parents().filter_map(|it| index(it.name)).collect());
        (years.collect(), parents.collect())
    }

    fn laid(years: &[u16], parents: &[Vec<usize>]) -> Laid {
        let nodes: Vec<Node<'_>> = years
            .iter()
            .zip(parents)
            .map(|(year, parents)| Node {
                year: *year,
                width: 90.0,
                words: 120.0,
                parents,
            })
            .collect();
        lay_out(&nodes, 0.0)
    }

    #[test]
    fn no_box_covers_another_one_or_the_words_above_it() {
        let (years, parents) = all();
        let laid = laid(&years, &parents);
        assert_eq!(laid.boxes.len(), Listed::all().len());
        let with_words = |it: &Rect| Rect::from_min_max(it.min - vec2(0.0, WORDS), it.max);
        let whole = Rect::from_min_size(Pos2::ZERO, laid.size);
        for (place, one) in laid.boxes.iter().map(with_words).enumerate() {
            assert!(whole.contains_rect(one) && one.top() >= HEAD, "{one}");
            for other in laid.boxes.iter().skip(place + 1).map(with_words) {
                assert!(!one.intersects(other), "{one} and {other}");
            }
        }
    }

    #[test]
    fn time_goes_to_the_right() {
        let (years, parents) = all();
        let laid = laid(&years, &parents);
        for (child, parents) in parents.iter().enumerate() {
            for parent in parents {
                assert!(laid.boxes[*parent].left() <= laid.boxes[child].left());
            }
        }
        assert!(laid.columns.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(laid.columns[0].1, "before 1960");
    }

    #[test]
    fn a_single_child_stands_beside_its_parent() {
        let laid = laid(&[1847, 1964, 1983], &[vec![], vec![0], vec![1]]);
        let heights: Vec<f32> = laid.boxes.iter().map(|it| it.center().y).collect();
        assert!(heights.iter().all(|it| (it - heights[0]).abs() < 1e-3));
    }

    #[test]
    fn wishes_at_the_same_place_are_moved_apart_within_the_height() {
        let at = spread(&[100.0; 3], 400.0);
        assert!(at.windows(2).all(|two| two[1] - two[0] >= BOX + WORDS));
        let low = spread(&[400.0; 3], 400.0);
        assert!(low.iter().all(|it| *it <= 400.0 - BOX / 2.0));
    }
}
