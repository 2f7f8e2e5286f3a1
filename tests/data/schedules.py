"""Writes schedules.jsonl: the learning rates of PyTorch's and Optax' schedules, step by step.

    pip install torch optax
    python3 schedules.py > schedules.jsonl

Every line is a record: the library with its version, the call as made there, the schedule as Slalom
writes it, and eta, the learning rate of the optimizer. `rates[k]` is the learning rate of the update
from step k to step k + 1. PyTorch's are those of a race: gradient descent on LongValley,
x^2/2 + 25 y^2, from (-4.5, 1.5), where x, y and loss are those after each step. A record with
`losses` has no race: `losses[k]` is what the schedule is told after step k + 1.
"""

import json
import random

import jax
import optax
import torch
from torch.optim import lr_scheduler as lr

torch.set_default_dtype(torch.float64)
jax.config.update("jax_enable_x64", True)

START = [-4.5, 1.5]


def record(**fields):
    print(json.dumps(fields))


def loss(position):
    x, y = position
    return 0.5 * x * x + 25.0 * y * y


def pytorch(call, schedule, eta, steps):
    """A race with `call`, an expression in the optimizer o."""
    position = torch.tensor(START, requires_grad=True)
    o = torch.optim.SGD([position], lr=eta)
    scheduler = eval(call)
    rates, xs, ys, losses = [], [], [], []
    for _ in range(steps):
        rates.append(float(o.param_groups[0]["lr"]))
        o.zero_grad()
        loss(position).backward()
        o.step()
        value = loss(position).item()
        if isinstance(scheduler, lr.ReduceLROnPlateau):
            scheduler.step(value)
        else:
            scheduler.step()
        x, y = position.tolist()
        xs.append(x)
        ys.append(y)
        losses.append(value)
    record(library=f"PyTorch {torch.__version__.split('+')[0]}", call=call, schedule=schedule,
           eta=eta, rates=rates, x=xs, y=ys, loss=losses)


def plateau(call, schedule, eta, losses):
    """The rates of `call` for these losses, without a race."""
    o = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=eta)
    scheduler = eval(call)
    rates = []
    for value in losses:
        rates.append(float(o.param_groups[0]["lr"]))
        scheduler.step(value)
    record(library=f"PyTorch {torch.__version__.split('+')[0]}", call=call, schedule=schedule,
           eta=eta, rates=rates, losses=losses)


def with_optax(call, schedule, eta, steps):
    """The rates of `call`, an expression in eta."""
    rate = eval(call)
    rates = [float(rate(step)) for step in range(steps)]
    record(library=f"Optax {optax.__version__}", call=call, schedule=schedule, eta=eta, rates=rates)


pytorch("lr.LinearLR(o, start_factor=0.25, end_factor=1.0, total_iters=12)",
        "LinearWarmUp(steps: 12, from: 0.25)", 0.03, 20)
pytorch("lr.LinearLR(o, start_factor=1.0, end_factor=0.1, total_iters=15)",
        "Linear(steps: 15, final_factor: 0.1)", 0.03, 20)
pytorch("lr.LinearLR(o, start_factor=0.5, end_factor=0.05, total_iters=9)",
        "Linear(steps: 9, from: 0.5, final_factor: 0.05)", 0.03, 20)
pytorch("lr.PolynomialLR(o, total_iters=15, power=1.0)",
        "Polynomial(steps: 15)", 0.03, 20)
pytorch("lr.PolynomialLR(o, total_iters=15, power=0.9)",
        "Polynomial(steps: 15, power: 0.9)", 0.03, 20)
pytorch("lr.PolynomialLR(o, total_iters=18, power=2.0)",
        "Polynomial(steps: 18, power: 2.0)", 0.03, 20)
pytorch("lr.MultiStepLR(o, milestones=[5, 12], gamma=0.2)",
        "PiecewiseConstant(changes: [(step: 5, factor: 0.2), (step: 12, factor: 0.2)])", 0.03, 20)
pytorch("lr.SequentialLR(o, [lr.LinearLR(o, 0.1, 1.0, 5), lr.CosineAnnealingLR(o, 15)], [5])",
        "Sequence(parts: [(steps: 5, schedule: LinearWarmUp(steps: 5, from: 0.1)), "
        "(schedule: Cosine(steps: 15))])", 0.03, 20)
pytorch("lr.SequentialLR(o, [lr.LinearLR(o, 0.2, 1.0, 4), lr.ConstantLR(o, 1.0), "
        "lr.PolynomialLR(o, 8, 2.0)], [4, 10])",
        "Sequence(parts: [(steps: 4, schedule: LinearWarmUp(steps: 4, from: 0.2)), "
        "(steps: 6, schedule: Constant), (schedule: Polynomial(steps: 8, power: 2.0))])", 0.03, 22)
pytorch("lr.SequentialLR(o, [lr.LinearLR(o, 0.1, 1.0, 8), lr.ExponentialLR(o, 0.9)], [5])",
        "Sequence(parts: [(steps: 5, schedule: LinearWarmUp(steps: 8, from: 0.1)), "
        "(schedule: Exponential(factor: 0.9))])", 0.03, 20)
pytorch("lr.SequentialLR(o, [lr.ExponentialLR(o, 0.9), lr.StepLR(o, 4, 0.5)], [6])",
        "Sequence(parts: [(steps: 6, schedule: Exponential(factor: 0.9)), "
        "(schedule: Step(every: 4, factor: 0.5))])", 0.03, 20)

# The rate is too high along y until the schedule has noticed it.
pytorch("lr.ReduceLROnPlateau(o, factor=0.5, patience=2)",
        "ReduceOnPlateau(factor: 0.5, patience: 2)", 0.0405, 60)
pytorch("lr.ReduceLROnPlateau(o)", "ReduceOnPlateau()", 0.04, 80)
pytorch("lr.ReduceLROnPlateau(o, factor=0.3, patience=0, threshold=1.0, threshold_mode='abs', "
        "cooldown=3, min_lr=0.002)",
        "ReduceOnPlateau(factor: 0.3, patience: 0, threshold: 1.0, threshold_mode: Absolute, "
        "cooldown: 3, min_learning_rate: 0.002)", 0.039, 60)

# Losses that fall, rest, rise and fall again.
chance = random.Random(7)
bumpy = [round(3.0 / (1 + k // 9) + chance.uniform(-0.02, 0.3), 6) for k in range(70)]
flat = [1.0] * 12 + [0.9999] * 4 + [0.99989] * 8 + [0.5] * 20
for call, schedule in [
    ("lr.ReduceLROnPlateau(o, factor=0.5, patience=3)",
     "ReduceOnPlateau(factor: 0.5, patience: 3)"),
    ("lr.ReduceLROnPlateau(o, factor=0.5, patience=0, cooldown=2)",
     "ReduceOnPlateau(factor: 0.5, patience: 0, cooldown: 2)"),
    ("lr.ReduceLROnPlateau(o, factor=0.2, patience=1, threshold=0.2, cooldown=5, min_lr=0.001)",
     "ReduceOnPlateau(factor: 0.2, patience: 1, threshold: 0.2, cooldown: 5, "
     "min_learning_rate: 0.001)"),
    ("lr.ReduceLROnPlateau(o, factor=0.9, patience=1, threshold=0.05, threshold_mode='abs', "
     "eps=0.005)",
     "ReduceOnPlateau(factor: 0.9, patience: 1, threshold: 0.05, threshold_mode: Absolute, "
     "epsilon: 0.005)"),
    ("lr.ReduceLROnPlateau(o, factor=0.0, patience=4)",
     "ReduceOnPlateau(factor: 0.0, patience: 4)"),
]:
    plateau(call, schedule, 0.1, bumpy)
    plateau(call, schedule, 0.1, flat)

with_optax("optax.warmup_cosine_decay_schedule(init_value=0.1 * eta, peak_value=eta, warmup_steps=5, "
           "decay_steps=20, end_value=0.001)",
           "Sequence(parts: [(steps: 5, schedule: LinearWarmUp(steps: 5, from: 0.1)), "
           "(schedule: Cosine(steps: 15, final_learning_rate: 0.001))])", 0.03, 25)
with_optax("optax.warmup_cosine_decay_schedule(init_value=0.0, peak_value=eta, warmup_steps=3, "
           "decay_steps=18)",
           "Sequence(parts: [(steps: 3, schedule: LinearWarmUp(steps: 3, from: 0.0)), "
           "(schedule: Cosine(steps: 15))])", 0.02, 25)
with_optax("optax.join_schedules([optax.linear_schedule(0.2 * eta, eta, 4), "
           "optax.constant_schedule(eta), optax.exponential_decay(eta, 1, 0.8)], [4, 11])",
           "Sequence(parts: [(steps: 4, schedule: LinearWarmUp(steps: 4, from: 0.2)), "
           "(steps: 7, schedule: Constant), (schedule: Exponential(factor: 0.8))])", 0.03, 25)
with_optax("optax.join_schedules([optax.constant_schedule(eta), "
           "optax.polynomial_schedule(eta, 0.002, 3.0, 9)], [6])",
           "Sequence(parts: [(steps: 6, schedule: Constant), "
           "(schedule: Polynomial(steps: 9, power: 3.0, final_learning_rate: 0.002))])", 0.03, 20)
with_optax("optax.piecewise_constant_schedule(eta, {4: 0.5, 9: 0.1})",
           "PiecewiseConstant(changes: [(step: 4, factor: 0.5), (step: 9, factor: 0.1)])", 0.03, 15)
with_optax("optax.polynomial_schedule(init_value=eta, end_value=0.001, power=2.0, transition_steps=12)",
           "Polynomial(steps: 12, power: 2.0, final_learning_rate: 0.001)", 0.03, 16)
with_optax("optax.linear_schedule(init_value=eta, end_value=0.004, transition_steps=10)",
           "Linear(steps: 10, final_learning_rate: 0.004)", 0.03, 15)
