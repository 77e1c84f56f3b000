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
        return self._result(y, [primitive.jvp_a(dx, y, x, options, y.shape)])

    def binary(self, primitive, a, b):
        inner = self._innermost((a, b))
        if inner is not self:
            return inner.binary(primitive, a, b)
        (x, dx), (z, dz) = self._parts(a), self._parts(b)
        y = primitive.function(x, z)
        tangents = [] if dx is None else [primitive.jvp_a(dx, y, x, z, y.shape)]
        if dz is not None:
            tangents.append(primitive.jvp_b(dz, y, x, z, y.shape))
        return self._result(y, tangents)

    def many(self, primitive, args, options):
        inner = self._innermost(args)
        if inner is not self:
            return inner.many(primitive, args, options)
        values, tangents = zip(*map(self._parts, args), strict=True)
        y = primitive.function(*values, **options)
        rules = [None if dx is None else _jvp_rule(primitive, k) for k, dx in enumerate(tangents)]
        parts = zip(rules, tangents, strict=True)
        return self._result(y, [rule(dx, y, *values, **options) for rule, dx in parts if rule is not None])

    def _innermost(self, args):
        inner = self
        for a in args:
            if isinstance(a, Tracer) and a.level > inner.level:
                inner = a
        return inner

    def _parts(self, a):
        """Value and tangent of an argument; None for the tangent of what is constant to this sweep."""
        return (a.value, a.tangent) if type(a) is Dual and a.sweep is self.sweep else (a, None)

    def _result(self, y, tangents):
        if self.sweep.ended:
            raise LostDerivative(LEAKED)
        tangent = sum(tangents[1:], tangents[0]) if tangents else np.zeros_like(y)
        return Dual(y, tangent if tangent.shape == y.shape else spread(tangent, y.shape), self.sweep)


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
            return np.zeros_like(y)
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

    Forward over reverse: it is the jvp of the gradient along v, and costs about two gradients.
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
