"""A gradebook that somebody else has locked, and a disk that is full: said for each submission, and survived."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from mini_course import DOUBLE, PS, ROOT, answered, copy_of, hand_in, make
from nbgrader.api import Gradebook

from gradschool.course.layout import Course, CourseError
from gradschool.grade import gradebook as grading
from gradschool.grade import report
from gradschool.grade.classroom import grade_class
from gradschool.grade.rooms import sandbox
from gradschool.grade.rooms.questions import SECRET, seed_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),
    pytest.mark.skipif(sandbox.why_no_walls() is not None, reason=f"no sandbox: {sandbox.why_no_walls()}"),
]
CLASS = {"ada": DOUBLE, "bob": "def double(x):\n    return 4", "eve": "def double(x):\n    return 3 * x"}
WANTED = {"ada": {"double": 3, "root": 2}, "bob": {"double": 1, "root": 2}, "eve": {"double": 0, "root": 2}}


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """Three students' work, which nobody has graded."""
    course = make(tmp_path_factory.mktemp("empty course"))
    for student, double in CLASS.items():
        hand_in(course, student, answered(course, double=double, root=ROOT))
    return course


@pytest.fixture
def course(empty, tmp_path):
    return copy_of(empty, tmp_path / "course")


def marks(result):
    return {
        student.student.id: {name: question.score for name, question in student.questions.items()}
        for student in result.students
    }


def in_gradebook(course):
    """The scores by student; None where there is no submission."""
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "gradient-school") as gradebook:
        return {entry["student"]: entry["score"] for entry in gradebook.submission_dicts(PS)}


def receipts(course):
    return {path.parts[-3] for path in course.root.glob(f"autograded/*/{PS}/receipt.json")}


def assert_nothing_half_done(course, result):
    """Who was not graded has a reason in one line, no marks, and nothing that a later run takes for marks."""
    failed = {student.student.id for student in result.students if student.failed}
    for student in result.students:
        if student.failed:
            assert student.questions == {} and "\n" not in student.failed and 10 < len(student.failed) < 300
            assert student.failed in report.table(result)
        else:
            assert {name: question.score for name, question in student.questions.items()} == WANTED[student.student.id]
    assert not failed & receipts(course)
    assert not list(course.root.glob("**/.*.new")) and not list(course.root.glob(".grad[ei]*-*"))
    return failed


def assert_as_if_nothing_had_been(course):
    """A run without trouble yields the marks of runs without trouble, and grades what was not graded."""
    graded = receipts(course)
    result = grade_class(course, PS, progress=False)
    assert marks(result) == WANTED and not any(student.failed for student in result.students)
    assert {student.student.id for student in result.students if not student.fresh} == graded
    assert in_gradebook(course) == {student: sum(each.values()) for student, each in WANTED.items()}
    assert receipts(course) == set(CLASS)


# ---- locked


class Lock:
    """Another program that has the gradebook to itself, from `take` to `let_go`."""

    def __init__(self, course):
        self.path = course.root / "gradebook.db"
        self.database = None

    def take(self):
        self.database = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        self.database.execute("BEGIN EXCLUSIVE")

    def let_go(self):
        if self.database is not None:
            self.database.rollback()
            self.database.close()
            self.database = None


@pytest.fixture
def lock(course):
    """SQLite waits 5 seconds of its own before it says so: here a twentieth of one."""
    url = f"sqlite:///{course.root / 'gradebook.db'}?timeout=0.05"
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(f"c.CourseDirectory.db_url = {url!r}\n")
    lock = Lock(course)
    yield lock
    lock.let_go()


def before_each_entry(monkeypatch, act):
    """Have act(number) done before each submission's marks are entered."""
    enter, count = grading.Gradebook.enter, iter(range(100))

    def enter_after(self, *arguments):
        act(next(count))
        return enter(self, *arguments)

    monkeypatch.setattr(grading.Gradebook, "enter", enter_after)


def test_a_lock_of_a_few_seconds_is_waited_for(course, lock, monkeypatch):
    monkeypatch.setattr(grading, "PATIENCE", (0.2,) * 50)
    waited = []

    def take_for_a_second(number):
        if number == 1:
            lock.take()
            waited.append(threading.Timer(1.0, lock.let_go))
            waited[0].start()

    before_each_entry(monkeypatch, take_for_a_second)
    result = grade_class(course, PS, progress=False)
    assert waited and not waited[0].is_alive(), "nobody waited: the test shows nothing"
    assert marks(result) == WANTED and assert_nothing_half_done(course, result) == set()


def test_a_lock_for_ever_is_said_of_each_submission_and_a_rerun_completes(course, lock, monkeypatch):
    monkeypatch.setattr(grading, "PATIENCE", (0.01,))
    before_each_entry(monkeypatch, lambda number: lock.take() if number == 1 else None)
    result = grade_class(course, PS, progress=False)
    failed = assert_nothing_half_done(course, result)
    assert len(failed) == 2 and all("locked" in s.failed for s in result.students if s.failed)
    lock.let_go()
    monkeypatch.undo()
    assert_as_if_nothing_had_been(course)


def test_old_marks_that_cannot_be_taken_back_are_not_taken_for_new_ones(course, lock, monkeypatch):
    """The work was handed in anew, its grading fails, and so does forgetting: the old marks stay in the gradebook."""
    grade_class(course, PS, progress=False)
    monkeypatch.setattr(grading, "PATIENCE", ())
    hand_in(course, "ada", answered(course, double="def double(x):\n    return 0", root=ROOT))
    before_each_entry(monkeypatch, lambda number: lock.take())
    result = grade_class(course, PS, progress=False)
    [ada] = [student for student in result.students if student.student.id == "ada"]
    assert "locked" in ada.failed and "ada" not in receipts(course)
    lock.let_go()
    monkeypatch.undo()
    [ada] = [s for s in grade_class(course, PS, progress=False).students if s.student.id == "ada"]
    assert ada.fresh and ada.score == 2


def test_a_gradebook_that_is_locked_from_the_start_is_said_in_one_line(course, lock, monkeypatch):
    grade_class(course, PS, progress=False)
    monkeypatch.setattr(grading, "PATIENCE", ())
    lock.take()
    with pytest.raises(CourseError, match="locked") as problem:
        grade_class(course, PS, regrade=True, progress=False)
    assert "\n" not in str(problem.value)
    assert receipts(course) == set(CLASS), "marks were thrown away for nothing"
    lock.let_go()
    assert marks(grade_class(course, PS, progress=False)) == WANTED


# ---- full


@contextlib.contextmanager
def small_disk(size):
    """A folder on a disk of so many MiB."""
    folder = tempfile.mkdtemp(prefix="small-disk-")
    mounted = os.geteuid() == 0 and shutil.which("mount")
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}m", "tmpfs", folder]
    if not mounted or subprocess.run(command, capture_output=True).returncode:
        os.rmdir(folder)
        pytest.skip("only root can mount a small disk")
    try:
        yield Path(folder)
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
        os.rmdir(folder)


def fill(folder, but=0):
    """Leave no more than so many bytes."""
    free = shutil.disk_usage(folder).free
    with (folder / "filling").open("wb") as file, contextlib.suppress(OSError):
        file.write(bytes(max(free - but, 0)))


@pytest.mark.parametrize("space", [0, 8, 24, 64, 160], ids="{} KiB left".format)
def test_a_disk_that_fills_up_while_grading(empty, monkeypatch, space):
    with small_disk(12) as disk:
        course = copy_of(empty, disk / "course")
        before_each_entry(monkeypatch, lambda number: fill(disk, space * 1024) if number == 1 else None)
        try:
            result = grade_class(course, PS, progress=False)
        except CourseError as problem:  # not even the table could be written: said, after all that was done
            assert "\n" not in str(problem) and "grades.csv" in str(problem)
        else:
            failed = assert_nothing_half_done(course, result)
            assert len(failed) < 3 or space == 0
        finally:
            (disk / "filling").unlink()
            monkeypatch.undo()
        assert_as_if_nothing_had_been(course)


def test_a_disk_that_is_full_from_the_start_is_said_in_one_line(empty):
    with small_disk(12) as disk:
        course = copy_of(empty, disk / "course")
        fill(disk)
        with pytest.raises(CourseError, match=r"(?i)no space left|disk is full") as problem:
            grade_class(course, PS, progress=False)
        assert "\n" not in str(problem.value)
        (disk / "filling").unlink()
        assert_as_if_nothing_had_been(course)


def test_the_secret_is_written_whole_or_not_at_all():
    """Half a secret would be one that can be guessed, and the seeds of a rerun would come from it."""
    with small_disk(1) as disk:
        fill(disk)
        with pytest.raises(OSError):
            seed_for(disk, "ada", PS)
        (disk / "filling").unlink()
        assert not list(disk.iterdir())
        assert seed_for(disk, "ada", PS) == seed_for(disk, "ada", PS)
        assert len((disk / SECRET).read_text(encoding="ascii")) == 64
        assert [path.name for path in disk.iterdir()] == [SECRET]
        assert (disk / SECRET).stat().st_mode & 0o777 == 0o600


LIMITED = """
import resource, sys
sys.path[:0] = [{tests!r}, {repository!r}]
from mini_course import PS
from gradschool.course.layout import Course, CourseError
from gradschool.grade import gradebook, report
from gradschool.grade.classroom import grade_class
from pathlib import Path

enter, entered = gradebook.Gradebook.enter, []
def limited(*arguments):
    if entered:  # the second one: from here on no file may be larger than this
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, resource.RLIM_INFINITY))
    entered.append(1)
    return enter(*arguments)
gradebook.Gradebook.enter = limited
for student in grade_class(Course(Path({root!r})), PS, progress=False).students:
    print(student.student.id, "|", student.failed)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on files")
def test_a_file_that_may_not_grow(course):
    """As under a quota: the write fails, and everybody may meet it, not root alone."""
    here = Path(__file__)
    program = LIMITED.format(tests=str(here.parent), repository=str(here.parents[1]), root=str(course.root))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    lines = dict(line.split(" | ") for line in done.stdout.splitlines())
    assert set(lines) == set(CLASS)
    assert [why == "None" for why in lines.values()].count(True) == 1, lines
    assert {student for student, why in lines.items() if why == "None"} == receipts(course)
    assert_as_if_nothing_had_been(Course(course.root))
