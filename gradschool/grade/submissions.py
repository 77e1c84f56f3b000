"""Who handed in what, and when: the folders of `submitted/`, the roster, the due dates.

submitted/<student>/<ps>/<ps>.ipynb     the work
submitted/<student>/<ps>/timestamp.txt  when it came in (nbgrader writes it; without it nothing is late)
submitted/roster.csv                    student_id, last_name, first_name, email (optional)
submitted/due.toml                      ps1 = 2026-10-05T23:59:00Z (optional)
"""

import csv
import hashlib
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from gradschool.course.layout import Course, CourseError

SAMPLE = "sample-"
MAX_ID_LENGTH = 100  # nbgrader's column takes 128, and the id is also a folder's name


@dataclass(frozen=True)
class Student:
    """One person: the id in the gradebook, and the names that the roster gives."""

    id: str
    last_name: str = ""
    first_name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Submission:
    """One student's folder for one problem set; None if nothing was handed in."""

    student: Student
    folder: Path | None


def find(course: Course, ps: str) -> list[Submission]:
    """All submissions of a problem set, in the order of the students' ids; whoever is only on the roster too.

    The sample class is left out as soon as there is anybody else.

    Raises:
        CourseError: if nobody has handed anything in.
    """
    folders = [path.parent for path in course.submitted.glob(f"*/{ps}") if path.is_dir()]
    real = [folder for folder in folders if not folder.name.startswith(SAMPLE)]
    if not folders:
        raise CourseError(
            f"Nobody has handed in {ps}. A submission goes to submitted/<student>/{ps}/{ps}.ipynb; "
            "`make collect ZIP=file.zip` brings in what Moodle or Canvas gives you."
        )
    roster = read_roster(course.submitted / ("roster.csv" if real else "sample-roster.csv"))
    found = {}
    for folder in real or folders:
        id = safe_id(folder.name)
        found[id] = Submission(roster.get(id, Student(id)), folder / ps)
    for student in roster.values():
        found.setdefault(student.id, Submission(student, None))
    return [found[id] for id in sorted(found)]


def is_sample(submissions: list[Submission]) -> bool:
    return all(submission.student.id.startswith(SAMPLE) for submission in submissions)


def safe_id(name: str) -> str:
    """The id that nbgrader can work with for a folder of this name: the name itself, if it can.

    Letters of any script, digits, spaces and a few signs are fine. Others mean something to nbgrader (it
    looks for files with glob patterns, and puts ids into addresses) and are replaced; a hash of the name
    keeps the id unique.
    """
    plain = re.fullmatch(r"\w[\w .,'@+()-]*(?<![ .])", name)
    if plain and unicodedata.is_normalized("NFC", name) and len(name) <= MAX_ID_LENGTH:
        return name
    composed = unicodedata.normalize("NFC", name)
    words = re.sub(r"[^\w.,'@+()-]+", "-", composed)[: MAX_ID_LENGTH - 9].strip("-. ,'@+()") or "student"
    return f"{words}-{hashlib.sha256(name.encode('utf-8', 'surrogateescape')).hexdigest()[:8]}"


def read_roster(path: Path) -> dict[str, Student]:
    """The students on a roster, by their ids; nobody, if there is no roster.

    Raises:
        CourseError: if it is not a table with the columns it must have.
    """
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (UnicodeDecodeError, csv.Error) as error:
        raise CourseError(f"{path} cannot be read as a UTF-8 table: {error}.") from None
    if rows and "student_id" not in rows[0]:
        raise CourseError(
            f"{path} has no column student_id. Its columns: student_id,last_name,first_name,email"
        )
    students = {}
    for row in rows:
        values = {
            key: (row.get(key) or "").strip() for key in ("student_id", "last_name", "first_name", "email")
        }
        name = values.pop("student_id")
        if name:
            students[safe_id(name)] = Student(safe_id(name), **values)
    return students


def handed_in(folder: Path) -> tuple[datetime | None, list[str]]:
    """When a submission came in (UTC without time zone, as nbgrader keeps it), and what to say about that."""
    path = folder / "timestamp.txt"
    if not path.is_file() or path.is_symlink():
        return None, []
    text = path.read_bytes()[:200].decode("utf-8-sig", "replace").strip()
    try:
        # nbgrader takes a zone like +0200 for 200 seconds if a space stands before it.
        return parse_utc(re.sub(r" (?=[+-]\d{4}$)", "", text)), []
    except (ValueError, OverflowError, TypeError):
        return None, [f"timestamp.txt is not a time ({text[:40]!r}): nobody knows whether it was late"]


def due(course: Course, ps: str) -> datetime | None:
    """When a problem set is due (UTC, without time zone), from `submitted/due.toml`; None if it does not say.

    Raises:
        CourseError: if the file is not TOML, or the entry is not a date with a time.
    """
    path = course.submitted / "due.toml"
    if not path.is_file():
        return None
    try:
        moment = tomllib.loads(path.read_text(encoding="utf-8")).get(ps)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} is not TOML: {error}.") from None
    if moment is None:
        return None
    if not isinstance(moment, datetime):
        raise CourseError(
            f"{path}: write when {ps} is due as a time with its zone, like 2026-10-05T23:59:00Z."
        )
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
