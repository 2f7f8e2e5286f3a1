"""Writes horizons.csv: races in 60 digits, as their positions after every step.

Hyper-parameters, starts and the constants of the surfaces are doubles, as in a race. Run it with
mpmath installed, in this folder: python horizons.py > horizons.csv
"""

import math

import mpmath
from mpmath import cos, exp, mpf, sin, sqrt

mpmath.mp.dps = 60

TAU = mpf(math.tau)


def beale(x, y):
    a, b, c = (mpf(v) - x + x * y**k for v, k in ((1.5, 1), (2.25, 2), (2.625, 3)))
    return (
        2 * (a * (y - 1) + b * (y**2 - 1) + c * (y**3 - 1)),
        2 * (a * x + b * 2 * x * y + c * 3 * x * y**2),
    )


def rosenbrock(x, y):
    return 2 * (x - 1) - 400 * x * (y - x * x), 200 * (y - x * x)


def himmelblau(x, y):
    a, b = x * x + y - 11, x + y * y - 7
    return 4 * x * a + 2 * b, 2 * a + 4 * y * b


def rastrigin(x, y):
    return tuple(2 * u + 10 * TAU * sin(TAU * u) for u in (x, y))


def ackley(x, y):
    root = sqrt((x * x + y * y) / 2)
    cone = -20 * exp(mpf(-0.2) * root)
    ripples = exp((cos(TAU * x) + cos(TAU * y)) / 2)
    return tuple(
        cone * mpf(-0.2) * u / (2 * root) + ripples * TAU * sin(TAU * u) / 2 for u in (x, y)
    )


class Each:
    """A rule that treats both coordinates alike."""

    def begin(self):
        self.states = [self.state(), self.state()]

    def step(self, at, gradient, t):
        both = zip(at, gradient, self.states)
        return [x - self.move(g, state, t) for x, g, state in both]


class RMSProp(Each):
    def __init__(self, rate, rho, epsilon):
        self.rate, self.rho, self.epsilon = mpf(rate), mpf(rho), mpf(epsilon)

    def state(self):
        return [mpf(0)]

    def move(self, g, state, t):
        state[0] = self.rho * state[0] + (1 - self.rho) * g * g
        return self.rate * g / sqrt(state[0] + self.epsilon)


class Momentum(Each):
    def __init__(self, rate, momentum):
        self.rate, self.momentum = mpf(rate), mpf(momentum)

    def state(self):
        return [mpf(0)]

    def move(self, g, state, t):
        state[0] = self.momentum * state[0] + self.rate * g
        return state[0]


class Adadelta(Each):
    def __init__(self, rate, rho, epsilon):
        self.rate, self.rho, self.epsilon = mpf(rate), mpf(rho), mpf(epsilon)

    def state(self):
        return [mpf(0), mpf(0)]

    def move(self, g, state, t):
        state[0] = self.rho * state[0] + (1 - self.rho) * g * g
        update = sqrt(state[1] + self.epsilon) / sqrt(state[0] + self.epsilon) * g
        state[1] = self.rho * state[1] + (1 - self.rho) * update * update
        return self.rate * update


class Adam(Each):
    def __init__(self, rate, beta_1, beta_2, epsilon):
        self.rate, self.epsilon = mpf(rate), mpf(epsilon)
        self.beta_1, self.beta_2 = mpf(beta_1), mpf(beta_2)

    def state(self):
        return [mpf(0), mpf(0)]

    def averages(self, g, state):
        state[0] = self.beta_1 * state[0] + (1 - self.beta_1) * g
        state[1] = self.beta_2 * state[1] + (1 - self.beta_2) * g * g

    def move(self, g, state, t):
        self.averages(g, state)
        first, second = state[0] / (1 - self.beta_1**t), state[1] / (1 - self.beta_2**t)
        return self.rate * first / (sqrt(second) + self.epsilon)


class Nadam(Adam):
    """With Dozat's schedule of the momentum."""

    def __init__(self, *settings):
        super().__init__(*settings)
        self.decay = mpf(0.004)

    def state(self):
        return [mpf(0), mpf(0), mpf(1)]

    def momentum(self, t):
        return self.beta_1 * (1 - mpf(0.96) ** (t * self.decay) / 2)

    def move(self, g, state, t):
        self.averages(g, state)
        now, following = self.momentum(t), self.momentum(t + 1)
        state[2] *= now
        first = following * state[0] / (1 - state[2] * following) + (1 - now) * g / (1 - state[2])
        second = state[1] / (1 - self.beta_2**t)
        return self.rate * first / (sqrt(second) + self.epsilon)


class FullAdagrad:
    def __init__(self, rate, epsilon):
        self.rate, self.epsilon = mpf(rate), mpf(epsilon)

    def begin(self):
        self.sum = mpmath.zeros(2)

    def step(self, at, gradient, t):
        column = mpmath.matrix(gradient)
        self.sum += column * column.T
        values, vectors = mpmath.eigsy(self.sum + self.epsilon * mpmath.eye(2))
        along = vectors.T * column
        for k in range(2):
            along[k] /= sqrt(values[k])
        step = self.rate * (vectors * along)
        return [x - part for x, part in zip(at, step)]


# The surface, the start, the number of steps, and the rule.
RACES = {
    "RMSProp on Beale": (beale, (1.0, 1.6), 160, RMSProp(0.075, 0.95, 1e-8)),
    "Momentum on Rastrigin": (rastrigin, (2.2, 1.7), 50, Momentum(0.01, 0.9)),
    "Nadam on Beale": (beale, (1.0, 1.5), 100, Nadam(1.0, 0.9, 0.999, 1e-8)),
    "Full Adagrad on Rosenbrock": (rosenbrock, (-1.2, 1.0), 170, FullAdagrad(0.5, 1e-8)),
    "RMSProp on Ackley": (ackley, (2.2, 1.7), 40, RMSProp(0.3, 0.9, 1e-8)),
    "Adadelta on Rosenbrock": (rosenbrock, (-1.2, 1.0), 220, Adadelta(100.0, 0.95, 1e-6)),
    "Adam on Himmelblau": (himmelblau, (0.5, 0.5), 100, Adam(3.0, 0.9, 0.9, 1e-8)),
}

for name, (surface, start, steps, rule) in RACES.items():
    at = [mpf(part) for part in start]
    rule.begin()
    for t in range(1, steps + 1):
        at = rule.step(at, surface(*at), t)
        print(f"{name},{t},{float(at[0])!r},{float(at[1])!r}")
