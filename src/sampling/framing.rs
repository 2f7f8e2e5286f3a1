//! Chooses which part of the plane to show.

use crate::plane::Window;
use crate::simulation::Trajectory;
use crate::surface::Minimum;

/// Windows with a greater aspect ratio than this are stretched to fill the view, since their
/// surfaces are meant to be seen that way.
const LONG: f64 = 3.0;

/// The part of the plane that contains the paths, the start and the global minima, with a margin;
/// points far outside the surface's own window `whole` are ignored.
pub fn fit<'a>(
    whole: Window,
    start: [f64; 2],
    paths: impl Iterator<Item = &'a Trajectory>,
    minima: &[Minimum],
) -> Window {
    const MARGIN: f64 = 1.25;
    let limit = whole.zoomed(3.0, whole.centre());
    let (mut x, mut y) = ([start[0]; 2], [start[1]; 2]);
    let mut include = |[px, py]: [f64; 2]| {
        if limit.contains([px, py]) {
            x = [x[0].min(px), x[1].max(px)];
            y = [y[0].min(py), y[1].max(py)];
        }
    };
    for path in paths {
        (0..path.len()).for_each(|step| include(path.at(step)));
    }
    for minimum in minima {
        if minimum.global && whole.contains(minimum.at) {
            include(minimum.at);
        }
    }
    let tight = Window::new(x, y);
    let smallest = 0.02 * whole.width().min(whole.height());
    let size = tight.width().max(tight.height()).max(smallest);
    let centre = tight.centre();
    // A straight path gets some space on both sides rather than a window of zero width.
    let half = |span: f64| 0.5 * MARGIN * span.max(0.45 * size);
    let (dx, dy) = (half(tight.width()), half(tight.height()));
    Window::new(
        [centre[0] - dx, centre[0] + dx],
        [centre[1] - dy, centre[1] + dy],
    )
}

/// The window, extended to the aspect ratio of a picture (width over height) so that one unit of x
/// is as long as one unit of y; unchanged if it is to be stretched or is very elongated.
#[must_use]
pub fn shaped(view: Window, aspect: f64, stretch: bool) -> Window {
    let shape = view.width() / view.height();
    if stretch || !(1.0 / LONG..=LONG).contains(&shape) {
        view
    } else {
        view.with_aspect(aspect)
    }
}
