# Whole vectors
# Prints the first six columns of `slalom run`. Needs torch.

import csv
import math
import sys

import torch

torch.set_default_dtype(torch.float64)


def loss(position):
    """The surface Himmelblau."""
    x, y = position
    return (x**2 + y - 11)**2 + (x + y**2 - 7)**2


def at(step, parameters):
    """The hyper-parameters of the update from `step` to the next."""
    return {key: value(step) if callable(value) else value for key, value in parameters.items()}


def flat(parts):
    """All numbers of some tensors, as one vector."""
    return torch.cat([part.detach().reshape(-1) for part in parts])


def gradients(tensors):
    """The gradients of some tensors as one vector; 0 where the loss does not depend on one."""
    return flat(torch.zeros_like(each) if each.grad is None else each.grad for each in tensors)


def put(vector, tensors):
    """Gives tensors the numbers of one vector."""
    parts = vector.split([tensor.numel() for tensor in tensors])
    for tensor, part in zip(tensors, parts):
        tensor.copy_(part.view_as(tensor))


class Clipped(torch.optim.Optimizer):
    """Clipped:

    θ ← θ − learning_rate·g·min(1, limit/norm(g))
    """

    def __init__(self, params, lr=0.01, limit=5.0):
        super().__init__(params, dict(lr=lr, limit=limit))
        if len(self.param_groups) > 1:
            raise ValueError("all parameters belong to one group: they are measured together")

    @torch.no_grad()
    def step(self, closure=None):
        [group] = self.param_groups
        weights = group["params"]
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        theta = flat(weights)
        g = gradients(weights)
        learning_rate, limit = group["lr"], group["limit"]
        theta = theta - learning_rate * g * torch.clamp(limit / torch.linalg.vector_norm(g), max=1.0)
        put(theta, weights)
        return loss


class MeanAndMax(torch.optim.Optimizer):
    """Mean and max:

    c = g − mean(g)
    r ← max(0.5r, norm(c))
    m ← β·m + (1 − β)·(c/(r + 1) + g/(1 + max(max(g, −g))))
    θ ← θ − learning_rate·m
    """

    def __init__(self, params, lr=0.05, beta=0.8):
        super().__init__(params, dict(lr=lr, beta=beta))
        if len(self.param_groups) > 1:
            raise ValueError("all parameters belong to one group: they are measured together")

    @torch.no_grad()
    def step(self, closure=None):
        [group] = self.param_groups
        weights = group["params"]
        state = self.state[weights[0]]
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        theta = flat(weights)
        g = gradients(weights)
        if not state:
            state["r"] = theta.new_zeros(())
            state["m"] = torch.zeros_like(theta)
        r, m = state["r"], state["m"]
        learning_rate, beta = group["lr"], group["beta"]
        c = g - torch.mean(g)
        r = torch.maximum(0.5 * r, torch.linalg.vector_norm(c))
        m = beta * m + (1 - beta) * (c / (r + 1) + g / (1 + torch.max(torch.maximum(g, -g))))
        theta = theta - learning_rate * m
        state.update(r=r, m=m)
        put(theta, weights)
        return loss


class SharpnessAware(torch.optim.Optimizer):
    """Sharpness-aware:

    θ ← θ − learning_rate·gradient(θ + ρ·g/(norm(g) + 1e-12))
    """

    def __init__(self, params, lr=0.01, rho=0.05):
        super().__init__(params, dict(lr=lr, rho=rho))
        if len(self.param_groups) > 1:
            raise ValueError("all parameters belong to one group: they are measured together")

    @torch.no_grad()
    def step(self, closure):
        [group] = self.param_groups
        weights = group["params"]
        losses = []

        def ask(point):
            put(point, weights)
            with torch.enable_grad():
                losses.append(closure())

        def gradient(point):
            ask(point)
            return gradients(weights)

        theta = flat(weights)
        g = gradient(theta)
        learning_rate, rho = group["lr"], group["rho"]
        theta = theta - learning_rate * gradient(theta + rho * g / (torch.linalg.vector_norm(g) + 1e-12))
        put(theta, weights)
        return losses[0]


class PolyakStep(torch.optim.Optimizer):
    """Polyak step:

    f = value(θ)
    ahead = value(θ − 0.001g)
    θ ← θ − c·(f + ahead)/2·g/(dot(g, g) + 1)
    """

    def __init__(self, params, c=0.1):
        super().__init__(params, dict(c=c))
        if len(self.param_groups) > 1:
            raise ValueError("all parameters belong to one group: they are measured together")

    @torch.no_grad()
    def step(self, closure):
        [group] = self.param_groups
        weights = group["params"]
        losses = []

        def ask(point):
            put(point, weights)
            with torch.enable_grad():
                losses.append(closure())

        def value(point):
            ask(point)
            return losses[-1].detach()

        def gradient(point):
            ask(point)
            return gradients(weights)

        theta = flat(weights)
        g = gradient(theta)
        c = group["c"]
        f = value(theta)
        ahead = value(theta - 0.001 * g)
        theta = theta - c * (f + ahead) / 2 * g / (torch.dot(g, g) + 1)
        put(theta, weights)
        return losses[0]


class Falling(torch.optim.Optimizer):
    """Falling:

    θ ← θ − learning_rate·(gradient(θ − 0.01g) + t⁻¹·g)/2
    """

    def __init__(self, params, lr=0.02):
        super().__init__(params, dict(lr=lr))
        if len(self.param_groups) > 1:
            raise ValueError("all parameters belong to one group: they are measured together")

    @torch.no_grad()
    def step(self, closure):
        [group] = self.param_groups
        weights = group["params"]
        state = self.state[weights[0]]
        losses = []

        def ask(point):
            put(point, weights)
            with torch.enable_grad():
                losses.append(closure())

        def gradient(point):
            ask(point)
            return gradients(weights)

        theta = flat(weights)
        g = gradient(theta)
        if not state:
            state["t"] = 0
        state["t"] += 1
        t = theta.new_tensor(state["t"])
        learning_rate = group["lr"]
        theta = theta - learning_rate * (gradient(theta - 0.01 * g) + t**(-1) * g) / 2
        put(theta, weights)
        return losses[0]


# Numbers of the standard normal distribution that Slalom drew with seed 0.
normals = torch.tensor([
    (0.5027293137632659, -0.6571498676861746), (-0.3360919139728269, -1.062833687342243),
    (-0.34249720704077186, -1.187641719980313), (0.01000218625764726, -1.068005162554105),
    (1.1583819144725658, 0.5141816872046163), (1.5108351214461517, 0.6832512959704615),
    (-2.160726544093156, -0.562707743136999), (-0.676768275725002, 0.8836668956626974),
    (-0.17667382418049482, 0.45921049038775424), (-1.9598737057299815, 1.1207046751654268),
    (1.6623373942202075, 1.1768421653222685), (-1.0322717192921183, -1.0721744326733653),
    (-1.8148402654448423, -0.3968107134642893), (-1.0159644697848236, 0.36446998958563726),
    (-1.6381947983029954, -0.16509096514506078), (-1.2268299676100318, 0.3169496787033604),
    (-0.9043987006890284, 0.30654970274875776), (-0.0965845301943759, 1.0907483797221353),
    (-0.2880663038970438, -0.08703880434078008), (-0.3012746892777578, -0.6427519018130011),
    (-0.6057038537190547, -0.6469604556660403), (0.17016622020397365, -2.7869906476414457),
    (-1.0097147700736573, 0.3894225286129535), (-0.28701626604574876, -1.2484298109205871),
    (-0.6466660411077712, 0.36258656188750327), (2.2099550110657553, -2.080623681129057),
    (-0.5848160055306493, 0.119213669583833), (-0.5793480143530727, -0.11424548425750972),
    (-1.9805570202714273, -0.12127120606622678), (-0.049386653829788546, -0.033819383319501545),
    (0.7067390928375303, -0.604301292362233), (0.45315971696190627, 0.5186609413499671),
    (-1.4241504320180645, -0.8955064489943505), (-0.7525173102747027, -1.470062407846861),
    (-0.6227244039568695, -0.9394880320261836), (-0.8764888413519972, -1.288677925424826),
    (-1.4154921358907184, -1.8408574169900396), (1.7650755249952312, -1.2344593299331015),
    (-0.9078883759650832, 1.6079879516685458), (-0.5617876190000088, 1.4277961874420468),
    (-0.1198076506813442, 0.27104741458390513), (0.7978342011188287, -0.2517881946574588),
    (0.4888607079636169, 1.3642414949799768), (1.1974504546997546, -1.2708453004424487),
    (-0.6292682673589752, 0.5688483598127503), (0.039319134486123467, 0.8723179950800738),
    (-0.762839749652811, -0.9633594697848762), (-0.3628784937817442, 0.04872759627335748),
    (-0.3927216511158837, -0.4539924054871004), (0.891348796071389, -0.18756793820255566),
    (0.23495730472909399, -0.7407590164410036), (-0.9077923247934923, 0.7029932787801101),
    (-0.9410101878725078, 0.363363303990017), (1.660156090343534, 0.8760153118294146),
    (1.5519906792623335, -1.605086303906217), (-1.0447353867412097, 1.1606925896653428),
    (-1.8857238615205543, -2.5551136762656816), (1.0755224203335658, -0.7800030691619355),
    (-0.6780590370766395, -0.7893513030273934), (-0.9558533186950109, 1.4578824659909235),
])


# name, rule, make, parameters, sigma
racers = [
    ("Clipped", "Rule", Clipped, dict(lr=0.01, limit=5.0), 0.0),
    ("Mean and max", "Rule", MeanAndMax, dict(lr=0.05, beta=0.8), 0.0),
    ("Sharpness-aware", "Rule", SharpnessAware, dict(lr=0.01, rho=0.05), 0.0),
    ("Polyak", "Rule", PolyakStep, dict(c=lambda step: 0.1 if step < 30 else 0.05), 0.0),
    ("Falling", "Rule", Falling, dict(lr=lambda step: 0.02 * 0.95**step), 0.1),
    ("Adam", "Adam", torch.optim.Adam, dict(lr=0.1, betas=(0.9, 0.999), eps=1e-8), 0.0),
]

write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, make, parameters, sigma in racers:
    position = torch.tensor([0.7, -1.3], requires_grad=True)
    optimizer = make([position], **at(0, parameters))
    for step in range(60 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value = loss(position).detach()
        write([name, rule, step, x, y, value.item()])
        optimizer.param_groups[0].update(at(step, parameters))

        def closure():
            optimizer.zero_grad()
            part = loss(position)
            part.backward()
            position.grad += sigma * normals[step % len(normals)]
            return part

        optimizer.step(closure)
