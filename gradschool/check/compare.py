"""Plain data against a reference: first nesting, type and shape, then the numbers, entry by entry."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from . import plain, trees

# What an honest formula may lose to rounding, as a fraction of the entry, beyond what the reference is in
# doubt.
ROUNDING = {np.dtype(np.float64): 1e-11, np.dtype(np.float32): 1e-5, np.dtype(np.float16): 1e-2}
# The same where the reference is a value: no error bar tells how much cancelled on the way to it.
VALUE_TOLERANCE = {np.dtype(np.float64): 1e-9, np.dtype(np.float32): 2e-5, np.dtype(np.float16): 2e-2}
RESULT = "result"  # what a returned value is called, where it has no other name
SAFETY = 3  # times the reference's error bar that an answer may be off
TINY = np.finfo(float).tiny


def precision(*values):
    """The coarsest floating dtype among the leaves (float64 if there is none)."""
    leaves = (leaf for value in values for _, leaf in trees.leaves(value))
    dtypes = {leaf.dtype for leaf in leaves if isinstance(leaf, (np.ndarray, np.generic))}
    return max(dtypes & set(ROUNDING), key=ROUNDING.get, default=np.dtype(np.float64))


# ---- nesting, type and shape


@dataclass(frozen=True)
class Misfit:
    """Why two values cannot be compared: the cause by name, where, and both sides in words."""

    cause: str
    path: str
    came: str
    wanted: str


def misfit(value, like, path=""):
    """The first difference in nesting, type or shape, or None.

    Numbers are numbers, be they Python floats, numpy scalars or arrays of shape (); lists pass for tuples.
    """

    def differ(cause):
        return Misfit(cause, path, trees.describe(value), trees.describe(like))

    containers = _container(value), _container(like)
    if containers == (None, None):
        kinds = {_kind(value), _kind(like)}
        if len(kinds) > 1 and kinds != {"whole", "real"}:
            return differ("wrong type")
        return differ("wrong shape") if np.shape(value) != np.shape(like) else None
    if containers[0] != containers[1]:
        return differ("wrong type" if None in containers else "wrong structure")
    keys = like if containers[1] == "dict" else range(len(like))
    if len(value) != len(like) or (containers[1] == "dict" and set(value) != set(like)):
        return differ("wrong structure")
    return next((found for key in keys if (found := misfit(value[key], like[key], f"{path}[{key!r}]"))), None)


def _container(value):
    return "dict" if isinstance(value, dict) else "sequence" if isinstance(value, (list, tuple)) else None


_KINDS = {"b": "truth", "i": "whole", "u": "whole", "f": "real", "c": "complex", "U": "text"}


def _kind(leaf):
    return "nothing" if leaf is None else _KINDS[np.asarray(leaf).dtype.kind]


def is_number(leaf):
    return _kind(leaf) in ("whole", "real", "complex")


# ---- numbers


@dataclass(frozen=True)
class Comparison:
    """Numbers that came, beside a reference with its error bar; everything flat, leaf after leaf.

    names, shapes : of the leaves.  came, value, error, left, right : vectors; where `error` is not finite,
    nothing was measured.  rounding : what rounding alone may account for, a vector.
    """

    names: tuple
    shapes: tuple
    came: np.ndarray
    value: np.ndarray
    error: np.ndarray
    left: np.ndarray
    right: np.ndarray
    rounding: np.ndarray

    @cached_property
    def tested(self):
        return np.isfinite(self.error)

    @cached_property
    def tolerance(self):
        return SAFETY * self.error + self.rounding

    @cached_property
    def kink(self):
        return (self.left != self.right) & self.tested & np.isfinite(self.value)

    @cached_property
    def wrong(self):
        low, high = np.minimum(self.left, self.right), np.maximum(self.left, self.right)
        return self.tested & ~_right(self.came, self.value, low, high, self.tolerance)

    @cached_property
    def seen(self):
        """Entries whose reference stands out of its own error bar: zero would not pass there."""
        return self.tested & (np.maximum(np.abs(self.left), np.abs(self.right)) > self.tolerance)

    @cached_property
    def slices(self):
        ends = np.cumsum([int(np.prod(shape)) for shape in self.shapes])
        return [slice(end - int(np.prod(shape)), end) for end, shape in zip(ends, self.shapes, strict=True)]

    def leaves(self):
        """(name, shape, slice) of every leaf."""
        return zip(self.names, self.shapes, self.slices, strict=True)

    def worst(self):
        """The flat index of the wrong entry that is furthest off, measured by the size of its leaf."""
        size = np.concatenate([np.full(s.stop - s.start, _largest(self.value[s])) for s in self.slices])
        with np.errstate(invalid="ignore", over="ignore"):
            off = np.nan_to_num(np.abs(self.came - self.value) / size, nan=np.inf)
        return int(np.argmax(np.where(self.wrong, off, -1.0)))

    def entry(self, i):
        """The name of flat entry i, as in W[0, 2]."""
        for name, shape, part in self.leaves():
            if part.start <= i < part.stop:
                index = np.unravel_index(i - part.start, shape)
                return f"{name}[{', '.join(map(str, index))}]" if shape else name
        raise IndexError(i)


def _right(came, value, low, high, tolerance):
    """Which numbers pass: those between the bounds, but for the tolerance, and NaN or infinity in its place."""
    with np.errstate(invalid="ignore"):
        inside = (came >= low - tolerance) & (came <= high + tolerance)
    return inside | (came == value) | (np.isnan(came) & np.isnan(value))


def _largest(values):
    finite = np.abs(values[np.isfinite(values)])
    return max(finite.max(initial=0.0), TINY)


def _allowed(value, tolerance):
    """How far off entries may be: the tolerance as a fraction of each, and a thousandth of it of the largest one, for
    cancellation."""
    return tolerance * np.abs(value) + 1e-3 * tolerance * _largest(value)


def _vectors(leaf):
    """A leaf's numbers in vectors of floats: one, or the real and the imaginary part."""
    leaf = np.asarray(leaf)
    parts = (leaf.real, leaf.imag) if leaf.dtype.kind == "c" else (leaf,)
    return [part.reshape(-1).astype(float) for part in parts]


def with_values(came, wanted, tolerance, name=RESULT):
    """A Comparison with the numbers of a value that is known, to a relative tolerance; see `_allowed`."""
    names, shapes, ours, theirs, rounding = [], [], [], [], []
    for path, leaf, want in _pairs(came, wanted):
        if not is_number(want):
            continue
        parts = (".real", ".imag") if _kind(want) == "complex" else ("",)
        for part, c, w in zip(parts, _vectors(leaf), _vectors(want), strict=True):
            names.append(name + path + part)
            shapes.append(np.shape(want))
            ours.append(w)
            theirs.append(c)
            rounding.append(_allowed(w, tolerance))
    value, came, rounding = (np.concatenate([np.zeros(0), *parts]) for parts in (ours, theirs, rounding))
    return Comparison(tuple(names), tuple(shapes), came, value, np.zeros_like(value), value, value, rounding)


def _pairs(came, wanted):
    """(path, leaf that came, leaf that is wanted) of two trees of the same nesting."""
    pairs = zip(trees.leaves(trees.arranged(came, wanted)), trees.leaves(wanted), strict=True)
    return [(path, leaf, want) for (_, leaf), (path, want) in pairs]


def tolerance_for(came, wanted):
    """What an honest value may lose to rounding, as a fraction."""
    return VALUE_TOLERANCE[precision(came, wanted)]


def other_words(came, wanted):
    """(path, what came, what is wanted) of the first text, truth value or None that is another one, or None."""
    pairs = _pairs(came, wanted)
    return next((pair for pair in pairs if not is_number(pair[2]) and not np.array_equal(*pair[1:])), None)


def alike(came, wanted, tolerance=None):
    """Whether two pieces of plain data agree: nesting, types, shapes, text exactly, numbers to a relative tolerance.

    This is what `misfit`, `other_words` and `with_values` find together, without the details.
    """
    if plain.same(came, wanted):  # as most are that are right: nothing to compute
        return True
    if misfit(came, wanted):
        return False
    tolerance = tolerance_for(came, wanted) if tolerance is None else tolerance
    return all(_leaf_agrees(leaf, want, tolerance) for _, leaf, want in _pairs(came, wanted))


def _leaf_agrees(came, want, tolerance):
    if not is_number(want):
        return np.array_equal(came, want)
    both = zip(_vectors(came), _vectors(want), strict=True)
    return all(_right(c, w, w, w, _allowed(w, tolerance)).all() for c, w in both)


def not_finite(value):
    """The path of the first leaf with NaN or infinity in it, or None."""
    for path, leaf in trees.leaves(value):
        if is_number(leaf) and not np.all(np.isfinite(leaf)):
            return path
    return None
