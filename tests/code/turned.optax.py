# A turned surface needs two lines more
# Prints the first six columns of `slalom run`. Needs optax.

import csv
import math
import sys

import jax
import jax.numpy as jnp
import optax

jax.config.update("jax_enable_x64", True)


def loss(position):
    """The surface Beale, turned by 30 degrees."""
    x, y = position
    angle = math.radians(30.0)
    s, c = math.sin(angle), math.cos(angle)
    x, y = c * x + s * y, c * y - s * x
    return (1.5 - x + x * y)**2 + (2.25 - x + x * y**2)**2 + (2.625 - x + x * y**3)**2


loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])

optimizer = optax.adam(learning_rate=0.1, b1=0.9, b2=0.999, eps=1e-8)
update = jax.jit(optimizer.update)
position = jnp.array([-1.0, -1.0])
state = optimizer.init(position)
for step in range(120 + 1):
    x, y = position.tolist()
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
    value, gradient = loss_and_gradient(position)
    write(["Adam", "Adam", step, x, y, value.item()])
    updates, state = update(gradient, state, position)
    position = optax.apply_updates(position, updates)
