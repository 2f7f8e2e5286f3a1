# Every function
# Prints the first six columns of `slalom run`. Needs keras and jax.

import csv
import math
import os
import sys

os.environ["KERAS_BACKEND"] = "jax"  # Keras looks at it when it is imported

import jax
import keras

jax.config.update("jax_enable_x64", True)
keras.config.set_floatx("float64")


def loss(position):
    """The surface Long valley."""
    x, y = position
    return (x**2 + 50 * y**2) / 2


def cube_root(x):
    """The real cube root."""
    return keras.ops.sign(x) * keras.ops.abs(x) ** (1 / 3)


class EveryFunction(keras.optimizers.Optimizer):
    """Every function:

    u = sin(g) + cos(g) + 0.1tan(a·θ) + asin(tanh(g)) + acos(tanh(θ)) + atan(g)
    w = sinh(tanh(g)) + cosh(tanh(g)) + asinh(g) + acosh(1 + |g|) + atanh(0.5tanh(g)) + exp(−g²) + log(1 + g²) + log10(2 + g²) + log2(2 + g²)
    x = √(|g|) + ∛(g) + sign(g) + floor(10θ) + ceil(10θ) + sigmoid(g) + softplus(g) + relu(g) + erf(g)
    y = min(u, w) + max(u, w, 0) + atan2(g, k) + hypot(g, a) + mod(g, k) + sum(i, 1, 3, i·θ^i/(i + 1)) + if(g < 0, 1, if(t == 3, a, π))
    s = √a + sigmoid(k) + max(a, 0.1, k) + k^a + a/k + 1/(k − 1) + hypot(a, 3) + erf(a) + if(a > k, 1, 2)
    θ ← θ − learning_rate·(tanh(g) + 0.01tanh(u + w + x + y + s))

    The functions of jax.numpy are those that keras.ops computes in 32 bits.
    """

    def __init__(self, learning_rate=0.05, a=0.3, k=2.0, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.a = a
        self.k = k

    def update_step(self, gradient, variable, learning_rate):
        theta, g = variable.value, keras.ops.cast(gradient, variable.dtype)
        t = keras.ops.cast(self.iterations + 1, theta.dtype)
        learning_rate = keras.ops.cast(learning_rate, theta.dtype)
        a = keras.ops.cast(self.a, theta.dtype)
        k = keras.ops.cast(self.k, theta.dtype)
        u = jax.numpy.sin(g) + jax.numpy.cos(g) + 0.1 * jax.numpy.tan(a * theta) + jax.numpy.arcsin(jax.numpy.tanh(g)) + jax.numpy.arccos(jax.numpy.tanh(theta)) + jax.numpy.arctan(g)
        w = jax.numpy.sinh(jax.numpy.tanh(g)) + jax.numpy.cosh(jax.numpy.tanh(g)) + jax.numpy.arcsinh(g) + jax.numpy.arccosh(1 + keras.ops.abs(g)) + jax.numpy.arctanh(0.5 * jax.numpy.tanh(g)) + keras.ops.exp(-g**2) + keras.ops.log(1 + g**2) + keras.ops.log10(2 + g**2) + keras.ops.log2(2 + g**2)
        x = keras.ops.sqrt(keras.ops.abs(g)) + cube_root(g) + keras.ops.sign(g) + jax.numpy.floor(10 * theta) + jax.numpy.ceil(10 * theta) + keras.ops.sigmoid(g) + keras.ops.softplus(g) + keras.ops.relu(g) + keras.ops.erf(g)
        y = keras.ops.minimum(u, w) + keras.ops.maximum(keras.ops.maximum(u, w), 0.0) + jax.numpy.arctan2(g, k) + keras.ops.hypot(g, a) + g % k + sum(i * theta**i / (i + 1) for i in range(1, 4)) + keras.ops.where(g < 0, 1.0, keras.ops.where(t == 3, a, math.pi))
        s = keras.ops.sqrt(a) + keras.ops.sigmoid(k) + keras.ops.maximum(keras.ops.maximum(a, 0.1), k) + k**a + a / k + 1 / (k - 1) + keras.ops.hypot(a, 3.0) + keras.ops.erf(a) + keras.ops.where(a > k, 1.0, 2.0)
        theta = theta - learning_rate * (jax.numpy.tanh(g) + 0.01 * jax.numpy.tanh(u + w + x + y + s))
        variable.assign(theta)

    def get_config(self):
        return {**super().get_config(), "a": self.a, "k": self.k}


class Class(keras.optimizers.Optimizer):
    """class:

    count ← count + 1
    self ← λ·self + state·g
    k₀ = learning_rate·θ
    k ← 0.9k
    w ← 2
    θ ← θ·(1 − weight_decay) − learning_rate·(self + lr·count/t·g) − 0.01k·w
    """

    def __init__(self, learning_rate=0.01, lambda_=0.1, lr=0.5, state=0.2, weight_decay_=0.01, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.lambda_ = lambda_
        self.lr = lr
        self.state = state
        self.weight_decay_ = weight_decay_

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        self.count = [self.add_variable((), "zeros", each.dtype, name="count") for each in variables]
        self.self_ = [self.add_variable_from_reference(each, "self_") for each in variables]
        self.k = [self.add_variable_from_reference(each, "k") for each in variables]
        self.w = [self.add_variable((), "zeros", each.dtype, name="w") for each in variables]
        for index, variable in enumerate(variables):
            theta = variable.value
            learning_rate = keras.ops.cast(self.learning_rate, theta.dtype)
            self.k[index].assign(learning_rate * theta)

    def update_step(self, gradient, variable, learning_rate):
        index = self._get_variable_index(variable)
        theta, g = variable.value, keras.ops.cast(gradient, variable.dtype)
        t = keras.ops.cast(self.iterations + 1, theta.dtype)
        learning_rate = keras.ops.cast(learning_rate, theta.dtype)
        lambda_, lr, state, weight_decay_ = self.lambda_, self.lr, self.state, self.weight_decay_
        count, self_, k = self.count[index].value, self.self_[index].value, self.k[index].value
        count = count + 1
        self_ = lambda_ * self_ + state * g
        k = 0.9 * k
        w = keras.ops.cast(2.0, theta.dtype)
        theta = theta * (1 - weight_decay_) - learning_rate * (self_ + lr * count / t * g) - 0.01 * k * w
        self.count[index].assign(count)
        self.self_[index].assign(self_)
        self.k[index].assign(k)
        self.w[index].assign(w)
        variable.assign(theta)

    def get_config(self):
        return {
            **super().get_config(),
            "lambda_": self.lambda_,
            "lr": self.lr,
            "state": self.state,
            "weight_decay_": self.weight_decay_,
        }


class Rule2OfMine(keras.optimizers.Optimizer):
    """Rule 2 of 'mine':

    r₀ = 1/3
    c = 1000·2⁶⁰
    r ← if(t > 20, 2, r)
    v ← 3
    v ← v + g·√(2)
    θ ← θ − learning_rate·v·r + 1/c
    """

    def __init__(self, learning_rate=0.01, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        self.r = [self.add_variable((), "zeros", each.dtype, name="r") for each in variables]
        self.v = [self.add_variable_from_reference(each, "v") for each in variables]
        for index, variable in enumerate(variables):
            theta = variable.value
            self.r[index].assign(keras.ops.cast(0.3333333333333333, theta.dtype))

    def update_step(self, gradient, variable, learning_rate):
        index = self._get_variable_index(variable)
        theta, g = variable.value, keras.ops.cast(gradient, variable.dtype)
        t = keras.ops.cast(self.iterations + 1, theta.dtype)
        learning_rate = keras.ops.cast(learning_rate, theta.dtype)
        r = self.r[index].value
        c = keras.ops.cast(1.152921504606847e21, theta.dtype)
        r = keras.ops.where(t > 20, 2.0, r)
        v = keras.ops.full_like(theta, 3.0)
        v = v + g * 1.4142135623730951
        theta = theta - learning_rate * v * r + 1 / c
        self.r[index].assign(r)
        self.v[index].assign(v)
        variable.assign(theta)


class At0(keras.optimizers.Optimizer):
    """At 0:

    inverse = 1/zero
    h = min(inverse, 1) + 1/zero²·0
    n = if(h == h, 5, 1)
    θ ← θ − learning_rate·n·g − sign(zero)
    """

    def __init__(self, learning_rate=0.01, zero=0.0, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.zero = zero

    def update_step(self, gradient, variable, learning_rate):
        theta, g = variable.value, keras.ops.cast(gradient, variable.dtype)
        learning_rate = keras.ops.cast(learning_rate, theta.dtype)
        zero = keras.ops.cast(self.zero, theta.dtype)
        inverse = 1 / zero
        h = keras.ops.minimum(inverse, 1.0) + 1 / zero**2 * 0
        n = keras.ops.where(h == h, 5.0, 1.0)
        theta = theta - learning_rate * n * g - keras.ops.sign(zero)
        variable.assign(theta)

    def get_config(self):
        return {**super().get_config(), "zero": self.zero}


# name, rule, make, parameters
racers = [
    ("Functions", "Rule", EveryFunction, dict(learning_rate=0.05, a=0.3, k=2.0)),
    (
        "lambda",
        "Rule",
        Class,
        dict(learning_rate=0.01, lambda_=0.1, lr=0.5, state=0.2, weight_decay_=0.01),
    ),
    ("Constants", "Rule", Rule2OfMine, dict(learning_rate=0.01)),
    ("At 0", "Rule", At0, dict(learning_rate=0.01, zero=0.0)),
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = keras.Variable([-1.5, 0.7])
    optimizer = make(**parameters)
    for step in range(40 + 1):
        x, y = position.numpy().tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(position.value)
        write([name, rule, step, x, y, value.item()])
        optimizer.apply([gradient], [position])
