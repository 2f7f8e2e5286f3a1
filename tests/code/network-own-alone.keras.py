# A rule that asks trains a network alone
# Prints the first six columns of `slalom run`. Needs keras and jax.

import csv
import math
import os
import sys

os.environ["KERAS_BACKEND"] = "jax"  # Keras looks at it when it is imported

import jax
import keras
import numpy

jax.config.update("jax_enable_x64", True)
keras.config.set_floatx("float64")


# 40 rows of xor to train on: x1, x2; the target is signs (0 equal, 1 opposite).
features = numpy.array([
    [0.878854880840201, 0.4257807325346139], [-0.16408260537921707, 0.9984536924432382],
    [-0.2737174028596366, -0.47415991436166893], [0.783544129716556, -0.9091890029605204],
    [0.1616129758880308, 0.3563463090300137], [-0.9170112905978487, 0.4474622663677626],
    [-0.8079740665736705, -0.7267614876996281], [0.7484083895265216, -0.5619689968422384],
    [0.7853948839236742, 0.6449787030059213], [-0.9372169470142598, 0.8008665938367315],
    [-0.2776485266932138, -0.38987872355409503], [0.24249331866270973, -0.14300192237284584],
    [0.990074004746488, 0.7414361193981228], [-0.744808942634677, 0.6263677163679413],
    [-0.24476354107645953, -1.0529210366461061], [0.1753063289036441, -0.38068419558259425],
    [0.29298885272099134, 0.8218912015382307], [-0.37971639329371926, 0.2738724162217786],
    [-0.9219784705139922, -0.7755212933534916], [0.3272195071301049, -0.1971012318139268],
    [0.5937486648136177, 0.598692367743336], [-1.040646552821447, 0.3102277566570349],
    [-0.5272990193822611, -0.6941945253323921], [0.3352346120049231, -0.3057949522915062],
    [0.47890077145233345, 0.6595425137134909], [-0.8273698748075116, 0.48380021615690716],
    [-0.9114405721615846, -0.9281585550869871], [0.5205395787099993, -0.1414923300746044],
    [0.14488939132328904, 0.46625510538189596], [-0.7164638009497813, 0.8131779378964394],
    [-0.5696668501218299, -0.23436906152073264], [0.1648721407594962, -0.903690822871592],
    [0.39694572717400944, -0.05609517319965604], [-0.24437902351845545, 0.08194788444372814],
    [-0.8546979584973471, -0.2776611984443266], [0.2815656618517736, -0.11521786284053705],
    [1.029953440234559, 0.5568377785296797], [-0.5930276079763126, 0.4441634787850405],
    [-0.8813085235354201, -0.6796400288745348], [0.2198056733739636, -0.19055289133095277],
])
targets = numpy.array([
    0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0,
    1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0,
    0.0, 1.0,
])


# The weights at which all racers start: layer by layer a row for every unit, then the biases.
initial = numpy.array([
    0.94998137165706, 0.8987784102541578, 0.5993259689446138, -0.49588652061568084,
    -0.6230430668246356, -0.7224920460863584, 0.08704418717330564, -0.37368282124229735, 0.0, 0.0,
    0.0, 0.0, -1.0874616371365586, 0.7563384256755237, 0.46920985814731847, 0.5607041243282285, 0.0,
])

# x and y are coordinates on a plane through all weights, on which Slalom shows the paths.
plane = numpy.array([
    [-0.16959582759730968, 0.08699366533183372, -0.15884658180690842, -0.3153164830462715,
    0.0015522017718662424, -0.10310828395732143, -0.055676791334168994, -0.37279324409146614,
    0.6304566505865089, 0.20649920907846125, -0.10257949205204936, 0.06432488540100786,
    -0.1095645602348213, 0.1411513306644249, 0.4059694439304052, 0.15967485850301147,
    0.09639038020274751], [-0.32576543093511756, -0.42117609490452845, 0.12800192765858082,
    0.06274895345453532, -0.04632546791159433, 0.08041783925093238, 0.1354068180905683,
    -0.18928463711570917, 0.14930108484851973, -0.11083612564728998, 0.06758455711841288,
    -0.0885998723148039, 0.7390157930424041, 0.16860118956558348, -0.046049423930831036,
    -0.04740934974476676, -0.08635350929219533],
])
origin = numpy.array([-0.394169988636769, -1.1684242958386135])


# A network 2–4–1 with tanh. Keras' own tanh computes in 32 bits.
model = keras.Sequential(
    [
        keras.Input((2,)),
        keras.layers.Dense(4, activation=jax.numpy.tanh),
        keras.layers.Dense(1),
    ]
)


def arrays(numbers):
    """The weights and biases of every layer, with a column per unit."""
    shapes = [(4, 2), (4,), (1, 4), (1,)]
    ends = numpy.cumsum([math.prod(shape) for shape in shapes])[:-1]
    parts = zip(numpy.split(numbers, ends), shapes)
    return [part.reshape(shape).T for part, shape in parts]


@jax.jit
def loss(weights, features, targets):
    """The mean binary cross-entropy."""
    outputs, _ = model.stateless_call(weights, [], features)
    return keras.ops.binary_crossentropy(targets, outputs[:, 0], from_logits=True).mean()


def seen(weights):
    """The point of the plane at which weights are seen."""
    numbers = numpy.concatenate([part.T.ravel() for part in weights])
    return (plane @ numbers - origin).tolist()


def accuracy(weights, features, targets):
    """The share of rows whose class is predicted."""
    return ((model.stateless_call(weights, [], features)[0][:, 0] > 0) == (targets == 1)).mean()


def report(name, weights):
    """Prints the metrics of a network to standard error."""
    metrics = {
        "accuracy": accuracy(weights, features, targets),
    }
    for metric, value in metrics.items():
        print(f"{name}: {metric} {value:.6f}", file=sys.stderr)


def cosine(step, start, end, steps):
    """From `start` to `end` in `steps` steps."""
    angle = math.pi * min(step, steps) / steps
    return end + (start - end) * (1 + math.cos(angle)) / 2


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


class LookAhead(keras.optimizers.Optimizer):
    """Look ahead:

    v ← momentum·v + learning_rate·gradient(θ − momentum·v)
    θ ← θ − v

    Keras gives an optimizer no loss and no gradient elsewhere: a training loop calls `step`.
    """

    def __init__(self, learning_rate=0.2, momentum=0.8, **kwargs):
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


# The rows that Slalom drew for every step with seed 0.
batches_of_16 = [
    [39, 29, 14, 7, 16, 11, 20, 13, 3, 37, 5, 26, 15, 2, 36, 33],
    [17, 32, 8, 9, 34, 1, 28, 31, 6, 18, 27, 25, 4, 21, 30, 23], [38, 22, 0, 24, 12, 35, 10, 19],
    [14, 27, 34, 33, 22, 13, 10, 37, 16, 32, 9, 12, 23, 18, 19, 30],
    [5, 28, 24, 11, 39, 20, 36, 4, 8, 21, 25, 31, 7, 29, 17, 26], [0, 1, 2, 6, 3, 35, 15, 38],
    [2, 12, 9, 3, 36, 4, 13, 33, 28, 11, 5, 30, 32, 8, 38, 10],
    [24, 18, 6, 7, 29, 0, 37, 26, 23, 16, 15, 39, 25, 20, 27, 31], [14, 34, 1, 17, 35, 19, 22, 21],
    [2, 8, 6, 16, 38, 28, 10, 5, 9, 22, 31, 39, 11, 26, 4, 35],
    [21, 36, 29, 30, 18, 34, 32, 13, 20, 23, 12, 37, 24, 0, 17, 33], [15, 1, 25, 27, 3, 14, 19, 7],
    [16, 26, 39, 14, 10, 31, 7, 37, 20, 35, 0, 29, 6, 34, 18, 28],
    [8, 12, 23, 19, 15, 33, 24, 11, 4, 25, 9, 3, 13, 21, 17, 27], [38, 32, 2, 5, 22, 36, 1, 30],
    [38, 9, 17, 2, 19, 1, 36, 25, 20, 33, 4, 30, 15, 22, 27, 35],
    [7, 3, 0, 28, 31, 24, 6, 32, 37, 26, 5, 18, 16, 23, 39, 11], [29, 21, 12, 34, 14, 10, 13, 8],
    [13, 28, 8, 7, 33, 21, 18, 37, 0, 30, 27, 26, 19, 2, 6, 10],
    [16, 22, 14, 11, 9, 36, 4, 17, 1, 24, 5, 20, 34, 25, 35, 23], [12, 3, 39, 31, 32, 29, 15, 38],
    [37, 8, 2, 4, 5, 39, 32, 22, 20, 24, 14, 34, 0, 3, 7, 23],
    [17, 11, 35, 36, 26, 28, 30, 33, 15, 9, 10, 19, 6, 1, 21, 27], [16, 29, 13, 38, 12, 25, 31, 18],
    [29, 22, 26, 10, 12, 4, 6, 13, 32, 15, 37, 21, 39, 11, 2, 14],
    [19, 23, 36, 28, 8, 3, 7, 1, 30, 27, 38, 16, 31, 20, 24, 25], [9, 33, 35, 17, 0, 34, 18, 5],
    [6, 14, 4, 34, 29, 26, 30, 3, 18, 17, 9, 25, 33, 20, 28, 27],
    [19, 36, 31, 38, 16, 10, 23, 35, 2, 24, 32, 11, 5, 21, 1, 13], [22, 7, 37, 15, 39, 12, 8, 0],
]


loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])

model.set_weights(arrays(initial))
optimizer = LookAhead(learning_rate=0.2, momentum=0.8)
for step in range(30 + 1):
    weights = [variable.value for variable in model.trainable_variables]
    x, y = seen(weights)
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
    is_due = step % 3 == 0 or step == 30
    value = loss(weights, features, targets) if is_due else None
    write(["Look ahead", "Rule", step, x, y, value.item() if is_due else ""])
    if step == 30:
        report("Look ahead", weights)
    optimizer.learning_rate = cosine(step, 0.2, 0.0, 30)
    rows = numpy.array(batches_of_16[step % len(batches_of_16)])

    def value_at(weights):
        value, _ = loss_and_gradient(weights, features[rows], targets[rows])
        return value

    def gradient_at(weights):
        _, gradient = loss_and_gradient(weights, features[rows], targets[rows])
        return gradient

    optimizer.step(model.trainable_variables, value_at, gradient_at)
