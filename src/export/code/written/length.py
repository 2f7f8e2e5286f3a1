def length(scale, rms, outputs, inputs):
    """The factor of a step of Muon, which depends on the shape of the matrix."""
    return {
        "original": math.sqrt(max(1, outputs / inputs)),
        "match_rms": rms * math.sqrt(max(outputs, inputs)),
        "spectral": math.sqrt(outputs / inputs),
        "unscaled": 1.0,
    }[scale]
