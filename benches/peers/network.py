"""An epoch of training in PyTorch and in JAX, for comparison with benches/network.rs.

Adam on batches of 32 out of 1,000 shuffled rows, a network 2-32-32-1 with tanh, binary
cross-entropy, double precision, one process. Prints the median milliseconds per epoch. Data and
weights are without meaning, as they do not change the time.

    pip install torch jax
    python3 benches/peers/network.py
"""

import statistics
import time

ROWS, BATCH, EPOCHS = 1000, 32, 60
WIDTHS = [2, 32, 32, 1]


def measured(name, epoch):
    """Runs some epochs to warm up, then prints the median of the others."""
    for _ in range(5):
        epoch()
    times = []
    for _ in range(EPOCHS):
        begin = time.perf_counter()
        epoch()
        times.append(1e3 * (time.perf_counter() - begin))
    print(f"{name}: {statistics.median(times):.3f} ms per epoch")


def in_torch():
    """The training loop as its tutorial has it, with the shuffling done by indices."""
    import torch

    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)
    layers = []
    for inputs, outputs in zip(WIDTHS, WIDTHS[1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.Tanh()]
    model = torch.nn.Sequential(*layers[:-1])
    features = torch.randn(ROWS, 2)
    targets = (torch.rand(ROWS, 1) < 0.5).double()
    loss_function = torch.nn.BCEWithLogitsLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

    def epoch():
        for rows in torch.randperm(ROWS).split(BATCH):
            optimizer.zero_grad()
            loss_function(model(features[rows]), targets[rows]).backward()
            optimizer.step()

    measured(f"PyTorch {torch.__version__}", epoch)


def in_jax():
    """A compiled epoch: a scan over the batches. The last batch is filled up, as all have to be of
    the same size."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    keys = jax.random.split(jax.random.key(0), len(WIDTHS) + 2)
    weights = [
        (jax.random.normal(key, (inputs, outputs)) / inputs**0.5, jnp.zeros(outputs))
        for key, inputs, outputs in zip(keys, WIDTHS, WIDTHS[1:])
    ]
    features = jax.random.normal(keys[-1], (ROWS, 2))
    targets = jax.random.bernoulli(keys[-2], 0.5, (ROWS,)).astype(float)

    def loss(weights, features, targets):
        values = features
        for matrix, bias in weights[:-1]:
            values = jnp.tanh(values @ matrix + bias)
        matrix, bias = weights[-1]
        logits = (values @ matrix + bias)[:, 0]
        return jnp.mean(jnp.logaddexp(0, logits) - targets * logits)

    def step(state, rows):
        weights, first, second, t = state
        t = t + 1
        slopes = jax.grad(loss)(weights, features[rows], targets[rows])
        each = jax.tree.map
        first = each(lambda m, g: 0.9 * m + 0.1 * g, first, slopes)
        second = each(lambda v, g: 0.999 * v + 0.001 * g * g, second, slopes)
        below_1, below_2 = 1 - 0.9**t, 1 - 0.999**t
        weights = each(
            lambda w, m, v: w - 1e-3 * (m / below_1) / (jnp.sqrt(v / below_2) + 1e-8),
            weights,
            first,
            second,
        )
        return (weights, first, second, t), None

    @jax.jit
    def epoch_from(state, key):
        rows = jax.random.permutation(key, ROWS)
        rows = jnp.resize(rows, (-(-ROWS // BATCH), BATCH))
        return jax.lax.scan(step, state, rows)[0]

    zeros = jax.tree.map(jnp.zeros_like, weights)
    state, key = (weights, zeros, zeros, jnp.array(0)), jax.random.key(1)

    def epoch():
        nonlocal state, key
        key, now = jax.random.split(key)
        state = jax.block_until_ready(epoch_from(state, now))

    measured(f"JAX {jax.__version__}", epoch)


if __name__ == "__main__":
    for run in (in_torch, in_jax):
        try:
            run()
        except ImportError as error:
            print(f"left out: {error}")
