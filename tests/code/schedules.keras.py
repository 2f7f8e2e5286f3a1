# Schedules one after another, and one that watches the loss
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
    """The surface Long valley."""
    x, y = position
    return (x**2 + 50 * y**2) / 2


def linear(step, start, end, steps):
    """From `start` to `end` in `steps` steps, in a straight line."""
    return start + (end - start) * min(step, steps) / steps


class Plateau:
    """A rate that falls when `value`, the loss over all rows, has stopped falling."""

    def __init__(self, per_epoch, factor, patience, threshold, threshold_mode, cooldown, min_lr, eps):
        self.per_epoch, self.factor, self.patience = per_epoch, factor, patience
        self.threshold, self.is_relative = threshold, threshold_mode == "rel"
        self.cooldown, self.min_lr, self.eps = cooldown, min_lr, eps
        self.eta = None
        self.lowest, self.waited, self.cooling = math.inf, 0, 0

    def __call__(self, step, eta):
        if self.eta is None:
            self.eta, self.rate, self.begin = eta, eta, step
        elif step > self.begin and step % self.per_epoch == 0:
            self.see(value.item())
        if eta != self.eta:
            self.rate = eta * (self.rate / self.eta) if self.eta else eta
            self.eta = eta
        return self.rate

    def see(self, loss):
        limit = self.lowest * (1 - self.threshold) if self.is_relative else self.lowest - self.threshold
        if loss < limit:
            self.lowest, self.waited = loss, 0
        else:
            self.waited += 1
        if self.cooling > 0:
            self.cooling, self.waited = self.cooling - 1, 0
        if self.waited > self.patience:
            reduced = max(self.rate * self.factor, self.min_lr)
            if self.rate - reduced > self.eps:
                self.rate = reduced
            self.cooling, self.waited = self.cooldown, 0


def polynomial(step, start, end, steps, power):
    """From `start` to `end` in `steps` steps, along a power of what is left."""
    left = 1 - 1.0 * min(step, steps) / steps
    return end + (start - end) * left ** power


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


def one_cycle(step, top, steps):
    """From top / 25 up to `top`, then down to top / 250,000."""
    turn = 0.3 * (steps + 1) - 1
    up = cosine(step, top / 25, top, turn)
    down = cosine(step - turn, top, top / 250_000, steps - turn)
    return up if step < turn else down


def at(step, parameters):
    """The hyper-parameters of the update from `step` to the next."""
    return {key: value(step) if callable(value) else value for key, value in parameters.items()}


# name, rule, make, parameters
racers = [
    (
        "Linear",
        "GradientDescent",
        keras.optimizers.SGD,
        dict(learning_rate=lambda step: linear(step, 0.03 * 0.5, 0.03 * 0.1, 40)),
    ),
    # Keras adds epsilon before v's bias is corrected, and here it is added after.
    (
        "Falling",
        "Adam",
        keras.optimizers.Adam,
        dict(
            learning_rate=lambda step: linear(step, 0.3, 0.01, 40),
            beta_1=0.9,
            beta_2=0.999,
            epsilon=lambda step: 1e-8 * math.sqrt(1 - 0.999 ** (step + 1)),
        ),
    ),
    (
        "Polynomial",
        "Momentum",
        keras.optimizers.SGD,
        dict(learning_rate=lambda step: polynomial(step, 0.01, 0.001, 50, 2.0), momentum=0.9),
    ),
    (
        "Stairs",
        "GradientDescent",
        keras.optimizers.SGD,
        dict(
            learning_rate=lambda step: 0.03 if step < 10 else 0.03 * 0.5 if step < 20 else 0.01 if step < 40 else 0.003,
        ),
    ),
    (
        "Warm",
        "RMSProp",
        keras.optimizers.RMSprop,
        dict(
            learning_rate=lambda step: 0.2 * (0.1 + (1 - 0.1) * min(step, 10) / 10) if step < 10 else 0.2 if step < 20 else cosine(step - 20, 0.2, 0.0, 30),
            rho=0.9,
            epsilon=1e-8,
        ),
    ),
    (
        "Warm stairs",
        "GradientDescent",
        keras.optimizers.SGD,
        dict(
            learning_rate=lambda step: ((0.03 if step < 30 else 0.02) * 1.02**step) if step < 5 else ((0.03 if step < 30 else 0.02) if (step - 5) < 5 else ((0.03 if step < 30 else 0.02) * 0.5) if (step - 5) < 8 else (0.03 if step < 30 else 0.02) * 0.25) if step < 25 else (0.03 if step < 30 else 0.02) * 0.5 ** ((step - 25) // 10),
        ),
    ),
    (
        "Again",
        "GradientDescent",
        keras.optimizers.SGD,
        dict(
            learning_rate=lambda step: 0.03 / (1 + 0.1 * step) if step < 8 else restarts(step - 8, 0.03, 0.0, 4, 2, 3) if step < 28 else one_cycle(step - 28, 0.02, 19),
        ),
    ),
    (
        "Watching",
        "GradientDescent",
        keras.optimizers.SGD,
        dict(
            learning_rate=lambda step, plateau=Plateau(1, factor=0.5, patience=2, threshold=0.0001, threshold_mode="rel", cooldown=0, min_lr=0.0, eps=1e-8): plateau(step, 0.0405),
        ),
    ),
    # Keras adds epsilon before v's bias is corrected, and here it is added after.
    (
        "Watching on",
        "Adam",
        keras.optimizers.Adam,
        dict(
            learning_rate=lambda step, plateau_10=Plateau(1, factor=0.5, patience=1, threshold=0.5, threshold_mode="abs", cooldown=2, min_lr=0.01, eps=1e-8): ((0.5 if step < 40 else 0.3) * (0.1 + (1 - 0.1) * min(step, 10) / 10)) if step < 10 else plateau_10(step, 0.5 if step < 40 else 0.3),
            beta_1=0.9,
            beta_2=0.999,
            epsilon=lambda step: 1e-8 * math.sqrt(1 - 0.999 ** (step + 1)),
        ),
    ),
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = keras.Variable([-4.5, 1.5])
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
