# A turned surface needs two lines more
# Prints the first six columns of `slalom run`. Needs torch.

import csv
import math
import sys

import torch

torch.set_default_dtype(torch.float64)


def loss(position):
    """The surface Beale, turned by 30 degrees."""
    x, y = position
    angle = math.radians(30.0)
    s, c = math.sin(angle), math.cos(angle)
    x, y = c * x + s * y, c * y - s * x
    return (1.5 - x + x * y)**2 + (2.25 - x + x * y**2)**2 + (2.625 - x + x * y**3)**2


write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])

position = torch.tensor([-1.0, -1.0], requires_grad=True)
optimizer = torch.optim.Adam([position], lr=0.1, betas=(0.9, 0.999), eps=1e-8)
for step in range(120 + 1):
    x, y = position.tolist()
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
    optimizer.zero_grad()
    value = loss(position)
    value.backward()
    write(["Adam", "Adam", step, x, y, value.item()])
    optimizer.step()
