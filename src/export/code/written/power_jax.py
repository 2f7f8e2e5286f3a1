@jax.jit
def power(matrix, exponent, least):
    """A power of a symmetric matrix none of whose eigenvalues is below `least`."""
    values, vectors = jax.numpy.linalg.eigh(matrix)
    return (vectors * jax.numpy.maximum(values, least) ** exponent) @ vectors.T
