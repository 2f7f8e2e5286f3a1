# Adam's relatives in the forms of the papers and of the libraries
# Prints the first six columns of `slalom run`. Needs optax.

import csv
import math
import sys

import jax
import jax.numpy as jnp
import optax

jax.config.update("jax_enable_x64", True)


def loss(position):
    """The surface Himmelblau."""
    x, y = position
    return (x**2 + y - 11)**2 + (x + y**2 - 7)**2


def cosine(step, start, end, steps):
    """From `start` to `end` in `steps` steps."""
    angle = jnp.pi * jnp.minimum(step, steps) / steps
    return end + (start - end) * (1 + jnp.cos(angle)) / 2


# name, rule, optimizer, looks_ahead
racers = [
    (
        "Adamax, inside",
        "Adamax",
        optax.adamax(learning_rate=0.05, b1=0.9, b2=0.999, eps=0.001),
        False,
    ),
    # "Adamax, as Keras" is left out: Optax' adamax adds epsilon inside of the maximum only.
    (
        "Adamax without epsilon",
        "Adamax",
        optax.inject_hyperparams(optax.adamax)(
            learning_rate=lambda step: 0.05 * 0.99**step,
            b1=lambda step: jnp.where(step < 30, 0.9, 0.8),
            b2=lambda step: jnp.where(step < 40, 0.999, 0.9),
            eps=0.0,
        ),
        False,
    ),
    (
        "RAdam, as published",
        "RAdam",
        optax.radam(learning_rate=0.01, b1=0.9, b2=0.999, eps=1e-8, threshold=4.0),
        False,
    ),
    # Optax adds eps after v's bias is corrected, and here it is added before.
    (
        "RAdam, as PyTorch",
        "RAdam",
        optax.inject_hyperparams(optax.radam)(
            learning_rate=0.01,
            b1=0.9,
            b2=0.999,
            eps=lambda step: 0.001 / jnp.sqrt(1 - 0.999 ** (step + 1)),
            threshold=5.0,
        ),
        False,
    ),
    (
        "RAdam, as Optax",
        "RAdam",
        optax.radam(learning_rate=0.01, b1=0.9, b2=0.9, eps=0.001, threshold=5.0),
        False,
    ),
    (
        "RAdam, edited",
        "RAdam",
        optax.inject_hyperparams(optax.radam)(
            learning_rate=lambda step: cosine(step, 0.01, 0.0, 80),
            b1=lambda step: jnp.where(step < 30, 0.9, 0.8),
            b2=lambda step: jnp.where(step < 40, 0.9, 0.95),
            eps=lambda step: jnp.where(step < 50, 1e-8, 0.001),
            threshold=5.0,
        ),
        False,
    ),
    (
        "AdaBelief, as published",
        "AdaBelief",
        optax.adabelief(learning_rate=0.05, b1=0.9, b2=0.999, eps=1e-16, eps_root=1e-16),
        False,
    ),
    (
        "AdaBelief, edited",
        "AdaBelief",
        optax.inject_hyperparams(optax.adabelief)(
            learning_rate=lambda step: 0.05 * 0.5 ** (step // 30),
            b1=0.9,
            b2=0.999,
            eps=0.001,
            eps_root=lambda step: jnp.where(step < 40, 0.0001, 0.001),
        ),
        False,
    ),
    (
        "Yogi, as published",
        "Yogi",
        optax.yogi(learning_rate=0.05, b1=0.9, b2=0.999, eps=0.001),
        False,
    ),
    (
        "Yogi from 0.1",
        "Yogi",
        optax.chain(
            optax.inject_hyperparams(optax.scale_by_yogi)(
                b1=0.9,
                b2=0.9,
                eps=lambda step: jnp.where(step < 40, 0.001, 0.1),
                initial_accumulator_value=0.1,
            ),
            optax.scale_by_learning_rate(learning_rate=lambda step: 0.05 * 0.99**step),
        ),
        False,
    ),
    (
        "Lion, plain",
        "Lion",
        optax.lion(learning_rate=0.01, b1=0.9, b2=0.99, weight_decay=0.0),
        False,
    ),
    (
        "Lion that decays",
        "Lion",
        optax.inject_hyperparams(optax.lion)(
            learning_rate=lambda step: 0.01 * 0.99**step,
            b1=0.95,
            b2=lambda step: jnp.where(step < 50, 0.98, 0.9),
            weight_decay=lambda step: jnp.where(step < 40, 0.1, 0.01),
        ),
        False,
    ),
    (
        "Lion without momentum",
        "Lion",
        optax.lion(learning_rate=0.01, b1=0.0, b2=0.99, weight_decay=0.0),
        False,
    ),
    # Optax adds eps after v's bias is corrected, and here it is added before.
    (
        "Lookahead of RAdam",
        "Lookahead",
        optax.lookahead(
            optax.inject_hyperparams(optax.radam)(
                learning_rate=0.01,
                b1=0.9,
                b2=0.999,
                eps=lambda step: 1e-8 / jnp.sqrt(1 - 0.999 ** (step + 1)),
                threshold=5.0,
            ),
            sync_period=5,
            slow_step_size=0.5,
        ),
        True,
    ),
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, optimizer, looks_ahead in racers:
    update = jax.jit(optimizer.update)
    position = jnp.array([-0.5, -1.0])
    if looks_ahead:
        position = optax.LookaheadParams.init_synced(position)
    state = optimizer.init(position)
    for step in range(100 + 1):
        asked = position.fast if looks_ahead else position
        x, y = asked.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(asked)
        write([name, rule, step, x, y, value.item()])
        updates, state = update(gradient, state, position)
        position = optax.apply_updates(position, updates)
