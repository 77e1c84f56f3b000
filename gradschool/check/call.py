"""Calling an answer, and taking nothing from it but plain data.

An answer may live in another process: a grader runs students' code in a room of its own and hands the check a
proxy. So a check touches an answer in one way only, `call`. What must be looked at where the answer lives
(did it change its input in place, which line failed, how long did it take) is looked at by `observe`, and
`run_there` brings it there. In a student's own notebook, there is here.
"""

import contextlib
import sys
import sysconfig
import time
import traceback
import warnings
from dataclasses import dataclass
from functools import singledispatch
from pathlib import Path

import numpy as np

from . import plain, trees
from .timelimit import TooSlow, call_within

PATIENCE = 10.0  # seconds that one call may take


@singledispatch
def run_there(answer, task, *args):
    """task(answer, *args), evaluated where the answer lives; plain data comes back.

    `task` is a module-level function, so that it can be sent by name. A grader registers the type of its
    proxies: `run_there.register(Proxy, send)`.
    """
    return task(answer, *args)


@dataclass(frozen=True)
class Probe:
    """An answer made of another one; see `probe`."""

    task: object
    answer: object

    @property
    def __name__(self):
        return getattr(self.answer, "__name__", "the answer")


def probe(task, answer):
    """An answer to check in place of `answer`: called with inputs, it gives task(answer, *inputs).

    For what values alone cannot show: an argument changed in place, an object's attributes, a tracer run
    through a student's function. The task, a module-level function that returns plain data, runs where the
    answer lives.
    """
    return Probe(task, answer)


@dataclass(frozen=True)
class Reply:
    """What came of a call: a plain value, or the trouble there was, by the name of its cause."""

    value: object = None
    trouble: str | None = None
    detail: str = ""
    line: str | None = None
    exceptions: tuple = ()
    warned: tuple = ()
    seconds: float = 0.0


def call(answer, inputs, *more, patience=PATIENCE):
    """The `Reply` of the answer at these inputs, followed by the values in `more`."""
    args, kwargs = trees.copy(list(inputs.arguments(*more)))  # no call can spoil another's inputs
    task, target = _asked(answer)
    return _judged(run_there(target, observe, task, args, kwargs, patience))


def call_in_turn(answer, several, patience, quick):
    """The replies of the answer at several inputs, one after the other, until one of them is trouble; and only the
    first one if that takes `quick` seconds or more. To where the answer lives they go together."""
    calls = [trees.copy(list(inputs.arguments())) for inputs in several]
    task, target = _asked(answer)
    return [_judged(found) for found in run_there(target, observe_in_turn, task, calls, quick, patience)]


def _asked(answer):
    return (answer.task, answer.answer) if isinstance(answer, Probe) else (None, answer)


def _judged(found):
    reply = Reply(**found)
    if reply.trouble is None and (fault := plain.fault(reply.value)):
        return Reply(trouble="wrong type", detail=fault)
    return reply


def observe(answer, task, args, kwargs, patience):
    """Call the answer, or the task with it, and report in plain data. Runs where the answer lives."""
    before = trees.copy([args, kwargs])
    start = time.perf_counter()
    try:
        # Warnings become notes of the verdict: nbgrader takes whatever a cell writes to stderr for a failure.
        with _listening() as heard:
            function, first = (answer, ()) if task is None else (task, (answer,))
            value = call_within(patience, function, *first, *args, **kwargs)
    except TooSlow:
        return {"trouble": "too slow", "detail": f"It did not come back within {patience:g} seconds."}
    except (Exception, SystemExit) as error:
        return {
            "trouble": "exception",
            "detail": f"{type(error).__name__}: {error}".removesuffix(": ")[:500],
            "line": _students_line(error),
            "exceptions": tuple(kind.__name__ for kind in type(error).__mro__),
        }
    seconds = time.perf_counter() - start
    if fault := plain.fault(value):
        return {"trouble": "wrong type", "detail": fault}
    if changed := _changed(before, args, kwargs):
        detail = f"It changed {changed}, which belongs to the caller."
        return {"trouble": "input changed in place", "detail": detail}
    warned = tuple(f"Python warned: {warning.message}."[:200] for warning in heard[:3])
    return {"value": trees.copy(value), "seconds": seconds, "warned": warned}


def observe_in_turn(answer, task, calls, quick, patience):
    """What `observe` reports of one call after the other; see `call_in_turn`."""
    found = []
    for args, kwargs in calls:
        found.append(observe(answer, task, args, kwargs, patience))
        if "trouble" in found[-1] or found[0]["seconds"] >= quick:
            break
    return found


@contextlib.contextmanager
def _listening():
    with (
        warnings.catch_warnings(record=True) as heard,
        np.errstate(all="warn", under="ignore"),
        contextlib.redirect_stderr(sys.stdout),
    ):
        warnings.simplefilter("default")
        yield heard


def _changed(before, args, kwargs):
    """The name of the first argument that is not as it was, or None."""
    old_args, old_kwargs = before
    for i, (old, new) in enumerate(zip(old_args, args, strict=True)):
        if not plain.same(old, new):
            return f"its argument number {i + 1}"
    changed = (name for name in kwargs if not plain.same(old_kwargs[name], kwargs[name]))
    return next((f"its argument `{name}`" for name in changed), None)


_LIBRARIES = (
    str(Path(__file__).resolve().parents[1]),
    *(
        str(Path(sysconfig.get_path(name)).resolve())
        for name in ("stdlib", "platstdlib", "purelib", "platlib")
    ),
)


def _students_line(error):
    """The last line on the way to the error that is neither a library's nor ours."""
    found = None
    for frame in traceback.extract_tb(error.__traceback__):
        invented = frame.filename.startswith("<") and not frame.line
        if not invented and not str(Path(frame.filename).resolve()).startswith(_LIBRARIES):
            found = f"line {frame.lineno}, in {frame.name}: {frame.line}"
    return found
