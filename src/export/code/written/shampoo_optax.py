def shampoo(learning_rate, eps):
    """Shampoo, which Optax lacks: Adagrad with a matrix for each side of a matrix."""

    def init(weights):
        return jax.tree.map(lambda part: [eps * jnp.eye(size) for size in part.shape], weights)

    def update(gradients, sums, weights=None):
        def added(gradient, sums):
            return [total + product for total, product in zip(sums, products(gradient))]

        sums = jax.tree.map(added, gradients, sums)
        directions = jax.tree.map(lambda part, sums: scaled(part, sums, eps), gradients, sums)
        return directions, sums

    return optax.chain(
        optax.GradientTransformation(init, update),
        optax.scale_by_learning_rate(learning_rate),
    )
