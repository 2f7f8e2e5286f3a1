# Clipped and decayed
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


# name, rule, optimizer, looks_ahead
racers = [
    (
        "ClipByValue",
        "ClipByValue",
        optax.chain(optax.clip(max_delta=3.0), optax.sgd(learning_rate=0.01)),
        False,
    ),
    (
        "Norm",
        "ClipByGlobalNorm",
        optax.chain(
            optax.clip_by_global_norm(max_norm=2.0),
            optax.sgd(learning_rate=0.01, momentum=0.9),
        ),
        False,
    ),
    # "Norm of PyTorch" is left out: Optax' clip_by_global_norm adds no epsilon to the norm.
    (
        "CoupledDecay",
        "CoupledDecay",
        optax.chain(
            optax.inject_hyperparams(optax.add_decayed_weights)(
                weight_decay=lambda step: jnp.where(step < 40, 0.1, 0.3),
            ),
            optax.adam(learning_rate=0.05, b1=0.9, b2=0.999, eps=1e-8),
        ),
        False,
    ),
    # "Both" is left out: Optax' clip_by_global_norm adds no epsilon to the norm.
    (
        "Ahead",
        "Lookahead",
        optax.lookahead(
            optax.chain(
                optax.clip(max_delta=1.0),
                optax.adam(learning_rate=0.05, b1=0.9, b2=0.999, eps=1e-8),
            ),
            sync_period=5,
            slow_step_size=0.5,
        ),
        True,
    ),
    # "Sam" is left out: it asks for a second gradient uphill within a step.
    # "Bfgs" is left out: no library has it as an optimizer that takes the steps shown here.
    # "LBfgs" is left out: no library has it as an optimizer that takes the steps shown here.
    # "ConjugateGradient" is left out: no library has it as an optimizer that takes the steps shown here.
    # "GradientDescentArmijo" is left out: no library has it as an optimizer that takes the steps shown here.
    # "NelderMead" is left out: no library has it as an optimizer that takes the steps shown here.
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, optimizer, looks_ahead in racers:
    update = jax.jit(optimizer.update)
    position = jnp.array([1.0, 1.6])
    if looks_ahead:
        position = optax.LookaheadParams.init_synced(position)
    state = optimizer.init(position)
    for step in range(120 + 1):
        asked = position.fast if looks_ahead else position
        x, y = asked.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(asked)
        write([name, rule, step, x, y, value.item()])
        updates, state = update(gradient, state, position)
        position = optax.apply_updates(position, updates)
