# Clipped alone
# Prints the first six columns of `slalom run`. Needs optax.

import csv
import math
import sys

import jax
import jax.numpy as jnp
import optax

jax.config.update("jax_enable_x64", True)


def loss(position):
    """The surface Rosenbrock."""
    x, y = position
    return (1 - x)**2 + 100 * (y - x**2)**2


# name, rule, optimizer
racers = [
    # "ClipByGlobalNorm" is left out: Optax' clip_by_global_norm adds no epsilon to the norm.
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, optimizer in racers:
    update = jax.jit(optimizer.update)
    position = jnp.array([-1.2, 1.0])
    state = optimizer.init(position)
    for step in range(100 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(position)
        write([name, rule, step, x, y, value.item()])
        updates, state = update(gradient, state, position)
        position = optax.apply_updates(position, updates)
