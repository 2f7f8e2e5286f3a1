# A long valley, turned the other way
# Prints the first six columns of `slalom run`. Needs optax.

import csv
import math
import sys

import jax
import jax.numpy as jnp
import optax

jax.config.update("jax_enable_x64", True)


def loss(position):
    """The surface Long valley of condition number 200, turned by -12.5 degrees."""
    x, y = position
    angle = math.radians(-12.5)
    s, c = math.sin(angle), math.cos(angle)
    x, y = c * x + s * y, c * y - s * x
    y = math.sqrt(200.0 / 50.0) * y
    return (x**2 + 50 * y**2) / 2


# name, rule, optimizer
racers = [
    ("GradientDescent", "GradientDescent", optax.sgd(learning_rate=0.009)),
    ("Adam", "Adam", optax.adam(learning_rate=0.1, b1=0.9, b2=0.999, eps=1e-8)),
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, optimizer in racers:
    update = jax.jit(optimizer.update)
    position = jnp.array([-4.5, 1.0])
    state = optimizer.init(position)
    for step in range(100 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(position)
        write([name, rule, step, x, y, value.item()])
        updates, state = update(gradient, state, position)
        position = optax.apply_updates(position, updates)
