"""The exam room: a process that runs a student's cells and answers calls.

`warm` forks it behind walls; where there are none to be had, `sandbox` starts it by itself:

    python -m gradschool.grade.rooms.inside PORT

PORT is the examiner's on this machine, and on standard input comes the password to show there. `exam` tells it what to
do. Nothing in here is trusted by the examiner: once a student's cell has run, any line of this module may have been
replaced by it. What it must do is be of use to the honest.
"""

import ast
import builtins
import contextlib
import importlib
import io
import json
import os
import socket
import sys
import threading
import warnings

from gradschool.check import call as checks
from gradschool.check.timelimit import TooSlow, call_within, uninterrupted
from gradschool.grade.rooms import functions, wire

MOST_TEXT = 200_000  # characters of output kept of one cell
MOST_DISPLAYS, LARGEST_DISPLAY, MOST_SHOWN = 30, 2 * 2**20, 3 * 2**20  # of one cell; the last two in characters


def main():
    password, port = sys.stdin.buffer.read(), int(sys.argv[1])
    examiner = socket.create_connection(("127.0.0.1", port))
    examiner.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    examiner.sendall(password)
    limit({"CORE": 0})
    open_room(examiner, new_shell())


def open_room(examiner, shell):
    """Serve the examiner at the other end of a socket until it is closed."""
    sys.argv[1:] = []
    sys.path.insert(0, "")  # as in a notebook: what a cell has written can be imported
    Room(wire.Connection(examiner), shell).serve()


def limit(limits):
    """Set resource limits, by name: {"AS": bytes, "CPU": seconds, ...}. Those that the system lacks are left out."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for name, most in limits.items():
        which = getattr(resource, f"RLIMIT_{name}", None)
        if which is not None:
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(which, (most, most))


def new_shell():
    """An IPython without history, so that cells run as they do in a notebook: magics, displays, await."""
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    from IPython.core.displayhook import CapturingDisplayHook
    from IPython.core.displaypub import CapturingDisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    class Shell(InteractiveShell):
        def enable_gui(self, gui=None):
            """`%matplotlib inline` asks for this; there is no window to be had."""

        @contextlib.contextmanager
        def displaying_to(self, displayed):
            """Results and displays are data here, and tracebacks nothing: IPython would print them.

            IPython's own `capture_output` does the same, and makes an object for it that takes as long as a cell.
            """
            before, self.display_pub = self.display_pub, captured
            captured.outputs = displayed
            self.display_trap.hook = CapturingDisplayHook(self, displayed)
            self._showtraceback = lambda *_: None
            try:
                yield
            finally:
                self.display_pub = before

        def transform_cell(self, raw_cell):
            """What is Python already stays as it is: to look in it for magics would take as long as to run it.

            But for empty lines at the head, which IPython takes off: errors give the numbers of lines.
            """
            if self.transformers() == usual and not raw_cell[:1].isspace():
                with contextlib.suppress(Exception), warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # they come when it is compiled
                    ast.parse(raw_cell)
                    return raw_cell
            return super().transform_cell(raw_cell)

        def transformers(self):
            """What may change a cell before it is run; a notebook can add to that."""
            known = self.input_transformer_manager
            ours = [known.cleanup_transforms, known.line_transforms, known.token_transformers]
            return [*ours, self.input_transformers_post]

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell, captured = Shell.instance(config=config), CapturingDisplayPublisher()
    usual = [list(some) for some in shell.transformers()]
    return shell


class Bounded(io.StringIO):
    """Text as far as there is room for it: `while True: print(...)` must not fill the memory."""

    def write(self, text):
        room = MOST_TEXT - self.tell()
        if room > 0:
            super().write(text[:room])
            if len(text) > room:
                super().write("\n... output dropped from here on ...\n")
        return len(text)


class Room:
    """One student's cells and their namespace."""

    def __init__(self, connection, shell):
        self.connection, self.shell = connection, shell
        self.asking = threading.Lock()  # an answer may call its callbacks from several threads
        self.process = os.getpid()

    def serve(self):
        self.reply({"ready": sys.version.split()[0]})
        with contextlib.suppress(EOFError, OSError):
            while True:
                header, payload = self.connection.receive()
                answer = {
                    "run": self.run, "call": self.call, "call in turn": self.call_in_turn,
                }[header["do"]]  # fmt: skip
                answered = answer(header, payload)
                if os.getpid() != self.process:
                    os._exit(0)  # a cell has forked, and this is not the room
                with self.asking:  # a thread that was left behind may be in the middle of a callback
                    try:
                        self.reply(*answered)
                    except wire.WireError as error:  # too large, mostly
                        self.reply({"cannot cross": str(error)})

    def reply(self, header, buffers=()):
        self.connection.send(header, buffers)

    # ---- cells

    def run(self, header, _payload):
        """Run a cell: what it did, and which of some names mean something now."""
        report = self.ran(header["source"], header["seconds"])
        namespace = self.shell.user_ns
        return report | {"names": [name for name in header["names"] if name in namespace]}, ()

    def ran(self, source, seconds):
        """What a cell wrote and displayed, and the error that ended it."""
        out, err, displayed = Bounded(), Bounded(), []
        late, result = False, None
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), self.shell.displaying_to(displayed):
            try:
                result = call_within(seconds, self.shell.run_cell, source, store_history=False)
            except TooSlow:
                late = True
            except BaseException as error:  # what IPython lets through ends the cell, not the room
                return {"error": described(error)}
        displays = as_many_as_fit(shown(output["data"]) for output in displayed[:MOST_DISPLAYS])
        report = {"stdout": out.getvalue(), "stderr": err.getvalue(), "displays": displays, "late": late}
        error = result and (result.error_before_exec or result.error_in_exec)
        if error is not None and not late:
            report["error"] = described(error)
        return report

    # ---- calls

    def call(self, header, payload):
        """`check.call.observe` of something in the namespace."""
        return self.observed(header, payload, lambda *given: [checks.observe(*given)], "args", "kwargs")

    def call_in_turn(self, header, payload):
        """`check.call.observe_in_turn` of something in the namespace."""
        return self.observed(header, payload, checks.observe_in_turn, "calls", "quick")

    def observed(self, header, payload, observe, *parts):
        decode = wire.Decoder(payload, self.made_here)
        answer = self.shell.user_ns[header["name"]]
        given = [decode(header[part]) for part in ("task", *parts, "patience")]
        try:
            found = observe(answer, *given)
        except BaseException as error:
            trouble = {"trouble": "exception", "detail": described(error)["text"]}
            found = [trouble | {"exceptions": (type(error).__name__,)}]
        buffers = []
        try:
            return {"found": wire.encode(found, buffers)}, buffers
        except wire.WireError as error:
            found = [{"trouble": "wrong type", "detail": f"It returned what cannot be judged: {error}."}]
            return {"found": wire.encode(found, [])}, ()

    def made_here(self, part):
        """What crosses from the examiner and is no plain value: a callback, a function, a module, the student's own."""
        [(kind, content)] = part.items()
        if kind == "callback":
            return self.callback(content)
        if kind == "disclosed":
            *content, modules = content
            return functions.unpacked(content, functions.namespace(modules), self.made_here)
        if kind == "numpy":
            return getattr(importlib.import_module("numpy"), content)
        if kind == "module":
            return importlib.import_module(content)
        if kind == "own":
            return self.shell.user_ns[content]
        return functions.unpacked(content, self.shell.user_ns, self.made_here)

    def callback(self, number):
        """Stands here for a function of the examiner's."""

        def called(*args, **kwargs):
            buffers = []
            if len(args) == 1 and not kwargs and (packed := wire.quick(number, args[0])):
                header, buffers = packed[0], packed[1:]
            else:
                header = {"callback": number, "args": wire.encode(list(args), buffers)}
                header["kwargs"] = wire.encode(kwargs, buffers)
            header, payload = self.ask(header, buffers)
            if type(header) is wire.Quick:
                return header[1]
            if "error" in header:
                kind, text = header["error"]
                raise getattr(builtins, kind, RuntimeError)(text)
            return wire.Decoder(payload)(header["value"])

        def many(points):
            """Its values at all of these points by one message, or None; see `gradschool.differences`."""
            if packed := wire.many(number, points):
                header, _ = self.ask(packed[0], packed[1:])
                return list(header[1]) if type(header) is wire.Many else None

        called.many = many
        return called

    def ask(self, header, buffers):
        """The examiner's answer to a callback, as it came."""
        with self.asking, uninterrupted():
            self.reply(header, buffers)
            return self.connection.receive()


def described(error):
    """An error in plain text."""
    import traceback

    try:
        lines = traceback.format_exception(type(error), error, error.__traceback__)
        students = [line for line in lines if "site-packages" not in line and "gradschool" not in line]
        return {"name": type(error).__name__, "text": str(error)[:2000], "traceback": "".join(students)[-6000:]}
    except BaseException:  # its own __str__ may fail
        return {"name": "Exception", "text": "it cannot be described", "traceback": ""}


def as_many_as_fit(displays):
    """Those displays for which there is room in a message."""
    kept, room = [], MOST_SHOWN
    for data in displays:
        room -= len(json.dumps(data))
        if room >= 0:
            kept.append(data)
    return kept


def shown(forms):
    """A display, given in many forms, in those that feedback can show."""
    import base64

    data = {}
    for kind in wire.SHOWN:
        content = forms.get(kind)
        if isinstance(content, bytes):
            content = base64.b64encode(content).decode("ascii")
        if isinstance(content, str) and len(content) <= LARGEST_DISPLAY:
            data[kind] = content
    return data


if __name__ == "__main__":
    main()
