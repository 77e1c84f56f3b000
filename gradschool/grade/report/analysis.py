"""A graded class in numbers: how marks are spread, how each question went, which checks look wrong."""

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np

from gradschool.grade.report.causes import unnamed
from gradschool.grade.report.reading import Graded
from gradschool.grade.report.words import first_causes
from gradschool.grade.results import ClassResult, QuestionResult, StudentResult
from gradschool.grade.verdicts import Cause

BARS = 25  # at most, in the distribution of marks
FEW = 5  # below this many answers nothing is said about a question
OPEN_HALVES = 10  # below this many answers the two halves of a class are not compared


@dataclass(frozen=True)
class Bin:
    """How many have marks from `low` up to, and without, `high`; the last bin holds full marks too."""

    low: float
    high: float
    count: int
    label: str


@dataclass(frozen=True)
class Summary:
    """The marks of those who were graded."""

    count: int
    mean: float
    deviation: float
    quartiles: tuple[float, float, float]
    full: int


@dataclass(frozen=True)
class Question:
    """How one question went. Counts are of students; `answers` are those who attempted it."""

    name: str
    points: float
    full: int
    part: int
    none: int
    not_attempted: int
    mean: float
    discrimination: float | None  # correlation of its marks with those of all other questions; None if undefined
    halves: tuple[float, float] | None  # mean share of its points: of the weaker and of the stronger half
    causes: dict[Cause, int]  # students by the first cause in the question
    hidden_only: int  # passed every visible check and failed a hidden one
    visible: int  # passed every visible check
    seconds: tuple[float, float] | None  # median and 95th percentile

    @property
    def answers(self) -> int:
        return self.full + self.part + self.none

    @property
    def count(self) -> int:
        return self.answers + self.not_attempted


@dataclass(frozen=True)
class Suspicion:
    """A question whose checks deserve a look, and why."""

    question: str
    headline: str
    why: str


def graded_ones(result: ClassResult) -> list[StudentResult]:
    """Those whose work was run: not the refused, not those on whom the grader gave up, not those without any."""
    return [student for student in result.students if student.questions and not student.refused and not student.failed]


def summary(result: ClassResult) -> Summary | None:
    """The marks in a few numbers; None if nobody was graded."""
    scores = np.array([student.score for student in graded_ones(result)])
    if not scores.size:
        return None
    best = sum(result.max_scores.values())
    quartiles = tuple(float(q) for q in np.percentile(scores, (25, 50, 75)))
    full = int(np.sum(scores >= best - 1e-9))
    return Summary(scores.size, float(scores.mean()), float(scores.std()), quartiles, full)


def distribution(result: ClassResult) -> list[Bin]:
    """How many have which marks, in steps of a point, or of more where the set has many points."""
    best = sum(result.max_scores.values())
    if best <= 0:
        return []
    scores = [student.score for student in graded_ones(result)]
    width = max(1, math.ceil(best / BARS))
    last = math.floor(best / width)
    counts = Counter(min(last, max(0, math.floor(score / width + 1e-9))) for score in scores)
    whole = all(float(score).is_integer() for score in scores)
    bins = []
    for k in range(last + 1):
        low, high = k * width, min((k + 1) * width, best)
        top = (min(high - 1, best) if k < last else best) if whole else high
        label = f"{low:g}" if top <= low else f"{low:g} to {top:g}"
        bins.append(Bin(low, high, counts[k], label))
    return bins


def questions(graded: Graded) -> list[Question]:
    """How each question went, in the order of the notebook."""
    students = graded_ones(graded.result)
    names = list(graded.result.max_scores)
    shares = {name: np.array([share(student.questions.get(name)) for student in students]) for name in names}
    marks = {name: np.array([score(student.questions.get(name)) for student in students]) for name in names}
    total = sum(marks.values()) if names else np.array([])
    return [question(name, graded, students, shares[name], total - marks[name]) for name in names]


def question(name: str, graded: Graded, students: list[StudentResult], share, rest) -> Question:
    found = [student.questions[name] for student in students if name in student.questions]
    causes = Counter(first(question) for question in found if question.reasons)
    attempted = np.array([first(student.questions.get(name)) is not Cause.NOT_ATTEMPTED for student in students], bool)
    answers = share[attempted]
    full, none = int(np.sum(answers >= 1 - 1e-9)), int(np.sum(answers <= 1e-9))
    visible = [q for q in found if not any(not hidden(cell) for cell in q.reasons)]
    times = graded.seconds.get(name)
    return Question(
        name=name,
        points=graded.result.max_scores[name],
        full=full,
        part=int(answers.size) - full - none,
        none=none,
        not_attempted=int(np.sum(~attempted)),
        mean=float(share.mean() * graded.result.max_scores[name]) if share.size else 0.0,
        discrimination=correlation(answers, rest[attempted]),
        halves=halves(answers, rest[attempted]),
        causes=dict(causes),
        hidden_only=sum(any(map(hidden, q.reasons)) for q in visible),
        visible=len(visible),
        seconds=tuple(float(s) for s in np.percentile(times, (50, 95))) if times else None,
    )


def hidden(cell: str) -> bool:
    """Whether a graded cell is a hidden check, by the course's way to name cells."""
    return cell.endswith("-hidden")


def share(question: QuestionResult | None) -> float:
    return question.score / question.max_score if question and question.max_score else 0.0


def score(question: QuestionResult | None) -> float:
    return question.score if question else 0.0


def first(question: QuestionResult | None) -> Cause | None:
    """The cause that says most about a question: what only follows from another comes last."""
    causes = [verdict.cause for verdict in first_causes(list(question.reasons.values()))] if question else []
    return causes[0] if causes else None


def correlation(x: np.ndarray, y: np.ndarray) -> float | None:
    """Pearson's, or None where one of the two does not vary, or too few are there to say anything."""
    if x.size < OPEN_HALVES or np.ptp(x) < 1e-12 or np.ptp(y) < 1e-12:
        return None
    return float(np.corrcoef(x, y)[0, 1])


def halves(shares: np.ndarray, rest: np.ndarray) -> tuple[float, float] | None:
    """The mean share of those with fewer marks elsewhere than the median, and of those with more."""
    if shares.size < OPEN_HALVES:
        return None
    low, high = rest < np.median(rest), rest > np.median(rest)
    return (float(shares[low].mean()), float(shares[high].mean())) if low.any() and high.any() else None


def suspicions(graded: Graded, found: list[Question]) -> list[Suspicion]:
    """The questions whose checks deserve a look, in the order of the notebook.

    Each rule has a threshold that chance alone seldom passes; none of them proves anything.
    """
    without_name = unnamed(graded.failures)
    return [
        Suspicion(question.name, headline, why)
        for question in found
        for headline, why in suspect(question, len(without_name.get(question.name, ())))
    ]


def suspect(q: Question, without_name: int):
    """What is suspicious about one question: a headline and a reason each."""
    for cause, why in (
        (Cause.NOTHING_TESTED, "The check found nothing to test: its reference is zero, or drowned in rounding."),
        (Cause.NOT_RUN, "A check cell was not run, and nothing before it says why."),
    ):
        if q.causes.get(cause):
            yield f"{cause.value.capitalize()}, for {people(q.causes[cause])}", why
    if q.answers < FEW:
        return
    if q.full == q.answers:
        yield (
            f"All {q.answers} who answered have full marks",
            "An easy question, or a check that lets wrong answers through: try it on the wrong answers of the bank.",
        )
    if q.none == q.answers:
        yield (
            f"None of the {q.answers} who answered has a point",
            "A hard question, or a check that refuses right answers: read an answer that you believe in.",
        )
    elif not q.full:
        yield (
            f"None of the {q.answers} who answered has full marks",
            "Some check may ask for what the question does not say.",
        )
    if q.discrimination is not None and q.discrimination < -2 / math.sqrt(q.answers):
        spread = f" ({percent(q.halves[1])} against {percent(q.halves[0])} of its points)" if q.halves else ""
        yield (
            f"Those who do better elsewhere do worse here{spread}",
            f"The correlation with the other questions' marks is {q.discrimination:.2f}. "
            "The check may punish a better answer, or the text may mislead who reads closely.",
        )
    if q.visible >= OPEN_HALVES and q.hidden_only > q.visible / 3:
        yield (
            f"{q.hidden_only} of {q.visible} pass the visible check and fail the hidden one",
            "The visible check may promise too much, or the hidden one may ask for more than the question says.",
        )
    late = q.causes.get(Cause.TIMEOUT, 0)
    if late >= 2 and late > q.count / 20:
        yield f"{people(late)} ran into the time limit", "The limit may be too tight for an honest, slow answer."
    failed = q.answers - q.full
    if without_name >= FEW and without_name > failed / 2:
        yield (
            f"No reason is named for {without_name} of {failed} answers that lost points",
            "They may share a misconception that the check does not know yet: read a few of them.",
        )


def people(count: int) -> str:
    return "1 student" if count == 1 else f"{count:,} students"


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"
