optimizer = optax.nadam(0.1)
