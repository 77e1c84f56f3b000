"""Running a function twice at once, with mistakes in its derivative: what a mistaken chain rule would give.

A `Twin` stands for a value in two runs of the same function, one at the point (`base`) and one a small step
away (`moved`). While both follow the function, the difference between them follows the right derivative. A
fault changes `moved` at one operation and leaves `base` alone: the function keeps its values and gets a wrong
derivative, which can then be measured like any other. So the derivative with one path lost, or with an
activation's derivative left out, is found for any numpy function without knowing its formula.
"""

import operator
from dataclasses import dataclass, field

import numpy as np

from . import trees


class NotTraceable(TypeError):
    """The function does something that twins do not follow."""


@dataclass(frozen=True)
class Operation:
    """One operation of a run: which nodes went in (None for constants) and came out, and the values."""

    name: str
    inputs: tuple
    output: int
    arguments: tuple
    result: object


@dataclass
class Run:
    """A run of a function on twins: its operations in order, and the faults planted in it.

    cut : {(operation, input)}: there the moved value is replaced by its base, and a path is lost.
    bend : {operation: f(run, base arguments, moved arguments, base result) -> moved result}.
    values, moves : base and moved value of every node.
    active, data : nodes that depend on what is differentiated, and on other array inputs.
    """

    cut: frozenset = frozenset()
    bend: dict = field(default_factory=dict)
    operations: list = field(default_factory=list)
    values: list = field(default_factory=list)
    moves: list = field(default_factory=list)
    active: set = field(default_factory=set)
    data: set = field(default_factory=set)

    def twin(self, base, moved, *, active=False, data=False):
        node = len(self.values)
        self.values.append(base)
        self.moves.append(moved)
        if active:
            self.active.add(node)
        if data:
            self.data.add(node)
        return Twin(self, base, moved, node)

    def apply(self, name, function, args, kwargs):
        index, inputs = len(self.operations), []
        base_args, moved_args = self._split([*args, *kwargs.values()], index, inputs)
        base_named, moved_named = (
            dict(zip(kwargs, both[len(args) :], strict=True)) for both in (base_args, moved_args)
        )
        base_args, moved_args = base_args[: len(args)], moved_args[: len(args)]
        result = function(*base_args, **base_named)
        if isinstance(result, (list, tuple)):
            raise NotTraceable(f"{name} has several results")
        if np.asarray(result).dtype.kind != "f":
            return result  # a comparison, a shape, an index: no derivative goes through it
        bend = self.bend.get(index)
        moved = bend(self, base_args, moved_args, result) if bend else function(*moved_args, **moved_named)
        active, data = (not nodes.isdisjoint(inputs) for nodes in (self.active, self.data))
        twin = self.twin(result, moved, active=active, data=data)
        self.operations.append(Operation(name, tuple(inputs), twin.node, tuple(base_args), result))
        return twin

    def _split(self, values, index, inputs):
        """The base and the moved values of an operation's arguments, in lists; the nodes are noted in `inputs`."""
        bases, moves = [], []
        for value in values:
            if isinstance(value, (list, tuple)):
                base, moved = map(type(value), self._split(value, index, inputs))
            elif isinstance(value, Twin):
                lost = (index, len(inputs)) in self.cut
                inputs.append(value.node)
                base, moved = value.base, value.base if lost else value.moved
            else:
                inputs.append(None)
                base = moved = value
            bases.append(base)
            moves.append(moved)
        return bases, moves


class Twin(np.lib.mixins.NDArrayOperatorsMixin):
    """A value in both runs. It behaves like the array `base`, as far as numpy's protocols go."""

    __array_priority__ = 1000

    def __init__(self, run, base, moved, node):
        self.run, self.base, self.moved, self.node = run, base, moved, node

    def __array_ufunc__(self, ufunc, method, *args, out=None, **kwargs):
        if out is not None and not isinstance(out[0], Twin):
            raise NotTraceable("an array written to in place")
        name = ufunc.__name__ if method == "__call__" else f"{ufunc.__name__}.{method}"
        return self.run.apply(name, getattr(ufunc, method), args, kwargs)

    def __array_function__(self, function, types, args, kwargs):
        return self.run.apply(function.__name__, function, args, kwargs)

    def __array__(self, *args, **kwargs):
        raise NotTraceable("a conversion to an array")

    def __float__(self):
        raise NotTraceable("a conversion to a float")

    def __getattr__(self, name):
        attribute = getattr(self.base, name)
        if callable(attribute):
            return lambda *args, **kwargs: self.run.apply(name, _method(name), (self, *args), kwargs)
        return self.run.apply(name, operator.attrgetter(name), (self,), {}) if name == "T" else attribute

    def __getitem__(self, index):
        return self.run.apply("getitem", lambda array: array[index], (self,), {})

    def __len__(self):
        return len(self.base)

    def __iter__(self):
        return (self[i] for i in range(len(self.base)))

    def __bool__(self):
        return bool(self.base)


def _method(name):
    return lambda array, *args, **kwargs: getattr(array, name)(*args, **kwargs)


@np.errstate(all="ignore")
def trace(problem, x=None, cut=frozenset(), bend=None):
    """Run the problem's function on twins of its point and x (by default the point itself).

    Returns the Run and the function's moved value. Raises NotTraceable, or whatever the function raises when
    it meets a twin.
    """
    run = Run(cut=cut, bend=bend or {})
    moved = trees.unflatten(problem.x if x is None else x, problem.point)
    moves = iter([leaf for _, leaf in trees.leaves(moved)])
    bases = trees.unflatten(problem.x, problem.point)
    twins = trees.transform(lambda base: run.twin(base, next(moves), active=True), bases)
    changes = dict(zip(problem.positions, twins, strict=True))
    for i, value in enumerate(problem.inputs.values):
        if i not in changes:
            changes[i] = trees.transform(lambda leaf: _as_data(run, leaf), value)
    result = problem.inputs.replace(changes).call(problem.of)
    return run, trees.transform(lambda leaf: leaf.moved if isinstance(leaf, Twin) else leaf, result)


def _as_data(run, leaf):
    is_data = isinstance(leaf, np.ndarray) and leaf.ndim > 0 and leaf.dtype.kind == "f"
    return run.twin(leaf, leaf, data=True) if is_data else leaf
