# Whole vectors
# Prints the first six columns of `slalom run`. Needs optax.

import csv
import math
import sys
from typing import NamedTuple

import jax
import jax.numpy as jnp
import optax

jax.config.update("jax_enable_x64", True)


def loss(position):
    """The surface Himmelblau."""
    x, y = position
    return (x**2 + y - 11)**2 + (x + y**2 - 7)**2


def clipped(learning_rate=0.01, limit=5.0):
    """Clipped:

    θ ← θ − learning_rate·g·min(1, limit/norm(g))
    """

    def init(params):
        return optax.EmptyState()

    def update(updates, state, params):
        theta, g = params, updates
        length = optax.tree.norm(g)
        theta = jax.tree.map(
            lambda theta, g: theta - learning_rate * g * jnp.minimum(1.0, limit / length),
            theta,
            g,
        )
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, optax.EmptyState()

    return optax.GradientTransformation(init, update)


class MeanAndMaxState(NamedTuple):
    """What `mean_and_max` keeps from step to step."""

    r: jax.Array
    m: optax.Params


def mean_and_max(learning_rate=0.05, beta=0.8):
    """Mean and max:

    c = g − mean(g)
    r ← max(0.5r, norm(c))
    m ← β·m + (1 − β)·(c/(r + 1) + g/(1 + max(max(g, −g))))
    θ ← θ − learning_rate·m
    """

    def init(params):
        return MeanAndMaxState(r=jnp.zeros([]), m=optax.tree.zeros_like(params))

    def update(updates, state, params):
        theta, g = params, updates
        r, m = state.r, state.m
        average = optax.tree.sum(g) / optax.tree.size(g)
        c = jax.tree.map(lambda g: g - average, g)
        length = optax.tree.norm(c)
        r = jnp.maximum(0.5 * r, length)
        point = jax.tree.map(lambda g: jnp.maximum(g, -g), g)
        largest = optax.tree.max(point)
        m = jax.tree.map(
            lambda m, c, g: beta * m + (1 - beta) * (c / (r + 1) + g / (1 + largest)),
            m,
            c,
            g,
        )
        theta = jax.tree.map(lambda theta, m: theta - learning_rate * m, theta, m)
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, MeanAndMaxState(r=r, m=m)

    return optax.GradientTransformation(init, update)


def sharpness_aware(learning_rate=0.01, rho=0.05):
    """Sharpness-aware:

    θ ← θ − learning_rate·gradient(θ + ρ·g/(norm(g) + 1e-12))

    `update` is also given the functions value_fn and grad_fn of parameters.
    """

    def init(params):
        return optax.EmptyState()

    def update(updates, state, params, *, value_fn, grad_fn, **extra_args):
        theta, g = params, updates
        length = optax.tree.norm(g)
        point = jax.tree.map(lambda theta, g: theta + rho * g / (length + 1e-12), theta, g)
        slope = grad_fn(point)
        theta = jax.tree.map(lambda theta, slope: theta - learning_rate * slope, theta, slope)
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, optax.EmptyState()

    return optax.GradientTransformationExtraArgs(init, update)


def polyak_step(c=0.1):
    """Polyak step:

    f = value(θ)
    ahead = value(θ − 0.001g)
    θ ← θ − c·(f + ahead)/2·g/(dot(g, g) + 1)

    `update` is also given the functions value_fn and grad_fn of parameters.
    """

    def init(params):
        return optax.EmptyState()

    def update(updates, state, params, *, value_fn, grad_fn, **extra_args):
        theta, g = params, updates
        f = value_fn(theta)
        point = jax.tree.map(lambda theta, g: theta - 0.001 * g, theta, g)
        ahead = value_fn(point)
        product = optax.tree.vdot(g, g)
        theta = jax.tree.map(
            lambda theta, g: theta - c * (f + ahead) / 2 * g / (product + 1),
            theta,
            g,
        )
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, optax.EmptyState()

    return optax.GradientTransformationExtraArgs(init, update)


class FallingState(NamedTuple):
    """What `falling` keeps from step to step."""

    count: jax.Array


def falling(learning_rate=0.02):
    """Falling:

    θ ← θ − learning_rate·(gradient(θ − 0.01g) + t⁻¹·g)/2

    `update` is also given the functions value_fn and grad_fn of parameters.
    """

    def init(params):
        return FallingState(count=jnp.zeros([], int))

    def update(updates, state, params, *, value_fn, grad_fn, **extra_args):
        theta, g = params, updates
        count = optax.safe_increment(state.count)
        t = count.astype(float)
        point = jax.tree.map(lambda theta, g: theta - 0.01 * g, theta, g)
        slope = grad_fn(point)
        theta = jax.tree.map(
            lambda theta, slope, g: theta - learning_rate * (slope + t**(-1) * g) / 2,
            theta,
            slope,
            g,
        )
        moves = jax.tree.map(jnp.subtract, theta, params)
        return moves, FallingState(count=count)

    return optax.GradientTransformationExtraArgs(init, update)


# Numbers of the standard normal distribution that Slalom drew with seed 0.
normals = jnp.array([
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


# name, rule, optimizer, sigma
racers = [
    ("Clipped", "Rule", clipped(learning_rate=0.01, limit=5.0), 0.0),
    ("Mean and max", "Rule", mean_and_max(learning_rate=0.05, beta=0.8), 0.0),
    ("Sharpness-aware", "Rule", sharpness_aware(learning_rate=0.01, rho=0.05), 0.0),
    (
        "Polyak",
        "Rule",
        optax.inject_hyperparams(polyak_step)(c=lambda step: jnp.where(step < 30, 0.1, 0.05)),
        0.0,
    ),
    (
        "Falling",
        "Rule",
        optax.inject_hyperparams(falling)(learning_rate=lambda step: 0.02 * 0.95**step),
        0.1,
    ),
    ("Adam", "Adam", optax.adam(learning_rate=0.1, b1=0.9, b2=0.999, eps=1e-8), 0.0),
]

loss_and_gradient = jax.jit(jax.value_and_grad(loss))
write = csv.writer(sys.stdout, lineterminator="\n").writerow
write(["racer", "optimizer", "step", "x", "y", "loss"])
for name, rule, optimizer, sigma in racers:
    update = optax.with_extra_args_support(optimizer).update
    position = jnp.array([0.7, -1.3])
    state = optimizer.init(position)
    for step in range(60 + 1):
        x, y = position.tolist()
        if not (math.isfinite(x) and math.isfinite(y)):
            break  # it has diverged
        value, gradient = loss_and_gradient(position)
        gradient += sigma * normals[step % len(normals)]
        write([name, rule, step, x, y, value.item()])

        def value_at(at):
            value, _ = loss_and_gradient(at)
            return value

        def gradient_at(at):
            _, gradient = loss_and_gradient(at)
            return gradient + sigma * normals[step % len(normals)]

        updates, state = update(gradient, state, position, value_fn=value_at, grad_fn=gradient_at)
        position = optax.apply_updates(position, updates)
