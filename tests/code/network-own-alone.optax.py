# A rule that asks trains a network alone
# Prints the first six columns of `slalom run`. Needs optax.

import csv
import math
import sys
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy
import optax

jax.config.update("jax_enable_x64", True)


# 40 rows of xor to train on: x1, x2; the target is signs (0 equal, 1 opposite).
features = jnp.array([
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
targets = jnp.array([
    0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0,
    1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0,
    0.0, 1.0,
])


# The weights at which all racers start: layer by layer a row for every unit, then the biases.
initial = jnp.array([
    0.94998137165706, 0.8987784102541578, 0.5993259689446138, -0.49588652061568084,
    -0.6230430668246356, -0.7224920460863584, 0.08704418717330564, -0.37368282124229735, 0.0, 0.0,
    0.0, 0.0, -1.0874616371365586, 0.7563384256755237, 0.46920985814731847, 0.5607041243282285, 0.0,
])

# x and y are coordinates on a plane through all weights, on which Slalom shows the paths.
plane = jnp.array([
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
origin = jnp.array([-0.394169988636769, -1.1684242958386135])


def arrays(numbers):
    """The weights and biases of every layer, with a column per unit."""
    shapes = [(4, 2), (4,), (1, 4), (1,)]
    ends = numpy.cumsum([math.prod(shape) for shape in shapes])[:-1]
    parts = zip(jnp.split(numbers, ends), shapes)
    return [part.reshape(shape).T for part, shape in parts]


def network(weights, features):
    """A network 2–4–1 with tanh."""
    *hidden, last = list(zip(weights[::2], weights[1::2]))
    for matrix, biases in hidden:
        features = jnp.tanh(features @ matrix + biases)
    matrix, biases = last
    return features @ matrix + biases


@jax.jit
def loss(weights, features, targets):
    """The mean binary cross-entropy."""
    outputs = network(weights, features)
    return optax.sigmoid_binary_cross_entropy(outputs[:, 0], targets).mean()


def seen(weights):
    """The point of the plane at which weights are seen."""
    numbers = jnp.concatenate([part.T.ravel() for part in weights])
    return (plane @ numbers - origin).tolist()


def accuracy(weights, features, targets):
    """The share of rows whose class is predicted."""
    return ((network(weights, features)[:, 0] > 0) == (targets == 1)).mean()


def report(name, weights):
    """Prints the metrics of a network to standard error."""
    metrics = {
        "accuracy": accuracy(weights, features, targets),
    }
    for metric, value in metrics.items():
        print(f"{name}: {metric} {value:.6f}", file=sys.stderr)


def cosine(step, start, end, steps):
    """From `start` to `end` in `steps` steps."""
    angle = jnp.pi * jnp.minimum(step, steps) / steps
    return end + (start - end) * (1 + jnp.cos(angle)) / 2


class LookAheadState(NamedTuple):
    """What `look_ahead` keeps from step to step."""

    v: optax.Params


def look_ahead(learning_rate=0.2, momentum=0.8):
    """Look ahead:

    v ← momentum·v + learning_rate·gradient(θ − momentum·v)
    θ ← θ − v

    `update` is also given the functions value_fn and grad_fn of parameters.
    """

    def init(params):
        return LookAheadState(v=optax.tree.zeros_like(params))

    def update(updates, state, params, *, value_fn, grad_fn, **extra_args):
        theta = params
        v = state.v
        point = jax.tree.map(lambda theta, v: theta - momentum * v, theta, v)
        slope = grad_fn(point)
        v = jax.tree.map(lambda v, slope: momentum * v + learning_rate * slope, v, slope)
        theta = jax.tree.map(lambda theta, v: theta - v, theta, v)
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, LookAheadState(v=v)

    return optax.GradientTransformationExtraArgs(init, update)


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

optimizer = optax.inject_hyperparams(look_ahead)(
    learning_rate=lambda step: cosine(step, 0.2, 0.0, 30),
    momentum=0.8,
)
update = optimizer.update
weights = arrays(initial)
state = optimizer.init(weights)
for step in range(30 + 1):
    x, y = seen(weights)
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
    is_due = step % 3 == 0 or step == 30
    value = loss(weights, features, targets) if is_due else None
    write(["Look ahead", "Rule", step, x, y, value.item() if is_due else ""])
    if step == 30:
        report("Look ahead", weights)
    rows = jnp.array(batches_of_16[step % len(batches_of_16)])
    _, gradient = loss_and_gradient(weights, features[rows], targets[rows])

    def value_at(at):
        value, _ = loss_and_gradient(at, features[rows], targets[rows])
        return value

    def gradient_at(at):
        _, gradient = loss_and_gradient(at, features[rows], targets[rows])
        return gradient

    updates, state = update(gradient, state, weights, value_fn=value_at, grad_fn=gradient_at)
    weights = optax.apply_updates(weights, updates)
