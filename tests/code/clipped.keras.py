# Clipped and decayed
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


# name, rule, make, parameters
racers = [
    ("ClipByValue", "ClipByValue", keras.optimizers.SGD, dict(learning_rate=0.01, clipvalue=3.0)),
    (
        "Norm",
        "ClipByGlobalNorm",
        keras.optimizers.SGD,
        dict(learning_rate=0.01, momentum=0.9, global_clipnorm=2.0),
    ),
    # "Norm of PyTorch" is left out: Keras' global_clipnorm adds no epsilon to the norm.
    # "CoupledDecay" is left out: Keras decouples the weight decay of every optimizer.
    # "Both" is left out: Keras' global_clipnorm adds no epsilon to the norm.
    # "Ahead" is left out: Keras has no Lookahead.
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
for name, rule, make, parameters in racers:
    position = keras.Variable([1.0, 1.6])
    optimizer = make(**parameters)
    for step in range(120 + 1):
        x, y = position.numpy().tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(position.value)
        write([name, rule, step, x, y, value.item()])
        optimizer.apply([gradient], [position])
