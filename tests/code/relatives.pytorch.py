# Adam's relatives in the forms of the papers and of the libraries
# Prints the first six columns of `slalom run`. Needs torch.

import csv
import math
import sys

import torch

torch.set_default_dtype(torch.float64)


def loss(position):
    """The surface Himmelblau."""
    x, y = position
    return (x**2 + y - 11)**2 + (x + y**2 - 7)**2


def cosine(step, start, end, steps):
    """From `start` to `end` in `steps` steps."""
    angle = math.pi * min(step, steps) / steps
    return end + (start - end) * (1 + math.cos(angle)) / 2


def at(step, parameters):
    """The hyper-parameters of the update from `step` to the next."""
    return {key: value(step) if callable(value) else value for key, value in parameters.items()}


# name, rule, make, parameters
racers = [
    ("Adamax, inside", "Adamax", torch.optim.Adamax, dict(lr=0.05, betas=(0.9, 0.999), eps=0.001)),
    # "Adamax, as Keras" is left out: PyTorch's Adamax adds epsilon inside of the maximum only.
    (
        "Adamax without epsilon",
        "Adamax",
        torch.optim.Adamax,
        dict(
            lr=lambda step: 0.05 * 0.99**step,
            betas=lambda step: (0.9 if step < 30 else 0.8, 0.999 if step < 40 else 0.9),
            eps=0.0,
        ),
    ),
    # "RAdam, as published" is left out: PyTorch's RAdam has no threshold; its own is always 5.
    ("RAdam, as PyTorch", "RAdam", torch.optim.RAdam, dict(lr=0.01, betas=(0.9, 0.999), eps=0.001)),
    # PyTorch adds eps before v's bias is corrected, and here it is added after.
    (
        "RAdam, as Optax",
        "RAdam",
        torch.optim.RAdam,
        dict(lr=0.01, betas=(0.9, 0.9), eps=lambda step: 0.001 * math.sqrt(1 - 0.9 ** (step + 1))),
    ),
    # PyTorch adds eps before v's bias is corrected, and here it is added after.
    (
        "RAdam, edited",
        "RAdam",
        torch.optim.RAdam,
        dict(
            lr=lambda step: cosine(step, 0.01, 0.0, 80),
            betas=lambda step: (0.9 if step < 30 else 0.8, 0.9 if step < 40 else 0.95),
            eps=lambda step: (1e-8 if step < 50 else 0.001) * math.sqrt(1 - (0.9 if step < 40 else 0.95) ** (step + 1)),
        ),
    ),
    # "AdaBelief, as published" is left out: PyTorch has no AdaBelief.
    # "AdaBelief, edited" is left out: PyTorch has no AdaBelief.
    # "Yogi, as published" is left out: PyTorch has no Yogi.
    # "Yogi from 0.1" is left out: PyTorch has no Yogi.
    # "Lion, plain" is left out: PyTorch has no Lion.
    # "Lion that decays" is left out: PyTorch has no Lion.
    # "Lion without momentum" is left out: PyTorch has no Lion.
    # "Lookahead of RAdam" is left out: PyTorch has no Lookahead.
]

write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = torch.tensor([-0.5, -1.0], requires_grad=True)
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
