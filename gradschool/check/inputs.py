"""Inputs that a check draws itself, and the call that they make up.

Points come from one seed (the environment variable GRADSCHOOL_SEED; grading sets it) and from what the check
asks, so that every check has points of its own and a rerun has the same ones.
"""

import hashlib
import inspect
import os
from dataclasses import dataclass

import numpy as np

from . import trees

SEED_VARIABLE, SEED = "GRADSCHOOL_SEED", "gradient school"  # the other one is for where nobody set the variable


@dataclass(frozen=True)
class Draw:
    """A recipe for a random value. `text` is what it was called with; equal texts draw equally."""

    text: str
    make: object

    def __repr__(self):
        return self.text


def normal(*shape, scale=1.0):
    """Normal values with standard deviation `scale`: an array of that shape, or a float without a shape."""
    return Draw(f"normal{shape, scale}", lambda rng: _plain(scale * rng.standard_normal(shape)))


def uniform(low, high, *shape):
    """Values spread evenly between low and high: an array of that shape, or a float without a shape."""
    return Draw(f"uniform{low, high, shape}", lambda rng: _plain(rng.uniform(low, high, shape)))


def labels(n, classes=2):
    """n class labels, shape (n,): integers below `classes`, or drawn from a sequence such as (-1, 1).

    Every class occurs when n is large enough.
    """
    names = np.arange(classes) if np.ndim(classes) == 0 else np.asarray(classes)

    def make(rng):
        some_of_each = np.arange(n) % len(names)
        return names[rng.permutation(some_of_each)]

    return Draw(f"labels{n, tuple(names.tolist())}", make)


def one_hot(n, classes):
    """n one-hot rows, shape (n, classes), as floats."""
    draw = labels(n, classes)
    return Draw(f"one_hot{n, classes}", lambda rng: np.eye(classes)[draw.make(rng)])


def away_from_kinks(*shape, kinks=(0.0,), by=0.1, scale=1.0):
    """Normal values, none of which lies nearer than `by` to a kink."""
    kinks = tuple(np.atleast_1d(kinks).tolist())

    def make(rng):
        x = scale * rng.standard_normal(shape)
        while True:
            near = np.any([np.abs(x - kink) < by for kink in kinks], axis=0)
            if not near.any():
                return _plain(x)
            x = np.where(near, scale * rng.standard_normal(shape) + 2 * by * rng.standard_normal(shape), x)

    return Draw(f"away_from_kinks{shape, kinks, by, scale}", make)


def on_kinks(*shape, kinks=(0.0,), scale=1.0):
    """Normal values, of which about half lie exactly on a kink: at least one, and not all of several."""
    kinks = np.atleast_1d(kinks)

    def make(rng):
        x = scale * rng.standard_normal(shape)
        chosen = np.asarray(rng.random(shape) < 0.5)
        first, last = rng.permutation(x.size)[[-1, 0]]
        chosen.flat[first], chosen.flat[last] = False, True
        return _plain(np.where(chosen, rng.choice(kinks, shape), x))

    return Draw(f"on_kinks{shape, tuple(kinks.tolist()), scale}", make)


def _plain(x):
    return x if np.ndim(x) else float(x)


def generator(*what):
    """A random generator for this question under the seed of the day."""
    seed = os.environ.get(SEED_VARIABLE, SEED)
    digest = hashlib.sha256(repr((seed, *what)).encode()).digest()
    return np.random.default_rng(np.frombuffer(digest, np.uint32))


@dataclass(frozen=True)
class Inputs:
    """The values of one call, by name or by position."""

    names: tuple
    values: tuple
    by_name: bool

    def copy(self):
        return Inputs(self.names, trees.copy(self.values), self.by_name)

    def arguments(self, *more):
        """(args, kwargs) of a call; further arguments, a cotangent say, follow the inputs by position."""
        if self.by_name and not more:
            return (), dict(zip(self.names, self.values, strict=True))
        return (*self.values, *more), {}

    def call(self, function, *more):
        """function at these inputs, which it is trusted to leave as they are."""
        args, kwargs = self.arguments(*more)
        return function(*args, **kwargs)

    def in_words(self):
        """The inputs that are single numbers, as a note: with them a student can try the call by hand."""
        numbers = [
            f"{name} = {value:.6g}"
            for name, value in zip(self.names, self.values, strict=True)
            if isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
        ]
        return (f"Called with {', '.join(numbers)}.",) if numbers else ()

    def replace(self, changes):
        """The same inputs with some values, given by position, changed."""
        values = tuple(changes.get(i, value) for i, value in enumerate(self.values))
        return Inputs(self.names, values, self.by_name)

    def each(self, function, positions=None):
        """The same inputs with function(leaf) for every leaf, at these positions or everywhere."""
        positions = range(len(self.values)) if positions is None else positions
        return self.replace({i: trees.transform(function, self.values[i]) for i in positions})

    def positions(self, wrt):
        """Positions of the inputs that `wrt` names: None for the first, a name, a position, or a list of them."""
        if isinstance(wrt, (list, tuple)):
            return [self.positions(one)[0] for one in wrt]
        if wrt is None:
            return [0]
        if isinstance(wrt, int) and -len(self.names) <= wrt < len(self.names):
            return [wrt % len(self.names)]
        if wrt in self.names:
            return [self.names.index(wrt)]
        raise ValueError(f"wrt={wrt!r} is not an input; the inputs are {', '.join(self.names)}")


class Recipe:
    """What `at` says: draws Inputs, as many as wanted."""

    def __init__(self, at, named_like=None):
        if isinstance(at, dict):
            self.names, self.specs, self.by_name = tuple(map(str, at)), tuple(at.values()), True
        elif isinstance(at, tuple):
            self.names, self.specs, self.by_name = _names(named_like, len(at)), at, False
        else:
            raise TypeError("at is a dict of inputs by parameter name, or a tuple of inputs by position")
        self.draws = any(isinstance(leaf, Draw) for _, leaf in trees.leaves(self.specs))

    @property
    def text(self):
        """What it draws, as text: equal texts draw equally."""
        words = lambda leaf: leaf if isinstance(leaf, Draw) else trees.describe(leaf)  # noqa: E731
        return repr(trees.transform(words, self.specs))

    def draw(self, rng):
        value = lambda leaf: leaf.make(rng) if isinstance(leaf, Draw) else trees.copied(leaf)  # noqa: E731
        return Inputs(self.names, trees.transform(value, self.specs), self.by_name)


def _names(function, count):
    try:
        names = list(inspect.signature(function).parameters)[:count]
    except (TypeError, ValueError):
        names = []
    return tuple(names) if len(names) == count else tuple(f"argument {i + 1}" for i in range(count))
