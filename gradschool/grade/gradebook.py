"""nbgrader on one problem set of one course: its configuration, its converters, its gradebook.

No other module opens the database or starts a converter.
"""

import contextlib
import re
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from unittest import mock

import nbformat
from nbgrader.api import BaseCell, SubmittedNotebook
from nbgrader.apps import NbGraderAPI
from nbgrader.dbutil import ALEMBIC_DIR
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import determine_grade, is_grade, is_solution, is_task, rmtree, temp_attrs
from sqlalchemy import false, update
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SAWarning
from traitlets.config import PyFileConfigLoader

from gradschool.course.layout import Course, CourseError
from gradschool.grade import intake, tables, verdicts
from gradschool.grade.examine import Marks
from gradschool.grade.submissions import Student

# nbgrader's own mappings make SQLAlchemy warn, once for each kind of object, on the first submission.
warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")

LOCKED = "database is locked"
FULL = ("disk is full", "disk I/O error", "No space left on device")
PATIENCE = (1, 2, 4, 8)  # seconds to wait before each new try at a database that is locked, or whose server is away


class StepFailed(Exception):
    """nbgrader could not do one step for one submission; `log` is all that it said."""

    def __init__(self, log: str):
        super().__init__(cause(log))
        self.log = log


class Gradebook:
    """nbgrader's gradebook, and its converter of source notebooks, for one problem set. A context manager."""

    def __init__(self, course: Course, ps: str, trust: bool = False):
        self.course, self.ps, self.trust = course, ps, trust
        refuse_glob_characters(course.root)
        config = PyFileConfigLoader("nbgrader_config.py", path=str(course.root)).load_config()
        config.CourseDirectory.root = str(course.root)
        config.ExecuteInTwoRooms.trust_submissions = trust
        self.config = config
        self.nbgrader = NbGraderAPI(config=config)
        self._session = None

    def __enter__(self) -> "Gradebook":
        return self

    def __exit__(self, *_) -> None:
        if self._session is not None:
            self._session.close()

    # The problem set ----------------------------------------------------------------------------------------

    def register(self, due: datetime | None) -> None:
        """Have nbgrader read the source notebook: its checks and points go into the gradebook.

        What it would release is written to a folder that is thrown away: `release/` is not touched.

        Raises:
            CourseError: if the notebook does not fit what was released or graded before.
        """
        self.insist_on_gradebook()
        # In the course, because nbgrader wants its folders there; a plain name, for it builds a pattern from it.
        folder = Path(tempfile.mkdtemp(prefix=".grading-", dir=self.course.root))
        try:
            with temp_attrs(self.nbgrader.coursedir, release_directory=folder.name):
                self.step(lambda: self.nbgrader.generate_assignment(self.ps))
            generated = folder / self.ps / f"{self.ps}.ipynb"
            self.compare_with_release(generated)
        except StepFailed as failure:
            raise CourseError(self.why_not_registered(failure)) from None
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if due is not None:
            self.transact(lambda gradebook: gradebook.update_or_create_assignment(self.ps, duedate=due))

    def source(self) -> str:
        """The text of the source notebook.

        Raises:
            CourseError: if it is not there.
        """
        path = self.course.source / self.ps / f"{self.ps}.ipynb"
        if not path.is_file():
            raise CourseError(f"{path} is not there. `make notebooks` builds it.")
        return path.read_text(encoding="utf-8")

    def insist_on_gradebook(self) -> None:
        """See whether there is a gradebook that can be written to.

        Raises:
            CourseError: if there is none, with the way out.
        """

        def write_nothing(gradebook):
            gradebook.db.execute(update(BaseCell).where(false()).values(name=""))  # which needs the lock nevertheless

        try:
            self.transact(write_nothing)
        except ImportError as error:
            raise CourseError(
                f"db_url in nbgrader_config.py wants a driver that is not there ({intake.first_line(error)}). For "
                "PostgreSQL: `pip install gradschool[postgres]`, and a db_url that begins with postgresql+psycopg://"
            ) from None
        except ArgumentError as error:
            raise CourseError(
                f"db_url in nbgrader_config.py is none ({intake.first_line(error)}). PostgreSQL's begins with "
                "postgresql+psycopg://, SQLite's with sqlite:///"
            ) from None
        except StepFailed as failure:
            raise CourseError(str(failure)) from None

    def released(self) -> nbformat.NotebookNode:
        """The released notebook.

        Raises:
            CourseError: if it is not there.
        """
        path = self.course.release / self.ps / f"{self.ps}.ipynb"
        if not path.is_file():
            raise CourseError(f"{path} is not there. `make release` writes it.")
        return nbformat.read(path, as_version=4)

    def compare_with_release(self, generated: Path) -> None:
        if points(nbformat.read(generated, as_version=4)) != points(self.released()):
            raise CourseError(
                f"release/{self.ps} has other questions or points than source/{self.ps}. If students work on "
                "the release, put the source back to what it was; if not, run `make release`."
            )

    def why_not_registered(self, failure: StepFailed) -> str:
        if any(words in failure.log for words in (LOCKED, *FULL)):
            return f"{self.ps} cannot be put into the gradebook: {failure}"
        if "Cannot add or remove cells" not in failure.log:
            return f"nbgrader cannot read source/{self.ps}:\n{failure.log}"
        return (
            f"The questions of {self.ps} have changed since submissions were graded, and nbgrader cannot "
            "change them under marks that exist. Put the old questions back, or throw those marks away with "
            f"`nbgrader db assignment remove {self.ps} --force`."
        )

    # One submission -----------------------------------------------------------------------------------------

    def forget(self, student: Student) -> None:
        """Take back what grading put down for a student: automatic scores, pages, receipt.

        What a person wrote (scores, extra credit, comments) stays. If the next grading fails, nothing old
        is left that looks like its result.
        """
        for folder in (self.autograded(student), self.feedback(student)):
            if folder.exists():
                rmtree(folder)

        self.transact(lambda gradebook: tables.forget(gradebook.db.connection(), self.ps, student.id))

    def enter(self, student: Student, notebook: nbformat.NotebookNode, timestamp: datetime | None) -> Marks:
        """Put the marks of an examined notebook into the gradebook, in one transaction, and read what it then holds.

        What nbgrader's SaveAutoGrades and AssignLatePenalties do, which take a transaction for every cell.

        Raises:
            StepFailed: if the database stays locked.
        """
        return self.transact(lambda gradebook: self.entered(gradebook.db.connection(), student, notebook, timestamp))

    def entered(self, db, student, notebook, timestamp) -> Marks:
        tables.know(db, student)
        whole = timestamp and timestamp.replace(microsecond=0)  # a fraction of a second makes nobody late
        submitted = tables.submission(db, self.ps, student.id, whole)
        scores = {intake.grade_id(cell): determine_grade(cell)[0] for cell in notebook.cells if is_grade(cell)}
        tables.set_scores(db, submitted.notebook, scores)
        answers = [cell for cell in notebook.cells if is_solution(cell) or is_task(cell)]
        comments = {intake.grade_id(cell): automatic_comment(cell) for cell in answers}
        tables.set_comments(db, submitted.notebook, comments)
        marks = tables.marks_in(db, self.ps, submitted)
        penalty = self.late_penalty(student, marks.score, marks.late.total_seconds())
        if marks.late_penalty != (penalty or 0):
            tables.change(db, SubmittedNotebook, submitted.notebook, late_submission_penalty=penalty)
        return replace(marks, late_penalty=penalty or 0)

    def late_penalty(self, student: Student, score: float, seconds: float) -> float | None:
        """The points that the course's late penalty takes off, between none and all."""
        if seconds <= 0:
            return None
        step = AssignLatePenalties(config=self.config)
        step.init_plugin()
        penalty = step.plugin_inst.late_submission_penalty(student.id, score, seconds)
        return None if penalty is None else min(max(penalty, 0), score)

    def autograded(self, student: Student) -> Path:
        return self.course.root / "autograded" / student.id / self.ps

    def feedback(self, student: Student) -> Path:
        return self.course.root / "feedback" / student.id / self.ps

    def graded(self) -> dict[str, Marks]:
        """What the gradebook holds of this problem set, by student."""
        return self.transact(lambda gradebook: tables.marks(gradebook.db.connection(), self.ps))

    # nbgrader -----------------------------------------------------------------------------------------------

    def open(self):
        with mock.patch("nbgrader.api.get_alembic_version", newest_schema):
            return self.nbgrader.gradebook

    def step(self, run: Callable[[], dict]) -> None:
        """Let nbgrader do one step, again if the database was locked.

        Raises:
            StepFailed: with all that nbgrader said.
        """
        for pause in (*PATIENCE, None):
            result = run()
            if result["success"]:
                return
            # nbgrader catches everything, an instructor's Ctrl-C too.
            if result["error"].rstrip().endswith("KeyboardInterrupt"):
                raise KeyboardInterrupt
            log = f"{result.get('log', '')}\n{result['error']}"
            if LOCKED not in log or pause is None:
                raise StepFailed(log)
            time.sleep(pause)

    def transact(self, work: Callable):
        """work(gradebook) in one transaction: all of it or nothing. Again if the database was locked or away.

        nbgrader's own functions commit after each thing that they do; in here that waits for the end.

        Raises:
            StepFailed: if it stays so, or its disk is full.
        """
        for pause in (*PATIENCE, None):
            try:
                if self._session is None:
                    self._session = self.open()
                with one_transaction(self._session.db):
                    return work(self._session)
            except DBAPIError as error:
                again = isinstance(error, OperationalError) and not any(words in str(error) for words in FULL)
                if pause is None or not again:
                    raise StepFailed(f"the gradebook: {intake.first_line(error.orig)}") from None
            time.sleep(pause)


@contextlib.contextmanager
def one_transaction(db):
    """In here a commit is only a flush; what was done is committed at the end, or not at all."""
    commit, db.commit = db.commit, db.flush
    try:
        yield
        commit()
    finally:
        del db.commit
        with contextlib.suppress(DBAPIError):  # a server that is gone has forgotten it by itself
            db.remove()  # and with it whatever was not committed


def newest_schema() -> str:
    """The version that a new gradebook is of. nbgrader runs the command `alembic heads` for it: that takes a second."""
    from alembic.script import ScriptDirectory  # here, because few gradebooks are new

    return ScriptDirectory(ALEMBIC_DIR).get_current_head()


def automatic_comment(answer: nbformat.NotebookNode) -> str | None:
    return "No response." if verdicts.untouched(answer) and not is_task(answer) else None


def cause(log: str) -> str:
    """The exception that a log is about, in one line: not nbgrader's own, which only points to it."""
    # In a traceback (which nbgrader's log may indent) the exception stands two columns left of the frames.
    blocks = re.findall(r"Traceback \(most recent call last\):\n( *)  (?:.*\n)+?\1(\S.*)", log)
    told = [line for _, line in blocks if "NbGraderException" not in line]
    return told[-1] if told else log.strip().partition("\n")[0]


def points(notebook: nbformat.NotebookNode) -> dict[str, float]:
    """The points of each graded cell, and None for each other cell that nbgrader knows."""
    named = [cell for cell in notebook.cells if intake.grade_id(cell)]
    return {intake.grade_id(cell): cell.metadata.nbgrader.get("points") for cell in named}


def refuse_glob_characters(root: Path) -> None:
    """nbgrader finds files by glob patterns that begin with the course's own path."""
    if set(str(root)) & set("*?["):
        raise CourseError(
            f"nbgrader cannot work in {root}: a folder's name there has one of * ? [ in it. Rename it."
        )
