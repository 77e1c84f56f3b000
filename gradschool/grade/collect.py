"""Bring in a zip of submissions, as Moodle and Canvas give it, through nbgrader's zip_collect.

Names of files in such a zip:

    Moodle  Doe Jane_1234567_assignsubmission_file_ps1.ipynb
            Doe Jane_1234567_assignsubmission_file_/ps1.ipynb
    Canvas  doejane_12345_67890_ps1.ipynb, doejane_LATE_12345_67890_ps1.ipynb, ..._ps1-1.ipynb (second try)

The student's folder is the id that `submitted/roster.csv` has for the name. Without a roster it is the name
for Moodle, whose number is another one for each problem set, and name and number for Canvas, whose number
stays.
"""

import logging
import os
import re
import shutil
import tempfile
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from nbgrader.apps.zipcollectapp import ZipCollectApp
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import FileNameCollectorPlugin
from traitlets import List, Unicode
from traitlets.config import PyFileConfigLoader

from gradschool.course.layout import Course, CourseError
from gradschool.grade import intake, submissions

LMS_NAME = (
    r"(?:.*?/)?(?P<name>[^/_]+)_"
    r"(?:(?P<moodle>\d+)_assignsubmission_file_?/?|(?P<late>LATE_)?(?P<canvas>\d+)_\d+_)"
    r"(?P<file_id>[^/].*)\.ipynb$"
)
ZIP_PRECISION = 2  # seconds


@dataclass
class Collected:
    """What a zip brought, by students' ids. `others` are the files in it that are no notebooks."""

    ps: str
    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [
            f"{self.ps}: {len(self.new)} new, {len(self.replaced)} replaced, {len(self.unchanged)} unchanged"
        ]
        for label, names in (
            ("kept, because what is there is newer than what is in the zip", self.kept),
            ("late, says the LMS (write timestamp.txt beside the notebook if it is to count)", self.late),
            ("skipped, because the name is neither Moodle's nor Canvas's", self.unknown),
            ("left out, because it is not a notebook", self.others),
        ):
            if names:
                lines.append(f"  {label}: {', '.join(names)}")
        return "\n".join(lines)


class LmsCollector(FileNameCollectorPlugin):
    """nbgrader's collector plugin, for the names that Moodle and Canvas give to files."""

    roster = Unicode("submitted/roster.csv", help="The roster, from the course's folder.").tag(config=True)
    namesakes = List(Unicode(), help="Names that several people bear: their ids get the LMS's number.").tag(
        config=True
    )

    def _named_regexp_default(self):
        return LMS_NAME

    def collect(self, submitted_file):
        extracted = self.parent._format_collect_path(self.parent.extracted_directory)
        match = re.match(self.named_regexp, Path(submitted_file).relative_to(extracted).as_posix())
        if not match:
            return None
        course = Path(self.parent.coursedir.root)
        id = student_id(match, roster_by_name(course / self.roster), set(self.namesakes))
        return {"student_id": id, "file_id": match["file_id"] + ".ipynb"}


def collect(course: Course, zip_path: str | Path, ps: str | None = None) -> Collected:
    """Bring the notebooks of an LMS zip into `submitted/`, never over something newer.

    Raises:
        CourseError: if it is no zip, if a name in it leads out of it, if it has no submissions, or if `ps` is
            neither given nor told by the names.
    """
    zip_path = Path(zip_path)
    try:
        with zipfile.ZipFile(zip_path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            refuse_escapes(entries)
            ps = ps or problem_set_of(course, entries)
            course.problem_set(ps)
            with tempfile.TemporaryDirectory() as folder:
                return bring_in(course, ps, archive, entries, Path(folder))
    except (
        zipfile.BadZipFile,
        OSError,
        RuntimeError,
        NotImplementedError,
    ) as error:  # damaged, absent, encrypted
        raise CourseError(f"{zip_path} cannot be read as a zip: {error}.") from None


def bring_in(course: Course, ps: str, archive: zipfile.ZipFile, entries: list, folder: Path) -> Collected:
    """Unpack the notebooks, let nbgrader sort them by student, and move what is newer into `submitted/`."""
    result = Collected(ps)
    roster = roster_by_name(course.submitted / "roster.csv")
    namesakes = shared_names(entries)
    times: dict[str, dict[str, float]] = {}
    for entry in entries:
        match = re.match(LMS_NAME, entry.filename)
        if match:
            id = student_id(match, roster, namesakes)
            times.setdefault(id, {})[match["file_id"]] = datetime(*entry.date_time).timestamp()
            if match["late"]:
                result.late.append(id)
            unpack(archive, entry, folder / "downloaded" / ps / "extracted" / entry.filename)
        elif entry.filename.lower().endswith(".ipynb"):
            result.unknown.append(entry.filename)
        else:
            result.others.append(entry.filename)
    if not times:
        raise CourseError(
            "There is no submission in the zip. Its files should be called as Moodle or Canvas call them: "
            "Doe Jane_1234567_assignsubmission_file_ps1.ipynb or doejane_12345_67890_ps1.ipynb."
        )
    sort_by_student(course, ps, folder, namesakes)
    for id, times_of_files in sorted(times.items()):
        what = place(ps, folder / "collected" / id / ps, times_of_files, course.submitted / id / ps)
        getattr(result, what).append(id)
    return result


def unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> None:
    """One file of the zip; a byte more than intake takes is enough for intake to refuse it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as source:
        path.write_bytes(source.read(intake.MAX_BYTES + 1))


def sort_by_student(course: Course, ps: str, folder: Path, namesakes: set[str]) -> None:
    """nbgrader's zip_collect, from `downloaded/<ps>/extracted/` to `collected/<student>/<ps>/`."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course.root)).load_config()
    config.CourseDirectory.root = str(folder)
    config.CourseDirectory.assignment_id = ps
    config.CourseDirectory.submitted_directory = "collected"
    config.LmsCollector.namesakes = sorted(namesakes)
    config.LmsCollector.roster = str(course.submitted / "roster.csv")
    app = ZipCollectApp(config=config)
    app.log.setLevel(logging.CRITICAL)
    app.coursedir = CourseDirectory(parent=app)
    app.init_plugins()
    try:
        app.process_extracted_files()
    except SystemExit:  # its way to say that it gives up
        raise CourseError(
            "nbgrader cannot sort the zip: the same file is in it twice for one student."
        ) from None


def place(ps: str, collected: Path, times: dict[str, float], target: Path) -> str:
    """Move one student's notebooks into `submitted/`, unless something newer is there; say what was done.

    Of several tries at the problem set the last one counts. Notebooks under other names go along as they are
    where none has the right name: intake decides.
    """
    tries = {number: file for file in times if (number := try_number(file, ps)) is not None}
    chosen = (
        {f"{ps}.ipynb": tries[max(tries)]} if tries else {Path(file).name + ".ipynb": file for file in times}
    )
    there = {path.name: path for path in target.glob("*.ipynb")}
    if set(there) == set(chosen) and all(
        there[name].read_bytes() == (collected / f"{file}.ipynb").read_bytes()
        for name, file in chosen.items()
    ):
        return "unchanged"
    latest = max(times[file] for file in chosen.values())
    if there and latest <= handed_in(target, there.values()) + ZIP_PRECISION:
        return "kept"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name, file in chosen.items():
        shutil.copyfile(collected / f"{file}.ipynb", target / name)
        os.utime(target / name, (times[file], times[file]))  # what a later zip is compared with
    return "replaced" if there else "new"


def handed_in(target: Path, notebooks: Iterable[Path]) -> float:
    """When the submission that is there came in: its timestamp.txt, else its files' own time."""
    moment, _ = submissions.handed_in(target)
    if moment is not None:
        return moment.replace(tzinfo=UTC).timestamp()
    return max(path.lstat().st_mtime for path in notebooks)


def try_number(file_id: str, ps: str) -> int | None:
    """Which try at a problem set a file name means: 0 for `ps1`, 2 for `ps1-2` and `ps1 (2)`; else None."""
    match = re.fullmatch(rf"{re.escape(ps)}(?:[-_ ]?\(?(\d+)\)?)?", Path(file_id).name, re.IGNORECASE)
    return int(match[1] or 0) if match else None


def problem_set_of(course: Course, entries: list[zipfile.ZipInfo]) -> str:
    """The one problem set that the names in a zip tell of."""
    files = [match["file_id"] for entry in entries if (match := re.match(LMS_NAME, entry.filename))]
    known = course.problem_sets()
    told = sorted({ps for ps in known for file in files if try_number(file, ps) is not None})
    if len(told) == 1:
        return told[0]
    which = f"speak of {', '.join(told)}" if told else "tell no problem set"
    raise CourseError(
        f"The names in the zip {which}. Say which one to take it for: PS={' or PS='.join(known)}."
    )


def refuse_escapes(entries: list[zipfile.ZipInfo]) -> None:
    """No name in the zip may lead out of the folder that it is unpacked in."""
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or re.match("[A-Za-z]:", entry.filename):
            raise CourseError(
                f"The zip is refused: a name in it leads out of its folder: {entry.filename!r}."
            )


def student_id(match: re.Match, roster: dict[str, str], namesakes: set[str]) -> str:
    """The folder in `submitted/` for a file of the zip."""
    name = match["name"].strip()
    known = roster.get(bare(name))
    if known and name not in namesakes:
        return known
    number = match["canvas"] or (match["moodle"] if name in namesakes else None)
    return submissions.safe_id(f"{name}_{number}" if number else name)


def shared_names(entries: list[zipfile.ZipInfo]) -> set[str]:
    """The names that stand in the zip with more than one of the LMS's numbers."""
    matches = filter(None, (re.match(LMS_NAME, entry.filename) for entry in entries))
    persons = {(match["name"].strip(), match["moodle"] or match["canvas"]) for match in matches}
    return {name for name, count in Counter(name for name, _ in persons).items() if count > 1}


def roster_by_name(path: Path) -> dict[str, str]:
    """Ids by bare name, family name first or last; names that two people of the roster bear are left out."""
    ids: dict[str, set[str]] = {}
    for student in submissions.read_roster(path).values():
        for name in {student.last_name + student.first_name, student.first_name + student.last_name} - {""}:
            ids.setdefault(bare(name), set()).add(student.id)
    return {name: next(iter(found)) for name, found in ids.items() if len(found) == 1}


def bare(name: str) -> str:
    """A name without case, accents, spaces and signs: an LMS writes it in its own way."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())
