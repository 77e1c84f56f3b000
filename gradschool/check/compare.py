"""Plain data against a reference: first nesting, type and shape, then the numbers, entry by entry."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from . import trees

# What an honest formula may lose to rounding, as a fraction of the entry, beyond what the reference is in
# doubt.
ROUNDING = {np.dtype(np.float64): 1e-11, np.dtype(np.float32): 1e-5, np.dtype(np.float16): 1e-2}
# The same where the reference is a value: no error bar tells how much cancelled on the way to it.
VALUE_TOLERANCE = {np.dtype(np.float64): 1e-9, np.dtype(np.float32): 2e-5, np.dtype(np.float16): 2e-2}
RESULT = "result"  # what a returned value is called, where it has no other name
SAFETY = 3  # times the reference's error bar that an answer may be off


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
        if _kind(value) != _kind(like) and not {_kind(value), _kind(like)} <= {"whole", "real"}:
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


def _kind(leaf):
    if leaf is None:
        return "nothing"
    kinds = {"b": "truth", "i": "whole", "u": "whole", "f": "real", "c": "complex", "U": "text"}
    return kinds[np.asarray(leaf).dtype.kind]


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
        with np.errstate(invalid="ignore"):
            inside = (self.came >= low - self.tolerance) & (self.came <= high + self.tolerance)
        same = (self.came == self.value) | (np.isnan(self.came) & np.isnan(self.value))
        return self.tested & ~inside & ~same

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


def _largest(values):
    finite = np.abs(values[np.isfinite(values)])
    return max(np.max(finite, initial=0.0), np.finfo(float).tiny)


def with_values(came, wanted, tolerance, name=RESULT):
    """A Comparison with the numbers of a value that is known, to a relative tolerance.

    An entry may also be off by a thousandth of that, relative to the largest entry of its leaf: cancellation.
    """
    names, shapes, ours, theirs, rounding = [], [], [], [], []
    pairs = zip(trees.leaves(wanted), trees.leaves(trees.arranged(came, wanted)), strict=True)
    for (path, want), (_, leaf) in pairs:
        if not is_number(want):
            continue
        parts = ("real", "imag") if _kind(want) == "complex" else ("real",)
        for part in parts:
            w, c = (np.ravel(getattr(np.asarray(side), part)).astype(float) for side in (want, leaf))
            names.append(name + path + (f".{part}" if len(parts) > 1 else ""))
            shapes.append(np.shape(want))
            ours.append(w)
            theirs.append(c)
            rounding.append(tolerance * np.abs(w) + 1e-3 * tolerance * _largest(w))
    value, came, rounding = (np.concatenate([np.zeros(0), *parts]) for parts in (ours, theirs, rounding))
    return Comparison(tuple(names), tuple(shapes), came, value, np.zeros_like(value), value, value, rounding)


def alike(a, b):
    """Whether two pieces of plain data agree: nesting, types, shapes, text exactly, numbers to rounding."""
    if misfit(a, b):
        return False
    both = zip(trees.leaves(trees.arranged(a, b)), trees.leaves(b), strict=True)
    pairs = [(x, y) for (_, x), (_, y) in both]
    if not all(is_number(x) or np.array_equal(x, y) for x, y in pairs):
        return False
    return not with_values(a, b, VALUE_TOLERANCE[precision(a, b)]).wrong.any()


def not_finite(value):
    """The path of the first leaf with NaN or infinity in it, or None."""
    for path, leaf in trees.leaves(value):
        if is_number(leaf) and not np.all(np.isfinite(leaf)):
            return path
    return None
