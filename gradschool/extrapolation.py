"""Slopes along lines, by extrapolation: what `differences` is built on, and explains.

`Lines` samples a function along lines through one point, makes windows of differences from the samples, and chooses
the best window of each line and output.
"""

import math
from dataclasses import dataclass, fields

import numpy as np

STEPS = 4  # differences in a window
STRIDE = 3  # a window moves by a factor 2**STRIDE
FIRST = 0.9 / 32  # the first and largest step, as a fraction of the scale; no power of 2, which could alias
GOOD = 1e-12  # a relative error that needs no better window
DEEPEST, HIGHEST = 45, -30  # the levels of the finest and the coarsest window; a level halves the step


@np.errstate(all="ignore")
def sampled(f, points):
    """f at each of the points; where it is not defined, the error that it raises."""
    many = getattr(f, "many", None)
    values = None if many is None else many(points)
    return [_sample(f, point) for point in points] if values is None else values


def _sample(f, point):
    try:
        return f(point)
    except (ArithmeticError, ValueError) as error:  # outside the domain
        return error


def flat(value, centre):
    """A sample as a row of floats, nan where f is not defined. centre : f at the point that all lines share."""
    return np.full(centre.size, np.nan) if isinstance(value, Exception) else np.asarray(value, dtype=float).ravel()


class Lines:
    """f along several lines: its samples, which are kept, and the windows of differences made from them."""

    def __init__(self, f, at, centre, noise, scale, jitter):
        self.f, self.at, self.centre, self.scale, self.jitter = f, at, centre, scale, jitter
        self.eps = float(np.finfo(centre.dtype if centre.dtype.kind == "f" else float).eps)
        self.flat, self.noise = centre.astype(float).ravel(), noise
        self.samples, self.windows = {}, []  # by line and level; (lines, their levels, window)

    def slopes(self):
        """Value, error, left and right of the slopes, as a `Slope` has them, with the lines on the first axis."""
        start = self.window(np.arange(self.scale.size), np.zeros(self.scale.size, dtype=int))

        def smaller(window, levels):
            return STRIDE * (window.wants_smaller() & (levels < DEEPEST))

        def larger(window, levels):
            return -np.where(window.is_flat(), 3 * STRIDE, STRIDE) * (window.wants_larger() & (levels > HIGHEST))

        for strides in (smaller, larger):
            self._walk(start, strides)
        parts = start.slopes() if self._is_enough(start) else _choose(*self._stacked())
        shape = (self.scale.size, *self.centre.shape)
        return [np.reshape(part, shape) for part in parts]

    def _is_enough(self, window):
        """Whether this is the only window there is, and shows no jump: then there is nothing to choose."""
        return len(self.windows) == 1 and not window.broken.any()

    @property
    def evaluations(self):
        return 2 * len(self.samples)

    def _walk(self, window, strides):
        """From a first window of all lines, more of them until no line wants one: strides(window, levels) says by how
        many levels each of its lines should move on."""
        lines, levels = np.arange(self.scale.size), np.zeros(self.scale.size, dtype=int)
        while (stride := strides(window, levels)).any():
            lines, levels = lines[stride != 0], (levels + stride)[stride != 0]
            window = self.window(lines, levels)

    @np.errstate(all="ignore")
    def window(self, lines, levels):
        """What the four steps from its level on tell of each line."""
        steps = levels + np.arange(STEPS)[:, None]
        up, down = self._pairs([(i, s) for row in steps.tolist() for i, s in zip(lines.tolist(), row, strict=True)])
        h = np.repeat(np.ldexp(self.scale[lines] * FIRST, -steps), self.flat.size, axis=1)
        centre, own_noise = np.tile(self.flat, lines.size), np.tile(self.noise, lines.size)
        jitter = np.repeat(self.jitter[lines], self.flat.size)
        largest = np.maximum(np.maximum(np.abs(up), np.abs(down)), np.abs(centre))
        noise = np.maximum(own_noise, self.eps * largest) / h
        chaotic = own_noise > 0.01 * largest[0]  # no step shows anything but noise

        value, truncation = _CENTRAL.limit((up - down) / (2 * h))
        truncation = np.where(np.isfinite(truncation) & ~chaotic, truncation, np.inf)
        rounding = _CENTRAL.amplification @ (noise + jitter * np.abs(value) / h)
        right, right_error = _ONE_SIDED.limit((up - centre) / h)
        left, left_error = _ONE_SIDED.limit((centre - down) / h)
        side_error = np.maximum(left_error, right_error) + 2 * _ONE_SIDED.amplification @ noise
        gap, gap_error = _GAP.limit((up - 2 * centre + down) / h)
        gap_error = gap_error + 4 * _GAP.amplification @ noise
        window = _Window(
            value=value,
            truncation=truncation,
            rounding=np.where(np.isfinite(truncation), rounding, 0.0),
            left=left,
            right=right,
            side_error=np.where(np.isfinite(side_error), side_error, np.inf),
            gap=np.where(np.isfinite(gap), gap, 0.0),
            gap_error=np.where(np.isfinite(gap_error), gap_error, np.inf),
        ).reshape(lines.size, self.flat.size)
        self.windows.append((lines, levels, window))
        return window

    def _pairs(self, keys):
        """The samples above the point and those below it, at these (line, level), flat for each step."""
        missing = [key for key in keys if key not in self.samples]
        steps = [(i, math.ldexp(self.scale[i] * FIRST, -level)) for i, level in missing]
        values = sampled(self.f, [self.at(i, t) for i, h in steps for t in (h, -h)])
        values = [flat(value, self.centre) for value in values]
        self.samples.update(zip(missing, zip(values[::2], values[1::2], strict=True), strict=True))
        pairs = np.array([self.samples[key] for key in keys])
        return np.moveaxis(pairs, 1, 0).reshape(2, STEPS, -1)

    def _stacked(self):
        """All windows, by field and level, from the finest to the coarsest; and these levels.

        What was not measured of a line is filled in as what says nothing.
        """
        known = sorted({level for _, levels, _ in self.windows for level in levels.tolist()}, reverse=True)
        row = {level: number for number, level in enumerate(known)}
        stack = {}
        for field in fields(_Window):
            nothing = np.inf if field.name in ("truncation", "side_error", "gap_error") else 0.0
            stack[field.name] = np.full((len(known), self.scale.size, self.flat.size), nothing)
            for lines, levels, window in self.windows:
                stack[field.name][[row[level] for level in levels.tolist()], lines] = getattr(window, field.name)
        return _Window(**stack), np.array(known)


@dataclass(frozen=True)
class _Window:
    """Estimates from four steps: a row for each line, in it an entry for each output of f. `gap` is the right slope
    minus the left one."""

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

    def reshape(self, *shape):
        return _Window(*(getattr(self, field.name).reshape(shape) for field in fields(self)))

    def slopes(self):
        """Value, error, left and right, where no slope jumps."""
        error = self.truncation + self.rounding
        value = np.where(np.isfinite(error), self.value, 0.0)
        return value, error, value, value

    def wants_smaller(self):
        """Lines that smaller steps help: truncation dominates, or a jump can be looked at more closely."""
        visible = self.broken & (3 * self.gap_error < 0.05 * np.abs(self.gap))
        return np.any(~self._good & ((self.truncation > self.rounding) | visible), axis=-1)

    def wants_larger(self):
        return np.any(self._drowned, axis=-1)

    def is_flat(self):
        """Lines on which nothing moves at all where larger steps are wanted."""
        return np.all((self.value == 0) | ~self._drowned, axis=-1)


@np.errstate(all="ignore")
def _choose(stack, levels):
    """The best of the windows: value, error, left, right.

    stack : a `_Window` with the windows on a first axis, from the finest to the coarsest; levels : theirs.
    """
    broken = stack.broken
    enlarged = (levels < 0)[:, None, None]

    # There is a kink if the finest window that could see the jump still does.
    largest_gap = np.max(np.where(broken & ~enlarged, np.abs(stack.gap), 0.0), axis=0)
    sees = 3 * stack.gap_error < np.maximum(0.5 * largest_gap, np.finfo(float).tiny)
    kink = (largest_gap > 0) & sees.any(axis=0) & np.take_along_axis(broken, np.argmax(sees, axis=0)[None], 0)[0]
    side_error = np.where(broken, stack.side_error, np.inf)
    left, right, side_error = _best(side_error, stack.left, stack.right, side_error)
    kink &= np.isfinite(side_error)

    # A jump that larger steps see and smaller ones do not lies beside us: only the smaller steps count.
    error = stack.truncation + stack.rounding
    error = np.where(np.logical_or.accumulate(broken, axis=0), np.inf, error)
    # Enlarged steps may sharpen what the others show, but not deny it: far from here, everything saturates or
    # repeats itself.
    shown, doubt = _best(np.where(enlarged, np.inf, error), stack.value, error)
    agrees = np.abs(stack.value - shown) <= doubt + error
    error = np.where(enlarged & ~(agrees & (np.abs(stack.value) > error)), np.inf, error)
    value, error = _best(error, stack.value, error)
    value = np.where(np.isfinite(error), value, 0.0)

    at_kink, elsewhere = ((left + right) / 2, side_error, left, right), (value, error, value, value)
    return [np.where(kink, a, b) for a, b in zip(at_kink, elsewhere, strict=True)]


def _best(error, *parts):
    """Of each part, stacked by window, the entries with the smallest error."""
    rows = np.argmin(error, axis=0)[None]
    return [np.take_along_axis(part, rows, 0)[0] for part in parts]


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
