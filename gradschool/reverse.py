"""Reverse mode: the tape.

    from gradschool.reverse import grad
    grad(loss)(w, X, t)             the gradient by w of a loss that is written in plain numpy

A function is run once on Variables, which look like the arrays that they stand for. Every operation computes
its result and writes a line on the tape: which primitive it was, from which earlier lines its arguments came,
and what the derivative rule will need. Then `backward` reads the tape from the last line to the first. Each line
has an adjoint: how much the output changes per change of that line's result. A line hands its adjoint on to the
lines of its arguments, as the rule says; what several lines hand to one adds up. The lines stand in the order in
which they were computed, so there is nothing to sort, and nothing recurs, however long the chain.

Derivatives may be nested. Each has a tape of its own, and a Variable of the inner tape may stand for one of the
outer, so that the inner backward pass is itself written on the outer tape.

Inputs are floating-point arrays or numbers, float32 stays float32, and they may come in dicts, lists and tuples,
nested as you like: then the gradient comes in the same.
"""

import inspect
import operator

import numpy as np

from .kinds import PRIMITIVES, primitive, stop_gradient
from .primitives import logsumexp, scatter_into
from .tracer import CLOSED, LEVELS, NO_OPTIONS, Tracer, arrays_in, floating, map_arrays, real, scalar, unmask

__all__ = ["grad", "hvp", "jacobian", "logsumexp", "primitive", "stop_gradient", "value_and_grad", "vjp"]


class Tape:
    """Lines in the order of computation. Those of the inputs come first: (shape, dtype).

    The line of y = function(a, b) is (shape of y, primitive, i, j, y, a, b), where i and j are the numbers of the
    lines of a and b, or None for a constant; y, a and b are there if the rules need them. For a function of one
    array b has the options. For one of many arguments i and a are lists, and b has the options.
    """

    __slots__ = ("inputs", "level", "lines")

    def __init__(self):
        self.level = next(LEVELS)
        self.lines = []

    def wrote(self, y):
        return type(y) is Variable and y.tape is self

    def input(self, x):
        variable = _new(Variable)
        variable.value = x = floating(x)
        variable.tape = self
        variable.index = len(self.lines)
        self.lines.append((x.shape, x.dtype))
        return variable


class Variable(Tracer):
    """The result of a line of a tape. It stands for its value."""

    __slots__ = ("index", "tape", "value")

    @property
    def level(self):
        return self.tape.level

    def unary(self, primitive, options=NO_OPTIONS):
        x, tape = self.value, self.tape
        lines = tape.lines
        result = _new(Variable)
        result.tape = tape
        result.index = len(lines)
        if options is NO_OPTIONS:
            result.value = y = primitive.function(x)
        else:
            result.value = y = primitive.function(x, *options[0], **options[1])
        kept_y = y if primitive.keeps_y else None
        kept_x = x if primitive.keeps_a else None
        lines.append((y.shape, primitive, self.index, None, kept_y, kept_x, options))
        return result

    def binary(self, primitive, a, b):
        tape, i, j, x, z = self.tape, None, None, a, b
        if type(a) is Variable and a.tape is tape:
            i, x = a.index, a.value
        elif isinstance(a, Tracer) and a.level > tape.level:
            return a.binary(primitive, a, b)
        if type(b) is Variable and b.tape is tape:
            j, z = b.index, b.value
        elif isinstance(b, Tracer) and b.level > tape.level:
            return b.binary(primitive, a, b)
        lines = tape.lines
        result = _new(Variable)
        result.tape = tape
        result.index = len(lines)
        result.value = y = primitive.function(x, z)
        kept_y = y if primitive.keeps_y else None
        kept_x = x if primitive.keeps_a else None
        kept_z = z if primitive.keeps_b else None
        lines.append((y.shape, primitive, i, j, kept_y, kept_x, kept_z))
        return result

    def many(self, primitive, args, options):
        tape, indices, values = self.tape, [], []
        for a in args:
            if isinstance(a, Tracer) and a.level > tape.level:
                return a.many(primitive, args, options)
            on_tape = type(a) is Variable and a.tape is tape
            indices.append(a.index if on_tape else None)
            values.append(a.value if on_tape else a)
        result = _new(Variable)
        result.tape = tape
        result.index = len(tape.lines)
        result.value = y = primitive.function(*values, **options)
        tape.lines.append((np.shape(y), primitive, indices, None, y, primitive.kept(values), options))
        return result


_new = object.__new__  # takes two thirds of the time of a class with __init__, and there is one for every operation


def backward(lines, adjoints, inputs):
    """Reads the lines from the last to the first, and forgets each when it has been read.

    adjoints : of each line, given for the outputs and None for the others. inputs : how many lines are inputs.
    Returns the adjoints of the inputs, None where no output depends on one.
    """
    owned = set()  # the lines whose adjoint is an array made here, by a sum. Others may be in use elsewhere
    while len(lines) > inputs:
        _, primitive, i, j, y, a, b = lines.pop()
        g = adjoints.pop()
        if g is None:
            continue
        if type(i) is list:
            for k, index in enumerate(i):
                if index is not None and primitive.vjps[k] is not None:
                    adjoint = primitive.adjoint(k, lines[index][0], g, y, a, b)
                    _accumulate(adjoints, index, adjoint, owned)
            continue
        if i is not None:
            if i in owned and primitive is _GETITEM and not isinstance(g, Tracer):
                scatter_into(adjoints[i], b, g)  # x[0], x[1], ... add an entry each, not an array of zeros
            else:
                adjoint = primitive.vjp_a(g, y, a, b, lines[i][0])
                if adjoints[i] is None:
                    adjoints[i] = adjoint
                else:
                    _accumulate(adjoints, i, adjoint, owned)
        if j is not None:
            adjoint = primitive.vjp_b(g, y, a, b, lines[j][0])
            if adjoints[j] is None:
                adjoints[j] = adjoint
            else:
                _accumulate(adjoints, j, adjoint, owned)
    return adjoints


_GETITEM = PRIMITIVES[operator.getitem]


def _accumulate(adjoints, i, adjoint, owned):
    if adjoints[i] is None:
        adjoints[i] = adjoint
    elif i in owned and type(adjoint) is np.ndarray and adjoint.dtype == adjoints[i].dtype:
        adjoints[i] += adjoint
    else:
        adjoints[i] = adjoints[i] + adjoint
        (owned.add if type(adjoints[i]) is np.ndarray else owned.discard)(i)


def _by_position(f, args, options):
    """Arguments that were given by name, in the places that f has for them. TypeError where one is missing."""
    bound = inspect.signature(f).bind(*args, **options)
    return bound.args, bound.kwargs


def _run(f, args, options, argnums):
    """f(*args, **options), with the arguments at argnums traced. Returns it, its tape, and the tape's lines."""
    tape, args = Tape(), list(args)
    for k in argnums:
        args[k] = map_arrays(tape.input, args[k])
    tape.inputs = len(tape.lines)
    try:
        y = f(*args, **options)
    except ValueError as error:
        unmask(error)
        raise
    finally:
        lines, tape.lines = tape.lines, CLOSED
    return y, tape, lines


def _gradients(lines, adjoints, tape, args, argnums):
    """The adjoints of the arguments at argnums, in their containers and types, and each an array of its own."""
    pairs, seen = zip(backward(lines, adjoints, tape.inputs), lines, strict=True), set()

    def own(x):
        g, (shape, dtype) = next(pairs)
        if g is None:
            return np.zeros(shape, dtype) if shape else dtype.type(0)
        if g.dtype is not dtype:
            return real(g).astype(dtype)
        if g.base is not None or id(g) in seen:  # a view of something, or the adjoint of two inputs
            return g.copy()
        seen.add(id(g))
        return g

    return tuple([map_arrays(own, args[k]) for k in argnums])


def value_and_grad(f, argnums=0):
    """The function of f's arguments that gives f, a single real number, and the gradient of f.

    argnums : by which argument, or by which of them: with a tuple of positions comes a tuple of gradients.
    Raises TypeError if f does not give a single real number, or if such an argument is not floating-point.
    """
    positions = argnums if isinstance(argnums, tuple) else (argnums,)

    def value_and_gradient(*args, **options):
        if len(args) <= max(positions):
            args, options = _by_position(f, args, options)
        y, tape, lines = _run(f, args, options, positions)
        value, adjoints = scalar(y), [None] * len(lines)
        if tape.wrote(y):
            value = y.value
            adjoints[y.index] = value.dtype.type(1)
        gradients = _gradients(lines, adjoints, tape, args, positions)
        return value, gradients if positions is argnums else gradients[0]

    return value_and_gradient


def grad(f, argnums=0):
    """The gradient of f as a function of f's arguments: value_and_grad without the value."""
    value_and_gradient = value_and_grad(f, argnums)
    return lambda *args, **options: value_and_gradient(*args, **options)[1]


def vjp(f, *args):
    """f(*args), and the pullback: the function from a cotangent of it to the tuple of the adjoints of args.

    The cotangent is shaped as f(*args). The pullback keeps the tape, and may be called many times.
    """
    return _vjp(f, args, {}, range(len(args)))


def _vjp(f, args, options, argnums):
    y, tape, lines = _run(f, args, options, argnums)
    outputs = arrays_in(y)

    def pullback(cotangent):
        adjoints = [None] * len(lines)
        for y, g in zip(outputs, arrays_in(cotangent), strict=True):
            if np.shape(g) != np.shape(y):
                raise ValueError(f"the cotangent has shape {np.shape(g)}, but the result has {np.shape(y)}")
            if tape.wrote(y):
                _accumulate(adjoints, y.index, g if isinstance(g, Tracer) else np.array(g, y.dtype), set())
        return _gradients(lines.copy(), adjoints, tape, args, argnums)

    return map_arrays(lambda y: y.value if tape.wrote(y) else y, y), pullback


def jacobian(f, argnums=0):
    """The derivatives of all entries of f by all entries of an argument, in the shape of f + that of the argument.

    Takes a backward pass for each entry of f. The Hessian of f is jacobian(grad(f)).
    """
    positions = argnums if isinstance(argnums, tuple) else (argnums,)

    def jacobian_of_f(*args, **options):
        y, pullback = _vjp(f, args, options, positions)
        rows = [pullback(unit.reshape(np.shape(y))) for unit in np.eye(np.size(y))]
        columns = zip(*map(arrays_in, rows), strict=True)
        jacobians = map_arrays(lambda x: np.stack(next(columns)).reshape(np.shape(y) + np.shape(x)), rows[0])
        return jacobians if positions is argnums else jacobians[0]

    return jacobian_of_f


def hvp(f, argnums=0):
    """The function of (*args, v) that gives the Hessian of f times v, which is shaped as the argument.

    Reverse over reverse: it is the vjp of the gradient. gradschool.forward does it forward over reverse, in about
    half the memory.
    """
    positions = argnums if isinstance(argnums, tuple) else (argnums,)

    def product(*args, **options):
        products = _vjp(grad(f, argnums), args[:-1], options, positions)[1](args[-1])
        return products if positions is argnums else products[0]

    return product
