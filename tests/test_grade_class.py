"""A class in which almost everybody did something that used to break grading. Real sandboxes, real nbgrader."""

import contextlib
import csv
import json
import re
import sqlite3
import subprocess
import sys
import threading
import time

import nbformat
import pytest
from mini_course import DOUBLE, PS, ROOT, answered, cell_named, copy_of, hand_in, make
from nbgrader.api import Gradebook, get_alembic_version

from gradschool.course.layout import CourseError
from gradschool.grade import gradebook as grading
from gradschool.grade import intake, report
from gradschool.grade.classroom import grade_class
from gradschool.grade.examine import examine

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")]

FULL = {"double": 3, "root": 2}


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """The course as it is before anybody hands in."""
    return make(tmp_path_factory.mktemp("empty course"))


@pytest.fixture
def course(empty, tmp_path):
    """A course of its own for one test."""
    return copy_of(empty, tmp_path / "course")


@pytest.fixture(scope="module")
def graded(empty, tmp_path_factory):
    """The broken class, graded once: the course, the result, and the rows of grades.csv."""
    course = copy_of(empty, tmp_path_factory.mktemp("graded") / "Ma thèse (2026)")
    hand_in_everything(course)
    before = {path: path.read_bytes() for path in course.submitted.rglob("*") if path.is_file()}
    result = grade_class(course, PS, progress=False)
    assert before == {path: path.read_bytes() for path in course.submitted.rglob("*") if path.is_file()}
    return course, result, rows(course)


def rows(course):
    with (course.root / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


def hand_in_everything(course):
    good = answered(course, double=DOUBLE, root=ROOT)
    hand_in(course, "ada", good)
    hand_in(course, "Bjørn Åström", good)
    hand_in(course, "c[a]r*l?{x}", good)
    hand_in(course, "utf16", nbformat.writes(good).encode("utf-16"))
    hand_in(course, "old format", nbformat.writes(nbformat.convert(good, 3), version=3))
    hand_in(course, "empty", b"")
    hand_in(course, "not a notebook", "<html>my notebook</html>")
    hand_in(course, "untouched", answered(course))
    hand_in(course, "wrong", answered(course, double="def double(x):\n    return int(x * 2)", root=ROOT))
    hand_in(course, "syntax", answered(course, double="def double(x)\n    return 2 * x", root=ROOT))
    hand_in(course, "name error", answered(course, double=DOUBLE, root="def root(x):\n    return sqrt(x)"))
    loud = "import sys\n\n\ndef double(x):\n    print('here', x, file=sys.stderr)\n    return 2 * x"
    hand_in(course, "loud", answered(course, double=loud, root=ROOT))
    hand_in(
        course,
        "endless",
        answered(course, double="def double(x):\n    while True:\n        print(x)", root=ROOT),
    )
    deaf = "import signal\n\n\ndef root(x):\n    signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    deaf += "    while True:\n        pass"
    hand_in(course, "deaf", answered(course, double=DOUBLE, root=deaf))
    hand_in(
        course, "dead", answered(course, double="import os\n\n\ndef double(x):\n    os._exit(1)", root=ROOT)
    )
    shadow = hand_in(course, "shadow", good)
    (shadow / "math.py").write_text("raise SystemExit", encoding="utf-8")
    (shadow / "warnings.py").write_text("raise SystemExit", encoding="utf-8")
    late = hand_in(course, "late", good)
    (late / "timestamp.txt").write_text("2026-10-08 02:59:00 UTC", encoding="utf-8")
    unclear = hand_in(course, "unclear", good)
    (unclear / "timestamp.txt").write_text("yesterday, I think", encoding="utf-8")
    (course.submitted / "due.toml").write_text(f"{PS} = 2026-10-05T23:59:00Z\n", encoding="utf-8")
    no_check = answered(course, double="def double(x):\n    return 4", root=ROOT)
    no_check.cells.remove(cell_named(no_check, "double-hidden"))
    cell_named(no_check, "double-check").metadata["tags"] = ["skip-execution"]
    hand_in(course, "no check", no_check)
    (course.submitted / "roster.csv").write_text(
        "student_id,last_name,first_name\nada,Lovelace,Ada\nabsent,=cmd(),Nobody\n", encoding="utf-8"
    )


EXPECTED = {
    "ada": (FULL, ""),
    "Bjørn Åström": (FULL, ""),
    "utf16": (FULL, "read as UTF-16"),
    "old format": (FULL, "old notebook format, upgraded"),
    "empty": ({"double": 0, "root": 0}, "empty file: The file is empty."),
    "not a notebook": ({"double": 0, "root": 0}, "not a notebook: The file is not a notebook"),
    "untouched": ({"double": 0, "root": 0}, "everything: not attempted"),
    "wrong": ({"double": 1, "root": 2}, ""),
    "syntax": ({"double": 0, "root": 2}, "double: could not run: SyntaxError: expected ':'"),
    "name error": ({"double": 3, "root": 0}, "root: could not run: NameError: name 'sqrt' is not defined"),
    "loud": (FULL, ""),
    "endless": ({"double": 0, "root": 2}, "double: timeout"),
    "deaf": ({"double": 3, "root": 0}, "root: timeout"),
    "dead": ({"double": 0, "root": 2}, "double: kernel died: in question double"),
    "shadow": (FULL, "left out: math.py, warnings.py"),
    "late": (FULL, "handed in 2 days 3 h late"),
    "unclear": (FULL, "timestamp.txt is not a time ('yesterday, I think'): nobody knows whether it was late"),
    "no check": ({"double": 1, "root": 2}, "check cell double-hidden restored: it was missing"),
}


@pytest.mark.parametrize("student", EXPECTED)
def test_everybody_gets_the_marks_and_the_reason_they_deserve(graded, student):
    _, result, table = graded
    marks, reason = EXPECTED[student]
    [found] = [found for found in result.students if found.student.id == student]
    assert {name: question.score for name, question in found.questions.items()} == marks
    assert found.failed is None
    row = table[student]
    assert {name: float(row[name]) for name in marks} == marks and float(row["score"]) == sum(marks.values())
    assert row["remarks"].startswith(reason) and bool(row["remarks"]) == bool(reason)
    assert reason in report.table(result)


def test_an_id_that_nbgrader_could_not_take_is_replaced(graded):
    _, result, _ = graded
    [found] = [found for found in result.students if re.fullmatch("c-a-r-l-x-[0-9a-f]{8}", found.student.id)]
    assert found.score == 5


def test_who_is_only_on_the_roster_is_listed_and_harmless_to_spreadsheets(graded):
    _, result, table = graded
    assert table["absent"]["remarks"] == "nothing handed in"
    assert table["absent"]["score"] == ""
    assert table["absent"]["last_name"] == "'=cmd()"
    assert table["ada"]["last_name"] == "Lovelace"
    assert f"{PS}: 19 submissions" in report.table(result)


def test_the_gradebook_says_the_same(graded):
    course, result, _ = graded
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "gradient-school") as gradebook:
        for student in result.students:
            if student.handed_in:
                submission = gradebook.find_submission(PS, student.student.id)
                assert submission.score == student.score and submission.max_score == 5
                assert not submission.needs_manual_grade
        assert gradebook.find_submission(PS, "late").total_seconds_late == (2 * 24 + 3) * 3600
        assert gradebook.find_student("ada").last_name == "Lovelace"


def test_everybody_has_an_autograded_copy_and_a_feedback_page(graded):
    course, result, _ = graded
    for student in result.students:
        if student.handed_in:
            page = course.root / "feedback" / student.student.id / PS / f"{PS}.html"
            text = page.read_text(encoding="utf-8")
            assert "Why points were lost" in text
            assert "0.75" not in text, "a hidden check shows"
            path = course.root / "autograded" / student.student.id / PS / f"{PS}.ipynb"
            nbformat.validate(json.loads(path.read_text(encoding="utf-8")))
    refused = (course.root / "feedback" / "empty" / PS / f"{PS}.html").read_text(encoding="utf-8")
    assert "This submission could not be graded" in refused


def test_output_without_end_is_not_kept(graded):
    course, _, _ = graded
    assert (course.root / "autograded" / "endless" / PS / f"{PS}.ipynb").stat().st_size < 3_000_000


def test_nothing_is_left_behind(graded):
    course, _, _ = graded
    assert not list(course.root.glob(".grading-*")) and not list(course.root.glob(".grades*"))


# One thing at a time
# --------------------------------------------------------------------------------------------


def test_a_second_run_grades_only_what_changed(course):
    hand_in(course, "ada", answered(course, double=DOUBLE, root=ROOT))
    hand_in(course, "bob", answered(course, double=DOUBLE))
    first = grade_class(course, PS, progress=False)
    assert [student.fresh for student in first.students] == [True, True]
    hand_in(course, "bob", answered(course, double=DOUBLE, root=ROOT))
    second = grade_class(course, PS, progress=False)
    assert [(student.fresh, student.score) for student in second.students] == [(False, 5), (True, 5)]
    assert second.students[0].questions == first.students[0].questions
    (course.root / "gradebook.db").unlink()
    third = grade_class(course, PS, progress=False)
    assert [(student.fresh, student.score) for student in third.students] == [(True, 5), (True, 5)]


def test_a_changed_hidden_check_or_regrade_grades_again(course):
    hand_in(course, "ada", answered(course, double=DOUBLE, root=ROOT))
    grade_class(course, PS, progress=False)
    assert grade_class(course, PS, regrade=True, progress=False).students[0].fresh
    path = course.source / PS / f"{PS}.ipynb"
    text = path.read_text(encoding="utf-8")
    assert "== 1.5" in text
    path.write_text(text.replace("== 1.5", "== 1.25"), encoding="utf-8")
    again = grade_class(course, PS, progress=False).students[0]
    assert again.fresh and again.questions["double"].score == 1


def gradebook_of(course):
    return Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "gradient-school")


def test_marks_by_hand_stay_and_stale_ones_go(course, monkeypatch):
    hand_in(course, "ada", answered(course, double=DOUBLE, root=ROOT))
    grade_class(course, PS, progress=False)
    with gradebook_of(course) as gradebook:
        grade = gradebook.find_grade("root-check", PS, PS, "ada")
        grade.manual_score, grade.extra_credit = 1, 0.5
        gradebook.find_comment("root", PS, PS, "ada").manual_comment = "see me"
        gradebook.db.commit()

    def break_down(self, nb, resources):
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr("gradschool.grade.preprocessors.JudgeByErrors.preprocess", break_down)
    [failed] = grade_class(course, PS, regrade=True, progress=False).students
    assert failed.failed == "RuntimeError: the disk is on fire" and failed.questions == {}
    assert "disk is on fire" in (course.root / "autograded" / "failures.log").read_text(encoding="utf-8")
    with gradebook_of(course) as gradebook:
        assert gradebook.find_grade("double-check", PS, PS, "ada").auto_score is None
        assert gradebook.find_submission(PS, "ada").score == 1.5
    monkeypatch.undo()
    [mended] = grade_class(course, PS, progress=False).students
    assert mended.score == 4.5 and mended.fresh
    with gradebook_of(course) as gradebook:
        assert gradebook.find_comment("root", PS, PS, "ada").comment == "see me"


def test_a_failure_of_the_grader_costs_nobody_else(course, monkeypatch):
    hand_in(course, "ada", answered(course, double=DOUBLE, root=ROOT))
    hand_in(course, "bob", answered(course, double=DOUBLE, root=ROOT))

    def fail_for_ada(paper, student, *rest):
        if student == "ada":
            raise OSError("no space left")
        return examine(paper, student, *rest)

    monkeypatch.setattr("gradschool.grade.classroom.examine", fail_for_ada)
    result = grade_class(course, PS, progress=False)
    assert [student.score for student in result.students] == [0, 5]
    assert "NOT GRADED, the grader failed: OSError: no space left" in report.table(result)
    assert rows(course)["ada"]["score"] == ""


def test_ctrl_c_ends_the_run(course, monkeypatch):
    hand_in(course, "ada", answered(course))

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("gradschool.grade.classroom.examine", interrupted)
    with pytest.raises(KeyboardInterrupt):
        grade_class(course, PS, progress=False)
    assert not list(course.root.glob(".grading-*"))


def test_a_locked_database_is_waited_for(course, monkeypatch):
    hand_in(course, "ada", answered(course, double=DOUBLE, root=ROOT))
    grade_class(course, PS, progress=False)
    examined = nbformat.read(course.root / "autograded" / "ada" / PS / f"{PS}.ipynb", as_version=4)
    url = f"sqlite:///{course.root / 'gradebook.db'}?timeout=0.05"
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(f"c.CourseDirectory.db_url = {url!r}\n")
    monkeypatch.setattr(grading, "PATIENCE", (0.3,) * 20)
    locked, let_go = threading.Event(), threading.Event()

    def hold():
        with contextlib.closing(
            sqlite3.connect(course.root / "gradebook.db", isolation_level=None)
        ) as database:
            database.execute("BEGIN EXCLUSIVE")
            locked.set()
            let_go.wait(2)
            database.rollback()

    holder = threading.Thread(target=hold)
    with grading.Gradebook(course, PS) as gradebook:
        gradebook.register(None)
        holder.start()
        locked.wait(5)
        began = time.monotonic()
        gradebook.enter(grading.Student("ada"), examined, None)
        assert time.monotonic() - began > 1.5, "the lock was not in the way: the test shows nothing"
        assert gradebook.graded()["ada"].score == 5
    holder.join()
    monkeypatch.setattr(grading, "PATIENCE", ())
    with grading.Gradebook(course, PS) as gradebook:
        let_go.clear()
        locked.clear()
        holder = threading.Thread(target=hold)
        holder.start()
        locked.wait(5)
        with pytest.raises(grading.StepFailed, match="locked"):
            gradebook.enter(grading.Student("ada"), examined, None)
        let_go.set()
        holder.join()


def test_a_new_gradebook_has_the_version_that_nbgrader_gives_it(course):
    (course.root / "gradebook.db").unlink(missing_ok=True)
    with grading.Gradebook(course, PS) as gradebook:
        gradebook.register(None)
    with contextlib.closing(sqlite3.connect(course.root / "gradebook.db")) as database:
        assert database.execute("select version_num from alembic_version").fetchall() == [(get_alembic_version(),)]


def test_the_sample_class_steps_back_for_a_real_one(course):
    hand_in(course, "sample-01-ada", answered(course, double=DOUBLE))
    alone = grade_class(course, PS, progress=False)
    assert alone.sample and "sample class" in report.table(alone)
    hand_in(course, "bob", answered(course, double=DOUBLE, root=ROOT))
    result = grade_class(course, PS, progress=False)
    assert [student.student.id for student in result.students] == ["bob"] and not result.sample


def test_what_cannot_be_graded_is_said_with_the_way_out(course):
    with pytest.raises(CourseError, match=f"no problem set 'nosuch'. The problem sets are: {PS}"):
        grade_class(course, "nosuch", progress=False)
    with pytest.raises(
        CourseError, match=rf"Nobody has handed in {PS}. .* submitted/<student>/{PS}/{PS}.ipynb"
    ):
        grade_class(course, PS, progress=False)
    hand_in(course, "ada", answered(course))
    (course.submitted / "due.toml").write_text(f"{PS} = 2026-10-05\n", encoding="utf-8")
    with pytest.raises(CourseError, match="as a time with its zone"):
        grade_class(course, PS, progress=False)
    (course.submitted / "due.toml").unlink()
    (course.release / PS / f"{PS}.ipynb").rename(course.release / PS / "away.ipynb")
    with pytest.raises(CourseError, match="make release"):
        grade_class(course, PS, progress=False)
    other = intake.nbformat.read(course.release / PS / "away.ipynb", as_version=4)
    cell_named(other, "root-check").metadata.nbgrader.points = 7
    nbformat.write(other, course.release / PS / f"{PS}.ipynb")
    with pytest.raises(CourseError, match="other questions or points"):
        grade_class(course, PS, progress=False)
    (course.source / PS / f"{PS}.ipynb").unlink()
    with pytest.raises(CourseError, match="make notebooks"):
        grade_class(course, PS, progress=False)


def test_questions_that_changed_under_marks_are_said_and_the_way_out_works(course):
    hand_in(course, "ada", answered(course))
    grade_class(course, PS, progress=False)
    for folder in (course.source, course.release):
        path = folder / PS / f"{PS}.ipynb"
        path.write_text(path.read_text(encoding="utf-8").replace("root-check", "root-test"), encoding="utf-8")
    with pytest.raises(CourseError, match=f"`nbgrader db assignment remove {PS} --force`"):
        grade_class(course, PS, progress=False)
    command = [sys.executable, "-m", "nbgrader", "db", "assignment", "remove", PS, "--force"]
    subprocess.run(command, cwd=course.root, check=True, capture_output=True)
    hand_in(course, "ada", answered(course, double=DOUBLE, root=ROOT))
    assert grade_class(course, PS, progress=False).students[0].score == 5


def test_a_folder_that_nbgrader_cannot_work_in_is_said(empty, tmp_path):
    course = copy_of(empty, tmp_path / "course [2026]")
    hand_in(course, "ada", answered(course))
    with pytest.raises(CourseError, match="Rename it"):
        grade_class(course, PS, progress=False)


def test_a_receipt_says_how_marks_were_made(graded):
    course, _, _ = graded
    receipt = json.loads((course.root / "autograded" / "ada" / PS / "receipt.json").read_text(encoding="utf-8"))
    assert receipt["isolation"] == "sandbox"
    assert len(receipt["submission"]) == len(receipt["checks"]) == len(receipt["seed"]) == 64
    assert set(receipt["versions"]) == {"gradschool", "nbgrader", "numpy", "scipy", "autograd", "scikit-learn"}
    assert re.fullmatch(r"bubblewrap \S+, (no )?seccomp, (no control groups|control groups of version [12])",
                        receipt["walls"])


def test_without_a_sandbox_grading_stops_unless_the_submissions_are_trusted(course, monkeypatch):
    hand_in(course, "ada", answered(course, double=DOUBLE, root=ROOT))
    monkeypatch.setattr("gradschool.grade.rooms.sandbox.why_no_walls", lambda: "user namespaces are switched off")
    with pytest.raises(CourseError, match=r"user namespaces are switched off.*TRUST=1"):
        grade_class(course, PS, progress=False)
    assert not (course.root / "autograded" / "ada").exists()
    [ada] = grade_class(course, PS, trust=True, progress=False).students
    assert ada.score == 5
    receipt = json.loads((course.root / "autograded" / "ada" / PS / "receipt.json").read_text(encoding="utf-8"))
    assert receipt["isolation"] == "no walls"
