"""The examiner's side of an exam room: asks, waits no longer than it must, and believes nothing.

What comes back is a claim of the other side's. A cell's output is text to be shown; a reply to a call is a value to be
judged; whatever else comes, or comes too late, ends the room.
"""

import builtins
import contextlib
import re
import time
import types
import warnings
from dataclasses import dataclass

import numpy as np

from gradschool.check import plain
from gradschool.check.call import PATIENCE, observe_in_turn, run_there
from gradschool.check.disclosed import is_disclosed, is_self_contained, modules_used
from gradschool.check.timelimit import TooSlow, call_within
from gradschool.grade.rooms import functions, sandbox, wire

START = 60.0  # seconds that a room may take to start, on a busy machine
GRACE = 3.0  # seconds beyond its limit after which a room that was told to stop a cell is stopped from here
MOST_CALLBACKS = 1_000_000
MOST_WORDS = 600  # characters of a text that a reply may bring into a verdict
MOST_MEMORY = 2**30  # bytes that a callback may take: its arguments come from the room


class NoRoom(Exception):
    """A room did not even start. That is no fault of the submission's, and must not cost it marks."""


class RoomLost(BaseException):
    """The room is gone: it died, did not answer in time, or answered what is no answer.

    No Exception, so that no check takes it for something that an answer raised.
    """

    def __init__(self, cause, detail):
        super().__init__(detail)
        self.cause = cause  # "died", "timeout"


class CellTimeoutError(Exception):
    """A plain call of an answer took too long. nbgrader knows time-outs by this name."""


@dataclass(frozen=True)
class Ran:
    """What running a cell gave. displays : data by MIME type. error : (name, text, traceback), or None.
    names : those of the names asked about that mean something afterwards."""

    stdout: str = ""
    stderr: str = ""
    displays: tuple = ()
    error: tuple | None = None
    late: bool = False
    names: frozenset = frozenset()


class Room:
    """An exam room, as seen from outside. To be closed when it is no longer needed."""

    def __init__(self, limits, walls=True, modules=()):
        self.deadline, self.memory = None, None  # in time.monotonic(), of all calls until it is set anew; `most_memory`
        self.callbacks, self.asked = [], 0
        self.in_the_open = False  # whether the text of the check that calls is known to the author of the answer
        for last in (False, True):
            self.process, self.lost = sandbox.start(limits, walls, modules), None
            try:
                self._receive(time.monotonic() + START)
                break
            except RoomLost as lost:
                if last:
                    raise NoRoom(f"an exam room did not start: {lost}") from None
                sandbox.close()  # whatever ailed the warmed process

    def close(self):
        self.process.kill()

    def begin(self, seconds, in_the_open):
        """A check cell, all calls of which may take so many seconds."""
        self.deadline, self.memory, self.asked = time.monotonic() + seconds, most_memory(), 0
        self.in_the_open = in_the_open

    def run(self, source, seconds, names=()):
        """Run a cell of the student's for at most so many seconds. names : see `Ran`."""
        self.callbacks = []
        order = {"do": "run", "source": source, "seconds": seconds, "names": list(names)}
        header, _ = self._ask(order, seconds + GRACE)
        return _ran(header, names)

    def call(self, name, task, args, kwargs, patience):
        """What `check.call.observe` finds in the room, as keywords of a `check.call.Reply`."""
        [reply] = self._call("call", name, {"task": task, "args": list(args), "kwargs": kwargs}, patience)
        return reply

    def call_in_turn(self, name, task, calls, quick, patience):
        """What `check.call.observe_in_turn` finds in the room: a list of such keywords."""
        parts = {"task": task, "calls": calls, "quick": quick}
        replies = self._call("call in turn", name, parts, patience, len(calls))
        if any("trouble" in reply for reply in replies[:-1]):
            self._lose("died", "it went on after trouble")
        if len(replies) < len(calls) and "trouble" not in replies[-1] and replies[0]["seconds"] < quick:
            self._lose("died", "it left out a reply")
        return replies

    def _call(self, do, name, parts, patience, most=1):
        """At least one reply, and not more than so many."""
        seconds = most * patience
        if self.deadline is not None:
            left = round(self.deadline - time.monotonic(), 1)
            if left <= 0:
                return [{"trouble": "too slow", "detail": "It did not come back in time for all calls of this check."}]
            patience, seconds = min(patience, left), min(seconds, left)
        buffers, self.callbacks = [], []
        parts["patience"] = patience
        message = {key: wire.encode(value, buffers, self._carried) for key, value in parts.items()}
        ask = self._ask_modestly if self.callbacks else self._ask
        header, payload = ask({"do": do, "name": name, **message}, seconds + GRACE, buffers)
        if "cannot cross" in header:
            why = f"What it returned cannot cross: {_text(header['cannot cross'])}."
            return [{"trouble": "wrong type", "detail": why}]
        try:
            found = wire.Decoder(payload)(header.get("found"))
            if type(found) is not list or not 0 < len(found) <= most:
                raise wire.WireError("not as many replies as calls")
            return [_reply(each) for each in found]
        except (wire.WireError, KeyError, TypeError) as error:
            self._lose("died", f"the room gave no answer: {error}")

    # ---- messages

    def _ask_modestly(self, header, seconds, buffers=()):
        """Ask what may call back: the room chooses what the callback is given, a great many or a very large one."""
        try:
            with modestly(self.memory or most_memory()):
                return call_within(seconds + 0.5, self._ask, header, seconds, buffers)
        except TooSlow:
            self._lose("timeout", "a function of the check's did not come back in time")
        except MemoryError:
            self._lose("died", "it sent more than there is memory for")

    def _ask(self, header, seconds, buffers=()):
        deadline = time.monotonic() + seconds
        self._send(header, buffers, deadline)
        while True:
            answer, payload = self._receive(deadline)
            if type(answer) is wire.Quick:
                number, value = answer
                self._send(*self._answer(number, (value,), {}), deadline)
            elif type(answer) is wire.Many:
                self._send(*self._answer_many(*answer), deadline)
            elif "callback" in answer:
                self._send(*self._answer(answer["callback"], *self._arguments(answer, payload)), deadline)
            else:
                return answer, payload

    def _send(self, header, buffers, deadline):
        if self.lost:
            raise self.lost
        try:
            self.process.connection.send(header, buffers, deadline)
        except (TimeoutError, OSError, wire.WireError) as error:
            self._lose("timeout" if isinstance(error, TimeoutError) else "died", str(error))

    def _receive(self, deadline):
        if self.lost:
            raise self.lost
        try:
            return self.process.connection.receive(deadline)
        except TimeoutError:
            self._lose("timeout", "it did not come back in time")
        except (EOFError, OSError):
            self._lose("died", "the process ended")
        except wire.WireError as error:
            self._lose("died", f"it sent {error}")

    def _lose(self, cause, detail):
        self.lost = RoomLost(cause, detail)
        self.close()
        raise self.lost from None

    # ---- what goes in, other than values

    def _carried(self, value):
        """A callback by its number; by its code a task, or a callback that is no secret, with what it is made of."""
        if isinstance(value, Proxy):
            return {"own": value.__name__}
        if isinstance(value, types.ModuleType):
            return {"module": value.__name__}
        if isinstance(value, Task):
            return {"task": functions.packed(value.function, self._of_task)}
        if isinstance(value, np.ufunc) and getattr(np, value.__name__, None) is value:
            return {"numpy": value.__name__}
        if is_disclosed(value) or (self.in_the_open and is_self_contained(value)):
            return self._of_disclosed(value)
        if callable(value):
            self.callbacks.append(value)
            return {"callback": len(self.callbacks) - 1}
        raise wire.WireError(f"{type(value).__name__} cannot cross")

    def _of_task(self, value):
        return self._carried(Task(value) if isinstance(value, types.FunctionType) else value)

    def _of_disclosed(self, value):
        if isinstance(value, types.FunctionType):
            return {"disclosed": [*functions.packed(value, self._of_disclosed), modules_used(value)]}
        return self._carried(value)

    def _arguments(self, message, payload):
        """What the room calls a callback with."""
        try:
            decode = wire.Decoder(payload)
            args, kwargs = decode(message.get("args")), decode(message.get("kwargs"))
            if type(args) is list and type(kwargs) is dict and all(type(key) is str for key in kwargs):
                return args, kwargs
            raise wire.WireError("a callback without arguments")
        except wire.WireError as error:
            self._lose("died", f"it sent {error}")

    def _answer(self, number, args, kwargs):
        """The reply to a callback that the room asks for: its value or its error."""
        callback, buffers = self._callback(number), []
        try:
            value = callback(*args, **kwargs)
            if packed := wire.quick(number, value):
                return packed[0], packed[1:]
            return {"value": wire.encode(value, buffers)}, buffers
        except Exception as error:
            return {"error": [type(error).__name__, str(error)[:MOST_WORDS]]}, ()

    def _answer_many(self, number, points):
        """The reply to a callback for all these points: None if the room must ask for one at a time."""
        callback = self._callback(number, len(points))
        with contextlib.suppress(Exception):
            if packed := wire.many(number, [callback(point) for point in points]):
                return packed[0], packed[1:]
        return {"value": None}, ()

    def _callback(self, number, times=1):
        self.asked += times
        if type(number) is not int or not 0 <= number < len(self.callbacks) or self.asked > MOST_CALLBACKS:
            self._lose("died", "it sent a callback that there is not")
        return self.callbacks[number]


@dataclass(frozen=True)
class Task:
    """A function that is to run in the room; `check.probe` takes one."""

    function: object


class Proxy:
    """Stands in the examiner's room for something of the student's. It can be called, and nothing else.

    A check of gradschool.check calls it by `run_there`; a plain `assert double(2) == 4` calls it as it is, and has a
    plain value back, or an exception of the kind that the answer raised.
    """

    __slots__ = ("__name__", "_room")

    def __init__(self, name, room):
        self.__name__, self._room = name, room

    def __call__(self, *args, **kwargs):
        found = self._room.call(self.__name__, None, args, kwargs, PATIENCE)
        if found.get("trouble") is None:
            if fault := plain.fault(found["value"]):
                raise TypeError(fault)
            return found["value"]
        if found["trouble"] == "too slow":
            raise CellTimeoutError(found["detail"])
        kind, _, words = found["detail"].partition(": ")
        raise _EXCEPTIONS.get(kind, RuntimeError)(words or found["detail"])


# Not the two that end an iteration: `all(map(answer, points))` would stop there, and hold.
_EXCEPTIONS = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, Exception) and not name.startswith("Stop")
}


@contextlib.contextmanager
def modestly(most):
    """What callbacks are run in: without warnings, and with so many bytes for this process in all, where the system can
    say so; beyond them they have a MemoryError.

    `lambda a, b: a + b` of a column and a row, both from the room, would fill this side's memory.
    """
    with warnings.catch_warnings(), np.errstate(all="ignore"), _memory_limit(most):
        warnings.simplefilter("ignore")
        yield


def most_memory():
    """Bytes for this process in all: MOST_MEMORY more than it has now. None where the system cannot say."""
    try:
        import resource

        with open("/proc/self/statm") as file:
            return int(file.read().split()[0]) * resource.getpagesize() + MOST_MEMORY
    except (ImportError, OSError):
        return None


@contextlib.contextmanager
def _memory_limit(most):
    if most is None:
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most if soft == resource.RLIM_INFINITY else min(most, soft), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@run_there.register
def _(proxy: Proxy, observe, task, *given):
    task = None if task is None else Task(task)
    call = proxy._room.call_in_turn if observe is observe_in_turn else proxy._room.call
    return call(proxy.__name__, task, *given)


# ---- what comes out


def _ran(header, names=()):
    """A `Ran` of what a room claims."""
    displays, error, there = (header.get(part) for part in ("displays", "error", "names"))
    return Ran(
        stdout=_text(header.get("stdout"), 300_000),
        stderr=_text(header.get("stderr"), 300_000),
        displays=tuple(_display(data) for data in displays[:50]) if type(displays) is list else (),
        error=_error(error) if type(error) is dict else None,
        late=header.get("late") is True,
        names=frozenset(name for name in names if type(there) is list and name in there),
    )


def _error(error):
    return _words(error.get("name"), 100), _words(error.get("text"), 6_000), _text(error.get("traceback"), 6_000)


def _display(data):
    """A display of kinds that are known; a picture is base64 and no more, for it stands in an attribute of HTML."""
    if type(data) is not dict:
        return {}
    known = {kind: _text(data[kind], wire.LARGEST_HEADER) for kind in wire.SHOWN if type(data.get(kind)) is str}
    return {kind: text for kind, text in known.items() if not _PICTURE.match(kind) or _BASE64.fullmatch(text)}


_PICTURE, _BASE64 = re.compile("image/(png|jpeg)"), re.compile(r"[A-Za-z0-9+/=\s]*")


_FIELDS = {"value", "trouble", "detail", "line", "exceptions", "warned", "seconds"}
_TROUBLES = {"too slow", "exception", "wrong type", "input changed in place"}


def _reply(found):
    """Keywords of a `check.call.Reply`, each of its own type whatever the room claims."""
    if type(found) is not dict or not set(found) <= _FIELDS:
        raise wire.WireError("a reply of unknown parts")
    trouble = found.get("trouble")
    if trouble is not None:
        if type(trouble) is not str or trouble not in _TROUBLES:
            raise wire.WireError("trouble of an unknown kind")
        return {
            "trouble": trouble,
            "detail": _words(found.get("detail")),
            "line": None if found.get("line") is None else _words(found["line"]),
            "exceptions": tuple(_words(name) for name in _items(found.get("exceptions"))),
        }
    seconds = found.get("seconds")
    return {
        "value": found.get("value"),
        "seconds": seconds if type(seconds) is float and seconds >= 0 else 0.0,
        "warned": tuple(_words(words) for words in _items(found.get("warned"))),
    }


def _items(value):
    return value[:20] if type(value) in (list, tuple) else ()


def _text(value, most=MOST_WORDS):
    """Text that a file can hold."""
    return value[:most].encode("utf-8", "replace").decode("utf-8") if type(value) is str else ""


def _words(value, most=MOST_WORDS):
    """Text for a verdict, which a terminal may show: nothing in it steers one."""
    return "".join(c for c in _text(value, most) if c in "\n\t" or c.isprintable())
