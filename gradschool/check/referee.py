"""The referee of derivatives: one answer, one problem, one verdict."""

import copy
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from . import compare, plain, recognise, report, trees
from .call import call
from .compare import SAFETY, Comparison
from .diagnose import diagnose
from .inputs import Recipe
from .kinks import outside_jointly
from .problems import DIRECTIONS, Gradient, Problem
from .verdict import COULD_NOT_RUN, KINK, NOTHING, RIGHT
from .where import where

SLOW = 0.5  # seconds; an answer that takes longer is not called at a second point
NEARLY = 1e-4  # an answer this near, relative to the largest entry of its leaf, gets a second look
SHAKE = 1e-6  # the relative change of the inputs that the second look makes
FORGIVEN = 32  # times the rounding unit by which inputs may seem to differ
NOTHING_SEEN = {
    "why": "The derivative is zero there, or drowned by the function's rounding: zeros would pass as well.",
    "ask": "At which inputs does the function change?",
}


@dataclass
class Referee:
    """Judges at the problem's point, entry by entry, and along one direction at a second point.

    last : no other point will be tried, so a parameter that makes no difference at all may pass untested.
    The other fields are as in `check_gradient`.
    """

    answer: object
    problem: Problem
    recipe: Recipe
    rng: np.random.Generator
    rtol: float | None
    misconceptions: dict
    hidden: bool
    seconds: float
    last: bool

    def __post_init__(self):
        claim = f"is {self.problem.name} of {report.name_of(self.problem.of, 'the function')}"
        self.start = report.begin(self.answer, claim, self.hidden)

    @np.errstate(all="ignore")
    def verdict(self):
        reply = self._call(self.problem)
        if reply.trouble:
            return report.trouble(reply, self.start)
        came = self._in_order(reply.value)
        if found := self._misfit(came) or self._fickle(came):
            return replace(found, notes=found.notes + reply.warned)
        comparison = self._compare(came)
        self.start = replace(
            self.start, evaluations=self._reference[0].evaluations, notes=self._notes(comparison)
        )
        if comparison.wrong.any():
            return self._wrong(came, comparison)
        found = (
            self._wrong_at_kinks(comparison)
            or self._wrong_between_samples(comparison)
            or (reply.seconds < SLOW and self._wrong_elsewhere(came))
            or self._in_disguise(came, comparison)
        )
        if found:
            return found
        if unseen := self._unseen(comparison):
            return replace(self.start, kind=NOTHING, where=", ".join(unseen), **NOTHING_SEEN)
        return replace(self.start, ok=True, kind=KINK if comparison.kink.any() else RIGHT)

    # ---- the call

    def _call(self, problem):
        return call(self.answer, problem.inputs, *problem.extra, patience=self.seconds)

    def _in_order(self, value):
        """Derivatives that come in a dict by name, in the order of `wrt`."""
        names = [self.problem.inputs.names[i] for i in self.problem.positions]
        by_name = self.problem.many and isinstance(value, dict) and set(value) == set(names)
        return tuple(value[name] for name in names) if by_name else value

    def _misfit(self, came):
        """The verdict on what cannot be compared."""
        found = compare.misfit(came, self.problem.like)
        if found is None:
            path = compare.not_finite(came)
            return None if path is None else report.not_finite(path, self.start, self._misconception(came))
        cause = self._misconception(came)
        if cause is None and found.cause == "wrong shape":
            cause = recognise.of_shape(*self._both_at(came, found.path))
        return report.misfit(found, self.start, cause)

    def _both_at(self, came, path):
        """What came at a path, and what is right there (None if not all of it was measured)."""
        slope, rows = self._reference
        ours = dict(trees.leaves(came)).get(path)
        if rows.size < sum(np.size(leaf) for _, leaf in trees.leaves(self.problem.like)):
            return ours, None
        right = trees.unflatten(np.ravel(slope.value), self.problem.like)
        return ours, np.asarray(dict(trees.leaves(right))[path])

    def _fickle(self, came):
        again = self._call(self.problem)
        if again.trouble is None and compare.alike(came, self._in_order(again.value)):
            return None
        return report.because(self.start, "not the same twice", kind=COULD_NOT_RUN)

    # ---- the comparison

    @cached_property
    def _sample(self):
        return self.problem.sample(self.rng)

    @cached_property
    def _reference(self):
        """The measured `Slope`, and the flat entries of the answer that it is of."""
        return self.problem.measure(self._sample)

    def _compare(self, came):
        slope, rows = self._reference
        numbers = trees.flatten(trees.arranged(came, self.problem.like))
        value, left, right = (np.zeros_like(numbers) for _ in range(3))
        error = np.full_like(numbers, np.inf)
        value[rows], error[rows], left[rows], right[rows] = slope.value, slope.error, slope.left, slope.right
        comparison = Comparison(
            names=self.problem.names,
            shapes=self.problem.shapes,
            came=numbers,
            value=value,
            error=error,
            left=left,
            right=right,
            rounding=self._relative(came) * np.abs(value),
        )
        return self._second_look(comparison, came) if _is_near(comparison) else comparison

    def _relative(self, came):
        return compare.ROUNDING[self._precision(came)] if self.rtol is None else self.rtol

    def _precision(self, came):
        return compare.precision(came, *self.problem.inputs.values)

    def _second_look(self, comparison, came):
        """Allow for what rounding does to an ill-conditioned formula.

        An answer also stands if it is right for inputs that differ from these in their last digits.
        """
        eps = float(np.finfo(self._precision(came)).eps)
        try:
            shaken, rows = self.problem.at(self._shaken_inputs()).measure(self._sample)
        except (ArithmeticError, ValueError, TypeError, IndexError):
            return comparison
        rounding = comparison.rounding.copy()
        rounding[rows] += FORGIVEN * eps / SHAKE * np.abs(shaken.value - comparison.value[rows])
        return replace(comparison, rounding=rounding)

    def _shaken_inputs(self):
        def shake(leaf):
            if callable(leaf) or not compare.is_number(leaf):
                return leaf
            return leaf * (1 + SHAKE * self.rng.choice([-1.0, 1.0], np.shape(leaf)))

        return self.problem.inputs.each(shake)

    def _notes(self, comparison):
        notes = report.asides(comparison)
        if self._is_sampled():
            counts = f"{int(comparison.tested.sum())} of {comparison.came.size} entries"
            notes += (f"{counts} were tested one by one, all of them along random directions.",)
        return notes

    def _is_sampled(self):
        return self._sample is not None and self._sample.size < self.problem.x.size

    # ---- what can be wrong

    def _wrong(self, came, comparison):
        cause = self._misconception(came) or diagnose(comparison, self.problem)
        if cause is None:
            cause = self._ignored(comparison) or self._stale(came) or self._finite_difference(came, comparison)
        return report.departure(comparison, self.start, cause, where(comparison, self.problem.entries))

    def _misconception(self, came):
        def passes(value):
            return not compare.misfit(value, self.problem.like) and not self._compare(value).wrong.any()

        inputs, extra = self.problem.inputs, self.problem.extra
        return recognise.misconception(came, self.misconceptions, inputs, extra, passes)

    def _ignored(self, comparison):
        """A (co)tangent that makes no difference."""
        if not self.problem.extra:
            return None
        slope, rows = self.problem.with_ones().measure(self._sample)
        doubt = SAFETY * slope.error + 1e-9 * np.abs(slope.value)
        near = np.abs(comparison.came[rows] - slope.value) <= doubt
        return self.problem.ignored if near.all() else None

    def _stale(self, came):
        """The same answer at a second point, where another is right."""
        elsewhere = self._second_point()
        reply = self._call(elsewhere)
        if reply.trouble or not plain.same(came, self._in_order(reply.value)):
            return None
        rows = self._sample if self._sample is None else self._sample[:10]
        there, here = elsewhere.measure(rows)[0], self.problem.measure(rows)[0]
        moved = np.abs(there.value - here.value) > SAFETY * (there.error + here.error)
        return "does not follow its inputs" if moved.any() else None

    def _finite_difference(self, came, comparison):
        exact_enough = self.rtol is None and self._precision(came) == np.float64
        if not (exact_enough and isinstance(self.problem, Gradient)):
            return None
        smooth = np.flatnonzero(comparison.seen & ~comparison.kink)
        largest = np.sort(smooth[np.argsort(-np.abs(comparison.value[smooth]))][:4])
        found = largest.size and recognise.is_finite_difference(self.problem, comparison, largest)
        return "a finite difference" if found else None

    def _in_disguise(self, came, comparison):
        """A finite difference so good that its error hides in the tolerance."""
        cause = self._finite_difference(came, comparison)
        return cause and report.because(self.start, cause, where="every entry")

    def _wrong_at_kinks(self, comparison):
        if self.problem.entries is None or not outside_jointly(self.problem, comparison):
            return None
        entries = " and ".join(comparison.entry(i) for i in np.flatnonzero(comparison.kink)[:2])
        return report.because(self.start, "outside the slopes at the kink", where=f"{entries} together")

    def _wrong_between_samples(self, comparison):
        """Where only a sample of the entries was measured: all of them at once, leaf by leaf."""
        if not self._is_sampled():
            return None
        for name, part in self.problem.input_leaves():
            directions = (self.problem.random_direction(self.rng, part) for _ in range(DIRECTIONS))
            if any(self._departs(self.problem, comparison.came, direction) for direction in directions):
                place = f"{name}, in entries that were not tested one by one"
                return report.because(self.start, None, where=place)
        return None

    def _wrong_elsewhere(self, came):
        elsewhere = self._second_point()
        reply = self._call(elsewhere)
        if reply.trouble:
            return report.trouble(reply, self.start)
        there = self._in_order(reply.value)
        if found := compare.misfit(there, elsewhere.like):
            return report.misfit(found, self.start)
        try:
            numbers = trees.flatten(trees.arranged(there, elsewhere.like))
            departs = self._departs(elsewhere, numbers, elsewhere.random_direction(self.rng))
        except ValueError:  # the function has no value at that point
            return None
        if not departs:
            return None
        if plain.same(came, there):
            return report.because(self.start, "does not follow its inputs", where="at a second point")
        second = self._at(elsewhere)
        comparison = second._compare(there)
        if comparison.wrong.any():
            return second._wrong(there, comparison)
        if comparison.tested.all():  # forgiven, after a look at every entry
            return None
        return report.because(self.start, None, where="at a second point, along a random direction")

    def _at(self, problem):
        """The same referee at another point."""
        other = copy.copy(self)
        other.problem = problem
        other.__dict__.pop("_reference", None)
        return other

    def _second_point(self):
        if self.recipe.draws:
            return self.problem.at(self.recipe.draw(self.rng))
        nudge = lambda leaf: leaf * (1 + 0.1 * self.rng.uniform(-1, 1, np.shape(leaf)))  # noqa: E731
        return self.problem.at(self.problem.inputs.each(nudge, self.problem.positions))

    def _departs(self, problem, came, direction):
        """Whether the answer says another slope along this direction than the one measured."""
        slope = problem.along(direction)
        claimed, size = problem.contract(came, direction)
        tolerance = SAFETY * slope.error + max(self._relative(came), 1e-9) * size
        low, high = np.minimum(slope.left, slope.right), np.maximum(slope.left, slope.right)
        inside = (claimed >= low - tolerance) & (claimed <= high + tolerance)
        return not np.all(inside | ~np.isfinite(slope.error))

    # ---- what was not tested

    def _unseen(self, comparison):
        """Names of the leaves at which zeros would pass."""
        unseen = [
            (name, part)
            for name, _, part in comparison.leaves()
            if comparison.tested[part].any() and not comparison.seen[part].any()
        ]
        if self.last and comparison.seen.any() and all(self._is_idle(part) for _, part in unseen):
            return []
        return [name for name, _ in unseen]

    def _is_idle(self, part):
        """Whether the function does not depend on these inputs at all, to the last digit."""
        if not isinstance(self.problem, Gradient):
            return False
        exact = self.problem.complex_step(range(part.start, part.stop))
        return exact is not None and not np.any(exact)


def _is_near(comparison):
    """Whether something is wrong, and all that is wrong is nearly right."""
    off = np.where(comparison.wrong, np.abs(comparison.came - comparison.value), 0.0)
    largest = [np.max(np.abs(comparison.value[part]), initial=0.0) for part in comparison.slices]
    near = (np.all(off[part] <= NEARLY * size) for part, size in zip(comparison.slices, largest, strict=True))
    return comparison.wrong.any() and all(near)
