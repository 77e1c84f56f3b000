"""The answer bank: named answers to every question, marked by the question's own check cells.

An answer is a file `<problem set>/<grade_id>/wrong_<name>.py` or `right_<name>.py`. It holds what a student
would put into the answer cell. The comment at its head says what it is and what its checks must find:

    # Divides by h, though the points are 2h apart.
    # visible: twice too large: divided by h, not by the distance
    # hidden: wrong

The first line is the answer's name in words. After `visible:` and `hidden:` stands what that check must say:
the cause that it names, or the kind of its verdict where it names none. A check that the header leaves out
must pass.
"""

import re
import warnings
from contextlib import redirect_stderr, redirect_stdout
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from pathlib import Path
from types import FunctionType

from nbgrader.preprocessors import ClearSolutions
from nbgrader.utils import is_grade, is_locked, is_solution

from gradschool.check import CheckFailed, plain, trees
from gradschool.check.call import run_there
from gradschool.grade.rooms.questions import names_defined

BANK = Path(__file__).parent
CHECKS = {"visible": "-check", "hidden": "-hidden"}


@dataclass(frozen=True)
class Answer:
    """One file of the bank."""

    path: Path

    @property
    def right(self):
        return self.path.name.startswith("right_")

    @property
    def code(self):
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def header(self):
        """The comment lines at the head, without their signs."""
        head = re.match(r"(?:#.*\n)*", self.code)[0]
        return [line.lstrip("# ") for line in head.splitlines()]

    @property
    def expected(self):
        """What each check must say, by check; a check that must pass is not in it."""
        return dict(re.fullmatch(r"(\w+): (.+)", line).groups() for line in self.header[1:])


@dataclass(frozen=True)
class Mark:
    """What one check cell gave: its points, and what it said if they were lost.

    kind and cause are the verdict's; an exception that is no verdict has its type's name for a kind.
    stderr is what the cell would write there, warnings among it.
    """

    points: float
    kind: str = "right"
    cause: str | None = None
    words: str = ""
    stderr: str = ""

    @property
    def says(self):
        return self.cause or self.kind


class Question:
    """One question of a problem set, as its built notebook has it."""

    def __init__(self, name, before, solution, untouched, checks):
        self.name, self.solution, self.untouched = name, solution, untouched
        self.defines = names_defined(solution)
        self.sources = {check: source for check, (_, source) in checks.items()}
        self.before = [compile(source, "<given>", "exec") for source in before]
        self.checks = {
            check: (points, compile(source, f"<{name}, {check} check>", "exec"))
            for check, (points, source) in checks.items()
        }

    @property
    def points(self):
        return sum(points for points, _ in self.checks.values())

    def mark(self, code, rooms=1):
        """A Mark by check. Each check runs by itself: given cells, answer, check, in a fresh namespace.

        With two rooms the check gets Proxies of what the answer defines, as it does at grading.
        """
        return {check: self._mark(code, points, cell, rooms) for check, (points, cell) in self.checks.items()}

    def _mark(self, code, points, check, rooms):
        stdout, stderr, trouble = StringIO(), StringIO(), {"points": points}
        with redirect_stdout(stdout), redirect_stderr(stderr), warnings.catch_warnings(record=True) as warned:
            try:
                namespace = self._run(*self.before, compile(code, "<answer>", "exec"))
                if rooms == 2:
                    proxies = {name: Proxy(name, namespace) for name in self.defines if name in namespace}
                    namespace = self._run(*self.before) | proxies
                exec(check, namespace)
            except CheckFailed as failed:
                verdict = failed.verdict
                trouble = {"points": 0, "kind": verdict.kind, "cause": verdict.cause, "words": str(verdict)}
            except Exception as error:
                trouble = {"points": 0, "kind": type(error).__name__, "words": str(error)}
        lines = [stderr.getvalue(), *(str(warning.message) for warning in warned)]
        return Mark(stderr="\n".join(filter(None, lines)), **trouble)

    @staticmethod
    def _run(*cells):
        namespace = {"__name__": "__main__"}
        for cell in cells:
            exec(cell, namespace)
        return namespace


class Proxy:
    """Stands in the check's room for something of the student's, and offers nothing but being called by a check."""

    __slots__ = ("__name__", "_room")

    def __init__(self, name, room):
        self.__name__, self._room = name, room


@run_there.register
def call_in_the_other_room(proxy: Proxy, observe, task, args, kwargs, patience):
    """As at grading: tasks see the given cells of the student's room; callbacks get plain values and nothing else."""
    if task is not None:
        task = FunctionType(task.__code__, proxy._room, task.__name__, task.__defaults__, task.__closure__)
    args, kwargs = trees.transform(_callback, [args, kwargs])
    return observe(proxy._room[proxy.__name__], task, args, kwargs, patience)


def _callback(leaf):
    if not callable(leaf):
        return leaf

    def called(*given):
        if fault := plain.fault(list(given)):
            raise TypeError(f"only plain values can cross to a function of the check: {fault}")
        return leaf(*given)

    return called


def questions(notebook):
    """The questions of a built problem set, by name.

    Each is marked with the given cells above it (imports, data), and with no other question's cells.
    """
    cleared, _ = ClearSolutions().preprocess(deepcopy(notebook), {})
    graded = {
        cell.metadata.nbgrader["grade_id"]: (cell.metadata.nbgrader["points"], cell.source)
        for cell in notebook.cells
        if is_grade(cell)
    }
    found, before = {}, []
    for cell, released in zip(notebook.cells, cleared.cells, strict=True):
        if cell.cell_type != "code":
            continue
        if is_solution(cell):
            name = cell.metadata.nbgrader["grade_id"]
            checks = {check: graded[name + suffix] for check, suffix in CHECKS.items()}
            found[name] = Question(name, list(before), cell.source, released.source, checks)
        elif is_locked(cell) and not is_grade(cell):
            before.append(cell.source)
    return found


def answers(problem_set):
    """Every answer that the bank holds for a problem set, by question."""
    folders = sorted(folder for folder in (BANK / problem_set).iterdir() if folder.is_dir())
    return {folder.name: [Answer(path) for path in sorted(folder.glob("*.py"))] for folder in folders}
