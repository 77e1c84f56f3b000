"""Causes that are recognised by something other than a transformed reference."""

import numpy as np

from . import compare


def misconception(came, table, inputs, extra, passes):
    """The one label in `table` whose wrong function (or constant) gives what came, or None.

    passes(value) says whether a value would pass as right; a misconception that does so here explains
    nothing.
    """
    labels = []
    for label, wrong in table.items():
        try:
            with np.errstate(all="ignore"):
                value = inputs.copy().call(wrong, *extra) if callable(wrong) else wrong
            if compare.alike(came, value) and not passes(value):
                labels.append(label)
        except Exception:  # a misconception that cannot be evaluated here is not the cause
            continue
    return labels[0] if len(labels) == 1 else None


def of_shape(came, right):
    """The cause of a wrong shape, if the numbers tell.  right : the array that is wanted, or None."""
    if right is None or not isinstance(came, np.ndarray):
        return "wrong shape"
    if _near(came.T, right):
        return "transposed"
    extra = came.ndim - right.ndim
    if extra >= 0:
        kept = (1,) * extra + right.shape
        copies = tuple(i for i in range(came.ndim) if kept[i] == 1 < came.shape[i])
        if copies and _near(np.sum(came, axis=copies, keepdims=True).reshape(-1), right.reshape(-1)):
            return "not summed over the broadcast axis"
    return "wrong shape"


def _near(a, b):
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-6, atol=1e-9 * np.max(np.abs(b), initial=0.0))


LEAST, MOST = 1e-12, 1e-2  # the relative errors that a finite difference is recognised by
ULPS = 4 * np.finfo(float).eps  # two ways to write the same difference
STEPS = [10.0**-k for k in range(1, 13)] + [np.sqrt(np.finfo(float).eps), np.cbrt(np.finfo(float).eps)]


def is_finite_difference(problem, comparison, entries):
    """Whether what came at these entries has the very error of a finite difference with one of the usual steps.

    The complex step, exact to rounding, says what the error is; where the function does not allow it, the
    measured reference does, if its own error bar is short enough.
    """
    came = comparison.came[entries]
    exact, doubt = problem.complex_step(entries), 0.0
    if exact is None or np.any(np.abs(exact - comparison.value[entries]) > comparison.tolerance[entries]):
        exact, doubt = comparison.value[entries], 100 * comparison.error[entries]
    error, size = np.abs(came - exact), np.abs(exact)
    # Less may be rounding, and more is no approximation.
    if not np.all((error > LEAST * size + doubt) & (error < MOST * size)):
        return False
    # One number may hit upon another's error by chance; several do not.
    closeness = 1e-3 if len(set(np.float32(exact))) > 1 else 1e-6
    return any(
        np.all(np.abs(_difference(problem, entries, h, up, down) - came) <= closeness * error + ULPS * size)
        for h in STEPS
        for up, down in ((1, 1), (1, 0), (0, 1))
    )


def _difference(problem, entries, h, up, down):
    differences = []
    for i in entries:
        step = np.zeros_like(problem.x)
        step[i] = h
        rise = problem.outputs(problem.x + up * step) - problem.outputs(problem.x - down * step)
        differences.append(rise / ((up + down) * h))
    return np.array(differences)
