"""Why an answer is wrong: references transformed as a mistake would transform them, held against the answer.

A cause is named only if its transformed reference agrees with the answer within the error bar and no other
cause's does as well. Where two fit, none is named.
"""

from dataclasses import dataclass

import numpy as np

from ..differences import Slope
from . import trees
from .compare import SAFETY, Comparison
from .faults import faults
from .problems import Problem
from .twins import trace

LOOSER = 10  # times the rounding that an answer is allowed, allowed to what a mistake would give
ENTRIES = 40  # entries at which a planted fault is held against the answer
FAULTS = 80  # faults that are tried
NUDGE, ROUGHLY = 1e-5, 1e-4  # the step of a rough look, as a fraction of the scale, and what it may be off


@np.errstate(all="ignore")
def diagnose(comparison, problem=None):
    """The name of the cause of what is wrong in a `Comparison`, or None.

    problem : what was asked, where a derivative was; None for a plain value.
    """
    if not np.any(comparison.wrong & ~comparison.kink):
        return "outside the slopes at the kink"
    case = Case(comparison, problem)
    named = set.intersection(*(case.by_transformation(part) for part in case.wrong_leaves()))
    if "all zeros" not in named and problem is not None and case.entries.size:
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
        factors = [("sign turned", -1), ("factor 2", 2), ("factor 2", 0.5), *self._batch_factors()]
        for cause, factor in factors:
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
        error = np.abs(factor) * (c.error + c.tolerance[i] / abs(c.value[i]) * np.abs(c.value))
        fits = all(self.agrees(factor * c.value[part], error[part], part) for part in self.wrong_leaves())
        name = f"{factor:.6g}"
        return {f"factor {name}"} if fits and factor and name != "1" else set()

    def _batch_factors(self):
        """(cause, factor) for a mean in place of a sum or the other way round, whichever the function takes."""
        if self.problem is None:
            return []
        inputs, wrt = self.problem.inputs, self.problem.positions
        others = [value for i, value in enumerate(inputs.values) if i not in wrt]
        found = []
        for n in {len(value) for value in others if isinstance(value, np.ndarray) and value.ndim} - {0, 1}:
            if (mean := _takes_mean(self.problem, n)) is not None:
                found.append(("sum for mean", n) if mean else ("mean for sum", 1 / n))
        return found

    # ---- one term of a sum

    def by_term(self):
        """A regulariser with a weight among the inputs: forgotten, doubled, halved, or laid on the bias."""
        named, inputs = set(), self.problem.inputs
        for i, weight in enumerate(inputs.values):
            if i in self.problem.positions or type(weight) is not float or not weight:
                continue
            weighed = lambda factor, i=i, weight=weight: inputs.replace({i: factor * weight})  # noqa: E731
            try:
                named |= self._of_weight(self.problem.at(weighed(0.0)), self.problem.at(weighed(2.0)))
            except (ArithmeticError, ValueError, TypeError):
                continue
        return named

    def _of_weight(self, without, twice):
        """Causes that have to do with a term of the function, given the problem without it and with two of it."""
        c, e = self.comparison, self.entries
        rest, double = without.some(e), twice.some(e)
        bend = np.abs(double.value - 2 * c.value[e] + rest.value)
        if np.any(bend > SAFETY * (double.error + 2 * c.error[e] + rest.error) + c.rounding[e]):
            return set()
        named = self._of_regulariser(rest)
        return named if named and self._is_free_of_data(without) else set()

    def _is_free_of_data(self, without):
        """Whether the term that `without` lacks is the same for other data."""
        others = set(range(len(self.problem.inputs.values))) - set(self.problem.positions)
        shake = lambda leaf: 1.1 * leaf if isinstance(leaf, np.ndarray) and leaf.dtype.kind == "f" else leaf  # noqa: E731
        terms = []
        for change in (lambda leaf: leaf, shake):
            each = (problem.at(problem.inputs.each(change, others)) for problem in (self.problem, without))
            terms.append(np.subtract(*(problem.some(self.entries).value for problem in each)))
        return np.allclose(*terms, rtol=1e-6, atol=1e-6 * np.max(np.abs(terms)))

    def _of_regulariser(self, rest):
        """Causes that have to do with a term of the function; `rest` is the `Slope` of all but that term."""
        c, e = self.comparison, self.entries
        data, error = rest.value, c.error[e] + rest.error
        term = c.value[e] - data
        if not (np.any(np.abs(term) > SAFETY * error) and np.any(np.abs(data) > SAFETY * error)):
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
                    if self._of_regulariser(self._roughly(faulty)):
                        named |= self._of_regulariser(faulty.some(self.entries))
                elif self._may_fit(faulty):
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
        """Whether a reference, measured at the entries to try, is what came there, and sharp enough to tell."""
        c, e = self.comparison, self.entries
        doubt = SAFETY * error + LOOSER * c.rounding[e]
        tells = doubt[c.wrong[e]] < 0.5 * np.abs(c.came[e] - c.value[e])[c.wrong[e]]
        return bool(np.all(tells) and np.all(np.abs(c.came[e] - value) <= doubt))

    def _roughly(self, faulty):
        """A `Slope` by plain central differences: enough to leave most regularisers behind."""
        if self.problem.entries is None:
            return faulty.some(self.entries)
        steps = NUDGE * self.problem.scale[self.entries]
        value = np.zeros(len(steps))
        for k, (i, step) in enumerate(zip(self.entries, steps, strict=True)):
            nudge = np.zeros_like(self.problem.x)
            nudge[i] = step
            rise = faulty.outputs(self.problem.x + nudge) - faulty.outputs(self.problem.x - nudge)
            value[k] = rise / (2 * step)
        error = ROUGHLY * np.maximum(np.abs(value), np.abs(self.comparison.value[self.entries]))
        return Slope(value, error, value, value, 2 * len(steps))

    def _may_fit(self, faulty):
        """A rough look along one direction, by which most faults can be left behind."""
        c = self.comparison
        if self.problem.entries is None:
            return True
        direction = np.where(self.smooth, self.problem.random_direction(np.random.default_rng(0)), 0.0)
        x, step = self.problem.x, NUDGE * direction
        slope = (faulty.outputs(x + step) - faulty.outputs(x - step)) / (2 * NUDGE)
        claimed, size = self.problem.contract(np.where(self.smooth, c.came, 0.0), direction)
        return bool(abs(claimed - slope) <= ROUGHLY * size)


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
