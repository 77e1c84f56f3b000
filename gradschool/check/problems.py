"""What a derivative check asks: a function, a point, which derivative; and how it is measured.

A problem knows what the answer is called with beyond the inputs (`extra`), what comes back (`like`), how to
measure it (`measure`), and how to test it along one direction (`along`), which is cheap for any number of
entries.
"""

import copy
import math
from functools import cached_property

import numpy as np

from .. import differences
from . import trees

MOST = 300  # entries that are all measured one by one; of more, a sample is
SAMPLE = 100  # entries in a sample
DIRECTIONS = 4  # random directions for each leaf of a sample


class Problem:
    """A function `of` at `inputs`, differentiated by the inputs at `positions`.

    many : the answer gives one derivative for each position, in a tuple, and not just one.
    """

    extra = ()

    def __init__(self, of, inputs, positions, many):
        self.of, self.positions, self.many = of, positions, many
        self._place(inputs)

    def _place(self, inputs):
        self.inputs = inputs
        self.point = [inputs.values[i] for i in self.positions]
        for i in self.positions:
            for path, leaf in trees.leaves(inputs.values[i]):
                if callable(leaf) or np.asarray(leaf).dtype.kind not in "fiu":
                    name = inputs.names[i] + path
                    raise TypeError(f"{name} is {trees.describe(leaf)}: no derivative by that")
        self.x = trees.flatten(self.point)
        leaves = [leaf for _, leaf in trees.leaves(self.point)]
        self.scale = np.concatenate([np.ravel(differences.natural_scale(leaf)) for leaf in leaves])
        self.function = self._function

    def _function(self, x):
        """`of` as a function of one vector, the entries of the inputs that it is differentiated by."""
        point = trees.unflatten(x, self.point)
        with np.errstate(all="ignore"):
            return self.inputs.replace(dict(zip(self.positions, point, strict=True))).call(self.of)

    def at(self, inputs):
        """The same question at other inputs."""
        other = copy.copy(self)
        other._place(inputs)
        return other

    def about(self, function):
        """The same question about another function of the same vector."""
        other = copy.copy(self)
        other.function = function
        return other

    def input_leaves(self):
        """(name, slice of x) of every leaf of the inputs that are differentiated by."""
        sizes = [np.size(leaf) for _, leaf in trees.leaves(self.point)]
        starts = np.cumsum([0, *sizes])
        slices = [slice(start, start + size) for start, size in zip(starts[:-1], sizes, strict=True)]
        return zip(self.input_names, slices, strict=True)

    def with_ones(self):
        """The same question with (co)tangents of ones."""
        other = copy.copy(self)
        other.extra = trees.transform(np.ones_like, self.extra)
        return other

    def outputs(self, x):
        return trees.flatten(self.function(x))

    def of_output(self, output):
        """What is differentiated, given what the function returned."""
        return output

    @property
    def primal(self):
        return tuple(self.point) if self.many else self.point[0]

    @cached_property
    def like(self):
        return self.primal

    @property
    def input_names(self):
        """A name for each leaf of the inputs that are differentiated by."""
        wrt = zip(self.positions, self.point, strict=True)
        return tuple(self.inputs.names[i] + path for i, part in wrt for path, _ in trees.leaves(part))

    @property
    def names(self):
        """A name for each leaf of `like`."""
        return self.input_names

    @property
    def entries(self):
        """The flat inputs that belong to the entries of the answer, or None."""
        return self.x

    @cached_property
    def shapes(self):
        return tuple(np.shape(leaf) for _, leaf in trees.leaves(self.like))

    def sample(self, rng):
        """The inputs to measure one by one: all, or the first, the last and a few more of every leaf."""
        if self.x.size <= MOST:
            return np.arange(self.x.size)
        chosen, parts = [], [part for _, part in self.input_leaves()]
        for part in parts:
            size = part.stop - part.start
            some = rng.choice(size, min(size, max(2, SAMPLE // len(parts))), replace=False)
            chosen.append(part.start + np.unique([0, size - 1, *some]))
        return np.concatenate(chosen)

    def some(self, rows):
        """The `Slope` of these flat entries of the answer, in ascending order."""
        slope, measured = self.measure(self.inputs_of(rows))
        return slope.at(np.searchsorted(measured, rows))

    def inputs_of(self, rows):
        """The inputs that the given entries of the answer differentiate by, in ascending order."""
        return rows

    def random_direction(self, rng, only=slice(None)):
        """Every entry moves in proportion to its scale; or those in the slice `only`."""
        direction = np.zeros_like(self.x)
        direction[only] = (rng.standard_normal(self.x.size) * self.scale)[only]
        return direction

    def along(self, direction):
        """The measured slope of the function along a direction."""
        return differences.directional(self.outputs, self.x, direction, self.scale)


class Gradient(Problem):
    """answer(*inputs) is the gradient of a function with one output."""

    name = "the gradient"

    def outputs(self, x):
        value = np.asarray(self.scalar(x), dtype=float)
        if value.size != 1:
            shape = f"this one's has shape {value.shape}"
            raise ValueError(f"a gradient is of a function with one output; {shape}")
        return value.reshape(())

    def measure(self, entries):
        """The `Slope` by these inputs, and the flat entries of the answer that they are."""
        return differences.jacobian(self.outputs, self.x, entries, self.scale), entries

    def contract(self, came, direction):
        """What the answer says of the slope along a direction, and the size of what was added up."""
        return came @ direction, np.abs(came) @ np.abs(direction)

    def complex_step(self, entries):
        """The derivative by these entries, exact to rounding; None where the function does not allow it."""
        columns = []
        for i in entries:
            unit = np.zeros_like(self.x)
            unit[i] = 1.0
            columns.append(differences.complex_step(self.scalar, self.x, unit))
            if columns[-1] is None or np.size(columns[-1]) != 1:
                return None
        return np.ravel(columns)

    def scalar(self, x):
        """The function whose gradient is wanted; complex if x is."""
        return self.of_output(self.function(x))


class Vjp(Gradient):
    """answer(*inputs, cotangent) is the vector-Jacobian product: the gradient of cotangent . f."""

    name, ignored = "the vector-Jacobian product", "cotangent ignored"

    def __init__(self, of, inputs, positions, many, rng):
        super().__init__(of, inputs, positions, many)
        self.extra = (_random_like(self.function(self.x), rng),)

    def of_output(self, output):
        pairs = zip(trees.leaves(self.extra[0]), trees.leaves(output), strict=True)
        return sum(np.sum(cotangent * value) for (_, cotangent), (_, value) in pairs)


class Jvp(Problem):
    """answer(*inputs, tangent) is the Jacobian-vector product: the slope of f along the tangent."""

    name, ignored = "the Jacobian-vector product", "tangent ignored"
    entries = None

    def __init__(self, of, inputs, positions, many, rng):
        super().__init__(of, inputs, positions, many)
        tangents = tuple(_random_like(part, rng, sized=True) for part in self.point)
        self.extra = (tangents,) if many else tangents

    @cached_property
    def like(self):
        return self.function(self.x)

    @cached_property
    def names(self):
        return tuple("the tangent of the output" + path for path, _ in trees.leaves(self.like))

    def sample(self, rng):
        return None

    def measure(self, entries):
        slope = self.along(trees.flatten(self.extra))
        return slope, np.arange(slope.value.size)

    def random_direction(self, rng, only=slice(None)):
        return trees.flatten(self.extra)

    def contract(self, came, direction):
        return came, np.abs(came)


class Jacobian(Problem):
    """answer(*inputs) is the Jacobian of an array function, of shape output.shape + input.shape."""

    name = "the Jacobian"
    entries = None

    def __init__(self, of, inputs, positions, many):
        super().__init__(of, inputs, positions, many)
        if many or len(trees.leaves(self.point)) != 1:
            raise ValueError("a Jacobian is by one array: give wrt one name")
        self.output_shape = np.shape(self.function(self.x))

    @cached_property
    def like(self):
        return np.zeros(self.output_shape + np.shape(self.point[0]))

    @cached_property
    def names(self):
        return ("the Jacobian",)

    def measure(self, entries):
        slope = differences.jacobian(self.outputs, self.x, entries, self.scale)
        rows = np.arange(math.prod(self.output_shape))[:, None] * self.x.size
        return slope.reshape(-1), (rows + entries).ravel()

    def inputs_of(self, rows):
        return np.unique(rows % self.x.size)

    def contract(self, came, direction):
        matrix = came.reshape(-1, self.x.size)
        return matrix @ direction, np.abs(matrix) @ np.abs(direction)


def _random_like(tree, rng, sized=False):
    """Standard normal values in a tree's shapes and dtypes; if `sized`, times the size of each leaf's values."""

    def draw(leaf):
        size = np.sqrt(np.mean(np.square(np.asarray(leaf, dtype=float)))) if sized else 1.0
        values = (size or 1.0) * rng.standard_normal(np.shape(leaf))
        if isinstance(leaf, np.ndarray):
            return values.astype(leaf.dtype) if leaf.dtype.kind == "f" else values
        return float(values)

    return trees.transform(draw, tree)
