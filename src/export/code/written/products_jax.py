def products(gradient):
    """The products of a gradient from both sides of a matrix, or the only one of a vector."""
    if gradient.ndim == 1:
        return [jax.numpy.outer(gradient, gradient)]
    return [gradient @ gradient.T, gradient.T @ gradient]


def scaled(gradient, sums, eps):
    """The gradient, scaled by the sums of its products."""
    if gradient.ndim == 1:
        return power(sums[0], -1 / 2, eps) @ gradient
    return power(sums[0], -1 / 4, eps) @ gradient @ power(sums[1], -1 / 4, eps)
