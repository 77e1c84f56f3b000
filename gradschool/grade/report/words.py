"""What there is to say about one student's work, in words."""

from datetime import timedelta

from gradschool.grade.results import StudentResult
from gradschool.grade.verdicts import Cause, Verdict


def remarks(student: StudentResult) -> list[str]:
    """All that there is to say about a student's marks, but for answers that are simply wrong."""
    if not student.handed_in:
        return ["nothing handed in"]
    said = []
    if student.failed:
        said.append(f"NOT GRADED, the grader failed: {student.failed} (autograded/failures.log)")
    if student.refused:
        said.append(student.refused)
    elif student.questions:
        said += reasons(student)
    if student.late:
        said.append(f"handed in {duration(student.late)} late")
    return [*said, *student.notes]


def reasons(student: StudentResult) -> list[str]:
    """Each reason once, after the questions that it concerns, or after single cells of a question."""
    concerned: dict[str, list[str]] = {}
    for question, found in student.questions.items():
        besides_wrong = {
            cell: verdict for cell, verdict in found.reasons.items() if verdict.cause is not Cause.WRONG
        }
        first = list(map(str, first_causes(list(besides_wrong.values()))))
        said = {cell: in_full(str(verdict), first) for cell, verdict in besides_wrong.items()}
        texts = list(dict.fromkeys(in_full(text, first) for text in first))
        whole = found.score == 0 and len(texts) == 1
        for text in texts:
            cells = [cell for cell in said if said[cell] == text]
            concerned.setdefault(text, []).extend([question] if whole else cells)
    everything = list(student.questions)
    return [
        f"{'everything' if names == everything and len(names) > 1 else ', '.join(names)}: {text}"
        for text, names in concerned.items()
    ]


def in_full(text: str, others: list[str]) -> str:
    """The text itself, or the one among others that says the same and more: a hidden check leaves out an
    exception's own words."""
    return max((other for other in others if other.startswith(text)), key=len, default=text)


def first_causes(found: list[Verdict]) -> list[Verdict]:
    """The verdicts without those that only follow from another: what was not run as the kernel had died."""
    return [verdict for verdict in found if verdict.cause is not Cause.NOT_RUN] or found


def duration(time: timedelta) -> str:
    """A length of time to the minute: "2 days 3 h", "3 h 5 min", "1 min"."""
    minutes = max(1, round(time.total_seconds() / 60))
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{days} day{'s' * (days > 1)}" if days else "", f"{hours} h" if hours else ""]
    parts.append(f"{minutes} min" if minutes and not days else "")
    return " ".join(part for part in parts if part)
