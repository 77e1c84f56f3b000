"""Primitives: what the engine knows of a function, and how to tell it of another one.

Reverse mode needs a vjp: from the adjoint g of the result y, the adjoint of an argument.
Forward mode needs a jvp: from the tangent of an argument, the tangent of y. One rule gives both where it can:

elementwise   The Jacobian is diagonal, its own transpose. The rule is "times the derivative", in either direction;
              what broadcasting has stretched, reverse mode sums up again.
linear        The jvp is the function itself, applied to the tangent. The rule is the transposed function.
bilinear      The same in each of two arguments.
reduction     dy = sum(weight * dx) over the reduced axes. The rule is the weight.
composite     Written with other primitives. It needs no rule.
constant      Piecewise constant, or no number at all. The derivative is zero, and the result is a plain array.

A rule names what it needs and is given just that: g (the adjoint of y, or a tangent), y (the result), x or a and b
(the arguments), shape (of what the rule is to return), and then the function's own options, such as axis. What no
rule of a primitive names, the tape does not keep: in tanh(X @ W + b) the results of @ and + are free to go.
"""

import functools
import inspect

import numpy as np

PRIMITIVES = {}  # function -> Primitive or ManyPrimitive
COMPOSITES = {}  # function -> the same function, written with primitives
CONSTANTS = set()  # functions without a derivative


class Primitive:
    """A function of one array (with options) or of two, and its rules as the two modes call them.

    vjp_a(g, y, a, b, shape) is the adjoint of a, which has that shape, for y = function(a, b), and vjp_b is that
    of b; jvp_a and jvp_b take a tangent for g. For a function of one array, b is (options by position, by keyword).
    """

    __slots__ = ("function", "jvp_a", "jvp_b", "keeps_a", "keeps_b", "keeps_y", "name", "vjp_a", "vjp_b")

    def __init__(self, name, function, vjps, jvps, broadcasts=False):
        self.name, self.function = name, function
        self.vjp_a, self.vjp_b = (*(_by_position(rule, broadcasts) for rule in vjps), None)[:2]
        self.jvp_a, self.jvp_b = (*(_by_position(rule) for rule in jvps), None)[:2]
        named = {name for rule in vjps for name in _parameters(rule)}
        self.keeps_y, self.keeps_a = "y" in named, not named.isdisjoint({"x", "a"})
        self.keeps_b = not named <= {"g", "y", "x", "a", "shape"}


class ManyPrimitive:
    """A function of any arguments. vjps[k](g, y, *args, **options) is the adjoint of args[k], and jvps[k] alike.

    keeps : positions of the arguments whose values the vjps need; of the others they get the shapes. None for all.
    """

    __slots__ = ("function", "jvps", "keeps", "name", "vjps")

    def __init__(self, name, function, vjps, jvps, keeps=None):
        self.name, self.function, self.vjps, self.jvps, self.keeps = name, function, vjps, jvps, keeps

    def kept(self, values):
        if self.keeps is None:
            return values
        return [x if k in self.keeps else np.shape(x) for k, x in enumerate(values)]

    def adjoint(self, k, shape, g, y, args, options):
        """The adjoint of args[k], which has that shape. Raises ValueError if the rule gives one that does not fit."""
        adjoint = self.vjps[k](g, y, *args, **options)
        if not hasattr(adjoint, "dtype"):
            adjoint = np.asarray(adjoint)[()]
        extra = adjoint.ndim - len(shape)
        if extra < 0 or any(n not in (1, m) for n, m in zip(shape, adjoint.shape[extra:], strict=True)):
            raise ValueError(f"the vjp of {self.name} by argument {k}, of shape {shape}, gave shape {adjoint.shape}")
        return unbroadcast(adjoint, shape)


def _parameters(rule):
    return rule.__code__.co_varnames[: rule.__code__.co_argcount]


def _by_position(rule, broadcasts=False):
    """The rule as a function of (g, y, a, b, shape), which hands on what the rule names.

    It is built from text, as namedtuple builds its methods, because it runs for every operation.
    """
    named = [name for name in _parameters(rule) if name in ("g", "y", "x", "a", "b", "shape")]
    given = ["a" if name == "x" else name for name in named]
    if len(named) < len(_parameters(rule)):
        given.append("*b[0], **b[1]")
    call = f"rule({', '.join(given)})"
    if broadcasts:
        call = f"c if (c := {call}).shape == shape else unbroadcast(c, shape)"
    return eval(f"lambda g, y, a, b, shape: {call}", {"rule": rule, "unbroadcast": unbroadcast})


# For a rule of your own.


def primitive(*vjps, jvps=None, keeps=None):
    """Gives a function its derivative by hand; it then takes traced arrays, in both modes. A decorator:

        @primitive(lambda g, y, x: g * np.exp(x - y))
        def softplus(x):
            return np.logaddexp(0, x)

    vjps : for each positional argument a function (g, y, *args, **options) -> its adjoint, or None where there is
        none. g is the adjoint of the result y. Of an argument that was broadcast, the adjoint may have y's shape.
    jvps : the same with a tangent for g, giving the tangent of y. Left out, forward mode transposes the vjps.
    keeps : as in ManyPrimitive.
    """

    def decorate(function):
        parameters = inspect.signature(function).parameters.values()
        required = [p for p in parameters if p.kind <= p.POSITIONAL_OR_KEYWORD and p.default is p.empty]
        if len(vjps) < len(required):
            raise TypeError(f"{function.__name__} needs one vjp for each of {len(required)} arguments, or None")

        @functools.wraps(function)
        def call(*args, **options):
            for a in args:
                if hasattr(a, "many"):
                    return a.many(rules, args, options)
            y = function(*args, **options)
            return y if isinstance(y, np.ndarray) else np.asarray(y)[()]

        rules = ManyPrimitive(function.__name__, call, vjps, jvps, keeps)
        return call

    return decorate


def stop_gradient(x):
    """x as a plain array, a constant, however deeply derivatives are nested. What is plain passes through."""
    while hasattr(x, "unary"):
        x = x.value
    return x


# For numpy's functions. One that has several names is given as a tuple.


def elementwise(functions, *rules):
    """One rule for each argument."""
    for function in _each(functions):
        PRIMITIVES[function] = Primitive(function.__name__, function, rules, rules, broadcasts=len(rules) > 1)


def linear(functions, rule, compute=None):
    """Linear in its only array. compute : computes the same, faster, or without options that the rule cannot do."""
    for function in _each(functions):
        f = _named(compute, function) if compute else function
        PRIMITIVES[function] = Primitive(function.__name__, f, [rule], [_of_tangent(f)])


def _of_tangent(f):
    return lambda g, y, a, b, shape: f(g, *b[0], **b[1])


def bilinear(functions, *rules):
    """Linear in each of two arguments, or in the first alone, where there is one rule."""
    for function in _each(functions):
        PRIMITIVES[function] = Primitive(function.__name__, function, rules, _with_tangent(function)[: len(rules)])


def _with_tangent(f):
    return [lambda g, b: f(g, b), lambda g, a: f(a, g)]


def reduction(functions, weight):
    """weight(y, x, axis, further options), where y is shaped as keepdims shapes it."""
    further = set(_parameters(weight)[3:])

    def vjp(g, y, x, axis=None, keepdims=False, **options):
        kept = kept_shape(x.shape, axis)
        return g.reshape(kept) * weight(y.reshape(kept), x, axis, **options)

    def jvp(g, y, x, axis=None, keepdims=False, **options):
        return np.sum(g * weight(y.reshape(kept_shape(x.shape, axis)), x, axis, **options), axis, keepdims=keepdims)

    for function in _each(functions):

        def compute(x, axis=None, keepdims=False, function=function, **options):
            if not options.keys() <= further:
                raise TypeError(f"np.{function.__name__} has no derivative here with {', '.join(options)}")
            return function(x, axis=axis, keepdims=keepdims, **options)

        PRIMITIVES[function] = Primitive(function.__name__, compute, [vjp], [jvp])


def kept_shape(shape, axis):
    """The shape that a reduction over axis leaves with keepdims."""
    if axis is None:
        return (1,) * len(shape)
    axes = {k % len(shape) for k in (axis if isinstance(axis, tuple) else (axis,))}
    return tuple([1 if k in axes else n for k, n in enumerate(shape)])


def composite(*functions):
    """Decorates a function that does what these do, with primitives."""

    def register(written):
        COMPOSITES.update(dict.fromkeys(functions, _named(written, functions[0])))
        return written

    return register


def moves_entries(*functions):
    """Composites for functions that move, repeat or drop entries: they show where by being given the positions."""
    for function in functions:

        def moved(x, *args, function=function, **options):
            flat, positions = np.ravel(x), np.arange(x.size).reshape(x.shape)
            moved = function(positions, *args, **options)
            return [flat[part] for part in moved] if isinstance(moved, list) else flat[moved]

        COMPOSITES[function] = moved


def traced(function, x, *options):
    """What a function of our own returns if x is traced. Numpy's functions see to that by themselves."""
    return x.unary(PRIMITIVES[function], (options, {}))


def _named(written, function):
    """With a name for Python's complaint about an option that numpy's function has and this one has not."""
    written.__qualname__ = f"differentiable {function.__module__}.{function.__name__}"
    return written


def _each(functions):
    return functions if isinstance(functions, tuple) else (functions,)


# Broadcasting and its adjoint.


def unbroadcast(g, shape):
    """The adjoint of broadcasting an array of that shape to g.shape: sums over axes that were added or stretched.

    A matrix is summed by a product with ones: BLAS is 2 to 10 times faster at it than np.sum. And np.dot takes less
    than @ to get there.
    """
    if g.shape == shape:
        return g
    if g.ndim == 2 and shape == g.shape[1:]:
        return np.dot(_ones(len(g), g.dtype), g)
    if g.ndim == 2 and shape == (len(g), 1):
        return np.dot(g, _ones((g.shape[1], 1), g.dtype))
    added = g.ndim - len(shape)
    axes = tuple(k for k in range(g.ndim) if k < added or shape[k - added] == 1)
    return np.add.reduce(g, axes).reshape(shape)


def _ones(shape, dtype):
    """np.ones in half the time, which counts beside the sum of a small matrix."""
    ones = np.empty(shape, dtype)
    ones.fill(1)
    return ones


def spread(g, shape):
    """np.broadcast_to as a copy, not a view: that is faster for what is small, and so is @ with the result."""
    if hasattr(g, "unary"):
        return traced(spread, g, shape)
    y = np.empty(shape, g.dtype)
    y[...] = g
    return y


linear((spread, np.broadcast_to), lambda g, shape: unbroadcast(g, shape), compute=spread)
