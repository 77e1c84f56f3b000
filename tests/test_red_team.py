"""The red team: each file of red_team/hostile tries for marks that it has not earned, or to do harm, in a problem set
whose checks call back, measure and probe; each of red_team/honest does what students do, and must not suffer.

The first line of a file says what it does, the next what it deserves, to the point. A line `known hole:` says why it
gets more than that today. What test_hostile.py tries on plain assertions is not tried again here.
"""

import os
import re
import subprocess
import time

import nbformat
import pytest
from mini_course import PS
from red_team import levels
from red_team.machinery import FILES, FULL, SURGERY, canary, course_in, deserves, grade, hand_in_all, header, marks

from gradschool.grade.rooms import cgroups, sandbox

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),
    pytest.mark.skipif(sandbox.why_no_walls() is not None, reason=f"no sandbox: {sandbox.why_no_walls()}"),
]


# ---- grading them all


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    course, solved = course_in(tmp_path_factory.mktemp("red"))
    hand_in_all(course, solved)
    before = canary(course.root)
    students = grade(course, jobs=2)
    return course, students, before, canary(course.root)


def name_of(path):
    return f"{path.parent.name}-{path.stem}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_everybody_gets_what_they_deserve(graded, path, request):
    found = graded[1][path.stem]
    if hole := header(path, "known hole"):
        request.applymarker(pytest.mark.xfail(reason=hole, strict=True))
    assert found.failed is None
    assert marks(found) == deserves(path)


@pytest.mark.parametrize("operation", SURGERY, ids=lambda operation: operation.__name__)
def test_an_operation_on_the_notebook_earns_nothing(graded, operation):
    found = graded[1][operation.__name__]
    assert found.failed is None
    assert marks(found) == FULL | {"slope": 0}


def test_labels_that_were_swapped_cost_only_their_question(graded):
    found = graded[1]["swap_labels"]
    assert found.failed is None
    assert marks(found) == FULL | {"slope": 0}


def test_honest_files_deserve_everything():
    assert all(deserves(path) == FULL for path in FILES if path.parent.name == "honest")
    assert any(deserves(path) != FULL for path in FILES)


# ---- what nobody may do, whatever their marks


def test_nothing_outside_the_rooms_has_changed(graded):
    _, _, before, after = graded
    assert {path for path in before if before[path] != after.get(path)} == set()
    assert set(after) - set(before) == set()


def test_no_script_and_no_handler_reaches_a_page(graded):
    course, students, *_ = graded
    harm = re.compile(r"<(?:script|iframe|object|svg)\b|<img[^>]*\son\w+\s*=|href\s*=\s*.?javascript:", re.IGNORECASE)
    for student in students:
        page = (course.root / "feedback" / student / PS / f"{PS}.html").read_text(encoding="utf-8")
        assert not harm.search(page), student


def test_only_known_kinds_of_display_are_kept(graded):
    course, *_ = graded
    text = (course.root / "autograded" / "scripts" / PS / f"{PS}.ipynb").read_text(encoding="utf-8")
    made = nbformat.reads(text, as_version=4)
    shown = [output.data for cell in made.cells for output in cell.get("outputs", []) if "data" in output]
    kinds = {kind for data in shown for kind in data}
    assert "text/html" in kinds and "text/markdown" in kinds, "the attack did not run"
    assert not kinds & {"application/javascript", "application/vnd.jupyter.widget-view+json", "image/png"}


def test_what_goes_to_a_terminal_does_not_steer_it(graded):
    reasons = graded[1]["error_with_a_verdict_in_it"].questions["gradient"].reasons
    assert reasons
    assert all(str(reason).isprintable() for reason in reasons.values())


def test_output_is_kept_within_bounds(graded):
    course, *_ = graded
    for path in (course.root / "autograded").rglob("*.ipynb"):
        assert path.stat().st_size < 25_000_000, path


def test_no_hidden_value_shows_where_a_check_failed(graded):
    course, students, *_ = graded
    for student in students:
        page = (course.root / "feedback" / student / PS / f"{PS}.html").read_text(encoding="utf-8")
        assert "x**3 - 2 * x" not in page, student


def test_nothing_outlives_its_room(graded):
    for _ in range(25):
        listed = subprocess.run(["ps", "-eo", "ppid,args"], capture_output=True, text=True, check=True).stdout
        left = [line for line in listed.splitlines() if "gradschool.grade.rooms" in line]
        left = [line for line in left if int(line.split()[0]) in (1, os.getpid())]
        if not left:
            return
        time.sleep(0.2)
    pytest.fail(f"still running: {left}")


# ---- isolation levels


ONLY_GROUPS_STOP = {"takes more memory than it may, by many"}
ONLY_THE_FILTER_STOPS = {
    "has memory as a file without a name", "traces a process", "has a socket to the kernel (netlink)",
    "reaches the kernel's keys",
}  # fmt: skip
MAYBE = {"reaches the kernel's keys", "traces a process"}  # what the machine itself may forbid


def groups_here():
    group = cgroups.Group(2**30, 100)
    group.close()
    return bool(group.folders)


@pytest.mark.parametrize("name", levels.LEVELS)
def test_a_level_stops_what_it_says(name, tmp_path):
    through = {probe for probe, got in levels.measured(name, tmp_path).items() if got}
    of_root = set() if sandbox._somebody_else() or os.geteuid() else {"starts more processes than it may"}
    known = {
        levels.FULL: set(),
        levels.NO_GROUPS: ONLY_GROUPS_STOP | of_root,
        levels.NO_FILTER: ONLY_THE_FILTER_STOPS,
        levels.NO_WALLS: set(levels.PROBES),
    }[name]
    if not groups_here():
        known |= ONLY_GROUPS_STOP | of_root
    assert through - MAYBE == known - MAYBE
