//! Scalars, and vectors and matrices of the plane.

use nalgebra::{Matrix2, SymmetricEigen, Vector2};

/// The value of an expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    Scalar(f64),
    Vector(Vector2<f64>),
    /// A row vector.
    Row(Vector2<f64>),
    /// A symmetric matrix.
    Matrix(Matrix2<f64>),
}

use Value::{Matrix, Row, Scalar, Vector};

impl Value {
    pub fn vector(pair: [f64; 2]) -> Self {
        Vector(Vector2::from(pair))
    }

    /// Returns the zero of the same shape.
    pub fn zero(self) -> Self {
        match self {
            Scalar(_) => Scalar(0.0),
            Vector(_) => Vector(Vector2::zeros()),
            Row(_) => Row(Vector2::zeros()),
            Matrix(_) => Matrix(Matrix2::zeros()),
        }
    }

    /// Applies a function to two values entry by entry. A scalar is combined with every entry.
    pub fn each(self, other: Self, act: impl Fn(f64, f64) -> f64) -> Result<Self, String> {
        Ok(match (self, other) {
            (Scalar(a), Scalar(b)) => Scalar(act(a, b)),
            (Vector(a), Scalar(b)) => Vector(a.map(|a| act(a, b))),
            (Scalar(a), Vector(b)) => Vector(b.map(|b| act(a, b))),
            (Vector(a), Vector(b)) => Vector(a.zip_map(&b, act)),
            (Matrix(a), Matrix(b)) => Matrix(a.zip_map(&b, act)),
            (a, b) => return Err(format!("{a:?} and {b:?} do not go together")),
        })
    }

    pub fn times(self, other: Self) -> Result<Self, String> {
        Ok(match (self, other) {
            (Vector(a), Row(b)) => Matrix(a * b.transpose()),
            (Matrix(a), Vector(b)) => Vector(a * b),
            (Scalar(a), Matrix(b)) | (Matrix(b), Scalar(a)) => Matrix(b * a),
            (a, b) => return a.each(b, |a, b| a * b),
        })
    }

    pub fn power(self, exponent: Self) -> Result<Self, String> {
        match (self, exponent) {
            (Matrix(base), Scalar(exponent)) => {
                // Rounding can make the 0 of a singular matrix negative, which has no root.
                let is_root = exponent.fract() != 0.0;
                let base_of = |value: f64| if is_root { value.max(0.0) } else { value };
                Ok(Matrix(of_eigenvalues(base, |value| {
                    base_of(value).powf(exponent)
                })))
            }
            (base, exponent) => base.each(exponent, f64::powf),
        }
    }

    /// Returns the matrix with the absolute values of the eigenvalues.
    pub fn absolute(self) -> Result<Self, String> {
        match self {
            Matrix(it) => Ok(Matrix(of_eigenvalues(it, f64::abs))),
            other => other.each(Scalar(0.0), |value, _| value.abs()),
        }
    }

    pub fn transposed(self) -> Result<Self, String> {
        match self {
            Vector(it) => Ok(Row(it)),
            other => Err(format!("{other:?} cannot be laid down")),
        }
    }

    fn entries(&self) -> Vec<f64> {
        match self {
            Scalar(it) => vec![*it],
            Vector(it) | Row(it) => it.iter().copied().collect(),
            Matrix(it) => it.iter().copied().collect(),
        }
    }

    /// Whether both values have the same shape and agree to 1e-9.
    pub fn agrees_with(&self, other: &Self) -> bool {
        let is_same_shape = std::mem::discriminant(self) == std::mem::discriminant(other);
        let mut pairs = self.entries().into_iter().zip(other.entries());
        is_same_shape && pairs.all(|(a, b)| (a - b).abs() <= 1e-9 * (1.0 + b.abs()))
    }
}

fn of_eigenvalues(matrix: Matrix2<f64>, act: impl Fn(f64) -> f64) -> Matrix2<f64> {
    let SymmetricEigen {
        eigenvectors,
        eigenvalues,
    } = SymmetricEigen::new(matrix);
    let diagonal = Matrix2::from_diagonal(&eigenvalues.map(act));
    eigenvectors * diagonal * eigenvectors.transpose()
}
