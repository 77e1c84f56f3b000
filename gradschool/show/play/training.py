"""A network for two classes of points, and its training, on the course's own tape.

The network is a list of layers {"w": (inputs, units), "b": (units,)}. Its last layer has one unit, whose
value is the logit of class 1. Nothing here is specific to a picture.
"""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from gradschool.reverse import value_and_grad
from gradschool.show.play import datasets

ACTIVATIONS = {
    "tanh": np.tanh,
    "ReLU": lambda z: np.maximum(z, 0.0),
    "sigmoid": lambda z: 0.5 * (1 + np.tanh(0.5 * z)),
    "sine": np.sin,
}
MOST_LAYERS, MOST_UNITS = 3, 8
RUNAWAY = 1e6  # a mean cross entropy that no useful step reaches; not a number is not below it either
POINTS = 200  # in the training set, and as many in the test set


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What can be chosen.

    data, noise, seed : see `datasets.points`. layers : units of each hidden layer, at most three layers of one to
    eight. activation : a name in `ACTIVATIONS`. rate : the learning rate. penalty : lambda of the L2 penalty
    lambda/2 |w|^2 on all weights, not on biases. batch : points in a minibatch. pace : steps between two frames.

    Raises ValueError where a choice does not exist.
    """

    data: str = "moons"
    noise: float = 0.2
    layers: tuple = (4,)
    activation: str = "tanh"
    rate: float = 0.1
    penalty: float = 0.0
    batch: int = 20
    pace: int = 5
    seed: int = 0

    def __post_init__(self):
        object.__setattr__(self, "layers", tuple(int(units) for units in self.layers))
        for holds, words in (
            (self.data in datasets.NAMES, f"data: one of {', '.join(datasets.NAMES)}"),
            (self.activation in ACTIVATIONS, f"activation: one of {', '.join(ACTIVATIONS)}"),
            (len(self.layers) <= MOST_LAYERS, f"layers: at most {MOST_LAYERS} hidden layers"),
            (all(1 <= units <= MOST_UNITS for units in self.layers), f"layers: 1 to {MOST_UNITS} units in each"),
            (0 <= self.noise <= 2, "noise: from 0 to 2"),
            (self.rate > 0, "rate: above 0"),
            (self.penalty >= 0, "penalty: 0 or above"),
            (1 <= self.batch <= POINTS, f"batch: from 1 to {POINTS}"),
            (1 <= self.pace <= 1000, "pace: from 1 to 1000 steps a frame"),
        ):
            if not holds:
                raise ValueError(f"the playground has no such setting; {words}")

    def asks_for_a_new_start(self, other):
        """Whether a network trained under `other` cannot go on under these settings."""
        kept = ("data", "noise", "layers", "activation", "seed")
        return any(getattr(self, name) != getattr(other, name) for name in kept)


def initial(layers, activation, rng):
    """Weights of standard deviation 1/sqrt(inputs), for ReLU sqrt(2/inputs) as it halves the signal; biases 0."""
    sizes = (2, *layers, 1)
    gain = 2.0 if activation == "ReLU" else 1.0
    return [
        {"w": rng.standard_normal((m, n)) * np.sqrt(gain / m), "b": np.zeros(n)}
        for m, n in pairwise(sizes)
    ]


def forward(network, x, activation):
    """The values of all hidden layers and the logits: arrays of shape (points, units), then (points,)."""
    values, function = [], ACTIVATIONS[activation]
    for layer in network[:-1]:
        x = function(x @ layer["w"] + layer["b"])
        values.append(x)
    return values, (x @ network[-1]["w"] + network[-1]["b"])[:, 0]


def cross_entropy(network, x, t, activation):
    """The mean over the points of -log p(class t), from logits, so that it neither overflows nor meets log 0."""
    _, z = forward(network, x, activation)
    return np.mean(np.logaddexp(0.0, z) - t * z)


def objective(network, x, t, activation, penalty):
    """What training makes small: the mean cross entropy, and penalty/2 times the sum of all squared weights."""
    value = cross_entropy(network, x, t, activation)
    if penalty:
        value = value + penalty / 2 * sum(np.sum(layer["w"] ** 2) for layer in network)
    return value


_VALUE_AND_GRADIENT = value_and_grad(objective)


@dataclass
class Training:
    """A network in training: minibatch gradient descent, reshuffled every epoch. Same settings, same run."""

    settings: Settings
    steps: int = 0
    history: list = field(default_factory=list)  # (steps, training loss, test loss)

    def __post_init__(self):
        s = self.settings
        self.x, self.t = datasets.points(s.data, s.noise, POINTS, [s.seed, 0])
        self.x_test, self.t_test = datasets.points(s.data, s.noise, POINTS, [s.seed, 1])
        self.rng = np.random.default_rng([s.seed, 2])
        self.network = initial(s.layers, s.activation, self.rng)
        self.order = self.rng.permutation(POINTS)
        self.place = 0
        self.note_losses()

    def step(self):
        """One step of gradient descent, on the next minibatch."""
        s = self.settings
        if self.place >= POINTS:
            self.order, self.place = self.rng.permutation(POINTS), 0
        chosen = self.order[self.place : self.place + s.batch]
        self.place += s.batch
        _, gradient = _VALUE_AND_GRADIENT(self.network, self.x[chosen], self.t[chosen], s.activation, s.penalty)
        for layer, slope in zip(self.network, gradient, strict=True):
            for name in layer:
                layer[name] -= s.rate * slope[name]
        self.steps += 1

    def run(self, steps):
        """Several steps, and then the losses. Numbers that overflow are no error here: see `diverged`."""
        with np.errstate(over="ignore", invalid="ignore"):
            for _ in range(steps):
                self.step()
            self.note_losses()

    def note_losses(self):
        self.history.append((self.steps, self.loss(self.x, self.t), self.loss(self.x_test, self.t_test)))
        if len(self.history) > 300:  # as many as a curve can show: every other of the older ones goes
            self.history = self.history[:200:2] + self.history[200:]

    def loss(self, x, t):
        return float(cross_entropy(self.network, x, t, self.settings.activation))

    def accuracy(self, x, t):
        """The share of points on the right side. A logit of exactly 0 counts as class 1."""
        return float(np.mean((forward(self.network, x, self.settings.activation)[1] >= 0) == t))

    @property
    def diverged(self):
        return not self.history[-1][1] < RUNAWAY
