# Rules that use more than one gradient, or keep more than one point
# Prints the first six columns of `slalom run`. Needs torch and schedulefree (`pip install schedulefree`).

import csv
import math
import sys

import schedulefree
import torch

torch.set_default_dtype(torch.float64)


def loss(position):
    """The surface Beale."""
    x, y = position
    return (1.5 - x + x * y)**2 + (2.25 - x + x * y**2)**2 + (2.625 - x + x * y**3)**2


def at(step, parameters):
    """The hyper-parameters of the update from `step` to the next."""
    return {key: value(step) if callable(value) else value for key, value in parameters.items()}


# name, rule, make, parameters
racers = [
    (
        "AdamW",
        "AdamW",
        torch.optim.AdamW,
        dict(lr=0.05, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.1),
    ),
    # PyTorch adds eps after v's bias is corrected, and here it is added before.
    (
        "AdamW, as Keras",
        "AdamW",
        torch.optim.AdamW,
        dict(
            lr=0.05,
            betas=(0.9, 0.999),
            eps=lambda step: 1e-7 / math.sqrt(1 - 0.999 ** (step + 1)),
            weight_decay=0.004,
        ),
    ),
    (
        "Nadam that decays",
        "Nadam",
        torch.optim.NAdam,
        dict(
            lr=0.05,
            betas=(0.9, 0.999),
            eps=1e-8,
            momentum_decay=0.004,
            weight_decay=0.1,
            decoupled_weight_decay=True,
        ),
    ),
    (
        "Nadam that decays, as Keras",
        "Nadam",
        torch.optim.NAdam,
        dict(
            lr=0.05,
            betas=(0.9, 0.999),
            eps=1e-7,
            momentum_decay=1.0,
            weight_decay=lambda step: 0.1 if step < 40 else 0.01,
            decoupled_weight_decay=True,
        ),
    ),
    # "Nadam that decays, as Optax" is left out: PyTorch's NAdam warms the momentum up, and here it is constant.
    # lr is only the first step size: its schedule and edits change nothing.
    (
        "Rprop",
        "Rprop",
        torch.optim.Rprop,
        dict(lr=0.01, etas=lambda step: (0.5, 1.2 if step < 30 else 1.05), step_sizes=(1e-6, 50.0)),
    ),
    (
        "Rprop with other limits",
        "Rprop",
        torch.optim.Rprop,
        dict(lr=0.1, etas=(0.3, 1.1), step_sizes=(1e-9, 0.2)),
    ),
    # "Rprop that never grows" is left out: PyTorch's Rprop takes an eta_minus above 0 and an eta_plus above 1 only.
    # "Polyak" is left out: PyTorch has no Polyak step size.
    # "Polyak, scaled" is left out: PyTorch has no Polyak step size.
    # "Polyak, edited" is left out: PyTorch has no Polyak step size.
    # "Newton" is left out: no library has an optimizer that takes the Hessian.
    (
        "Schedule-free",
        "ScheduleFreeSgd",
        schedulefree.SGDScheduleFree,
        dict(lr=0.01, momentum=0.9, weight_decay=0.05, weight_lr_power=2.0, foreach=False),
    ),
    (
        "Schedule-free, warming up",
        "ScheduleFreeSgd",
        schedulefree.SGDScheduleFree,
        dict(
            lr=lambda step: 0.01 if step < 60 else 0.005,
            momentum=lambda step: 0.9 if step < 50 else 0.8,
            warmup_steps=20.0,
            r=1.0,
            weight_lr_power=2.0,
            foreach=False,
        ),
    ),
    (
        "Schedule-free, under a schedule",
        "ScheduleFreeSgd",
        schedulefree.SGDScheduleFree,
        dict(lr=lambda step: 0.01 * 0.98**step, momentum=0.9, weight_lr_power=1.0, foreach=False),
    ),
    # "Lookahead" is left out: PyTorch has no Lookahead.
    # "Lookahead, scheduled" is left out: PyTorch has no Lookahead.
    # "Lookahead, edited" is left out: PyTorch has no Lookahead.
    # "Lookahead of Polyak" is left out: PyTorch has no Lookahead.
    # "Lookahead of Lookahead" is left out: PyTorch has no Lookahead.
    # "Lookahead of schedule-free" is left out: PyTorch has no Lookahead.
    ("Plain", "GradientDescent", torch.optim.SGD, dict(lr=0.01)),
]

write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = torch.tensor([1.0, 1.6], requires_grad=True)
    optimizer = make([position], **at(0, parameters))
    averages = isinstance(optimizer, schedulefree.SGDScheduleFree)
    for step in range(100 + 1):
        if averages:
            optimizer.eval()
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value = loss(position)
        write([name, rule, step, x, y, value.item()])
        optimizer.param_groups[0].update(at(step, parameters))
        if averages:
            optimizer.train()
        optimizer.zero_grad()
        loss(position).backward()
        optimizer.step()
