"""Forward mode: dual numbers.

    from gradschool.forward import derivative, jvp
    derivative(f)(2.0)
    y, dy = jvp(f, (x,), (v,))      f(x), and how fast it changes as x moves along v

A Dual is an array and its tangent, an array of the same shape: how fast the array changes as the input moves.
Every operation on Duals computes its result and, by the rule beside it in the table of primitives, the tangent of
the result. Nothing is recorded: when the function has run, the derivative is there. One run gives the derivatives
of all outputs along one direction of the inputs, so that a gradient takes a run for each input.

Derivatives may be nested. Each is a sweep of its own. An operation belongs to the innermost sweep among its
arguments, and to that one whatever belongs to others is constant, so that no derivative is taken for another's.

Inputs are floating-point arrays or numbers, float32 stays float32, and they may come in dicts, lists and tuples,
nested as you like.
"""

import numpy as np

from .kinds import primitive, spread, stop_gradient
from .primitives import logsumexp
from .reverse import grad, vjp
from .tracer import LEAKED, LEVELS, NO_OPTIONS, LostDerivative, Tracer, arrays_in, floating, map_arrays, real, unmask

__all__ = ["derivative", "hvp", "jacobian", "jvp", "logsumexp", "primitive", "stop_gradient"]


class Sweep:
    """One run of a function on Duals."""

    __slots__ = ("ended", "level")

    def __init__(self):
        self.level, self.ended = next(LEVELS), False


class Dual(Tracer):
    """An array and its tangent, which has the same shape."""

    __slots__ = ("sweep", "tangent", "value")

    def __init__(self, value, tangent, sweep):
        self.value, self.tangent, self.sweep = value, tangent, sweep

    @property
    def level(self):
        return self.sweep.level

    def __repr__(self):
        return f"Dual({self.value!r}, tangent={self.tangent!r})"

    def unary(self, primitive, options=NO_OPTIONS):
        x, dx = self.value, self.tangent
        y = primitive.function(x, *options[0], **options[1])
        return self._result(y, primitive.jvp_a(dx, y, x, options, y.shape))

    def binary(self, primitive, a, b):
        sweep, x, z, dx, dz = self.sweep, a, b, None, None
        if type(a) is Dual and a.sweep is sweep:
            x, dx = a.value, a.tangent
        elif isinstance(a, Tracer) and a.level > sweep.level:
            return a.binary(primitive, a, b)
        if type(b) is Dual and b.sweep is sweep:
            z, dz = b.value, b.tangent
        elif isinstance(b, Tracer) and b.level > sweep.level:
            return b.binary(primitive, a, b)
        y = primitive.function(x, z)
        dy = None if dx is None else primitive.jvp_a(dx, y, x, z, y.shape)
        if dz is not None:
            of_b = primitive.jvp_b(dz, y, x, z, y.shape)
            dy = of_b if dy is None else dy + of_b
        return self._result(y, dy)

    def many(self, primitive, args, options):
        sweep, values, tangents = self.sweep, [], {}
        for k, a in enumerate(args):
            if isinstance(a, Tracer) and a.level > sweep.level:
                return a.many(primitive, args, options)
            on_sweep = type(a) is Dual and a.sweep is sweep
            values.append(a.value if on_sweep else a)
            if on_sweep:
                tangents[k] = a.tangent
        y = primitive.function(*values, **options)
        rules = ((_jvp_rule(primitive, k), dx) for k, dx in tangents.items())
        parts = [rule(dx, y, *values, **options) for rule, dx in rules if rule is not None]
        return self._result(y, sum(parts[1:], parts[0]) if parts else np.zeros_like(y))

    def _result(self, y, dy):
        if self.sweep.ended:
            raise LostDerivative(LEAKED)
        return Dual(y, dy if dy.shape == y.shape else spread(dy, y.shape), self.sweep)


def _jvp_rule(primitive, k):
    """The jvp by argument k of a primitive. Where only a vjp is given, that is linear in g, and can be transposed."""
    if primitive.jvps is not None:
        return primitive.jvps[k]
    if primitive.vjps[k] is None:
        return None

    def transposed(dx, y, *args, **options):
        def pull(g):
            return primitive.adjoint(k, np.shape(args[k]), g, y, primitive.kept(args), options)

        return vjp(pull, np.zeros_like(y))[1](dx)[0]

    return transposed


def jvp(f, primals, tangents):
    """f(*primals), and its derivative along the tangents: how fast it changes as the primals move along them.

    primals : a tuple of arguments. tangents : a tuple of the same, in the same containers and shapes.
    """
    if not (isinstance(primals, (tuple, list)) and isinstance(tangents, (tuple, list))):
        raise TypeError("primals and tangents are tuples with an entry for each argument of f: jvp(f, (x,), (v,))")
    sweep, directions = Sweep(), iter(arrays_in(tangents))

    def dual(x):
        x, dx = floating(x), next(directions)
        if np.shape(dx) != x.shape:
            raise ValueError(f"a tangent has shape {np.shape(dx)}, but its primal has {x.shape}")
        return Dual(x, dx if isinstance(dx, Tracer) else np.asarray(dx, x.dtype)[()], sweep)

    duals = map_arrays(dual, tuple(primals))
    try:
        y = f(*duals)
    except ValueError as error:
        unmask(error)
        raise
    finally:
        sweep.ended = True

    def tangent(y):
        if not (type(y) is Dual and y.sweep is sweep):
            return np.zeros_like(y)[()]  # a number for a number
        return y.tangent if y.tangent.dtype == y.dtype else real(y.tangent).astype(y.dtype)

    value = map_arrays(lambda y: real(y.value) if type(y) is Dual and y.sweep is sweep else y, y)
    return value, map_arrays(tangent, y)


def derivative(f):
    """The derivative of a function of one number: a function of that number, with results of the shape of f's."""

    def derivative_of_f(x):
        if np.shape(x) != ():
            raise TypeError(f"derivative is by a number, not an array of shape {np.shape(x)}: see jvp or jacobian")
        return jvp(f, (x,), (1.0,))[1]

    return derivative_of_f


def jacobian(f, argnum=0):
    """The function of f's arguments that gives the derivatives of all entries of f by all of the array at argnum.

    Its shape is that of f + that of the array. It takes a run for each entry of the array, and gives a column of the
    Jacobian each. The Hessian of f is jacobian(reverse.grad(f)).
    """

    def jacobian_of_f(*args, **options):
        x = floating(args[argnum])

        def f_of_x(x):
            return f(*args[:argnum], x, *args[argnum + 1 :], **options)

        columns = [jvp(f_of_x, (x,), (unit.reshape(x.shape),))[1] for unit in np.eye(x.size)]
        return np.stack(columns, -1).reshape(np.shape(columns[0]) + x.shape)

    return jacobian_of_f


def hvp(f, argnums=0):
    """The function of (*args, v) that gives the Hessian of f times v, which is shaped as the argument.

    Forward over reverse: it is the jvp of the gradient along v.
    """
    positions = argnums if isinstance(argnums, tuple) else (argnums,)

    def product(*args, **options):
        *args, v = args

        def gradient(*params):
            for k, x in zip(positions, params, strict=True):
                args[k] = x
            return grad(f, argnums)(*args, **options)

        params = tuple(args[k] for k in positions)
        return jvp(gradient, params, v if positions is argnums else (v,))[1]

    return product
