"""Records a training run for Slalom: the path of the weights, and the loss on the plane around it.

    recorder = Recorder()
    for batch in batches:                      # a training loop of any library
        ...
        recorder.add(weights(model))           # one long vector, after every step
    recorder.save("run", loss_at)              # loss_at(vector) -> the loss with these weights

writes run-losses.csv, run-path.csv and run.ron. `slalom run.ron` opens the landscape with a race on
it; drop run-path.csv on the window to see the recorded path on top. Needs NumPy only.

PyTorch:
    from torch.nn.utils import parameters_to_vector, vector_to_parameters
    weights = lambda model: parameters_to_vector(model.parameters()).detach().double().numpy()
    def loss_at(vector):
        vector = torch.as_tensor(vector, dtype=next(model.parameters()).dtype)
        vector_to_parameters(vector, model.parameters())
        with torch.no_grad():
            return criterion(model(inputs), targets).item()

Keras:
    weights = lambda model: numpy.concatenate([w.ravel() for w in model.get_weights()])
    def loss_at(vector):
        shapes = [w.shape for w in model.get_weights()]
        ends = numpy.cumsum([numpy.prod(shape, dtype=int) for shape in shapes])[:-1]
        parts = numpy.split(vector, ends)
        model.set_weights([part.reshape(shape) for part, shape in zip(parts, shapes)])
        return model.evaluate(inputs, targets, verbose=0, return_dict=True)["loss"]
"""

import csv

import numpy


def points_of(paths):
    """The weights of all paths, one vector a row."""
    return numpy.concatenate([numpy.array(path) for path in paths.values()])


class Recorder:
    """The weights after every step of a run, or of several: `add(vector, racer="Adam")`."""

    def __init__(self):
        self.paths = {}

    def add(self, vector, racer="recorded"):
        """Keeps a copy of the weights, one long vector."""
        self.paths.setdefault(racer, []).append(numpy.array(vector, dtype=float).ravel())

    def plane(self):
        """The plane through the paths: its centre, and two orthonormal directions as rows.

        These are the first two principal components (Li et al. 2018, section 7). PCA draws smooth
        curves by itself even through long random walks, so `save` says how much of the paths'
        variance lies in the plane.
        """
        points = points_of(self.paths)
        centre = points.mean(axis=0)
        _, sizes, directions = numpy.linalg.svd(points - centre, full_matrices=False)
        largest = numpy.abs(directions).argmax(axis=1)
        directions *= numpy.sign(directions[numpy.arange(len(directions)), largest])[:, None]
        share = (sizes[:2] ** 2).sum() / max((sizes**2).sum(), 1e-300)
        return centre, directions[:2], share

    def save(self, name, loss_at, nodes=41, margin=0.25):
        """Writes `name`-losses.csv with nodes x nodes losses, `name`-path.csv and `name`.ron.

        `margin` is what is seen around the paths, as a part of their extent.
        """
        centre, directions, share = self.plane()
        seen = {racer: (numpy.array(path) - centre) @ directions.T for racer, path in self.paths.items()}
        points = points_of(seen)
        middle = (points.max(axis=0) + points.min(axis=0)) / 2
        half = (points.max(axis=0) - points.min(axis=0)).max() * (0.5 + margin)
        xs, ys = (numpy.linspace(at - half, at + half, nodes) for at in middle)

        with open(f"{name}-losses.csv", "w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["x", "y", "loss"])
            for y in ys:
                for x in xs:
                    rows.writerow([x, y, float(loss_at(centre + x * directions[0] + y * directions[1]))])

        # The model gets its last weights back.
        loss_at(points_of(self.paths)[-1])

        with open(f"{name}-path.csv", "w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["racer", "step", "x", "y"])
            for racer, path in seen.items():
                for step, (x, y) in enumerate(path):
                    rows.writerow([racer, step, x, y])

        x, y = next(iter(seen.values()))[0]
        with open(f"{name}.ron", "w") as file:
            file.write(
                f"(\n    version: 1,\n    title: \"{name}\",\n"
                f"    notes: \"The plane has {share:.0%} of the variance of the recorded paths.\",\n"
                f"    surface: Grid(data: \"{name}-losses.csv\"),\n    start: ({x}, {y}),\n"
                f"    steps: 200,\n    racers: [\n"
                f"        (optimizer: GradientDescent(learning_rate: 0.1)),\n"
                f"        (optimizer: Momentum(learning_rate: 0.02)),\n"
                f"        (optimizer: Adam(learning_rate: 0.1)),\n    ],\n)\n"
            )
        print(f"{name}.ron: the plane has {share:.0%} of the variance of the recorded paths")
