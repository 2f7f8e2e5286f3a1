//! The plane along which paths differ most.

use nalgebra::{DMatrix, SymmetricEigen};

use super::{Subspace, dot, unit, without};
use crate::pause::{Pauses, pause};

/// The most parameters for which the covariance matrix itself is formed; beyond, it is only
/// multiplied by vectors.
const MOST_EXACT: usize = 300;

/// The number of vectors that are iterated together. More than two, so that the first two converge
/// even if further eigenvalues are close to theirs.
const BLOCK: usize = 6;

/// The maximum number of iterations; each improves the digits by the ratio of the eigenvalues.
const MOST_ITERATIONS: usize = 60;

/// The number of products between two pauses: about a millisecond.
const SLICE: u64 = 500_000;

/// The plane through the mean of all points, along the two directions of their largest variance
/// (principal component analysis; Pearson 1901). The axes have length 1, and the largest component
/// of each is positive. `None` without a finite point.
///
/// `points` holds n numbers per point; points that are not finite are left out. If the points lie
/// on a line or coincide, the remaining directions are along the first parameters.
///
/// The work pauses about once a millisecond.
pub async fn principal<'a>(n: usize, points: impl Iterator<Item = &'a [f64]>) -> Option<Subspace> {
    let is_finite = |point: &&[f64]| point.len() == n && point.iter().all(|it| it.is_finite());
    let points: Vec<&[f64]> = points.filter(is_finite).collect();
    let mean = mean(n, &points)?;
    let cloud = Cloud { mean, points };
    pause().await;
    let total = cloud.variance();
    let mut pauses = Pauses::every(SLICE);
    let [(first, one), (second, two)] = if n <= MOST_EXACT {
        cloud.exact(&mut pauses).await
    } else {
        cloud.iterated(&mut pauses).await
    };
    let first = upright(complete(&first, &[])?);
    let second = upright(complete(&second, &[&first])?);
    let share = |variance: f64| if total > 0.0 { variance / total } else { 0.0 };
    let plane = Subspace::new(cloud.mean, [first, second])?;
    Some(plane.explaining([share(one), share(two)]))
}

/// Points about their mean.
struct Cloud<'a> {
    mean: Vec<f64>,
    points: Vec<&'a [f64]>,
}

impl Cloud<'_> {
    /// The sum of the squared distances from the mean.
    fn variance(&self) -> f64 {
        let square = |point: &&[f64]| -> f64 {
            let pairs = point.iter().zip(&self.mean);
            pairs.map(|(at, mean)| (at - mean).powi(2)).sum()
        };
        self.points.iter().map(square).sum()
    }

    /// The two leading directions with their variances, from the whole matrix.
    async fn exact(&self, pauses: &mut Pauses) -> [(Vec<f64>, f64); 2] {
        let n = self.mean.len();
        let mut covariance = DMatrix::<f64>::zeros(n, n);
        let mut away = vec![0.0; n];
        for point in &self.points {
            self.away(point, &mut away);
            for (row, &of_row) in away.iter().enumerate() {
                for (column, &of_column) in away.iter().enumerate().take(row + 1) {
                    covariance[(row, column)] += of_row * of_column;
                }
            }
            pauses.after((n * n / 2) as u64).await;
        }
        pause().await;
        covariance.fill_upper_triangle_with_lower_triangle();
        leading(covariance, n, |vector| vector)
    }

    /// The same by iterating a block of vectors (orthogonal iteration with Rayleigh–Ritz; Golub &
    /// Van Loan, section 8.2.4), for which products with the matrix suffice.
    async fn iterated(&self, pauses: &mut Pauses) -> [(Vec<f64>, f64); 2] {
        let mut basis = self.first_basis().await;
        let mut before = f64::NAN;
        for _ in 0..MOST_ITERATIONS {
            basis = orthonormal(self.images(&basis, pauses).await);
            let mut sum = 0.0;
            for vector in &basis {
                sum += self.along(vector);
                pauses.after(self.size()).await;
            }
            if (sum - before).abs() <= 1e-14 * sum {
                break;
            }
            before = sum;
        }
        let images = self.images(&basis, pauses).await;
        let small = DMatrix::from_fn(basis.len(), basis.len(), |row, column| {
            dot(&basis[row], &images[column])
        });
        leading(small, self.mean.len(), |mixture| {
            let mut vector = vec![0.0; self.mean.len()];
            for (share, basis) in mixture.iter().zip(&basis) {
                for (part, basis) in vector.iter_mut().zip(basis) {
                    *part += share * basis;
                }
            }
            vector
        })
    }

    /// The points that are farthest from the mean and from each other, as a first guess.
    async fn first_basis(&self) -> Vec<Vec<f64>> {
        let mut basis: Vec<Vec<f64>> = Vec::with_capacity(BLOCK);
        let nothing = || vec![0.0; self.mean.len()];
        while basis.len() < BLOCK.min(self.points.len()) {
            let rest = |point: &&[f64]| {
                let mut rest = nothing();
                self.away(point, &mut rest);
                basis.iter().fold(rest, |rest, known| without(rest, known))
            };
            let length = |vector: &[f64]| dot(vector, vector);
            let step = self.points.len().div_ceil(64);
            let rests = self.points.iter().step_by(step).map(rest);
            let farthest = rests.max_by(|one, other| length(one).total_cmp(&length(other)));
            match farthest.and_then(unit) {
                Some(vector) => basis.push(vector),
                None => break,
            }
            pause().await;
        }
        if basis.is_empty() {
            basis.push(nothing());
        }
        basis
    }

    fn away(&self, point: &[f64], away: &mut [f64]) {
        for (away, (at, mean)) in away.iter_mut().zip(point.iter().zip(&self.mean)) {
            *away = at - mean;
        }
    }

    /// The number of all coordinates of all points.
    fn size(&self) -> u64 {
        (self.points.len() * self.mean.len()) as u64
    }

    /// The products of the covariance matrix, times the number of points, with some vectors.
    async fn images(&self, vectors: &[Vec<f64>], pauses: &mut Pauses) -> Vec<Vec<f64>> {
        let mut images = Vec::with_capacity(vectors.len());
        for vector in vectors {
            images.push(self.image(vector));
            pauses.after(2 * self.size()).await;
        }
        images
    }

    /// The product of the covariance matrix, times the number of points, with a vector.
    fn image(&self, vector: &[f64]) -> Vec<f64> {
        let mut image = vec![0.0; vector.len()];
        let mut away = vec![0.0; vector.len()];
        for point in &self.points {
            self.away(point, &mut away);
            let along = dot(&away, vector);
            for (image, away) in image.iter_mut().zip(&away) {
                *image += along * away;
            }
        }
        image
    }

    /// The variance along a direction, times the number of points.
    fn along(&self, direction: &[f64]) -> f64 {
        let mean = dot(&self.mean, direction);
        let square = |point: &&[f64]| (dot(point, direction) - mean).powi(2);
        self.points.iter().map(square).sum()
    }
}

#[expect(clippy::cast_precision_loss, reason = "points are fewer than 2^53")]
fn mean(n: usize, points: &[&[f64]]) -> Option<Vec<f64>> {
    if points.is_empty() {
        return None;
    }
    let mut mean = vec![0.0; n];
    for point in points {
        for (mean, at) in mean.iter_mut().zip(*point) {
            *mean += at / points.len() as f64;
        }
    }
    Some(mean)
}

/// The two eigenvectors with the largest eigenvalues, each made into a direction; 0 where there is
/// none.
fn leading(
    matrix: DMatrix<f64>,
    n: usize,
    direction: impl Fn(Vec<f64>) -> Vec<f64>,
) -> [(Vec<f64>, f64); 2] {
    if matrix.is_empty() {
        return [(vec![0.0; n], 0.0), (vec![0.0; n], 0.0)];
    }
    let eigen = SymmetricEigen::new(matrix);
    let mut order: Vec<usize> = (0..eigen.eigenvalues.len()).collect();
    order.sort_by(|&one, &other| eigen.eigenvalues[other].total_cmp(&eigen.eigenvalues[one]));
    [0, 1].map(|rank| match order.get(rank) {
        Some(&index) => {
            let vector = eigen.eigenvectors.column(index).iter().copied().collect();
            (direction(vector), eigen.eigenvalues[index].max(0.0))
        }
        None => (vec![0.0; n], 0.0),
    })
}

/// Gram–Schmidt, twice; what is left of a vector that depends on the others is dropped.
fn orthonormal(vectors: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let mut basis: Vec<Vec<f64>> = Vec::with_capacity(vectors.len());
    for vector in vectors {
        let Some(mut vector) = unit(vector) else {
            continue;
        };
        for _ in 0..2 {
            vector = basis
                .iter()
                .fold(vector, |rest, known| without(rest, known));
        }
        if dot(&vector, &vector) > 1e-24 {
            basis.extend(unit(vector));
        }
    }
    basis
}

/// A direction of length 1, perpendicular to the others; one along a parameter if there is none.
fn complete(direction: &[f64], others: &[&Vec<f64>]) -> Option<Vec<f64>> {
    let rest = |vector| {
        others
            .iter()
            .fold(vector, |rest, other| without(rest, other))
    };
    let axes = (0..direction.len()).map(|axis| {
        let mut along = vec![0.0; direction.len()];
        along[axis] = 1.0;
        along
    });
    let mut candidates = std::iter::once(direction.to_vec()).chain(axes);
    candidates.find_map(|candidate| {
        let candidate = rest(candidate);
        (dot(&candidate, &candidate) > 1e-12).then(|| unit(candidate))?
    })
}

/// The direction or its opposite, so that its largest component is positive.
fn upright(mut direction: Vec<f64>) -> Vec<f64> {
    let largest =
        direction.iter().copied().reduce(
            |one, other| {
                if other.abs() > one.abs() { other } else { one }
            },
        );
    if largest.is_some_and(|largest| largest < 0.0) {
        for part in &mut direction {
            *part = -*part;
        }
    }
    direction
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::{Chance, Use};
    use crate::pause::at_once;

    /// Points that vary by 3, 2 and a little along three directions in n dimensions.
    fn cloud(n: usize) -> (Vec<Vec<f64>>, [Vec<f64>; 2]) {
        let mut chance = Chance::new(1, Use::Data, 0);
        let mut random = || -> Vec<f64> { (0..n).map(|_| chance.normals()[0]).collect() };
        let first = unit(random()).unwrap();
        let second = unit(without(random(), &first)).unwrap();
        let centre = random();
        let points = (0..80_u32).map(|index| {
            let angle = f64::from(index) * 0.7;
            let small = 0.05 * (f64::from(index) * 1.3).sin();
            let mut point = centre.clone();
            for (axis, part) in point.iter_mut().enumerate() {
                *part += 3.0 * angle.cos() * first[axis] + 2.0 * angle.sin() * second[axis];
            }
            point[0] += small;
            point
        });
        (points.collect(), [first, second])
    }

    #[test]
    fn the_axes_are_the_directions_of_largest_variance() {
        for n in [8, MOST_EXACT + 50] {
            let (points, directions) = cloud(n);
            let plane = at_once(principal(n, points.iter().map(Vec::as_slice))).unwrap();
            for (found, known) in plane.directions().iter().zip(&directions) {
                assert!(dot(found, known).abs() > 0.998, "n = {n}");
                let largest = found.iter().copied().fold(0.0, |one: f64, other: f64| {
                    if other.abs() > one.abs() { other } else { one }
                });
                assert!(largest > 0.0);
            }
            let [one, two] = plane.explained().unwrap();
            assert!(
                (one / two - 2.25).abs() < 0.2 && one + two > 0.99,
                "{one} {two}"
            );
        }
    }

    #[test]
    fn both_ways_of_computing_agree() {
        let (points, _) = cloud(40);
        let points: Vec<&[f64]> = points.iter().map(Vec::as_slice).collect();
        let cloud = Cloud {
            mean: mean(40, &points).unwrap(),
            points,
        };
        let mut pauses = Pauses::every(SLICE);
        let exact = at_once(cloud.exact(&mut pauses));
        let iterated = at_once(cloud.iterated(&mut pauses));
        for ((one, much), (other, as_much)) in exact.iter().zip(&iterated) {
            assert!((dot(one, other).abs() - 1.0).abs() < 1e-9);
            assert!((much / as_much - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn points_on_a_line_and_a_single_point_have_a_plane() {
        for n in [3, MOST_EXACT + 1] {
            let points: Vec<Vec<f64>> = (0..5).map(|it| vec![f64::from(it); n]).collect();
            let line = at_once(principal(n, points.iter().map(Vec::as_slice))).unwrap();
            assert!((line.explained().unwrap()[0] - 1.0).abs() < 1e-12);
            let single = principal(n, points.iter().take(1).map(Vec::as_slice));
            let single = at_once(single).unwrap();
            assert_eq!(single.project(points[0].iter().copied()), [0.0, 0.0]);
        }
        let wild = [f64::NAN, 0.0, 1.0];
        assert_eq!(at_once(principal(3, [&wild[..]].into_iter())), None);
    }
}
