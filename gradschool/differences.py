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

Cost: 9 evaluations for a line on which phi is smooth and of the size expected, 20 or so where the step has to
be found, 100 or so on a kink; and 7 for the noise, once for each function.
"""

import warnings
from dataclasses import dataclass, fields

import numpy as np

STEPS = 4  # differences in a window
STRIDE = 3  # a window moves by a factor 2**STRIDE
FIRST = 0.9 / 32  # the first and largest step, as a fraction of the scale; no power of 2, which could alias
TINY = 1e-12  # the steps that show noise, as a fraction of the scale
GOOD = 1e-12  # a relative error that needs no better window
DEEPEST, HIGHEST = 45, -30  # the levels of the finest and the coarsest window; a level halves the step


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
        return self._each(lambda part: np.reshape(part, shape))

    def at(self, index):
        return self._each(lambda part: part[index])

    def _each(self, function):
        parts = (function(part) for part in (self.value, self.error, self.left, self.right))
        return Slope(*parts, self.evaluations)


def slope(phi, scale=1.0, noise=None, jitter=0.0):
    """The derivative of phi at 0, entry by entry.

    phi : function of a float that returns a real number or array, always of the same shape.
    scale : a guess, however rough, of how far t may go before phi changes its character.
    noise : absolute noise of phi's values, if it is known; it is measured otherwise.
    jitter : by how much t may be off, because of rounding, where phi is evaluated.

    Raises ValueError if phi(0) is not finite. Where phi is not finite, or raises ArithmeticError or
    ValueError, at other points, the steps get smaller.
    """
    line = _Line(phi, scale, noise, jitter)
    windows = {0: line.window(0)}
    level = 0
    while windows[level].wants_smaller() and level < DEEPEST:
        level += STRIDE
        windows[level] = line.window(level)
    level = 0
    while windows[level].wants_larger() and level > HIGHEST:
        level -= 3 * STRIDE if windows[level].is_flat() else STRIDE
        windows[level] = line.window(level)
    return _choose(dict(sorted(windows.items(), reverse=True)), line)


def directional(f, x, direction, scale=None):
    """The derivative of f at x along `direction`, an array of x's shape: a `Slope` of f's shape.

    scale : array of x's shape, how far each entry may be moved; `natural_scale(x)` by default.
    """
    x, direction = np.asarray(x, dtype=float), np.asarray(direction, dtype=float)
    moving = direction != 0
    if not moving.any():
        raise ValueError("the direction is zero")
    scale = natural_scale(x) if scale is None else np.asarray(scale, dtype=float)
    return slope(lambda t: f(x + t * direction), np.min(scale[moving] / np.abs(direction[moving])))


def gradient(f, x, entries=None, scale=None):
    """The gradient at x of a function with one output: a `Slope` of x's shape. Arguments as in `jacobian`."""
    return jacobian(lambda x: np.asarray(f(x)).reshape(()), x, entries, scale)


def jacobian(f, x, entries=None, scale=None):
    """The derivative of f at x by each entry of x: a `Slope` of shape f(x).shape + x.shape.

    entries : flat indices of the entries wanted; the last axis is then theirs. All of them by default.
    scale : array of x's shape, how far each entry may be moved; `natural_scale(x)` by default.
    """
    x = np.asarray(x, dtype=float)
    scale = natural_scale(x) if scale is None else np.asarray(scale, dtype=float)
    noise = _noise_at(f, x, scale)
    columns = []
    for i in range(x.size) if entries is None else entries:
        unit = np.zeros(x.shape)
        unit.flat[i] = 1.0
        jitter = 0.5 * np.finfo(float).eps * abs(x.flat[i])
        columns.append(slope(lambda t, unit=unit: f(x + t * unit), scale.flat[i], noise, jitter))
    names = ("value", "error", "left", "right")
    parts = (np.stack([getattr(column, name) for column in columns], axis=-1) for name in names)
    whole = Slope(*parts, sum(column.evaluations for column in columns) + 7)
    return whole.reshape(whole.value.shape[:-1] + x.shape) if entries is None else whole


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


def _noise_at(f, x, scale):
    """The noise of f's values beside x; all samples on one side, lest a kink at x is taken for noise."""
    step = scale * np.random.default_rng(0).uniform(0.5, 1.0, x.shape) * TINY
    with np.errstate(all="ignore"):
        return noise_of(np.array([np.asarray(f(x + j * step), dtype=float) for j in range(1, 8)]))


# ---- extrapolation


class _Series:
    """Extrapolation to h = 0 of samples at h, h/2, ..., whose error is a series in the given powers of h."""

    def __init__(self, *powers):
        self.full, self.short = self._weights(powers), self._weights(powers[:-1])
        self.amplification = np.abs(self.full)

    @staticmethod
    def _weights(powers):
        """Weights that send samples of a + b h^p + c h^q + ... at h = 1, 1/2, 1/4, ... to a."""
        steps = 0.5 ** np.arange(len(powers))
        vandermonde = steps[None, :] ** np.array(powers, float)[:, None]
        return np.linalg.solve(vandermonde, np.eye(len(powers))[0])

    def limit(self, samples):
        """The limit, and a bound on its truncation error. Steps along the first axis."""
        full = self.full @ samples
        without_finest, without_coarsest = self.short @ samples[:-1], self.short @ samples[1:]
        return full, np.maximum(np.abs(full - without_finest), np.abs(full - without_coarsest))


_CENTRAL = _Series(0, 2, 4, 6)
_ONE_SIDED = _Series(0, 1, 2, 3)
_GAP = _Series(0, 1, 3, 5)


class _Line:
    """phi along a line: its samples, which are kept, and the windows of differences made from them."""

    def __init__(self, phi, scale, noise, jitter):
        self.phi, self.scale, self.jitter = phi, scale, jitter
        self.samples, self.evaluations = {}, 0
        centre = np.asarray(self._call(0.0))
        if not np.all(np.isfinite(centre)):
            raise ValueError("the function is not finite at the point where its slope is wanted")
        self.shape = centre.shape
        self.eps = float(np.finfo(centre.dtype if centre.dtype.kind == "f" else float).eps)
        self.centre = centre.astype(float).ravel()
        self.noise = np.ravel(self._measured_noise() if noise is None else noise)

    def _call(self, t):
        self.evaluations += 1
        with np.errstate(all="ignore"):
            return self.phi(t)

    def _sample(self, t):
        try:
            return np.asarray(self._call(t), dtype=float).ravel()
        except (ArithmeticError, ValueError):  # outside the domain
            return np.full_like(self.centre, np.nan)

    def _measured_noise(self):
        return noise_of(np.array([self._sample(self.scale * TINY * j) for j in range(1, 8)]))

    def _pair(self, level):
        if level not in self.samples:
            h = self.scale * FIRST * 0.5**level
            self.samples[level] = h, self._sample(h), self._sample(-h)
        return self.samples[level]

    @np.errstate(all="ignore")
    def window(self, level):
        """What the four steps from this level on tell."""
        pairs = [self._pair(level + k) for k in range(STEPS)]
        h, up, down = (np.array(part) for part in zip(*pairs, strict=True))
        h = h[:, None]
        largest = np.maximum(np.maximum(np.abs(up), np.abs(down)), np.abs(self.centre))
        noise = np.maximum(self.noise, self.eps * largest) / h
        chaotic = self.noise > 0.01 * largest[0]  # no step shows anything but noise

        value, truncation = _CENTRAL.limit((up - down) / (2 * h))
        truncation = np.where(np.isfinite(truncation) & ~chaotic, truncation, np.inf)
        rounding = _CENTRAL.amplification @ (noise + self.jitter * np.abs(value) / h)
        right, right_error = _ONE_SIDED.limit((up - self.centre) / h)
        left, left_error = _ONE_SIDED.limit((self.centre - down) / h)
        side_error = np.maximum(left_error, right_error) + 2 * _ONE_SIDED.amplification @ noise
        gap, gap_error = _GAP.limit((up - 2 * self.centre + down) / h)
        gap_error = gap_error + 4 * _GAP.amplification @ noise
        return _Window(
            value=value,
            truncation=truncation,
            rounding=np.where(np.isfinite(truncation), rounding, 0.0),
            left=left,
            right=right,
            side_error=np.where(np.isfinite(side_error), side_error, np.inf),
            gap=np.where(np.isfinite(gap), gap, 0.0),
            gap_error=np.where(np.isfinite(gap_error), gap_error, np.inf),
        )


@dataclass(frozen=True)
class _Window:
    """Estimates from four steps, an entry for each output; `gap` is the right slope minus the left one."""

    value: np.ndarray
    truncation: np.ndarray
    rounding: np.ndarray
    left: np.ndarray
    right: np.ndarray
    side_error: np.ndarray
    gap: np.ndarray
    gap_error: np.ndarray

    @property
    def broken(self):
        """Where the slope jumps, as far as steps of this size can tell."""
        return np.abs(self.gap) > 3 * self.gap_error

    @property
    def _good(self):
        return (self.truncation + self.rounding <= GOOD * np.abs(self.value)) & ~self.broken

    @property
    def _drowned(self):
        return ~self._good & ~self.broken & (self.rounding > self.truncation)

    def wants_smaller(self):
        """Smaller steps help: truncation dominates, or a jump can be looked at more closely."""
        visible = self.broken & (3 * self.gap_error < 0.05 * np.abs(self.gap))
        return np.any(~self._good & ((self.truncation > self.rounding) | visible))

    def wants_larger(self):
        return np.any(self._drowned)

    def is_flat(self):
        """Nothing moves at all where larger steps are wanted."""
        return np.all(self.value[self._drowned] == 0)


@np.errstate(all="ignore")
def _choose(windows, line):
    """The best of the windows, {level: window} from the finest to the coarsest."""
    stack = {
        field.name: np.array([getattr(window, field.name) for window in windows.values()])
        for field in fields(_Window)
    }
    broken = np.array([window.broken for window in windows.values()])
    enlarged = np.array([level < 0 for level in windows])[:, None]

    # There is a kink if the finest window that could see the jump still does.
    largest_gap = np.max(np.where(broken & ~enlarged, np.abs(stack["gap"]), 0.0), axis=0)
    sees = 3 * stack["gap_error"] < np.maximum(0.5 * largest_gap, np.finfo(float).tiny)
    kink = (largest_gap > 0) & sees.any(axis=0) & np.take_along_axis(broken, np.argmax(sees, axis=0)[None], 0)[0]
    side_error = np.where(broken, stack["side_error"], np.inf)
    left, right, side_error = _best(side_error, stack["left"], stack["right"], side_error)
    kink &= np.isfinite(side_error)

    # A jump that larger steps see and smaller ones do not lies beside us: only the smaller steps count.
    error = stack["truncation"] + stack["rounding"]
    error = np.where(np.logical_or.accumulate(broken, axis=0), np.inf, error)
    # Enlarged steps may sharpen what the others show, but not deny it: far from here, everything saturates or
    # repeats itself.
    shown, doubt = _best(np.where(enlarged, np.inf, error), stack["value"], error)
    agrees = np.abs(stack["value"] - shown) <= doubt + error
    error = np.where(enlarged & ~(agrees & (np.abs(stack["value"]) > error)), np.inf, error)
    value, error = _best(error, stack["value"], error)
    value = np.where(np.isfinite(error), value, 0.0)

    at_kink, elsewhere = ((left + right) / 2, side_error, left, right), (value, error, value, value)
    parts = (np.where(kink, a, b).reshape(line.shape)[()] for a, b in zip(at_kink, elsewhere, strict=True))
    return Slope(*parts, line.evaluations)


def _best(error, *parts):
    """Of each part, stacked by window, the entries with the smallest error."""
    rows = np.argmin(error, axis=0)[None]
    return [np.take_along_axis(part, rows, 0)[0] for part in parts]
