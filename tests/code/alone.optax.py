# One racer needs no list
# Prints the first six columns of `slalom run`. Needs optax.

import csv
import math
import sys

import jax
import jax.numpy as jnp
import optax
from jax.numpy import cos, pi

jax.config.update("jax_enable_x64", True)


def loss(position):
    """The surface Branin."""
    x, y = position
    u = y - 5.1 * x**2 / (4 * pi**2) + 5 * x / pi - 6
    return u**2 + 10 * (1 - 1 / (8 * pi)) * cos(x) + 10


def cosine(step, start, end, steps):
    """From `start` to `end` in `steps` steps."""
    angle = jnp.pi * jnp.minimum(step, steps) / steps
    return end + (start - end) * (1 + jnp.cos(angle)) / 2


def one_cycle(step, top, steps):
    """From top / 25 up to `top`, then down to top / 250,000."""
    turn = 0.3 * (steps + 1) - 1
    up = cosine(step, top / 25, top, turn)
    down = cosine(step - turn, top, top / 250_000, steps - turn)
    return jnp.where(step < turn, up, down)


loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])

# Optax adds eps after v's bias is corrected, and here it is added before.
optimizer = optax.inject_hyperparams(optax.adamw)(
    learning_rate=lambda step: one_cycle(step, 0.3, 150),
    b1=lambda step: jnp.where(step < 75, 0.9, 0.5),
    b2=0.999,
    eps=lambda step: 0.01 / jnp.sqrt(1 - 0.999 ** (step + 1)),
    weight_decay=0.01,
)
update = jax.jit(optimizer.update)
position = jnp.array([2.0, 8.0])
state = optimizer.init(position)
for step in range(150 + 1):
    x, y = position.tolist()
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
    value, gradient = loss_and_gradient(position)
    write(["Adam, \"tamed\"\n(ε = 0.01)", "Adam", step, x, y, value.item()])
    updates, state = update(gradient, state, position)
    position = optax.apply_updates(position, updates)
