def power(matrix, exponent, least):
    """A power of a symmetric matrix none of whose eigenvalues is below `least`."""
    if not matrix.isfinite().all():
        return torch.full_like(matrix, math.nan)
    values, vectors = torch.linalg.eigh(matrix)
    return (vectors * values.clamp(min=least) ** exponent) @ vectors.T
