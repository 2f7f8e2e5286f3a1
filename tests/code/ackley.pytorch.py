# Ackley from its tip, where it has no slope
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
    """The surface Ackley, turned by 30 degrees."""
    x, y = position
    angle = math.radians(30.0)
    s, c = math.sin(angle), math.cos(angle)
    x, y = c * x + s * y, c * y - s * x
    return -20 * exp(-0.2 * root((x**2 + y**2) / 2)) - exp((cos(2 * pi * x) + cos(2 * pi * y)) / 2) + e + 20


# Numbers of the standard normal distribution that Slalom drew with seed 0.
normals = torch.tensor([
    (0.5027293137632659, -0.6571498676861746), (-0.3360919139728269, -1.062833687342243),
    (-0.34249720704077186, -1.187641719980313), (0.01000218625764726, -1.068005162554105),
    (1.1583819144725658, 0.5141816872046163),
])


# name, rule, make, parameters, sigma
racers = [
    ("Adam", "Adam", torch.optim.Adam, dict(lr=0.1, betas=(0.9, 0.999), eps=1e-8), 0.0),
    ("Momentum", "Momentum", torch.optim.SGD, dict(lr=0.1, momentum=0.9), 0.1),
]

write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters, sigma in racers:
    position = torch.tensor([0.0, 0.0], requires_grad=True)
    optimizer = make([position], **parameters)
    for step in range(5 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        optimizer.zero_grad()
        value = loss(position)
        value.backward()
        position.grad += sigma * normals[step % len(normals)]
        write([name, rule, step, x, y, value.item()])
        optimizer.step()
