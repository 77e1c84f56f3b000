"""Each function that the engine differentiates, called in each way that matters: shapes that are not square,
broadcasting, every axis and option, an argument used on either side.

A case is the function that it covers, a function of arrays in plain numpy, and the arrays. `table()` covers every
line of the engine's table: a test holds it against the table.
"""

import operator
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from gradschool import kinds, primitives


@dataclass
class Case:
    covers: object
    call: object
    arrays: list

    def __str__(self):
        shapes = " ".join(str(a.shape).replace(" ", "") for a in self.arrays)
        return f"{self.covers.__name__}{shapes}"


def table():
    rng = np.random.default_rng(7)
    cases = []

    def normal(*shape):
        return rng.standard_normal(shape)

    def uniform(low, high, *shape):
        return rng.uniform(low, high, shape)

    def apart(*shape):
        """Entries that are 0.3 and more apart, in any order: no ties, and none comes near."""
        return (rng.permutation(int(np.prod(shape))) * 0.3 - 1.0).reshape(shape)

    def case(covers, call, *arrays):
        cases.append(Case(covers, call, list(arrays)))

    def unary(functions, *ranges):
        for function in functions:
            for shape in ((), (3,), (2, 3)):
                for low, high in ranges:
                    case(function, function, uniform(low, high, *shape))

    def axes(function, make, *calls):
        for axis in (None, 0, 1, -1, (0, 2)):
            for keepdims in (False, True):
                case(function, lambda x, a=axis, k=keepdims: function(x, axis=a, keepdims=k), make(2, 3, 4))
        case(function, function, make(5))
        for call in calls:
            case(function, call, make(2, 3))

    # Elementwise.
    everywhere = (np.negative, np.positive, np.square, np.exp, np.exp2, np.expm1, np.sin, np.cos, np.arctan)
    unary((*everywhere, np.sinh, np.cosh, np.tanh, np.arcsinh, np.degrees, np.radians), (-1.5, 1.5))
    unary((np.rad2deg, np.deg2rad, operator.neg), (-1.5, 1.5))
    unary((np.absolute, np.fabs, np.reciprocal), (-2, -0.5), (0.5, 2))
    unary((np.tan, np.arcsin, np.arccos, np.arctanh), (-0.8, 0.8))
    unary((np.sqrt, np.cbrt, np.log, np.log2, np.log10, np.log1p), (0.3, 3))
    unary((np.arccosh,), (1.3, 3))

    broadcasting = (((), ()), ((3,), ()), ((2, 3), (3,)), ((2, 1), (4,)), ((2, 3), (2, 3)), ((4, 1), (4, 3)))
    broadcasting += (((1, 3), (2, 3)), ((2, 3, 4), (3, 1)), ((2, 1, 4), (2, 3, 4)), ((1,), (3,)), ((2, 3, 2), (2,)))
    both = (np.add, np.subtract, np.multiply, np.logaddexp, np.logaddexp2, np.arctan2, np.hypot)
    both += (operator.add, operator.sub, operator.mul)
    for left, right in broadcasting:
        for function in both:
            case(function, function, normal(*left), normal(*right) + 3)
        for function in (np.divide, operator.truediv):
            case(function, function, normal(*left), uniform(0.5, 2, *right))
        for function in (np.power, np.float_power, operator.pow):
            case(function, function, uniform(0.5, 2, *left), normal(*right))
        for function in (np.maximum, np.minimum, np.fmax, np.fmin):
            for side in (1, -1):
                case(function, function, normal(*left), normal(*right) + 6 * side)
        for function in (np.remainder, np.fmod, operator.mod):
            case(function, function, uniform(5.2, 5.8, *left), uniform(1.6, 1.7, *right))
        condition = rng.random(np.broadcast_shapes(left, right)) < 0.5
        case(np.where, lambda a, b, c=condition: np.where(c, a, b), normal(*left), normal(*right))
    for n in (0, 1, 2, 3, -1, -2.5, 0.5):
        case(np.power, lambda x, n=n: x**n, uniform(0.5, 2, 3))
    case(np.power, lambda x: 2**x, normal(2, 3))
    case(np.power, lambda x: x ** np.array([2, 0, 3]), normal(2, 3))
    case(np.add, lambda x: x + list(range(3)), normal(2, 3))
    case(np.absolute, abs, normal(3) + 4)
    case(np.remainder, lambda x: x % 2, uniform(0.3, 1.8, 3))
    case(np.clip, lambda x: np.clip(x, -0.85, 1.25), apart(3, 4))
    case(np.clip, lambda x: np.clip(x, None, 1.25), apart(3, 4))
    case(np.clip, lambda x: x.clip(-0.85), apart(3, 4))

    # Reductions.
    for function in (np.sum, np.mean, primitives.logsumexp, primitives.euclidean):
        axes(function, normal)
    axes(np.max, apart, lambda x: x.max(0), np.maximum.reduce)
    axes(np.amax, apart)
    axes(np.amin, apart)
    axes(np.min, apart, lambda x: x.min(axis=1), lambda x: np.minimum.reduce(x, 1))
    case(np.sum, lambda x: np.add.reduce(x, 1), normal(2, 3))
    case(primitives.logsumexp, lambda x: np.logaddexp.reduce(x, axis=1), normal(2, 3))
    axes(np.var, normal, lambda x: np.var(x, ddof=1), lambda x: x.var(0, ddof=1))
    axes(np.std, normal, lambda x: np.std(x, 1, ddof=1))
    for axis in (None, 0, 1, -1):
        case(np.prod, lambda x, a=axis: np.prod(x, a), normal(2, 3))
        case(np.prod, lambda x, a=axis: np.prod(x, a, keepdims=True), normal(3, 1, 2))
        case(np.cumsum, lambda x, a=axis: np.cumsum(x, a), normal(3, 4))
        case(np.ptp, lambda x, a=axis: np.ptp(x, a), apart(3, 4))
        case(np.average, lambda x, a=axis: np.average(x, a), normal(3, 4))
    case(np.prod, np.prod, np.array([2.0, 0.0, 3.0]))
    case(np.prod, np.prod, np.array([2.0, 0.0, 0.0]))
    case(np.multiply, lambda x: np.multiply.reduce(x, 1), normal(2, 3))
    case(np.average, lambda x, w: np.average(x, weights=w), normal(2, 3), uniform(0.5, 1, 2, 3))
    case(np.average, lambda x, w: np.average(x, 1, w), normal(2, 3), uniform(0.5, 1, 3))
    for order in (None, 2, 1, np.inf, -np.inf, 3, 2.5):
        case(np.linalg.norm, lambda x, o=order: np.linalg.norm(x, o), apart(5) + 0.05)
        case(np.linalg.norm, lambda x, o=order: np.linalg.norm(x, o, axis=1, keepdims=True), apart(2, 4) + 0.05)
    case(np.linalg.norm, np.linalg.norm, normal(2, 3, 2))
    case(np.linalg.norm, lambda x: np.linalg.norm(x, "fro"), normal(2, 3))
    case(np.linalg.norm, lambda x: np.linalg.norm(x, axis=(0, 2)), normal(2, 3, 2))

    # Products.
    products = (((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 4)), ((2, 3), (3, 4)), ((5, 2, 3), (3, 4)))
    products += (((2, 3), (5, 3, 4)), ((5, 2, 3), (5, 3, 4)), ((2, 1, 2, 3), (5, 3, 4)))
    products += (((3,), (5, 3, 4)), ((5, 2, 3), (3,)))
    for left, right in products:
        case(np.matmul, np.matmul, normal(*left), normal(*right))
        case(operator.matmul, operator.matmul, normal(*left), normal(*right))
        case(np.dot, np.dot, normal(*left), normal(*right))
    case(np.dot, np.dot, normal(), normal(2, 3))
    case(np.dot, lambda x: x.dot(np.ones((3, 2))), normal(2, 3))
    case(np.inner, np.inner, normal(2, 3), normal(4, 3))
    case(np.inner, np.inner, normal(), normal(4))
    case(np.vdot, np.vdot, normal(2, 3), normal(3, 2))
    case(np.outer, np.outer, normal(2, 2), normal(3))
    case(np.kron, np.kron, normal(2, 3), normal(3, 2))
    case(np.kron, np.kron, normal(2), normal(3, 2))
    case(np.cross, np.cross, normal(4, 3), normal(3))
    for axes, left, right in (
        (0, (2,), (3,)),
        (1, (3, 4), (4, 2)),
        (2, (3, 4, 2), (4, 2, 3)),
        (([0, 2], [1, 0]), (2, 3, 4), (4, 2, 3)),
        ((1, 1), (2, 3, 4), (4, 3, 2)),
        ((-1, 0), (2, 3, 4), (4, 3)),
    ):
        case(np.tensordot, lambda a, b, axes=axes: np.tensordot(a, b, axes), normal(*left), normal(*right))
    for subscripts, *shapes in (
        ("ij,jk->ik", (2, 3), (3, 4)),
        ("ij,jk", (2, 3), (3, 4)),
        ("ij->ji", (2, 3)),
        ("ij->", (2, 3)),
        ("ij->j", (2, 3)),
        ("ii->i", (3, 3)),
        ("ii", (3, 3)),
        ("iij->j", (3, 3, 2)),
        ("i,j->ij", (2,), (3,)),
        ("i,ij,j->", (2,), (2, 3), (3,)),
        ("bij,bjk->bik", (2, 3, 4), (2, 4, 2)),
        ("...ij,...jk->...ik", (2, 3, 4), (4, 2)),
        ("...i,i->...", (2, 3, 4), (4,)),
        ("i...->...", (3, 2)),
        ("ij,kl->k", (2, 3), (4, 2)),
        ("ba", (2, 3)),
    ):
        case(np.einsum, lambda *xs, s=subscripts: np.einsum(s, *xs), *(normal(*shape) for shape in shapes))

    # Linear algebra.
    def well_conditioned(*shape):
        return 0.3 * normal(*shape) + 2 * np.eye(shape[-1])

    for shape in ((3, 3), (2, 3, 3)):
        for function in (np.linalg.inv, np.linalg.det):
            case(function, function, well_conditioned(*shape))
        case(np.linalg.slogdet, lambda x: np.linalg.slogdet(x)[1], well_conditioned(*shape))
        case(np.linalg.solve, np.linalg.solve, well_conditioned(*shape), normal(3, 2))
        case(np.linalg.solve, np.linalg.solve, well_conditioned(*shape), normal(3))
    case(np.linalg.solve, np.linalg.solve, well_conditioned(3, 3), normal(2, 3, 2))

    # Indexing.
    for index in (
        1,
        -1,
        slice(1, None),
        slice(None, None, -2),
        None,
        ...,
        (slice(None), 2),
        (..., None, 0),
        (1, 2),
        [0, 2, 0],
        np.array([[0, 1], [1, 1]]),
        ([0, 2, 0], [1, 1, 1]),
        (slice(1, 3), [0, 0, 3]),
        rng.random((3, 4)) < 0.5,
        (np.array([True, False, True]), slice(2)),
        np.int64(1),
        ([[0], [2]], [1, 1]),
    ):
        case(operator.getitem, lambda x, i=index: x[i], normal(3, 4))
    case(operator.getitem, lambda x: sum(x), normal(4, 2))
    case(operator.getitem, lambda x: x[0] * x[1] + x[1] * x[-1], normal(3, 2))
    case(primitives.scatter, lambda x: primitives.scatter(x, (4, 2), ([0, 3, 0],)), normal(3, 2))
    for covers, call in (
        (np.take, lambda x: np.take(x, [0, 5, 0])),
        (np.take, lambda x: np.take(x, [[0, 2], [0, 0]], 1)),
        (np.take, lambda x: x.take(1, axis=-1)),
        (np.take_along_axis, lambda x: np.take_along_axis(x, np.array([[0, 1, 1, 0]]), 0)),
        (np.sort, np.sort),
        (np.sort, lambda x: np.sort(x, 0)),
        (np.sort, lambda x: np.sort(x, None)),
        (np.partition, lambda x: np.partition(x, 1)),
        (np.partition, lambda x: np.partition(x, 5, axis=None)),
        (np.diagonal, lambda x: np.diagonal(x, 1)),
        (np.trace, np.trace),
        (np.trace, lambda x: x.trace(-1)),
        (np.diag, np.diag),
        (np.diag, lambda x: np.diag(x, 1)),
        (np.diag, lambda x: np.diag(x[0], -1)),
        (np.tril, lambda x: np.tril(x, -1)),
        (np.tril, np.tril),
        (np.triu, lambda x: np.triu(x, 1)),
        (np.triu, np.triu),
        (np.flip, np.flip),
        (np.flip, lambda x: np.flip(x, 1)),
        (np.fliplr, np.fliplr),
        (np.flipud, np.flipud),
        (np.rot90, np.rot90),
        (np.roll, lambda x: np.roll(x, 2)),
        (np.roll, lambda x: np.roll(x, -1, 0)),
        (np.repeat, lambda x: np.repeat(x, 2)),
        (np.repeat, lambda x: np.repeat(x, [1, 0, 2], axis=0)),
        (np.tile, lambda x: np.tile(x, (2, 1, 2))),
        (np.resize, lambda x: np.resize(x, (5, 3))),
        (np.delete, lambda x: np.delete(x, 1, 0)),
        (np.split, lambda x: np.split(x, 2, 1)[1]),
        (np.array_split, lambda x: np.array_split(x, 3, 1)[0]),
        (np.hsplit, lambda x: np.hsplit(x, 2)[0]),
        (np.vsplit, lambda x: np.vsplit(x, 3)[2]),
        (np.dsplit, lambda x: np.dsplit(x[:, :, None], 1)[0]),
        (np.diff, np.diff),
        (np.diff, lambda x: np.diff(x, 2, axis=0)),
        (np.pad, lambda x: np.pad(x, 2)),
        (np.pad, lambda x: np.pad(x, ((1, 2), (0, 1)), constant_values=3.0)),
        (np.pad, lambda x: np.pad(x, 1, mode="reflect")),
        (np.pad, lambda x: np.pad(x, ((0, 0), (1, 2)), mode="edge")),
        # Shape and order of axes.
        (np.reshape, lambda x: np.reshape(x, (2, -1))),
        (np.reshape, lambda x: x.reshape(2, 3, 2)),
        (np.ravel, np.ravel),
        (np.ravel, lambda x: x.flatten()),
        (np.transpose, np.transpose),
        (np.transpose, lambda x: x.T),
        (np.transpose, lambda x: x.reshape(2, 2, 3).transpose(2, 0, 1)),
        (np.transpose, lambda x: np.transpose(x.reshape(2, 2, 3), (-1, 0, 1))),
        (np.matrix_transpose, np.matrix_transpose),
        (np.matrix_transpose, lambda x: x.mT),
        (np.swapaxes, lambda x: np.swapaxes(x.reshape(2, 2, 3), 0, -1)),
        (np.moveaxis, lambda x: np.moveaxis(x.reshape(2, 2, 3), 0, -1)),
        (np.moveaxis, lambda x: np.moveaxis(x.reshape(2, 2, 3), (0, 1), (2, 0))),
        (np.expand_dims, lambda x: np.expand_dims(x, (0, 2))),
        (np.squeeze, lambda x: np.squeeze(x[None, :, :1])),
        (np.squeeze, lambda x: np.squeeze(x[None], 0)),
        (np.copy, np.copy),
        (np.astype, lambda x: np.astype(x, float)),
        (np.atleast_1d, lambda x: np.atleast_1d(x[0, 0])),
        (np.atleast_1d, np.atleast_1d),
        (np.atleast_2d, lambda x: np.atleast_2d(x[0])),
        (np.atleast_2d, np.atleast_2d),
        (np.broadcast_to, lambda x: np.broadcast_to(x, (2, 3, 4))),
        (np.broadcast_to, lambda x: np.broadcast_to(x[:, :1], (200, 3, 40))),
        (kinds.spread, lambda x: kinds.spread(x[0, 0], (3, 2))),
        (np.broadcast_arrays, lambda x: np.broadcast_arrays(x[0], np.ones((2, 1)))[0]),
(np.full_like, lambda x: np.full_like(x[:2, :3], x[0, 0])),
    ):
        case(covers, call, apart(3, 4))

    # Sliding windows.
    case(sliding_window_view, lambda x: sliding_window_view(x, 3), normal(6))
    case(sliding_window_view, lambda x: sliding_window_view(x, (2, 3)), normal(4, 5))
    case(sliding_window_view, lambda x: sliding_window_view(x, 2, axis=1), normal(3, 4, 2))
    case(sliding_window_view, lambda x: sliding_window_view(x, (2, 2), axis=(1, 2)), normal(2, 3, 4))
    case(primitives.windows, lambda x: primitives.windows(x, (2,), (0,)), normal(4, 2))
    case(primitives.add_windows, lambda x: primitives.add_windows(x, (4, 2), (2,), (0,)), normal(3, 2, 2))
    for mode in ("full", "same", "valid"):
        for m, n in ((5, 3), (3, 5), (4, 4), (5, 2), (3, 1)):
            case(np.convolve, lambda a, v, m=mode: np.convolve(a, v, m), normal(m), normal(n))
            if m >= n:
                case(np.correlate, lambda a, v, m=mode: np.correlate(a, v, m), normal(m), normal(n))

    # Joining.
    for axis in (0, 1, -1, None):
        case(np.concatenate, lambda *xs, a=axis: np.concatenate(xs, a), normal(2, 3), normal(2, 3))
        case(np.stack, lambda *xs, a=axis or 0: np.stack(xs, a), normal(2, 3), normal(2, 3))
        case(np.append, lambda a, b, axis=axis: np.append(a, b, axis), normal(2, 3), normal(2, 3))
    case(np.concatenate, lambda x: np.concatenate([x[1:], np.ones((1, 3)), x]), normal(2, 3))
    case(np.stack, lambda x: np.stack([x[0], 1.0, x[1] * x[0]]), normal(2))
    case(np.vstack, lambda a, b: np.vstack([a, b]), normal(3), normal(2, 3))
    case(np.hstack, lambda a, b: np.hstack([a, b]), normal(3), normal(2))
    case(np.hstack, lambda a, b: np.hstack([a, b]), normal(2, 3), normal(2, 1))
    case(np.column_stack, lambda a, b: np.column_stack([a, b]), normal(3), normal(3, 2))
    return cases
