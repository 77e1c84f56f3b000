"""The sample class of submitted/: who in it hands in what. `python tests/sample_class.py` writes it anew.

Everybody starts from the released notebook. Answers are the reference's, the answer bank's, or stand here.
"""

import copy
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from gradschool.course.layout import Course
from gradschool.course.solutions import apart

PS = "ps1"
REPOSITORY = Path(__file__).parents[1]
COURSE = Course(REPOSITORY)
BANK = Path(__file__).parent / "bank" / PS
IN_TIME, LATE = "2026-10-04 18:12:09 UTC", "2026-10-08 02:59:00 UTC"  # due: submitted/due.toml
QUESTIONS = (
    "forward",
    "central",
    "best-step",
    "complex-step",
    "gradient",
    "relative-error",
    "gradient-checker",
    "taylor",
)


@dataclass(frozen=True)
class Plan:
    """What one student hands in.

    The questions in `untouched` stay as they were released; those in `answers` get a file of the bank (its
    name) or a text (anything with a line break); all others get the reference's answer.
    """

    says: str
    answers: dict[str, str] = field(default_factory=dict)
    untouched: tuple[str, ...] = ()
    edit: Callable[[nbformat.NotebookNode], None] = lambda notebook: None
    instead: str | None = None
    files: dict[str, str] = field(default_factory=dict)
    handed_in: str = IN_TIME


def without_checks(notebook):
    """Deletes one check cell, empties another and has a third skipped, as if nobody would notice."""
    notebook.cells.remove(named(notebook, "central-check"))
    named(notebook, "gradient-hidden").source = "pass"
    named(notebook, "forward-check").metadata["tags"] = ["skip-execution"]


def with_own_cells(notebook):
    """Adds a helper above the answer that uses it, with a note, and a trial at the end."""
    place = notebook.cells.index(named(notebook, "gradient"))
    helper = "def slope(f, x, d, h):\n    return (f(x + d) - f(x - d)) / (2 * h)"
    notebook.cells[place:place] = [new_markdown_cell("A helper, to keep the loop short.", id="my-note")]
    notebook.cells[place + 1 : place + 1] = [new_code_cell(helper, id="my-helper")]
    notebook.cells.append(
        new_code_cell("numerical_gradient(lambda x: np.sum(x**2), np.ones((2, 3)))", id="my-try")
    )


CLASS = {
    "sample-01-perfect": Plan("The reference's answers."),
    "sample-02-other-ways": Plan(
        "Everything right, nothing as the reference has it.",
        {
            "forward": "right_two_points",
            "central": "right_line",
            "best-step": "right_loop",
            "complex-step": "right_numpy",
            "gradient": "right_basis",
            "relative-error": "right_where",
            "gradient-checker": "right_masked",
            "taylor": "right_lstsq",
        },
    ),
    "sample-03-brackets": Plan(
        "Brackets are missing, and h for 2h.",
        {"central": "wrong_brackets", "complex-step": "wrong_two_h", "gradient": "wrong_divided_by_h"},
    ),
    "sample-04-vectors-only": Plan(
        "Right for vectors: arrays of other shapes and 0/0 were forgotten.",
        {"gradient": "wrong_vectors_only", "relative-error": "wrong_zero_over_zero", "taylor": "wrong_dot"},
    ),
    "sample-05-edge-cases": Plan(
        "Passes what can be seen, and fails where it asks about edges.",
        {"best-step": "wrong_tie", "forward": "wrong_example_only", "gradient-checker": "wrong_own_tolerance"},
    ),
    "sample-06-half-finished": Plan("Stopped after question 4.", untouched=QUESTIONS[4:]),
    "sample-07-untouched": Plan("Handed in as it was released.", untouched=QUESTIONS),
    "sample-08-does-not-run": Plan(
        "A colon is missing in one answer, an import in another.",
        {
            "central": "def central_difference(f, x, h)\n    return (f(x + h) - f(x - h)) / (2 * h)\n",
            "relative-error": "def relative_error(a, n):\n    return math.fabs(a - n) / max(a, n)\n",
        },
    ),
    "sample-09-endless-loop": Plan(
        "A loop that never ends in the last answer.",
        {
            "taylor": "def taylor_slope(f, gradient, x, v, steps):\n    k, slope = 0, 0.0\n"
            "    while k < len(steps):\n        slope += np.log(steps[k])\n    return slope / len(steps)\n"
        },
    ),
    "sample-10-no-checks": Plan(
        "Tampered with the checks of three questions, and answered one of them wrongly.",
        {"central": "wrong_sum"},
        edit=without_checks,
    ),
    "sample-11-not-a-notebook": Plan(
        "Saved the page of the notebook under the notebook's name.",
        instead="<!DOCTYPE html>\n<html><head><title>ps1</title></head><body>Problem set 1</body></html>\n",
    ),
    "sample-12-late": Plan("All right, but two days and three hours late.", handed_in=LATE),
    "sample-13-warns": Plan(
        "Right answers that print and warn on the way.",
        {
            "forward": "import warnings\n\n\ndef forward_difference(f, x, h):\n"
            "    warnings.warn('cancellation ahead', stacklevel=1)\n    print('h =', h)\n"
            "    return (f(x + h) - f(x)) / h\n",
        },
    ),
    "sample-14-own-numpy": Plan(
        "Right, with cells of its own and a file that would hide the library numpy.",
        {
            "gradient": "def numerical_gradient(f, x, h=1e-5):\n    x = np.asarray(x, dtype=float)\n"
            "    basis = h * np.eye(x.size).reshape(x.size, *x.shape)\n"
            "    return np.array([slope(f, x, d, h) for d in basis]).reshape(x.shape)\n"
        },
        edit=with_own_cells,
        files={"numpy.py": 'raise ImportError("this is not numpy")\n'},
    ),
}

ROSTER = """student_id,last_name,first_name,email
sample-01-perfect,Okafor,Adaeze,
sample-02-other-ways,Lindqvist,Åsa,
sample-03-brackets,Moreau,Étienne,
sample-04-vectors-only,Tanaka,Hiro,
sample-05-edge-cases,Novák,Jana,
sample-06-half-finished,Silva,João,
sample-07-untouched,Weiß,Jürgen,
sample-08-does-not-run,O'Neill,Ciara,
sample-09-endless-loop,Rossi,Marta,
sample-10-no-checks,Petrov,Ilya,
sample-11-not-a-notebook,Nguyễn,Minh,
sample-12-late,Haddad,Noor,
sample-13-warns,Kowalska,Zofia,
sample-14-own-numpy,Chen,Wei,
"""


def named(notebook, grade_id):
    [cell] = [
        cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    ]
    return cell


def reference(source, question):
    """The reference's answer: its cell without its comments for self-study and nbgrader's two markers."""
    code, _ = apart(named(source, question).source)
    return "\n".join(line for line in code.splitlines() if "### BEGIN" not in line and "### END" not in line)


def answer(source, question, given):
    """The text of an answer: from here, from the bank (without its heading), or the reference's."""
    if given is None:
        return reference(source, question)
    if "\n" in given:
        return given.rstrip("\n")
    code = (BANK / question / f"{given}.py").read_text(encoding="utf-8")
    return re.sub(r"\A(?:#.*\n)+", "", code).strip("\n")


def notebook_of(plan):
    notebook = copy.deepcopy(nbformat.read(COURSE.release / PS / f"{PS}.ipynb", as_version=4))
    source = nbformat.read(COURSE.source / PS / f"{PS}.ipynb", as_version=4)
    for question in QUESTIONS:
        if question not in plan.untouched:
            named(notebook, question).source = answer(source, question, plan.answers.get(question))
    plan.edit(notebook)
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"


def files():
    """Every file of the sample class, by its path in submitted/."""
    found = {"sample-roster.csv": ROSTER}
    for student, plan in CLASS.items():
        found[f"{student}/{PS}/{PS}.ipynb"] = plan.instead or notebook_of(plan)
        found[f"{student}/{PS}/timestamp.txt"] = plan.handed_in + "\n"
        found |= {f"{student}/{PS}/{name}": text for name, text in plan.files.items()}
    return found


def shipped():
    """The files of the sample class as they are in submitted/."""
    paths = [path for path in COURSE.submitted.glob("sample-*/**/*") if path.is_file()]
    paths.append(COURSE.submitted / "sample-roster.csv")
    return {path.relative_to(COURSE.submitted).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def write():
    for folder in COURSE.submitted.glob("sample-*/"):
        if folder.is_dir():
            shutil.rmtree(folder)
    for name, text in files().items():
        path = COURSE.submitted / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(write())
