//! The drawing of each icon.

use super::Icon;
use super::pen::{CENTRE, Pen, arc, mirrored, on_circle};

/// Draws an icon around the pen's centre.
pub fn draw(icon: Icon, pen: &Pen<'_>) {
    let triangle = |left: f32, right: f32| pen.fill(&[[left, -5.5], [right, 0.0], [left, 5.5]]);
    match icon {
        Icon::Play => triangle(-3.5, 6.0),
        Icon::Pause => {
            pen.bar([-3.2, 0.0], [3.0, 11.0]);
            pen.bar([3.2, 0.0], [3.0, 11.0]);
        }
        Icon::StepForward => triangle(-4.0, 5.0),
        Icon::StepBack => triangle(4.0, -5.0),
        Icon::End => {
            triangle(-5.5, 3.5);
            pen.bar([5.2, 0.0], [1.8, 11.0]);
        }
        Icon::Start => {
            triangle(5.5, -3.5);
            pen.bar([-5.2, 0.0], [1.8, 11.0]);
        }
        Icon::Loop => {
            pen.line(&arc(CENTRE, 5.2, -40.0, 250.0));
            pen.tip(on_circle(CENTRE, 5.2, -40.0), -130.0);
        }
        Icon::Reset => {
            back(pen);
            pen.dot(CENTRE, 1.6);
        }
        Icon::History => {
            back(pen);
            pen.line(&[[0.0, -2.6], [0.0, 0.4], [2.0, 1.6]]);
        }
        Icon::Speed => {
            pen.line(&arc([0.0, 1.6], 6.2, 155.0, 385.0));
            pen.line(&[[0.0, 1.6], [2.9, -1.7]]);
            pen.dot([0.0, 1.6], 1.5);
        }
        Icon::Clock => {
            pen.circle(CENTRE, 6.0);
            pen.line(&[[0.0, -3.5], [0.0, 0.3], [2.6, 1.8]]);
        }
        Icon::Undo => turn(pen, 1.0),
        Icon::Redo => turn(pen, -1.0),
        Icon::Eye => {
            eyelids(pen);
            pen.dot(CENTRE, 2.2);
        }
        Icon::EyeClosed => {
            eyelids(pen);
            pen.line(&[[-5.5, 5.5], [5.5, -5.5]]);
        }
        Icon::Moon => {
            let mut points = arc(CENTRE, 5.6, 20.0, 290.0);
            let mut inner = arc([2.6, -2.2], 4.4, 50.0, 262.0);
            inner.reverse();
            points.extend(inner);
            pen.outline(&points);
        }
        Icon::Sun => {
            pen.circle(CENTRE, 3.0);
            for ray in 0..8_u8 {
                let turn = f32::from(ray) * 45.0;
                pen.line(&[on_circle(CENTRE, 5.1, turn), on_circle(CENTRE, 6.5, turn)]);
            }
        }
        Icon::Chain => {
            let mut link = vec![[-1.6, -3.6]];
            link.extend(arc([-3.6, 0.0], 3.6, 270.0, 90.0));
            link.push([-1.6, 3.6]);
            pen.line(&link);
            pen.line(&mirrored(&link));
            pen.line(&[[-3.2, 0.0], [3.2, 0.0]]);
        }
        Icon::More => {
            for x in [-4.5, 0.0, 4.5] {
                pen.dot([x, 0.0], 1.3);
            }
        }
        Icon::Menu => {
            for y in [-4.2, 0.0, 4.2] {
                pen.line(&[[-5.6, y], [5.6, y]]);
            }
        }
        Icon::Rows => {
            for y in [-2.6, 2.6] {
                pen.line(&[[-6.0, y], [6.0, y]]);
            }
        }
        Icon::Chart => {
            axes(pen);
            pen.line(&[[-3.0, 2.0], [-0.6, -1.2], [1.6, 0.6], [5.4, -4.2]]);
        }
        Icon::Bolt => pen.outline(&[
            [1.4, -6.4],
            [-4.6, 1.2],
            [-0.6, 1.2],
            [-1.4, 6.4],
            [4.6, -1.6],
            [0.6, -1.6],
        ]),
        Icon::ChevronDown => pen.line(&[[-4.2, -2.1], [0.0, 2.1], [4.2, -2.1]]),
        Icon::ChevronRight => pen.line(&[[-2.1, -4.2], [2.1, 0.0], [-2.1, 4.2]]),
        Icon::PanelLeft | Icon::PanelRight => {
            pen.frame(CENTRE, [14.0, 11.0], 2.0);
            let x = if icon == Icon::PanelLeft { -2.5 } else { 2.5 };
            pen.line(&[[x, -5.0], [x, 5.0]]);
        }
        Icon::Compare => {
            pen.frame([-3.7, 0.0], [5.2, 11.0], 1.0);
            pen.frame([3.7, 0.0], [5.2, 11.0], 1.0);
        }
        Icon::Swap => {
            for side in [1.0, -1.0] {
                let at = |x: f32, y: f32| [side * x, side * y];
                pen.line(&[at(-5.6, -3.0), at(5.4, -3.0)]);
                pen.line(&[at(3.0, -5.6), at(5.6, -3.0), at(3.0, -0.4)]);
            }
        }
        Icon::Tab => {
            pen.frame(CENTRE, [13.0, 11.0], 1.5);
            pen.line(&[[-6.0, -1.9], [6.0, -1.9]]);
            pen.line(&[[0.4, -5.0], [0.4, -1.9]]);
        }
        Icon::Search => magnifier(pen),
        Icon::Lens => {
            magnifier(pen);
            pen.line(&[[-3.3, -1.2], [0.9, -1.2]]);
            pen.line(&[[-1.2, -3.3], [-1.2, 0.9]]);
        }
        Icon::Plus => {
            pen.line(&[[-5.2, 0.0], [5.2, 0.0]]);
            pen.line(&[[0.0, -5.2], [0.0, 5.2]]);
        }
        Icon::Minus => pen.line(&[[-5.2, 0.0], [5.2, 0.0]]),
        Icon::Cross => {
            pen.line(&[[-4.2, -4.2], [4.2, 4.2]]);
            pen.line(&[[-4.2, 4.2], [4.2, -4.2]]);
        }
        Icon::Check => pen.line(&[[-5.2, 0.4], [-1.7, 4.0], [5.4, -4.2]]),
        Icon::Share => {
            pen.line(&[
                [-2.9, -1.6],
                [-5.2, -1.6],
                [-5.2, 6.2],
                [5.2, 6.2],
                [5.2, -1.6],
                [2.9, -1.6],
            ]);
            pen.line(&[[0.0, 2.4], [0.0, -6.2]]);
            pen.line(&[[-2.8, -3.6], [0.0, -6.4], [2.8, -3.6]]);
        }
        Icon::Export => {
            pen.line(&[[-5.6, 2.6], [-5.6, 6.0], [5.6, 6.0], [5.6, 2.6]]);
            pen.line(&[[0.0, -6.2], [0.0, 2.2]]);
            pen.line(&[[-3.0, -0.6], [0.0, 2.4], [3.0, -0.6]]);
        }
        Icon::Open => pen.outline(&[
            [-6.4, 5.0],
            [-6.4, -4.8],
            [-2.0, -4.8],
            [-0.4, -2.6],
            [6.4, -2.6],
            [6.4, 5.0],
        ]),
        Icon::Save => {
            pen.outline(&[
                [-5.6, -5.6],
                [3.0, -5.6],
                [5.6, -3.0],
                [5.6, 5.6],
                [-5.6, 5.6],
            ]);
            pen.line(&[[-3.0, 5.0], [-3.0, 1.0], [3.0, 1.0], [3.0, 5.0]]);
            pen.line(&[[-2.6, -5.0], [-2.6, -2.6], [1.6, -2.6], [1.6, -5.0]]);
        }
        Icon::New => {
            pen.outline(&[
                [-4.8, -6.2],
                [1.2, -6.2],
                [4.8, -2.6],
                [4.8, 6.2],
                [-4.8, 6.2],
            ]);
            pen.line(&[[0.0, -1.4], [0.0, 3.4]]);
            pen.line(&[[-2.4, 1.0], [2.4, 1.0]]);
        }
        Icon::Duplicate => {
            pen.frame([1.7, 1.7], [8.2, 8.2], 1.5);
            pen.line(&[[2.4, -5.6], [-4.6, -5.6], [-5.6, -4.6], [-5.6, 2.4]]);
        }
        Icon::Rename => {
            pen.outline(&[
                [-5.8, 5.8],
                [-4.9, 2.2],
                [2.9, -5.6],
                [5.6, -2.9],
                [-2.2, 4.9],
            ]);
            pen.line(&[[0.9, -3.6], [3.6, -0.9]]);
        }
        Icon::Trash => {
            pen.line(&[[-5.4, -3.8], [5.4, -3.8]]);
            pen.line(&[[-1.9, -3.8], [-1.9, -6.0], [1.9, -6.0], [1.9, -3.8]]);
            pen.line(&[[-4.2, -3.8], [-3.5, 6.2], [3.5, 6.2], [4.2, -3.8]]);
            pen.line(&[[-1.3, -0.8], [-1.1, 3.4]]);
            pen.line(&[[1.3, -0.8], [1.1, 3.4]]);
        }
        Icon::Pin => {
            pen.line(&[[-3.2, -6.2], [3.2, -6.2]]);
            pen.line(&[
                [-1.9, -6.2],
                [-1.9, -2.0],
                [-4.4, 1.2],
                [4.4, 1.2],
                [1.9, -2.0],
                [1.9, -6.2],
            ]);
            pen.line(&[[0.0, 1.2], [0.0, 6.4]]);
        }
        Icon::Help => {
            pen.circle(CENTRE, 6.4);
            let mut hook = arc([0.0, -1.5], 1.9, 180.0, 410.0);
            hook.push([0.0, 1.5]);
            pen.line(&hook);
            pen.dot([0.0, 3.7], 0.95);
        }
        Icon::Tour => {
            let page = [
                [0.0, -3.8],
                [-2.4, -5.0],
                [-6.4, -5.0],
                [-6.4, 4.2],
                [-2.4, 4.2],
                [0.0, 5.4],
            ];
            pen.line(&page);
            pen.line(&mirrored(&page));
            pen.line(&[[0.0, -3.8], [0.0, 5.4]]);
        }
        Icon::Formula => {
            pen.line(&[
                [4.2, -4.6],
                [3.2, -5.9],
                [1.7, -5.6],
                [1.0, -4.0],
                [-1.0, 4.0],
                [-1.7, 5.6],
                [-3.2, 5.9],
                [-4.2, 4.6],
            ]);
            pen.line(&[[-3.0, -1.2], [3.2, -1.2]]);
        }
        Icon::Code => {
            let bracket = [[-3.2, -4.2], [-6.6, 0.0], [-3.2, 4.2]];
            pen.line(&bracket);
            pen.line(&mirrored(&bracket));
            pen.line(&[[1.3, -5.4], [-1.3, 5.4]]);
        }
        Icon::Settings => {
            let tooth = |k: u8| {
                let at = f32::from(k) * 45.0;
                [(-15.0, 4.6), (-9.0, 6.4), (9.0, 6.4), (15.0, 4.6)]
                    .map(|(turn, radius)| on_circle(CENTRE, radius, at + turn))
            };
            let teeth: Vec<_> = (0..8_u8).flat_map(tooth).collect();
            pen.outline(&teeth);
            pen.circle(CENTRE, 2.0);
        }
        Icon::Keyboard => {
            pen.frame(CENTRE, [14.0, 9.6], 1.8);
            for x in [-4.2, -1.4, 1.4, 4.2] {
                pen.dot([x, -1.6], 0.9);
            }
            pen.line(&[[-2.8, 1.9], [2.8, 1.9]]);
        }
        Icon::Palette => {
            pen.circle(CENTRE, 6.4);
            for at in [[-3.2, -0.6], [-1.2, -3.3], [2.1, -2.9]] {
                pen.dot(at, 1.15);
            }
            pen.circle([1.9, 2.4], 1.7);
        }
        Icon::Presenter => {
            pen.frame([0.0, -1.4], [13.0, 8.8], 1.2);
            pen.line(&[[0.0, 3.0], [0.0, 5.8]]);
            pen.line(&[[-3.2, 6.0], [3.2, 6.0]]);
        }
        Icon::Game => {
            pen.frame(CENTRE, [11.6, 11.6], 2.6);
            for at in [[-2.7, -2.7], [2.7, -2.7], CENTRE, [-2.7, 2.7], [2.7, 2.7]] {
                pen.dot(at, 1.1);
            }
        }
        Icon::Warning => {
            pen.outline(&[[0.0, -6.0], [6.6, 5.2], [-6.6, 5.2]]);
            pen.line(&[[0.0, -1.8], [0.0, 1.4]]);
            pen.dot([0.0, 3.4], 0.95);
        }
        Icon::Fit => {
            for [x, y] in [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]] {
                pen.line(&[[2.8 * x, 5.4 * y], [6.0 * x, 5.4 * y], [6.0 * x, 2.4 * y]]);
            }
            pen.dot(CENTRE, 2.0);
        }
        Icon::Corners => {
            for [x, y] in [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]] {
                pen.line(&[[1.8 * x, 5.4 * y], [5.4 * x, 5.4 * y], [5.4 * x, 1.8 * y]]);
            }
        }
        Icon::Up => upright(pen, 1.0),
        Icon::Down => upright(pen, -1.0),
        Icon::Stretch => {
            pen.line(&[[-6.0, 0.0], [6.0, 0.0]]);
            let corner = [[-3.2, -3.2], [-6.4, 0.0], [-3.2, 3.2]];
            pen.line(&corner);
            pen.line(&mirrored(&corner));
        }
        Icon::Scale => {
            pen.frame(CENTRE, [13.6, 6.4], 1.0);
            for x in [-3.6, 0.0, 3.6] {
                pen.line(&[[x, -2.8], [x, 0.0]]);
            }
        }
        Icon::Ghost => {
            let mut body = arc([0.0, -1.2], 4.8, 180.0, 360.0);
            body.extend([[4.8, 5.6], [2.4, 3.4], [0.0, 5.6], [-2.4, 3.4], [-4.8, 5.6]]);
            pen.outline(&body);
            pen.dot([-1.8, -1.4], 0.95);
            pen.dot([1.8, -1.4], 0.95);
        }
        Icon::Contours => {
            pen.circle(CENTRE, 6.2);
            pen.circle([0.8, 0.6], 2.6);
        }
        Icon::Mountains => pen.outline(&[
            [-6.6, 4.6],
            [-2.2, -4.8],
            [0.6, 0.6],
            [2.4, -2.2],
            [6.6, 4.6],
        ]),
        Icon::MapAndMountains => {
            pen.circle([-4.0, -1.6], 2.8);
            pen.outline(&[[-4.0, 5.0], [2.2, -4.8], [6.6, 5.0]]);
        }
        Icon::Street => {
            pen.line(&[[-6.0, -4.6], [6.0, -4.6]]);
            pen.line(&[[-6.0, 5.2], [-1.2, -4.6]]);
            pen.line(&[[6.0, 5.2], [1.2, -4.6]]);
        }
        Icon::Steep => {
            axes(pen);
            pen.line(&[[-3.4, 3.4], [2.0, 2.4], [4.4, -0.4], [5.4, -5.4]]);
        }
        Icon::Levelling => {
            axes(pen);
            pen.line(&[[-3.4, 3.4], [-2.6, -1.0], [0.0, -3.6], [5.6, -4.8]]);
        }
        Icon::Whole => {
            pen.frame(CENTRE, [13.0, 11.0], 1.2);
            pen.line(&[[-6.0, 1.4], [6.0, 1.4]]);
            pen.line(&[[-1.8, -5.0], [-1.8, 5.0]]);
        }
        Icon::Arrow => {
            pen.dot([-4.8, 4.8], 1.7);
            pen.line(&[[-4.8, 4.8], [3.2, -3.2]]);
            pen.tip([2.6, -2.6], -45.0);
        }
        Icon::Curve => {
            // A parabola and the circle that touches its bottom.
            const BEND: f32 = 0.22;
            let points = (-13..=13_i8).map(|half| f32::from(half) / 2.0);
            let bowl: Vec<_> = points.map(|x| [x, 4.8 - BEND * x * x]).collect();
            pen.line(&bowl);
            pen.circle([0.0, 4.8 - 0.5 / BEND], 0.5 / BEND);
        }
        Icon::Data => {
            pen.line(&[[-6.0, -6.0], [-6.0, 6.0], [6.0, 6.0]]);
            for at in [
                [-2.6, 2.4],
                [-0.8, -1.2],
                [2.2, 1.4],
                [2.6, -3.2],
                [5.2, -1.6],
            ] {
                pen.dot(at, 1.2);
            }
        }
    }
}

/// Two axes from the lower left corner.
fn axes(pen: &Pen<'_>) {
    pen.line(&[[-5.8, -5.8], [-5.8, 5.6], [5.8, 5.6]]);
}

/// A circle that runs backwards.
fn back(pen: &Pen<'_>) {
    pen.line(&arc(CENTRE, 5.4, 220.0, 500.0));
    pen.tip(on_circle(CENTRE, 5.4, 218.0), 310.0 - 180.0);
}

fn turn(pen: &Pen<'_>, mirror: f32) {
    let turned = arc(CENTRE, 4.2, -90.0, 90.0);
    let mut path = vec![[mirror * -4.5, -3.6]];
    path.extend(turned.iter().map(|[x, y]| [mirror * (x + 1.0), y + 0.6]));
    path.push([mirror * -2.5, 4.8]);
    pen.line(&path);
    pen.line(&[
        [mirror * -1.8, -6.6],
        [mirror * -5.0, -3.6],
        [mirror * -1.8, -0.6],
    ]);
}

/// A vertical arrow, up or down.
fn upright(pen: &Pen<'_>, up: f32) {
    pen.line(&[[0.0, up * 5.6], [0.0, -up * 5.6]]);
    pen.line(&[[-4.0, -up * 1.8], [0.0, -up * 5.8], [4.0, -up * 1.8]]);
}

fn eyelids(pen: &Pen<'_>) {
    for side in [-1.0, 1.0] {
        let lid = (0..=12_u8).map(|i| f32::from(i) / 6.0 - 1.0);
        let lid: Vec<_> = lid.map(|x| [7.0 * x, side * 4.6 * (1.0 - x * x)]).collect();
        pen.line(&lid);
    }
}

fn magnifier(pen: &Pen<'_>) {
    pen.circle([-1.2, -1.2], 4.9);
    pen.line(&[[2.5, 2.5], [6.2, 6.2]]);
}
