# Adam's relatives in the forms of the papers and of the libraries
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
    """The surface Himmelblau."""
    x, y = position
    return (x**2 + y - 11)**2 + (x + y**2 - 7)**2


def at(step, parameters):
    """The hyper-parameters of the update from `step` to the next."""
    return {key: value(step) if callable(value) else value for key, value in parameters.items()}


# name, rule, make, parameters
racers = [
    # "Adamax, inside" is left out: Keras' Adamax adds epsilon outside of the maximum only.
    (
        "Adamax, as Keras",
        "Adamax",
        keras.optimizers.Adamax,
        dict(learning_rate=0.05, beta_1=0.9, beta_2=0.999, epsilon=0.001),
    ),
    (
        "Adamax without epsilon",
        "Adamax",
        keras.optimizers.Adamax,
        dict(
            learning_rate=lambda step: 0.05 * 0.99**step,
            beta_1=lambda step: 0.9 if step < 30 else 0.8,
            beta_2=lambda step: 0.999 if step < 40 else 0.9,
            epsilon=0.0,
        ),
    ),
    # "RAdam, as published" is left out: Keras has no RAdam.
    # "RAdam, as PyTorch" is left out: Keras has no RAdam.
    # "RAdam, as Optax" is left out: Keras has no RAdam.
    # "RAdam, edited" is left out: Keras has no RAdam.
    # "AdaBelief, as published" is left out: Keras has no AdaBelief.
    # "AdaBelief, edited" is left out: Keras has no AdaBelief.
    # "Yogi, as published" is left out: Keras has no Yogi.
    # "Yogi from 0.1" is left out: Keras has no Yogi.
    (
        "Lion, plain",
        "Lion",
        keras.optimizers.Lion,
        dict(learning_rate=0.01, beta_1=0.9, beta_2=0.99),
    ),
    (
        "Lion that decays",
        "Lion",
        keras.optimizers.Lion,
        dict(
            learning_rate=lambda step: 0.01 * 0.99**step,
            beta_1=0.95,
            beta_2=lambda step: 0.98 if step < 50 else 0.9,
            weight_decay=lambda step: 0.1 if step < 40 else 0.01,
        ),
    ),
    # "Lion without momentum" is left out: Keras' Lion takes a beta_1 above 0 only.
    # "Lookahead of RAdam" is left out: Keras has no Lookahead.
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = keras.Variable([-0.5, -1.0])
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
