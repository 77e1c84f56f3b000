"""A notebook on its way through both rooms, cell by cell.

What the student wrote runs in the exam room. Cells that are given and locked run in both, each on its own side. Check
cells run here, with proxies in place of the answers. A room that is lost is replaced by a fresh one, in which the
cells so far are run again: a question that ends a room costs its own points and no others.
"""

import ast
import contextlib
import faulthandler
import functools
import hashlib
import hmac
import os
import re
import secrets
import time
import traceback
import warnings
from io import StringIO

import nbformat
from nbgrader.utils import is_grade, is_locked, is_solution

from gradschool.check import CheckFailed
from gradschool.check.inputs import SEED_VARIABLE
from gradschool.grade import verdicts
from gradschool.grade.rooms.exam import Proxy, Ran, Room, RoomLost
from gradschool.grade.verdicts import KERNEL_DIED, TIMEOUT

MOST_ROOMS = 12  # for one notebook
MOST_CELLS = 15  # a notebook may take as long as so many cells that use up their time
MOST_OUTPUT = 20_000_000  # characters of output kept of one notebook
STUCK = 3  # times the time for all calls of a check cell; then nothing that Python does can stop it
BEGIN_HIDDEN, END_HIDDEN = "BEGIN HIDDEN TESTS", "END HIDDEN TESTS"  # nbgrader's marks
SECRET = ".gradschool-secret"
# What a notebook that plots would wait seconds for is there already. For no other: it doubles what a fork has to copy.
PLOTS = re.compile(r"\bmatplotlib\b|\bpylab\b|\bgradschool\.show\b|\bimport show\b")
TO_PLOT = ("matplotlib.pyplot", "matplotlib_inline.backend_inline")
NAMES = {"died": KERNEL_DIED, "timeout": TIMEOUT}


class Exam:
    """One notebook's exam. Use `take`.

    answers : the names that the answers define, from the source. modules : those that it imports. seed : what the
    random points of the checks are drawn from. seconds : for a cell of the student's, and for all calls of a check
    cell together.
    """

    def __init__(self, notebook, answers, modules, seed, limits, walls, seconds):
        self.notebook, self.answers, self.seed, self.seconds = notebook, answers, seed, seconds
        self.rooms_of = limits, walls, modules
        self.room, self.rooms, self.ran, self.kept = None, 0, [], 0
        self.there = frozenset()  # the answers that the room has, or says that it has
        self.namespace = {"__name__": "__main__"}

    def take(self):
        """Run every cell; its outputs are in the notebook afterwards."""
        count, self.end = 0, time.monotonic() + MOST_CELLS * self.seconds
        try:
            for index, cell in enumerate(self.notebook.cells):
                if cell.cell_type == "code":
                    count += 1
                    cell.execution_count, cell.outputs = count, []
                    began = time.perf_counter()
                    with self.losing(cell, index):
                        self.check(cell) if is_check(cell) else self.run(cell)
                    cell.metadata["gradschool"] = {"seconds": round(time.perf_counter() - began, 4)}
        finally:
            self.leave()

    def leave(self):
        if self.room is not None:
            self.room.close()
        self.room = None

    def may_go_on(self):
        return time.monotonic() < self.end and (self.room is not None or self.rooms < MOST_ROOMS)

    @contextlib.contextmanager
    def losing(self, cell, index):
        """Whatever the cell does to its room, the exam goes on."""
        try:
            yield
        except RoomLost as lost:
            # Once nothing runs any more only the checks need to say so: there may be very many other cells.
            if is_check(cell) or self.may_go_on():
                place = verdicts.place(self.notebook, index)
                cell.outputs.append(error(NAMES[lost.cause], f"in {place}: {lost}"))
            self.leave()

    def here(self):
        """The room, or a fresh one in the state that the lost one had after its last good cell."""
        if time.monotonic() >= self.end:
            raise RoomLost("timeout", f"the notebook took more than {MOST_CELLS * self.seconds:g} seconds")
        if self.room is None:
            if self.rooms == MOST_ROOMS:
                raise RoomLost("died", f"{MOST_ROOMS} rooms were lost")
            self.rooms += 1
            self.room = Room(*self.rooms_of)
            self.there = frozenset()
            for source in self.ran:
                self.run_here(source)
        return self.room

    def run_here(self, source):
        ran = self.room.run(source, self.seconds, self.answers)
        self.there = ran.names
        return ran

    def run(self, cell):
        """A cell of the student's; or one that is given, which the checks may need as well."""
        self.here()
        ran = self.run_here(cell.source)
        self.ran.append(cell.source)
        self.kept += size(ran)
        if self.kept > MOST_OUTPUT:
            ran = Ran(stdout="... output dropped ...\n", error=ran.error, late=ran.late)
        cell.outputs = list(outputs(ran, self.seconds))
        if is_locked(cell) and not is_solution(cell):
            with contextlib.redirect_stdout(StringIO()), contextlib.redirect_stderr(StringIO()):
                exec(compiled(cell.source), self.namespace)

    def check(self, cell):
        room = self.here()
        for name in self.answers:
            self.namespace.pop(name, None)
        self.namespace |= {name: Proxy(name, room) for name in self.there}
        room.begin(self.seconds, in_the_open=BEGIN_HIDDEN not in cell.source)
        said = StringIO()
        try:
            with (
                seeded(self.seed),
                ended_if_stuck(STUCK * self.seconds),
                contextlib.redirect_stdout(said),
                contextlib.redirect_stderr(said),
                warnings.catch_warnings(),
            ):
                warnings.simplefilter("ignore")
                exec(compiled(cell.source), self.namespace)
        except CheckFailed as failed:
            cell.outputs += panel(failed.verdict)
        except Exception as problem:
            lines = traceback.format_exception_only(problem)
            cell.outputs.append(error(type(problem).__name__, str(problem), "".join(lines)))
        if said.getvalue():
            cell.outputs.insert(0, nbformat.v4.new_output("stream", name="stdout", text=said.getvalue()[:100_000]))


@contextlib.contextmanager
def seeded(seed):
    """With this seed in the environment, where the checks look for it."""
    before = os.environ.get(SEED_VARIABLE)
    os.environ[SEED_VARIABLE] = seed
    try:
        yield
    finally:
        del os.environ[SEED_VARIABLE]
        if before is not None:
            os.environ[SEED_VARIABLE] = before


replaceable = False  # whether this process may end itself: `crew` says so where another takes its place


@contextlib.contextmanager
def ended_if_stuck(seconds):
    """If this takes longer, the process ends, where it may: `lambda n: 3**n`, with an n from the room, is one operation
    that no interrupt reaches."""
    if not replaceable:
        yield
        return
    with open(os.devnull, "w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def take(notebook, source, seed, limits, walls=True, seconds=20):
    """Run a rebuilt notebook in two rooms; its cells have their outputs afterwards.

    source : the notebook with the solutions, for the names that they define. seed : see `seed_for`.
    """
    answers = sorted({name for cell in source.cells if is_solution(cell) for name in names_defined(cell.source)})
    plots = any(PLOTS.search(cell.source) for cell in notebook.cells if cell.cell_type == "code")
    modules = modules_of(source) + (TO_PLOT if plots else ())
    Exam(notebook, answers, modules, seed, limits, walls, seconds).take()


def seed_for(course, student, ps):
    """The seed of one submission's random points: the same at every regrade, and nobody's to know.

    It comes from a secret of the course, which is made when it is first needed and kept in a file beside the
    gradebook.
    """
    path = course / SECRET
    if not path.is_file():
        beside = path.with_name(f"{SECRET}.{os.getpid()}.new")
        try:
            with open(beside, "w", opener=_for_the_owner) as file:
                file.write(secrets.token_hex(32))
            with contextlib.suppress(FileExistsError):
                os.link(beside, path)  # whole or not at all, and the first one counts
        finally:
            beside.unlink(missing_ok=True)
    key = path.read_text(encoding="ascii").strip().encode()
    return hmac.new(key, f"{ps}\0{student}".encode(), hashlib.sha256).hexdigest()


def _for_the_owner(path, flags):
    return os.open(path, flags, 0o600)


# The cells of a source notebook are those of every submission.
@functools.lru_cache(200)
def compiled(source):
    return compile(source, "<given>", "exec")


@functools.lru_cache(200)
def names_defined(source):
    """The functions and classes that a cell defines at its top level, and the names that it assigns."""
    names = set()
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            names.add(statement.name)
        elif isinstance(statement, ast.Assign):
            names |= {target.id for target in statement.targets if isinstance(target, ast.Name)}
    return frozenset(names)


def modules_of(notebook):
    """The modules that a notebook imports by name, at the top level of its cells."""
    cells = (cell.source for cell in notebook.cells if cell.cell_type == "code")
    return tuple(sorted(frozenset().union(*map(modules_imported, cells))))


@functools.lru_cache(200)
def modules_imported(source):
    names = set()
    with contextlib.suppress(SyntaxError):  # magics
        for statement in ast.parse(source).body:
            if isinstance(statement, ast.Import):
                names |= {alias.name for alias in statement.names}
            elif isinstance(statement, ast.ImportFrom) and statement.module:
                names.add(statement.module)
    return frozenset(names)


def is_check(cell) -> bool:
    """Whether it is a code cell that is marked by running it."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


# ---- outputs


def size(ran):
    """The characters of what a cell gave."""
    return len(ran.stdout) + len(ran.stderr) + sum(len(text) for data in ran.displays for text in data.values())


def outputs(ran, seconds):
    """What a cell gave, as a notebook has it."""
    for name in ("stdout", "stderr"):
        if text := getattr(ran, name):
            yield nbformat.v4.new_output("stream", name=name, text=text)
    for data in ran.displays:
        yield nbformat.v4.new_output("display_data", data=data)
    if ran.late:
        yield error(TIMEOUT, f"stopped after {seconds:g} seconds")
    elif ran.error is not None:
        yield error(*ran.error)


def error(name, text, trace=None):
    lines = trace.splitlines() if trace else [f"{name}: {text}"]
    return nbformat.v4.new_output("error", ename=name, evalue=text, traceback=lines)


def panel(verdict):
    """A failed check as a notebook shows it: the panel, and the error that costs the points."""
    data = {"text/html": verdict._repr_html_(), "text/plain": str(verdict)}
    yield nbformat.v4.new_output("display_data", data=data)
    yield error("CheckFailed", str(verdict))
