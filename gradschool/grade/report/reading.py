"""The graded class, read from what grading left: the gradebook and the notebooks in `autograded/`. Nothing runs.

So it can be read at any time after grading, and again after marks were changed by hand.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4.nbjson import JSONReader
from nbgrader.api import BaseCell, Grade, MissingEntry, SubmittedAssignment, SubmittedNotebook
from nbgrader.utils import is_grade, is_solution

from gradschool.course.layout import Course
from gradschool.grade import submissions, verdicts
from gradschool.grade.gradebook import Gradebook, cause
from gradschool.grade.report.causes import Failure, failure
from gradschool.grade.results import ClassResult, QuestionResult, StudentResult
from gradschool.grade.submissions import Student, Submission

REFUSED, PUT_RIGHT = "This submission could not be graded", "Put right before grading"  # what intake writes on top
NOT_GRADED = "not graded yet: run make grade"
CHANGED = "handed in anew, or changed, since it was graded: run make grade"


@dataclass(frozen=True)
class Graded:
    """A graded class: its marks, why checks failed, how long questions took, what nbgrader took off for lateness."""

    result: ClassResult
    failures: dict[str, list[Failure]] = field(default_factory=dict)  # by student
    seconds: dict[str, list[float]] = field(default_factory=dict)  # by question, one number a student
    penalties: dict[str, float] = field(default_factory=dict)  # by student


@dataclass(frozen=True)
class Entry:
    """What the gradebook holds of one student: marks by grade_id, and whether a person set them."""

    marks: dict[str, tuple[float, bool]]
    late: timedelta
    penalty: float


def read_class(course: Course, ps: str, watch=iter) -> Graded:
    """Read what grading left of a class. `watch` wraps the submissions on their way, as a progress bar does.

    Raises:
        CourseError: if there is no such problem set, or nobody has handed it in.
    """
    course.problem_set(ps)
    found = submissions.find(course, ps)
    with Gradebook(course, ps) as gradebook:
        points = {name: points_of(cells) for name, cells in verdicts.questions(gradebook.released()).items()}
        reader = Reader(gradebook, points, entries(gradebook), logged(course, [entry.student for entry in found]))
        students = tuple(reader.read(submission) for submission in watch(found))
    max_scores = {name: sum(cells.values()) for name, cells in points.items()}
    result = ClassResult(ps, students, max_scores, submissions.is_sample(found))
    penalties = {id: entry.penalty for id, entry in reader.entries.items() if entry.penalty}
    return Graded(result, reader.failures, dict(reader.seconds), penalties)


def points_of(cells: Iterable[NotebookNode]) -> dict[str, float]:
    return {cell.metadata.nbgrader["grade_id"]: cell.metadata.nbgrader["points"] for cell in cells}


def entries(gradebook: Gradebook) -> dict[str, Entry]:
    """The gradebook's marks of the whole class in three queries: one query a student is slow for a large class."""
    with gradebook.open() as db:
        try:
            assignment = db.find_assignment(gradebook.ps)
        except MissingEntry:
            return {}
        mine = SubmittedAssignment.assignment_id == assignment.id
        late = {s.student_id: timedelta(seconds=s.total_seconds_late) for s in assignment.submissions}
        notebooks = db.db.query(SubmittedAssignment.student_id, SubmittedNotebook.late_submission_penalty)
        penalties = dict(map(tuple, notebooks.join(SubmittedAssignment.notebooks).filter(mine)))
        marks = defaultdict(dict)
        grades = db.db.query(SubmittedAssignment.student_id, BaseCell.name, Grade.score, Grade.manual_score)
        grades = grades.join(SubmittedAssignment.notebooks).join(SubmittedNotebook.grades).join(Grade.cell)
        for id, name, score, by_hand in grades.filter(mine):
            marks[id][name] = (score, by_hand is not None)
    return {id: Entry(marks[id], late[id], penalties.get(id) or 0.0) for id in late}


class Reader:
    """Reads one student after the other; what concerns more than one of them adds up on the way."""

    def __init__(self, gradebook: Gradebook, points: dict, entries: dict[str, Entry], failed: dict[str, str]):
        self.gradebook, self.points, self.entries, self.failed = gradebook, points, entries, failed
        self.failures: dict[str, list[Failure]] = {}
        self.seconds: dict[str, list[float]] = defaultdict(list)

    def read(self, submission: Submission) -> StudentResult:
        student = submission.student
        if submission.folder is None:
            return StudentResult(student, {}, handed_in=False)
        submitted_at, notes = submissions.handed_in(submission.folder)
        entry = self.entries.get(student.id)
        path = self.gradebook.autograded(student) / f"{self.gradebook.ps}.ipynb"
        notebook = read_notebook(path) if entry and entry.marks else None
        if notebook is None:
            reason = self.failed.get(student.id, NOT_GRADED)
            return StudentResult(student, {}, failed=reason, submitted_at=submitted_at)
        refused, put_right = told(notebook)
        if changed_since(submission.folder, path):
            put_right = [*put_right, CHANGED]
        questions = self.questions(student, notebook, entry.marks) if not refused else self.nothing()
        if not refused:
            self.note_seconds(notebook)
        return StudentResult(
            student,
            questions,
            refused=refused,
            notes=tuple(dict.fromkeys([*notes, *put_right])),
            submitted_at=submitted_at,
            late=entry.late,
            fresh=False,
        )

    def questions(self, student: Student, notebook: NotebookNode, marks: dict) -> dict[str, QuestionResult]:
        """Marks from the gradebook, reasons from the notebook, and the failed checks of this student."""
        cells = {cell.metadata.nbgrader["grade_id"]: cell for cell in notebook.cells if is_grade(cell)}
        results, failures = {}, []
        for question, points in self.points.items():
            reasons = {}
            for name in points:
                score, by_hand = marks.get(name, (0.0, False))
                if score or by_hand or name not in cells:
                    continue
                if verdict := verdicts.judge(notebook, cells[name]):
                    reasons[name] = verdict
                    if found := failure(question, cells[name], verdict):
                        failures.append(found)
            score = sum(marks.get(name, (0.0, False))[0] for name in points)
            results[question] = QuestionResult(score, sum(points.values()), reasons)
        if failures:
            self.failures[student.id] = failures
        return results

    def nothing(self) -> dict[str, QuestionResult]:
        """The marks of what could not be read."""
        return {question: QuestionResult(0.0, sum(points.values())) for question, points in self.points.items()}

    def note_seconds(self, notebook: NotebookNode) -> None:
        """Add up what the cells of each question took: the answer's, and the checks' with their calls of it. What
        nobody answered took no time."""
        taken, question = {}, None
        for cell in notebook.cells:
            if is_solution(cell):
                question = None if verdicts.untouched(cell) else cell.metadata.nbgrader["grade_id"]
            seconds = cell.metadata.get("gradschool", {}).get("seconds")
            if question in self.points and isinstance(seconds, int | float):
                taken[question] = taken.get(question, 0.0) + seconds
        for question, seconds in taken.items():
            self.seconds[question].append(seconds)


def read_notebook(path: Path) -> NotebookNode | None:
    """A notebook in `autograded/`; None if it is not there. Grading wrote it, so it is not validated again."""
    try:
        return JSONReader().reads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def told(notebook: NotebookNode) -> tuple[str | None, list[str]]:
    """What intake wrote on top: why the submission was refused, if it was, and what else there was to say.

    A student can write such a cell too. It counts as a refusal only where every answer is untouched: then there
    is nothing to gain by it.
    """
    first = notebook.cells[0] if notebook.cells else None
    if first is None or first.cell_type != "markdown" or first.metadata.get("nbgrader"):
        return None, []
    title, *lines = [line for line in first.source.splitlines() if line.strip()] or [""]
    said = [re.sub(r"\\(.)", r"\1", line.removeprefix("- ")) for line in lines]
    if title == f"**{PUT_RIGHT}**":
        return None, said
    answers = [cell for cell in notebook.cells if is_solution(cell)]
    if title == f"**{REFUSED}**" and said and all(map(verdicts.untouched, answers)):
        return said[0], said[1:]
    return None, []


def changed_since(folder: Path, graded: Path) -> bool:
    """Whether a notebook was put into a student's folder after grading wrote what it made of it."""
    try:
        return any(path.lstat().st_mtime > graded.stat().st_mtime for path in folder.glob("*.ipynb"))
    except OSError:
        return False


def logged(course: Course, students: list[Student]) -> dict[str, str]:
    """Why the grader gave up on a student, from `autograded/failures.log`: an id on a line, then what was said."""
    try:
        lines = (course.root / "autograded" / "failures.log").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    ids, logs, id = {student.id for student in students}, defaultdict(list), None
    for line in lines:
        id = line if line in ids else id
        if id is not None and line != id:
            logs[id].append(line)
    return {id: cause("\n".join(log).strip() or "no reason was kept") for id, log in logs.items()}
