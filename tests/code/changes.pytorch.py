# Schedules and edits
# Prints the first six columns of `slalom run`. Needs torch.

import csv
import math
import sys

import torch
from torch import cos, e, exp, pi, sqrt, where

torch.set_default_dtype(torch.float64)


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
    ("Step", "GradientDescent", torch.optim.SGD, dict(lr=lambda step: 0.01 * 0.5 ** (step // 20))),
    ("Exponential", "GradientDescent", torch.optim.SGD, dict(lr=lambda step: 0.01 * 0.98**step)),
    (
        "Cosine",
        "Adam",
        torch.optim.Adam,
        dict(lr=lambda step: cosine(step, 0.05, 0.001, 80), betas=(0.9, 0.999), eps=1e-8),
    ),
    (
        "Restarts",
        "Adadelta",
        torch.optim.Adadelta,
        dict(lr=lambda step: cosine(step % 30, 2.0, 0.0, 30), rho=0.95, eps=1e-6),
    ),
    # "Warm-up" is left out: PyTorch applies the learning rate to the velocity, and here it goes into the velocity, which differs when it changes.
    # "Inverse time" is left out: PyTorch's RMSprop adds epsilon outside of the root only.
    (
        "Restarts, ever longer",
        "GradientDescent",
        torch.optim.SGD,
        dict(lr=lambda step: restarts(step, 0.02, 0.001, 5, 3, 3)),
    ),
    (
        "One cycle",
        "Momentum",
        torch.optim.SGD,
        dict(lr=lambda step: one_cycle(step, 0.02, 90), momentum=0.9),
    ),
    (
        "One cycle, counted otherwise",
        "Momentum",
        torch.optim.SGD,
        dict(lr=lambda step: one_cycle(step, 0.02, 90), momentum=0.9),
    ),
    # PyTorch adds eps outside of the root; here epsilon stands inside, as part of the first sum.
    (
        "A schedule that is no end",
        "Adagrad",
        torch.optim.Adagrad,
        dict(
            lr=lambda step: 0.1 * 0.5 ** (step // 5000000000.0),
            initial_accumulator_value=1e-8,
            eps=0.0,
        ),
    ),
    (
        "Rate, once",
        "GradientDescent",
        torch.optim.SGD,
        dict(lr=lambda step: 0.01 if step < 50 else 0.002),
    ),
    (
        "Rate, under a schedule",
        "Nadam",
        torch.optim.NAdam,
        dict(
            lr=lambda step: (0.02 if step < 30 else 0.05 if step < 70 else 0.01) * 0.99**step,
            betas=(0.9, 0.999),
            eps=1e-8,
            momentum_decay=1.0,
        ),
    ),
    (
        "Betas",
        "Adam",
        torch.optim.Adam,
        dict(
            lr=0.05,
            betas=lambda step: (0.9 if step < 25 else 0.5, 0.999 if step < 60 else 0.9),
            eps=1e-8,
        ),
    ),
    # PyTorch adds eps after v's bias is corrected, and here it is added before.
    (
        "Epsilon",
        "Adam",
        torch.optim.Adam,
        dict(
            lr=0.05,
            betas=(0.9, 0.999),
            eps=lambda step: (1e-8 if step < 40 else 0.1) / math.sqrt(1 - 0.999 ** (step + 1)),
        ),
    ),
    # "Decay" is left out: PyTorch's amsgrad keeps the maximum before the bias is corrected.
    (
        "Momentum that ends",
        "Momentum",
        torch.optim.SGD,
        dict(lr=0.005, momentum=lambda step: 0.9 if step < 10 else 0.5 if step < 40 else 0.0),
    ),
    # "Momentum that rests" is left out: PyTorch keeps no velocity while the momentum is 0, and here the momentum comes back.
    # "Nesterov, scaled" is left out: PyTorch applies the learning rate to the velocity, and here it goes into the velocity, which differs when it changes.
    (
        "RMSProp, unscaled",
        "RMSProp",
        torch.optim.RMSprop,
        dict(lr=lambda step: 0.005 * 0.98**step, alpha=0.9, eps=1e-8, momentum=0.5),
    ),
    ("Too late", "GradientDescent", torch.optim.SGD, dict(lr=0.01)),
    # PyTorch adds eps outside of the root; here epsilon stands inside, as part of the first sum.
    (
        "Without effect",
        "Adagrad",
        torch.optim.Adagrad,
        dict(lr=0.1, initial_accumulator_value=0.10000001, eps=0.0),
    ),
]

write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = torch.tensor([2.3, -1.2], requires_grad=True)
    optimizer = make([position], **at(0, parameters))
    for step in range(100 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        optimizer.zero_grad()
        value = loss(position)
        value.backward()
        write([name, rule, step, x, y, value.item()])
        optimizer.param_groups[0].update(at(step, parameters))
        optimizer.step()
