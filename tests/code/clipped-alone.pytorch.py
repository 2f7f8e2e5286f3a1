# Clipped alone
# Prints the first six columns of `slalom run`. Needs torch.

import csv
import math
import sys

import torch

torch.set_default_dtype(torch.float64)


def loss(position):
    """The surface Rosenbrock."""
    x, y = position
    return (1 - x)**2 + 100 * (y - x**2)**2


def clipped(make, clip, limit):
    """Makes optimizers that clip the gradient before each step."""
    def made(parameters, **arguments):
        optimizer = make(parameters, **arguments)
        moved = [it for group in optimizer.param_groups for it in group["params"]]

        def before(*_):
            clip(moved, limit)

        optimizer.register_step_pre_hook(before)
        return optimizer
    return made

write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])

# PyTorch clips between backward and step; here a hook of the optimizer does.
position = torch.tensor([-1.2, 1.0], requires_grad=True)
optimizer = clipped(torch.optim.SGD, torch.nn.utils.clip_grad_norm_, 1.0)([position], lr=0.01)
for step in range(100 + 1):
    x, y = position.tolist()
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
    optimizer.zero_grad()
    value = loss(position)
    value.backward()
    write(["ClipByGlobalNorm", "ClipByGlobalNorm", step, x, y, value.item()])
    optimizer.step()
