# Copies
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
    """The surface Rosenbrock."""
    x, y = position
    return (1 - x)**2 + 100 * (y - x**2)**2


class AdamEditedState(NamedTuple):
    """What `adam_edited` keeps from step to step."""

    count: jax.Array
    m: optax.Params
    v: optax.Params


def adam_edited(learning_rate=0.1, beta_1=0.9, beta_2=0.999, epsilon=1e-8):
    """Adam, edited:

    m ← β₁·m + (1 − β₁)·g
    v ← β₂·v + (1 − β₂)·g²
    m_hat = m/(1 − β₁^t)
    v_hat = v/(1 − β₂^t)
    θ ← θ − learning_rate·m_hat/(√v_hat + ε)
    """

    def init(params):
        return AdamEditedState(
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
            lambda theta, m_hat, v_hat: theta - learning_rate * m_hat / (jnp.sqrt(v_hat) + epsilon),
            theta,
            m_hat,
            v_hat,
        )
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, AdamEditedState(count=count, m=m, v=v)

    return optax.GradientTransformation(init, update)


class NadamEditedState(NamedTuple):
    """What `nadam_edited` keeps from step to step."""

    count: jax.Array
    m: optax.Params
    v: optax.Params
    P: jax.Array


def nadam_edited(learning_rate=0.1, beta_1=0.9, beta_2=0.999, epsilon=1e-8, psi=0.004):
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

    def init(params):
        P = jnp.asarray(1.0, float)
        return NadamEditedState(
            count=jnp.zeros([], int),
            m=optax.tree.zeros_like(params),
            v=optax.tree.zeros_like(params),
            P=P,
        )

    def update(updates, state, params):
        theta, g = params, updates
        count = optax.safe_increment(state.count)
        t = count.astype(float)
        m, v, P = state.m, state.v, state.P
        m = jax.tree.map(lambda m, g: beta_1 * m + (1 - beta_1) * g, m, g)
        v = jax.tree.map(lambda v, g: beta_2 * v + (1 - beta_2) * g**2, v, g)
        mu_t = beta_1 * (1 - 0.5 * 0.96**(t * psi))
        mu_next = beta_1 * (1 - 0.5 * 0.96**((t + 1) * psi))
        P = P * mu_t
        m_hat = jax.tree.map(lambda m: m / (1 - P * mu_next), m)
        g_hat = jax.tree.map(lambda g: g / (1 - P), g)
        v_hat = jax.tree.map(lambda v: v / (1 - beta_2**t), v)
        theta = jax.tree.map(
            lambda theta, m_hat, g_hat, v_hat: theta - learning_rate * (mu_next * m_hat + (1 - mu_t) * g_hat) / (jnp.sqrt(v_hat) + epsilon),
            theta,
            m_hat,
            g_hat,
            v_hat,
        )
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, NadamEditedState(count=count, m=m, v=v, P=P)

    return optax.GradientTransformation(init, update)


class AdadeltaEditedState(NamedTuple):
    """What `adadelta_edited` keeps from step to step."""

    E: optax.Params
    D: optax.Params


def adadelta_edited(learning_rate=1.0, rho=0.9, epsilon=0.01):
    """Adadelta, edited:

    E ← ρ·E + (1 − ρ)·g²
    u = √(D + ε)/√(E + ε)·g
    D ← ρ·D + (1 − ρ)·u²
    θ ← θ − learning_rate·u
    """

    def init(params):
        return AdadeltaEditedState(
            E=optax.tree.zeros_like(params),
            D=optax.tree.zeros_like(params),
        )

    def update(updates, state, params):
        theta, g = params, updates
        E, D = state.E, state.D
        E = jax.tree.map(lambda E, g: rho * E + (1 - rho) * g**2, E, g)
        u = jax.tree.map(lambda D, E, g: jnp.sqrt(D + epsilon) / jnp.sqrt(E + epsilon) * g, D, E, g)
        D = jax.tree.map(lambda D, u: rho * D + (1 - rho) * u**2, D, u)
        theta = jax.tree.map(lambda theta, u: theta - learning_rate * u, theta, u)
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, AdadeltaEditedState(E=E, D=D)

    return optax.GradientTransformation(init, update)


class NesterovEditedState(NamedTuple):
    """What `nesterov_edited` keeps from step to step."""

    v: optax.Params


def nesterov_edited(learning_rate=0.0005, momentum=0.9):
    """Nesterov, edited:

    v ← momentum·v + learning_rate·gradient(θ − momentum·v)
    θ ← θ − v

    `update` is also given the functions value_fn and grad_fn of parameters.
    """

    def init(params):
        return NesterovEditedState(v=optax.tree.zeros_like(params))

    def update(updates, state, params, *, value_fn, grad_fn, **extra_args):
        theta = params
        v = state.v
        point = jax.tree.map(lambda theta, v: theta - momentum * v, theta, v)
        slope = grad_fn(point)
        v = jax.tree.map(lambda v, slope: momentum * v + learning_rate * slope, v, slope)
        theta = jax.tree.map(lambda theta, v: theta - v, theta, v)
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, NesterovEditedState(v=v)

    return optax.GradientTransformationExtraArgs(init, update)


class ScheduleFreeEditedState(NamedTuple):
    """What `schedule_free_edited` keeps from step to step."""

    count: jax.Array
    z: optax.Params


def schedule_free_edited(learning_rate=0.001, momentum=0.9):
    """Schedule-free, edited:

    z₀ = θ
    y = (1 − momentum)·z + momentum·θ
    z ← z − learning_rate·gradient(y)
    θ ← (1 − 1/t)·θ + z/t

    `update` is also given the functions value_fn and grad_fn of parameters.
    """

    def init(params):
        theta = params
        z = theta
        return ScheduleFreeEditedState(count=jnp.zeros([], int), z=z)

    def update(updates, state, params, *, value_fn, grad_fn, **extra_args):
        theta = params
        count = optax.safe_increment(state.count)
        t = count.astype(float)
        z = state.z
        y = jax.tree.map(lambda z, theta: (1 - momentum) * z + momentum * theta, z, theta)
        slope = grad_fn(y)
        z = jax.tree.map(lambda z, slope: z - learning_rate * slope, z, slope)
        theta = jax.tree.map(lambda theta, z: (1 - 1 / t) * theta + z / t, theta, z)
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, ScheduleFreeEditedState(count=count, z=z)

    return optax.GradientTransformationExtraArgs(init, update)


# name, rule, optimizer
racers = [
    ("Adam", "Rule", adam_edited(learning_rate=0.1, beta_1=0.9, beta_2=0.999, epsilon=1e-8)),
    (
        "Nadam",
        "Rule",
        nadam_edited(learning_rate=0.1, beta_1=0.9, beta_2=0.999, epsilon=1e-8, psi=0.004),
    ),
    ("Adadelta", "Rule", adadelta_edited(learning_rate=1.0, rho=0.9, epsilon=0.01)),
    ("Nesterov", "Rule", nesterov_edited(learning_rate=0.0005, momentum=0.9)),
    ("Schedule-free", "Rule", schedule_free_edited(learning_rate=0.001, momentum=0.9)),
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, optimizer in racers:
    update = optax.with_extra_args_support(optimizer).update
    position = jnp.array([-1.5, 2.0])
    state = optimizer.init(position)
    for step in range(100 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(position)
        write([name, rule, step, x, y, value.item()])

        def value_at(at):
            value, _ = loss_and_gradient(at)
            return value

        def gradient_at(at):
            _, gradient = loss_and_gradient(at)
            return gradient

        updates, state = update(gradient, state, position, value_fn=value_at, grad_fn=gradient_at)
        position = optax.apply_updates(position, updates)
