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
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import nbformat
from nbgrader.api import MissingEntry
from nbgrader.apps import NbGraderAPI
from nbgrader.utils import rmtree, temp_attrs
from sqlalchemy.exc import OperationalError, SAWarning
from traitlets.config import PyFileConfigLoader

from gradschool.course.layout import Course, CourseError
from gradschool.grade import intake
from gradschool.grade.submissions import Student

# nbgrader's own mappings make SQLAlchemy warn, once for each kind of object, on the first submission.
warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")

LOCKED = "database is locked"
PATIENCE = (1, 2, 4, 8)  # seconds to wait before each new try at a locked database


class StepFailed(Exception):
    """nbgrader could not do one step for one submission; `log` is all that it said."""

    def __init__(self, log: str):
        super().__init__(cause(log))
        self.log = log


@dataclass(frozen=True)
class Mark:
    """The marks of one graded cell. `by_hand` if a person set them: then nothing that ran explains them."""

    score: float
    max_score: float
    by_hand: bool


@dataclass(frozen=True)
class Record:
    """A student's marks by grade_id, and how late the submission was, less what nbgrader granted."""

    marks: dict[str, Mark]
    late: timedelta


class Gradebook:
    """The gradebook and the converters of nbgrader, for one problem set.

    Use it as a context manager: submissions are staged in a folder of its own in the course, which goes
    when it closes. (In the course, because nbgrader wants its folders there; a plain name, because it
    builds a regular expression from it.)
    """

    def __init__(self, course: Course, ps: str, trust: bool = False):
        self.course, self.ps, self.trust = course, ps, trust
        refuse_glob_characters(course.root)
        config = PyFileConfigLoader("nbgrader_config.py", path=str(course.root)).load_config()
        config.CourseDirectory.root = str(course.root)
        config.ExecuteInTwoRooms.trust_submissions = trust
        self.nbgrader = NbGraderAPI(config=config)
        self.staged = Path(tempfile.mkdtemp(prefix=".grading-", dir=course.root))

    def __enter__(self) -> "Gradebook":
        return self

    def __exit__(self, *_) -> None:
        shutil.rmtree(self.staged, ignore_errors=True)

    # The problem set ----------------------------------------------------------------------------------------

    def register(self, due: datetime | None) -> None:
        """Have nbgrader read the source notebook: its checks and points go into the gradebook.

        What it would release is written to a folder that is thrown away: `release/` is not touched.

        Raises:
            CourseError: if the notebook is not there, or does not fit what was released or graded before.
        """
        source = self.course.source / self.ps / f"{self.ps}.ipynb"
        if not source.is_file():
            raise CourseError(f"{source} is not there. `make notebooks` builds it.")
        folder = f"{self.staged.name}-release"
        try:
            with temp_attrs(self.nbgrader.coursedir, release_directory=folder):
                self.step(lambda: self.nbgrader.generate_assignment(self.ps))
            generated = self.course.root / folder / self.ps / f"{self.ps}.ipynb"
            self.compare_with_release(generated)
        except StepFailed as failure:
            raise CourseError(self.why_not_registered(failure)) from None
        finally:
            shutil.rmtree(self.course.root / folder, ignore_errors=True)
        if due is not None:
            with self.open() as gradebook:
                gradebook.update_or_create_assignment(self.ps, duedate=due)

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
        with self.open() as gradebook:
            with contextlib.suppress(MissingEntry):
                submission = gradebook.find_submission(self.ps, student.id)
                submission.timestamp = None
                for grade in (grade for notebook in submission.notebooks for grade in notebook.grades):
                    grade.auto_score = None
                    grade.needs_manual_grade = True
                gradebook.db.commit()
            names = {"first_name": student.first_name, "last_name": student.last_name, "email": student.email}
            gradebook.update_or_create_student(student.id, **{k: v for k, v in names.items() if v})

    def grade(self, student: Student, notebook: nbformat.NotebookNode, timestamp: datetime | None) -> None:
        """Run one notebook through nbgrader: marks, `autograded/`, `feedback/`.

        Raises:
            StepFailed: if nbgrader gives up on it.
        """
        self.patiently(lambda: self.forget(student))
        folder = self.staged / student.id / self.ps
        folder.mkdir(parents=True)
        try:
            nbformat.write(notebook, folder / f"{self.ps}.ipynb")
            if timestamp:
                text = f"{timestamp:%Y-%m-%d %H:%M:%S} UTC"
                (folder / "timestamp.txt").write_text(text, encoding="utf-8")
            with temp_attrs(self.nbgrader.coursedir, submitted_directory=self.staged.name):
                self.step(lambda: self.nbgrader.autograde(self.ps, student.id))
            self.step(lambda: self.nbgrader.generate_feedback(self.ps, student.id))
        finally:
            shutil.rmtree(folder.parent, ignore_errors=True)

    def autograded(self, student: Student) -> Path:
        return self.course.root / "autograded" / student.id / self.ps

    def feedback(self, student: Student) -> Path:
        return self.course.root / "feedback" / student.id / self.ps

    def record(self, student: Student) -> Record:
        """What the gradebook holds of a student's submission."""
        with self.open() as gradebook:
            try:
                submission = gradebook.find_submission(self.ps, student.id)
            except MissingEntry:
                return Record({}, timedelta(0))
            grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
            marks = {g.name: Mark(g.score, g.max_score, by_hand=g.manual_score is not None) for g in grades}
            return Record(marks, timedelta(seconds=submission.total_seconds_late))

    # nbgrader -----------------------------------------------------------------------------------------------

    def open(self):
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

    def patiently(self, run: Callable) -> None:
        """Do something with the database, again if it was locked.

        Raises:
            StepFailed: if it stays locked.
        """
        for pause in (*PATIENCE, None):
            try:
                return run()
            except OperationalError as error:
                if LOCKED not in str(error) or pause is None:
                    raise StepFailed(str(error)) from None
                time.sleep(pause)


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
