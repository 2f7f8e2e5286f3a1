# Ackley from its tip, where it has no slope
# Prints the first six columns of `slalom run`. Needs optax.

import csv
import math
import sys

import jax
import jax.numpy as jnp
import optax
from jax.numpy import cos, e, exp, pi, sqrt, where

jax.config.update("jax_enable_x64", True)


def root(x):
    """The square root, level at 0."""
    return where(x == 0, 0.0, sqrt(where(x == 0, 1.0, x)))


def loss(position):
    """The surface Ackley, turned by 30 degrees."""
    x, y = position
    angle = math.radians(30.0)
    s, c = math.sin(angle), math.cos(angle)
    x, y = c * x + s * y, c * y - s * x
    return -20 * exp(-0.2 * root((x**2 + y**2) / 2)) - exp((cos(2 * pi * x) + cos(2 * pi * y)) / 2) + e + 20


# Numbers of the standard normal distribution that Slalom drew with seed 0.
normals = jnp.array([
    (0.5027293137632659, -0.6571498676861746), (-0.3360919139728269, -1.062833687342243),
    (-0.34249720704077186, -1.187641719980313), (0.01000218625764726, -1.068005162554105),
    (1.1583819144725658, 0.5141816872046163),
])


# name, rule, optimizer, sigma
racers = [
    ("Adam", "Adam", optax.adam(learning_rate=0.1, b1=0.9, b2=0.999, eps=1e-8), 0.0),
    ("Momentum", "Momentum", optax.sgd(learning_rate=0.1, momentum=0.9), 0.1),
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, optimizer, sigma in racers:
    update = jax.jit(optimizer.update)
    position = jnp.array([0.0, 0.0])
    state = optimizer.init(position)
    for step in range(5 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(position)
        gradient += sigma * normals[step % len(normals)]
        write([name, rule, step, x, y, value.item()])
        updates, state = update(gradient, state, position)
        position = optax.apply_updates(position, updates)
