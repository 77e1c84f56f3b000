"""Checks of values, shapes, exceptions, properties and cost."""

from dataclasses import replace

import numpy as np

from . import compare, plain, recognise, report, trees
from .call import PATIENCE, call, call_in_turn, call_later
from .diagnose import diagnose
from .disclosed import state_of
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
    phrase = f"equals {name_of(equals, 'the reference')}" if callable(equals) else "returns the right value"
    inputs, recipe, rng, start = _begin(answer, at, hidden, phrase, equals if callable(equals) else None)
    wanted = lambda inputs: _quietly(inputs, equals) if callable(equals) else equals  # noqa: E731
    judge = lambda came, inputs: _judge(came, wanted(inputs), start, rtol, misconceptions or {}, inputs)  # noqa: E731

    several = [inputs, inputs] if twice else [inputs]
    if twice and recipe.draws and callable(equals):
        several.append(recipe.draw(rng))
    if later := call_later(answer, several, patience=seconds, quick=SLOW):
        expected = trees.copy([wanted(each) for each in several[::2]])  # now: what it is made of may change
        later(lambda *replies: _stand(replies, expected, rtol))
        return deliver(replace(start, ok=True, kind=RIGHT))
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
    if verdict.ok:
        return deliver(verdict)
    called_with = () if hidden else inputs.in_words()
    return deliver(replace(verdict, notes=verdict.notes + first.warned + called_with))


def _stand(replies, expected, rtol):
    """Whether `check_value` finds nothing wrong with them: of a call, of the same again, of another."""
    if any(reply.trouble for reply in replies) or not all(
        compare.alike(replies[0].value, again.value) for again in replies[1:2]
    ):
        return False
    once = zip(replies[::2], expected, strict=False)  # of a slow answer there is only one reply
    return all(compare.alike(reply.value, value, rtol) for reply, value in once)


def _quietly(inputs, function):
    with np.errstate(all="ignore"):
        return inputs.copy().call(function)


def _judge(came, wanted, start, rtol, misconceptions, inputs):
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
    return _of_one_call(answer, inputs, start, lambda reply: _raised(reply, start, raises.__name__, saying))


def _raised(reply, start, name, saying):
    if reply.trouble not in ("exception", "too slow"):
        return because(start, "no exception", kind=WRONG)
    if name not in reply.exceptions:
        return report.trouble(reply, start)
    if saying and saying.lower() not in reply.detail.lower():
        why = f"The message does not say {saying!r}."
        return because(start, "wrong message", why, kind=WRONG, came=reply.detail)
    return replace(start, ok=True, kind=RIGHT)


def _of_one_call(answer, inputs, start, judge, seconds=PATIENCE, predicate=None):
    """judge(reply), delivered. predicate : a function of the check's that it hangs on; it may be different later."""
    was = [] if predicate is None else state_of(predicate)
    if was is not None and (later := call_later(answer, [inputs], seconds, SLOW)):
        later(lambda reply: judge(reply).ok and (predicate is None or plain.same(state_of(predicate), was)))
        return deliver(replace(start, ok=True, kind=RIGHT))
    return deliver(judge(call(answer, inputs, patience=seconds)))


def check_shape(answer, *, at, shape, dtype=None, hidden=False):
    """Check the shape of what the answer returns, and its dtype if one is given. A number has shape ()."""
    wanted = np.zeros(shape, dtype or float)
    phrase = f"returns {trees.describe(wanted)}" if dtype else f"returns an array of shape {wanted.shape}"
    inputs, _, _, start = _begin(answer, at, hidden, phrase)
    return _of_one_call(answer, inputs, start, lambda reply: _shaped(reply, start, wanted, dtype))


def _shaped(reply, start, wanted, dtype):
    if reply.trouble:
        return report.trouble(reply, start)
    if found := compare.misfit(reply.value, wanted):
        return report.misfit(found, start)
    if dtype and np.asarray(reply.value).dtype != wanted.dtype:
        found = compare.Misfit("wrong type", "", trees.describe(reply.value), trees.describe(wanted))
        return report.misfit(found, start)
    return replace(start, ok=True, kind=RIGHT)


def check_property(answer, *, at, that, saying, hidden=False, seconds=PATIENCE):
    """Check that the predicate `that` holds for what the answer returns.

    saying : the property in words: "the accuracy is at least 0.95".
    seconds : how long the call may take. There is one call only, so that a training run can be checked.
    """
    inputs, _, _, start = _begin(answer, at, hidden, f"does what is asked: {saying}")
    return _of_one_call(answer, inputs, start, lambda reply: _held(reply, start, that, saying), seconds, that)


def _held(reply, start, that, saying):
    if reply.trouble:
        return report.trouble(reply, start)
    try:
        holds = bool(that(reply.value))
    except (TypeError, ValueError, IndexError, KeyError, AttributeError):
        why = f"It returned {trees.describe(reply.value)}, of which this cannot be asked."
        return because(start, "wrong type", why, kind=COULD_NOT_RUN, notes=reply.warned)
    if not holds:
        came = trees.show(reply.value)
        why = f"This does not hold: {saying}."
        return because(start, "no property", why, kind=WRONG, came=came, notes=reply.warned)
    return replace(start, ok=True, kind=RIGHT)


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
