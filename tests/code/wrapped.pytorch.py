# Wrapped rules
# Prints the first six columns of `slalom run`. Needs torch.

import csv
import math
import sys

import torch

torch.set_default_dtype(torch.float64)


def loss(position):
    """The surface Beale."""
    x, y = position
    return (1.5 - x + x * y)**2 + (2.25 - x + x * y**2)**2 + (2.625 - x + x * y**3)**2


# name, rule, make, parameters
racers = [
    # "Lookahead" is left out: PyTorch has no Lookahead.
    ("Adam", "Adam", torch.optim.Adam, dict(lr=0.05, betas=(0.9, 0.999), eps=1e-8)),
]

write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = torch.tensor([1.0, 1.6], requires_grad=True)
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
