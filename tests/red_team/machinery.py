"""The red team's submissions: read from files, made into notebooks, graded as one class at some isolation level."""

import copy
import hashlib
import os
import re
import time
from functools import cache
from pathlib import Path
from unittest import mock

import nbformat
import psutil
from mini_course import PS, cell_named, hand_in, released, write

from gradschool.course.notebooks import build_all
from gradschool.course.release import release
from gradschool.grade.classroom import grade_class
from gradschool.grade.preprocessors import ExecuteInTwoRooms
from gradschool.grade.rooms import exam, sandbox

HERE = Path(__file__).parent
FILES = sorted([*(HERE / "hostile").glob("*.py"), *(HERE / "honest").glob("*.py")])
FULL = {"slope": 3, "gradient": 3, "dual": 3}
# A room is small, so that what fills it fills no machine; and nobody waits long for what never ends.
CONFIG = """
c.ExecuteInTwoRooms.memory = 1024
c.Autograde.autograde_preprocessors[0] = "red_team.machinery.Impatient"
"""


class Impatient(ExecuteInTwoRooms):
    """Waits one second for a room that was told to stop, in whatever process."""

    def execute(self, *arguments):
        with mock.patch.object(exam, "GRACE", 1.0):
            super().execute(*arguments)


# ---- files


@cache
def parts(path):
    """The header of a file, and its cells as (where, text)."""
    head, *cells = re.split(r"^# %% (.*)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return head, list(zip(cells[::2], cells[1::2], strict=True))


def header(path, name):
    """What a line of the header says, or None."""
    return next(iter(re.findall(rf"^# {name}: (.*)$", parts(path)[0], re.MULTILINE)), None)


def points(text):
    return {name: int(number) for name, number in (entry.split() for entry in text.split(", "))}


def deserves(path, walls=True):
    """The marks that a file deserves; None if it must not be run without walls and there are none."""
    if walls or path.parent.name == "honest":
        return points(header(path, "deserves"))
    without = header(path, "without walls")
    return deserves(path) if without == "the same" else without and points(without)


def notebook(course, solved, cells):
    """The solved problem set with these cells in it."""
    made = copy.deepcopy(solved)
    for where, text in cells:
        text = text.strip("\n").replace("@NULL@", "\0\f")
        place, _, times = where.partition(" repeat ")
        new = [_cell(place, text) for _ in range(int(times or 1))]
        if place in FULL:
            cell_named(made, place).source = text
        elif place == "top":
            made.cells[:0] = new
        elif place.startswith("after "):
            index = made.cells.index(cell_named(made, place.removeprefix("after "))) + 1
            made.cells[index:index] = new
        else:
            made.cells += new
    return made


def _cell(place, text):
    makers = {"markdown": nbformat.v4.new_markdown_cell, "raw": nbformat.v4.new_raw_cell}
    return makers.get(place, nbformat.v4.new_code_cell)(text)


# ---- operations on the notebook itself; each takes a solved one in which slope is wrong


def edit_checks(made):
    for name in ("slope-check", "slope-hidden"):
        cell_named(made, name).source = "pass"


def retype_checks(made):
    for name in ("slope-check", "slope-hidden"):
        made.cells[made.cells.index(cell_named(made, name))] = nbformat.v4.new_markdown_cell("gone")


def skip_checks(made):
    for cell in made.cells:
        cell.metadata.tags = ["skip-execution", "raises-exception", "remove-cell"]


def raise_points(made):
    for name in ("slope-check", "slope-hidden", "slope"):
        cell_named(made, name).metadata.nbgrader |= {"points": 100, "grade": True, "locked": False}


def swap_labels(made):
    one, two = cell_named(made, "slope"), cell_named(made, "slope-hidden")
    one.metadata.nbgrader["grade_id"], two.metadata.nbgrader["grade_id"] = "slope-hidden", "slope"


def double_checks(made):
    twin = copy.deepcopy(cell_named(made, "slope-hidden"))
    twin.source, twin.id = "pass", "twin"
    made.cells.append(twin)


def own_graded_cell(made):
    mine = nbformat.v4.new_code_cell("pass")
    mine.metadata.nbgrader = {"grade": True, "grade_id": "gift", "points": 50, "solution": False, "schema_version": 3}
    made.cells.append(mine)


def foreign_kernel(made):
    made.metadata.kernelspec = {"name": "../../evil", "display_name": "R", "language": "R"}
    made.metadata.language_info = {"name": "R"}


def false_outputs(made):
    for cell in made.cells:
        if cell.cell_type == "code":
            cell.outputs = [nbformat.v4.new_output("execute_result", data={"text/plain": "2.0"}, execution_count=1)]


SURGERY = [edit_checks, retype_checks, skip_checks, raise_points, double_checks, own_graded_cell, foreign_kernel]
SURGERY += [false_outputs]
WRONG = [("slope", "def slope(f, x, h):\n    return 0.0")]


# ---- grading


def course_in(root):
    """The red team's course, built and released in a folder, and its problem set with the reference's answers."""
    course = write(root, timeout=3)
    unit = course.root / "course" / "01_small"
    (unit / f"{PS}.md").write_text((HERE / "ps.md").read_text(encoding="utf-8"), encoding="utf-8")
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(CONFIG)
    build_all(course)
    release(course)
    solved = released(course)
    source = nbformat.read(course.source / PS / f"{PS}.ipynb", as_version=4)
    for name in FULL:
        cell_named(solved, name).source = cell_named(source, name).source
    return course, solved


def hand_in_all(course, solved, files=FILES, surgery=(*SURGERY, swap_labels)):
    """Everybody's submission. What each deserves, by student."""
    for path in files:
        hand_in(course, path.stem, notebook(course, solved, parts(path)[1]))
    for operation in surgery:
        made = notebook(course, solved, WRONG if operation is not swap_labels else [])
        operation(made)
        hand_in(course, operation.__name__, made)


def grade(course, **options):
    """The results by student."""
    result = grade_class(course, PS, progress=False, **options)
    return {student.student.id: student for student in result.students}


def marks(student):
    return {name: question.score for name, question in student.questions.items()}


# Browsers, databases and pools of processes that are at work on this machine.
OF_OTHERS = re.compile(r"\.(org\.chromium|com\.google)|PostgreSQL|sem\.mp-")
OF_A_PROCESS = re.compile(r"sem\.(?:loky|joblib)-(\d+)-")


def is_of_others(name):
    made = OF_A_PROCESS.match(name)
    return OF_OTHERS.match(name) or (made and psutil.pid_exists(int(made[1])))


def staying(place):
    """The names that are in a folder for a second: the C library and multiprocessing make some for a moment."""
    names = set(os.listdir(place))
    for _ in range(10):
        time.sleep(0.1)
        names &= set(os.listdir(place))
    return {name for name in names if not is_of_others(name)}


def canary(root):
    """What no submission may touch, by content or by name."""
    files = [path for name in ("course", "source", "release", "submitted") for path in (root / name).rglob("*")]
    files += [path for path in Path(sandbox.__file__).parents[2].rglob("*.py")]
    seen = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()}
    for place in (Path.home(), Path("/dev/shm"), Path("/")):
        seen |= {place / name: "is there" for name in staying(place)}
    return seen
