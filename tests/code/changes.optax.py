# Schedules and edits
# Prints the first six columns of `slalom run`. Needs optax.

import csv
import math
import sys

import jax
import jax.numpy as jnp
import optax
from jax.numpy import cos, e, exp, pi, sqrt, where

jax.config.update("jax_enable_x64", True)


def root(x):
    """The square root, level at 0."""
    return where(x == 0, 0.0, sqrt(where(x == 0, 1.0, x)))


def loss(position):
    """The surface Ackley."""
    x, y = position
    return -20 * exp(-0.2 * root((x**2 + y**2) / 2)) - exp((cos(2 * pi * x) + cos(2 * pi * y)) / 2) + e + 20


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
    ("Step", "GradientDescent", optax.sgd(learning_rate=lambda step: 0.01 * 0.5 ** (step // 20))),
    ("Exponential", "GradientDescent", optax.sgd(learning_rate=lambda step: 0.01 * 0.98**step)),
    (
        "Cosine",
        "Adam",
        optax.adam(
            learning_rate=lambda step: cosine(step, 0.05, 0.001, 80),
            b1=0.9,
            b2=0.999,
            eps=1e-8,
        ),
    ),
    (
        "Restarts",
        "Adadelta",
        optax.adadelta(
            learning_rate=lambda step: cosine(step % 30, 2.0, 0.0, 30),
            rho=0.95,
            eps=1e-6,
        ),
    ),
    (
        "Warm-up",
        "Momentum",
        optax.chain(
            optax.scale_by_learning_rate(
                learning_rate=lambda step: 0.005 * (0.1 + (1 - 0.1) * jnp.minimum(step, 20) / 20),
            ),
            optax.trace(decay=0.9),
        ),
    ),
    (
        "Inverse time",
        "RMSProp",
        optax.rmsprop(learning_rate=lambda step: 0.01 / (1 + 0.05 * step), decay=0.9, eps=1e-8),
    ),
    (
        "Restarts, ever longer",
        "GradientDescent",
        optax.sgd(learning_rate=lambda step: restarts(step, 0.02, 0.001, 5, 3, 3)),
    ),
    (
        "One cycle",
        "Momentum",
        optax.sgd(learning_rate=lambda step: one_cycle(step, 0.02, 90), momentum=0.9),
    ),
    (
        "One cycle, counted otherwise",
        "Momentum",
        optax.sgd(learning_rate=lambda step: one_cycle(step, 0.02, 90), momentum=0.9),
    ),
    (
        "A schedule that is no end",
        "Adagrad",
        optax.adagrad(
            learning_rate=lambda step: 0.1 * 0.5 ** (step // 5000000000.0),
            initial_accumulator_value=0.0,
            eps=1e-8,
        ),
    ),
    (
        "Rate, once",
        "GradientDescent",
        optax.sgd(learning_rate=lambda step: jnp.where(step < 50, 0.01, 0.002)),
    ),
    # "Rate, under a schedule" is left out: Optax' nadam has a constant momentum, and here it warms up.
    (
        "Betas",
        "Adam",
        optax.inject_hyperparams(optax.adam)(
            learning_rate=0.05,
            b1=lambda step: jnp.where(step < 25, 0.9, 0.5),
            b2=lambda step: jnp.where(step < 60, 0.999, 0.9),
            eps=1e-8,
        ),
    ),
    # Optax adds eps after v's bias is corrected, and here it is added before.
    (
        "Epsilon",
        "Adam",
        optax.inject_hyperparams(optax.adam)(
            learning_rate=0.05,
            b1=0.9,
            b2=0.999,
            eps=lambda step: jnp.where(step < 40, 1e-8, 0.1) / jnp.sqrt(1 - 0.999 ** (step + 1)),
        ),
    ),
    (
        "Decay",
        "Adam",
        optax.chain(
            optax.scale_by_amsgrad(b1=0.9, b2=0.999, eps=1e-8),
            optax.inject_hyperparams(optax.add_decayed_weights)(
                weight_decay=lambda step: jnp.where(step < 40, 0.0, 0.1),
            ),
            optax.scale_by_learning_rate(learning_rate=0.05),
        ),
    ),
    (
        "Momentum that ends",
        "Momentum",
        optax.inject_hyperparams(optax.sgd)(
            learning_rate=0.005,
            momentum=lambda step: jnp.select([step < 10, step < 40], [0.9, 0.5], 0.0),
        ),
    ),
    (
        "Momentum that rests",
        "Nesterov",
        optax.inject_hyperparams(optax.sgd)(
            learning_rate=0.005,
            momentum=lambda step: jnp.select([step < 20, step < 40], [0.9, 0.0], 0.9),
            nesterov=True,
        ),
    ),
    (
        "Nesterov, scaled",
        "Nesterov",
        optax.chain(
            optax.scale_by_learning_rate(learning_rate=lambda step: 0.005 * 0.98**step),
            optax.trace(decay=0.9, nesterov=True),
        ),
    ),
    (
        "RMSProp, unscaled",
        "RMSProp",
        optax.chain(
            optax.scale_by_rms(decay=0.9, eps=1e-8, eps_in_sqrt=False),
            optax.trace(decay=0.5),
            optax.scale_by_learning_rate(learning_rate=lambda step: 0.005 * 0.98**step),
        ),
    ),
    ("Too late", "GradientDescent", optax.sgd(learning_rate=0.01)),
    (
        "Without effect",
        "Adagrad",
        optax.adagrad(learning_rate=0.1, initial_accumulator_value=0.1, eps=1e-8),
    ),
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, optimizer in racers:
    update = jax.jit(optimizer.update)
    position = jnp.array([2.3, -1.2])
    state = optimizer.init(position)
    for step in range(100 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(position)
        write([name, rule, step, x, y, value.item()])
        updates, state = update(gradient, state, position)
        position = optax.apply_updates(position, updates)
