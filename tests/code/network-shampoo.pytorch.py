# Shampoo, alone and beside another rule
# Prints the first six columns of `slalom run`. Needs torch.

import csv
import math
import sys

import torch

torch.set_default_dtype(torch.float64)


# 40 rows of moons to train on: x1, x2; the target is moon (0 lower, 1 upper).
features = torch.tensor([
    [0.43242198449210045, 0.04531230699508043], [-0.17074701693202277, 0.3871144965067481],
    [0.5499844294824989, -0.10080952641430929], [-0.5206465415245025, 0.15036410402115918],
    [0.3961379648261396, 0.1479004097459669], [-0.6254973640627055, -0.20220150521949057],
    [0.32461380462683176, -0.03034541667546886], [-0.04969925907004796, -0.5547351217113904],
    [0.34065776804258713, 0.5024216556965425], [-0.5945038596776605, -0.19930562242648772],
    [-0.222933030002882, 0.43855802447390185], [-0.24771888244964224, -0.7244063256469391],
    [-0.28124933812906927, 0.3850786552962512], [0.056026784193019485, -0.7825758959019895],
    [-0.3993855238149509, 0.6683095781357207], [0.17472228591295025, -0.6921245097036648],
    [-0.6068818530411227, 0.7540191385873879], [0.2009050645550221, -0.5013873352949051],
    [-0.1613155424246257, 0.3832401349976307], [0.39075104841271985, -0.8707427515293629],
    [-0.7026250812530348, 0.8014696526168971], [0.5795553907945393, -0.5491918288524136],
    [-0.7048302003064938, 0.725257190109483], [0.9929086057169467, -0.764415101715159],
    [-0.9890155933862244, 0.2093641943788926], [1.002913035161148, -0.6787463804644271],
    [-1.3457658205975194, 0.44531241358028084], [1.0988763434778226, -0.5614036681849296],
    [-1.0171289670836963, 0.44952824285747955], [1.402702243295566, -0.6552425245128356],
    [-1.3404272039456075, 0.4476472209243965], [1.236376747795703, -0.31768713209038274],
    [-1.3269004209014348, 0.11424654156528058], [1.4532145673144616, -0.2581878751454699],
    [-1.4484841091848026, 0.2481038254108582], [1.450441286077372, -0.18136018369281603],
    [-1.6317688967322284, -0.5397874039560782], [1.53777100731448, -0.004363597812570508],
    [-1.3757253692134945, -0.18564212121932125], [1.5635516355617594, 0.1926885469712748],
])
targets = torch.tensor([
    1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0,
    1, 0, 1, 0, 1, 0, 1, 0,
])


# The weights at which all racers start: layer by layer a row for every unit, then the biases.
initial = torch.tensor([
    0.8795118482896045, 0.8321071174549196, 0.5548680283645834, -0.459101707992273,
    -0.5768257942901805, -0.6688976581925472, 0.08058725805341047, -0.3459630668458322,
    -0.18010016799021483, -0.16737457380767817, 0.0, 0.0, 0.0, 0.0, 0.0, -0.9190728294800009,
    0.6392226384743367, 0.39655470797376996, 0.4738814763198294, -0.47681664233170495,
    0.5696338379228203, 0.49090058415068377, -0.9170842668383561, -0.6191254488099875,
    -0.4205008122240231, 0.0, 0.0,
])

# x and y are coordinates on a plane through all weights, on which Slalom shows the paths.
plane = torch.tensor([
    [-0.1984565851922239, 0.28801542554577597, 0.1108575975742216, -0.06045523482262897,
    0.4606719610140373, -0.11926677761806322, 0.44938392461405835, -0.035828538305279566,
    -0.08656327947746215, 0.01597292106505534, 0.02821188038929313, -0.024039507664285604,
    0.016549526799025847, -0.01447709628497394, 0.0006425401269982812, 0.1432832345685485,
    0.33062163171394077, -0.005678431033252745, 0.2636015928161674, -0.10731219485326451,
    -0.14328323456854838, -0.33062163171394077, 0.005678431033252726, -0.2636015928161675,
    0.10731219485326425, -0.018568930131588057, 0.018568930131588057], [-0.09327214717950164,
    -0.06058454832057128, 0.20919009305251976, -0.2749316094901908, -0.17214934193684162,
    -0.13289568144946995, -0.21527156149199816, -0.3153369090544562, -0.25213690835374375,
    0.3241149688047417, 0.2819677554615029, -0.041899904009958765, 0.4457786344942092,
    -0.051663418503191484, -0.004219953858757136, 0.09193919848668985, -0.06706279190162974,
    -0.2185686583996608, 0.060602838352203744, -0.2151464477885766, -0.09193919848668983,
    0.06706279190162961, 0.21856865839966072, -0.06060283835220364, 0.215146447788577,
    -0.035701714157652505, 0.0357017141576525],
])
origin = torch.tensor([0.7449695018716763, 0.13400538162872075])


def network():
    """A network 2–5–2 with tanh, with the weights at which all racers start."""
    model = torch.nn.Sequential(
        torch.nn.Linear(2, 5),
        torch.nn.Tanh(),
        torch.nn.Linear(5, 2),
    )
    torch.nn.utils.vector_to_parameters(initial.clone(), model.parameters())
    return model


def loss(model, features, targets):
    """The mean cross-entropy."""
    return torch.nn.functional.cross_entropy(model(features), targets)


def seen(model):
    """The point of the plane at which the weights are seen."""
    weights = torch.nn.utils.parameters_to_vector(model.parameters())
    return (plane @ weights.detach() - origin).tolist()


def accuracy(model, features, targets):
    """The share of rows whose class is predicted."""
    return (model(features).argmax(1) == targets).double().mean()


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


def power(matrix, exponent, least):
    """A power of a symmetric matrix none of whose eigenvalues is below `least`."""
    if not matrix.isfinite().all():
        return torch.full_like(matrix, math.nan)
    values, vectors = torch.linalg.eigh(matrix)
    return (vectors * values.clamp(min=least) ** exponent) @ vectors.T


class Shampoo(torch.optim.Optimizer):
    """Shampoo, which PyTorch lacks: Adagrad with a matrix for each side of a matrix."""

    def __init__(self, params, lr, eps):
        super().__init__(params, dict(lr=lr, eps=eps))

    @torch.no_grad()
    def step(self, closure=None):
        if closure is not None:
            with torch.enable_grad():
                closure()
        for group in self.param_groups:
            for weights in group["params"]:
                self.move(weights, self.state[weights], group["lr"], group["eps"])

    def move(self, weights, state, lr, eps):
        gradient = weights.grad
        if not state:
            state["sums"] = [eps * torch.eye(size) for size in weights.shape]
        if gradient.dim() == 1:
            [total] = state["sums"]
            total.add_(torch.outer(gradient, gradient))
            weights.sub_(lr * power(total, -1 / 2, eps) @ gradient)
        else:
            left, right = state["sums"]
            left.add_(gradient @ gradient.T)
            right.add_(gradient.T @ gradient)
            weights.sub_(lr * power(left, -1 / 4, eps) @ gradient @ power(right, -1 / 4, eps))


# The rows that Slalom drew for every step with seed 0.
batches_of_10 = [
    [39, 29, 14, 7, 16, 11, 20, 13, 3, 37], [5, 26, 15, 2, 36, 33, 17, 32, 8, 9],
    [34, 1, 28, 31, 6, 18, 27, 25, 4, 21], [30, 23, 38, 22, 0, 24, 12, 35, 10, 19],
    [14, 27, 34, 33, 22, 13, 10, 37, 16, 32], [9, 12, 23, 18, 19, 30, 5, 28, 24, 11],
    [39, 20, 36, 4, 8, 21, 25, 31, 7, 29], [17, 26, 0, 1, 2, 6, 3, 35, 15, 38],
    [2, 12, 9, 3, 36, 4, 13, 33, 28, 11], [5, 30, 32, 8, 38, 10, 24, 18, 6, 7],
    [29, 0, 37, 26, 23, 16, 15, 39, 25, 20], [27, 31, 14, 34, 1, 17, 35, 19, 22, 21],
    [2, 8, 6, 16, 38, 28, 10, 5, 9, 22], [31, 39, 11, 26, 4, 35, 21, 36, 29, 30],
    [18, 34, 32, 13, 20, 23, 12, 37, 24, 0], [17, 33, 15, 1, 25, 27, 3, 14, 19, 7],
    [16, 26, 39, 14, 10, 31, 7, 37, 20, 35], [0, 29, 6, 34, 18, 28, 8, 12, 23, 19],
    [15, 33, 24, 11, 4, 25, 9, 3, 13, 21], [17, 27, 38, 32, 2, 5, 22, 36, 1, 30],
    [38, 9, 17, 2, 19, 1, 36, 25, 20, 33], [4, 30, 15, 22, 27, 35, 7, 3, 0, 28],
    [31, 24, 6, 32, 37, 26, 5, 18, 16, 23], [39, 11, 29, 21, 12, 34, 14, 10, 13, 8],
    [13, 28, 8, 7, 33, 21, 18, 37, 0, 30],
]

all_rows = [list(range(40))]


# name, rule, groups, batches, interval
# A group has an optimizer, the numbers of its weights and biases, and hyper-parameters; all weights
# and biases are numbered from the first layer to the last.
racers = [
    ("Shampoo", "Shampoo", [(Shampoo, [0, 1, 2, 3], dict(lr=0.1, eps=0.01))], all_rows, 1),
    (
        "Scheduled",
        "Shampoo",
        [(Shampoo, [0, 1, 2, 3], dict(lr=lambda step: cosine(step, 0.1, 0.0, 25), eps=0.001))],
        batches_of_10,
        4,
    ),
    (
        "Biases",
        "Adam",
        [
            (torch.optim.Adam, [0, 2], dict(lr=0.01, betas=(0.9, 0.999), eps=1e-8)),
            (Shampoo, [1, 3], dict(lr=0.05, eps=0.0001)),
        ],
        all_rows,
        1,
    ),
    (
        "Last layer",
        "GradientDescent",
        [(torch.optim.SGD, [0, 1], dict(lr=0.1)), (Shampoo, [2, 3], dict(lr=0.1, eps=0.0001))],
        all_rows,
        1,
    ),
]

write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, groups, batches, interval in racers:
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
        is_due = step % interval == 0 or step == 25
        with torch.no_grad():
            value = loss(model, features, targets) if is_due else None
        write([name, rule, step, x, y, value.item() if is_due else ""])
        if step == 25:
            report(name, model)
        for optimizer, (_, _, parameters) in zip(optimizers, groups):
            optimizer.param_groups[0].update(at(step, parameters))
        rows = batches[step % len(batches)]
        model.zero_grad()
        loss(model, features[rows], targets[rows]).backward()
        for optimizer in optimizers:
            optimizer.step()
