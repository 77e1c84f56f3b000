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

from nbgrader.preprocessors import ClearSolutions
from nbgrader.utils import is_grade, is_locked, is_solution

from gradschool.check import CheckFailed

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
        self.before = [compile(source, "<given>", "exec") for source in before]
        self.checks = {
            check: (points, compile(source, f"<{name}, {check} check>", "exec"))
            for check, (points, source) in checks.items()
        }

    @property
    def points(self):
        return sum(points for points, _ in self.checks.values())

    def mark(self, code):
        """A Mark by check. Each check runs by itself: given cells, answer, check, in a fresh namespace."""
        return {check: self._mark(code, points, cell) for check, (points, cell) in self.checks.items()}

    def _mark(self, code, points, check):
        stdout, stderr, trouble = StringIO(), StringIO(), {"points": points}
        with redirect_stdout(stdout), redirect_stderr(stderr), warnings.catch_warnings(record=True) as warned:
            try:
                namespace = {"__name__": "__main__"}
                for cell in (*self.before, compile(code, "<answer>", "exec"), check):
                    exec(cell, namespace)
            except CheckFailed as failed:
                verdict = failed.verdict
                trouble = {"points": 0, "kind": verdict.kind, "cause": verdict.cause, "words": str(verdict)}
            except Exception as error:
                trouble = {"points": 0, "kind": type(error).__name__, "words": str(error)}
        lines = [stderr.getvalue(), *(str(warning.message) for warning in warned)]
        return Mark(stderr="\n".join(filter(None, lines)), **trouble)


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
