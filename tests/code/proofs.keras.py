# Rules that use more than one gradient, or keep more than one point
# Prints the first six columns of `slalom run`. Needs keras and jax.

import csv
import math
import os
import sys

os.environ["KERAS_BACKEND"] = "jax"  # Keras looks at it when it is imported

import jax
import keras

jax.config.update("jax_enable_x64", True)
keras.config.set_floatx("float64")


def loss(position):
    """The surface Beale."""
    x, y = position
    return (1.5 - x + x * y)**2 + (2.25 - x + x * y**2)**2 + (2.625 - x + x * y**3)**2


def at(step, parameters):
    """The hyper-parameters of the update from `step` to the next."""
    return {key: value(step) if callable(value) else value for key, value in parameters.items()}


# name, rule, make, parameters
racers = [
    # Keras adds epsilon before v's bias is corrected, and here it is added after.
    (
        "AdamW",
        "AdamW",
        keras.optimizers.AdamW,
        dict(
            learning_rate=0.05,
            beta_1=0.9,
            beta_2=0.999,
            epsilon=lambda step: 1e-8 * math.sqrt(1 - 0.999 ** (step + 1)),
            weight_decay=0.1,
        ),
    ),
    (
        "AdamW, as Keras",
        "AdamW",
        keras.optimizers.AdamW,
        dict(learning_rate=0.05, beta_1=0.9, beta_2=0.999, epsilon=1e-7, weight_decay=0.004),
    ),
    # "Nadam that decays" is left out: Keras' Nadam has no momentum_decay; its own is always 1.
    (
        "Nadam that decays, as Keras",
        "Nadam",
        keras.optimizers.Nadam,
        dict(
            learning_rate=0.05,
            beta_1=0.9,
            beta_2=0.999,
            epsilon=1e-7,
            weight_decay=lambda step: 0.1 if step < 40 else 0.01,
        ),
    ),
    # "Nadam that decays, as Optax" is left out: Keras' Nadam warms the momentum up, and here it is constant.
    # "Rprop" is left out: Keras has no Rprop.
    # "Rprop with other limits" is left out: Keras has no Rprop.
    # "Rprop that never grows" is left out: Keras has no Rprop.
    # "Polyak" is left out: Keras has no Polyak step size.
    # "Polyak, scaled" is left out: Keras has no Polyak step size.
    # "Polyak, edited" is left out: Keras has no Polyak step size.
    # "Newton" is left out: no library has an optimizer that takes the Hessian.
    # "Schedule-free" is left out: Keras has no schedule-free optimizer.
    # "Schedule-free, warming up" is left out: Keras has no schedule-free optimizer.
    # "Schedule-free, under a schedule" is left out: Keras has no schedule-free optimizer.
    # "Lookahead" is left out: Keras has no Lookahead.
    # "Lookahead, scheduled" is left out: Keras has no Lookahead.
    # "Lookahead, edited" is left out: Keras has no Lookahead.
    # "Lookahead of Polyak" is left out: Keras has no Lookahead.
    # "Lookahead of Lookahead" is left out: Keras has no Lookahead.
    # "Lookahead of schedule-free" is left out: Keras has no Lookahead.
    ("Plain", "GradientDescent", keras.optimizers.SGD, dict(learning_rate=0.01)),
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = keras.Variable([1.0, 1.6])
    optimizer = make(**at(0, parameters))
    for step in range(100 + 1):
        x, y = position.numpy().tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(position.value)
        write([name, rule, step, x, y, value.item()])
        for parameter, now in at(step, parameters).items():
            setattr(optimizer, parameter, now)
        optimizer.apply([gradient], [position])
