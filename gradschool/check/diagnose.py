"""Why an answer is wrong: references transformed as a mistake would transform them, held against the answer.

A cause is named only if its transformed reference agrees with the answer within the error bar and no other
cause's does as well. Where two fit, none is named.
"""

from dataclasses import dataclass

import numpy as np

from . import compare, trees
from .compare import SAFETY, Comparison
from .faults import faults
from .problems import Problem
from .twins import trace

LOOSER = 10  # times the rounding that an answer is allowed, allowed to what a mistake would give
ENTRIES = 40  # entries at which a planted fault is held against the answer
FAULTS = 80  # faults that are tried


def diagnose(comparison, problem=None):
    """The name of the cause of what is wrong in a `Comparison`, or None.

    problem : what was asked, where a derivative was; None for a plain value.
    """
    if not np.any(comparison.wrong & ~comparison.kink):
        return "outside the slopes at the kink"
    case = Case(comparison, problem)
    named = set.intersection(*(case.by_transformation(part) for part in case.wrong_leaves()))
    if "all zeros" not in named and problem is not None:
        named |= case.by_term() | case.by_fault()
    if not named:
        named = case.by_factor()
    return named.pop() if len(named) == 1 else None


@dataclass
class Case:
    """A comparison that found something wrong, and the problem that it belongs to."""

    comparison: Comparison
    problem: Problem | None

    def __post_init__(self):
        c = self.comparison
        self.smooth = c.tested & ~c.kink & np.isfinite(c.value) & np.isfinite(c.came)
        self.entries = None if self.problem is None else self._entries_to_try()

    def wrong_leaves(self):
        return [part for part in self.comparison.slices if self.comparison.wrong[part].any()]

    def agrees(self, value, error, part=slice(None)):
        """Whether what came is this, wherever the reference is smooth."""
        c = self.comparison
        off = np.abs(c.came[part] - value) > SAFETY * error + LOOSER * c.rounding[part]
        return self.smooth[part].any() and not np.any(off & self.smooth[part])

    # ---- the right numbers, transformed

    def by_transformation(self, part):
        """Causes that turn a leaf's right numbers into what came."""
        c = self.comparison
        came, value, error = c.came[part], c.value[part], c.error[part]
        if not came.any():
            return {"all zeros"}
        named = set()
        for cause, factor in [("sign turned", -1), ("factor 2", 2), ("factor 2", 0.5), *self._batch_factors()]:
            if self.agrees(factor * value, abs(factor) * error, part):
                named.add(cause)
        shape = c.shapes[c.slices.index(part)]
        if len(shape) > 1 and shape == shape[::-1]:
            turned = (np.transpose(v.reshape(shape)).ravel() for v in (value, error))
            if self.agrees(*turned, part):
                named.add("transposed")
        if not named and _went_through_float32(came, value):
            named.add("computed in float32")
        return named

    def by_factor(self):
        """One factor for all that is wrong, if at least two entries share it."""
        c = self.comparison
        wrong = c.wrong & self.smooth & c.seen
        if wrong.sum() < 2:
            return set()
        i = int(np.argmax(np.where(wrong, np.abs(c.value) / c.tolerance, 0.0)))
        factor = c.came[i] / c.value[i]
        whole = round(factor)
        factor = whole if whole and abs(factor / whole - 1) < 1e-9 else factor
        parts = self.wrong_leaves()
        doubt = c.tolerance[i] / abs(c.value[i])
        fits = all(
            self.agrees(factor * c.value[part], abs(factor) * (c.error[part] + doubt * np.abs(c.value[part])), part)
            for part in parts
        )
        return {f"factor {factor:.6g}"} if fits and factor else set()

    def _batch_factors(self):
        """(cause, factor) for a mean in place of a sum, or the other way round, as the function itself has
        it."""
        if self.problem is None:
            return []
        inputs, wrt = self.problem.inputs, self.problem.positions
        arrays = [v for i, v in enumerate(inputs.values) if i not in wrt and isinstance(v, np.ndarray) and v.ndim]
        found = []
        for n in {len(array) for array in arrays} - {0, 1}:
            if (mean := _takes_mean(self.problem, n)) is not None:
                found.append(("sum for mean", n) if mean else ("mean for sum", 1 / n))
        return found

    # ---- one term of a sum

    def by_term(self):
        """A regulariser with a weight among the inputs: forgotten, doubled, halved, or laid on the bias."""
        named = set()
        inputs = self.problem.inputs
        for i, weight in enumerate(inputs.values):
            if i in self.problem.positions or type(weight) is not float or not weight:
                continue
            try:
                without = self.problem.at(inputs.replace({i: 0.0})).some(self.entries)
                twice = self.problem.at(inputs.replace({i: 2 * weight})).some(self.entries)
            except (ArithmeticError, ValueError, TypeError):
                continue
            c, e = self.comparison, self.entries
            bend = np.abs(twice.value - 2 * c.value[e] + without.value)
            if np.all(bend <= SAFETY * (twice.error + 2 * c.error[e] + without.error) + c.rounding[e]):
                named |= self._of_regulariser(without)
        return named

    def _of_regulariser(self, without):
        """Causes that have to do with a term of the function; `without` is the `Slope` of the rest."""
        c, e = self.comparison, self.entries
        data, error = without.value, c.error[e] + without.error
        term = c.value[e] - data
        if not np.any(np.abs(term) > SAFETY * error):
            return set()
        candidates = [
            ("regulariser forgotten", data),
            ("regulariser doubled", data + 2 * term),
            ("regulariser halved", data + term / 2),
        ]
        if self.problem.entries is not None:
            x, penalised = self.problem.x[e], np.abs(term) > SAFETY * error
            rates = term[penalised] / x[penalised]
            if np.allclose(rates, rates[0], rtol=1e-6):
                candidates.append(("bias penalised", c.value[e] + np.where(penalised, 0.0, rates[0] * x)))
        return {cause for cause, value in candidates if self._fits(value, 3 * error)}

    # ---- the chain rule with a mistake in it

    def by_fault(self):
        """Causes that a run of the function with a planted fault reproduces."""
        try:
            run, _ = trace(self.problem)
            planted = list(faults(run))[:FAULTS]
        except Exception:  # the function does something that twins do not follow: nothing is learnt
            return set()
        named = set()
        for fault in planted:
            faulty = self.problem.about(lambda x, f=fault: trace(self.problem, x, f.cut, f.bend)[1])
            try:
                if fault.cause == "regulariser forgotten":
                    named |= self._of_regulariser(faulty.some(self.entries))
                elif self._fits_along(faulty):
                    slope = faulty.some(self.entries)
                    if self._fits(slope.value, slope.error):
                        named.add(fault.cause)
            except (ArithmeticError, ValueError):
                continue
        return named

    def _entries_to_try(self):
        """Some entries, wrong ones first, where the reference is smooth."""
        wrong_first = np.argsort(~self.comparison.wrong, kind="stable")
        return np.sort([i for i in wrong_first if self.smooth[i]][:ENTRIES]).astype(int)

    def _fits(self, value, error):
        """Whether a reference, measured at the entries to try, is what came there, and well enough to
        tell."""
        c, e = self.comparison, self.entries
        doubt = SAFETY * error + LOOSER * c.rounding[e]
        tells = doubt[c.wrong[e]] < 0.5 * np.abs(c.came[e] - c.value[e])[c.wrong[e]]
        return bool(np.all(tells) and np.all(np.abs(c.came[e] - value) <= doubt))

    def _fits_along(self, faulty):
        """The same along one direction: a cheap way to leave most faults behind."""
        c = self.comparison
        if self.problem.entries is None:
            return True
        direction = np.where(self.smooth, self.problem.random_direction(np.random.default_rng(0)), 0.0)
        if not direction.any():
            return False
        slope = faulty.along(direction)
        claimed, size = self.problem.contract(np.where(self.smooth, c.came, 0.0), direction)
        return bool(abs(claimed - slope.value) <= min(SAFETY * slope.error, 1e-3 * size) + 1e-8 * size)


def _went_through_float32(came, value):
    """Whether float64 numbers all have the few digits of a float32, and are right to those."""
    with np.errstate(over="ignore"):
        short = np.array_equal(came.astype(np.float32).astype(float), came)
    near = np.abs(came - value) <= 1e-4 * np.abs(value) + 1e-6 * np.max(np.abs(value))
    return short and bool(np.all(near | ~np.isfinite(value)))


def _takes_mean(problem, n):
    """Whether the function stays as it is when a batch of n is doubled; None if it cannot be doubled."""

    def double(value):
        batch = isinstance(value, np.ndarray) and value.ndim and len(value) == n
        return np.concatenate([value, value]) if batch else value

    inputs = problem.inputs
    doubled = inputs.replace({i: trees.transform(double, value) for i, value in enumerate(inputs.values)})
    try:
        once, twice = (float(problem.of_output(each.call(problem.of))) for each in (inputs, doubled))
    except (TypeError, ValueError):
        return None
    return bool(np.isclose(once, twice, rtol=1e-9))


# ---- causes that need something other than the comparison


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


STEPS = [10.0**-k for k in range(1, 13)] + [np.sqrt(np.finfo(float).eps), np.cbrt(np.finfo(float).eps)]


def is_finite_difference(problem, comparison, entries):
    """Whether what came at these entries carries the very error of a finite difference with one of the usual
    steps.

    The complex step, exact to rounding, says what the error is; where the function does not allow it, the
    measured reference does, if its own error bar is short enough.
    """
    came = comparison.came[entries]
    exact, doubt = problem.complex_step(entries), 0.0
    if exact is None or np.any(np.abs(exact - comparison.value[entries]) > comparison.tolerance[entries]):
        exact, doubt = comparison.value[entries], 100 * comparison.error[entries]
    error = np.abs(came - exact)
    if not np.all(error > 50 * np.finfo(float).eps * np.abs(exact) + doubt):
        return False
    # One number may hit upon another's error by chance; several do not.
    closeness = (1e-3 if len(entries) > 1 else 1e-6) * error + 4 * np.finfo(float).eps * np.abs(came)
    return any(
        np.all(np.abs(_difference(problem, entries, h, up, down) - came) <= closeness)
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
