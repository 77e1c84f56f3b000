"""Numerical derivatives with an error bar.

`slope` measures the derivative of a function of one number, t -> phi(t), at t = 0. Everything else walks a
line through the input and calls it: `gradient` and `jacobian` one line for each entry, `directional` one line
in all.

How `slope` works. It takes central differences at the steps h, h/2, h/4, h/8. Their error is a series in h^2,
so they can be extrapolated to h = 0 (Richardson 1911; Ridders 1982). How much the extrapolation changes when
one of the steps is left out bounds the truncation error. The noise of phi, divided by h, bounds the rounding
error. The sum of the two is the error bar. Such a window of steps moves by factors of 8, down while
truncation dominates and up while rounding does: a rough guess of h is enough to start from.

A kink shows in the second difference (phi(h) - 2 phi(0) + phi(-h)) / h. It tends to the slope on the right
minus the slope on the left. Where it does not vanish, down to the smallest step at which anything can be
seen, the two slopes are reported. Where it vanishes at small steps only, the kink is near but not here, and
larger steps are forgotten.

Cost: 8 evaluations for a line on which phi is smooth and of the size expected, 20 or so where the step has to
be found, 100 or so on a kink; and 8 for the value and the noise, once for each function.

All lines of a gradient are walked side by side: the same few operations on longer arrays, and a function that
can take many points at once is given them so. Such a function has an attribute `many`: many(points) returns its
values there, or None if it cannot, and is then asked point by point. A function that lives in another process
has it (see `gradschool.grade.rooms`).
"""

import functools
import warnings
from dataclasses import dataclass

import numpy as np

from gradschool.extrapolation import Lines, flat, sampled

MOST_NUMBERS = 2**16  # in the points, or values, of one sample of all lines that are walked side by side
TINY = 1e-12  # the steps that show noise, as a fraction of the scale


@dataclass(frozen=True)
class Slope:
    """A measured derivative: arrays of one shape, or numbers.

    `left` and `right` are the slopes on the two sides. They equal `value` unless there is a kink; then
    `value` lies half-way between them. `error` bounds the error of all three, and is infinite where nothing
    could be measured. `evaluations` counts calls of the function.
    """

    value: np.ndarray
    error: np.ndarray
    left: np.ndarray
    right: np.ndarray
    evaluations: int

    @property
    def kink(self):
        return self.left != self.right

    def reshape(self, shape):
        return self.each(lambda part: np.reshape(part, shape))

    def at(self, index):
        return self.each(lambda part: part[index])

    @property
    def parts(self):
        return self.value, self.error, self.left, self.right

    def each(self, function):
        return Slope(*map(function, self.parts), self.evaluations)


def slope(phi, scale=1.0):
    """The derivative of phi at 0, entry by entry.

    phi : function of a float that returns a real number or array, always of the same shape.
    scale : a guess, however rough, of how far t may go before phi changes its character.

    Raises ValueError if phi(0) is not finite. Where phi is not finite, or raises ArithmeticError or
    ValueError, at other points, the steps get smaller.
    """
    return _slopes(phi, lambda _, t: t, [scale * TINY * j for j in range(1, 8)], np.array([scale])).at(0)


def directional(f, x, direction, scale=None):
    """The derivative of f at x along `direction`, an array of x's shape: a `Slope` of f's shape.

    scale : array of x's shape, how far each entry may be moved; `natural_scale(x)` by default.
    """
    x, direction = np.asarray(x, dtype=float), np.asarray(direction, dtype=float)
    moving = direction != 0
    if not moving.any():
        raise ValueError("the direction is zero")
    scale = natural_scale(x) if scale is None else np.asarray(scale, dtype=float)
    along = np.min(scale[moving] / np.abs(direction[moving]))
    beside = [x + along * TINY * j * direction for j in range(1, 8)]
    return _slopes(f, lambda _, t: x + t * direction, beside, np.array([along])).at(0)


def gradient(f, x, entries=None, scale=None):
    """The gradient at x of a function with one output: a `Slope` of x's shape. Arguments as in `jacobian`."""
    whole = jacobian(f, x, entries, scale)
    shape = np.shape(x) if entries is None else (len(entries),)
    if whole.value.size != np.prod(shape):
        outputs = whole.value.shape[: whole.value.ndim - len(shape)]
        raise ValueError(f"a gradient is of a function with one output, and this one's have shape {outputs}")
    return whole.reshape(shape)


def jacobian(f, x, entries=None, scale=None):
    """The derivative of f at x by each entry of x: a `Slope` of shape f(x).shape + x.shape.

    entries : flat indices of the entries wanted; the last axis is then theirs. All of them by default.
    scale : array of x's shape, how far each entry may be moved; `natural_scale(x)` by default.
    """
    x = np.asarray(x, dtype=float)
    scale = natural_scale(x) if scale is None else np.asarray(scale, dtype=float)
    chosen = np.arange(x.size) if entries is None else np.asarray(entries, dtype=int)

    def at(line, t):
        point = x.copy()
        point.flat[chosen[line]] += t
        return point[()]

    # All samples on one side, lest a kink at x is taken for noise.
    step = scale * _unequal(x.shape) * TINY
    jitter = 0.5 * np.finfo(float).eps * np.abs(x.flat[chosen])
    whole = _slopes(f, at, [x + j * step for j in range(1, 8)], scale.flat[chosen], jitter)
    whole = whole.each(lambda part: np.moveaxis(part, 0, -1))
    return whole.reshape(whole.value.shape[:-1] + x.shape) if entries is None else whole


@functools.lru_cache(100)
def _unequal(shape):
    """Numbers between a half and one, the same at every call."""
    return np.random.default_rng(0).uniform(0.5, 1.0, shape)


def complex_step(f, x, direction):
    """The derivative of f along `direction` as Im f(x + ih d) / h, exact to rounding; None if f returns a
    real number.

    Needs an f that is analytic (Squire and Trapp 1998). One that takes absolute values, compares, or drops
    part of the imaginary part gives a wrong number without a word, so hold the result against `directional`.
    """
    x, direction = np.asarray(x, dtype=float), np.asarray(direction, dtype=float)
    h = 1e-30 * np.min(natural_scale(x))
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore", np.exceptions.ComplexWarning)  # the dtype tells as much
            image = np.asarray(f(x + 1j * h * direction))
    except (TypeError, ValueError, ArithmeticError):
        return None
    return image.imag / h if image.dtype.kind == "c" else None


def natural_scale(x):
    """How far each entry of x may be moved: its own size, or its neighbours' where it is (nearly) zero."""
    size = np.abs(np.asarray(x, dtype=float))
    others = size[size > 0]
    return np.maximum(size, 0.01 * np.median(others)) if others.size else np.ones_like(size)


# ---- lines


def _slopes(f, at, beside, scale, jitter=0.0):
    """The slopes of f along several lines through one point: a `Slope` with the lines on the first axis.

    at(i, t) : the point on line i at t; at t = 0 it is the one that they share.
    beside : seven points beside that one, at equal, tiny steps.
    scale, jitter : for each line, how far t may go, and by how much it may be off because of rounding.
    """
    points = [at(0, 0.0), *beside]
    centre, *others = sampled(f, points)
    if isinstance(centre, Exception):
        raise centre
    centre = np.asarray(centre)
    if not np.all(np.isfinite(centre)):
        raise ValueError("the function is not finite at the point where its slope is wanted")
    noise = noise_of(np.array([flat(value, centre) for value in others]))
    jitter = np.broadcast_to(jitter, scale.shape)
    count = max(1, MOST_NUMBERS // max(centre.size, np.size(points[0]), 1))
    found, evaluations = [], len(points)
    for first in range(0, scale.size, count):
        some = slice(first, first + count)
        lines = Lines(f, lambda i, t, first=first: at(first + i, t), centre, noise, scale[some], jitter[some])
        found.append(lines.slopes())
        evaluations += lines.evaluations
    return Slope(*map(np.concatenate, zip(*found, strict=True)), evaluations)


# ---- noise


@np.errstate(all="ignore")
def noise_of(samples):
    """Three standard deviations of the noise in seven samples at equal, tiny steps (along the first axis).

    High differences annihilate what is smooth and leave the noise (Hamming 1971; Moré and Wild 2011).
    """
    unit = np.max(np.abs(samples), axis=0) + np.finfo(float).tiny
    squares = []
    for order, central_binomial in ((4, 70), (5, 252), (6, 924)):
        squares.append(np.diff(samples / unit, order, axis=0) ** 2 / central_binomial)
    noise = 3 * unit * np.sqrt(np.mean(np.concatenate(squares), axis=0))
    return np.where(np.isfinite(noise), noise, 0.0)
