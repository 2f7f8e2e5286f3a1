# One racer needs no list
# Prints the first six columns of `slalom run`. Needs torch.

import csv
import math
import sys

import torch
from torch import cos, pi

torch.set_default_dtype(torch.float64)


def loss(position):
    """The surface Branin."""
    x, y = position
    u = y - 5.1 * x**2 / (4 * pi**2) + 5 * x / pi - 6
    return u**2 + 10 * (1 - 1 / (8 * pi)) * cos(x) + 10


def cosine(step, start, end, steps):
    """From `start` to `end` in `steps` steps."""
    angle = math.pi * min(step, steps) / steps
    return end + (start - end) * (1 + math.cos(angle)) / 2


def one_cycle(step, top, steps):
    """From top / 25 up to `top`, then down to top / 250,000."""
    turn = 0.3 * (steps + 1) - 1
    up = cosine(step, top / 25, top, turn)
    down = cosine(step - turn, top, top / 250_000, steps - turn)
    return up if step < turn else down


write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])

# PyTorch adds eps after v's bias is corrected, and here it is added before.
position = torch.tensor([2.0, 8.0], requires_grad=True)
optimizer = torch.optim.AdamW([position], lr=0.3, betas=(0.9, 0.999), eps=0.01, weight_decay=0.01)
for step in range(150 + 1):
    x, y = position.tolist()
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
    optimizer.zero_grad()
    value = loss(position)
    value.backward()
    write(["Adam, \"tamed\"\n(ε = 0.01)", "Adam", step, x, y, value.item()])
    optimizer.param_groups[0]["lr"] = one_cycle(step, 0.3, 150)
    optimizer.param_groups[0]["betas"] = (0.9 if step < 75 else 0.5, 0.999)
    optimizer.param_groups[0]["eps"] = 0.01 / math.sqrt(1 - 0.999 ** (step + 1))
    optimizer.step()
