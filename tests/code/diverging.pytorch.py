# Prints the first six columns of `slalom run`. Needs torch.

import csv
import math
import sys

import torch

torch.set_default_dtype(torch.float64)


def loss(position):
    """The surface Long valley."""
    x, y = position
    return (x**2 + 50 * y**2) / 2


# name, rule, make, parameters
racers = [
    ("beyond numbers", "GradientDescent", torch.optim.SGD, dict(lr=10.0)),
    ("it's a, \"name\" \\ ∇", "GradientDescent", torch.optim.SGD, dict(lr=0.01)),
]

write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = torch.tensor([0.0, 1.0], requires_grad=True)
    optimizer = make([position], **parameters)
    for step in range(200 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        optimizer.zero_grad()
        value = loss(position)
        value.backward()
        write([name, rule, step, x, y, value.item()])
        optimizer.step()
