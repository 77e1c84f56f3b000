"""A gradebook in PostgreSQL: a real server, nbgrader's own commands, and a server that goes away midway."""

import contextlib
import csv
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from mini_course import DOUBLE, PS, ROOT, answered, copy_of, hand_in, make
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from sqlalchemy import text
from traitlets.config import PyFileConfigLoader

from gradschool.course.layout import CourseError
from gradschool.grade import gradebook as grading
from gradschool.grade import report
from gradschool.grade.classroom import grade_class
from gradschool.grade.rooms import sandbox

PROGRAMS = Path("/usr/lib/postgresql")  # where Debian and Ubuntu have them, by version


def program(name):
    """Where a program of the server's is, or None: Debian leaves initdb and pg_ctl out of PATH."""
    newest = sorted(PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    return str(newest[-1]) if newest else shutil.which(name)


def missing():
    """What these tests need and is not there, with the way to get it."""
    for name in ("initdb", "pg_ctl"):
        if not program(name):
            return f"no {name}: apt-get install postgresql"
    return None if importlib.util.find_spec("psycopg") else "no psycopg: pip install gradschool[postgres]"


pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
    pytest.mark.skipif(sandbox.why_no_walls() is not None, reason=f"no sandbox: {sandbox.why_no_walls()}"),
]
FULL = {"double": 3, "root": 2}
CLASS = {
    "ada": ((DOUBLE, ROOT), FULL),
    "bob": (("def double(x):\n    return 4", ROOT), {"double": 1, "root": 2}),
    "Åsa Öberg": ((DOUBLE, "def root(x):\n    return x"), {"double": 3, "root": 0}),
}


class Server:
    """A server of our own in a folder of its own, which nobody reaches but by a socket in there."""

    def __init__(self, folder):
        self.folder = folder
        self.run("initdb", "-D", folder / "data", "-A", "trust", "-U", "grader", "-E", "UTF8", "--locale=C", "-N")

    def run(self, name, *arguments):
        """PostgreSQL refuses to work for root."""
        other = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
        command = [*other, program(name), *map(str, arguments)]
        done = subprocess.run(command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
        assert done.returncode == 0, done.stdout.decode()

    def start(self):
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=off -p 5433"
        # With a log file: a server that keeps our pipe would keep us waiting for its end.
        self.run("pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o", options, "start")

    def stop(self):
        self.run("pg_ctl", "-D", self.folder / "data", "-w", "-m", "immediate", "stop")

    def url(self, database="postgres", driver="postgresql+psycopg"):
        return f"{driver}://grader@/{database}?host={self.folder}&port=5433"


@pytest.fixture(scope="module")
def server():
    # A short path: that of a Unix socket may have a hundred characters.
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        server = Server(folder)
        server.start()
        try:
            yield server
        finally:
            with contextlib.suppress(AssertionError):
                server.stop()


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    course = make(tmp_path_factory.mktemp("empty course"))
    for student, (answers, _) in CLASS.items():
        hand_in(course, student, answered(course, **dict(zip(("double", "root"), answers, strict=True))))
    return course


def with_gradebook(course, url):
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(f"c.CourseDirectory.db_url = {url!r}\n")
    return course


@pytest.fixture
def course(empty, server, tmp_path, request):
    """The class, with a database of its own on the server."""
    name = f"test_{abs(hash(request.node.name))}"
    with Gradebook(server.url(), "admin") as gradebook, gradebook.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(f"create database {name}"))
    course = with_gradebook(copy_of(empty, tmp_path / "course"), server.url(name))
    (course.root / "gradebook.db").unlink()  # the release was made with it
    course_url[course.root] = server.url(name)
    return course


course_url = {}


def gradebook_of(course):
    return Gradebook(course_url[course.root], "gradient-school")


def marks(result):
    return {
        student.student.id: {name: question.score for name, question in student.questions.items()}
        for student in result.students
    }


WANTED = {student: marks for student, (_, marks) in CLASS.items()}


def everything(course):
    """All that the gradebook holds of the class's marks."""
    with gradebook_of(course) as gradebook:
        return {
            (student, grade.name): (grade.auto_score, grade.manual_score, grade.score, grade.max_score)
            for student in CLASS
            for notebook in gradebook.find_submission(PS, student).notebooks
            for grade in notebook.grades
        }


def nbgrader(course, *arguments):
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=course.root, capture_output=True, text=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    return done


def test_marks_are_those_of_sqlite_and_stay_when_graded_again(empty, course, tmp_path):
    first = grade_class(course, PS, progress=False)
    assert marks(first) == WANTED
    assert not (course.root / "gradebook.db").exists()
    assert marks(grade_class(copy_of(empty, tmp_path / "sqlite"), PS, progress=False)) == WANTED
    before = everything(course)
    assert [student.fresh for student in grade_class(course, PS, progress=False).students] == [False] * 3
    again = grade_class(course, PS, regrade=True, progress=False)
    assert [student.fresh for student in again.students] == [True] * 3
    assert marks(again) == WANTED and everything(course) == before


def test_what_a_person_wrote_is_kept(course):
    grade_class(course, PS, progress=False)
    with gradebook_of(course) as gradebook:
        grade = gradebook.find_grade("root-check", PS, PS, "ada")
        grade.manual_score, grade.extra_credit = 1, 0.5
        gradebook.find_comment("root", PS, PS, "ada").manual_comment = "look at zero, née ‖x‖"
        gradebook.db.commit()
    result = grade_class(course, PS, regrade=True, progress=False)
    assert marks(result)["ada"] == {"double": 3, "root": 1.5}
    with gradebook_of(course) as gradebook:
        assert gradebook.find_grade("root-check", PS, PS, "ada").score == 1.5
        assert gradebook.find_comment("root", PS, PS, "ada").comment == "look at zero, née ‖x‖"
    page = (course.root / "feedback" / "ada" / PS / f"{PS}.html").read_text(encoding="utf-8")
    assert "look at zero, née ‖x‖" in page


def test_nbgraders_own_commands_work_on_it(course):
    grade_class(course, PS, progress=False)
    nbgrader(course, "export", "--to", "marks.csv")
    with (course.root / "marks.csv").open(encoding="utf-8", newline="") as file:
        exported = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file) if row["assignment"] == PS}
    assert exported == {student: sum(marks.values()) for student, marks in WANTED.items()}
    before = everything(course)
    upgraded = nbgrader(course, "db", "upgrade")
    assert "PostgresqlImpl" in upgraded.stderr
    nbgrader(course, "autograde", PS, "--force")
    assert everything(course) == before
    nbgrader(course, "generate_feedback", PS, "--force")


def test_what_the_formgrader_reads(course):
    """The object that its pages ask."""
    grade_class(course, PS, progress=False)
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course.root)).load_config()
    api = NbGraderAPI(config=config)
    assignment = api.get_assignment(PS)
    assert (assignment["num_submissions"], assignment["max_score"], assignment["average_score"]) == (3, 5, 11 / 3)
    found = {entry["student"]: (entry["score"], entry["autograded"]) for entry in api.get_submissions(PS)}
    assert found == {student: (sum(marks.values()), True) for student, marks in WANTED.items()}
    assert api.get_student("Åsa Öberg")["score"] == 3
    assert {entry["name"] for entry in api.get_notebooks(PS)} == {PS}
    json.dumps(api.get_notebook_submissions(PS, PS))


def test_a_server_that_goes_away_midway_is_said_and_a_rerun_completes(course, server, monkeypatch):
    monkeypatch.setattr(grading, "PATIENCE", ())
    enter, entered = grading.Gradebook.enter, []

    def enter_until_it_goes(self, student, *rest):
        if entered:
            with contextlib.suppress(AssertionError):  # it is away from the second time on
                server.stop()
        entered.append(student.id)
        return enter(self, student, *rest)

    monkeypatch.setattr(grading.Gradebook, "enter", enter_until_it_goes)
    try:
        result = grade_class(course, PS, progress=False)
    finally:
        monkeypatch.undo()
        server.start()
    done, *others = sorted(result.students, key=lambda student: student.failed is not None)
    assert done.failed is None and marks(result)[done.student.id] == WANTED[done.student.id]
    for student in others:
        assert student.questions == {} and "\n" not in student.failed
        assert "gradebook" in student.failed and len(student.failed) < 300, student.failed
        assert not (course.root / "autograded" / student.student.id / PS / "receipt.json").exists()
        assert student.failed in report.table(result)
    again = grade_class(course, PS, progress=False)
    assert marks(again) == WANTED
    assert {student.student.id: student.fresh for student in again.students}[done.student.id] is False


@pytest.mark.parametrize(
    "url, said",
    [
        ("postgresql+psycopg://grader@/postgres?host=/nowhere&port=5433", "gradebook.*(No such file|failed)"),
        ("postgres://grader@/postgres", r"postgresql\+psycopg://"),
        ("no url at all", "db_url"),
    ],
)
def test_a_gradebook_that_cannot_be_opened_is_said_in_one_line(empty, tmp_path, monkeypatch, url, said):
    monkeypatch.setattr(grading, "PATIENCE", ())
    course = with_gradebook(copy_of(empty, tmp_path / "course"), url)
    with pytest.raises(CourseError, match=said) as problem:
        grade_class(course, PS, progress=False)
    assert "\n" not in str(problem.value) and "Traceback" not in str(problem.value)


def test_a_missing_driver_is_said_with_the_way_to_get_it(empty, tmp_path, monkeypatch):
    course = with_gradebook(copy_of(empty, tmp_path / "course"), "postgresql+psycopg://grader@/postgres")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(CourseError, match=r"pip install gradschool\[postgres\]"):
        grade_class(course, PS, progress=False)


def test_a_password_is_shown_to_nobody(empty, tmp_path, monkeypatch):
    monkeypatch.setattr(grading, "PATIENCE", ())
    url = "postgresql+psycopg://grader:top-secret@/postgres?host=/nowhere&port=5433"
    course = with_gradebook(copy_of(empty, tmp_path / "course"), url)
    with pytest.raises(CourseError) as problem:
        grade_class(course, PS, progress=False)
    assert "top-secret" not in str(problem.value)
