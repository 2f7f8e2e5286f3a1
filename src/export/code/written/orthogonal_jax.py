@jax.jit
def orthogonal(matrix, coefficients, steps, eps, clamps):
    """The matrix with its singular values near 1, after some Newton-Schulz steps."""
    norm = jax.numpy.linalg.norm(matrix)
    x = matrix / jax.numpy.where(clamps, jax.numpy.maximum(norm, eps), norm + eps)
    is_tall = x.shape[0] > x.shape[1]
    a, b, c = coefficients

    def nearer(_, x):
        square = x @ x.T
        return a * x + (b * square + c * square @ square) @ x

    x = jax.lax.fori_loop(0, jax.numpy.asarray(steps, int), nearer, x.T if is_tall else x)
    return x.T if is_tall else x
