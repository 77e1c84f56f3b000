"""Marks as Moodle and Canvas import them.

Moodle (Grades > Import > CSV file; docs.moodle.org, "Grade import", and grade/import/csv in Moodle's source): any
columns; the teacher says which one identifies the student (id number, e-mail address, user name) and which one holds
the grade. One student that Moodle does not know stops the whole import, and a row whose identifier is empty would be
taken for another line of the student before. So each row has every identifier, and nobody without marks has a row.

Canvas (Gradebook > Import; lib/gradebook_importer.rb and gradebook_exporter.rb in Canvas' source): the columns
Student, ID, SIS User ID, SIS Login ID, Section come first, then assignments as `title (id)`. The ID is Canvas' own
number, so the sure way is to fill in what Canvas exported. An empty cell would delete a mark, and every column that is
there is written: so only the problem set's column stays, and only the rows that have a new mark. Where there is no
export, Canvas looks for the SIS id, the login and the name; a title that it does not know becomes a new assignment.
"""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from gradschool.course.layout import Course, CourseError, first_heading
from gradschool.grade.collect import bare
from gradschool.grade.report.reading import Graded
from gradschool.grade.report.spreadsheet import FORMULA_STARTS, safe_cell
from gradschool.grade.submissions import SAMPLE, Student, read_roster, safe_id

EXPORT = "canvas.csv"  # in submitted/, beside the roster: the gradebook as Canvas exported it
SHOWN = 5  # names in a note
SETTLED = ("EX", "N/A")  # Canvas: excused, not assigned; a mark would undo the one and cannot change the other


@dataclass(frozen=True)
class Sheet:
    """A table to import, and what there is to say about it."""

    rows: list[list[str]]
    notes: list[str]
    delimiter: str = ","


def marks(graded: Graded) -> dict[str, str]:
    """What goes into an LMS, by student: marks less what nbgrader took off for lateness. Nobody who has none."""
    return {
        student.student.id: f"{max(0.0, student.score - graded.penalties.get(student.student.id, 0.0)):.10g}"
        for student in graded.result.students
        if student.questions and not student.failed
    }


# Moodle -------------------------------------------------------------------------------------------------------


def moodle(course: Course, graded: Graded) -> Sheet:
    """One row for each student with marks: id number, e-mail address where all have one, names, marks."""
    given = marks(graded)
    students = [found.student for found in graded.result.students if found.student.id in given]
    notes = [f"Make the grade item with {sum(graded.result.max_scores.values()):g} points in Moodle before you import."]
    listed = roster(course, graded)
    if not listed:
        notes.append(
            "There is no submitted/roster.csv. The ids are the names of folders: Moodle takes them only if they are "
            "its ID numbers or user names."
        )
    elif strangers := [student.id for student in students if student.id not in listed]:
        notes.append(f"Left out, because they are not on the roster: {names(strangers)}.")
        students = [student for student in students if student.id in listed]
    with_email = all(is_address(student.email) for student in students)
    without = [student.id for student in students if not is_address(student.email)]
    if without and len(without) < len(students):
        notes.append(f"No column of e-mail addresses, because the roster has none for {names(without)}.")
    head = ["ID number", *(["Email address"] if with_email else []), "Last name", "First name", graded.result.ps]
    rows = [
        [
            student.id,
            *([student.email] if with_email else []),
            safe_cell(student.last_name),
            safe_cell(student.first_name),
            given[student.id],
        ]
        for student in students
    ]
    return Sheet([head, *rows], notes)


def is_address(text: str) -> bool:
    """An e-mail address that can stand in a table as it is; one that a spreadsheet would compute cannot."""
    return bool(re.fullmatch(r"[^\s@,;\"]+@[^\s@,;\"]+", text)) and not text.startswith(FORMULA_STARTS)


def roster(course: Course, graded: Graded) -> dict[str, Student]:
    return read_roster(course.submitted / (f"{SAMPLE}roster.csv" if graded.result.sample else "roster.csv"))


def names(ids: list[str]) -> str:
    more = len(ids) - SHOWN
    return ", ".join(ids[:SHOWN]) + (f" and {more:,} more" if more > 0 else "")


# Canvas -------------------------------------------------------------------------------------------------------


def canvas(course: Course, graded: Graded, export: Path | None = None, column: str | None = None) -> Sheet:
    """The gradebook that Canvas exported with the marks filled in, or a new one where there is no export.

    export : the exported file; `submitted/canvas.csv` is taken if it is there.
    column : the heading of the assignment's column, where its title does not tell.

    Raises:
        CourseError: if the export is not one, or it is not clear which column is meant.
    """
    if export is None and (course.submitted / EXPORT).is_file():
        export = course.submitted / EXPORT
    if export is None:
        return canvas_from_scratch(graded)
    return filled_in(read_export(export), course, graded, column)


def canvas_from_scratch(graded: Graded) -> Sheet:
    """Rows that Canvas can find students by: the id as SIS id and as login, and the name."""
    given = marks(graded)
    rows = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", graded.result.ps]]
    rows.append(["    Points Possible", "", "", "", "", f"{sum(graded.result.max_scores.values()):g}"])
    for found in graded.result.students:
        if found.student.id in given:
            student = found.student
            name = ", ".join(filter(None, (student.last_name, student.first_name))) or student.id
            number = "" if student.last_name else canvas_number(student.id) or ""  # no roster: the id came from a zip
            login = "" if number else student.id
            rows.append([safe_cell(name), number, login, login, "", given[student.id]])
    note = (
        "Canvas' own numbers of students and assignment are missing. Canvas looks for the ids among SIS ids and "
        f"logins, then for names; an assignment that is not called {graded.result.ps} exactly is made anew. The sure "
        f"way: export the gradebook from Canvas, save it as submitted/{EXPORT}, and run this again."
    )
    return Sheet(rows, [note])


def read_export(path: Path) -> Sheet:
    """The rows of an exported gradebook, whichever delimiter Canvas was set to.

    Raises:
        CourseError: if it is not an exported gradebook.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        delimiter = max(",;\t", key=text.partition("\n")[0].count)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CourseError(f"{path} cannot be read as a table: {error}.") from None
    head = rows[0] if rows else []
    if not head or head[0] not in ("Student", "LastName") or not {"ID", "Section"} <= set(head):
        raise CourseError(f"{path} is not a gradebook of Canvas: its columns begin with Student, ID, ..., Section.")
    width = len(head)
    return Sheet([(row + [""] * width)[:width] for row in rows if row], [], delimiter)


def filled_in(export: Sheet, course: Course, graded: Graded, column: str | None) -> Sheet:
    """The exported rows of those who have marks, cut down to who they are and the problem set's column."""
    head, *rows = export.rows
    fixed = head.index("Section") + 1
    place = assignment_column(head, fixed, course, graded.result.ps, column)
    best, given = sum(graded.result.max_scores.values()), marks(graded)
    whose = match(head, [row for row in rows if is_student(row)], graded)
    kept, settled, left = [], [], dict(given)
    for row in rows:
        there = row[place].strip() if place is not None else ""
        if not is_student(row):
            kept.append([*row[:fixed], there or (f"{best:g}" if is_points(row) else "")])
        elif (id := whose.get(key(row))) and left.pop(id, None) is not None:
            if there in SETTLED:
                settled.append(id)
            else:
                kept.append([*row[:fixed], given[id]])
    notes = list(filter(None, [about_column(head, rows, fixed, place, best, graded.result.ps)]))
    if settled:
        notes.append(f"Left as they are in Canvas, excused or not assigned: {names(settled)}.")
    if left:
        notes.append(f"Not found in Canvas' export, by id, login, e-mail address or name: {names(list(left))}.")
    heading = head[place] if place is not None else graded.result.ps
    return Sheet([[*head[:fixed], heading], *kept], notes, export.delimiter)


def about_column(head: list[str], rows: list[list[str]], fixed: int, place: int | None, best: float, ps: str) -> str:
    """What there is to say about the problem set's column: it is not there, or it has other points."""
    if place is None:
        titles = "; ".join(heading for heading in head[fixed:] if canvas_number(heading, " (")) or "none"
        return (
            f"No assignment of the export is {ps} (there are: {titles}): Canvas will offer to make one. "
            'If it has another name, say which: CANVAS_COLUMN="..."'
        )
    there = next((row[place].strip().replace(",", ".") for row in rows if is_points(row)), "")
    try:
        same = float(there) == best
    except ValueError:
        same = False
    return "" if same else f"In Canvas the assignment has {there or 'no'} points, here it has {best:g}."


def is_points(row: list[str]) -> bool:
    return "Points Possible" in row[0]


def is_student(row: list[str]) -> bool:
    """Whether a row of an export is a student's: two others tell points, and what is posted by hand."""
    return bool(row[0].strip()) and not is_points(row)


def assignment_column(head: list[str], fixed: int, course: Course, ps: str, column: str | None) -> int | None:
    """Where the problem set's column is; None if there is none.

    Raises:
        CourseError: if there are several, or the one asked for is not there.
    """
    if column is not None:
        found = [i for i in range(fixed, len(head)) if column in (head[i], title_of(head[i]))]
        if len(found) != 1:
            raise CourseError(f"The export from Canvas has {len(found)} columns {column!r}; one is needed.")
        return found[0]
    assignments = {i: title_of(head[i]) for i in range(fixed, len(head)) if canvas_number(head[i], " (")}
    exact = {bare(ps), bare(first_heading(course.problem_set(ps)))}
    number = ps.removeprefix("ps")
    spoken = re.compile(rf"\b(?:{re.escape(ps)}|(?:problem set|homework|assignment) ?0*{number})\b", re.IGNORECASE)
    for found in ([i for i, title in assignments.items() if bare(title) in exact],
                  [i for i, title in assignments.items() if spoken.search(title)]):
        if len(found) == 1:
            return found[0]
        if found:
            titles = "; ".join(head[i] for i in found)
            raise CourseError(f'Several columns of the export may be {ps}: {titles}. Say which: CANVAS_COLUMN="..."')
    return None


def title_of(heading: str) -> str:
    return re.sub(r" \(\d+\)$", "", heading)


def canvas_number(text: str, before: str = "_") -> str | None:
    """Canvas' number at the end of an id that came out of its zip (`doejane_12345`), or of a column's heading."""
    found = re.search(rf"{re.escape(before)}(\d+)\)?$", text)
    return found[1] if found else None


def key(row: list[str]) -> tuple[str, ...]:
    return tuple(row[:3])


def match(head: list[str], rows: list[list[str]], graded: Graded) -> dict[tuple[str, ...], str]:
    """Who of ours each row of the export is: by id, by login, by e-mail address, by Canvas' number in an id that came
    out of its zip; else by a name that one person bears, there and here."""
    ours = {found.student.id: found.student for found in graded.result.students}
    emails = unique([(student.email.casefold(), id) for id, student in ours.items() if student.email])
    numbers = unique([(number, id) for id in ours if (number := canvas_number(id))])
    spoken = unique([(bare(s.last_name + s.first_name), id) for id, s in ours.items() if s.last_name or s.first_name])
    columns = {name: head.index(name) for name in ("ID", "SIS User ID", "SIS Login ID") if name in head}
    named = Counter(name_in(row, head) for row in rows)
    found = {}
    for row in rows:
        told = {name: row[i].strip() for name, i in columns.items()}
        name = name_in(row, head)
        direct = [safe_id(told[kind]) for kind in ("SIS User ID", "SIS Login ID", "ID") if told.get(kind)]
        number = numbers.get(told["ID"])
        candidates = [id for id in direct if id in ours]
        candidates += filter(None, [emails.get(told.get("SIS Login ID", "").casefold())])
        candidates += [number] if number and bare(number.rpartition("_")[0]) == name else []
        candidates += [spoken[name]] if name in spoken and named[name] == 1 else []
        if candidates:
            found[key(row)] = candidates[0]
    return found


def unique(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """A dictionary of those pairs whose first part comes once."""
    counts = Counter(first for first, _ in pairs)
    return {first: second for first, second in pairs if first and counts[first] == 1}


def name_in(row: list[str], head: list[str]) -> str:
    """A student's bare name, last name first."""
    return bare(row[0] + row[1] if head[0] == "LastName" else row[0])
