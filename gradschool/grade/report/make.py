"""`make report`: the class report, marks for Moodle and Canvas, and the table of reasons, all in `report/`."""

from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from gradschool.course.layout import Course, first_heading
from gradschool.grade.report import lms, page
from gradschool.grade.report.reading import Graded, read_class
from gradschool.grade.report.spreadsheet import as_csv, replace, safe_cell, write_csv


@dataclass(frozen=True)
class Written:
    """What was written, by path from the course's folder, with what it is for and what there is to say."""

    page: Path
    files: list[tuple[str, str, list[str]]]

    def __str__(self) -> str:
        lines = [f"{self.page}: the class report, for instructors."]
        for name, purpose, notes in self.files:
            lines += [f"{name}: {purpose}", *(f"  {note}" for note in notes)]
        return "\n".join(lines)


def make_report(
    course: Course, ps: str, canvas: Path | None = None, column: str | None = None, progress: bool = True
) -> Written:
    """Read the graded class and write everything about it.

    canvas, column : the gradebook that Canvas exported, and the heading of the column to fill in (see lms.py).

    Raises:
        CourseError: if there is no such problem set, nobody handed it in, a file cannot be written, or the export from
            Canvas does not fit.
    """
    def watch(found):
        return tqdm(found, desc=ps, unit="submission", disable=not progress or len(found) < 100)

    return write(course, read_class(course, ps, watch), canvas, column)


def write(course: Course, graded: Graded, canvas: Path | None = None, column: str | None = None) -> Written:
    """The files for a class that was read."""
    ps, folder = graded.result.ps, course.root / "report"
    sheets = {
        f"{ps}-moodle.csv": (lms.moodle(course, graded), "marks, for Moodle's Grades > Import > CSV file."),
        f"{ps}-canvas.csv": (lms.canvas(course, graded, canvas, column), "marks, for Canvas' Gradebook > Import."),
    }
    folder.mkdir(exist_ok=True)
    write_csv(graded.result, course.root / "grades.csv")
    files = [("grades.csv", "every mark and remark, for a spreadsheet.", [])]
    for name, (sheet, purpose) in sheets.items():
        replace(folder / name, as_csv(sheet.rows, sheet.delimiter))
        files.append((f"report/{name}", purpose, sheet.notes))
    reasons = [map(safe_cell, row) for row in page.reasons_table(graded)]
    replace(folder / f"{ps}-reasons.csv", as_csv(reasons), "utf-8-sig")
    files.append((f"report/{ps}-reasons.csv", "every failed check and its reason, not for students.", []))
    text = page.html(graded, first_heading(course.problem_set(ps)), course.root, files)
    replace(folder / f"{ps}.html", text)
    return Written(Path("report") / f"{ps}.html", files)
