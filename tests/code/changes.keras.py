# Schedules and edits
# Prints the first six columns of `slalom run`. Needs keras and jax.

import csv
import math
import os
import sys

os.environ["KERAS_BACKEND"] = "jax"  # Keras looks at it when it is imported

import jax
import keras
from jax.numpy import cos, e, exp, pi, sqrt, where

jax.config.update("jax_enable_x64", True)
keras.config.set_floatx("float64")


def root(x):
    """The square root, level at 0."""
    return where(x == 0, 0.0, sqrt(where(x == 0, 1.0, x)))


def loss(position):
    """The surface Ackley."""
    x, y = position
    return -20 * exp(-0.2 * root((x**2 + y**2) / 2)) - exp((cos(2 * pi * x) + cos(2 * pi * y)) / 2) + e + 20


def cosine(step, start, end, steps):
    """From `start` to `end` in `steps` steps."""
    angle = math.pi * min(step, steps) / steps
    return end + (start - end) * (1 + math.cos(angle)) / 2


def restarts(step, start, end, period, factor, times):
    """`cosine` again and again, each period `factor` times as long as the one before."""
    for _ in range(times):
        if step >= period:
            step, period = step - period, period * factor
    return cosine(step, start, end, period)


def at(step, parameters):
    """The hyper-parameters of the update from `step` to the next."""
    return {key: value(step) if callable(value) else value for key, value in parameters.items()}


# name, rule, make, parameters
racers = [
    (
        "Step",
        "GradientDescent",
        keras.optimizers.SGD,
        dict(learning_rate=lambda step: 0.01 * 0.5 ** (step // 20)),
    ),
    (
        "Exponential",
        "GradientDescent",
        keras.optimizers.SGD,
        dict(learning_rate=lambda step: 0.01 * 0.98**step),
    ),
    # Keras adds epsilon before v's bias is corrected, and here it is added after.
    (
        "Cosine",
        "Adam",
        keras.optimizers.Adam,
        dict(
            learning_rate=lambda step: cosine(step, 0.05, 0.001, 80),
            beta_1=0.9,
            beta_2=0.999,
            epsilon=lambda step: 1e-8 * math.sqrt(1 - 0.999 ** (step + 1)),
        ),
    ),
    (
        "Restarts",
        "Adadelta",
        keras.optimizers.Adadelta,
        dict(learning_rate=lambda step: cosine(step % 30, 2.0, 0.0, 30), rho=0.95, epsilon=1e-6),
    ),
    (
        "Warm-up",
        "Momentum",
        keras.optimizers.SGD,
        dict(
            learning_rate=lambda step: 0.005 * (0.1 + (1 - 0.1) * min(step, 20) / 20),
            momentum=0.9,
        ),
    ),
    (
        "Inverse time",
        "RMSProp",
        keras.optimizers.RMSprop,
        dict(learning_rate=lambda step: 0.01 / (1 + 0.05 * step), rho=0.9, epsilon=1e-8),
    ),
    (
        "Restarts, ever longer",
        "GradientDescent",
        keras.optimizers.SGD,
        dict(learning_rate=lambda step: restarts(step, 0.02, 0.001, 5, 3, 3)),
    ),
    # "One cycle" is left out: Keras puts the learning rate into the velocity, and here it is applied to the velocity, which differs when it changes.
    # "One cycle, counted otherwise" is left out: Keras puts the learning rate into the velocity, and here it is applied to the velocity, which differs when it changes.
    (
        "A schedule that is no end",
        "Adagrad",
        keras.optimizers.Adagrad,
        dict(
            learning_rate=lambda step: 0.1 * 0.5 ** (step // 5000000000.0),
            initial_accumulator_value=0.0,
            epsilon=1e-8,
        ),
    ),
    (
        "Rate, once",
        "GradientDescent",
        keras.optimizers.SGD,
        dict(learning_rate=lambda step: 0.01 if step < 50 else 0.002),
    ),
    (
        "Rate, under a schedule",
        "Nadam",
        keras.optimizers.Nadam,
        dict(
            learning_rate=lambda step: (0.02 if step < 30 else 0.05 if step < 70 else 0.01) * 0.99**step,
            beta_1=0.9,
            beta_2=0.999,
            epsilon=1e-8,
        ),
    ),
    # Keras adds epsilon before v's bias is corrected, and here it is added after.
    (
        "Betas",
        "Adam",
        keras.optimizers.Adam,
        dict(
            learning_rate=0.05,
            beta_1=lambda step: 0.9 if step < 25 else 0.5,
            beta_2=lambda step: 0.999 if step < 60 else 0.9,
            epsilon=lambda step: 1e-8 * math.sqrt(1 - (0.999 if step < 60 else 0.9) ** (step + 1)),
        ),
    ),
    (
        "Epsilon",
        "Adam",
        keras.optimizers.Adam,
        dict(
            learning_rate=0.05,
            beta_1=0.9,
            beta_2=0.999,
            epsilon=lambda step: 1e-8 if step < 40 else 0.1,
        ),
    ),
    # "Decay" is left out: Keras' amsgrad keeps the maximum before the bias is corrected.
    (
        "Momentum that ends",
        "Momentum",
        keras.optimizers.SGD,
        dict(
            learning_rate=0.005,
            momentum=lambda step: 0.9 if step < 10 else 0.5 if step < 40 else 0.0,
        ),
    ),
    # "Momentum that rests" is left out: Keras keeps no velocity while the momentum is 0, and here the momentum comes back.
    (
        "Nesterov, scaled",
        "Nesterov",
        keras.optimizers.SGD,
        dict(learning_rate=lambda step: 0.005 * 0.98**step, momentum=0.9, nesterov=True),
    ),
    # "RMSProp, unscaled" is left out: Keras' RMSprop adds epsilon inside of the root only.
    ("Too late", "GradientDescent", keras.optimizers.SGD, dict(learning_rate=0.01)),
    (
        "Without effect",
        "Adagrad",
        keras.optimizers.Adagrad,
        dict(learning_rate=0.1, initial_accumulator_value=0.1, epsilon=1e-8),
    ),
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = keras.Variable([2.3, -1.2])
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
