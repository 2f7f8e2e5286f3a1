# A single racer that Muon moves, and its biases by Adam
# Prints the first six columns of `slalom run`. Needs torch.

import csv
import math
import sys

import torch

torch.set_default_dtype(torch.float64)


# 30 rows of moons to train on: x1, x2; the target is moon (0 lower, 1 upper).
features = torch.tensor([
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
targets = torch.tensor([
    1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0,
    0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0,
])


# The weights at which all racers start: layer by layer a row for every unit, then the biases.
initial = torch.tensor([
    0.94998137165706, 0.8987784102541578, 0.5993259689446138, -0.49588652061568084,
    -0.6230430668246356, -0.7224920460863584, 0.08704418717330564, -0.37368282124229735, 0.0, 0.0,
    0.0, 0.0, -1.0874616371365586, 0.7563384256755237, 0.46920985814731847, 0.5607041243282285, 0.0,
])

# x and y are coordinates on a plane through all weights, on which Slalom shows the paths.
plane = torch.tensor([
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
origin = torch.tensor([-0.5346526759782708, 0.2128771874531596])


def network():
    """A network 2–4–1 with tanh, with the weights at which all racers start."""
    model = torch.nn.Sequential(
        torch.nn.Linear(2, 4),
        torch.nn.Tanh(),
        torch.nn.Linear(4, 1),
    )
    torch.nn.utils.vector_to_parameters(initial.clone(), model.parameters())
    return model


def loss(model, features, targets):
    """The mean binary cross-entropy."""
    return torch.nn.functional.binary_cross_entropy_with_logits(model(features)[:, 0], targets)


def seen(model):
    """The point of the plane at which the weights are seen."""
    weights = torch.nn.utils.parameters_to_vector(model.parameters())
    return (plane @ weights.detach() - origin).tolist()


def accuracy(model, features, targets):
    """The share of rows whose class is predicted."""
    return ((model(features)[:, 0] > 0) == (targets == 1)).double().mean()


@torch.no_grad()
def report(name, model):
    """Prints the metrics of a network to standard error."""
    metrics = {
        "accuracy": accuracy(model, features, targets),
    }
    for metric, value in metrics.items():
        print(f"{name}: {metric} {value:.6f}", file=sys.stderr)


def cosine(step, start, end, steps):
    """From `start` to `end` in `steps` steps."""
    angle = math.pi * min(step, steps) / steps
    return end + (start - end) * (1 + math.cos(angle)) / 2


def at(step, parameters):
    """The hyper-parameters of the update from `step` to the next."""
    return {key: value(step) if callable(value) else value for key, value in parameters.items()}


def orthogonal(matrix, coefficients, steps, eps, clamps):
    """The matrix with its singular values near 1, after some Newton-Schulz steps."""
    norm = torch.linalg.norm(matrix)
    x = matrix / (norm.clamp(min=eps) if clamps else norm + eps)
    is_tall = x.shape[0] > x.shape[1]
    x = x.T if is_tall else x
    a, b, c = coefficients
    for _ in range(int(steps)):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return x.T if is_tall else x


def length(scale, rms, outputs, inputs):
    """The factor of a step of Muon, which depends on the shape of the matrix."""
    return {
        "original": math.sqrt(max(1, outputs / inputs)),
        "match_rms": rms * math.sqrt(max(outputs, inputs)),
        "spectral": math.sqrt(outputs / inputs),
        "unscaled": 1.0,
    }[scale]


class Muon(torch.optim.Optimizer):
    """Muon for matrices. PyTorch's own computes in bfloat16, some percent off in every step."""

    def __init__(
        self,
        params,
        lr,
        momentum,
        weight_decay=0.0,
        nesterov=True,
        corrected=False,
        ns_steps=5,
        ns_coefficients=(3.4445, -4.775, 2.0315),
        eps=1e-7,
        clamps=False,
        scale="original",
        rms=0.2,
    ):
        numbers = dict(lr=lr, momentum=momentum, weight_decay=weight_decay, eps=eps, rms=rms)
        newton_schulz = dict(ns_steps=ns_steps, ns_coefficients=ns_coefficients)
        form = dict(nesterov=nesterov, corrected=corrected, clamps=clamps, scale=scale)
        super().__init__(params, numbers | newton_schulz | form)

    @torch.no_grad()
    def step(self, closure=None):
        if closure is not None:
            with torch.enable_grad():
                closure()
        for group in self.param_groups:
            for weights in group["params"]:
                self.move(weights, self.state[weights], group)

    def move(self, weights, state, group):
        t = state["t"] = state.get("t", 0) + 1
        momentum, gradient = group["momentum"], weights.grad
        average = state.setdefault("average", torch.zeros_like(weights))
        average.mul_(momentum).add_((1 - momentum) * gradient)
        now, later = 1.0, 1.0
        if group["corrected"]:
            now, later = 1 - momentum**t, 1 - momentum ** (t + 1)
        if group["nesterov"]:
            direction = momentum * average / later + (1 - momentum) * gradient / now
        else:
            direction = average / now
        direction = orthogonal(
            direction, group["ns_coefficients"], group["ns_steps"], group["eps"], group["clamps"]
        )
        weights.mul_(1 - group["lr"] * group["weight_decay"])
        weights.sub_(group["lr"] * length(group["scale"], group["rms"], *weights.shape) * direction)


# name, rule, groups
# A group has an optimizer, the numbers of its weights and biases, and hyper-parameters; all weights
# and biases are numbered from the first layer to the last.
racers = [
    (
        "Muon",
        "Muon",
        [
            (Muon, [0, 2], dict(lr=lambda step: cosine(step, 0.05, 0.001, 25), momentum=0.95)),
            (
                torch.optim.Adam,
                [1, 3],
                dict(lr=lambda step: cosine(step, 0.05, 0.001, 25), betas=(0.9, 0.999), eps=1e-8),
            ),
        ],
    ),
]

write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, groups in racers:
    model = network()
    weights = list(model.parameters())
    optimizers = [
        make([weights[number] for number in numbers], **at(0, parameters))
        for make, numbers, parameters in groups
    ]
    for step in range(25 + 1):
        x, y = seen(model)
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        with torch.no_grad():
            value = loss(model, features, targets)
        write([name, rule, step, x, y, value.item()])
        if step == 25:
            report(name, model)
        for optimizer, (_, _, parameters) in zip(optimizers, groups):
            optimizer.param_groups[0].update(at(step, parameters))
        model.zero_grad()
        loss(model, features, targets).backward()
        for optimizer in optimizers:
            optimizer.step()
