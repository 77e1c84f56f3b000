"""Why points were lost: read from what the graded cells of a run notebook left behind.

A question is an answer cell and the graded cells that follow it; its name is the answer cell's grade_id.
"""

import enum
import re
from dataclasses import dataclass

from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution


class Cause(enum.Enum):
    """What kept a graded cell from its points."""

    WRONG = "wrong"
    NOT_ATTEMPTED = "not attempted"
    TIMEOUT = "timeout"
    COULD_NOT_RUN = "could not run"
    NOT_JUDGED = "could not be judged"
    NOTHING_TESTED = "nothing was tested"
    KERNEL_DIED = "kernel died"
    NOT_RUN = "not run"
    TO_BE_MARKED = "to be marked by hand"


# Errors that grading itself puts into a notebook (preprocessors.py), by name.
KERNEL_DIED, NOT_RUN = "KernelDied", "NotRun"
OF_GRADING = {KERNEL_DIED: Cause.KERNEL_DIED, NOT_RUN: Cause.NOT_RUN}
TIMEOUT = "CellTimeoutError"  # nbgrader's own name for it


@dataclass(frozen=True)
class Verdict:
    """Why one graded cell has no points."""

    cause: Cause
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.cause.value}: {self.detail}" if self.detail else self.cause.value


def questions(notebook: NotebookNode) -> dict[str, list[NotebookNode]]:
    """The graded cells of each question, in the notebook's order."""
    found, question = {}, None
    for cell in notebook.cells:
        if is_solution(cell):
            question = cell.metadata.nbgrader["grade_id"]
        if is_grade(cell):
            found.setdefault(question or cell.metadata.nbgrader["grade_id"], []).append(cell)
    return found


def place(notebook: NotebookNode, index: int) -> str:
    """Where a cell stands, in words: its own question, or the cell before which it comes."""
    question = None
    for cell in notebook.cells[: index + 1]:
        if is_solution(cell):
            question = cell.metadata.nbgrader["grade_id"]
    cell = notebook.cells[index]
    if is_solution(cell) or is_grade(cell):
        return f"question {question}"
    return f"an extra cell after question {question}" if question else "an extra cell at the top"


def errors(cell: NotebookNode) -> list[NotebookNode]:
    return [output for output in cell.get("outputs", []) if output.output_type == "error"]


def lost(notebook: NotebookNode, cells: list[NotebookNode]) -> list[Verdict]:
    """The verdicts on those graded cells of one question that have no points."""
    return [verdict for verdict in (judge(notebook, cell) for cell in cells) if verdict]


def judge(notebook: NotebookNode, cell: NotebookNode) -> Verdict | None:
    """Why a graded cell of a run notebook has no points; None if it has some."""
    score, _ = determine_grade(cell)
    if score:
        return None
    answer = answer_of(notebook, cell)
    if answer is not None and untouched(answer):
        return Verdict(Cause.NOT_ATTEMPTED)
    if score is None:
        return Verdict(Cause.TO_BE_MARKED)
    found = errors(cell)
    if not found:
        return Verdict(Cause.NOT_RUN)
    # Where the answer itself failed, that is the reason; what its check stumbles over only follows from it.
    if found[-1].ename == "NameError" and answer is not None and errors(answer):
        found = errors(answer)
    return explain(found)


def explain(found: list[NotebookNode]) -> Verdict:
    """The verdict that a cell's error outputs amount to."""
    last = found[-1]
    message = strip_ansi(last.evalue)
    if any(output.ename == TIMEOUT for output in found):
        return Verdict(Cause.TIMEOUT, first_line(message))
    if last.ename == "CheckFailed":
        return explain_check(message)
    if last.ename == "AssertionError":
        return Verdict(Cause.WRONG)
    if last.ename == "NotImplementedError":
        return Verdict(Cause.NOT_ATTEMPTED)
    if last.ename in OF_GRADING:
        return Verdict(OF_GRADING[last.ename], first_line(message))
    # IPython gives a cell a name that tells nobody anything: "(<ipython-input-1-9e16>, line 1)".
    detail = re.sub(r"\((?:<ipython-input[^>]*>|\d+\.py), (line \d+)\)", r"(\1)", first_line(message))
    return Verdict(Cause.COULD_NOT_RUN, f"{last.ename}: {detail}".removesuffix(": "))


def explain_check(message: str) -> Verdict:
    """The verdict that a failed check of gradschool.check amounts to, from its text: a headline with its kind
    and the check, then rows, of which `Why:` has the reason."""
    why = re.search(r"^\s*Why:\s*(.*)$", message, re.MULTILINE)
    reason = why[1].strip().removesuffix(":") if why else ""
    if message.startswith("Nothing was tested"):
        return Verdict(Cause.NOTHING_TESTED, reason)
    if message.startswith("Could not be judged"):
        return Verdict(Cause.NOT_JUDGED, reason)
    if not message.startswith("Could not run"):
        return Verdict(Cause.WRONG)
    if reason == "NotImplementedError":
        return Verdict(Cause.NOT_ATTEMPTED)
    if reason.startswith("It did not come back"):
        return Verdict(Cause.TIMEOUT)
    return Verdict(Cause.COULD_NOT_RUN, reason)


def answer_of(notebook: NotebookNode, graded: NotebookNode) -> NotebookNode | None:
    """The answer cell that a graded cell judges: itself, or the last one before it."""
    answer = None
    for cell in notebook.cells:
        if is_solution(cell):
            answer = cell
        if cell is graded:
            return answer
    return None


def untouched(answer: NotebookNode) -> bool:
    """Whether the answer cell still is as it was released, by nbgrader's own checksum."""
    return answer.metadata.nbgrader.get("checksum") == compute_checksum(answer)


def first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")
