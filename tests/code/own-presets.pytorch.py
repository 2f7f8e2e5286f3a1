# Rules of one's own
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


def cosine(step, start, end, steps):
    """From `start` to `end` in `steps` steps."""
    angle = math.pi * min(step, steps) / steps
    return end + (start - end) * (1 + math.cos(angle)) / 2


def at(step, parameters):
    """The hyper-parameters of the update from `step` to the next."""
    return {key: value(step) if callable(value) else value for key, value in parameters.items()}


class AdamWithAPowerP(torch.optim.Optimizer):
    """Adam with a power p:

    m ← β₁·m + (1 − β₁)·g
    v ← β₂·v + (1 − β₂)·g²
    m_hat = m/(1 − β₁^t)
    v_hat = v/(1 − β₂^t)
    θ ← θ − learning_rate·m_hat/(v_hat^p + ε)
    """

    def __init__(self, params, lr=0.1, beta_1=0.9, beta_2=0.999, p=0.25, epsilon=1e-8):
        super().__init__(params, dict(lr=lr, beta_1=beta_1, beta_2=beta_2, p=p, epsilon=epsilon))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for weights in group["params"]:
                if weights.grad is not None:
                    self.move(weights, self.state[weights], group)
        return loss

    def move(self, weights, state, group):
        theta, g = weights.clone(), weights.grad.clone()
        if not state:
            state["t"] = 0
            state["m"] = torch.zeros_like(theta)
            state["v"] = torch.zeros_like(theta)
        state["t"] += 1
        t = theta.new_tensor(state["t"])
        m, v = state["m"], state["v"]
        learning_rate = group["lr"]
        beta_1 = group["beta_1"]
        beta_2 = group["beta_2"]
        p = group["p"]
        epsilon = group["epsilon"]
        m = beta_1 * m + (1 - beta_1) * g
        v = beta_2 * v + (1 - beta_2) * g**2
        m_hat = m / (1 - beta_1**t)
        v_hat = v / (1 - beta_2**t)
        theta = theta - learning_rate * m_hat / (v_hat**p + epsilon)
        state.update(m=m, v=v)
        weights.copy_(theta)


def sign(x):
    """-1, 0 or 1; NaN of NaN."""
    return torch.where(x != x, x, torch.sign(x))


class SignDescent(torch.optim.Optimizer):
    """Sign descent:

    m ← β·m + (1 − β)·g
    θ ← θ − learning_rate·sign(m)
    """

    def __init__(self, params, lr=0.06, beta=0.9):
        super().__init__(params, dict(lr=lr, beta=beta))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for weights in group["params"]:
                if weights.grad is not None:
                    self.move(weights, self.state[weights], group)
        return loss

    def move(self, weights, state, group):
        theta, g = weights.clone(), weights.grad.clone()
        if not state:
            state["m"] = torch.zeros_like(theta)
        m = state["m"]
        learning_rate, beta = group["lr"], group["beta"]
        m = beta * m + (1 - beta) * g
        theta = theta - learning_rate * sign(m)
        state.update(m=m)
        weights.copy_(theta)


class HeavyBall(torch.optim.Optimizer):
    """Heavy ball:

    v ← momentum·v + learning_rate·g
    θ ← θ − v
    """

    def __init__(self, params, lr=0.01, momentum=0.9):
        super().__init__(params, dict(lr=lr, momentum=momentum))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for weights in group["params"]:
                if weights.grad is not None:
                    self.move(weights, self.state[weights], group)
        return loss

    def move(self, weights, state, group):
        theta, g = weights.clone(), weights.grad.clone()
        if not state:
            state["v"] = torch.zeros_like(theta)
        v = state["v"]
        learning_rate, momentum = group["lr"], group["momentum"]
        v = momentum * v + learning_rate * g
        theta = theta - v
        state.update(v=v)
        weights.copy_(theta)


def flat(parts):
    """All numbers of some tensors, as one vector."""
    return torch.cat([part.detach().reshape(-1) for part in parts])


def gradients(tensors):
    """The gradients of some tensors as one vector; 0 where the loss does not depend on one."""
    return flat(torch.zeros_like(each) if each.grad is None else each.grad for each in tensors)


def put(vector, tensors):
    """Gives tensors the numbers of one vector."""
    parts = vector.split([tensor.numel() for tensor in tensors])
    for tensor, part in zip(tensors, parts):
        tensor.copy_(part.view_as(tensor))


class HeavyBallThatLetsGo(torch.optim.Optimizer):
    """Heavy ball that lets go:

    s = dot(v, g)
    v ← if(s < 0, 0, momentum)·v + learning_rate·g
    θ ← θ − v
    """

    def __init__(self, params, lr=0.01, momentum=0.9):
        super().__init__(params, dict(lr=lr, momentum=momentum))
        if len(self.param_groups) > 1:
            raise ValueError("all parameters belong to one group: they are measured together")

    @torch.no_grad()
    def step(self, closure=None):
        [group] = self.param_groups
        weights = group["params"]
        state = self.state[weights[0]]
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        theta = flat(weights)
        g = gradients(weights)
        if not state:
            state["v"] = torch.zeros_like(theta)
        v = state["v"]
        learning_rate, momentum = group["lr"], group["momentum"]
        s = torch.dot(v, g)
        v = torch.where(s < 0, 0.0, momentum) * v + learning_rate * g
        theta = theta - v
        state.update(v=v)
        put(theta, weights)
        return loss


class HeavyBall2(torch.optim.Optimizer):
    """Heavy ball:

    v ← momentum·v + g
    θ ← θ − learning_rate·v
    """

    def __init__(self, params, lr=0.01, momentum=0.9):
        super().__init__(params, dict(lr=lr, momentum=momentum))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for weights in group["params"]:
                if weights.grad is not None:
                    self.move(weights, self.state[weights], group)
        return loss

    def move(self, weights, state, group):
        theta, g = weights.clone(), weights.grad.clone()
        if not state:
            state["v"] = torch.zeros_like(theta)
        v = state["v"]
        learning_rate, momentum = group["lr"], group["momentum"]
        v = momentum * v + g
        theta = theta - learning_rate * v
        state.update(v=v)
        weights.copy_(theta)


# name, rule, make, parameters
racers = [
    ("Adam", "Adam", torch.optim.Adam, dict(lr=0.1, betas=(0.9, 0.999), eps=1e-8)),
    (
        "p = 1/4",
        "Rule",
        AdamWithAPowerP,
        dict(lr=0.1, beta_1=0.9, beta_2=0.999, p=0.25, epsilon=1e-8),
    ),
    ("p = 0", "Rule", AdamWithAPowerP, dict(lr=0.1, beta_1=0.9, beta_2=0.999, p=0.0, epsilon=1e-8)),
    ("Sign", "Rule", SignDescent, dict(lr=lambda step: cosine(step, 0.06, 0.0, 120), beta=0.9)),
    (
        "Heavy ball",
        "Rule",
        HeavyBall,
        dict(
            lr=lambda step: 0.01 if step < 60 else 0.02,
            momentum=lambda step: 0.9 if step < 20 else 0.5,
        ),
    ),
    ("Lets go", "Rule", HeavyBallThatLetsGo, dict(lr=0.01, momentum=0.9)),
    ("Heavy ball, too", "Rule", HeavyBall2, dict(lr=0.01, momentum=0.9)),
]

write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = torch.tensor([-4.5, 1.5], requires_grad=True)
    optimizer = make([position], **at(0, parameters))
    for step in range(120 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        optimizer.zero_grad()
        value = loss(position)
        value.backward()
        write([name, rule, step, x, y, value.item()])
        optimizer.param_groups[0].update(at(step, parameters))
        optimizer.step()
