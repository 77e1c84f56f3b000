"""Putting a finding into words."""

from dataclasses import replace

import numpy as np

from . import compare
from .causes import ABOUT_EXCEPTIONS, UNKNOWN, words
from .verdict import COULD_NOT_RUN, WRONG, Verdict

SHOWN = 3  # wrong entries whose numbers are shown


def name_of(function, otherwise):
    """A function's name, if it has one worth saying."""
    name = getattr(function, "__name__", None)
    return name if type(name) is str and name.isidentifier() else otherwise


def begin(answer, claim, hidden):
    """The verdict on an answer of which nothing is known yet; `claim` says what it is said to do."""
    name = name_of(answer, "the answer")
    return Verdict(ok=False, kind=WRONG, answer=name, claim=claim, ask=UNKNOWN, hidden=hidden)


def because(verdict, cause, why=None, **more):
    """The verdict with a cause, the sentence that explains it, and the question that helps."""
    explanation, ask = words(cause)
    if why is None and cause is not None:
        title = cause[0].upper() + cause[1:] + "."
        why = " ".join(filter(None, [title, explanation]))
    return replace(verdict, cause=cause, why=why, ask=ask, **more)


def trouble(reply, verdict):
    """The verdict on a call that gave no value."""
    notes = (f"Your code stopped in {reply.line}",) if reply.line else ()
    found = because(verdict, reply.trouble, reply.detail, kind=COULD_NOT_RUN, notes=notes)
    asks = (ABOUT_EXCEPTIONS[name] for name in reply.exceptions if name in ABOUT_EXCEPTIONS)
    if "NotImplementedError" in reply.exceptions and reply.detail != "NotImplementedError":
        asks = iter(())  # a library's, of something that it cannot do: the answer cell is not empty
    return replace(found, ask=next(asks, found.ask))


def misfit(found, verdict, cause=None):
    """The verdict on a value of another nesting, type or shape than the one wanted."""
    cause = cause or found.cause
    place = f"At {found.path} it" if found.path else "It"
    why = f"{place} returned {found.came}; {found.wanted} is wanted."
    if cause != found.cause:
        why += " " + because(verdict, cause).why
    return because(verdict, cause, why, kind=COULD_NOT_RUN)


def not_finite(place, verdict, cause=None):
    """The verdict on a value with NaN or infinity in it."""
    return because(verdict, cause or "not finite", kind=COULD_NOT_RUN, where=place or None)


def departure(comparison, verdict, cause, where):
    """The verdict on wrong numbers: where, what came, what was expected, why."""
    worst = comparison.worst()
    others = [i for i in np.flatnonzero(comparison.wrong) if i != worst]
    shown = [worst, *others][:SHOWN]
    pairs = [(comparison.entry(i), *_both(comparison, i)) for i in shown]
    more = f", and {len(others) + 1 - len(shown)} more" if len(others) >= len(shown) else ""
    if comparison.came.size == 1:  # one number needs no name, and a result no place
        [(_, came, expected)] = pairs
        where = None if where == compare.RESULT else where
    else:
        came = ", ".join(f"{entry} = {came}" for entry, came, _ in pairs) + more
        expected = ", ".join(f"{entry} = {expected}" for entry, _, expected in pairs) + more
    return because(verdict, cause, kind=WRONG, where=where, came=came, expected=expected)


def _both(comparison, i):
    """What came and what was expected, with as many digits as it takes to tell them apart."""
    came = comparison.came[i]
    if comparison.kink[i]:
        # A side that is level comes out of a measurement as noise: it reads better as the 0 that it is.
        sides = (comparison.left[i], comparison.right[i])
        low, high = sorted(0.0 if abs(side) <= comparison.tolerance[i] else side for side in sides)
        return f"{came:.6g}", f"between {low:.6g} and {high:.6g}"
    for digits in range(6, 18):
        texts = f"{came:.{digits}g}", f"{comparison.value[i]:.{digits}g}"
        if texts[0] != texts[1]:
            break
    return texts


def asides(comparison):
    """Notes on kinks, and on entries that could not be tested."""
    notes = []
    kinks = np.flatnonzero(comparison.kink)
    if kinks.size:
        entries = _some(comparison, kinks)
        notes.append(f"There is a kink at {entries}: any value between the slopes on its two sides is right.")
    drowned = np.flatnonzero(comparison.tested & ~comparison.seen & (comparison.value != 0))
    if drowned.size:
        notes.append(f"Too small beside the function's rounding to be tested: {_some(comparison, drowned)}.")
    return tuple(notes)


def _some(comparison, entries):
    names = [comparison.entry(i) for i in entries[:SHOWN]]
    more = [f"{len(entries) - SHOWN} more"] if len(entries) > SHOWN else []
    return ", ".join([*names, *more])
