def orthogonal(matrix, coefficients, steps, eps, clamps):
    """The matrix with its singular values near 1, after some Newton-Schulz steps."""
    norm = torch.linalg.norm(matrix)
    x = matrix / (norm.clamp(min=eps) if clamps else norm + eps)
    is_tall = x.shape[0] > x.shape[1]
    x = x.T if is_tall else x
    a, b, c = coefficients
    for _ in range(int(steps)):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return x.T if is_tall else x
