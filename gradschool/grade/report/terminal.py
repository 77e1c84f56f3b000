"""The marks of a class as text for the terminal."""

from gradschool.grade.report.words import remarks
from gradschool.grade.results import ClassResult, StudentResult


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
