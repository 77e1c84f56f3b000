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
from functools import lru_cache, singledispatch
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
    args, kwargs = inputs.arguments(*more)
    task, target = _asked(answer)
    return _judged(run_there(target, observe, task, args, kwargs, patience))


def call_in_turn(answer, several, patience, quick):
    """The replies of the answer at several inputs, one after the other, until one of them is trouble; and only the
    first one if that takes `quick` seconds or more. To where the answer lives they go together."""
    calls = [list(inputs.arguments()) for inputs in several]
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
    """Call the answer, or the task with it, and report in plain data. Runs where the answer lives.

    It gets a copy of its inputs, so no call can spoil another's, and what it did to the copy can be seen.
    """
    its_args, its_kwargs = trees.copy((args, kwargs))
    function, first = (answer, ()) if task is None else (task, (answer,))
    start = time.perf_counter()
    try:
        # Warnings become notes of the verdict: nbgrader takes whatever a cell writes to stderr for a failure.
        with (
            warnings.catch_warnings(record=True, action="default") as heard,
            np.errstate(all="warn", under="ignore"),
            contextlib.redirect_stderr(sys.stdout),
        ):
            value = call_within(patience, function, *first, *its_args, **its_kwargs)
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
    if changed := _changed(args, kwargs, its_args, its_kwargs):
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


def _changed(args, kwargs, its_args, its_kwargs):
    """The name of the first argument that is not as it was, or None."""
    for i, (old, its) in enumerate(zip(args, its_args, strict=True)):
        if not plain.same(old, its):
            return f"its argument number {i + 1}"
    for name, old in kwargs.items():
        if not plain.same(old, its_kwargs[name]):
            return f"its argument `{name}`"
    return None


_LIBRARIES = (
    str(Path(__file__).resolve().parents[1]),
    *(
        str(Path(sysconfig.get_path(name)).resolve())
        for name in ("stdlib", "platstdlib", "purelib", "platlib")
    ),
)


def _students_line(error):
    """The last line on the way to the error that is neither a library's nor ours."""
    steps, step = [], error.__traceback__
    while step is not None:
        if not _is_a_library(step.tb_frame.f_code.co_filename):
            steps.append(step)
        step = step.tb_next
    for step in reversed(steps):
        [frame] = traceback.extract_tb(step, limit=1)
        if frame.line or not frame.filename.startswith("<"):  # else it is invented: there is no such line
            return f"line {frame.lineno}, in {frame.name}: {frame.line}"
    return None


@lru_cache
def _is_a_library(file):
    return str(Path(file).resolve()).startswith(_LIBRARIES)
