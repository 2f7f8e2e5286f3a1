# Every rule in the forms of the paper and of the libraries
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


def at(step, parameters):
    """The hyper-parameters of the update from `step` to the next."""
    return {key: value(step) if callable(value) else value for key, value in parameters.items()}


# name, rule, make, parameters
racers = [
    ("GradientDescent", "GradientDescent", torch.optim.SGD, dict(lr=0.001)),
    ("Momentum, scaled", "Momentum", torch.optim.SGD, dict(lr=0.002, momentum=0.9)),
    ("Momentum, unscaled", "Momentum", torch.optim.SGD, dict(lr=0.002, momentum=0.9)),
    ("Momentum, damped", "Momentum", torch.optim.SGD, dict(lr=0.002, momentum=0.9, dampening=0.1)),
    ("Momentum 0", "Momentum", torch.optim.SGD, dict(lr=0.002)),
    # "Nesterov, look-ahead" is left out: no library asks for the gradient at the look-ahead point; all have form: Reformulated.
    (
        "Nesterov, reformulated",
        "Nesterov",
        torch.optim.SGD,
        dict(lr=0.002, momentum=0.9, nesterov=True),
    ),
    ("Nesterov 0", "Nesterov", torch.optim.SGD, dict(lr=0.002)),
    # PyTorch adds eps outside of the root; here epsilon stands inside, as part of the first sum.
    (
        "Adagrad, inside",
        "Adagrad",
        torch.optim.Adagrad,
        dict(lr=0.5, initial_accumulator_value=1e-8, eps=0.0),
    ),
    (
        "Adagrad, outside",
        "Adagrad",
        torch.optim.Adagrad,
        dict(lr=0.5, initial_accumulator_value=0.0, eps=1e-10),
    ),
    # PyTorch adds eps outside of the root; here epsilon stands inside, as part of the first sum.
    (
        "Adagrad, from 0.1",
        "Adagrad",
        torch.optim.Adagrad,
        dict(lr=0.5, initial_accumulator_value=0.10000010000000001, eps=0.0),
    ),
    # PyTorch adds eps outside of the root; here epsilon stands inside, as part of the first sum.
    (
        "Adagrad, decaying",
        "Adagrad",
        torch.optim.Adagrad,
        dict(lr=0.5, lr_decay=0.01, initial_accumulator_value=1e-8, eps=0.0),
    ),
    # "Adagrad, full" is left out: no library has Adagrad with the full matrix.
    (
        "Adagrad without epsilon",
        "Adagrad",
        torch.optim.Adagrad,
        dict(lr=0.5, initial_accumulator_value=0.0, eps=0.0),
    ),
    ("Adadelta", "Adadelta", torch.optim.Adadelta, dict(lr=5.0, rho=0.95, eps=1e-6)),
    # "RMSProp, inside" is left out: PyTorch's RMSprop adds epsilon outside of the root only.
    ("RMSProp, outside", "RMSProp", torch.optim.RMSprop, dict(lr=0.04, alpha=0.9, eps=0.01)),
    # "RMSProp, centered" is left out: PyTorch's RMSprop adds epsilon outside of the root only.
    # "RMSProp, centered around nothing" is left out: PyTorch's RMSprop adds epsilon outside of the root only.
    # "RMSProp with momentum" is left out: PyTorch's RMSprop adds epsilon outside of the root only.
    ("Adam", "Adam", torch.optim.Adam, dict(lr=0.1, betas=(0.9, 0.999), eps=1e-8)),
    # PyTorch adds eps after v's bias is corrected, and here it is added before.
    (
        "Adam, epsilon hat",
        "Adam",
        torch.optim.Adam,
        dict(
            lr=0.1,
            betas=(0.9, 0.999),
            eps=lambda step: 1e-7 / math.sqrt(1 - 0.999 ** (step + 1)),
        ),
    ),
    ("Adam without epsilon", "Adam", torch.optim.Adam, dict(lr=0.1, betas=(0.9, 0.999), eps=0.0)),
    (
        "AdamW",
        "Adam",
        torch.optim.AdamW,
        dict(lr=0.1, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01),
    ),
    (
        "AMSGrad, raw",
        "Adam",
        torch.optim.Adam,
        dict(lr=0.1, betas=(0.9, 0.999), eps=1e-8, amsgrad=True),
    ),
    # "AMSGrad, corrected" is left out: PyTorch's amsgrad keeps the maximum before the bias is corrected.
    # "AMSGrad, corrected, with decay" is left out: PyTorch's amsgrad keeps the maximum before the bias is corrected.
    # "Adam, uncorrected" is left out: no library can switch Adam's bias correction off.
    (
        "Nadam, PyTorch",
        "Nadam",
        torch.optim.NAdam,
        dict(lr=0.1, betas=(0.9, 0.999), eps=1e-8, momentum_decay=0.004),
    ),
    (
        "Nadam, Keras",
        "Nadam",
        torch.optim.NAdam,
        dict(lr=0.1, betas=(0.9, 0.999), eps=1e-7, momentum_decay=1.0),
    ),
    # "Nadam, Optax" is left out: PyTorch's NAdam warms the momentum up, and here it is constant.
    # "Nadam, simplified" is left out: no library has Nadam with the simplified momentum.
]

write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = torch.tensor([-0.5, -1.0], requires_grad=True)
    optimizer = make([position], **at(0, parameters))
    for step in range(60 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        optimizer.zero_grad()
        value = loss(position)
        value.backward()
        write([name, rule, step, x, y, value.item()])
        optimizer.param_groups[0].update(at(step, parameters))
        optimizer.step()
