//! The plane on which the paths of a network are seen.

use std::sync::Arc;

use super::Trajectory;
use crate::experiment::Experiment;
use crate::number::finite_range;
use crate::plane::Window;
use crate::subspace::{PlaneChoice, Subspace, principal, random};
use crate::surface::Surface;

/// Trajectories, and the surface on which they are seen.
#[derive(Clone, Debug)]
pub struct Raced {
    /// The surface; that of a network is its loss on a plane.
    pub surface: Arc<dyn Surface>,
    /// One trajectory per racer, in order.
    pub paths: Vec<Trajectory>,
}

impl Raced {
    /// The same race seen on the chosen plane. `again` simulates it on another surface, where not
    /// all parameters of all points are kept; `None` if it does. A surface of two parameters is
    /// seen as it is, and a network stays on its plane if the chosen one does not exist.
    pub async fn seen_on(
        self,
        experiment: &Experiment,
        choice: &PlaneChoice,
        again: impl AsyncFnOnce(&Arc<dyn Surface>) -> Option<Vec<Trajectory>>,
    ) -> Option<Self> {
        match plane_of(experiment, &*self.surface, choice, &self.paths).await {
            Some(plane) => self.on(Arc::new(plane), again).await,
            None => Some(self),
        }
    }

    /// The same race seen on a plane, in the same way.
    pub async fn on(
        self,
        plane: Arc<Subspace>,
        again: impl AsyncFnOnce(&Arc<dyn Surface>) -> Option<Vec<Trajectory>>,
    ) -> Option<Self> {
        let Self { surface, mut paths } = self;
        let Some(surface) = surface.on_plane(Arc::clone(&plane), surface.window()) else {
            return Some(Self { surface, paths });
        };
        if paths.iter().all(Trajectory::has_all_parameters) {
            for path in &mut paths {
                path.see_on(&plane).await;
            }
        } else {
            paths = again(&surface).await?;
        }
        let window = window_around(&paths);
        let surface = surface.on_plane(plane, window).unwrap_or(surface);
        Some(Self { surface, paths })
    }
}

/// The chosen plane; `None` for a surface of two parameters, and if the choice gives no plane.
async fn plane_of(
    experiment: &Experiment,
    surface: &dyn Surface,
    choice: &PlaneChoice,
    paths: &[Trajectory],
) -> Option<Subspace> {
    let n = surface.subspace()?.dimension();
    match choice {
        PlaneChoice::Fitted => fitted(n, paths).await,
        PlaneChoice::Through(one, other) => through(experiment, paths, [one, other]),
        PlaneChoice::Random(seed) => {
            random(&surface.initial(experiment.seed)?, surface.blocks(), *seed)
        }
        PlaneChoice::Held(held) => held.plane(),
    }
}

/// The plane along which the paths differ most. A racer that has diverged would leave nothing to
/// see of the others, so its path counts only if there is no other.
async fn fitted(n: usize, paths: &[Trajectory]) -> Option<Subspace> {
    let stays = |path: &&Trajectory| !path.status().is_out();
    let any_stays = paths.iter().any(|path| stays(&path));
    let counted = paths.iter().filter(|path| !any_stays || stays(path));
    let points = counted.flat_map(|path| path.positions().map(|(_, at)| at));
    principal(n, points).await
}

/// The plane through the start and the ends of two racers.
fn through(
    experiment: &Experiment,
    paths: &[Trajectory],
    racers: [&String; 2],
) -> Option<Subspace> {
    let names = experiment.names();
    let path_of = |racer: &String| paths.get(names.iter().position(|name| name == racer)?);
    let [one, other] = racers.map(path_of);
    let (_, start) = one?.positions().next()?;
    let end = |path: &'_ Trajectory| path.positions().last().map(|(_, at)| at.to_vec());
    Subspace::through(start, &end(one?)?, &end(other?)?)
}

/// A window around all paths of racers that have not diverged.
fn window_around(paths: &[Trajectory]) -> Window {
    let stays = paths.iter().filter(|path| !path.status().is_out());
    let counted: Vec<&Trajectory> = stays.collect();
    let range = |of: fn(&Trajectory) -> &Vec<f64>| {
        let all = counted.iter().flat_map(|path| of(path).iter().copied());
        finite_range(all).unwrap_or([-1.0, 1.0])
    };
    let (x, y) = (range(|path| &path.x), range(|path| &path.y));
    let half = 0.5 * (x[1] - x[0]).max(y[1] - y[0]);
    let half = if half.is_normal() { half } else { 1.0 };
    let side = |[low, high]: [f64; 2]| {
        let middle = 0.5 * (low + high);
        [middle - half, middle + half]
    };
    Window::new(side(x), side(y))
}
