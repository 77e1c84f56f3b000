"""A grader that is killed, at any moment: a rerun goes on from there and yields the marks of an undisturbed run."""

import multiprocessing
import os
import random
import sys
import time

import nbformat
import pytest
from grading import Grader, class_of, receipts, rows, slow_class
from mini_course import PS, make

from gradschool.course.layout import Course
from gradschool.grade import gradebook, verdicts
from gradschool.grade.classroom import grade_class
from gradschool.grade.rooms import sandbox

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),
    pytest.mark.skipif(sandbox.why_no_walls() is not None, reason=f"no sandbox: {sandbox.why_no_walls()}"),
]
KILLS = 6
NUMBER = 20


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    return make(tmp_path_factory.mktemp("empty course"))


@pytest.fixture(scope="module")
def undisturbed(empty, tmp_path_factory):
    """What the gradebook and the table hold after a run that nobody disturbed."""
    course = class_of(empty, tmp_path_factory.mktemp("undisturbed") / "course", slow_class(NUMBER, 0.3))
    grade_class(course, PS, progress=False)
    return rows(course), (course.root / "grades.csv").read_text(encoding="utf-8-sig")


@pytest.fixture
def course(empty, tmp_path):
    return class_of(empty, tmp_path / "course", slow_class(NUMBER, 0.3))


def assert_whole(course, undisturbed):
    """Whoever has a receipt has all that it stands for."""
    done, wanted = receipts(course), undisturbed[0]
    held = rows(course) if done else {}
    for student in done:
        assert held[student] == wanted[student]
        notebook = nbformat.read(course.root / "autograded" / student / PS / f"{PS}.ipynb", as_version=4)
        assert set(verdicts.questions(notebook)) == {"double", "root"}
        assert "</html>" in (course.root / "feedback" / student / PS / f"{PS}.html").read_text(encoding="utf-8")[-200:]
    return set(done)


def assert_as_if_nothing_had_been(course, undisturbed):
    done = assert_whole(course, undisturbed)
    result = grade_class(course, PS, progress=False)
    assert {each.student.id for each in result.students if not each.fresh} == done, "graded twice, or not at all"
    assert (rows(course), (course.root / "grades.csv").read_text(encoding="utf-8-sig")) == undisturbed
    assert len(assert_whole(course, undisturbed)) == NUMBER
    assert not list(course.root.glob(".grad*-*/")) and not list(course.root.glob("**/.*.new"))


def test_a_grader_that_is_killed_again_and_again(course, undisturbed):
    chance, left = random.Random(), []
    progress = [0]
    for kill in range(KILLS):
        grader = Grader(course, "--jobs", str(1 + kill % 2))
        # Early, while it starts, or after some more have been graded.
        if kill % 3 == 0:
            time.sleep(chance.uniform(0.2, 4))
        else:
            more = progress[-1] + chance.randint(1, 2)
            grader.wait_for(lambda more=more: len(receipts(course)) >= more)
            time.sleep(chance.uniform(0, 0.3))
        grader.kill()
        assert grader.left_over() == []
        progress.append(len(assert_whole(course, undisturbed)))
        left.append(len(list(course.root.glob(".grading-*"))))
    assert progress == sorted(progress) and 0 < progress[-1] < NUMBER, progress
    assert max(left) <= 1, "folders of killed graders pile up"
    assert_as_if_nothing_had_been(course, undisturbed)


# ---- at one moment, exactly


def grade_and_die(root, holder, name, number, before, regrade):
    """In a process of its own: grade, and be gone before or after the so-many-th call of a function."""
    holder = {"Gradebook": gradebook.Gradebook, "os": os}.get(holder) or sys.modules[f"gradschool.grade.{holder}"]
    original, count = getattr(holder, name), iter(range(1000))

    def dies(*arguments, **options):
        now = next(count) == number
        if now and before:
            os._exit(9)
        result = original(*arguments, **options)
        if now:
            os._exit(9)
        return result

    setattr(holder, name, dies)
    grade_class(Course(root), PS, progress=False, regrade=regrade)


MOMENTS = {
    "in the transaction": ("Gradebook", "entered", 1, False, False),
    "after the transaction": ("Gradebook", "enter", 2, False, False),
    "between the notebook and the page": ("classroom", "write_whole", 1, False, False),
    "before the receipt": ("receipts", "write", 1, True, False),
    "in the middle of a file": ("os", "replace", 3, True, False),
    "before the old marks are forgotten": ("Gradebook", "forget", 0, True, True),
    "when files are gone and marks are not": ("gradebook", "rmtree", 1, False, True),
    "between forgetting and entering": ("Gradebook", "enter", 0, True, True),
}


def test_a_grader_that_dies_between_the_gradebook_and_the_files(course, undisturbed):
    """One after the other in the same course, each on what the one before has left."""
    forkserver = multiprocessing.get_context("forkserver")
    forkserver.set_forkserver_preload(["gradschool.grade.classroom"])
    for words, moment in MOMENTS.items():
        before = set(receipts(course))
        grader = forkserver.Process(target=grade_and_die, args=(course.root, *moment))
        grader.start()
        grader.join(120)
        assert grader.exitcode == 9, words
        after = assert_whole(course, undisturbed)
        assert after >= before or moment[-1], words
    assert_as_if_nothing_had_been(course, undisturbed)


def test_folders_that_a_killed_grader_left_are_removed(course):
    left = course.root / ".grading-abcdefgh" / PS
    left.mkdir(parents=True)
    (left / f"{PS}.ipynb").write_text("{", encoding="utf-8")
    grade_class(course, PS, progress=False)
    assert not list(course.root.glob(".grading-*"))
