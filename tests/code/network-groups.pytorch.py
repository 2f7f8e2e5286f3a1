# Groups: a rule for the biases, for the last layer, and for the first
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
    0.8227080009770003, 0.7783649356530928, 0.519031514253759, -0.42945032424745533,
    -0.5395711235219001, -0.6256964659429838, 0.07538247734385027, -0.3236188161536688,
    -0.16846828097995376, -0.15656457761140982, -0.8608363531190568, 0.8619796163400805, 0.0, 0.0,
    0.0, 0.0, 0.0, 0.0, -0.73316648619152, 0.5099232625661031, 0.31634122182931945,
    0.37802664350466425, -0.38036809597969073, 0.454410603784204, 0.39160319487929457,
    -0.7315801619767445, -0.4938912513305278, -0.3354436047395695, 0.5020580357244633,
    0.4637543415058983, -0.7356005594060732, 0.032607143671021875, -0.44292454163344197,
    -0.07694625756660445, -0.46410455833900066, 0.32932518883816864, -0.37620319059822577,
    -0.09419008131820877, -0.15426756725913532, -0.017049730535780565, 0.5285213077747757,
    -0.5349027897523981, -0.2623792397184218, -0.45997493336753725, 0.5431606976101663,
    -0.2064190261084373, 0.13362907223523973, -0.2689702312210269, 0.0, 0.0, 0.0, 0.0, 0.0,
    0.5006692230111922, -0.3380609936314631, -0.2678463902323306, 0.196021466879757,
    -0.25931535911539566, -0.33155293107343403, -0.47479242765974855, 0.5636567308596279,
    -0.6817361423486288, -0.1361106871616756, 0.0, 0.0,
])

# x and y are coordinates on a plane through all weights, on which Slalom shows the paths.
plane = torch.tensor([
    [0.11335931668182707, -0.0795131042279328, 0.0566141254014662, 0.19354165631020745,
    -0.038266792623923844, 0.15397979389897062, -0.11708751076979534, 0.18489980612494822,
    -0.1182650705963822, 0.16651441036849304, -0.21050575208707759, -0.1826722616888093,
    -0.12895587438826003, 0.07526432228650963, -0.030039968959999098, 0.010820237394844888,
    0.048788508869019476, -0.18511541503100692, 0.014948186277096267, -0.18078621222444183,
    -0.06728974790336013, -0.17004101681165812, -0.07568201803680501, 0.19999780232394665,
    -0.13642669952193837, -0.06024590230377582, 0.1196462038129516, -0.0065183200937624025,
    0.10616924815084182, 0.07136098532622555, -0.1290921024766926, 0.14052869273671306,
    0.1301565738812665, 0.14485327311802954, 0.07559935907013757, -0.1597096471369996,
    0.04594837684587818, -0.17032426135923837, -0.04633901283268934, -0.1607698580031841,
    -0.04017084828523973, 0.1913329047675724, -0.12987504872515812, 0.11209545296883651,
    0.14753694570495382, 0.14084208846589452, 0.11829051066452315, -0.11457505666882252,
    -0.03376521837440784, -0.033809113630059756, 0.03639500896937525, 0.05591720455006159,
    0.08709684123128443, -0.06848021380035971, 0.23186556481496923, 0.10883574472820699,
    -0.15351673029912555, 0.07057779491147477, 0.06848021380035975, -0.23186556481496923,
    -0.10883574472820702, 0.15351673029912552, -0.07057779491147484, -0.0693962079045465,
    0.0693962079045465], [-0.11821946771462023, 0.029331893675736555, 0.09756803353558562,
    -0.04269176955706503, 0.025810113257182785, -0.021350783200330237, -0.00736194390807063,
    -0.03348907534369996, -0.10751460868261739, -0.0011480408956121664, -0.1496375869801345,
    0.10472546572535527, 0.09660659436542898, -0.058156350658391295, 0.033890589500655995,
    0.010463312891108552, -0.019565568564421196, 0.20904505087659075, 0.05185998703445158,
    -0.08451829525581041, 0.04393422774770466, 0.10032403524604397, 0.060136677957254005,
    0.19413554920143772, 0.1372079599356442, 0.119617582487, -0.16787541401000305,
    0.09591210793763356, -0.17493851467295746, -0.10772683521918693, -0.04010626062128005,
    0.055158784224629685, -0.045972391322794265, -0.112710885278925, -0.09146072116651259,
    -0.1588300100494153, 0.05451343542557944, -0.11958499968356838, 0.008648699096419035,
    0.09817392836843805, 0.04088374954812194, 0.2341895892756168, 0.0958654756634707,
    -0.18199344978783, -0.1592249060569953, -0.2409711663695406, -0.14386164546796312,
    0.16376285319089065, 0.0601264609872978, -0.14655158842347635, -0.06008761888107773,
    -0.02151808263831115, -0.1349842032878165, 0.047543318150592706, 0.38564180339562615,
    0.030411422349313495, -0.07514661755384569, -0.0546146483279841, -0.04754331815059266,
    -0.3856418033956258, -0.03041142234931357, 0.07514661755384598, 0.05461464832798406,
    0.08493489678869666, -0.08493489678869666],
])
origin = torch.tensor([-1.379221744803609, -0.07879638796115723])


def network():
    """A network 2–6–5–2 with tanh, with the weights at which all racers start."""
    model = torch.nn.Sequential(
        torch.nn.Linear(2, 6),
        torch.nn.Tanh(),
        torch.nn.Linear(6, 5),
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


class Plateau:
    """A rate that falls when `value`, the loss over all rows, has stopped falling."""

    def __init__(self, per_epoch, factor, patience, threshold, threshold_mode, cooldown, min_lr, eps):
        self.per_epoch, self.factor, self.patience = per_epoch, factor, patience
        self.threshold, self.is_relative = threshold, threshold_mode == "rel"
        self.cooldown, self.min_lr, self.eps = cooldown, min_lr, eps
        self.eta = None
        self.lowest, self.waited, self.cooling = math.inf, 0, 0

    def __call__(self, step, eta):
        if self.eta is None:
            self.eta, self.rate, self.begin = eta, eta, step
        elif step > self.begin and step % self.per_epoch == 0:
            self.see(value.item())
        if eta != self.eta:
            self.rate = eta * (self.rate / self.eta) if self.eta else eta
            self.eta = eta
        return self.rate

    def see(self, loss):
        limit = self.lowest * (1 - self.threshold) if self.is_relative else self.lowest - self.threshold
        if loss < limit:
            self.lowest, self.waited = loss, 0
        else:
            self.waited += 1
        if self.cooling > 0:
            self.cooling, self.waited = self.cooling - 1, 0
        if self.waited > self.patience:
            reduced = max(self.rate * self.factor, self.min_lr)
            if self.rate - reduced > self.eps:
                self.rate = reduced
            self.cooling, self.waited = self.cooldown, 0


def at(step, parameters):
    """The hyper-parameters of the update from `step` to the next."""
    return {key: value(step) if callable(value) else value for key, value in parameters.items()}


# The rows that Slalom drew for every step with seed 0.
batches_of_8 = [
    [39, 29, 14, 7, 16, 11, 20, 13], [3, 37, 5, 26, 15, 2, 36, 33], [17, 32, 8, 9, 34, 1, 28, 31],
    [6, 18, 27, 25, 4, 21, 30, 23], [38, 22, 0, 24, 12, 35, 10, 19],
    [14, 27, 34, 33, 22, 13, 10, 37], [16, 32, 9, 12, 23, 18, 19, 30],
    [5, 28, 24, 11, 39, 20, 36, 4], [8, 21, 25, 31, 7, 29, 17, 26], [0, 1, 2, 6, 3, 35, 15, 38],
    [2, 12, 9, 3, 36, 4, 13, 33], [28, 11, 5, 30, 32, 8, 38, 10], [24, 18, 6, 7, 29, 0, 37, 26],
    [23, 16, 15, 39, 25, 20, 27, 31], [14, 34, 1, 17, 35, 19, 22, 21], [2, 8, 6, 16, 38, 28, 10, 5],
    [9, 22, 31, 39, 11, 26, 4, 35], [21, 36, 29, 30, 18, 34, 32, 13],
    [20, 23, 12, 37, 24, 0, 17, 33], [15, 1, 25, 27, 3, 14, 19, 7], [16, 26, 39, 14, 10, 31, 7, 37],
    [20, 35, 0, 29, 6, 34, 18, 28], [8, 12, 23, 19, 15, 33, 24, 11], [4, 25, 9, 3, 13, 21, 17, 27],
    [38, 32, 2, 5, 22, 36, 1, 30], [38, 9, 17, 2, 19, 1, 36, 25], [20, 33, 4, 30, 15, 22, 27, 35],
    [7, 3, 0, 28, 31, 24, 6, 32], [37, 26, 5, 18, 16, 23, 39, 11], [29, 21, 12, 34, 14, 10, 13, 8],
]

all_rows = [list(range(40))]


# name, rule, groups, batches, interval
# A group has an optimizer, the numbers of its weights and biases, and hyper-parameters; all weights
# and biases are numbered from the first layer to the last.
racers = [
    (
        "Biases",
        "Momentum",
        [
            (torch.optim.SGD, [0, 2, 4], dict(lr=0.1, momentum=0.9)),
            (torch.optim.Adam, [1, 3, 5], dict(lr=0.02, betas=(0.9, 0.999), eps=1e-8)),
        ],
        batches_of_8,
        5,
    ),
    # "Layers" is left out: PyTorch's NAdam warms the momentum up, and here it is constant.
    # PyTorch adds eps after v's bias is corrected, and here it is added before.
    (
        "Twice",
        "Adam",
        [
            (torch.optim.Adam, [1, 3, 5], dict(lr=0.03, betas=(0.9, 0.999), eps=1e-8)),
            (
                torch.optim.Adam,
                [0, 2, 4],
                dict(
                    lr=0.01,
                    betas=(0.9, 0.999),
                    eps=lambda step: 1e-8 / math.sqrt(1 - 0.999 ** (step + 1)),
                ),
            ),
        ],
        batches_of_8,
        5,
    ),
    # "Nothing left" is left out: PyTorch has no Polyak step size.
    (
        "Plateau",
        "GradientDescent",
        [
            (
                torch.optim.SGD,
                [2, 3, 4, 5],
                dict(
                    lr=lambda step, plateau=Plateau(1, factor=0.5, patience=0, threshold=0.05, threshold_mode="rel", cooldown=0, min_lr=0.0, eps=1e-8): plateau(step, 0.5),
                ),
            ),
            (
                torch.optim.Adamax,
                [0, 1],
                dict(
                    lr=lambda step, plateau=Plateau(1, factor=0.5, patience=0, threshold=0.05, threshold_mode="rel", cooldown=0, min_lr=0.0, eps=1e-8): 0.01 / 0.5 * plateau(step, 0.5),
                    betas=(0.9, 0.999),
                    eps=0.0,
                ),
            ),
        ],
        all_rows,
        1,
    ),
    (
        "Adam",
        "Adam",
        [(torch.optim.Adam, [0, 1, 2, 3, 4, 5], dict(lr=0.02, betas=(0.9, 0.999), eps=1e-8))],
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
    for step in range(30 + 1):
        x, y = seen(model)
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        is_due = step % interval == 0 or step == 30
        with torch.no_grad():
            value = loss(model, features, targets) if is_due else None
        write([name, rule, step, x, y, value.item() if is_due else ""])
        if step == 30:
            report(name, model)
        for optimizer, (_, _, parameters) in zip(optimizers, groups):
            optimizer.param_groups[0].update(at(step, parameters))
        rows = batches[step % len(batches)]
        model.zero_grad()
        loss(model, features[rows], targets[rows]).backward()
        for optimizer in optimizers:
            optimizer.step()
