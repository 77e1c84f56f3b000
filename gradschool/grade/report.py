"""The marks of a class as text for the terminal and as a table for spreadsheets."""

import csv
import io
import os
from datetime import timedelta
from pathlib import Path

from gradschool.course.layout import CourseError
from gradschool.grade.results import ClassResult, StudentResult
from gradschool.grade.verdicts import Cause, Verdict

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def table(result: ClassResult) -> str:
    """Marks by student and question, then the reason for each 0 that is not simply a wrong answer."""
    heads = heading(result)
    lines = laid_out([*heads, *([student.student.id, *scores(student, result)] for student in result.students)])
    rule = "-" * max(map(len, lines))
    parts = [summary(result), "", *lines[: len(heads)], rule, *lines[len(heads) :]]
    said = [(student.student.id, found) for student in result.students if (found := remarks(student))]
    if said:
        parts += ["", "Besides wrong answers:"]
    for id, found in said:
        parts += [f"  {id}", *(f"    {remark}" for remark in found)]
    return "\n".join(parts)


def heading(result: ClassResult) -> list[list[str]]:
    """The rows above the marks: each question's name, a word on a line, and its points."""
    words = [question.split("-") for question in result.max_scores]
    height = max(map(len, words), default=0)
    levels = zip(*([""] * (height - len(name)) + name for name in words), strict=True)
    total = sum(result.max_scores.values())
    points = [f"/{points:g}" for points in (*result.max_scores.values(), total)]
    return [*(["", *level, ""] for level in levels), ["student", *points]]


def laid_out(rows: list[list[str]]) -> list[str]:
    """Rows as lines with aligned columns: the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *others in rows:
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        lines.append("  ".join([first.ljust(widths[0]), *cells]).rstrip())
    return lines


def summary(result: ClassResult) -> str:
    handed_in = [student for student in result.students if student.handed_in]
    again = sum(not student.fresh for student in handed_in)
    text = f"{result.ps}: {len(handed_in)} submissions"
    if again:
        text += f", {again} of them graded before and unchanged"
    if result.sample:
        text += " (the sample class that comes with the course; it is left out once anybody else hands in)"
    return text


def scores(student: StudentResult, result: ClassResult) -> list[str]:
    """One row of the table; dashes where there is nothing to mark."""
    if not student.questions:
        return ["-"] * (len(result.max_scores) + 1)
    found = [student.questions[name].score if name in student.questions else 0 for name in result.max_scores]
    return [f"{score:g}" for score in (*found, student.score)]


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


def write_csv(result: ClassResult, path: Path) -> None:
    """The marks as CSV: UTF-8 with a byte-order mark, so that Excel reads accents.

    Raises:
        CourseError: if the file cannot be replaced, as when a spreadsheet holds it open on Windows.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    questions = list(result.max_scores)
    fixed = ["student_id", "last_name", "first_name", "problem_set"]
    writer.writerow([*fixed, *questions, "score", "max_score", "submitted_utc", "late", "remarks"])
    for student in result.students:
        person = student.student
        marks = [
            f"{student.questions[name].score:g}" if name in student.questions else "" for name in questions
        ]
        submitted = f"{student.submitted_at:%Y-%m-%d %H:%M:%S}" if student.submitted_at else ""
        row = [person.id, person.last_name, person.first_name, result.ps, *marks]
        row += [
            f"{student.score:g}" if student.questions else "",
            f"{sum(result.max_scores.values()):g}",
            submitted,
        ]
        row += [duration(student.late) if student.late else "", "; ".join(remarks(student))]
        writer.writerow([safe_cell(cell) for cell in row])
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(text.getvalue().encode("utf-8-sig"))
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CourseError(
            f"{path} cannot be written ({error.strerror}). Close it if a program has it open."
        ) from None


def safe_cell(value):
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
