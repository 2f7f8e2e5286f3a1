# Muon in the hidden layers and AdamW in the last one
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
    0.7358524063270144, 0.6961907629690262, 0.46423589933442255, -0.38411204719065456,
    -0.48260708435636174, -0.5596399324519575, 0.0674241374612748, -0.2894534686870442,
    -0.15068261132948463, -0.1400356153630616, -0.7699554412308897, 0.7709780069422434,
    0.331194596091399, 0.7619140231999576, -0.7715514454547089, -0.17767502371430327, 0.0, 0.0, 0.0,
    0.0, 0.0, 0.0, 0.0, 0.0, -0.6744150776908959, 0.46906117944141673, 0.290991601109714,
    0.3477339362206318, -0.34988775923708926, 0.4179969603447423, 0.3602225470921657,
    -0.6729558716460204, -0.45431387401131357, -0.30856323769858585, 0.4618262230278807,
    0.4265919489594479, -0.6766540993960825, 0.029994209700449852, -0.40743131987472075,
    -0.07078026239902269, -0.42691410159074494, 0.30293511364599435, -0.3460566035046351,
    -0.08664227321669726, -0.1419055225760517, -0.015683471026652455, 0.48616889281967013,
    -0.4920390024670402, -0.2413537970868919, -0.42311539911536167, 0.49963517287901693,
    -0.18987788742628833, 0.12292086835751756, -0.24741662746717785, -0.3087707033917638,
    0.3574055665767996, 0.5958705535916765, -0.2652403144313056, 0.6633496512872316,
    -0.3101832894235529, -0.5732183130603055, -0.14156381022429576, -0.2127067029537032,
    0.5840838748202785, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5006692230111922, -0.3380609936314631,
    -0.2678463902323306, 0.196021466879757, -0.25931535911539566, -0.33155293107343403,
    -0.47479242765974855, 0.5636567308596279, -0.6817361423486288, -0.1361106871616756, 0.0, 0.0,
])

# x and y are coordinates on a plane through all weights, on which Slalom shows the paths.
plane = torch.tensor([
    [-0.08433134008579765, 0.3173116135616743, 0.02949893110685452, 0.025493275856033677,
    0.34148062905075893, -0.1607986711608894, 0.3058603234228844, 0.06946755657634146,
    -0.06586959547810096, -0.05867086222512145, 0.05276443600108146, 0.008088648944921699,
    -0.13649861554557943, 0.04931159600844275, 0.07518664941882208, 0.21522116807543878,
    0.07580169516342157, -0.05674518035286929, -0.05736781815500332, -0.005239281160270631,
    0.001533057133724097, -0.0819693535422406, 0.08210784689249466, 0.03671004605192313,
    0.020586997854665397, 0.09969135927576811, -0.10137034837047271, -0.06909161024795367,
    0.03308454980438483, -0.26230595617075925, 0.012032414187161172, -0.0828638898196749,
    0.05686554875788289, 0.02921917172873625, -0.06307889309083357, -0.03044290557686122,
    0.025559187756899405, -0.007204703904185681, -0.003464112664756621, -0.03142771896117912,
    -0.10388429515555493, -0.13845137363840446, 0.046676153241699235, -0.11820865368997333,
    0.08075840171816022, 0.15146408954682028, -0.048846620163548134, 0.1522379711351506,
    -0.03531167408838226, 0.143837148622834, 0.12723188797303692, 0.09649720665214566,
    0.04632951557459625, -0.1389907757981597, -0.23270045102838263, -0.0470935630430018,
    0.03847411592801306, -0.004007504576782587, -0.1860308603690432, -0.1689170465434285,
    0.11886210310345059, -0.015772450652551492, -0.046424669274648105, 0.06743768734777378,
    -0.016458355990375453, 0.030130887438981215, 0.005484576623410449, -0.06500381262792873,
    -0.007445788355327493, 0.145266406147464, 0.0021758957994628307, 0.08706376230625927,
    -0.06223965680591574, -0.12931664194081202, -0.1473012962453828, 0.0076047548941657805,
    -0.09062309728284478, 0.06808401379955921, 0.13407460190320603, 0.057365177368249615,
    -0.05736517736824965], [-0.13138821054650923, -0.13201851899887046, -0.1152333251880383,
    -0.2954699267758733, -0.009910097579431633, 0.06021132959710333, -0.15077784095835553,
    -0.3525666901781831, 0.1559348841638762, 0.17072592800895223, -0.02258068841196387,
    -0.022498817015632187, -0.07390043736575146, -0.15872800469303072, 0.03162194134427871,
    0.13892815360530336, -0.050548367093234084, -0.039301953592807165, 0.10543598345190312,
    -0.004398987085284989, 0.1638885537529696, 0.439940490392337, -0.24422755490253553,
    -0.09666543330651166, -0.11330387246531168, 0.05056520050216947, 0.07878620948747231,
    0.0034944967095099826, 0.054600675948148034, -0.129397722076651, -0.12772331382687038,
    0.045122480971280375, -0.0435137197943241, -0.0014783147706430235, -0.03087141234427868,
    -0.03530081790542011, -0.0020234794405696826, -0.048807092462844245, 0.04107455674652437,
    0.015297299863768828, -0.03916081009817599, -0.03633887192912952, 0.08434510619443533,
    0.04068043670796805, 0.019443851709767895, 0.11126523668575686, -0.043754699209459263,
    0.11241389928442182, 0.1062390929719977, 0.07991577451578172, -0.022355042297188023,
    0.07189730846087247, -0.024240320733722058, 0.0014549731940332507, 0.013572686416782151,
    -0.048082794809728165, 0.03572012638068469, -0.007508825572623773, -0.11621207632995946,
    -0.09358889356331261, 0.004538220910785966, -0.005824026721069691, 0.06420089368104777,
    0.034031279074255356, -0.011028258586014734, -0.09007195728561337, -0.10199131385835243,
    0.115694719899606, 0.015796760694255133, 0.15391477002901804, 0.03287029853465097,
    0.05049133859656691, -0.0020759237786617084, -0.11836266893819665, -0.1527732292714758,
    -0.03835708694326242, -0.04849460867504821, -0.0012026669013428244, 0.11569352959480854,
    -0.11696088152767822, 0.11696088152767825],
])
origin = torch.tensor([0.299170382752663, -0.6847997284712296])


def network():
    """A network 2–8–5–2 with tanh, with the weights at which all racers start."""
    model = torch.nn.Sequential(
        torch.nn.Linear(2, 8),
        torch.nn.Tanh(),
        torch.nn.Linear(8, 5),
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
        "Hidden",
        "Muon",
        [
            (Muon, [0, 2], dict(lr=lambda step: cosine(step, 0.02, 0.0, 30), momentum=0.95)),
            (
                torch.optim.Adam,
                [1, 3],
                dict(lr=lambda step: cosine(step, 0.02, 0.0, 30), betas=(0.9, 0.999), eps=1e-8),
            ),
            (
                torch.optim.AdamW,
                [4, 5],
                dict(
                    lr=lambda step: 0.01 / 0.02 * cosine(step, 0.02, 0.0, 30),
                    betas=(0.9, 0.999),
                    eps=1e-8,
                    weight_decay=0.01,
                ),
            ),
        ],
        batches_of_8,
        5,
    ),
    (
        "Everywhere",
        "Muon",
        [
            (Muon, [0, 2, 4], dict(lr=0.02, momentum=0.95, weight_decay=0.1)),
            (torch.optim.Adam, [1, 3, 5], dict(lr=0.005, betas=(0.9, 0.999), eps=1e-8)),
        ],
        all_rows,
        1,
    ),
    (
        "As PyTorch",
        "Muon",
        [
            (
                Muon,
                [0, 2, 4],
                dict(
                    lr=lambda step: 0.02 if step < 8 else 0.01,
                    momentum=lambda step: 0.95 if step < 15 else 0.9,
                    weight_decay=0.1,
                    clamps=True,
                ),
            ),
            (
                torch.optim.Adam,
                [1, 3, 5],
                dict(lr=lambda step: 0.02 if step < 8 else 0.01, betas=(0.9, 0.999), eps=1e-8),
            ),
        ],
        all_rows,
        1,
    ),
    # "As Optax" is left out: PyTorch's NAdam warms the momentum up, and here it is constant.
    (
        "Matched",
        "Muon",
        [
            (
                Muon,
                [0, 2, 4],
                dict(
                    lr=lambda step: 0.1 if step < 10 else 0.05,
                    momentum=0.95,
                    weight_decay=0.01,
                    ns_steps=4,
                    ns_coefficients=(3.0, -3.2, 1.2),
                    nesterov=False,
                    scale="match_rms",
                    corrected=True,
                ),
            ),
            (
                torch.optim.Adam,
                [1, 3, 5],
                dict(lr=lambda step: 0.1 if step < 10 else 0.05, betas=(0.9, 0.999), eps=1e-8),
            ),
        ],
        all_rows,
        1,
    ),
    # "Edited" is left out: PyTorch applies the learning rate to the velocity, and here it goes into the velocity, which differs when it changes.
    (
        "Group of its own",
        "GradientDescent",
        [
            (torch.optim.SGD, [0, 1, 4, 5], dict(lr=lambda step: 0.2 * 0.95**step)),
            (
                Muon,
                [2],
                dict(
                    lr=lambda step: 0.02 / 0.2 * (0.2 * 0.95**step),
                    momentum=0.95,
                    scale="unscaled",
                ),
            ),
            (
                torch.optim.Adam,
                [3],
                dict(lr=lambda step: 0.02 / 0.2 * (0.2 * 0.95**step), betas=(0.9, 0.999), eps=1e-8),
            ),
        ],
        all_rows,
        1,
    ),
    # "Looking ahead" is left out: PyTorch has no Lookahead.
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
