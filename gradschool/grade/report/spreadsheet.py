"""The marks of a class as a table for spreadsheets, and how a table becomes a file that a program may hold open."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from gradschool.course import workspace
from gradschool.course.layout import CourseError
from gradschool.grade.report.words import duration, remarks
from gradschool.grade.results import ClassResult

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(result: ClassResult, path: Path) -> None:
    """The marks as CSV: UTF-8 with a byte-order mark, so that Excel reads accents.

    Raises:
        CourseError: if the file cannot be replaced, as when a spreadsheet holds it open on Windows.
    """
    questions = list(result.max_scores)
    fixed = ["student_id", "last_name", "first_name", "problem_set"]
    rows = [[*fixed, *questions, "score", "max_score", "submitted_utc", "late", "remarks"]]
    for student in result.students:
        person = student.student
        marks = [f"{student.questions[name].score:g}" if name in student.questions else "" for name in questions]
        submitted = f"{student.submitted_at:%Y-%m-%d %H:%M:%S}" if student.submitted_at else ""
        row = [person.id, person.last_name, person.first_name, result.ps, *marks]
        row += [f"{student.score:g}" if student.questions else "", f"{sum(result.max_scores.values()):g}", submitted]
        row += [duration(student.late) if student.late else "", "; ".join(remarks(student))]
        rows.append(row)
    replace(path, as_csv([map(safe_cell, row) for row in rows]), "utf-8-sig")


def as_csv(rows: Iterable[Iterable], delimiter: str = ",") -> str:
    """Rows as CSV: lines end in CR LF, cells with a delimiter, a quote or a line break are quoted."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def replace(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write a file whole or not at all.

    Raises:
        CourseError: if it cannot be replaced, as when a spreadsheet holds it open on Windows.
    """
    try:
        workspace.write(path, text.encode(encoding))
    except OSError as error:
        raise CourseError(f"{path} cannot be written ({error.strerror}). Close it if a program has it open.") from None


def safe_cell(value):
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
