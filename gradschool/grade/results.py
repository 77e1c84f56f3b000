"""What grading finds out about a class: plain results, which `classroom.py` makes and `report/` puts into words."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gradschool.grade.submissions import Student
from gradschool.grade.verdicts import Verdict


@dataclass(frozen=True)
class QuestionResult:
    """One question of one student: the marks, and a verdict for each graded cell that has none."""

    score: float
    max_score: float
    reasons: dict[str, Verdict] = field(default_factory=dict)  # by the graded cell's grade_id


@dataclass(frozen=True)
class StudentResult:
    """What grading has to say about one student.

    `refused` says why the submission as a whole was not taken, `failed` why the grader itself gave up on it.
    `fresh` is False if the marks are those of an earlier run.
    """

    student: Student
    questions: dict[str, QuestionResult]
    handed_in: bool = True
    refused: str | None = None
    failed: str | None = None
    notes: tuple[str, ...] = ()
    submitted_at: datetime | None = None
    late: timedelta = timedelta(0)
    fresh: bool = True

    @property
    def score(self) -> float:
        return sum(question.score for question in self.questions.values())


@dataclass(frozen=True)
class ClassResult:
    """The marks of a class in one problem set."""

    ps: str
    students: tuple[StudentResult, ...]
    max_scores: dict[str, float]  # by question
    sample: bool  # whether this is the sample class that comes with the course
