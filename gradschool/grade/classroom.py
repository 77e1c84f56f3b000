"""Grading a class: one submission after the other, and no broken one stops the rest."""

from __future__ import annotations

import contextlib
import hashlib
import json
import platform
import traceback
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import nbformat
from tqdm import tqdm

from gradschool.course.layout import Course
from gradschool.grade import intake, report, submissions, verdicts
from gradschool.grade.gradebook import Gradebook, Mark, StepFailed
from gradschool.grade.results import ClassResult, QuestionResult, StudentResult
from gradschool.grade.rooms import sandbox
from gradschool.grade.submissions import Student, Submission

RECEIPT = "receipt.json"


@dataclass(frozen=True)
class Work:
    """A submission after intake: the notebook to grade, and what makes it this one and no other."""

    notebook: nbformat.NotebookNode
    notes: tuple[str, ...]
    refused: str | None
    submitted_at: datetime | None
    fingerprint: str


@dataclass(frozen=True)
class Given:
    """What is the same for the whole class: the release, the source's text, when it is due, and the order to
    grade again what is graded."""

    released: nbformat.NotebookNode
    source: str
    due: str
    regrade: bool
    isolation: str

    @classmethod
    def of(cls, gradebook: Gradebook, due: str, regrade: bool) -> Given:
        path = gradebook.course.source / gradebook.ps / f"{gradebook.ps}.ipynb"
        isolation = sandbox.NO_WALLS if gradebook.trust else sandbox.WALLS
        return cls(gradebook.released(), path.read_text(encoding="utf-8"), due, regrade, isolation)

    def max_scores(self) -> dict[str, float]:
        """The points of each question."""
        found = verdicts.questions(self.released)
        return {
            name: sum(cell.metadata.nbgrader["points"] for cell in cells) for name, cells in found.items()
        }


def grade_class(
    course: Course, ps: str, *, regrade: bool = False, trust: bool = False, progress: bool = True
) -> ClassResult:
    """Grade everything that was handed in for a problem set.

    trust : run submissions without walls, for a machine that has no sandbox.

    Writes `gradebook.db`, `autograded/`, `feedback/` and `grades.csv`. A submission that was graded before is
    graded again only if it, the release, the source or the due date has changed, or with `regrade`.

    Raises:
        CourseError: if there is no such problem set, nobody has handed anything in, there is no sandbox, or the
            course's own files do not fit together. Nothing that a submission contains raises anything.
    """
    course.problem_set(ps)
    if not trust:
        sandbox.insist_on_walls()
    found = submissions.find(course, ps)
    due = submissions.due(course, ps)
    failures(course).unlink(missing_ok=True)
    with Gradebook(course, ps, trust) as gradebook:
        gradebook.register(due)
        given = Given.of(gradebook, str(due), regrade)
        bar = tqdm(found, desc=ps, unit="submission", disable=not progress)
        results = [grade_or_say_why(gradebook, submission, given) for submission in bar]
    result = ClassResult(ps, tuple(results), given.max_scores(), submissions.is_sample(found))
    report.write_csv(result, course.root / "grades.csv")
    return result


def grade_or_say_why(gradebook: Gradebook, submission: Submission, given: Given) -> StudentResult:
    """Grade one submission. Whatever goes wrong, with it or with the grader, ends here: the class goes on."""
    student = submission.student
    try:
        return grade_one(gradebook, submission, given)
    except Exception as error:
        with contextlib.suppress(Exception):
            gradebook.forget(student)  # no old marks for what could not be graded now
        with contextlib.suppress(OSError):
            log = error.log if isinstance(error, StepFailed) else "".join(traceback.format_exception(error))
            keep_log(gradebook.course, student, log)
        return StudentResult(student, {}, failed=intake.first_line(error))


def grade_one(gradebook: Gradebook, submission: Submission, given: Given) -> StudentResult:
    """Grade one submission, unless that was done before; whatever is wrong with it is in the result."""
    student = submission.student
    if submission.folder is None:
        return StudentResult(student, {}, handed_in=False)
    work = take_in(submission.folder, gradebook.ps, given)
    record = gradebook.record(student)
    fresh = given.regrade or not record.marks or read_receipt(gradebook, student) != work.fingerprint
    if fresh:
        gradebook.grade(student, work.notebook, work.submitted_at)
        write_receipt(gradebook, student, work, given)
        record = gradebook.record(student)
    return StudentResult(
        student,
        questions=question_results(gradebook, student, record.marks),
        refused=work.refused,
        notes=work.notes,
        submitted_at=work.submitted_at,
        late=record.late,
        fresh=fresh,
    )


def take_in(folder: Path, ps: str, given: Given) -> Work:
    """What to grade for a submission's folder.

    A refused one becomes the untouched release with the reason on top: it has no marks, and like the others a
    copy in `autograded/` and a feedback page.
    """
    submitted_at, notes = submissions.handed_in(folder)
    refused = None
    try:
        path, found = intake.find(folder, ps)
        cells, read = intake.read(path)
        notebook, rebuilt = intake.rebuild(given.released, cells)
        notes += found + read + rebuilt
        if notes:
            notebook = intake.with_notice(notebook, "Put right before grading", notes)
    except (intake.Refusal, OSError) as refusal:
        refused = str(refusal)
        notebook = intake.with_notice(
            given.released, "This submission could not be graded", [refused, *notes]
        )
    content = [nbformat.writes(notebook), str(submitted_at), given.due, given.source]
    return Work(notebook, tuple(notes), refused, submitted_at, sha256("\0".join(content)))


def question_results(
    gradebook: Gradebook, student: Student, marks: dict[str, Mark]
) -> dict[str, QuestionResult]:
    """The marks of each question, and the reasons from the notebook that was run."""
    notebook = nbformat.read(gradebook.autograded(student) / f"{gradebook.ps}.ipynb", as_version=4)
    results = {}
    for question, cells in verdicts.questions(notebook).items():
        named = {cell.metadata.nbgrader["grade_id"]: cell for cell in cells}
        given = {name: marks[name] for name in named if name in marks}
        reasons = {
            name: verdict
            for name, mark in given.items()
            if not mark.by_hand and (verdict := verdicts.judge(notebook, named[name]))
        }
        score, max_score = (
            sum(getattr(mark, kind) for mark in given.values()) for kind in ("score", "max_score")
        )
        results[question] = QuestionResult(score, max_score, reasons)
    return results


def read_receipt(gradebook: Gradebook, student: Student) -> str | None:
    """The fingerprint of what a student's marks were made from; None if grading never went through."""
    path = gradebook.autograded(student) / RECEIPT
    try:
        return json.loads(path.read_text(encoding="utf-8"))["fingerprint"]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_receipt(gradebook: Gradebook, student: Student, work: Work, given: Given) -> None:
    """What the marks were made from, and how. Written last: where there is a receipt, grading went through."""
    receipt = {
        "fingerprint": work.fingerprint,
        "submission": sha256(nbformat.writes(work.notebook)),
        "checks": sha256(given.source),
        "isolation": given.isolation,
        "versions": {name: version(name) for name in ("gradschool", "nbgrader", "numpy")},
        "python": platform.python_version(),
    }
    path = gradebook.autograded(student) / RECEIPT
    path.write_text(json.dumps(receipt, indent=1) + "\n", encoding="utf-8", newline="\n")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def failures(course: Course) -> Path:
    """Where a run keeps what nbgrader said when it gave up on a submission."""
    return course.root / "autograded" / "failures.log"


def keep_log(course: Course, student: Student, log: str) -> None:
    failures(course).parent.mkdir(exist_ok=True)
    with failures(course).open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"{student.id}\n{log}\n\n")
