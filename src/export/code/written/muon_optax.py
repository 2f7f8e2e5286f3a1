def muon(
    learning_rate,
    momentum,
    weight_decay=0.0,
    nesterov=True,
    corrected=False,
    ns_steps=5,
    ns_coeffs=(3.4445, -4.775, 2.0315),
    eps=1e-7,
    clamps=False,
    scale="original",
    rms=0.2,
):
    """Muon for matrices in forms that `optax.contrib.muon` lacks."""

    def init(weights):
        return jnp.zeros([], int), jax.tree.map(jnp.zeros_like, weights)

    def update(gradients, state, weights=None):
        t, averages = state[0] + 1, state[1]
        now, later = 1.0, 1.0
        if corrected:
            now, later = 1 - momentum**t, 1 - momentum ** (t + 1)

        def blended(average, gradient):
            return momentum * average + (1 - momentum) * gradient

        def direction(average, gradient):
            if nesterov:
                average = momentum * average / later + (1 - momentum) * gradient / now
            else:
                average = average / now
            inputs, outputs = average.shape
            factor = length(scale, rms, outputs, inputs)
            return factor * orthogonal(average, ns_coeffs, ns_steps, eps, clamps)

        averages = jax.tree.map(blended, averages, gradients)
        return jax.tree.map(direction, averages, gradients), (t, averages)

    return optax.chain(
        optax.GradientTransformation(init, update),
        optax.add_decayed_weights(weight_decay),
        optax.scale_by_learning_rate(learning_rate),
    )
