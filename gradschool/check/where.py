"""Where an answer departs, in words: a pattern if there is one."""

import numpy as np


def where(comparison, x=None):
    """The wrong entries of a `Comparison` in words, leaf by leaf.

    x : the inputs that the entries belong to, flat, if there are any: their signs may explain the pattern.
    """
    parts = []
    for name, shape, part in comparison.leaves():
        wrong, tested = comparison.wrong[part], comparison.tested[part]
        if wrong.any():
            inputs = None if x is None else x[part].reshape(shape)
            parts.append(pattern(name, wrong.reshape(shape), tested.reshape(shape), inputs))
    return "; ".join(parts)


def pattern(name, wrong, tested, x=None):
    """One leaf's wrong entries in words; all masks have the leaf's shape."""
    count, total = int(wrong.sum()), int(tested.sum())
    if wrong.ndim == 0 or wrong.size == 1:
        return name
    if count == total:
        return f"every entry of {name}" + ("" if tested.all() else " that was tested")
    if count == 1:
        return f"only {name}{_index(wrong)}"
    regular = tested.all() and (_slice(name, wrong) or _diagonal(name, wrong) or _by_sign(name, wrong, x))
    if regular:
        return regular
    if count == total - 1 and total > 3:
        return f"all of {name} but {name}{_index(tested & ~wrong)}"
    return f"{count} of {total} entries of {name}"


def _index(mask):
    return str(np.argwhere(mask)[0].tolist())


def _slice(name, wrong):
    """Rows, columns or other slices that are wrong as a whole, and whole slices that are right."""
    for axis in range(wrong.ndim):
        others = tuple(a for a in range(wrong.ndim) if a != axis)
        bad, good = wrong.all(axis=others), ~wrong.any(axis=others)
        if not np.all(bad | good):
            continue
        if bad.sum() == 1:
            return f"only {_nth(int(np.argmax(bad)), len(bad), axis, wrong.ndim)} of {name}"
        if good.sum() == 1 and len(good) > 2:
            return f"all of {name} but {_nth(int(np.argmax(good)), len(good), axis, wrong.ndim)}"
    return None


def _nth(i, n, axis, ndim):
    noun = "entry" if ndim == 1 else ("row", "column")[axis] if ndim == 2 else f"slice along axis {axis}"
    if i == 0:
        return f"the first {noun}"
    return f"the last {noun}" if i == n - 1 else f"{noun} {i}"


def _diagonal(name, wrong):
    if wrong.ndim != 2 or min(wrong.shape) < 2:
        return None
    diagonal = np.eye(*wrong.shape, dtype=bool)
    row, column = np.indices(wrong.shape)
    named = (
        (diagonal, f"only the diagonal of {name}"),
        (~diagonal, f"all of {name} but the diagonal"),
        (column > row, f"only above the diagonal of {name}"),
        (column < row, f"only below the diagonal of {name}"),
    )
    return next((words for mask, words in named if np.array_equal(wrong, mask)), None)


def _by_sign(name, wrong, x):
    if x is None or wrong.size < 4:
        return None
    for mask, words in ((x < 0, "negative"), (x > 0, "positive"), (x == 0, "zero")):
        if mask.any() and np.array_equal(wrong, mask):
            return f"the entries of {name} where the input is {words}, and only those"
    return None
