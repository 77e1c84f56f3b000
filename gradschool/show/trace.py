"""The computational graph of a function: run it once, and every operation on the way is a step.

    trace = show.trace(f, 2.0, 5.0)

A Recorded array is a mode of the engine, as a Variable of the tape is: it looks like the array that it stands for,
and has each operation written down. Steps are numbered as in Griewank and Walther, Evaluating Derivatives (2008):
n inputs are v[1-n] ... v0, and the results v1, v2, ... follow in order of execution. Every derivative that is shown
is the engine's own: an operation is run once more, on Duals or on the tape.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from IPython.display import display

from gradschool.forward import jvp
from gradschool.kinds import ManyPrimitive
from gradschool.reverse import jacobian, vjp
from gradschool.show import formulas, graph, sweeps
from gradschool.tracer import LEAKED, LEVELS, NO_OPTIONS, LostDerivative, Tracer, arrays_in, map_arrays, unmask


@dataclass(frozen=True, eq=False)
class Step:
    """An input, or an operation that was run.

    name : v-1, v0 for inputs, v1, v2, ... for operations.
    operation : "input", or numpy's name of the function: "multiply", "log", "sin".
    operands : for each argument the name of the step that it came from, or a constant as text.
    value : the result, a number or an array.
    label : what f calls it, if it is an input.
    """

    name: str
    operation: str
    operands: tuple[str, ...]
    value: Any
    label: str = ""
    arguments: tuple = field(default=(), repr=False)  # each the step that it came from, or a constant itself
    options: tuple[tuple, dict] = field(default=NO_OPTIONS, repr=False)  # by position, by keyword
    run: Callable | None = field(default=None, repr=False)  # the operation, as a function of the sources alone

    @property
    def sources(self):
        """The steps among the arguments, in order. One that is used twice is there twice."""
        return tuple(a for a in self.arguments if isinstance(a, Step))

    @property
    def places(self):
        """The positions of the sources among the arguments."""
        return tuple(k for k, a in enumerate(self.arguments) if isinstance(a, Step))

    @property
    def has_arrays(self):
        return any(np.shape(step.value) for step in (self, *self.sources))

    @property
    def formula(self):
        """The operation in terms of its operands, v₋₁ · v₀, or the label of an input."""
        return formulas.value(self)


@dataclass(frozen=True)
class Contribution:
    """What a step hands back to one of its sources in the reverse sweep: the source's adjoint += amount."""

    step: Step
    position: int  # the source's place among the step's sources
    amount: Any
    before: Any  # the source's adjoint so far
    first: bool  # nothing had arrived there yet

    @property
    def source(self):
        return self.step.sources[self.position]

    @property
    def after(self):
        return self.before + self.amount


class Recorded(Tracer):
    """A traced array whose operations are written down."""

    __slots__ = ("recording", "step", "value")

    def __init__(self, recording, step):
        self.recording, self.step, self.value = recording, step, step.value

    @property
    def level(self):
        return self.recording.level

    def unary(self, primitive, options=NO_OPTIONS):
        return self.recording.write(primitive, (self,), options)

    def binary(self, primitive, a, b):
        return self.recording.write(primitive, (a, b), NO_OPTIONS)

    def many(self, primitive, args, options):
        return self.recording.write(primitive, tuple(args), ((), options))


class Recording:
    """One run of a function on Recorded arrays."""

    def __init__(self, inputs):
        """inputs : label and value of each."""
        self.level, self.ended = next(LEVELS), False
        self.inputs = len(inputs)
        self.steps = [
            Step(f"v{k}", "input", (), np.array(x)[()], label)
            for k, (label, x) in enumerate(inputs, start=1 - self.inputs)
        ]

    def wrote(self, x):
        return type(x) is Recorded and x.recording is self

    def write(self, primitive, args, options):
        inner = next((a for a in args if isinstance(a, Tracer) and a.level > self.level), None)
        if inner is not None:
            return _apply(inner, primitive, args, options)
        if self.ended:
            raise LostDerivative(LEAKED)
        arguments = tuple(a.step if self.wrote(a) else np.copy(a) if type(a) is np.ndarray else a for a in args)
        run = _operation(primitive, arguments, options)
        value = run(*(a.value for a in arguments if isinstance(a, Step)))
        name = f"v{len(self.steps) - self.inputs + 1}"
        operands = tuple(a.name if isinstance(a, Step) else formulas.constant(a) for a in arguments)
        self.steps.append(Step(name, formulas.operation(primitive), operands, value, "", arguments, options, run))
        return Recorded(self, self.steps[-1])


def _operation(primitive, arguments, options):
    """primitive(*arguments) as a function of those arguments that are steps. It takes traced arrays, of any mode."""
    places = [k for k, a in enumerate(arguments) if isinstance(a, Step)]

    def run(*sources):
        filled = list(arguments)
        for k, source in zip(places, sources, strict=True):
            filled[k] = source
        tracer = next((x for x in sources if isinstance(x, Tracer)), None)
        if tracer is not None:
            return _apply(tracer, primitive, filled, options)
        return primitive.function(*filled, *options[0], **options[1])

    return run


def _apply(tracer, primitive, args, options):
    """primitive(*args), as the mode of the tracer, which is one of args, does it."""
    if type(primitive) is ManyPrimitive:
        return tracer.many(primitive, args, options[1])
    return tracer.unary(primitive, options) if len(args) == 1 else tracer.binary(primitive, *args)


class Trace:
    """What ran: `value` is what f returned, and `steps` has the inputs, then the operations in order."""

    def __init__(self, value, steps, outputs, name):
        self.value, self.steps, self.outputs, self.name = value, steps, outputs, name
        self.inputs = [step for step in steps if step.operation == "input"]
        self.edges = [(source, step) for step in steps for source in step.sources]

    def __getitem__(self, name):
        """The step of that name."""
        return next(step for step in self.steps if step.name == name)

    def tangents(self, *seeds):
        """The forward sweep: the tangent of each step by name. seeds : the tangent of each input, in its shape."""
        seeds = _shaped(seeds, self.inputs, "tangents", "input")
        tangents = {step.name: seed for step, seed in zip(self.inputs, seeds, strict=True)}
        for step in self.steps[len(self.inputs) :]:
            primals = tuple(source.value for source in step.sources)
            tangents[step.name] = jvp(step.run, primals, tuple(tangents[source.name] for source in step.sources))[1]
        return tangents

    def adjoints(self, *seeds):
        """The reverse sweep: the adjoint of each step by name. seeds : that of each output, 1 if not given."""
        adjoints = self.seeds(*seeds)
        for contribution in self.contributions(*seeds):
            adjoints[contribution.source.name] = contribution.after
        return adjoints

    def contributions(self, *seeds):
        """The reverse sweep one `Contribution` after the other: last step first, its operands from left to right."""
        adjoints, reached = self.seeds(*seeds), {step.name for step in self.outputs}
        for step in reversed(self.steps[len(self.inputs) :]):
            if step.name not in reached:
                continue
            amounts = vjp(step.run, *(source.value for source in step.sources))[1](adjoints[step.name])
            for k, (source, amount) in enumerate(zip(step.sources, amounts, strict=True)):
                yield Contribution(step, k, amount, adjoints[source.name], source.name not in reached)
                adjoints[source.name] = adjoints[source.name] + amount
                reached.add(source.name)

    def seeds(self, *seeds):
        """The adjoints by name before the reverse sweep: 0, but for those of the outputs."""
        if not seeds and len(self.outputs) == 1 and np.shape(self.outputs[0].value) == ():
            seeds = (1.0,)
        adjoints = {step.name: np.zeros_like(step.value)[()] for step in self.steps}
        for step, seed in zip(self.outputs, _shaped(seeds, self.outputs, "adjoints", "output"), strict=True):
            adjoints[step.name] = adjoints[step.name] + seed
        return adjoints

    def partials(self):
        """The local partial derivatives: (operand, step) -> how fast the step's result changes with that operand.

        For arrays it is the Jacobian, shaped as the step's value + the operand's. An operand that is used twice, as
        in a * a, has both its edges counted.
        """
        partials = {}
        for step in self.steps[len(self.inputs) :]:
            for source, partial in zip(step.sources, self.edge_partials(step), strict=True):
                edge = source.name, step.name
                partials[edge] = partials[edge] + partial if edge in partials else partial
        return partials

    def edge_partials(self, step):
        """The local partial derivatives of a step by each of its sources, in order."""
        values = [source.value for source in step.sources]
        return [p[()] for p in jacobian(step.run, argnums=tuple(range(len(values))))(*values)]


    def table(self, tangents=None, adjoints=None):
        """The evaluation trace as a table, with the tangents or the adjoints and the rules that gave them.

        tangents : a seed for each input. adjoints : True, or a seed for each output.
        """
        return sweeps.table(self, given(tangents), given(adjoints))

    def graph(self, tangents=None, adjoints=None, partials=False, alt=None, direction=None):
        """Displays the computational graph: a node for each step, with its formula and its value.

        tangents, adjoints : as in `table`; they stand under the values. partials : True for the local partial
        derivatives on the edges. alt : in place of the alternative text that is made from the graph.
        direction : "right" or "down". By default a graph runs down if it would be too wide for a page.
        """
        display(self.drawing(tangents, adjoints, partials, alt, direction))

    def drawing(self, tangents=None, adjoints=None, partials=False, alt=None, direction=None):
        """What `graph` displays, with its `svg` and its `alt`."""
        return graph.drawing(self, given(tangents), given(adjoints), partials, alt, direction)


def given(seeds):
    """The seeds that a seed, several of them, or True for those by default stand for. None for no sweep."""
    if seeds is None or seeds is False:
        return None
    if seeds is True:
        return ()
    return tuple(seeds) if isinstance(seeds, (tuple, list)) else (seeds,)


def _shaped(seeds, steps, method, what):
    """The seeds as numpy's, in the types of the steps. Raises TypeError or ValueError where they do not fit."""
    if len(seeds) != len(steps):
        names = ", ".join(step.label or step.name for step in steps)
        raise TypeError(f"{method} takes a seed for each {what} ({names}), and got {len(seeds)}")
    for seed, step in zip(seeds, steps, strict=True):
        ours, theirs = np.shape(seed), np.shape(step.value)
        if ours != theirs:
            raise ValueError(f"the seed of {step.label or step.name} has shape {ours}, but its value has {theirs}")
    return [np.array(seed, step.value.dtype)[()] for seed, step in zip(seeds, steps, strict=True)]


def trace(f, *args, names=None):
    """Runs f once on args, and records every operation.

    args : numbers and arrays, also in dicts, lists and tuples. The floating-point ones are the inputs; the others
        (integers, labels, options) are constants. names : of the inputs. By default they are as f calls them.
    Raises TypeError if there is nothing to trace, ValueError if there is not a name for each input.
    """
    leaves = [(label, x) for label, x in _labelled(f, args) if _is_input(x)]
    if not leaves:
        raise TypeError("there is no floating-point input to trace: write 2.0 for 2, or x.astype(float) for an array x")
    if names is not None:
        if len(names) != len(leaves):
            raise ValueError(f"{len(names)} names for {len(leaves)} inputs: {', '.join(label for label, _ in leaves)}")
        leaves = [(str(name), x) for name, (_, x) in zip(names, leaves, strict=True)]
    recording = Recording(leaves)
    inputs = iter([Recorded(recording, step) for step in recording.steps])
    traced = [map_arrays(lambda x: next(inputs) if _is_input(x) else x, arg) for arg in args]
    try:
        result = f(*traced)
    except ValueError as error:
        unmask(error)
        raise
    finally:
        recording.ended = True
    outputs = list({y.step.name: y.step for y in arrays_in(result) if recording.wrote(y)}.values())
    value = map_arrays(lambda y: y.value if recording.wrote(y) else y, result)
    name = getattr(f, "__name__", "<")
    return Trace(value, recording.steps, outputs, "the function" if name.startswith("<") else name)


def _is_input(x):
    return isinstance(x, float) or (isinstance(x, (np.ndarray, np.generic)) and x.dtype.kind == "f")


def _labelled(f, args):
    """Each array or number in args, in the order of `map_arrays`, with what f calls it: x, or params['W']."""
    try:
        bound = inspect.signature(f).bind(*args).arguments
    except (TypeError, ValueError):  # not a function of Python's, or f will say itself that args do not fit
        bound = {f"x{k}": arg for k, arg in enumerate(args, start=1)}
    for label, tree in bound.items():
        yield from _leaves(label, tree)


def _leaves(label, tree):
    if isinstance(tree, dict):
        parts = ((f"{label}[{key!r}]", part) for key, part in tree.items())
    elif isinstance(tree, (list, tuple)):
        fields = getattr(tree, "_fields", None)
        parts = ((f"{label}.{fields[k]}" if fields else f"{label}[{k}]", part) for k, part in enumerate(tree))
    else:
        yield label, tree
        return
    for part in parts:
        yield from _leaves(*part)
