# Copies
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


class AdamEdited(torch.optim.Optimizer):
    """Adam, edited:

    m ← β₁·m + (1 − β₁)·g
    v ← β₂·v + (1 − β₂)·g²
    m_hat = m/(1 − β₁^t)
    v_hat = v/(1 − β₂^t)
    θ ← θ − learning_rate·m_hat/(√v_hat + ε)
    """

    def __init__(self, params, lr=0.1, beta_1=0.9, beta_2=0.999, epsilon=1e-8):
        super().__init__(params, dict(lr=lr, beta_1=beta_1, beta_2=beta_2, epsilon=epsilon))

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
        epsilon = group["epsilon"]
        m = beta_1 * m + (1 - beta_1) * g
        v = beta_2 * v + (1 - beta_2) * g**2
        m_hat = m / (1 - beta_1**t)
        v_hat = v / (1 - beta_2**t)
        theta = theta - learning_rate * m_hat / (torch.sqrt(v_hat) + epsilon)
        state.update(m=m, v=v)
        weights.copy_(theta)


class NadamEdited(torch.optim.Optimizer):
    """Nadam, edited:

    m ← β₁·m + (1 − β₁)·g
    v ← β₂·v + (1 − β₂)·g²
    μ_t = β₁·(1 − 0.5·0.96^(t·ψ))
    μ_next = β₁·(1 − 0.5·0.96^((t + 1)·ψ))
    P₀ = 1
    P ← P·μ_t
    m_hat = m/(1 − P·μ_next)
    g_hat = g/(1 − P)
    v_hat = v/(1 − β₂^t)
    θ ← θ − learning_rate·(μ_next·m_hat + (1 − μ_t)·g_hat)/(√v_hat + ε)
    """

    def __init__(self, params, lr=0.1, beta_1=0.9, beta_2=0.999, epsilon=1e-8, psi=0.004):
        super().__init__(params, dict(lr=lr, beta_1=beta_1, beta_2=beta_2, epsilon=epsilon, psi=psi))

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
            state["P"] = theta.new_tensor(1.0)
        state["t"] += 1
        t = theta.new_tensor(state["t"])
        m, v, P = state["m"], state["v"], state["P"]
        learning_rate = group["lr"]
        beta_1 = group["beta_1"]
        beta_2 = group["beta_2"]
        epsilon = group["epsilon"]
        psi = group["psi"]
        m = beta_1 * m + (1 - beta_1) * g
        v = beta_2 * v + (1 - beta_2) * g**2
        mu_t = beta_1 * (1 - 0.5 * 0.96**(t * psi))
        mu_next = beta_1 * (1 - 0.5 * 0.96**((t + 1) * psi))
        P = P * mu_t
        m_hat = m / (1 - P * mu_next)
        g_hat = g / (1 - P)
        v_hat = v / (1 - beta_2**t)
        theta = theta - learning_rate * (mu_next * m_hat + (1 - mu_t) * g_hat) / (torch.sqrt(v_hat) + epsilon)
        state.update(m=m, v=v, P=P)
        weights.copy_(theta)


class AdadeltaEdited(torch.optim.Optimizer):
    """Adadelta, edited:

    E ← ρ·E + (1 − ρ)·g²
    u = √(D + ε)/√(E + ε)·g
    D ← ρ·D + (1 − ρ)·u²
    θ ← θ − learning_rate·u
    """

    def __init__(self, params, lr=1.0, rho=0.9, epsilon=0.01):
        super().__init__(params, dict(lr=lr, rho=rho, epsilon=epsilon))

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
            state["E"] = torch.zeros_like(theta)
            state["D"] = torch.zeros_like(theta)
        E, D = state["E"], state["D"]
        learning_rate, rho, epsilon = group["lr"], group["rho"], group["epsilon"]
        E = rho * E + (1 - rho) * g**2
        u = torch.sqrt(D + epsilon) / torch.sqrt(E + epsilon) * g
        D = rho * D + (1 - rho) * u**2
        theta = theta - learning_rate * u
        state.update(E=E, D=D)
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


class NesterovEdited(torch.optim.Optimizer):
    """Nesterov, edited:

    v ← momentum·v + learning_rate·gradient(θ − momentum·v)
    θ ← θ − v
    """

    def __init__(self, params, lr=0.0005, momentum=0.9):
        super().__init__(params, dict(lr=lr, momentum=momentum))
        if len(self.param_groups) > 1:
            raise ValueError("all parameters belong to one group: they are measured together")

    @torch.no_grad()
    def step(self, closure):
        [group] = self.param_groups
        weights = group["params"]
        state = self.state[weights[0]]
        losses = []

        def ask(point):
            put(point, weights)
            with torch.enable_grad():
                losses.append(closure())

        def gradient(point):
            ask(point)
            return gradients(weights)

        theta = flat(weights)
        if not state:
            state["v"] = torch.zeros_like(theta)
        v = state["v"]
        learning_rate, momentum = group["lr"], group["momentum"]
        v = momentum * v + learning_rate * gradient(theta - momentum * v)
        theta = theta - v
        state.update(v=v)
        put(theta, weights)
        return losses[0]


class ScheduleFreeEdited(torch.optim.Optimizer):
    """Schedule-free, edited:

    z₀ = θ
    y = (1 − momentum)·z + momentum·θ
    z ← z − learning_rate·gradient(y)
    θ ← (1 − 1/t)·θ + z/t
    """

    def __init__(self, params, lr=0.001, momentum=0.9):
        super().__init__(params, dict(lr=lr, momentum=momentum))
        if len(self.param_groups) > 1:
            raise ValueError("all parameters belong to one group: they are measured together")

    @torch.no_grad()
    def step(self, closure):
        [group] = self.param_groups
        weights = group["params"]
        state = self.state[weights[0]]
        losses = []

        def ask(point):
            put(point, weights)
            with torch.enable_grad():
                losses.append(closure())

        def gradient(point):
            ask(point)
            return gradients(weights)

        theta = flat(weights)
        if not state:
            state["t"] = 0
            state["z"] = theta
        state["t"] += 1
        t = theta.new_tensor(state["t"])
        z = state["z"]
        learning_rate, momentum = group["lr"], group["momentum"]
        y = (1 - momentum) * z + momentum * theta
        z = z - learning_rate * gradient(y)
        theta = (1 - 1 / t) * theta + z / t
        state.update(z=z)
        put(theta, weights)
        return losses[0]


# name, rule, make, parameters
racers = [
    ("Adam", "Rule", AdamEdited, dict(lr=0.1, beta_1=0.9, beta_2=0.999, epsilon=1e-8)),
    ("Nadam", "Rule", NadamEdited, dict(lr=0.1, beta_1=0.9, beta_2=0.999, epsilon=1e-8, psi=0.004)),
    ("Adadelta", "Rule", AdadeltaEdited, dict(lr=1.0, rho=0.9, epsilon=0.01)),
    ("Nesterov", "Rule", NesterovEdited, dict(lr=0.0005, momentum=0.9)),
    ("Schedule-free", "Rule", ScheduleFreeEdited, dict(lr=0.001, momentum=0.9)),
]

write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = torch.tensor([-1.5, 2.0], requires_grad=True)
    optimizer = make([position], **parameters)
    for step in range(100 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value = loss(position).detach()
        write([name, rule, step, x, y, value.item()])

        def closure():
            optimizer.zero_grad()
            part = loss(position)
            part.backward()
            return part

        optimizer.step(closure)
