# Every rule in the forms of the paper and of the libraries
# Prints the first six columns of `slalom run`. Needs optax.

import csv
import math
import sys

import jax
import jax.numpy as jnp
import optax

jax.config.update("jax_enable_x64", True)


def loss(position):
    """The surface Himmelblau."""
    x, y = position
    return (x**2 + y - 11)**2 + (x + y**2 - 7)**2


# name, rule, optimizer
racers = [
    ("GradientDescent", "GradientDescent", optax.sgd(learning_rate=0.001)),
    ("Momentum, scaled", "Momentum", optax.sgd(learning_rate=0.002, momentum=0.9)),
    ("Momentum, unscaled", "Momentum", optax.sgd(learning_rate=0.002, momentum=0.9)),
    # "Momentum, damped" is left out: Optax' sgd has no dampening.
    ("Momentum 0", "Momentum", optax.sgd(learning_rate=0.002)),
    # "Nesterov, look-ahead" is left out: no library asks for the gradient at the look-ahead point; all have form: Reformulated.
    (
        "Nesterov, reformulated",
        "Nesterov",
        optax.sgd(learning_rate=0.002, momentum=0.9, nesterov=True),
    ),
    ("Nesterov 0", "Nesterov", optax.sgd(learning_rate=0.002)),
    (
        "Adagrad, inside",
        "Adagrad",
        optax.adagrad(learning_rate=0.5, initial_accumulator_value=0.0, eps=1e-8),
    ),
    # "Adagrad, outside" is left out: Optax' adagrad adds epsilon inside of the root only.
    (
        "Adagrad, from 0.1",
        "Adagrad",
        optax.adagrad(learning_rate=0.5, initial_accumulator_value=0.1, eps=1e-7),
    ),
    # "Adagrad, decaying" is left out: Optax' adagrad has no learning_rate_decay.
    # "Adagrad, full" is left out: no library has Adagrad with the full matrix.
    # "Adagrad without epsilon" is left out: Optax' adagrad takes 0/0 for 0, which epsilon 0 can lead to.
    ("Adadelta", "Adadelta", optax.adadelta(learning_rate=5.0, rho=0.95, eps=1e-6)),
    ("RMSProp, inside", "RMSProp", optax.rmsprop(learning_rate=0.04, decay=0.9, eps=0.0001)),
    (
        "RMSProp, outside",
        "RMSProp",
        optax.rmsprop(learning_rate=0.04, decay=0.9, eps=0.01, eps_in_sqrt=False),
    ),
    # Where rounding makes the variance negative, this gives NaN, and Slalom takes 0.
    (
        "RMSProp, centered",
        "RMSProp",
        optax.rmsprop(learning_rate=0.04, decay=0.9, eps=0.01, centered=True),
    ),
    # "RMSProp, centered around nothing" is left out: with rho 0 there is no variance, and the libraries divide by rounding errors.
    (
        "RMSProp with momentum",
        "RMSProp",
        optax.rmsprop(learning_rate=0.005, decay=0.9, eps=0.01, momentum=0.5),
    ),
    ("Adam", "Adam", optax.adam(learning_rate=0.1, b1=0.9, b2=0.999, eps=1e-8)),
    # Optax adds eps after v's bias is corrected, and here it is added before.
    (
        "Adam, epsilon hat",
        "Adam",
        optax.inject_hyperparams(optax.adam)(
            learning_rate=0.1,
            b1=0.9,
            b2=0.999,
            eps=lambda step: 1e-7 / jnp.sqrt(1 - 0.999 ** (step + 1)),
        ),
    ),
    ("Adam without epsilon", "Adam", optax.adam(learning_rate=0.1, b1=0.9, b2=0.999, eps=0.0)),
    (
        "AdamW",
        "Adam",
        optax.adamw(learning_rate=0.1, b1=0.9, b2=0.999, eps=1e-8, weight_decay=0.01),
    ),
    # "AMSGrad, raw" is left out: Optax' amsgrad keeps the maximum after the bias is corrected.
    ("AMSGrad, corrected", "Adam", optax.amsgrad(learning_rate=0.1, b1=0.9, b2=0.999, eps=1e-8)),
    (
        "AMSGrad, corrected, with decay",
        "Adam",
        optax.chain(
            optax.scale_by_amsgrad(b1=0.9, b2=0.999, eps=1e-8),
            optax.add_decayed_weights(weight_decay=0.01),
            optax.scale_by_learning_rate(learning_rate=0.1),
        ),
    ),
    # "Adam, uncorrected" is left out: no library can switch Adam's bias correction off.
    # "Nadam, PyTorch" is left out: Optax' nadam has a constant momentum, and here it warms up.
    # "Nadam, Keras" is left out: Optax' nadam has a constant momentum, and here it warms up.
    ("Nadam, Optax", "Nadam", optax.nadam(learning_rate=0.1, b1=0.9, b2=0.999, eps=1e-8)),
    # "Nadam, simplified" is left out: no library has Nadam with the simplified momentum.
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, optimizer in racers:
    update = jax.jit(optimizer.update)
    position = jnp.array([-0.5, -1.0])
    state = optimizer.init(position)
    for step in range(60 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(position)
        write([name, rule, step, x, y, value.item()])
        updates, state = update(gradient, state, position)
        position = optax.apply_updates(position, updates)
