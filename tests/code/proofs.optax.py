# Rules that use more than one gradient, or keep more than one point
# Prints the first six columns of `slalom run`. Needs optax.

import csv
import math
import sys

import jax
import jax.numpy as jnp
import optax

jax.config.update("jax_enable_x64", True)


def loss(position):
    """The surface Beale."""
    x, y = position
    return (1.5 - x + x * y)**2 + (2.25 - x + x * y**2)**2 + (2.625 - x + x * y**3)**2


def cosine(step, start, end, steps):
    """From `start` to `end` in `steps` steps."""
    angle = jnp.pi * jnp.minimum(step, steps) / steps
    return end + (start - end) * (1 + jnp.cos(angle)) / 2


# name, rule, optimizer, looks_ahead
racers = [
    (
        "AdamW",
        "AdamW",
        optax.adamw(learning_rate=0.05, b1=0.9, b2=0.999, eps=1e-8, weight_decay=0.1),
        False,
    ),
    # Optax adds eps after v's bias is corrected, and here it is added before.
    (
        "AdamW, as Keras",
        "AdamW",
        optax.inject_hyperparams(optax.adamw)(
            learning_rate=0.05,
            b1=0.9,
            b2=0.999,
            eps=lambda step: 1e-7 / jnp.sqrt(1 - 0.999 ** (step + 1)),
            weight_decay=0.004,
        ),
        False,
    ),
    # "Nadam that decays" is left out: Optax' nadam has a constant momentum, and here it warms up.
    # "Nadam that decays, as Keras" is left out: Optax' nadam has a constant momentum, and here it warms up.
    (
        "Nadam that decays, as Optax",
        "Nadam",
        optax.inject_hyperparams(optax.nadamw)(
            learning_rate=0.05,
            b1=0.9,
            b2=0.999,
            eps=1e-8,
            weight_decay=lambda step: jnp.where(step < 40, 0.1, 0.01),
        ),
        False,
    ),
    # "Rprop" is left out: Optax' rprop is another rule, one step behind.
    # "Rprop with other limits" is left out: Optax' rprop is another rule, one step behind.
    # "Rprop that never grows" is left out: Optax' rprop is another rule, one step behind.
    (
        "Polyak",
        "PolyakSgd",
        optax.polyak_sgd(max_learning_rate=0.02, f_min=0.0, eps=0.0, variant="sps"),
        False,
    ),
    # polyak_sgd measures the gradient after scaling it; here the step is scaled.
    (
        "Polyak, scaled",
        "PolyakSgd",
        optax.chain(
            optax.scale_by_polyak(max_learning_rate=1.0, f_min=0.3, eps=0.001, variant="sps+"),
            optax.scale_by_learning_rate(learning_rate=lambda step: cosine(step, 0.5, 0.0, 80)),
        ),
        False,
    ),
    # polyak_sgd measures the gradient after scaling it; here the step is scaled.
    (
        "Polyak, edited",
        "PolyakSgd",
        optax.chain(
            optax.inject_hyperparams(optax.scale_by_polyak)(
                max_learning_rate=lambda step: jnp.where(step < 20, 0.02, 0.01),
                f_min=0.0,
                eps=0.0,
                variant="sps",
            ),
            optax.scale_by_learning_rate(learning_rate=lambda step: jnp.where(step < 40, 1.0, 0.7)),
        ),
        False,
    ),
    # "Newton" is left out: no library has an optimizer that takes the Hessian.
    (
        "Schedule-free",
        "ScheduleFreeSgd",
        optax.contrib.schedule_free_sgd(
            learning_rate=0.01,
            b1=0.9,
            weight_lr_power=2.0,
            weight_decay=0.05,
        ),
        False,
    ),
    # "Schedule-free, warming up" is left out: Optax' schedule_free_sgd has no r.
    # "Schedule-free, under a schedule" is left out: Optax' schedule_free_sgd weighs a step by the learning rate of the next, which differs when it changes.
    (
        "Lookahead",
        "Lookahead",
        optax.lookahead(
            optax.adam(learning_rate=0.05, b1=0.9, b2=0.999, eps=1e-8),
            sync_period=5,
            slow_step_size=0.5,
        ),
        True,
    ),
    (
        "Lookahead, scheduled",
        "Lookahead",
        optax.lookahead(
            optax.chain(
                optax.scale_by_learning_rate(
                    learning_rate=lambda step: jnp.where(step < 50, 0.002, 0.001) * 0.99**step,
                ),
                optax.inject_hyperparams(optax.trace)(
                    decay=lambda step: jnp.where(step < 60, 0.9, 0.8),
                ),
            ),
            sync_period=10,
            slow_step_size=0.8,
        ),
        True,
    ),
    # "Lookahead, edited" is left out: Optax' lookahead keeps its hyper-parameters, and here they change.
    # "Lookahead of Polyak" is left out: Optax' lookahead does not hand the loss on to the rule inside.
    # "Lookahead of Lookahead" is left out: Optax' lookahead cannot hold another one.
    # "Lookahead of schedule-free" is left out: Optax' lookahead moves the point where the gradient is asked, and here it moves the average.
    ("Plain", "GradientDescent", optax.sgd(learning_rate=0.01), False),
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, optimizer, looks_ahead in racers:
    update = jax.jit(optax.with_extra_args_support(optimizer).update)
    position = jnp.array([1.0, 1.6])
    if looks_ahead:
        position = optax.LookaheadParams.init_synced(position)
    state = optimizer.init(position)
    averages = isinstance(state, optax.contrib.ScheduleFreeState)
    for step in range(100 + 1):
        asked = position.fast if looks_ahead else position
        shown = optax.contrib.schedule_free_eval_params(state, position) if averages else asked
        x, y = shown.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, _ = loss_and_gradient(shown)
        part, gradient = loss_and_gradient(asked)
        write([name, rule, step, x, y, value.item()])
        updates, state = update(gradient, state, position, value=part)
        position = optax.apply_updates(position, updates)
