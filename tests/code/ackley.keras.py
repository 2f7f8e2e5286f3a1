# Ackley from its tip, where it has no slope
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
    """The surface Ackley, turned by 30 degrees."""
    x, y = position
    angle = math.radians(30.0)
    s, c = math.sin(angle), math.cos(angle)
    x, y = c * x + s * y, c * y - s * x
    return -20 * exp(-0.2 * root((x**2 + y**2) / 2)) - exp((cos(2 * pi * x) + cos(2 * pi * y)) / 2) + e + 20


def at(step, parameters):
    """The hyper-parameters of the update from `step` to the next."""
    return {key: value(step) if callable(value) else value for key, value in parameters.items()}


# Numbers of the standard normal distribution that Slalom drew with seed 0.
normals = keras.ops.array([
    (0.5027293137632659, -0.6571498676861746), (-0.3360919139728269, -1.062833687342243),
    (-0.34249720704077186, -1.187641719980313), (0.01000218625764726, -1.068005162554105),
    (1.1583819144725658, 0.5141816872046163),
])


# name, rule, make, parameters, sigma
racers = [
    # Keras adds epsilon before v's bias is corrected, and here it is added after.
    (
        "Adam",
        "Adam",
        keras.optimizers.Adam,
        dict(
            learning_rate=0.1,
            beta_1=0.9,
            beta_2=0.999,
            epsilon=lambda step: 1e-8 * math.sqrt(1 - 0.999 ** (step + 1)),
        ),
        0.0,
    ),
    ("Momentum", "Momentum", keras.optimizers.SGD, dict(learning_rate=0.1, momentum=0.9), 0.1),
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters, sigma in racers:
    position = keras.Variable([0.0, 0.0])
    optimizer = make(**at(0, parameters))
    for step in range(5 + 1):
        x, y = position.numpy().tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(position.value)
        gradient += sigma * normals[step % len(normals)]
        write([name, rule, step, x, y, value.item()])
        for parameter, now in at(step, parameters).items():
            setattr(optimizer, parameter, now)
        optimizer.apply([gradient], [position])
