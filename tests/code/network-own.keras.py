# Rules of one's own train a network
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


# 60 rows of moons to train on: x1, x2; the target is moon (0 lower, 1 upper).
features = numpy.array([
    [0.43242198449210045, 0.04531230699508043], [-0.17074701693202277, 0.3871144965067481],
    [0.5577610832341362, -0.1572850982711014], [-0.5284231952761398, 0.20683967587795132],
    [0.42694127883559163, 0.03817138075230753], [-0.6563006780721575, -0.09247247622583118],
    [0.39279322460314514, -0.18699127957656242], [-0.11787867904636135, -0.39808925881029683],
    [0.45909267831715056, 0.3080980445671393], [-0.7129387699522239, -0.004982011297084504],
    [-0.04335742546103383, 0.218387970977792], [-0.4272944869914904, -0.5042362721508292],
    [-0.032104430545852436, 0.15308639222748774], [-0.19311812339019735, -0.5505836328332261],
    [-0.0750854565447896, 0.4402357103340866], [-0.14957778135721106, -0.46405064190203077],
    [-0.20498105540009426, 0.546780927775694], [-0.20099573308600638, -0.2941491244832112],
    [0.3172921774654242, 0.21434464014785143], [-0.08785667147733005, -0.7018472566795836],
    [-0.15163729508091234, 0.6883972040562502], [0.02856760462241697, -0.4361193802917666],
    [-0.08920655782578009, 0.6848336439869439], [0.37728496323623306, -0.72399155559262],
    [-0.3197918302040341, 0.257140860243058], [0.33368927197895776, -0.7265230463285925],
    [-0.637035665922328, 0.5949724578592783], [0.3901461888026311, -0.7110637124639271],
    [-0.2857084868725378, 0.7123377460354716], [0.6712817630844076, -0.9180520276908277],
    [-0.6054256031346317, 0.8319679220858525], [0.5013751469847271, -0.7020078332518387],
    [-0.6092086662477106, 0.625125671069733], [0.7355228126607374, -0.7690670046499224],
    [-0.7701952060133888, 0.8869543487253976], [0.7721523829059583, -0.8202107070073554],
    [-1.0155457486694206, 0.22459472557997928], [0.9215478592516722, -0.7687457273486279],
    [-0.8441338099132845, 0.6978699232267016], [1.0319600762615495, -0.690823497474748],
    [-1.2620340682877988, 0.6198009547077983], [1.3119819407566173, -0.42109541876720424],
    [-0.8349727282012748, 0.9503217743050052], [1.0178760265389266, -0.364259734721608],
    [-1.2494409856439723, 0.22007295212227945], [1.182436748152895, -0.30683307997722375],
    [-1.162942681984044, 0.46097611591138155], [1.2204492927073407, -0.5744100515873842],
    [-1.2986821988481783, 0.008723782204765218], [1.0711694752179548, -0.5602827739354705],
    [-1.7711964744706896, -0.006598731074603792], [1.519275644727255, -0.43173953387389014],
    [-1.1192401151806453, -0.1128910150122365], [1.3160546537773057, -0.07071885733597907],
    [-1.2099651665629472, -0.010628381166781782], [1.252269877594553, -0.021812714237776448],
    [-1.595857117073432, -0.09134335108366651], [1.315843356772098, 0.10649014693025582],
    [-1.2918275761306177, -0.40010810447739836], [1.2769487654313851, 0.05532818810497678],
])
targets = numpy.array([
    1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0,
    0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0,
    1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0,
    0.0, 1.0, 0.0,
])


# The weights at which all racers start: layer by layer a row for every unit, then the biases.
initial = numpy.array([
    0.8795118482896045, 0.8321071174549196, 0.5548680283645834, -0.459101707992273,
    -0.5768257942901805, -0.6688976581925472, 0.08058725805341047, -0.3459630668458322,
    -0.18010016799021483, -0.16737457380767817, 0.0, 0.0, 0.0, 0.0, 0.0, -0.9927121151353182,
    0.6904393614173814, 0.4283280391851425, 0.5118504949679199, -0.5150208366062108, 0.0,
])

# x and y are coordinates on a plane through all weights, on which Slalom shows the paths.
plane = numpy.array([
    [0.1324448208283423, -0.28659057397948257, -0.1752817490327056, 0.17577630518848858,
    -0.14088079677796572, 0.22603753703597443, -0.16796021350707946, 0.19988221717084975,
    0.20256300886316478, -0.24198221847174112, -0.3797356157156522, 0.454663081865499,
    -0.1627579973501697, -0.11802510116756422, -0.0039440400388821815, -0.1143144198086036,
    -0.20023042812688144, 0.025787043831851687, -0.09401625155616163, -0.23626213533801696,
    -0.30029153731892716], [-0.018824735608648033, 0.4845339889993916, 0.09859498440905792,
    -0.13253615470651953, 0.01172299564763947, -0.20448646456962463, 0.11755666524035664,
    -0.17830094725716783, -0.16149182329060924, 0.22795766042653362, -0.3720463876952773,
    0.4671498146299529, -0.12931413967623848, -0.10712240375512783, 0.01029747310772369,
    -0.04931485743388215, 0.31336557071937826, 0.05531867172440004, 0.05343510936621873,
    0.12628980574271856, -0.2540335018411702],
])
origin = numpy.array([0.40652918798638316, 0.5072570829195138])


# A network 2–5–1 with tanh. Keras' own tanh computes in 32 bits.
model = keras.Sequential(
    [
        keras.Input((2,)),
        keras.layers.Dense(5, activation=jax.numpy.tanh),
        keras.layers.Dense(1),
    ]
)


def arrays(numbers):
    """The weights and biases of every layer, with a column per unit."""
    shapes = [(5, 2), (5,), (1, 5), (1,)]
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


def at(step, parameters):
    """The hyper-parameters of the update from `step` to the next."""
    return {key: value(step) if callable(value) else value for key, value in parameters.items()}


class AdamWithAPowerP(keras.optimizers.Optimizer):
    """Adam with a power p:

    m ← β₁·m + (1 − β₁)·g
    v ← β₂·v + (1 − β₂)·g²
    θ ← θ − learning_rate·m/(1 − β₁^t)/((v/(1 − β₂^t))^p + ε)
    """

    def __init__(self, learning_rate=0.03, beta_1=0.9, beta_2=0.999, p=0.4, epsilon=1e-8, **kwargs):
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
        theta = theta - learning_rate * m / (1 - beta_1**t) / ((v / (1 - beta_2**t))**p + epsilon)
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


def norm(x):
    """The Euclidean length."""
    return keras.ops.sqrt(keras.ops.sum(x * x))


def mean(x):
    """The mean, which keras.ops computes in 32 bits."""
    return keras.ops.sum(x) / x.shape[0]


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


class Normed(keras.optimizers.Optimizer):
    """Normed:

    m ← β·m + g
    θ ← θ − learning_rate·m/(norm(m) + 0.001) − 0.01·(θ − mean(θ))
    """

    def __init__(self, learning_rate=0.1, beta=0.8, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.beta = beta

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        theta = flat(variables)
        self.m = self.add_variable(theta.shape, "zeros", theta.dtype, name="m")

    def _backend_update_step(self, grads, trainable_variables, learning_rate):
        theta = flat(trainable_variables)
        g = flat(grads)
        learning_rate = keras.ops.cast(learning_rate, theta.dtype)
        beta = self.beta
        m = self.m.value
        m = beta * m + g
        theta = theta - learning_rate * m / (norm(m) + 0.001) - 0.01 * (theta - mean(theta))
        self.m.assign(m)
        for variable, part in zip(trainable_variables, parts(theta, trainable_variables)):
            variable.assign(part)

    def get_config(self):
        return {**super().get_config(), "beta": self.beta}


class SharpnessAware(keras.optimizers.Optimizer):
    """Sharpness-aware:

    θ ← θ − learning_rate·gradient(θ + ρ·g/(norm(g) + 1e-12))/(1 + 0.1value(θ))

    Keras gives an optimizer no loss and no gradient elsewhere: a training loop calls `step`.
    """

    def __init__(self, learning_rate=0.1, rho=0.05, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.rho = rho

    def step(self, variables, value_fn, gradient_fn):
        """Takes a step; the functions are given arrays like the variables."""
        self.build(variables)

        def value(point):
            return value_fn(parts(point, variables))

        def gradient(point):
            return flat(gradient_fn(parts(point, variables)))

        theta = flat(variables)
        g = gradient(theta)
        learning_rate = keras.ops.cast(self.learning_rate, theta.dtype)
        rho = self.rho
        theta = theta - learning_rate * gradient(theta + rho * g / (norm(g) + 1e-12)) / (1 + 0.1 * value(theta))
        for variable, part in zip(variables, parts(theta, variables)):
            variable.assign(part)
        self.iterations.assign_add(1)

    def get_config(self):
        return {**super().get_config(), "rho": self.rho}


# The rows that Slalom drew for every step with seed 0.
batches_of_8 = [
    [28, 27, 48, 47, 45, 1, 31, 58], [4, 55, 52, 34, 32, 40, 25, 36],
    [20, 26, 2, 6, 39, 13, 24, 12], [51, 30, 41, 42, 49, 18, 14, 21],
    [10, 5, 59, 9, 23, 22, 17, 56], [57, 3, 7, 46, 11, 33, 43, 44], [8, 53, 50, 38, 16, 35, 0, 37],
    [19, 54, 15, 29], [43, 22, 59, 20, 28, 34, 13, 33], [52, 21, 39, 8, 1, 44, 3, 40],
    [51, 15, 30, 48, 55, 32, 41, 6], [18, 27, 50, 24, 35, 53, 25, 36],
    [10, 19, 26, 46, 11, 16, 17, 58], [31, 38, 56, 7, 14, 37, 47, 45], [12, 49, 29, 42, 0, 2, 4, 9],
    [5, 54, 23, 57], [25, 17, 10, 24, 35, 7, 8, 4], [38, 12, 30, 57, 48, 21, 5, 39],
    [37, 11, 9, 31, 56, 59, 54, 26], [22, 51, 20, 6, 18, 2, 58, 41],
    [44, 19, 16, 52, 49, 14, 13, 15], [40, 0, 47, 46, 42, 28, 55, 36],
    [43, 33, 45, 50, 23, 1, 3, 27], [53, 29, 34, 32], [59, 46, 13, 14, 17, 19, 30, 10],
    [21, 52, 7, 23, 35, 51, 45, 3], [27, 54, 26, 18, 33, 56, 8, 38],
    [16, 49, 40, 31, 15, 12, 4, 20], [50, 36, 9, 32, 48, 6, 1, 34],
    [44, 43, 58, 47, 37, 41, 57, 24],
]

all_rows = [list(range(60))]


# name, rule, groups, batches, interval
# A group has an optimizer, the numbers of its weights and biases, and hyper-parameters; all weights
# and biases are numbered from the first layer to the last.
racers = [
    (
        "Power",
        "Rule",
        [
            (
                AdamWithAPowerP,
                [0, 1, 2, 3],
                dict(learning_rate=0.03, beta_1=0.9, beta_2=0.999, p=0.4, epsilon=1e-8),
            ),
        ],
        batches_of_8,
        8,
    ),
    (
        "Normed",
        "Rule",
        [(Normed, [0, 1, 2, 3], dict(learning_rate=0.1, beta=0.8))],
        batches_of_8,
        8,
    ),
    (
        "Aware",
        "Rule",
        [(SharpnessAware, [0, 1, 2, 3], dict(learning_rate=0.1, rho=0.05))],
        batches_of_8,
        8,
    ),
    # Keras adds epsilon before v's bias is corrected, and here it is added after.
    (
        "Groups",
        "Adam",
        [
            (
                keras.optimizers.Adam,
                [0, 2],
                dict(
                    learning_rate=0.02,
                    beta_1=0.9,
                    beta_2=0.999,
                    epsilon=lambda step: 1e-8 * math.sqrt(1 - 0.999 ** (step + 1)),
                ),
            ),
            (Normed, [1, 3], dict(learning_rate=0.1, beta=0.8)),
        ],
        all_rows,
        1,
    ),
    # "Left out" is left out: it asks for the loss or gradients at points of its own, and here it would move some of the parameters only.
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, groups, batches, interval in racers:
    model.set_weights(arrays(initial))
    optimizers = [make(**at(0, parameters)) for make, _, parameters in groups]
    for step in range(30 + 1):
        weights = [variable.value for variable in model.trainable_variables]
        x, y = seen(weights)
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        is_due = step % interval == 0 or step == 30
        value = loss(weights, features, targets) if is_due else None
        write([name, rule, step, x, y, value.item() if is_due else ""])
        if step == 30:
            report(name, weights)
        for optimizer, (_, _, parameters) in zip(optimizers, groups):
            for parameter, now in at(step, parameters).items():
                setattr(optimizer, parameter, now)
        rows = numpy.array(batches[step % len(batches)])

        def value_at(weights):
            value, _ = loss_and_gradient(weights, features[rows], targets[rows])
            return value

        def gradient_at(weights):
            _, gradient = loss_and_gradient(weights, features[rows], targets[rows])
            return gradient

        if hasattr(optimizers[0], "step"):
            optimizers[0].step(model.trainable_variables, value_at, gradient_at)
        else:
            _, gradient = loss_and_gradient(weights, features[rows], targets[rows])
            for optimizer, (_, numbers, _) in zip(optimizers, groups):
                own = [model.trainable_variables[number] for number in numbers]
                optimizer.apply([gradient[number] for number in numbers], own)
