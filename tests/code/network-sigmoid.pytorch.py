# A sigmoid, seen by an average
# Prints the first six columns of `slalom run`. Needs torch and schedulefree (`pip install schedulefree`).

import csv
import math
import sys

import schedulefree
import torch

torch.set_default_dtype(torch.float64)


# 40 rows of circles to train on: x1, x2; the target is circle (0 inner, 1 outer).
features = torch.tensor([
    [0.9662109922460502, 0.14765615349754022], [0.6646264915339886, 0.06855724825337405],
    [0.9828680793350418, 0.3013149360274258], [0.45838563908668667, 0.18698784433842025],
    [0.7841773559376999, 0.6243857225631149], [0.3146684360064383, 0.230141608138833],
    [0.5603552790026445, 0.6808705895186763], [0.45877987221445715, 0.24011463285031528],
    [0.33477562369804426, 1.0201609877985909], [0.0018268220468402596, 0.5579818032791668],
    [-0.2001073008143115, 0.9764170569003852], [-0.03521865541195054, 0.38065879251309626],
    [-0.47311574250069544, 0.8500126048120149], [-0.10302102602975047, 0.37782354932784634],
    [-0.7383257265264332, 0.8102851201152791], [-0.25568377086327665, 0.39133290566317],
    [-0.9852006644659084, 0.6050946886165021], [-0.431313221339563, 0.40289909146844927],
    [-0.8230039602436325, 0.12734481537042794], [-0.48886306120505063, 0.09242936792612723],
    [-1.0600228678903512, 0.027442579805113745], [-0.5015119773388964, 0.09869633207712822],
    [-0.9307288728780009, -0.30608853228987143], [-0.35181669885950295, -0.1770159150753882],
    [-0.852677078741575, -0.8159898184305555], [-0.35389969193338433, -0.30037915305092133],
    [-0.7371940835300196, -0.8799440267160713], [-0.2679285334685387, -0.39162709214867414],
    [-0.22894069210392526, -0.9691543502029796], [-0.04179816135256119, -0.5602875650674287],
    [-0.025643347274607268, -0.9582827458826357], [-0.026381880800345283, -0.4767372097003574],
    [0.33530365952747426, -1.0069069420310501], [0.19137890524145995, -0.49164849920177495],
    [0.5864518185503889, -0.7223148162718602], [0.2962046483346053, -0.45783885443154],
    [0.7363131977101943, -0.8149762494108794], [0.4302133491433525, -0.3387771299121549],
    [1.0131938316884064, -0.2768380549846083], [0.5073040759284565, -0.18316422370183635],
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
    [0.19680377867283377, 0.047055598358287626, -0.1319901190323746, -0.06957686489524781,
    -0.30163847918188824, 0.0700459912279557, -0.2672221255423809, -0.02150271567190149,
    -0.06499084713285141, 0.10513432372964976, 0.15386562276115642, 0.1728303763851685,
    0.2555207522415894, 0.2299666765596405, 0.17118182831682674, -0.1224922764842742,
    0.11606411758817924, 0.3470016308319337, 0.22727386909632769, 0.1736736329629445,
    0.12249227648427419, -0.11606411758817932, -0.3470016308319336, -0.22727386909632769,
    -0.17367363296294452, 0.2136891366384004, -0.2136891366384004], [-0.25103676301831673,
    0.05186821408375321, 0.20549783668005858, -0.14061179589519412, 0.3635085639699178,
    -0.2421905908660851, 0.3681575224103812, -0.2446104095389765, 0.02188208609027463,
    -0.07162358878894949, -0.11376053755687864, 0.04405265831042631, -0.05239707402847474,
    0.017355250179215305, -0.10766263043222848, 0.10530163407885045, 0.33637178466247564,
    0.12530336379333515, 0.252357321687211, 0.049465353863216585, -0.10530163407885058,
    -0.3363717846624754, -0.12530336379333526, -0.25235732168721114, -0.049465353863216724,
    0.13938919186561383, -0.13938919186561383],
])
origin = torch.tensor([-0.3518595136365177, 1.7740627389368282])


def network():
    """A network 2–5–2 with sigmoid, with the weights at which all racers start."""
    model = torch.nn.Sequential(
        torch.nn.Linear(2, 5),
        torch.nn.Sigmoid(),
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


# The rows that Slalom drew for every step with seed 0.
batches_of_1 = [
    [39], [29], [14], [7], [16], [11], [20], [13], [3], [37], [5], [26], [15], [2], [36], [33],
    [17], [32], [8], [9], [34], [1], [28], [31], [6],
]


write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])

model = network()
optimizer = schedulefree.SGDScheduleFree(
    model.parameters(),
    lr=2.0,
    momentum=0.9,
    weight_lr_power=2.0,
    foreach=False,
)
for step in range(25 + 1):
    optimizer.eval()
    x, y = seen(model)
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
    with torch.no_grad():
        value = loss(model, features, targets)
    write(["ScheduleFreeSgd", "ScheduleFreeSgd", step, x, y, value.item()])
    if step == 25:
        report("ScheduleFreeSgd", model)
    optimizer.train()
    rows = batches_of_1[step % len(batches_of_1)]
    optimizer.zero_grad()
    loss(model, features[rows], targets[rows]).backward()
    optimizer.step()
