# Every function
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


def sign(x):
    """-1, 0 or 1; NaN of NaN."""
    return torch.where(x != x, x, torch.sign(x))


def cube_root(x):
    """The real cube root, which PyTorch lacks."""
    return torch.sign(x) * torch.abs(x) ** (1 / 3)


class EveryFunction(torch.optim.Optimizer):
    """Every function:

    u = sin(g) + cos(g) + 0.1tan(a·θ) + asin(tanh(g)) + acos(tanh(θ)) + atan(g)
    w = sinh(tanh(g)) + cosh(tanh(g)) + asinh(g) + acosh(1 + |g|) + atanh(0.5tanh(g)) + exp(−g²) + log(1 + g²) + log10(2 + g²) + log2(2 + g²)
    x = √(|g|) + ∛(g) + sign(g) + floor(10θ) + ceil(10θ) + sigmoid(g) + softplus(g) + relu(g) + erf(g)
    y = min(u, w) + max(u, w, 0) + atan2(g, k) + hypot(g, a) + mod(g, k) + sum(i, 1, 3, i·θ^i/(i + 1)) + if(g < 0, 1, if(t == 3, a, π))
    s = √a + sigmoid(k) + max(a, 0.1, k) + k^a + a/k + 1/(k − 1) + hypot(a, 3) + erf(a) + if(a > k, 1, 2)
    θ ← θ − learning_rate·(tanh(g) + 0.01tanh(u + w + x + y + s))
    """

    def __init__(self, params, lr=0.05, a=0.3, k=2.0):
        super().__init__(params, dict(lr=lr, a=a, k=k))

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
        state["t"] += 1
        t = theta.new_tensor(state["t"])
        a = theta.new_tensor(group["a"])
        k = theta.new_tensor(group["k"])
        learning_rate = group["lr"]
        u = torch.sin(g) + torch.cos(g) + 0.1 * torch.tan(a * theta) + torch.arcsin(torch.tanh(g)) + torch.arccos(torch.tanh(theta)) + torch.arctan(g)
        w = torch.sinh(torch.tanh(g)) + torch.cosh(torch.tanh(g)) + torch.arcsinh(g) + torch.arccosh(1 + torch.abs(g)) + torch.arctanh(0.5 * torch.tanh(g)) + torch.exp(-g**2) + torch.log(1 + g**2) + torch.log10(2 + g**2) + torch.log2(2 + g**2)
        x = torch.sqrt(torch.abs(g)) + cube_root(g) + sign(g) + torch.floor(10 * theta) + torch.ceil(10 * theta) + torch.sigmoid(g) + torch.logaddexp(g, theta.new_tensor(0.0)) + torch.relu(g) + torch.erf(g)
        y = torch.minimum(u, w) + torch.clamp(torch.maximum(u, w), min=0.0) + torch.arctan2(g, k) + torch.hypot(g, a) + g % k + sum(i * theta**i / (i + 1) for i in range(1, 4)) + torch.where(g < 0, 1.0, torch.where(t == 3, a, math.pi))
        s = torch.sqrt(a) + torch.sigmoid(k) + torch.maximum(torch.clamp(a, min=0.1), k) + k**a + a / k + 1 / (k - 1) + torch.hypot(a, theta.new_tensor(3.0)) + torch.erf(a) + torch.where(a > k, 1.0, 2.0)
        theta = theta - learning_rate * (torch.tanh(g) + 0.01 * torch.tanh(u + w + x + y + s))
        weights.copy_(theta)


class Class(torch.optim.Optimizer):
    """class:

    count ← count + 1
    self ← λ·self + state·g
    k₀ = learning_rate·θ
    k ← 0.9k
    w ← 2
    θ ← θ·(1 − weight_decay) − learning_rate·(self + lr·count/t·g) − 0.01k·w
    """

    def __init__(self, params, lr=0.01, lambda_=0.1, lr_=0.5, state_=0.2, weight_decay=0.01):
        super().__init__(params, dict(lr=lr, lambda_=lambda_, lr_=lr_, state_=state_, weight_decay=weight_decay))

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
            learning_rate = group["lr"]
            state["count"] = theta.new_zeros(())
            state["self_"] = torch.zeros_like(theta)
            state["k"] = learning_rate * theta
            state["w"] = theta.new_zeros(())
        state["t"] += 1
        t = theta.new_tensor(state["t"])
        count, self_, k = state["count"], state["self_"], state["k"]
        learning_rate = group["lr"]
        lambda_ = group["lambda_"]
        lr_ = group["lr_"]
        state_ = group["state_"]
        weight_decay = group["weight_decay"]
        count = count + 1
        self_ = lambda_ * self_ + state_ * g
        k = 0.9 * k
        w = theta.new_tensor(2.0)
        theta = theta * (1 - weight_decay) - learning_rate * (self_ + lr_ * count / t * g) - 0.01 * k * w
        state.update(count=count, self_=self_, k=k, w=w)
        weights.copy_(theta)


class Rule2OfMine(torch.optim.Optimizer):
    """Rule 2 of 'mine':

    r₀ = 1/3
    c = 1000·2⁶⁰
    r ← if(t > 20, 2, r)
    v ← 3
    v ← v + g·√(2)
    θ ← θ − learning_rate·v·r + 1/c
    """

    def __init__(self, params, lr=0.01):
        super().__init__(params, dict(lr=lr))

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
            state["r"] = theta.new_tensor(0.3333333333333333)
            state["v"] = torch.zeros_like(theta)
        state["t"] += 1
        t = theta.new_tensor(state["t"])
        r = state["r"]
        learning_rate = group["lr"]
        c = theta.new_tensor(1.152921504606847e21)
        r = torch.where(t > 20, 2.0, r)
        v = torch.full_like(theta, 3.0)
        v = v + g * 1.4142135623730951
        theta = theta - learning_rate * v * r + 1 / c
        state.update(r=r, v=v)
        weights.copy_(theta)


class At0(torch.optim.Optimizer):
    """At 0:

    inverse = 1/zero
    h = min(inverse, 1) + 1/zero²·0
    n = if(h == h, 5, 1)
    θ ← θ − learning_rate·n·g − sign(zero)
    """

    def __init__(self, params, lr=0.01, zero=0.0):
        super().__init__(params, dict(lr=lr, zero=zero))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for weights in group["params"]:
                if weights.grad is not None:
                    self.move(weights, group)
        return loss

    def move(self, weights, group):
        theta, g = weights.clone(), weights.grad.clone()
        zero = theta.new_tensor(group["zero"])
        learning_rate = group["lr"]
        inverse = 1 / zero
        h = torch.clamp(inverse, max=1.0) + 1 / zero**2 * 0
        n = torch.where(h == h, 5.0, 1.0)
        theta = theta - learning_rate * n * g - sign(zero)
        weights.copy_(theta)


# name, rule, make, parameters
racers = [
    ("Functions", "Rule", EveryFunction, dict(lr=0.05, a=0.3, k=2.0)),
    ("lambda", "Rule", Class, dict(lr=0.01, lambda_=0.1, lr_=0.5, state_=0.2, weight_decay=0.01)),
    ("Constants", "Rule", Rule2OfMine, dict(lr=0.01)),
    ("At 0", "Rule", At0, dict(lr=0.01, zero=0.0)),
]

write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = torch.tensor([-1.5, 0.7], requires_grad=True)
    optimizer = make([position], **parameters)
    for step in range(40 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        optimizer.zero_grad()
        value = loss(position)
        value.backward()
        write([name, rule, step, x, y, value.item()])
        optimizer.step()
