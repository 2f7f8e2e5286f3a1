# Two formulas in one, with most functions of the language
# Prints the first six columns of `slalom run`. Needs torch.

import csv
import math
import sys

import torch
from torch import arctan2, erf, exp, log, logaddexp, sign, sin, sqrt, tanh, where

torch.set_default_dtype(torch.float64)


def root(x):
    """The square root, level at 0."""
    return where(x == 0, 0.0, sqrt(where(x == 0, 1.0, x)))


def cube_root(x):
    """The cube root, level at 0."""
    return where(x == 0, 0.0, sign(x) * abs(where(x == 0, 1.0, x)) ** (1 / 3))


def larger(a, b):
    """The larger number; NaN if one is."""
    return where((a > b) | (a != a), a, b)


def smaller(a, b):
    """The smaller number; NaN if one is."""
    return where((a < b) | (a != a), a, b)


def distance(a, b):
    """The length of (a, b), level at 0."""
    square = a * a + b * b
    return where(square == 0, 0.0, sqrt(where(square == 0, 1.0, square)))


def direction(y, x):
    """The angle of (x, y), level at 0."""
    nowhere = (x == 0) & (y == 0)
    return arctan2(where(nowhere, 0.0, y + 0 * x), where(nowhere, 1.0, x + 0 * y))


def sigmoid(x):
    return (1 + tanh(x / 2)) / 2


def softplus(x):
    """log(1 + exp(x))"""
    return logaddexp(x, 0 * x)


def relu(x):
    return where(x > 0, x, 0.0)


def loss(position):
    """The surface Formula."""
    x, y = position
    c = torch.tensor(0.5)
    a = torch.tensor(0.35)
    b = torch.tensor(2.0)
    range_ = torch.tensor(3.0)
    r = root(x**2 + y**2)
    u = y - c * x**2
    wave = sum(sin(k * x) / k**2 for k in range(1, 3 + 1)) + erf(y / 2) + direction(y, x + 3)
    ridge = larger(abs(x) - 1, 0) + smaller(u, 2) + relu(-y) / 4 + distance(x, y) / 5
    return ((x**2 - 1)**2 + a * x + b * u**2) / 4 + 0.1 * wave + 0.05 * ridge + sigmoid(x * y) / 3 + softplus(y - x) / 7 + 0.02 * where(x < y, r, cube_root(x * y)) + log(1 + r) / 9 + 0.01 * (x % 2) + exp(-r**2 / range_) / math.sqrt(2)


# name, rule, make, parameters
racers = [
    ("GradientDescent", "GradientDescent", torch.optim.SGD, dict(lr=0.02)),
    ("Momentum", "Momentum", torch.optim.SGD, dict(lr=0.01, momentum=0.9)),
    ("Adam", "Adam", torch.optim.Adam, dict(lr=0.1, betas=(0.9, 0.999), eps=1e-8)),
    # "RMSProp" is left out: PyTorch's RMSprop adds epsilon outside of the root only.
]

write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = torch.tensor([1.7, 2.4], requires_grad=True)
    optimizer = make([position], **parameters)
    for step in range(60 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        optimizer.zero_grad()
        value = loss(position)
        value.backward()
        write([name, rule, step, x, y, value.item()])
        optimizer.step()
