# A long valley, turned the other way
# Prints the first six columns of `slalom run`. Needs torch.

import csv
import math
import sys

import torch

torch.set_default_dtype(torch.float64)


def loss(position):
    """The surface Long valley of condition number 200, turned by -12.5 degrees."""
    x, y = position
    angle = math.radians(-12.5)
    s, c = math.sin(angle), math.cos(angle)
    x, y = c * x + s * y, c * y - s * x
    y = math.sqrt(200.0 / 50.0) * y
    return (x**2 + 50 * y**2) / 2


# name, rule, make, parameters
racers = [
    ("GradientDescent", "GradientDescent", torch.optim.SGD, dict(lr=0.009)),
    ("Adam", "Adam", torch.optim.Adam, dict(lr=0.1, betas=(0.9, 0.999), eps=1e-8)),
]

write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = torch.tensor([-4.5, 1.0], requires_grad=True)
    optimizer = make([position], **parameters)
    for step in range(100 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        optimizer.zero_grad()
        value = loss(position)
        value.backward()
        write([name, rule, step, x, y, value.item()])
        optimizer.step()
