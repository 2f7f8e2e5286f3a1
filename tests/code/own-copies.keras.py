# Copies
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
    """The surface Rosenbrock."""
    x, y = position
    return (1 - x)**2 + 100 * (y - x**2)**2


class AdamEdited(keras.optimizers.Optimizer):
    """Adam, edited:

    m ← β₁·m + (1 − β₁)·g
    v ← β₂·v + (1 − β₂)·g²
    m_hat = m/(1 − β₁^t)
    v_hat = v/(1 − β₂^t)
    θ ← θ − learning_rate·m_hat/(√v_hat + ε)
    """

    def __init__(self, learning_rate=0.1, beta_1=0.9, beta_2=0.999, epsilon=1e-8, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.beta_1 = beta_1
        self.beta_2 = beta_2
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
        beta_1, beta_2, epsilon = self.beta_1, self.beta_2, self.epsilon
        m, v = self.m[index].value, self.v[index].value
        m = beta_1 * m + (1 - beta_1) * g
        v = beta_2 * v + (1 - beta_2) * g**2
        m_hat = m / (1 - beta_1**t)
        v_hat = v / (1 - beta_2**t)
        theta = theta - learning_rate * m_hat / (keras.ops.sqrt(v_hat) + epsilon)
        self.m[index].assign(m)
        self.v[index].assign(v)
        variable.assign(theta)

    def get_config(self):
        return {
            **super().get_config(),
            "beta_1": self.beta_1,
            "beta_2": self.beta_2,
            "epsilon": self.epsilon,
        }


class NadamEdited(keras.optimizers.Optimizer):
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

    def __init__(self, learning_rate=0.1, beta_1=0.9, beta_2=0.999, epsilon=1e-8, psi=0.004, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon
        self.psi = psi

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        self.m = [self.add_variable_from_reference(each, "m") for each in variables]
        self.v = [self.add_variable_from_reference(each, "v") for each in variables]
        self.P = [self.add_variable((), "zeros", each.dtype, name="P") for each in variables]
        for index, variable in enumerate(variables):
            theta = variable.value
            self.P[index].assign(keras.ops.cast(1.0, theta.dtype))

    def update_step(self, gradient, variable, learning_rate):
        index = self._get_variable_index(variable)
        theta, g = variable.value, keras.ops.cast(gradient, variable.dtype)
        t = keras.ops.cast(self.iterations + 1, theta.dtype)
        learning_rate = keras.ops.cast(learning_rate, theta.dtype)
        beta_1, beta_2, epsilon, psi = self.beta_1, self.beta_2, self.epsilon, self.psi
        m, v, P = self.m[index].value, self.v[index].value, self.P[index].value
        m = beta_1 * m + (1 - beta_1) * g
        v = beta_2 * v + (1 - beta_2) * g**2
        mu_t = beta_1 * (1 - 0.5 * 0.96**(t * psi))
        mu_next = beta_1 * (1 - 0.5 * 0.96**((t + 1) * psi))
        P = P * mu_t
        m_hat = m / (1 - P * mu_next)
        g_hat = g / (1 - P)
        v_hat = v / (1 - beta_2**t)
        theta = theta - learning_rate * (mu_next * m_hat + (1 - mu_t) * g_hat) / (keras.ops.sqrt(v_hat) + epsilon)
        self.m[index].assign(m)
        self.v[index].assign(v)
        self.P[index].assign(P)
        variable.assign(theta)

    def get_config(self):
        return {
            **super().get_config(),
            "beta_1": self.beta_1,
            "beta_2": self.beta_2,
            "epsilon": self.epsilon,
            "psi": self.psi,
        }


class AdadeltaEdited(keras.optimizers.Optimizer):
    """Adadelta, edited:

    E ← ρ·E + (1 − ρ)·g²
    u = √(D + ε)/√(E + ε)·g
    D ← ρ·D + (1 − ρ)·u²
    θ ← θ − learning_rate·u
    """

    def __init__(self, learning_rate=1.0, rho=0.9, epsilon=0.01, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.rho = rho
        self.epsilon = epsilon

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        self.E = [self.add_variable_from_reference(each, "E") for each in variables]
        self.D = [self.add_variable_from_reference(each, "D") for each in variables]

    def update_step(self, gradient, variable, learning_rate):
        index = self._get_variable_index(variable)
        theta, g = variable.value, keras.ops.cast(gradient, variable.dtype)
        learning_rate = keras.ops.cast(learning_rate, theta.dtype)
        rho, epsilon = self.rho, self.epsilon
        E, D = self.E[index].value, self.D[index].value
        E = rho * E + (1 - rho) * g**2
        u = keras.ops.sqrt(D + epsilon) / keras.ops.sqrt(E + epsilon) * g
        D = rho * D + (1 - rho) * u**2
        theta = theta - learning_rate * u
        self.E[index].assign(E)
        self.D[index].assign(D)
        variable.assign(theta)

    def get_config(self):
        return {**super().get_config(), "rho": self.rho, "epsilon": self.epsilon}


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


class NesterovEdited(keras.optimizers.Optimizer):
    """Nesterov, edited:

    v ← momentum·v + learning_rate·gradient(θ − momentum·v)
    θ ← θ − v

    Keras gives an optimizer no loss and no gradient elsewhere: a training loop calls `step`.
    """

    def __init__(self, learning_rate=0.0005, momentum=0.9, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        theta = flat(variables)
        self.v = self.add_variable(theta.shape, "zeros", theta.dtype, name="v")

    def step(self, variables, value_fn, gradient_fn):
        """Takes a step; the functions are given arrays like the variables."""
        self.build(variables)

        def gradient(point):
            return flat(gradient_fn(parts(point, variables)))

        theta = flat(variables)
        learning_rate = keras.ops.cast(self.learning_rate, theta.dtype)
        momentum = self.momentum
        v = self.v.value
        v = momentum * v + learning_rate * gradient(theta - momentum * v)
        theta = theta - v
        self.v.assign(v)
        for variable, part in zip(variables, parts(theta, variables)):
            variable.assign(part)
        self.iterations.assign_add(1)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}


class ScheduleFreeEdited(keras.optimizers.Optimizer):
    """Schedule-free, edited:

    z₀ = θ
    y = (1 − momentum)·z + momentum·θ
    z ← z − learning_rate·gradient(y)
    θ ← (1 − 1/t)·θ + z/t

    Keras gives an optimizer no loss and no gradient elsewhere: a training loop calls `step`.
    """

    def __init__(self, learning_rate=0.001, momentum=0.9, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        theta = flat(variables)
        self.z = self.add_variable(theta.shape, "zeros", theta.dtype, name="z")
        self.z.assign(theta)

    def step(self, variables, value_fn, gradient_fn):
        """Takes a step; the functions are given arrays like the variables."""
        self.build(variables)

        def gradient(point):
            return flat(gradient_fn(parts(point, variables)))

        theta = flat(variables)
        t = keras.ops.cast(self.iterations + 1, theta.dtype)
        learning_rate = keras.ops.cast(self.learning_rate, theta.dtype)
        momentum = self.momentum
        z = self.z.value
        y = (1 - momentum) * z + momentum * theta
        z = z - learning_rate * gradient(y)
        theta = (1 - 1 / t) * theta + z / t
        self.z.assign(z)
        for variable, part in zip(variables, parts(theta, variables)):
            variable.assign(part)
        self.iterations.assign_add(1)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}


# name, rule, make, parameters
racers = [
    ("Adam", "Rule", AdamEdited, dict(learning_rate=0.1, beta_1=0.9, beta_2=0.999, epsilon=1e-8)),
    (
        "Nadam",
        "Rule",
        NadamEdited,
        dict(learning_rate=0.1, beta_1=0.9, beta_2=0.999, epsilon=1e-8, psi=0.004),
    ),
    ("Adadelta", "Rule", AdadeltaEdited, dict(learning_rate=1.0, rho=0.9, epsilon=0.01)),
    ("Nesterov", "Rule", NesterovEdited, dict(learning_rate=0.0005, momentum=0.9)),
    ("Schedule-free", "Rule", ScheduleFreeEdited, dict(learning_rate=0.001, momentum=0.9)),
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters in racers:
    position = keras.Variable([-1.5, 2.0])
    optimizer = make(**parameters)
    for step in range(100 + 1):
        x, y = position.numpy().tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(position.value)
        write([name, rule, step, x, y, value.item()])

        def value_at(weights):
            value, _ = loss_and_gradient(weights[0])
            return value

        def gradient_at(weights):
            _, gradient = loss_and_gradient(weights[0])
            return [gradient]

        if hasattr(optimizer, "step"):
            optimizer.step([position], value_at, gradient_at)
        else:
            optimizer.apply([gradient], [position])
