//! Where the pictures stand in the centre.

use egui::{Rect, Vec2};

use crate::preset::Pictures;

/// The gap between two pictures.
const GAP: f32 = 12.0;
/// The width from which three pictures stand in a row.
const ROW: f32 = 900.0;
/// The width below which two pictures of the surface stand one above the other.
const PAIR: f32 = 420.0;
/// The least width and height of each of two pictures of the surface. Where there is less room, only
/// the landscape is shown.
const LEAST: f32 = 120.0;

/// A picture in the centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Picture {
    /// The surface from above.
    Contours,
    /// The surface in three dimensions.
    Relief,
    /// The data.
    Data,
    /// What the networks of all racers have learned.
    Strip,
}

/// The height of the strip below the pictures: where there is room, where there is less, and of its
/// head alone.
pub const STRIPS: [f32; 3] = [196.0, 150.0, 38.0];
/// The height of all pictures from which the strip has the first and the second of these heights.
const ROOMY: [f32; 2] = [520.0, 360.0];

/// Returns the pictures of a network and their areas: the surface or, in its place, the large picture
/// of the data, above the strip.
pub fn with_strip(whole: Rect, pictures: Pictures, is_large: bool) -> Vec<(Picture, Rect)> {
    let [full, compact, head] = STRIPS;
    let height = match whole.height() {
        height if height >= ROOMY[0] => full,
        height if height >= ROOMY[1] => compact,
        _ => head,
    };
    let (above, strip) = below(whole, whole.height() - height - GAP);
    let mut all = if is_large {
        vec![(Picture::Data, above)]
    } else {
        surface(above, pictures)
    };
    all.push((Picture::Strip, strip));
    all
}

/// Returns the pictures and their areas, in the order in which Tab visits them.
pub fn arranged(whole: Rect, pictures: Pictures, has_data: bool) -> Vec<(Picture, Rect)> {
    if !has_data {
        return surface(whole, pictures);
    }
    if pictures == Pictures::Both && whole.width() >= ROW {
        let width = (whole.width() - 2.0 * GAP) / 3.0;
        let (first, rest) = beside(whole, width);
        let (second, third) = beside(rest, width);
        return vec![
            (Picture::Contours, first),
            (Picture::Relief, second),
            (Picture::Data, third),
        ];
    }
    let room = whole.size() - Vec2::splat(GAP);
    let is_wide = whole.width() > 1.25 * whole.height();
    let (rest, data) = if is_wide && pictures != Pictures::Both {
        beside(whole, 0.55 * room.x)
    } else {
        below(whole, 0.58 * room.y)
    };
    let mut all = surface(rest, pictures);
    all.push((Picture::Data, data));
    all
}

/// Arranges the pictures of the surface.
fn surface(whole: Rect, pictures: Pictures) -> Vec<(Picture, Rect)> {
    match pictures {
        Pictures::Contours => vec![(Picture::Contours, whole)],
        Pictures::Relief => vec![(Picture::Relief, whole)],
        Pictures::Both => {
            let room = whole.size() - Vec2::splat(GAP);
            let is_wide = whole.width() >= whole.height() && whole.width() >= PAIR;
            let (first, second) = if is_wide {
                beside(whole, room.x / 2.0)
            } else {
                below(whole, room.y / 2.0)
            };
            if first.size().min_elem() < LEAST {
                return surface(whole, Pictures::Relief);
            }
            vec![(Picture::Contours, first), (Picture::Relief, second)]
        }
    }
}

/// Divides an area into two, side by side with a gap; the left one has this width.
fn beside(whole: Rect, width: f32) -> (Rect, Rect) {
    let edge = whole.left() + width;
    (whole.with_max_x(edge), whole.with_min_x(edge + GAP))
}

/// Divides an area into two, one above the other with a gap; the upper one has this height.
fn below(whole: Rect, height: f32) -> (Rect, Rect) {
    let edge = whole.top() + height;
    (whole.with_max_y(edge), whole.with_min_y(edge + GAP))
}

#[cfg(test)]
mod tests {
    use egui::{Pos2, vec2};

    use super::*;

    fn sizes(width: f32, height: f32, pictures: Pictures, has_data: bool) -> Vec<(Picture, Vec2)> {
        let whole = Rect::from_min_size(Pos2::new(60.0, 97.0), vec2(width, height));
        let all = arranged(whole, pictures, has_data);
        for (place, (picture, area)) in all.iter().enumerate() {
            assert!(whole.expand(0.01).contains_rect(*area), "{picture:?}");
            for (_, other) in &all[place + 1..] {
                let apart = area.expand(GAP - 0.01).intersect(*other);
                assert!(!apart.is_positive(), "{area} and {other}");
            }
        }
        all.into_iter()
            .map(|(it, area)| (it, area.size()))
            .collect()
    }

    #[test]
    fn two_pictures_share_the_wider_side() {
        let wide = sizes(908.0, 628.0, Pictures::Both, false);
        let each = vec2(448.0, 628.0);
        assert_eq!(wide, [(Picture::Contours, each), (Picture::Relief, each)]);
        let tall = sizes(628.0, 908.0, Pictures::Both, false);
        assert!(tall.iter().all(|(_, size)| *size == vec2(628.0, 448.0)));
        let narrow = sizes(400.0, 380.0, Pictures::Both, false);
        assert!(narrow.iter().all(|(_, size)| *size == vec2(400.0, 184.0)));
    }

    #[test]
    fn where_two_pictures_have_no_room_there_is_the_landscape() {
        let small = sizes(300.0, 240.0, Pictures::Both, false);
        assert_eq!(small, [(Picture::Relief, vec2(300.0, 240.0))]);
    }

    #[test]
    fn three_pictures_stand_in_a_row_or_the_data_below() {
        use Picture::{Contours, Data, Relief};
        let row = sizes(924.0, 628.0, Pictures::Both, true);
        let each = vec2(300.0, 628.0);
        assert_eq!(row, [(Contours, each), (Relief, each), (Data, each)]);
        let below = sizes(652.0, 428.0, Pictures::Both, true);
        let names: Vec<Picture> = below.iter().map(|(it, _)| *it).collect();
        assert_eq!(names, [Contours, Relief, Data]);
        assert_eq!([below[0].1.x, below[2].1.x], [320.0, 652.0]);
        assert!(below[0].1.y > below[2].1.y);
        let small = sizes(300.0, 300.0, Pictures::Both, true);
        let names: Vec<Picture> = small.iter().map(|(it, _)| *it).collect();
        assert_eq!(names, [Relief, Data]);
    }

    #[test]
    fn one_picture_has_the_data_beside_it_or_below() {
        for picture in [Pictures::Contours, Pictures::Relief] {
            let wide = sizes(812.0, 500.0, picture, true);
            assert_eq!(wide[1].1, vec2(360.0, 500.0));
            let tall = sizes(500.0, 512.0, picture, true);
            assert_eq!(tall[1].1, vec2(500.0, 210.0));
        }
    }

    #[test]
    fn the_strip_leaves_most_of_the_room_to_the_pictures_above() {
        for (height, strip) in [(628.0, 196.0), (430.0, 150.0), (300.0, 38.0)] {
            let whole = Rect::from_min_size(Pos2::new(60.0, 97.0), vec2(652.0, height));
            for (pictures, is_large, count) in [
                (Pictures::Contours, false, 2),
                (Pictures::Both, false, 3),
                (Pictures::Both, true, 2),
            ] {
                let all = with_strip(whole, pictures, is_large);
                assert_eq!(all.len(), count);
                let (last, area) = all[count - 1];
                assert_eq!((last, area.height()), (Picture::Strip, strip));
                assert_eq!(area.bottom(), whole.bottom());
                let above = all[0].1;
                assert_eq!(above.bottom() + GAP, area.top());
                assert!(above.height() > 0.6 * height);
                assert_eq!(all[0].0 == Picture::Data, is_large);
            }
        }
    }
}
