# Every rule in the forms of the paper and of the libraries
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
    ("GradientDescent", "GradientDescent", keras.optimizers.SGD, dict(learning_rate=0.001)),
    ("Momentum, scaled", "Momentum", keras.optimizers.SGD, dict(learning_rate=0.002, momentum=0.9)),
    (
        "Momentum, unscaled",
        "Momentum",
        keras.optimizers.SGD,
        dict(learning_rate=0.002, momentum=0.9),
    ),
    # "Momentum, damped" is left out: Keras' SGD has no dampening.
    ("Momentum 0", "Momentum", keras.optimizers.SGD, dict(learning_rate=0.002)),
    # "Nesterov, look-ahead" is left out: no library asks for the gradient at the look-ahead point; all have form: Reformulated.
    (
        "Nesterov, reformulated",
        "Nesterov",
        keras.optimizers.SGD,
        dict(learning_rate=0.002, momentum=0.9, nesterov=True),
    ),
    ("Nesterov 0", "Nesterov", keras.optimizers.SGD, dict(learning_rate=0.002)),
    (
        "Adagrad, inside",
        "Adagrad",
        keras.optimizers.Adagrad,
        dict(learning_rate=0.5, initial_accumulator_value=0.0, epsilon=1e-8),
    ),
    # "Adagrad, outside" is left out: Keras' Adagrad adds epsilon inside of the root only.
    (
        "Adagrad, from 0.1",
        "Adagrad",
        keras.optimizers.Adagrad,
        dict(learning_rate=0.5, initial_accumulator_value=0.1, epsilon=1e-7),
    ),
    # "Adagrad, decaying" is left out: Keras' Adagrad has no learning_rate_decay.
    # "Adagrad, full" is left out: no library has Adagrad with the full matrix.
    (
        "Adagrad without epsilon",
        "Adagrad",
        keras.optimizers.Adagrad,
        dict(learning_rate=0.5, initial_accumulator_value=0.0, epsilon=0.0),
    ),
    (
        "Adadelta",
        "Adadelta",
        keras.optimizers.Adadelta,
        dict(learning_rate=5.0, rho=0.95, epsilon=1e-6),
    ),
    (
        "RMSProp, inside",
        "RMSProp",
        keras.optimizers.RMSprop,
        dict(learning_rate=0.04, rho=0.9, epsilon=0.0001),
    ),
    # "RMSProp, outside" is left out: Keras' RMSprop adds epsilon inside of the root only.
    # Where rounding makes the variance negative, this gives NaN, and Slalom takes 0.
    (
        "RMSProp, centered",
        "RMSProp",
        keras.optimizers.RMSprop,
        dict(learning_rate=0.04, rho=0.9, epsilon=0.01, centered=True),
    ),
    # "RMSProp, centered around nothing" is left out: with rho 0 there is no variance, and the libraries divide by rounding errors.
    (
        "RMSProp with momentum",
        "RMSProp",
        keras.optimizers.RMSprop,
        dict(learning_rate=0.005, rho=0.9, epsilon=0.01, momentum=0.5),
    ),
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
    ),
    (
        "Adam, epsilon hat",
        "Adam",
        keras.optimizers.Adam,
        dict(learning_rate=0.1, beta_1=0.9, beta_2=0.999, epsilon=1e-7),
    ),
    (
        "Adam without epsilon",
        "Adam",
        keras.optimizers.Adam,
        dict(learning_rate=0.1, beta_1=0.9, beta_2=0.999, epsilon=0.0),
    ),
    # Keras adds epsilon before v's bias is corrected, and here it is added after.
    (
        "AdamW",
        "Adam",
        keras.optimizers.AdamW,
        dict(
            learning_rate=0.1,
            beta_1=0.9,
            beta_2=0.999,
            epsilon=lambda step: 1e-8 * math.sqrt(1 - 0.999 ** (step + 1)),
            weight_decay=0.01,
        ),
    ),
    # Keras adds epsilon before v's bias is corrected, and here it is added after.
    (
        "AMSGrad, raw",
        "Adam",
        keras.optimizers.Adam,
        dict(
            learning_rate=0.1,
            beta_1=0.9,
            beta_2=0.999,
            epsilon=lambda step: 1e-8 * math.sqrt(1 - 0.999 ** (step + 1)),
            amsgrad=True,
        ),
    ),
    # "AMSGrad, corrected" is left out: Keras' amsgrad keeps the maximum before the bias is corrected.
    # "AMSGrad, corrected, with decay" is left out: Keras' amsgrad keeps the maximum before the bias is corrected.
    # "Adam, uncorrected" is left out: no library can switch Adam's bias correction off.
    # "Nadam, PyTorch" is left out: Keras' Nadam has no momentum_decay; its own is always 1.
    (
        "Nadam, Keras",
        "Nadam",
        keras.optimizers.Nadam,
        dict(learning_rate=0.1, beta_1=0.9, beta_2=0.999, epsilon=1e-7),
    ),
    # "Nadam, Optax" is left out: Keras' Nadam warms the momentum up, and here it is constant.
    # "Nadam, simplified" is left out: no library has Nadam with the simplified momentum.
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = keras.Variable([-0.5, -1.0])
    optimizer = make(**at(0, parameters))
    for step in range(60 + 1):
        x, y = position.numpy().tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(position.value)
        write([name, rule, step, x, y, value.item()])
        for parameter, now in at(step, parameters).items():
            setattr(optimizer, parameter, now)
        optimizer.apply([gradient], [position])
