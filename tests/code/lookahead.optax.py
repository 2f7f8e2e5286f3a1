# Lookahead, alone
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


loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])

optimizer = optax.lookahead(
    optax.inject_hyperparams(optax.adam)(
        learning_rate=0.05,
        b1=lambda step: jnp.where(step < 50, 0.9, 0.8),
        b2=0.999,
        eps=1e-8,
    ),
    sync_period=5,
    slow_step_size=0.5,
)
update = jax.jit(optimizer.update)
position = optax.LookaheadParams.init_synced(jnp.array([-1.2, 1.0]))
state = optimizer.init(position)
for step in range(100 + 1):
    x, y = position.fast.tolist()
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
    value, gradient = loss_and_gradient(position.fast)
    write(["Lookahead", "Lookahead", step, x, y, value.item()])
    updates, state = update(gradient, state, position)
    position = optax.apply_updates(position, updates)
