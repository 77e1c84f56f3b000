"""Checks of values, shapes, exceptions, properties and cost."""

from dataclasses import replace

import numpy as np

from . import compare, plain, recognise, report, trees
from .call import PATIENCE, call, call_in_turn
from .diagnose import diagnose
from .inputs import Recipe, generator
from .referee import SLOW
from .report import because, name_of
from .verdict import COULD_NOT_RUN, RIGHT, WRONG, deliver
from .where import where


def _begin(answer, at, hidden, phrase, named_like=None):
    """Inputs for one check, the recipe and generator for more if they are drawn, and the verdict so far."""
    recipe = Recipe(at, named_like)
    rng = generator(phrase, recipe.text, hidden) if recipe.draws else None
    return recipe.draw(rng), recipe, rng, report.begin(answer, phrase, hidden)


def check_value(answer, *, at, equals, rtol=None, misconceptions=None, hidden=False, seconds=PATIENCE, twice=True):
    """Check that `answer`, called with the inputs, returns what is wanted.

    at : inputs by parameter name (a dict) or by position (a tuple): values, callbacks, or recipes such as
        `normal(3)`.
    equals : the value wanted, or a function that returns it, called with the same inputs.
    rtol : how far a number may be off, as a fraction of the one wanted; by default 1e-9, and 2e-5 where what
        came or what is wanted is float32. A thousandth of that, as a fraction of the largest number of the
        same array, is allowed besides, for cancellation. Give a larger one where answers may differ by more
        than rounding: for two finite differences of the same derivative with h = 1e-5, 1e-6 say.
    misconceptions : {label: a wrong value, or a function that returns it}; if it is what came, the verdict
        names it.
    hidden : leave out of the verdict what came and what was expected.
    seconds : how long a call may take.
    twice : whether to call once more with the same inputs, and once with others if they are drawn. Of many checks of
        one answer, not each needs that.

    Nesting, types and shapes must be those wanted; Python floats, numpy scalars and arrays of shape () are
    all numbers, and lists pass for tuples. Text, truth values and None must be equal, NaN must be where NaN
    is wanted. Returns the Verdict or raises
    CheckFailed.
    """
    inputs, recipe, rng, start = _begin_value(answer, at, equals, hidden)
    judge = lambda came, inputs: _judge(came, equals, start, rtol, misconceptions or {}, inputs)  # noqa: E731

    several = [inputs, inputs] if twice else [inputs]
    if twice and recipe.draws and callable(equals):
        several.append(recipe.draw(rng))
    first, *more = call_in_turn(answer, several, patience=seconds, quick=SLOW)
    if first.trouble:
        return deliver(report.trouble(first, start))
    verdict = judge(first.value, inputs)
    if verdict.ok and more:
        again, *others = more
        if again.trouble == "too slow":  # the machine was busy, or the answer is at the limit
            return deliver(report.trouble(again, start))
        if again.trouble or not compare.alike(first.value, again.value):
            return deliver(because(start, "not the same twice", kind=COULD_NOT_RUN))
        for second in others:
            inputs = several[-1]
            verdict = report.trouble(second, start) if second.trouble else judge(second.value, inputs)
            if not verdict.ok and plain.same(first.value, second.value):
                verdict = because(verdict, "does not follow its inputs")
    return deliver(_explained(verdict, first, inputs))


def check_values(answer, cases, *, rtol=None, hidden=False, seconds=PATIENCE):
    """Check several cases of one answer: `check_value` for one after the other, with one call for each.

    cases : for each a dict with `at`, `equals` and, if there are any, `misconceptions`, as `check_value` has them.
        The first that is wrong is told.

    At grading the calls go to where the answer lives by one message. So an answer could look at what it is called with
    in the next case, and call that case's callbacks: do not let one case tell the value of another. The other arguments
    are those of `check_value`. Raises ValueError if there are no cases.
    """
    if not cases:
        raise ValueError("there are no cases to check")
    begun = [_begin_value(answer, case["at"], case["equals"], hidden) for case in cases]
    several = [inputs for inputs, *_ in begun]
    replies = call_in_turn(answer, several, patience=seconds, quick=float("inf"))
    for case, (inputs, _, _, start), reply in zip(cases, begun, replies, strict=False):  # none after trouble
        if reply.trouble:
            return deliver(report.trouble(reply, start))
        verdict = _judge(reply.value, case["equals"], start, rtol, case.get("misconceptions") or {}, inputs)
        deliver(_explained(verdict, reply, inputs))
    if len(replies) < len(cases):
        raise RuntimeError("a case was left out")
    return verdict


def _begin_value(answer, at, equals, hidden):
    phrase = f"equals {name_of(equals, 'the reference')}" if callable(equals) else "returns the right value"
    return _begin(answer, at, hidden, phrase, equals if callable(equals) else None)


def _explained(verdict, reply, inputs):
    """With what else may help, if the answer does not stand."""
    if verdict.ok:
        return verdict
    called_with = () if verdict.hidden else inputs.in_words()
    return replace(verdict, notes=verdict.notes + reply.warned + called_with)


def _quietly(inputs, function):
    with np.errstate(all="ignore"):
        return inputs.copy().call(function)


def _judge(came, equals, start, rtol, misconceptions, inputs):
    wanted = _quietly(inputs, equals) if callable(equals) else equals
    if compare.alike(came, wanted, rtol):
        return replace(start, ok=True, kind=RIGHT)
    rtol = compare.tolerance_for(came, wanted) if rtol is None else rtol
    passes = lambda value: compare.alike(value, wanted, rtol)  # noqa: E731
    cause = recognise.misconception(came, misconceptions, inputs, (), passes)
    if found := compare.misfit(came, wanted):
        if cause is None and found.cause == "wrong shape":
            ours, theirs = (dict(trees.leaves(side)).get(found.path) for side in (came, wanted))
            cause = recognise.of_shape(ours, np.asarray(theirs))
        return report.misfit(found, start, cause)
    if found := compare.other_words(came, wanted):
        path, ours, theirs = found
        return because(start, cause, where=path or None, came=str(ours), expected=str(theirs))
    comparison = compare.with_values(came, wanted, rtol)
    if np.any(comparison.wrong & ~np.isfinite(comparison.came)):
        return report.not_finite(where(comparison), start, cause)
    return report.departure(comparison, start, cause or diagnose(comparison), where(comparison))


def check_raises(answer, *, at, raises=ValueError, saying=None, hidden=False):
    """Check that the answer refuses these inputs.

    raises : the exception's class; a subclass of it will do.
    saying : what its message must contain, in capitals or not.
    """
    inputs, _, _, start = _begin(answer, at, hidden, f"raises {raises.__name__}")
    reply = call(answer, inputs)
    if reply.trouble not in ("exception", "too slow"):
        return deliver(because(start, "no exception", kind=WRONG))
    if raises.__name__ not in reply.exceptions:
        return deliver(report.trouble(reply, start))
    if saying and saying.lower() not in reply.detail.lower():
        why = f"The message does not say {saying!r}."
        return deliver(because(start, "wrong message", why, kind=WRONG, came=reply.detail))
    return deliver(replace(start, ok=True, kind=RIGHT))


def check_shape(answer, *, at, shape, dtype=None, hidden=False):
    """Check the shape of what the answer returns, and its dtype if one is given. A number has shape ()."""
    wanted = np.zeros(shape, dtype or float)
    phrase = f"returns {trees.describe(wanted)}" if dtype else f"returns an array of shape {wanted.shape}"
    inputs, _, _, start = _begin(answer, at, hidden, phrase)
    reply = call(answer, inputs)
    if reply.trouble:
        return deliver(report.trouble(reply, start))
    if found := compare.misfit(reply.value, wanted):
        return deliver(report.misfit(found, start))
    if dtype and np.asarray(reply.value).dtype != wanted.dtype:
        found = compare.Misfit("wrong type", "", trees.describe(reply.value), trees.describe(wanted))
        return deliver(report.misfit(found, start))
    return deliver(replace(start, ok=True, kind=RIGHT))


def check_property(answer, *, at, that, saying, hidden=False, seconds=PATIENCE):
    """Check that the predicate `that` holds for what the answer returns.

    saying : the property in words: "the accuracy is at least 0.95".
    seconds : how long the call may take. There is one call only, so that a training run can be checked.
    """
    inputs, _, _, start = _begin(answer, at, hidden, f"does what is asked: {saying}")
    reply = call(answer, inputs, patience=seconds)
    if reply.trouble:
        return deliver(report.trouble(reply, start))
    try:
        holds = bool(that(reply.value))
    except (TypeError, ValueError, IndexError, KeyError, AttributeError):
        why = f"It returned {trees.describe(reply.value)}, of which this cannot be asked."
        return deliver(because(start, "wrong type", why, kind=COULD_NOT_RUN, notes=reply.warned))
    if not holds:
        came = trees.show(reply.value)
        why = f"This does not hold: {saying}."
        return deliver(because(start, "no property", why, kind=WRONG, came=came, notes=reply.warned))
    return deliver(replace(start, ok=True, kind=RIGHT))


def check_cost(answer, *, at, of="f", at_most, hidden=False, seconds=PATIENCE):
    """Check that the answer calls one of its inputs, the callback `of`, at least once and `at_most` times."""
    callback = of if isinstance(of, str) else f"its input number {of + 1}"
    inputs, _, _, start = _begin(answer, at, hidden, f"evaluates {callback} at most {at_most} times")
    (position,) = inputs.positions(of)
    counted = Counted(inputs.values[position])
    reply = call(answer, inputs.replace({position: counted}), patience=seconds)
    if reply.trouble:
        return deliver(report.trouble(reply, start))
    times = f"{counted.count} evaluation{'' if counted.count == 1 else 's'}"
    if counted.count == 0:
        return deliver(because(start, "never called", kind=WRONG))
    if counted.count > at_most:
        why = f"It took {times}."
        more = {"came": times, "expected": f"at most {at_most}"}
        return deliver(because(start, "too many evaluations", why, kind=WRONG, **more))
    return deliver(replace(start, ok=True, kind=RIGHT, notes=(f"It took {times}.",)))


class Counted:
    """A callback that counts its calls."""

    def __init__(self, function):
        self.function, self.count = function, 0

    def __call__(self, *args, **kwargs):
        self.count += 1
        return self.function(*args, **kwargs)
