# Every function
# Prints the first six columns of `slalom run`. Needs optax.

import csv
import math
import sys
from typing import NamedTuple

import jax
import jax.numpy as jnp
import optax

jax.config.update("jax_enable_x64", True)


def loss(position):
    """The surface Long valley."""
    x, y = position
    return (x**2 + 50 * y**2) / 2


class EveryFunctionState(NamedTuple):
    """What `every_function` keeps from step to step."""

    count: jax.Array


def every_function(learning_rate=0.05, a=0.3, k=2.0):
    """Every function:

    u = sin(g) + cos(g) + 0.1tan(a·θ) + asin(tanh(g)) + acos(tanh(θ)) + atan(g)
    w = sinh(tanh(g)) + cosh(tanh(g)) + asinh(g) + acosh(1 + |g|) + atanh(0.5tanh(g)) + exp(−g²) + log(1 + g²) + log10(2 + g²) + log2(2 + g²)
    x = √(|g|) + ∛(g) + sign(g) + floor(10θ) + ceil(10θ) + sigmoid(g) + softplus(g) + relu(g) + erf(g)
    y = min(u, w) + max(u, w, 0) + atan2(g, k) + hypot(g, a) + mod(g, k) + sum(i, 1, 3, i·θ^i/(i + 1)) + if(g < 0, 1, if(t == 3, a, π))
    s = √a + sigmoid(k) + max(a, 0.1, k) + k^a + a/k + 1/(k − 1) + hypot(a, 3) + erf(a) + if(a > k, 1, 2)
    θ ← θ − learning_rate·(tanh(g) + 0.01tanh(u + w + x + y + s))
    """
    a = jnp.asarray(a, float)
    k = jnp.asarray(k, float)

    def init(params):
        return EveryFunctionState(count=jnp.zeros([], int))

    def update(updates, state, params):
        theta, g = params, updates
        count = optax.safe_increment(state.count)
        t = count.astype(float)
        u = jax.tree.map(
            lambda g, theta: jnp.sin(g) + jnp.cos(g) + 0.1 * jnp.tan(a * theta) + jnp.arcsin(jnp.tanh(g)) + jnp.arccos(jnp.tanh(theta)) + jnp.arctan(g),
            g,
            theta,
        )
        w = jax.tree.map(
            lambda g: jnp.sinh(jnp.tanh(g)) + jnp.cosh(jnp.tanh(g)) + jnp.arcsinh(g) + jnp.arccosh(1 + jnp.abs(g)) + jnp.arctanh(0.5 * jnp.tanh(g)) + jnp.exp(-g**2) + jnp.log(1 + g**2) + jnp.log10(2 + g**2) + jnp.log2(2 + g**2),
            g,
        )
        x = jax.tree.map(
            lambda g, theta: jnp.sqrt(jnp.abs(g)) + jnp.cbrt(g) + jnp.sign(g) + jnp.floor(10 * theta) + jnp.ceil(10 * theta) + jax.nn.sigmoid(g) + jax.nn.softplus(g) + jax.nn.relu(g) + jax.scipy.special.erf(g),
            g,
            theta,
        )
        y = jax.tree.map(
            lambda u, w, g, theta: jnp.minimum(u, w) + jnp.maximum(jnp.maximum(u, w), 0.0) + jnp.arctan2(g, k) + jnp.hypot(g, a) + g % k + sum(i * theta**i / (i + 1) for i in range(1, 4)) + jnp.where(g < 0, 1.0, jnp.where(t == 3, a, math.pi)),
            u,
            w,
            g,
            theta,
        )
        s = jnp.sqrt(a) + jax.nn.sigmoid(k) + jnp.maximum(jnp.maximum(a, 0.1), k) + k**a + a / k + 1 / (k - 1) + jnp.hypot(a, 3.0) + jax.scipy.special.erf(a) + jnp.where(a > k, 1.0, 2.0)
        theta = jax.tree.map(
            lambda theta, g, u, w, x, y: theta - learning_rate * (jnp.tanh(g) + 0.01 * jnp.tanh(u + w + x + y + s)),
            theta,
            g,
            u,
            w,
            x,
            y,
        )
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, EveryFunctionState(count=count)

    return optax.GradientTransformation(init, update)


class OwnClassState(NamedTuple):
    """What `own_class` keeps from step to step."""

    count: jax.Array
    count_: jax.Array
    self_: optax.Params
    k: optax.Params
    w: jax.Array


def own_class(learning_rate=0.01, lambda_=0.1, lr=0.5, state_=0.2, weight_decay=0.01):
    """class:

    count ← count + 1
    self ← λ·self + state·g
    k₀ = learning_rate·θ
    k ← 0.9k
    w ← 2
    θ ← θ·(1 − weight_decay) − learning_rate·(self + lr·count/t·g) − 0.01k·w
    """

    def init(params):
        theta = params
        k = jax.tree.map(lambda theta: learning_rate * theta, theta)
        return OwnClassState(
            count=jnp.zeros([], int),
            count_=jnp.zeros([]),
            self_=optax.tree.zeros_like(params),
            k=k,
            w=jnp.zeros([]),
        )

    def update(updates, state, params):
        theta, g = params, updates
        count = optax.safe_increment(state.count)
        t = count.astype(float)
        count_, self_, k = state.count_, state.self_, state.k
        count_ = count_ + 1
        self_ = jax.tree.map(lambda self_, g: lambda_ * self_ + state_ * g, self_, g)
        k = jax.tree.map(lambda k: 0.9 * k, k)
        w = jnp.asarray(2.0, float)
        theta = jax.tree.map(
            lambda theta, self_, g, k: theta * (1 - weight_decay) - learning_rate * (self_ + lr * count_ / t * g) - 0.01 * k * w,
            theta,
            self_,
            g,
            k,
        )
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, OwnClassState(count=count, count_=count_, self_=self_, k=k, w=w)

    return optax.GradientTransformation(init, update)


class Rule2OfMineState(NamedTuple):
    """What `rule_2_of_mine` keeps from step to step."""

    count: jax.Array
    r: jax.Array
    v: optax.Params


def rule_2_of_mine(learning_rate=0.01):
    """Rule 2 of 'mine':

    r₀ = 1/3
    c = 1000·2⁶⁰
    r ← if(t > 20, 2, r)
    v ← 3
    v ← v + g·√(2)
    θ ← θ − learning_rate·v·r + 1/c
    """

    def init(params):
        r = jnp.asarray(0.3333333333333333, float)
        return Rule2OfMineState(
            count=jnp.zeros([], int),
            r=r,
            v=optax.tree.zeros_like(params),
        )

    def update(updates, state, params):
        theta, g = params, updates
        count = optax.safe_increment(state.count)
        t = count.astype(float)
        r = state.r
        c = jnp.asarray(1.152921504606847e21, float)
        r = jnp.where(t > 20, 2.0, r)
        v = jax.tree.map(lambda theta: jnp.full_like(theta, 3.0), theta)
        v = jax.tree.map(lambda v, g: v + g * 1.4142135623730951, v, g)
        theta = jax.tree.map(lambda theta, v: theta - learning_rate * v * r + 1 / c, theta, v)
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, Rule2OfMineState(count=count, r=r, v=v)

    return optax.GradientTransformation(init, update)


def at_0(learning_rate=0.01, zero=0.0):
    """At 0:

    inverse = 1/zero
    h = min(inverse, 1) + 1/zero²·0
    n = if(h == h, 5, 1)
    θ ← θ − learning_rate·n·g − sign(zero)
    """
    zero = jnp.asarray(zero, float)

    def init(params):
        return optax.EmptyState()

    def update(updates, state, params):
        theta, g = params, updates
        inverse = 1 / zero
        h = jnp.minimum(inverse, 1.0) + 1 / zero**2 * 0
        n = jnp.where(h == h, 5.0, 1.0)
        theta = jax.tree.map(
            lambda theta, g: theta - learning_rate * n * g - jnp.sign(zero),
            theta,
            g,
        )
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, optax.EmptyState()

    return optax.GradientTransformation(init, update)


# name, rule, optimizer
racers = [
    ("Functions", "Rule", every_function(learning_rate=0.05, a=0.3, k=2.0)),
    (
        "lambda",
        "Rule",
        own_class(learning_rate=0.01, lambda_=0.1, lr=0.5, state_=0.2, weight_decay=0.01),
    ),
    ("Constants", "Rule", rule_2_of_mine(learning_rate=0.01)),
    ("At 0", "Rule", at_0(learning_rate=0.01, zero=0.0)),
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, optimizer in racers:
    update = jax.jit(optimizer.update)
    position = jnp.array([-1.5, 0.7])
    state = optimizer.init(position)
    for step in range(40 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(position)
        write([name, rule, step, x, y, value.item()])
        updates, state = update(gradient, state, position)
        position = optax.apply_updates(position, updates)
