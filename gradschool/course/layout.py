"""Where everything in a course folder is.

A unit is a folder `course/NN_slug/`. It holds one lecture, `slug.md`, and any number of problem sets,
`ps*.md`; every other `.md` in it is one more notebook to open, such as a playground. Everything else follows
from these names.
"""

from dataclasses import dataclass
from pathlib import Path


class CourseError(Exception):
    """Something the user asked for cannot be done; the message says what to do instead."""


@dataclass(frozen=True)
class Unit:
    """One unit: its folder, its lecture, further notebooks and problem sets, as MyST Markdown files."""

    folder: Path
    lecture: Path
    extras: tuple[Path, ...]
    problem_sets: tuple[Path, ...]

    @property
    def readings(self) -> tuple[Path, ...]:
        """What is read and run, without marks: the lecture first."""
        return (self.lecture, *self.extras)

    @property
    def number(self) -> int:
        return int(self.folder.name.split("_", 1)[0])

    @property
    def title(self) -> str:
        """The lecture's first heading."""
        return first_heading(self.lecture)


@dataclass(frozen=True)
class Course:
    """A course folder, by its root."""

    root: Path

    @classmethod
    def here(cls) -> "Course":
        """The course that the working directory lies in.

        Raises:
            CourseError: if no folder from here upwards is a course.
        """
        start = Path.cwd()
        for folder in (start, *start.parents):
            if (folder / "course").is_dir() and (folder / "nbgrader_config.py").is_file():
                return cls(folder)
        raise CourseError(f"{start} is not inside a course. Go to the folder that holds course/ and Makefile.")

    @property
    def text(self) -> Path:
        return self.root / "course"

    @property
    def source(self) -> Path:
        return self.root / "source"

    @property
    def release(self) -> Path:
        return self.root / "release"

    @property
    def submitted(self) -> Path:
        return self.root / "submitted"

    @property
    def work(self) -> Path:
        return self.root / "work"

    def units(self) -> list[Unit]:
        """All units, in order.

        Raises:
            CourseError: if a unit folder has no lecture of its own name.
        """
        units = []
        for folder in sorted(self.text.glob("[0-9][0-9]_*")):
            lecture = folder / f"{folder.name.split('_', 1)[1]}.md"
            if not lecture.is_file():
                raise CourseError(f"{folder} has no lecture: {lecture.name} is missing.")
            sets = sorted(folder.glob("ps*.md"))
            extras = sorted(set(folder.glob("*.md")) - {lecture, *sets})
            units.append(Unit(folder, lecture, tuple(extras), tuple(sets)))
        return units

    def unit(self, name: str) -> Unit:
        """The unit that `name` means: its number ("1", "01"), its slug or its folder's name.

        Raises:
            CourseError: if there is none; the message lists those that exist.
        """
        for unit in self.units():
            folder = unit.folder.name
            if name in (folder, folder.split("_", 1)[1]) or (name.isdigit() and int(name) == unit.number):
                return unit
        known = ", ".join(unit.folder.name for unit in self.units())
        raise CourseError(f"There is no unit {name!r}. The units are: {known}.")

    def problem_sets(self) -> dict[str, Path]:
        """Each problem set's name ("ps1") and its text."""
        return {path.stem: path for unit in self.units() for path in unit.problem_sets}

    def problem_set(self, name: str) -> Path:
        """The text of one problem set.

        Raises:
            CourseError: if there is none of that name; the message lists those that exist.
        """
        known = self.problem_sets()
        if name not in known:
            raise CourseError(f"There is no problem set {name!r}. The problem sets are: {', '.join(known)}.")
        return known[name]


def first_heading(path: Path) -> str:
    """The first `# heading` of a Markdown file.

    Raises:
        CourseError: if there is none.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            return line[2:].strip()
    raise CourseError(f"{path} has no title: its first cell must begin with '# '.")
