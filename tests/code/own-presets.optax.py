# Rules of one's own
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


def cosine(step, start, end, steps):
    """From `start` to `end` in `steps` steps."""
    angle = jnp.pi * jnp.minimum(step, steps) / steps
    return end + (start - end) * (1 + jnp.cos(angle)) / 2


class AdamWithAPowerPState(NamedTuple):
    """What `adam_with_a_power_p` keeps from step to step."""

    count: jax.Array
    m: optax.Params
    v: optax.Params


def adam_with_a_power_p(learning_rate=0.1, beta_1=0.9, beta_2=0.999, p=0.25, epsilon=1e-8):
    """Adam with a power p:

    m ← β₁·m + (1 − β₁)·g
    v ← β₂·v + (1 − β₂)·g²
    m_hat = m/(1 − β₁^t)
    v_hat = v/(1 − β₂^t)
    θ ← θ − learning_rate·m_hat/(v_hat^p + ε)
    """

    def init(params):
        return AdamWithAPowerPState(
            count=jnp.zeros([], int),
            m=optax.tree.zeros_like(params),
            v=optax.tree.zeros_like(params),
        )

    def update(updates, state, params):
        theta, g = params, updates
        count = optax.safe_increment(state.count)
        t = count.astype(float)
        m, v = state.m, state.v
        m = jax.tree.map(lambda m, g: beta_1 * m + (1 - beta_1) * g, m, g)
        v = jax.tree.map(lambda v, g: beta_2 * v + (1 - beta_2) * g**2, v, g)
        m_hat = jax.tree.map(lambda m: m / (1 - beta_1**t), m)
        v_hat = jax.tree.map(lambda v: v / (1 - beta_2**t), v)
        theta = jax.tree.map(
            lambda theta, m_hat, v_hat: theta - learning_rate * m_hat / (v_hat**p + epsilon),
            theta,
            m_hat,
            v_hat,
        )
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, AdamWithAPowerPState(count=count, m=m, v=v)

    return optax.GradientTransformation(init, update)


class SignDescentState(NamedTuple):
    """What `sign_descent` keeps from step to step."""

    m: optax.Params


def sign_descent(learning_rate=0.06, beta=0.9):
    """Sign descent:

    m ← β·m + (1 − β)·g
    θ ← θ − learning_rate·sign(m)
    """

    def init(params):
        return SignDescentState(m=optax.tree.zeros_like(params))

    def update(updates, state, params):
        theta, g = params, updates
        m = state.m
        m = jax.tree.map(lambda m, g: beta * m + (1 - beta) * g, m, g)
        theta = jax.tree.map(lambda theta, m: theta - learning_rate * jnp.sign(m), theta, m)
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, SignDescentState(m=m)

    return optax.GradientTransformation(init, update)


class HeavyBallState(NamedTuple):
    """What `heavy_ball` keeps from step to step."""

    v: optax.Params


def heavy_ball(learning_rate=0.01, momentum=0.9):
    """Heavy ball:

    v ← momentum·v + learning_rate·g
    θ ← θ − v
    """

    def init(params):
        return HeavyBallState(v=optax.tree.zeros_like(params))

    def update(updates, state, params):
        theta, g = params, updates
        v = state.v
        v = jax.tree.map(lambda v, g: momentum * v + learning_rate * g, v, g)
        theta = jax.tree.map(lambda theta, v: theta - v, theta, v)
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, HeavyBallState(v=v)

    return optax.GradientTransformation(init, update)


class HeavyBallThatLetsGoState(NamedTuple):
    """What `heavy_ball_that_lets_go` keeps from step to step."""

    v: optax.Params


def heavy_ball_that_lets_go(learning_rate=0.01, momentum=0.9):
    """Heavy ball that lets go:

    s = dot(v, g)
    v ← if(s < 0, 0, momentum)·v + learning_rate·g
    θ ← θ − v
    """

    def init(params):
        return HeavyBallThatLetsGoState(v=optax.tree.zeros_like(params))

    def update(updates, state, params):
        theta, g = params, updates
        v = state.v
        s = optax.tree.vdot(v, g)
        v = jax.tree.map(lambda v, g: jnp.where(s < 0, 0.0, momentum) * v + learning_rate * g, v, g)
        theta = jax.tree.map(lambda theta, v: theta - v, theta, v)
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, HeavyBallThatLetsGoState(v=v)

    return optax.GradientTransformation(init, update)


class HeavyBall2State(NamedTuple):
    """What `heavy_ball_2` keeps from step to step."""

    v: optax.Params


def heavy_ball_2(learning_rate=0.01, momentum=0.9):
    """Heavy ball:

    v ← momentum·v + g
    θ ← θ − learning_rate·v
    """

    def init(params):
        return HeavyBall2State(v=optax.tree.zeros_like(params))

    def update(updates, state, params):
        theta, g = params, updates
        v = state.v
        v = jax.tree.map(lambda v, g: momentum * v + g, v, g)
        theta = jax.tree.map(lambda theta, v: theta - learning_rate * v, theta, v)
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, HeavyBall2State(v=v)

    return optax.GradientTransformation(init, update)


# name, rule, optimizer
racers = [
    ("Adam", "Adam", optax.adam(learning_rate=0.1, b1=0.9, b2=0.999, eps=1e-8)),
    (
        "p = 1/4",
        "Rule",
        adam_with_a_power_p(learning_rate=0.1, beta_1=0.9, beta_2=0.999, p=0.25, epsilon=1e-8),
    ),
    (
        "p = 0",
        "Rule",
        adam_with_a_power_p(learning_rate=0.1, beta_1=0.9, beta_2=0.999, p=0.0, epsilon=1e-8),
    ),
    (
        "Sign",
        "Rule",
        optax.inject_hyperparams(sign_descent)(
            learning_rate=lambda step: cosine(step, 0.06, 0.0, 120),
            beta=0.9,
        ),
    ),
    (
        "Heavy ball",
        "Rule",
        optax.inject_hyperparams(heavy_ball)(
            learning_rate=lambda step: jnp.where(step < 60, 0.01, 0.02),
            momentum=lambda step: jnp.where(step < 20, 0.9, 0.5),
        ),
    ),
    ("Lets go", "Rule", heavy_ball_that_lets_go(learning_rate=0.01, momentum=0.9)),
    ("Heavy ball, too", "Rule", heavy_ball_2(learning_rate=0.01, momentum=0.9)),
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, optimizer in racers:
    update = jax.jit(optimizer.update)
    position = jnp.array([-4.5, 1.5])
    state = optimizer.init(position)
    for step in range(120 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(position)
        write([name, rule, step, x, y, value.item()])
        updates, state = update(gradient, state, position)
        position = optax.apply_updates(position, updates)
