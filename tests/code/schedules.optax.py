# Schedules one after another, and one that watches the loss
# Prints the first six columns of `slalom run`. Needs optax.

import csv
import math
import sys

import jax
import jax.numpy as jnp
import optax

jax.config.update("jax_enable_x64", True)


def loss(position):
    """The surface Long valley."""
    x, y = position
    return (x**2 + 50 * y**2) / 2


def linear(step, start, end, steps):
    """From `start` to `end` in `steps` steps, in a straight line."""
    return start + (end - start) * jnp.minimum(step, steps) / steps


def polynomial(step, start, end, steps, power):
    """From `start` to `end` in `steps` steps, along a power of what is left."""
    left = 1 - 1.0 * jnp.minimum(step, steps) / steps
    return end + (start - end) * left ** power


def cosine(step, start, end, steps):
    """From `start` to `end` in `steps` steps."""
    angle = jnp.pi * jnp.minimum(step, steps) / steps
    return end + (start - end) * (1 + jnp.cos(angle)) / 2


def restarts(step, start, end, period, factor, times):
    """`cosine` again and again, each period `factor` times as long as the one before."""
    for _ in range(times):
        again = step >= period
        step = jnp.where(again, step - period, step)
        period = jnp.where(again, period * factor, period)
    return cosine(step, start, end, period)


def one_cycle(step, top, steps):
    """From top / 25 up to `top`, then down to top / 250,000."""
    turn = 0.3 * (steps + 1) - 1
    up = cosine(step, top / 25, top, turn)
    down = cosine(step - turn, top, top / 250_000, steps - turn)
    return jnp.where(step < turn, up, down)


# name, rule, optimizer
racers = [
    (
        "Linear",
        "GradientDescent",
        optax.sgd(learning_rate=lambda step: linear(step, 0.03 * 0.5, 0.03 * 0.1, 40)),
    ),
    (
        "Falling",
        "Adam",
        optax.adam(
            learning_rate=lambda step: linear(step, 0.3, 0.01, 40),
            b1=0.9,
            b2=0.999,
            eps=1e-8,
        ),
    ),
    (
        "Polynomial",
        "Momentum",
        optax.chain(
            optax.scale_by_learning_rate(
                learning_rate=lambda step: polynomial(step, 0.01, 0.001, 50, 2.0),
            ),
            optax.trace(decay=0.9),
        ),
    ),
    (
        "Stairs",
        "GradientDescent",
        optax.sgd(
            learning_rate=lambda step: jnp.where(step < 10, 0.03, jnp.where(step < 20, 0.03 * 0.5, jnp.where(step < 40, 0.01, 0.003))),
        ),
    ),
    (
        "Warm",
        "RMSProp",
        optax.rmsprop(
            learning_rate=lambda step: jnp.where(step < 10, 0.2 * (0.1 + (1 - 0.1) * jnp.minimum(step, 10) / 10), jnp.where(step < 20, 0.2, cosine(step - 20, 0.2, 0.0, 30))),
            decay=0.9,
            eps=1e-8,
        ),
    ),
    (
        "Warm stairs",
        "GradientDescent",
        optax.sgd(
            learning_rate=lambda step: jnp.where(step < 5, jnp.where(step < 30, 0.03, 0.02) * 1.02**step, jnp.where(step < 25, jnp.where((step - 5) < 5, jnp.where(step < 30, 0.03, 0.02), jnp.where((step - 5) < 8, jnp.where(step < 30, 0.03, 0.02) * 0.5, jnp.where(step < 30, 0.03, 0.02) * 0.25)), jnp.where(step < 30, 0.03, 0.02) * 0.5 ** ((step - 25) // 10))),
        ),
    ),
    (
        "Again",
        "GradientDescent",
        optax.sgd(
            learning_rate=lambda step: jnp.where(step < 8, 0.03 / (1 + 0.1 * step), jnp.where(step < 28, restarts(step - 8, 0.03, 0.0, 4, 2, 3), one_cycle(step - 28, 0.02, 19))),
        ),
    ),
    # "Watching" is left out: Optax' reduce_on_plateau also counts the loss at the start, and its schedules know no loss.
    # "Watching on" is left out: Optax' reduce_on_plateau also counts the loss at the start, and its schedules know no loss.
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, optimizer in racers:
    update = jax.jit(optimizer.update)
    position = jnp.array([-4.5, 1.5])
    state = optimizer.init(position)
    for step in range(60 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(position)
        write([name, rule, step, x, y, value.item()])
        updates, state = update(gradient, state, position)
        position = optax.apply_updates(position, updates)
