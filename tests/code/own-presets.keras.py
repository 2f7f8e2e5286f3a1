# Rules of one's own
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


def cosine(step, start, end, steps):
    """From `start` to `end` in `steps` steps."""
    angle = math.pi * min(step, steps) / steps
    return end + (start - end) * (1 + math.cos(angle)) / 2


def at(step, parameters):
    """The hyper-parameters of the update from `step` to the next."""
    return {key: value(step) if callable(value) else value for key, value in parameters.items()}


class AdamWithAPowerP(keras.optimizers.Optimizer):
    """Adam with a power p:

    m ← β₁·m + (1 − β₁)·g
    v ← β₂·v + (1 − β₂)·g²
    m_hat = m/(1 − β₁^t)
    v_hat = v/(1 − β₂^t)
    θ ← θ − learning_rate·m_hat/(v_hat^p + ε)
    """

    def __init__(self, learning_rate=0.1, beta_1=0.9, beta_2=0.999, p=0.25, epsilon=1e-8, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.p = p
        self.epsilon = epsilon

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        self.m = [self.add_variable_from_reference(each, "m") for each in variables]
        self.v = [self.add_variable_from_reference(each, "v") for each in variables]

    def update_step(self, gradient, variable, learning_rate):
        index = self._get_variable_index(variable)
        theta, g = variable.value, keras.ops.cast(gradient, variable.dtype)
        t = keras.ops.cast(self.iterations + 1, theta.dtype)
        learning_rate = keras.ops.cast(learning_rate, theta.dtype)
        beta_1, beta_2, p, epsilon = self.beta_1, self.beta_2, self.p, self.epsilon
        m, v = self.m[index].value, self.v[index].value
        m = beta_1 * m + (1 - beta_1) * g
        v = beta_2 * v + (1 - beta_2) * g**2
        m_hat = m / (1 - beta_1**t)
        v_hat = v / (1 - beta_2**t)
        theta = theta - learning_rate * m_hat / (v_hat**p + epsilon)
        self.m[index].assign(m)
        self.v[index].assign(v)
        variable.assign(theta)

    def get_config(self):
        return {
            **super().get_config(),
            "beta_1": self.beta_1,
            "beta_2": self.beta_2,
            "p": self.p,
            "epsilon": self.epsilon,
        }


class SignDescent(keras.optimizers.Optimizer):
    """Sign descent:

    m ← β·m + (1 − β)·g
    θ ← θ − learning_rate·sign(m)
    """

    def __init__(self, learning_rate=0.06, beta=0.9, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.beta = beta

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        self.m = [self.add_variable_from_reference(each, "m") for each in variables]

    def update_step(self, gradient, variable, learning_rate):
        index = self._get_variable_index(variable)
        theta, g = variable.value, keras.ops.cast(gradient, variable.dtype)
        learning_rate = keras.ops.cast(learning_rate, theta.dtype)
        beta = self.beta
        m = self.m[index].value
        m = beta * m + (1 - beta) * g
        theta = theta - learning_rate * keras.ops.sign(m)
        self.m[index].assign(m)
        variable.assign(theta)

    def get_config(self):
        return {**super().get_config(), "beta": self.beta}


class HeavyBall(keras.optimizers.Optimizer):
    """Heavy ball:

    v ← momentum·v + learning_rate·g
    θ ← θ − v
    """

    def __init__(self, learning_rate=0.01, momentum=0.9, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        self.v = [self.add_variable_from_reference(each, "v") for each in variables]

    def update_step(self, gradient, variable, learning_rate):
        index = self._get_variable_index(variable)
        theta, g = variable.value, keras.ops.cast(gradient, variable.dtype)
        learning_rate = keras.ops.cast(learning_rate, theta.dtype)
        momentum = self.momentum
        v = self.v[index].value
        v = momentum * v + learning_rate * g
        theta = theta - v
        self.v[index].assign(v)
        variable.assign(theta)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}


def flat(arrays):
    """All numbers of some arrays, as one vector."""
    return keras.ops.concatenate([keras.ops.reshape(array, [-1]) for array in arrays])


def parts(vector, arrays):
    """The numbers of one vector, in the shapes of some arrays."""
    found, start = [], 0
    for array in arrays:
        end = start + math.prod(array.shape)
        found.append(keras.ops.reshape(vector[start:end], array.shape))
        start = end
    return found


class HeavyBallThatLetsGo(keras.optimizers.Optimizer):
    """Heavy ball that lets go:

    s = dot(v, g)
    v ← if(s < 0, 0, momentum)·v + learning_rate·g
    θ ← θ − v
    """

    def __init__(self, learning_rate=0.01, momentum=0.9, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        theta = flat(variables)
        self.v = self.add_variable(theta.shape, "zeros", theta.dtype, name="v")

    def _backend_update_step(self, grads, trainable_variables, learning_rate):
        theta = flat(trainable_variables)
        g = flat(grads)
        learning_rate = keras.ops.cast(learning_rate, theta.dtype)
        momentum = self.momentum
        v = self.v.value
        s = keras.ops.sum(v * g)
        v = keras.ops.where(s < 0, 0.0, momentum) * v + learning_rate * g
        theta = theta - v
        self.v.assign(v)
        for variable, part in zip(trainable_variables, parts(theta, trainable_variables)):
            variable.assign(part)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}


class HeavyBall2(keras.optimizers.Optimizer):
    """Heavy ball:

    v ← momentum·v + g
    θ ← θ − learning_rate·v
    """

    def __init__(self, learning_rate=0.01, momentum=0.9, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        self.v = [self.add_variable_from_reference(each, "v") for each in variables]

    def update_step(self, gradient, variable, learning_rate):
        index = self._get_variable_index(variable)
        theta, g = variable.value, keras.ops.cast(gradient, variable.dtype)
        learning_rate = keras.ops.cast(learning_rate, theta.dtype)
        momentum = self.momentum
        v = self.v[index].value
        v = momentum * v + g
        theta = theta - learning_rate * v
        self.v[index].assign(v)
        variable.assign(theta)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}


# name, rule, make, parameters
racers = [
    # Keras adds epsilon before v's bias is corrected, and here it is added after.
    (
        "Adam",
        "Adam",
        keras.optimizers.Adam,
        dict(
            learning_rate=0.1,
            beta_1=0.9,
            beta_2=0.999,
            epsilon=lambda step: 1e-8 * math.sqrt(1 - 0.999 ** (step + 1)),
        ),
    ),
    (
        "p = 1/4",
        "Rule",
        AdamWithAPowerP,
        dict(learning_rate=0.1, beta_1=0.9, beta_2=0.999, p=0.25, epsilon=1e-8),
    ),
    (
        "p = 0",
        "Rule",
        AdamWithAPowerP,
        dict(learning_rate=0.1, beta_1=0.9, beta_2=0.999, p=0.0, epsilon=1e-8),
    ),
    (
        "Sign",
        "Rule",
        SignDescent,
        dict(learning_rate=lambda step: cosine(step, 0.06, 0.0, 120), beta=0.9),
    ),
    (
        "Heavy ball",
        "Rule",
        HeavyBall,
        dict(
            learning_rate=lambda step: 0.01 if step < 60 else 0.02,
            momentum=lambda step: 0.9 if step < 20 else 0.5,
        ),
    ),
    ("Lets go", "Rule", HeavyBallThatLetsGo, dict(learning_rate=0.01, momentum=0.9)),
    ("Heavy ball, too", "Rule", HeavyBall2, dict(learning_rate=0.01, momentum=0.9)),
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = keras.Variable([-4.5, 1.5])
    optimizer = make(**at(0, parameters))
    for step in range(120 + 1):
        x, y = position.numpy().tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(position.value)
        write([name, rule, step, x, y, value.item()])
        for parameter, now in at(step, parameters).items():
            setattr(optimizer, parameter, now)
        optimizer.apply([gradient], [position])
