# One racer needs no list
# Prints the first six columns of `slalom run`. Needs keras and jax.

import csv
import math
import os
import sys

os.environ["KERAS_BACKEND"] = "jax"  # Keras looks at it when it is imported

import jax
import keras
from jax.numpy import cos, pi

jax.config.update("jax_enable_x64", True)
keras.config.set_floatx("float64")


def loss(position):
    """The surface Branin."""
    x, y = position
    u = y - 5.1 * x**2 / (4 * pi**2) + 5 * x / pi - 6
    return u**2 + 10 * (1 - 1 / (8 * pi)) * cos(x) + 10


def cosine(step, start, end, steps):
    """From `start` to `end` in `steps` steps."""
    angle = math.pi * min(step, steps) / steps
    return end + (start - end) * (1 + math.cos(angle)) / 2


def one_cycle(step, top, steps):
    """From top / 25 up to `top`, then down to top / 250,000."""
    turn = 0.3 * (steps + 1) - 1
    up = cosine(step, top / 25, top, turn)
    down = cosine(step - turn, top, top / 250_000, steps - turn)
    return up if step < turn else down


loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])

position = keras.Variable([2.0, 8.0])
optimizer = keras.optimizers.AdamW(
    learning_rate=0.3,
    beta_1=0.9,
    beta_2=0.999,
    epsilon=0.01,
    weight_decay=0.01,
)
for step in range(150 + 1):
    x, y = position.numpy().tolist()
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
    value, gradient = loss_and_gradient(position.value)
    write(["Adam, \"tamed\"\n(ε = 0.01)", "Adam", step, x, y, value.item()])
    optimizer.learning_rate = one_cycle(step, 0.3, 150)
    optimizer.beta_1 = 0.9 if step < 75 else 0.5
    optimizer.apply([gradient], [position])
