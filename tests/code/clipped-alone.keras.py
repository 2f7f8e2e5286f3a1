# Clipped alone
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
    """The surface Rosenbrock."""
    x, y = position
    return (1 - x)**2 + 100 * (y - x**2)**2


# name, rule, make, parameters
racers = [
    # "ClipByGlobalNorm" is left out: Keras' global_clipnorm adds no epsilon to the norm.
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = keras.Variable([-1.2, 1.0])
    optimizer = make(**parameters)
    for step in range(100 + 1):
        x, y = position.numpy().tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(position.value)
        write([name, rule, step, x, y, value.item()])
        optimizer.apply([gradient], [position])
