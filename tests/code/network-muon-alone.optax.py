# A single racer that Muon moves, and its biases by Adam
# Prints the first six columns of `slalom run`. Needs optax.

import csv
import math
import sys

import jax
import jax.numpy as jnp
import numpy
import optax

jax.config.update("jax_enable_x64", True)


# 30 rows of moons to train on: x1, x2; the target is moon (0 lower, 1 upper).
features = jnp.array([
    [0.43242198449210045, 0.04531230699508043], [-0.17074701693202277, 0.3871144965067481],
    [0.5385510382616002, -0.042883182738728785], [-0.5092131503036038, 0.0924377603455787],
    [0.3512895910279241, 0.2570846796588416], [-0.58064899026449, -0.3113857751323652],
    [0.22697153588837246, 0.11719699214619111], [0.04794300966841131, -0.7022775305330504],
    [0.17500706050492715, 0.6700404254749045], [-0.4288531521400005, -0.36692439220484974],
    [-0.4663308625110649, 0.6038029817031894], [-0.004321049941459307, -0.8896512828762266],
    [-0.6056765622951817, 0.5228400892155463], [0.38045400835913196, -0.9203373298212847],
    [-0.8010809484679204, 0.7525362514806633], [0.5764177105659197, -0.7763511830486074],
    [-1.0748882741382362, 0.7595467848298811], [0.6689114856521357, -0.5069149815373983],
    [-0.6777786270145161, 0.28762450989338], [0.9072141330026103, -0.7751271264251122],
    [-1.243535537639436, 0.5867166420782571], [1.1204658471809406, -0.3344388183137736],
    [-1.2411761956337244, 0.3793467260288862], [1.5292546010441774, -0.41850463763456225],
    [-1.488289036635674, -0.2725253931586067], [1.5021864784105978, -0.1968567929269279],
    [-1.7737455746569162, -0.16933313072593334], [1.5268560975372194, 0.05324187612128453],
    [-1.3398473954579555, -0.28619566781565203], [1.7254206716698253, 0.08048138616029599],
])
targets = jnp.array([
    1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0,
    0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0,
])


# The weights at which all racers start: layer by layer a row for every unit, then the biases.
initial = jnp.array([
    0.94998137165706, 0.8987784102541578, 0.5993259689446138, -0.49588652061568084,
    -0.6230430668246356, -0.7224920460863584, 0.08704418717330564, -0.37368282124229735, 0.0, 0.0,
    0.0, 0.0, -1.0874616371365586, 0.7563384256755237, 0.46920985814731847, 0.5607041243282285, 0.0,
])

# x and y are coordinates on a plane through all weights, on which Slalom shows the paths.
plane = jnp.array([
    [-0.02046404268845476, 0.3241010482191404, -0.06471194721717763, -0.22465872057437886,
    0.13218447975413133, -0.07767422215983068, 0.3839027340488948, 0.02497701802937538,
    0.3330484794154396, 0.40144983400015133, -0.3764996010818798, 0.39717514537787246,
    0.005980329279346523, 0.2592959766731068, 0.03048706736470857, 0.09358009432790808,
    0.14081621629975086], [0.21433074468552193, 0.15654444518584876, 0.1762681787947933,
    0.18575359876870576, 0.028888728249924042, 0.003543295596601398, 0.0704570992197343,
    -0.03733327920363666, -0.5164188125048483, 0.07220524392758236, 0.0012077017558465943,
    0.0318703405351195, 0.11204853804043524, 0.05969065512237129, -0.01601085262955883,
    -0.1304323962455268, 0.7419368148539198],
])
origin = jnp.array([-0.5346526759782708, 0.2128771874531596])


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


@jax.jit
def orthogonal(matrix, coefficients, steps, eps, clamps):
    """The matrix with its singular values near 1, after some Newton-Schulz steps."""
    norm = jax.numpy.linalg.norm(matrix)
    x = matrix / jax.numpy.where(clamps, jax.numpy.maximum(norm, eps), norm + eps)
    is_tall = x.shape[0] > x.shape[1]
    a, b, c = coefficients

    def nearer(_, x):
        square = x @ x.T
        return a * x + (b * square + c * square @ square) @ x

    x = jax.lax.fori_loop(0, jax.numpy.asarray(steps, int), nearer, x.T if is_tall else x)
    return x.T if is_tall else x


def length(scale, rms, outputs, inputs):
    """The factor of a step of Muon, which depends on the shape of the matrix."""
    return {
        "original": math.sqrt(max(1, outputs / inputs)),
        "match_rms": rms * math.sqrt(max(outputs, inputs)),
        "spectral": math.sqrt(outputs / inputs),
        "unscaled": 1.0,
    }[scale]


def muon(
    learning_rate,
    momentum,
    weight_decay=0.0,
    nesterov=True,
    corrected=False,
    ns_steps=5,
    ns_coeffs=(3.4445, -4.775, 2.0315),
    eps=1e-7,
    clamps=False,
    scale="original",
    rms=0.2,
):
    """Muon for matrices in forms that `optax.contrib.muon` lacks."""

    def init(weights):
        return jnp.zeros([], int), jax.tree.map(jnp.zeros_like, weights)

    def update(gradients, state, weights=None):
        t, averages = state[0] + 1, state[1]
        now, later = 1.0, 1.0
        if corrected:
            now, later = 1 - momentum**t, 1 - momentum ** (t + 1)

        def blended(average, gradient):
            return momentum * average + (1 - momentum) * gradient

        def direction(average, gradient):
            if nesterov:
                average = momentum * average / later + (1 - momentum) * gradient / now
            else:
                average = average / now
            inputs, outputs = average.shape
            factor = length(scale, rms, outputs, inputs)
            return factor * orthogonal(average, ns_coeffs, ns_steps, eps, clamps)

        averages = jax.tree.map(blended, averages, gradients)
        return jax.tree.map(direction, averages, gradients), (t, averages)

    return optax.chain(
        optax.GradientTransformation(init, update),
        optax.add_decayed_weights(weight_decay),
        optax.scale_by_learning_rate(learning_rate),
    )


loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])

optimizer = optax.partition(
    {
        "Muon": muon(learning_rate=lambda step: cosine(step, 0.05, 0.001, 25), momentum=0.95),
        "Adam": optax.adam(
            learning_rate=lambda step: cosine(step, 0.05, 0.001, 25),
            b1=0.9,
            b2=0.999,
            eps=1e-8,
        ),
    },
    ["Muon", "Adam", "Muon", "Adam"],
)
update = jax.jit(optimizer.update)
weights = arrays(initial)
state = optimizer.init(weights)
for step in range(25 + 1):
    x, y = seen(weights)
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
    value = loss(weights, features, targets)
    write(["Muon", "Muon", step, x, y, value.item()])
    if step == 25:
        report("Muon", weights)
    _, gradient = loss_and_gradient(weights, features, targets)
    updates, state = update(gradient, state, weights)
    weights = optax.apply_updates(weights, updates)
