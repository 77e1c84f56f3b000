"""Grading a class: many submissions at once, one writer, and no broken one stops the rest."""

from __future__ import annotations

import contextlib
import traceback
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
from tqdm import tqdm

from gradschool.course.layout import Course
from gradschool.grade import compact, intake, receipts, report, submissions, verdicts
from gradschool.grade.alone import alone
from gradschool.grade.crew import Crew, WorkerDied
from gradschool.grade.examine import Marks, Paper, examine, feedback_page, prepare
from gradschool.grade.gradebook import Gradebook, StepFailed
from gradschool.grade.receipts import sha256, write_whole
from gradschool.grade.results import ClassResult, QuestionResult, StudentResult
from gradschool.grade.rooms import sandbox
from gradschool.grade.rooms.questions import seed_for
from gradschool.grade.submissions import Student, Submission


@dataclass(frozen=True)
class Work:
    """A submission after intake: the notebook to grade, also as text, and what makes it this one and no other."""

    notebook: nbformat.NotebookNode
    text: str
    notes: tuple[str, ...]
    refused: str | None
    submitted_at: datetime | None
    fingerprint: str


@dataclass(frozen=True)
class Given:
    """What is the same for the whole class: the release, what the examiners get, when it is due, what is graded
    already, and the order to grade it again."""

    released: nbformat.NotebookNode
    paper: Paper
    graded: dict[str, Marks]
    due: str
    regrade: bool

    @classmethod
    def of(cls, gradebook: Gradebook, paper: Paper, due: str, regrade: bool) -> Given:
        return cls(gradebook.released(), paper, gradebook.graded(), due, regrade)

    def max_scores(self) -> dict[str, float]:
        """The points of each question."""
        found = verdicts.questions(self.released)
        return {
            name: sum(cell.metadata.nbgrader["points"] for cell in cells) for name, cells in found.items()
        }


def grade_class(
    course: Course,
    ps: str,
    *,
    regrade: bool = False,
    trust: bool = False,
    progress: bool = True,
    jobs: int = 1,
    scheduler: str | None = None,
) -> ClassResult:
    """Grade everything that was handed in for a problem set.

    trust : run submissions without walls, for a machine that has no sandbox. jobs : how many processes grade;
    scheduler : or the address of a Dask scheduler whose workers do.

    Writes `gradebook.db`, `autograded/`, `feedback/` and `grades.csv`. A submission that was graded before is
    graded again only if it, the release, the source or the due date has changed, or with `regrade`.

    Raises:
        CourseError: if there is no such problem set, nobody has handed anything in, there is no sandbox, or the
            course's own files do not fit together. Nothing that a submission contains raises anything.
    """
    course.problem_set(ps)
    if not trust and scheduler is None:
        sandbox.insist_on_walls()
    found = submissions.find(course, ps)
    due = submissions.due(course, ps)
    with (
        alone(course),
        Gradebook(course, ps, trust) as gradebook,
        Crew(min(jobs, len(found)), scheduler, not trust) as crew,
    ):
        failures(course).unlink(missing_ok=True)
        paper = paper_for(gradebook, crew)
        if regrade or any(receipts.read(gradebook.autograded(each.student)) is None for each in found):
            crew.prepare(prepare, paper)
        gradebook.register(due)
        given = Given.of(gradebook, paper, str(due), regrade)
        results = {}
        with Progress(ps, len(found), progress) as bar:
            for result in crew.run(grade_or_say_why(gradebook, submission, given) for submission in found):
                results[result.student.id] = result
                bar.show(result)
    in_order = tuple(results[submission.student.id] for submission in found)
    result = ClassResult(ps, in_order, given.max_scores(), submissions.is_sample(found))
    report.write_csv(result, course.root / "grades.csv")
    return result


def paper_for(gradebook: Gradebook, crew: Crew) -> Paper:
    """The problem set as this crew needs it.

    Raises:
        CourseError: if there is no source notebook, or nbgrader_config.py is not fit for it.
    """
    paper = Paper(gradebook.ps, gradebook.source(), gradebook.config)
    paper.insist_on_rooms()
    crew.insist_that_it_travels(paper, "nbgrader_config.py")
    return paper


class Progress:
    """A bar with the rate, the time left, and how many submissions had which trouble."""

    def __init__(self, ps: str, total: int, shown: bool):
        self.bar = tqdm(total=total, desc=ps, unit="submission", disable=not shown, smoothing=0.05)
        self.counts = Counter()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_) -> None:
        self.bar.close()

    def show(self, result: StudentResult) -> None:
        reasons = (verdict for question in result.questions.values() for verdict in question.reasons.values())
        self.counts.update({verdict.cause.value for verdict in reasons})
        self.counts["not graded"] += bool(result.failed)
        self.counts["refused"] += bool(result.refused)
        self.bar.set_postfix({name: n for name, n in self.counts.most_common() if n}, refresh=False)
        self.bar.update()


# A step of grading: it yields calls to be done wherever the crew is, and is sent what they return. See `crew`.
Task = Generator[tuple, Any, StudentResult]


def grade_or_say_why(gradebook: Gradebook, submission: Submission, given: Given) -> Task:
    """Grade one submission. Whatever goes wrong, with it or with the grader, ends here: the class goes on."""
    student = submission.student
    try:
        return (yield from grade_one(gradebook, submission, given))
    except Exception as error:
        with contextlib.suppress(Exception):
            gradebook.forget(student)  # no old marks for what could not be graded now
        with contextlib.suppress(OSError):
            log = error.log if isinstance(error, StepFailed) else "".join(traceback.format_exception(error))
            keep_log(gradebook.course, student, log)
        return StudentResult(student, {}, failed=in_a_line(error))


def grade_one(gradebook: Gradebook, submission: Submission, given: Given) -> Task:
    """Grade one submission, unless that was done before; whatever is wrong with it is in the result."""
    student = submission.student
    if submission.folder is None:
        return StudentResult(student, {}, handed_in=False)
    work = take_in(submission.folder, gradebook.ps, given)
    marks = given.graded.get(student.id)
    path = gradebook.autograded(student) / f"{gradebook.ps}.ipynb"
    receipt = receipts.read(path.parent) or {}
    fresh = given.regrade or marks is None or receipt.get("fingerprint") != work.fingerprint
    if fresh:
        if marks is not None or path.exists():
            gradebook.forget(student)
        seed = seed_for(gradebook.course.root, student.id, gradebook.ps)
        text = yield examine, given.paper, student.id, seed, work.text
        notebook = compact.loads(text)
        marks = gradebook.enter(student, notebook, work.submitted_at)
        page = yield feedback_page, given.paper, student.id, text, marks
        write_whole(path, text)
        write_whole(gradebook.feedback(student) / f"{gradebook.ps}.html", page)
        made_from = receipts.made_from(work.text, given.paper.source, seed)
        receipts.write(path.parent, work.fingerprint, made_from, notebook)
    else:
        notebook = compact.loads(path.read_text(encoding="utf-8"))
    return StudentResult(
        student,
        questions=question_results(notebook, marks),
        refused=work.refused,
        notes=work.notes,
        submitted_at=work.submitted_at,
        late=marks.late,
        fresh=fresh,
    )


def in_a_line(error: Exception) -> str:
    told = intake.first_line(error)
    return told if isinstance(error, StepFailed | WorkerDied) else f"{type(error).__name__}: {told}".removesuffix(": ")


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
    text = compact.dumps(notebook)
    fingerprint = sha256("\0".join([text, str(submitted_at), given.due, given.paper.source]))
    return Work(notebook, text, tuple(notes), refused, submitted_at, fingerprint)


def question_results(notebook: nbformat.NotebookNode, marks: Marks) -> dict[str, QuestionResult]:
    """The marks of each question, and the reasons from the notebook that was run."""
    results = {}
    for question, cells in verdicts.questions(notebook).items():
        named = {cell.metadata.nbgrader["grade_id"]: cell for cell in cells}
        reasons = {
            name: verdict
            for name, cell in named.items()
            if name not in marks.by_hand and (verdict := verdicts.judge(notebook, cell))
        }
        score, max_score = (sum(marks.scores[name][k] for name in named) for k in (0, 1))
        results[question] = QuestionResult(score, max_score, reasons)
    return results


def failures(course: Course) -> Path:
    """Where a run keeps what nbgrader said when it gave up on a submission."""
    return course.root / "autograded" / "failures.log"


def keep_log(course: Course, student: Student, log: str) -> None:
    failures(course).parent.mkdir(exist_ok=True)
    with failures(course).open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"{student.id}\n{log}\n\n")
