"""The class report: one HTML file that loads nothing, runs nothing and can be printed.

`page.html.j2` has the words and the order, `page.css` the looks; what is counted comes from `analysis.py` and
`causes.py`. Everything that a student wrote is escaped by the template.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gradschool.grade.report import analysis, causes
from gradschool.grade.report.reading import NOT_GRADED, Graded
from gradschool.grade.report.words import duration
from gradschool.grade.results import StudentResult
from gradschool.grade.verdicts import Cause

LISTED = 100  # students in one list; all of them are in the table of reasons beside the page
REASONS = 40  # reasons on the page
HERE = Path(__file__).parent

# In the order of the notebook's life: what the student did, what the checks found, what the machine did.
VERDICTS = {
    Cause.WRONG: "the answer ran, and is wrong",
    Cause.NOT_JUDGED: "the answer ran, and gave what cannot be compared: another type or shape, NaN",
    Cause.COULD_NOT_RUN: "an exception",
    Cause.TIMEOUT: "too slow, or endless",
    Cause.KERNEL_DIED: "the answer's process died, or ran out of memory",
    Cause.NOT_RUN: "not run, because of what came before",
    Cause.NOTHING_TESTED: "the check found nothing to test",
    Cause.NOT_ATTEMPTED: "the answer cell is as it was released",
    Cause.TO_BE_MARKED: "waits for marks by hand",
}


@dataclass(frozen=True)
class Person:
    """A student as a list names one: a link to the page where the work can be read, and a remark."""

    id: str
    name: str
    link: str | None
    remark: str = ""


@dataclass(frozen=True)
class People:
    """A list of students, cut where it gets long."""

    shown: list[Person]
    more: int


class Folder:
    """Makes links from the report to what grading wrote about a student."""

    def __init__(self, graded: Graded, root: Path | None):
        self.ps, self.root = graded.result.ps, root
        self.students = {found.student.id: found.student for found in graded.result.students}

    def person(self, id: str, remark: str = "") -> Person:
        student = self.students.get(id)
        name = ", ".join(filter(None, (student.last_name, student.first_name))) if student else ""
        return Person(id, name or id, self.link(id), remark)

    def link(self, id: str) -> str | None:
        """The feedback page, else the notebook as it was run, else what was handed in."""
        for path in (f"feedback/{id}/{self.ps}/{self.ps}.html", f"autograded/{id}/{self.ps}/{self.ps}.ipynb",
                     f"submitted/{id}/{self.ps}"):
            if self.root is None or (self.root / path).exists():
                return "../" + quote(path)
        return None

    def people(self, ids: Iterable[str], remark: Callable[[str], str] = lambda id: "") -> People:
        ids = list(ids)
        return People([self.person(id, remark(id)) for id in ids[:LISTED]], max(0, len(ids) - LISTED))


def html(
    graded: Graded, title: str, root: Path | None = None, files: Iterable = (), now: datetime | None = None
) -> str:
    """The report as one HTML page, for a place one folder below the course's.

    title : of the problem set.
    root : the course's folder: links lead only to what is there. None: all links are made.
    files : what is written beside the page, as (name, what it is for, notes).
    """
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"percent": percent, "marks": "{:.4g}".format, "seconds": seconds, "count": "{:,}".format}
    template = environment.get_template("page.html.j2")
    return template.render(**contents(graded, title, root, files, now or datetime.now(UTC)))


def contents(graded: Graded, title: str, root: Path | None, files: Iterable, now: datetime) -> dict:
    """All that the template shows."""
    result, folder = graded.result, Folder(graded, root)
    questions = analysis.questions(graded)
    groups = causes.groups(graded.failures)
    bins = analysis.distribution(result)
    return {
        "ps": result.ps,
        "title": title,
        "now": f"{now:%Y-%m-%d %H:%M} UTC",
        "style": (HERE / "page.css").read_text(encoding="utf-8"),
        "sample": result.sample,
        "best": sum(result.max_scores.values()),
        "total": len(result.students),
        "handed_in": sum(student.handed_in for student in result.students),
        "summary": analysis.summary(result),
        "bins": bins,
        "highest": max((bin.count for bin in bins), default=0),
        "gridlines": gridlines(max((bin.count for bin in bins), default=0)),
        "wide_bins": any(bin.high - bin.low > 1 for bin in bins),
        "questions": questions,
        "timed": any(question.seconds for question in questions),
        "suspicions": analysis.suspicions(graded, questions),
        "reasons": [reason(group, folder) for group in groups[:REASONS]],
        "more_reasons": len(groups) - REASONS,
        "unnamed": {name: (len(ids), folder.people(ids)) for name, ids in causes.unnamed(graded.failures).items()},
        "verdicts": verdict_table(questions),
        "late": late(graded, folder),
        "not_graded": not_graded(graded, folder),
        "missing": folder.people(found.student.id for found in result.students if not found.handed_in),
        "notes": notes(result.students, folder),
        "files": list(files),
    }


def gridlines(highest: int) -> list[int]:
    """Two to five round numbers up to the highest bar."""
    if not highest:
        return []
    power = 10 ** (len(str(highest)) - 1)
    step = max(1, next(step for step in (power // 5, power // 2, power, 2 * power) if step and highest // step <= 5))
    return list(range(step, highest + 1, step))


def reason(group: causes.Group, folder: Folder) -> dict:
    return {
        "title": group.title,
        "more": about(group),
        "kind": group.kind.value,
        "count": len(group.students),
        "questions": group.questions,
        "people": folder.people(group.students),
    }


def about(group: causes.Group) -> str:
    """The explanation of a cause that every check knows; else what one of the checks said, as an example."""
    if causes.general(group.title):
        return group.more if len(group.titles) == 1 else ""
    return f"For instance: {group.more}" if group.more else ""


def verdict_table(questions: list[analysis.Question]) -> list[tuple[str, str, list[int], int]]:
    """For each verdict that came up: its name, what it means, students by question, and their sum."""
    rows = []
    for cause, meaning in VERDICTS.items():
        counts = [question.causes.get(cause, 0) for question in questions]
        if any(counts):
            rows.append((cause.value, meaning, counts, sum(counts)))
    return rows


def late(graded: Graded, folder: Folder) -> tuple[int, People]:
    """Who was late, the latest first."""
    found = {s.student.id: s.late for s in graded.result.students if s.handed_in and s.late}

    def remark(id: str) -> str:
        penalty = graded.penalties.get(id)
        return duration(found[id]) + (f", {penalty:g} points taken off" if penalty else "")

    return len(found), folder.people(sorted(found, key=found.get, reverse=True), remark)


def not_graded(graded: Graded, folder: Folder) -> list[tuple[str, int, People]]:
    """Who could not be graded, by reason in short; each with the reason in full."""
    why = {s.student.id: s.failed or s.refused for s in graded.result.students if s.failed or s.refused}
    failed = {s.student.id for s in graded.result.students if s.failed and s.failed != NOT_GRADED}
    kinds: dict[str, list[str]] = {}
    for id, text in why.items():
        kind = text.partition(":")[0]
        kinds.setdefault(f"the grader failed: {kind}" if id in failed else kind, []).append(id)
    by_count = sorted(kinds.items(), key=lambda item: -len(item[1]))
    return [(kind, len(ids), folder.people(ids, why.get)) for kind, ids in by_count]


def notes(students: Iterable[StudentResult], folder: Folder) -> list[tuple[str, int, People]]:
    """What intake put right, by count."""
    found: dict[str, list[str]] = {}
    for student in students:
        for note in student.notes:
            found.setdefault(note[: causes.LONGEST], []).append(student.student.id)
    by_count = sorted(found.items(), key=lambda item: -len(item[1]))[:REASONS]
    return [(note, len(ids), folder.people(ids)) for note, ids in by_count]


def reasons_table(graded: Graded) -> list[list[str]]:
    """Every failed check with its reason, one a row: what the page shows only the beginning of."""
    rows = [["student_id", "question", "check", "verdict", "reason", "more"]]
    for id, failures in graded.failures.items():
        rows += [[id, one.question, one.cell, one.kind.value, one.title, one.more] for one in failures]
    return rows


def percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"


def seconds(time: float) -> str:
    if time < 0.9995:
        return f"{1000 * time:.0f} ms"
    return f"{time:.1f} s" if time < 10 else f"{time:.0f} s"
