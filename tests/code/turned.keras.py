# A turned surface needs two lines more
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
    """The surface Beale, turned by 30 degrees."""
    x, y = position
    angle = math.radians(30.0)
    s, c = math.sin(angle), math.cos(angle)
    x, y = c * x + s * y, c * y - s * x
    return (1.5 - x + x * y)**2 + (2.25 - x + x * y**2)**2 + (2.625 - x + x * y**3)**2


loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])

# Keras adds epsilon before v's bias is corrected, and here it is added after.
position = keras.Variable([-1.0, -1.0])
optimizer = keras.optimizers.Adam(learning_rate=0.1, beta_1=0.9, beta_2=0.999, epsilon=1e-8)
for step in range(120 + 1):
    x, y = position.numpy().tolist()
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
    value, gradient = loss_and_gradient(position.value)
    write(["Adam", "Adam", step, x, y, value.item()])
    optimizer.epsilon = 1e-8 * math.sqrt(1 - 0.999 ** (step + 1))
    optimizer.apply([gradient], [position])
