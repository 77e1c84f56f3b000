"""The table: numpy's functions, each with the rule that differentiates it. Both modes run on it.

gradschool.kinds says what the rules are given and what they return. Rules call numpy functions, so that rules are
differentiated in their turn: that is all that higher derivatives take.

At a kink the derivative lies half-way between the one-sided slopes, where a central difference has it: abs'(0) = 0,
and a tie in maximum, minimum or clip gives 1/2. In max and min, all that tie share equally.
"""

import functools
import math
import operator
import string

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from .kinds import (
    CONSTANTS,
    PRIMITIVES,
    ManyPrimitive,
    bilinear,
    composite,
    elementwise,
    kept_shape,
    linear,
    moves_entries,
    primitive,
    reduction,
    spread,
    stop_gradient,
    traced,
    unbroadcast,
)

# Elementwise, of one array.

elementwise((np.negative, operator.neg), lambda g: -g)
elementwise(np.positive, lambda g: g)
elementwise((np.absolute, np.fabs), lambda g, x: g * np.sign(x))
elementwise(np.square, lambda g, x: g * (x + x))
elementwise(np.sqrt, lambda g, y: g / (2 * y))
elementwise(np.cbrt, lambda g, y: g / (3 * y * y))
elementwise(np.reciprocal, lambda g, y: -g * y * y)
elementwise(np.exp, lambda g, y: g * y)
elementwise(np.exp2, lambda g, y: g * y * math.log(2))
elementwise(np.expm1, lambda g, y: g * (y + 1))
elementwise(np.log, lambda g, x: g / x)
elementwise(np.log2, lambda g, x: g / (x * math.log(2)))
elementwise(np.log10, lambda g, x: g / (x * math.log(10)))
elementwise(np.log1p, lambda g, x: g / (1 + x))
elementwise(np.sin, lambda g, x: g * np.cos(x))
elementwise(np.cos, lambda g, x: -g * np.sin(x))
elementwise(np.tan, lambda g, y: g * (1 + y * y))
elementwise(np.arcsin, lambda g, x: g / np.sqrt(1 - x * x))
elementwise(np.arccos, lambda g, x: -g / np.sqrt(1 - x * x))
elementwise(np.arctan, lambda g, x: g / (1 + x * x))
elementwise(np.sinh, lambda g, x: g * np.cosh(x))
elementwise(np.cosh, lambda g, x: g * np.sinh(x))
elementwise(np.tanh, lambda g, y: -(y * y - 1) * g)  # in this order numpy needs one buffer, not two
elementwise(np.arcsinh, lambda g, x: g / np.sqrt(x * x + 1))
elementwise(np.arccosh, lambda g, x: g / np.sqrt(x * x - 1))
elementwise(np.arctanh, lambda g, x: g / (1 - x * x))
elementwise((np.degrees, np.rad2deg), lambda g: g * (180 / math.pi))
elementwise((np.radians, np.deg2rad), lambda g: g * (math.pi / 180))

# Elementwise, of two arrays.


def _share(y, a, b):
    """What of y = max(a, b) or min(a, b) is a's: 1 where a is chosen, 1/2 where they tie, 0 elsewhere."""
    share = np.array(a == y, y.dtype)
    share[a == b] = 0.5
    return share


def _lowered(n):
    """n - 1, for the derivative n x^(n-1) of x^n. Not where n = 0, lest it be 0/0 at x = 0."""
    if isinstance(n, (int, float)):
        return n - 1 if n else 1
    return np.where(n == 0, 1, n - 1)


def _ratio(x, size):
    """x / size, and 0 where both are zero, half-way between the slopes on either side."""
    return x / np.where(size == 0, 1, size)


elementwise((np.add, operator.add), lambda g: g, lambda g: g)
elementwise((np.subtract, operator.sub), lambda g: g, lambda g: -g)
elementwise((np.multiply, operator.mul), lambda g, b: g * b, lambda g, a: g * a)
elementwise((np.divide, operator.truediv), lambda g, b: g / b, lambda g, y, b, shape: unbroadcast(g * y, shape) / -b)
elementwise(
    (np.power, np.float_power, operator.pow),
    lambda g, a, b: g * (b * a ** _lowered(b)),
    lambda g, y, a: g * y * np.log(np.where(a == 0, 1, a)),  # 0^n is 0 all along n > 0
)
elementwise(
    (np.maximum, np.minimum, np.fmax, np.fmin),
    lambda g, y, a, b: g * _share(y, a, b),
    lambda g, y, a, b: g * _share(y, b, a),
)
elementwise(np.logaddexp, lambda g, y, a: g * np.exp(a - y), lambda g, y, b: g * np.exp(b - y))
elementwise(np.logaddexp2, lambda g, y, a: g * np.exp2(a - y), lambda g, y, b: g * np.exp2(b - y))
elementwise(np.arctan2, lambda g, a, b: g * b / (a * a + b * b), lambda g, a, b: -g * a / (a * a + b * b))
elementwise(np.hypot, lambda g, y, a: g * _ratio(a, y), lambda g, y, b: g * _ratio(b, y))
elementwise((np.remainder, operator.mod), lambda g: g, lambda g, a, b: -g * np.floor(a / b))
elementwise(np.fmod, lambda g: g, lambda g, a, b: -g * np.trunc(a / b))

# Elementwise, by a condition.


@composite(np.where)
def _where(condition, *choices):
    return _chosen(condition, *choices) if choices else np.nonzero(condition)


_choose = (None, lambda g, y, c, a, b: np.where(c, g, 0), lambda g, y, c, a, b: np.where(c, 0, g))


@primitive(*_choose, jvps=_choose, keeps={0})
def _chosen(condition, a, b):
    return np.where(condition, a, b)


@composite(np.clip)
def _clip(x, a_min=None, a_max=None):
    x = x if a_min is None else np.maximum(x, a_min)
    return x if a_max is None else np.minimum(x, a_max)


# Reductions.


def _sum(x, axis=None, keepdims=False):
    """np.sum without its microsecond of bookkeeping."""
    return np.add.reduce(x, axis, None, None, keepdims)


def _mean(x, axis=None, keepdims=False):
    return np.mean(x, axis, keepdims=keepdims)


def _cumsum(x, axis=None):
    return np.cumsum(x, axis)


def _sum_vjp(g, shape, axis=None, keepdims=False):
    """g, repeated along the axes that the sum took away."""
    if axis is not None and not keepdims:
        g = g.reshape(kept_shape(shape, axis))
    return spread(g, shape)


def _mean_vjp(g, shape, axis=None, keepdims=False):
    return _sum_vjp(g * (g.size / max(1, math.prod(shape))), shape, axis, keepdims)


def _cumsum_vjp(g, shape, axis=None):
    return np.flip(np.cumsum(np.flip(g, axis), axis), axis).reshape(shape)


def _deviation(x, axis):
    return x - np.mean(x, axis, keepdims=True)


def _product_of_others(y, x, axis):
    """For each entry the product of all others, by halves, without a division that a zero would spoil."""
    if axis is None:
        return _product_of_others(y, np.ravel(x), 0).reshape(x.shape)
    if isinstance(axis, tuple):
        raise TypeError("np.prod over several axes has no derivative here: take one axis after the other")
    if x.shape[axis] < 2:
        return np.ones(x.shape, x.dtype)
    x = np.moveaxis(x, axis, 0)
    halves = x[: len(x) // 2], x[len(x) // 2 :]
    others = [
        _product_of_others(None, half, 0) * np.prod(rest, 0, keepdims=True)
        for half, rest in (halves, halves[::-1])
    ]
    return np.moveaxis(np.concatenate(others), 0, axis)


def logsumexp(x, axis=None, keepdims=False):
    """log(sum(exp(x))) along axis, without overflow: the maximum is taken out first."""
    if hasattr(x, "unary"):
        return traced(logsumexp, x, axis, keepdims)
    top = np.max(x, axis, keepdims=True)
    top = np.where(np.isfinite(top), top, 0)
    y = np.log(np.sum(np.exp(x - top), axis, keepdims=True)) + top
    return y if keepdims else np.reshape(y, np.shape(np.max(x, axis)))


def euclidean(x, axis=None, keepdims=False):
    """The square root of the sum of squares. At zero its derivative is taken as 0, half-way between -1 and 1."""
    if hasattr(x, "unary"):
        return traced(euclidean, x, axis, keepdims)
    return np.sqrt(np.sum(np.square(x), axis, keepdims=keepdims))


linear(np.sum, _sum_vjp, compute=_sum)
linear(np.mean, _mean_vjp, compute=_mean)
linear(np.cumsum, _cumsum_vjp, compute=_cumsum)
reduction((np.max, np.amax), lambda y, x, axis: (x == y) / np.sum(x == y, axis, dtype=y.dtype, keepdims=True))
reduction((np.min, np.amin), lambda y, x, axis: (x == y) / np.sum(x == y, axis, dtype=y.dtype, keepdims=True))
reduction(np.prod, _product_of_others)
reduction(np.var, lambda y, x, axis, ddof=0: _deviation(x, axis) * (2 / (x.size / y.size - ddof)))
reduction(np.std, lambda y, x, axis, ddof=0: _ratio(_deviation(x, axis), y) * (1 / (x.size / y.size - ddof)))
reduction(logsumexp, lambda y, x, axis: np.exp(x - y))
reduction(euclidean, lambda y, x, axis: _ratio(x, y))
OF_UFUNC = {np.add: np.sum, np.multiply: np.prod, np.maximum: np.max, np.minimum: np.min, np.logaddexp: logsumexp}

composite(np.ptp)(lambda x, axis=None: np.max(x, axis) - np.min(x, axis))


@composite(np.average)
def _average(x, axis=None, weights=None):
    if weights is None:
        return np.mean(x, axis)
    if axis is not None and np.ndim(weights) == 1:
        weights = np.reshape(weights, [-1 if k == axis % x.ndim else 1 for k in range(x.ndim)])
    return np.sum(x * weights, axis) / np.sum(np.broadcast_to(weights, x.shape), axis)


@composite(np.linalg.norm)
def _norm(x, ord=None, axis=None, keepdims=False):
    matrix = x.ndim == 2 if axis is None else isinstance(axis, tuple)
    if ord in (None, "fro") or (ord == 2 and not matrix):
        return euclidean(x, axis, keepdims)
    if matrix:
        raise NotImplementedError(f"the matrix norm ord={ord!r} has no derivative here: only the Frobenius norm has")
    if abs(ord) == np.inf:
        return (np.max if ord > 0 else np.min)(abs(x), axis, keepdims=keepdims)
    powers = np.sum(abs(x) ** ord, axis, keepdims=keepdims)
    return powers if ord == 1 else powers ** (1 / ord)


# Products of matrices.


def _matmul_a(g, b, shape):
    """g @ b.T, for every shape that @ takes: an axis of length 1 stands in for the one that a vector lacks.

    For matrices np.dot is the same as @, and takes less to get to BLAS.
    """
    if g.ndim == b.ndim == 2:
        return np.dot(g, b.T)
    if b.ndim == 1:
        g, b = g[..., None], b[:, None]
    if len(shape) == 1:
        return unbroadcast(g[..., None, :] @ np.matrix_transpose(b), (1, *shape))[0]
    return unbroadcast(g @ np.matrix_transpose(b), shape)


def _matmul_b(g, a, shape):
    """a.T @ g, likewise."""
    if a.ndim == 2 and len(shape) <= 2:
        return np.dot(a.T, g)
    if len(shape) == 1:
        return a.reshape((-1, shape[0])).T @ g.reshape(-1)
    if a.ndim == 1:
        g, a = g[..., None, :], a[None]
    return unbroadcast(np.matrix_transpose(a) @ g, shape)


bilinear((np.matmul, operator.matmul), _matmul_a, _matmul_b)


@composite(np.dot)
def _dot(a, b):
    if 0 in (np.ndim(a), np.ndim(b)):
        return a * b
    return a @ b if np.ndim(b) <= 2 else np.tensordot(a, b, (-1, -2))


@composite(np.tensordot)
def _tensordot(a, b, axes=2):
    """Brings the summed axes to the end of a and to the start of b, and multiplies as matrices."""
    if isinstance(axes, int):
        axes = range(np.ndim(a) - axes, np.ndim(a)), range(axes)
    summed_a, summed_b = ([k % np.ndim(x) for k in np.atleast_1d(ks)] for x, ks in zip((a, b), axes, strict=True))
    free_a, free_b = ([k for k in range(np.ndim(x)) if k not in ks] for x, ks in ((a, summed_a), (b, summed_b)))
    rows, columns = [np.shape(a)[k] for k in free_a], [np.shape(b)[k] for k in free_b]
    n = math.prod(np.shape(a)[k] for k in summed_a)
    a = np.transpose(a, free_a + summed_a).reshape((math.prod(rows), n))
    b = np.transpose(b, summed_b + free_b).reshape((n, math.prod(columns)))
    return (a @ b).reshape(rows + columns)


composite(np.inner)(lambda a, b: a * b if 0 in (np.ndim(a), np.ndim(b)) else np.tensordot(a, b, (-1, -1)))
composite(np.vdot)(lambda a, b: np.ravel(a) @ np.ravel(b))
composite(np.outer)(lambda a, b: np.ravel(a)[:, None] * np.ravel(b))


@composite(np.kron)
def _kron(a, b):
    """The entries of a and of b on axes of their own, in turn; the product is their outer product, folded."""
    ndim = max(np.ndim(a), np.ndim(b))
    a, b = (np.reshape(x, (1,) * (ndim - np.ndim(x)) + np.shape(x)) for x in (a, b))
    shape = [m * n for m, n in zip(a.shape, b.shape, strict=True)]
    a, b = np.expand_dims(a, tuple(range(1, 2 * ndim, 2))), np.expand_dims(b, tuple(range(0, 2 * ndim, 2)))
    return (a * b).reshape(shape)


@composite(np.cross)
def _cross(a, b):
    if np.shape(a)[-1] != 3 or np.shape(b)[-1] != 3:
        raise ValueError("np.cross has a derivative here for vectors of 3 entries along the last axis")
    after, before = [1, 2, 0], [2, 0, 1]
    return a[..., after] * b[..., before] - a[..., before] * b[..., after]


class _Each:
    """One rule for any number of arguments, told the position of the one that it is for."""

    def __init__(self, rule):
        self.rule = rule

    def __getitem__(self, k):
        return functools.partial(self.rule, k)


def _einsum_indices(subscripts, ndims):
    """Subscripts as a list, one an operand, and the result's, with a letter for each axis of an ellipsis."""
    inputs, arrow, output = subscripts.replace(" ", "").partition("->")
    inputs = inputs.split(",")
    if not arrow:
        letters = "".join(inputs).replace(".", "")
        output = "..." * ("." in subscripts) + "".join(i for i in sorted(set(letters)) if letters.count(i) == 1)
    hidden = {k: n - len(i) + 3 for k, (i, n) in enumerate(zip(inputs, ndims, strict=True)) if "." in i}
    unused = "".join(i for i in string.ascii_letters if i not in subscripts)[: max(hidden.values(), default=0)]
    for k, n in hidden.items():
        inputs[k] = inputs[k].replace("...", unused[len(unused) - n :])
    return inputs, output.replace("...", unused)


def _einsum_vjp(k, g, y, subscripts, *operands, **options):
    """The operand changes places with the result. What it alone has was summed: there the adjoint is constant."""
    inputs, output = _einsum_indices(subscripts, [np.ndim(x) for x in operands])
    own = inputs.pop(k - 1)
    others = [*operands[: k - 1], *operands[k:]]
    indices = "".join(dict.fromkeys(own))
    shared = "".join(i for i in indices if i in output or any(i in other for other in inputs))
    g = np.einsum(f"{','.join([output, *inputs])}->{shared}", g, *others, **options)
    sizes = dict(zip(own, np.shape(operands[k - 1]), strict=True)) | dict(zip(shared, g.shape, strict=True))
    g = g.reshape([sizes[i] if i in shared else 1 for i in indices])
    g = spread(g, tuple(sizes[i] for i in indices))
    if own == indices:
        return g
    diagonal = dict(zip(indices, np.ix_(*(np.arange(sizes[i]) for i in indices)), strict=True))
    return scatter(g, [sizes[i] for i in own], tuple(diagonal[i] for i in own))


def _einsum_jvp(k, t, y, *args, **options):
    return np.einsum(*args[:k], t, *args[k + 1 :], **options)


PRIMITIVES[np.einsum] = ManyPrimitive("einsum", np.einsum, _Each(_einsum_vjp), _Each(_einsum_jvp))

# Linear algebra.


@composite(np.linalg.inv)
@primitive(
    lambda g, y, x: -(np.matrix_transpose(y) @ g @ np.matrix_transpose(y)),
    jvps=[lambda t, y, x: -(y @ t @ y)],
)
def _inv(x):
    return np.linalg.inv(x)


@composite(np.linalg.det)
@primitive(
    lambda g, y, x: (g * y)[..., None, None] * np.matrix_transpose(np.linalg.inv(x)),
    jvps=[lambda t, y, x: y * np.trace(np.linalg.inv(x) @ t, axis1=-2, axis2=-1)],
)
def _det(x):
    return np.linalg.det(x)


@primitive(
    lambda g, y, x: g[..., None, None] * np.matrix_transpose(np.linalg.inv(x)),
    jvps=[lambda t, y, x: np.trace(np.linalg.inv(x) @ t, axis1=-2, axis2=-1)],
)
def _log_abs_det(x):
    return np.linalg.slogdet(x)[1]


@composite(np.linalg.slogdet)
def _slogdet(x):
    return np.linalg.slogdet(stop_gradient(x))[0], _log_abs_det(x)


@primitive(
    lambda g, y, a, b: -np.linalg.solve(np.matrix_transpose(a), g) @ np.matrix_transpose(y),
    lambda g, y, a, b: np.linalg.solve(np.matrix_transpose(a), g),
    jvps=[lambda t, y, a, b: -np.linalg.solve(a, t @ y), lambda t, y, a, b: np.linalg.solve(a, t)],
)
def _solve_matrix(a, b):
    return np.linalg.solve(a, b)


@composite(np.linalg.solve)
def _solve(a, b):
    return _solve_matrix(a, b[:, None])[..., 0] if np.ndim(b) == 1 else _solve_matrix(a, b)


# Indexing.


def _takes_once(index):
    """Made of numbers, slices, None and ... alone, an index takes no entry twice."""
    return _SINGLE.issuperset(map(type, index if type(index) is tuple else (index,)))


_SINGLE = {int, slice, type(None), type(...)}


def scatter(g, shape, index):
    """The adjoint of x[index]: zeros, with g added at the index."""
    if hasattr(g, "unary"):
        return traced(scatter, g, shape, index)
    array = np.zeros(shape, g.dtype)
    if _takes_once(index):
        array[index] = g
    else:
        np.add.at(array, index, g)
    return array


def scatter_into(array, index, g):
    """array += scatter(g, array.shape, index), without the zeros."""
    if _takes_once(index):
        array[index] += g
    else:
        np.add.at(array, index, g)


bilinear(operator.getitem, lambda g, b, shape: scatter(g, shape, b))
linear(scatter, lambda g, into, index: g[index])

moves_entries(np.diagonal, np.fliplr, np.flip, np.flipud, np.repeat, np.resize, np.roll, np.rot90, np.tile)
moves_entries(np.array_split, np.delete, np.dsplit, np.hsplit, np.split, np.take_along_axis, np.vsplit)


@composite(np.take)
def _take(x, indices, axis=None):
    return np.ravel(x)[indices] if axis is None else x[(slice(None),) * (axis % x.ndim) + (indices,)]


@composite(np.sort)
def _sort(x, axis=-1):
    x, axis = (np.ravel(x), 0) if axis is None else (x, axis)
    return np.take_along_axis(x, np.argsort(x, axis), axis)


@composite(np.partition)
def _partition(x, kth, axis=-1):
    x, axis = (np.ravel(x), 0) if axis is None else (x, axis)
    return np.take_along_axis(x, np.argpartition(x, kth, axis), axis)


composite(np.trace)(lambda x, offset=0, axis1=0, axis2=1: np.sum(np.diagonal(x, offset, axis1, axis2), -1))
composite(np.tril)(lambda x, k=0: np.where(np.tri(*x.shape[-2:], k, bool), x, 0))
composite(np.triu)(lambda x, k=0: np.where(np.tri(*x.shape[-2:], k - 1, bool), 0, x))


@composite(np.diag)
def _diag(x, k=0):
    if x.ndim == 2:
        return np.diagonal(x, k)
    n, rows = x.size + abs(k), np.arange(x.size) + max(-k, 0)
    return scatter(x, (n, n), (rows, rows + k))


@composite(np.diff)
def _diff(x, n=1, axis=-1):
    for _ in range(n):
        before, after = ((slice(None),) * (axis % x.ndim) + (part,) for part in (slice(-1), slice(1, None)))
        x = x[after] - x[before]
    return x


@composite(np.pad)
def _pad(x, pad_width, mode="constant", **options):
    if mode != "constant":
        return np.ravel(x)[np.pad(np.arange(x.size).reshape(x.shape), pad_width, mode, **options)]
    border = np.pad(np.zeros(x.shape, x.dtype), pad_width, **options)
    before = np.broadcast_to(pad_width, (x.ndim, 2))[:, 0].tolist()
    inside = tuple(slice(k, k + n) for k, n in zip(before, x.shape, strict=True))
    return border + scatter(x, border.shape, inside)


# Sliding windows: what convolution needs.


def windows(x, window_shape, axes):
    if hasattr(x, "unary"):
        return traced(windows, x, window_shape, axes)
    return sliding_window_view(x, window_shape, axes)


def add_windows(g, shape, window_shape, axes):
    """The adjoint of windows: an entry of the array gets the sum over all windows that show it."""
    if hasattr(g, "unary"):
        return traced(add_windows, g, shape, window_shape, axes)
    array = np.zeros(shape, g.dtype)
    for offset in np.ndindex(*window_shape):
        seen = [slice(None)] * len(shape)
        for k, start in zip(axes, offset, strict=True):
            seen[k] = slice(start, start + g.shape[k])
        array[tuple(seen)] += g[(..., *offset)]
    return array


linear(windows, lambda g, shape, window_shape, axes: add_windows(g, shape, window_shape, axes))
linear(add_windows, lambda g, into, window_shape, axes: windows(g, window_shape, axes))


@composite(sliding_window_view)
def _sliding_window_view(x, window_shape, axis=None):
    axes = range(x.ndim) if axis is None else np.atleast_1d(axis) % x.ndim
    return windows(x, tuple(int(n) for n in np.atleast_1d(window_shape)), tuple(int(k) for k in axes))


@composite(np.convolve)
def _convolve(a, v, mode="full"):
    if len(a) < len(v):
        a, v = v, a
    m, n = len(a), len(v)
    full = sliding_window_view(np.pad(a, n - 1), n) @ v[::-1]
    return {"full": full, "same": full[(n - 1) // 2 :][:m], "valid": full[n - 1 : m]}[mode]


composite(np.correlate)(lambda a, v, mode="valid": np.convolve(a, v[::-1], mode))

# Shape and order of axes.


def _inverse(axes):
    """The permutation of axes that undoes this one. None, for all in reverse order, undoes itself."""
    return None if axes is None else tuple(np.argsort([k % len(axes) for k in axes]))


def _reshape(x, shape):
    return x.reshape(shape)


linear((np.expand_dims, np.squeeze), lambda g, shape: g.reshape(shape))
linear(np.reshape, lambda g, shape: g.reshape(shape), compute=_reshape)
composite(np.ravel)(lambda x: np.reshape(x, -1))
linear(np.transpose, lambda g, axes=None: np.transpose(g, _inverse(axes)))
linear(np.matrix_transpose, lambda g: np.matrix_transpose(g))
linear(np.swapaxes, lambda g, axis1, axis2: np.swapaxes(g, axis1, axis2))
linear(np.moveaxis, lambda g, source, destination: np.moveaxis(g, destination, source))
linear(np.copy, lambda g: g)


@composite(np.astype)
def _astype(x, dtype):
    return _as_floating(x, dtype) if np.dtype(dtype).kind == "f" else np.astype(stop_gradient(x), dtype)


@primitive(lambda g, y, x, dtype: g, None, jvps=[lambda t, y, x, dtype: np.astype(t, dtype), None])
def _as_floating(x, dtype):
    return x.astype(dtype)

# Joining.


def _join_vjp(k, g, y, *shapes, axis):
    """The part of g that stands where argument k stood."""
    start = sum(shape[axis] for shape in shapes[:k])
    return g[(slice(None),) * (axis % g.ndim) + (slice(start, start + shapes[k][axis]),)]


def _join_jvp(k, t, y, *arrays, axis):
    return np.concatenate([t if j == k else np.zeros_like(a) for j, a in enumerate(arrays)], axis)


def _join(*arrays, axis):
    return np.concatenate(arrays, axis)


_JOIN = ManyPrimitive("concatenate", _join, _Each(_join_vjp), _Each(_join_jvp), keeps=())


@composite(np.concatenate)
def _concatenate(arrays, axis=0):
    arrays, axis = ([np.ravel(a) for a in arrays], 0) if axis is None else (list(arrays), axis)
    return next(a for a in arrays if hasattr(a, "many")).many(_JOIN, arrays, {"axis": axis})


composite(np.stack)(lambda arrays, axis=0: np.concatenate([np.expand_dims(a, axis) for a in arrays], axis))
composite(np.append)(lambda x, values, axis=None: np.concatenate([x, values], axis))
composite(np.atleast_1d)(lambda x: x if x.ndim else x.reshape(1))
composite(np.atleast_2d)(lambda x: x if x.ndim > 1 else x.reshape((1, -1)))
composite(np.vstack)(lambda arrays: np.concatenate([np.atleast_2d(a) for a in arrays]))


@composite(np.hstack)
def _hstack(arrays):
    arrays = [np.atleast_1d(a) for a in arrays]
    return np.concatenate(arrays, min(arrays[0].ndim - 1, 1))


@composite(np.column_stack)
def _column_stack(arrays):
    return np.concatenate([np.reshape(a, (-1, 1)) if np.ndim(a) < 2 else a for a in arrays], 1)


composite(np.full_like)(lambda x, fill_value: np.zeros_like(x) + fill_value)


@composite(np.broadcast_arrays)
def _broadcast_arrays(*arrays):
    shape = np.broadcast_shapes(*map(np.shape, arrays))
    return tuple(np.broadcast_to(a, shape) for a in arrays)



# Without a derivative. What comes out is plain.

CONSTANTS.update(
    (np.all, np.allclose, np.any, np.argmax, np.argmin, np.argpartition, np.argsort, np.argwhere, np.around),
    (np.array2string, np.array_equal, np.array_repr, np.array_str, np.can_cast, np.ceil, np.count_nonzero),
    (np.digitize, np.empty_like, np.equal, np.fix, np.flatnonzero, np.floor, np.floor_divide, np.greater),
    (np.greater_equal, np.heaviside, np.isclose, np.iscomplexobj, np.isfinite, np.isin, np.isinf, np.isnan),
    (np.isneginf, np.isposinf, np.isrealobj, np.lexsort, np.less, np.less_equal, np.logical_and, np.logical_not),
    (np.logical_or, np.logical_xor, np.ndim, np.nonzero, np.not_equal, np.ones_like, np.result_type, np.rint),
    (np.round, np.searchsorted, np.shape, np.sign, np.signbit, np.size, np.trunc, np.zeros_like),
)
