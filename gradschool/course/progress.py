"""How far a learner has come: which questions of `work/` pass their visible checks, and when that was seen.

What was seen stands in `work/.progress.json` and nowhere else. This module reads notebooks and that file; the
running of notebooks is in `looking.py`, what a learner sees of it in `start_page.py`.
"""

import enum
import hashlib
import json
import re
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path

from gradschool.course.layout import Course, first_heading
from gradschool.course.workspace import free_name, write

FILE = ".progress.json"
VERSION = 1


class State(enum.Enum):
    """How a question stands."""

    PASSED = "passed"
    OPEN = "not yet"
    UNTOUCHED = "untouched"
    UNSEEN = "not looked at"


class Unreadable(Exception):
    """A notebook that cannot be read as one; the message is for its owner."""


@dataclass(frozen=True)
class Cell:
    """What matters here of a notebook's cell. `name` is its grade_id, where it has one."""

    kind: str
    source: str
    id: str = ""
    name: str = ""
    solution: bool = False
    graded: bool = False

    @classmethod
    def of(cls, raw: dict) -> "Cell":
        source, nbgrader = raw["source"], raw.get("metadata", {}).get("nbgrader", {})
        return cls(
            kind=raw["cell_type"],
            source=source if isinstance(source, str) else "".join(source),
            id=raw.get("id", ""),
            name=nbgrader.get("grade_id", ""),
            solution=nbgrader.get("solution", False),
            graded=nbgrader.get("grade", False),
        )

    @property
    def has_code(self) -> bool:
        """Whether anything in it runs: a hidden check, as released, is a comment."""
        lines = (line.strip() for line in self.source.splitlines())
        return self.kind == "code" and any(line and not line.startswith("#") for line in lines)


@dataclass(frozen=True)
class Question:
    """One question of a problem set: its answer cell's name, its heading, and its visible checks."""

    name: str
    title: str
    minutes: int
    checks: tuple[str, ...]


@dataclass(frozen=True)
class ProblemSet:
    """A problem set as it was released, and the folder of `work/` where the learner has it."""

    name: str
    title: str
    folder: Path
    cells: tuple[Cell, ...]
    questions: tuple[Question, ...]

    def find(self) -> "Copy | None":
        """The learner's copy: of all copies in the folder that were worked in, the one saved last.

        Raises:
            Unreadable: if there is none to be read, but a file of the right name.
        """
        copies, troubles = [], []
        for path in self.paths():
            try:
                copies.append(Copy(self, path, tuple(cells_of(path))))
            except Unreadable as trouble:
                troubles.append(trouble)
        main = self.folder / f"{self.name}.ipynb"
        worked_in = [copy for copy in copies if copy.touched]
        if worked_in:
            return max(worked_in, key=lambda copy: copy.path.stat().st_mtime_ns)
        if troubles:
            raise troubles[0]
        return next((copy for copy in copies if copy.path == main), None)

    def paths(self) -> list[Path]:
        """`ps1.ipynb`, `ps1 (new release).ipynb`, `ps1-Copy1.ipynb`: not `ps10.ipynb`."""
        found = self.folder.glob(f"{self.name}*.ipynb")
        return sorted(path for path in found if not path.stem[len(self.name) :][:1].isdigit())


@dataclass(frozen=True)
class Copy:
    """A learner's copy of a problem set."""

    of: ProblemSet
    path: Path
    cells: tuple[Cell, ...]

    @cached_property
    def program(self) -> list[Cell]:
        """What a look runs: checks and given cells as they were released, answers and further cells as they are here.

        An edited or deleted check would say nothing. Each further cell stays behind the cell that it follows here.
        """
        known = {cell.name: cell for cell in self.of.cells if cell.name}
        answers, further, place = {}, {"": []}, ""
        for cell in self.cells:
            if cell.name in known and cell.name not in answers:
                place, answers[cell.name] = cell.name, cell.source
            elif cell.kind == "code":
                further.setdefault(place, []).append(replace(cell, name=""))
        program = further[""]
        for cell in known.values():
            program.append(replace(cell, source=answers.get(cell.name, cell.source)) if cell.solution else cell)
            program += further.get(cell.name, [])
        return [cell for cell in program if cell.has_code]

    @cached_property
    def touched(self) -> set[str]:
        """The questions whose answer is no longer as it was released."""
        released = {cell.name: cell.source.strip() for cell in self.of.cells if cell.solution}
        mine = {cell.name: cell.source.strip() for cell in reversed(self.cells) if cell.name}
        return {question.name for question in self.of.questions
                if mine.get(question.name, released[question.name]) != released[question.name]}

    @cached_property
    def digest(self) -> str:
        """The same as long as a look would run the same: outputs and text do not count."""
        told = json.dumps([[cell.name, cell.source] for cell in self.program])
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def heading_id(self, question: str) -> str:
        """The id of the cell that opens a question: its heading, or else the answer cell."""
        heading = ""
        for cell in self.cells:
            if cell.kind == "markdown" and cell.source.startswith("## "):
                heading = cell.id
            if cell.name == question:
                return heading or cell.id
        return ""


def cells_of(path: Path) -> list[Cell]:
    """The cells of a notebook file.

    Raises:
        Unreadable: if it is not one.
    """
    try:
        return [Cell.of(raw) for raw in json.loads(path.read_text(encoding="utf-8-sig"))["cells"]]
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unreadable(f"{path.name} cannot be read as a notebook.") from error


def problem_sets(course: Course) -> list[ProblemSet]:
    """Every problem set of the course, in order, as released."""
    found = []
    for unit in course.units():
        for text in unit.problem_sets:
            path = course.release / text.stem / f"{text.stem}.ipynb"
            cells = released_cells(path, path.stat().st_mtime_ns)
            folder = course.work / unit.folder.name
            found.append(ProblemSet(text.stem, first_heading(text), folder, cells, questions_of(cells)))
    return found


@lru_cache(maxsize=64)
def released_cells(path: Path, _changed: int) -> tuple[Cell, ...]:
    return tuple(cells_of(path))


def questions_of(cells: tuple[Cell, ...]) -> tuple[Question, ...]:
    """The questions of a released notebook: an answer cell and the graded cells that follow it."""
    found, heading, minutes = {}, "", 0
    for cell in cells:
        if cell.kind == "markdown" and cell.source.startswith("## "):
            heading = cell.source.splitlines()[0].removeprefix("## ").strip()
            told = re.search(r"[Aa]bout (\d+) minutes", cell.source)
            minutes = int(told[1]) if told else 0
        if cell.solution and cell.kind == "code":
            found[cell.name] = Question(cell.name, heading or cell.name, minutes, ())
        elif cell.graded and cell.has_code and found:
            last = list(found)[-1]
            found[last] = replace(found[last], checks=(*found[last].checks, cell.name))
    return tuple(question for question in found.values() if question.checks)


@dataclass(frozen=True)
class Seen:
    """What the last look at one problem set saw: each touched question's state, and what went wrong if anything."""

    notebook: str
    digest: str
    at: datetime
    questions: dict[str, State]
    troubles: tuple[str, ...] = ()

    @property
    def passed(self) -> int:
        return sum(state is State.PASSED for state in self.questions.values())


@dataclass(frozen=True)
class Moment:
    """How many questions passed in each problem set, from this time on."""

    at: datetime
    passed: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.passed.values())


@dataclass
class Record:
    """All that was seen, by problem set, and how it came about."""

    sets: dict[str, Seen] = field(default_factory=dict)
    history: list[Moment] = field(default_factory=list)

    def add(self, name: str, seen: Seen) -> None:
        """Put in a look at one problem set. History gets longer only where a number changed."""
        self.sets[name] = seen
        passed = {key: value.passed for key, value in self.sets.items() if value.passed}
        if passed != (self.history[-1].passed if self.history else {}):
            self.history.append(Moment(seen.at, passed))

    @property
    def last_look(self) -> datetime | None:
        return max((seen.at for seen in self.sets.values()), default=None)


def read_record(work: Path) -> Record:
    """What was seen so far; nothing, where the file is missing or not of a kind that is known here."""
    return parse(work / FILE) or Record()


def save(work: Path, name: str, seen: Seen) -> Record:
    """Add one look to the file. A file that cannot be read, or is of a newer version, is put aside, not lost."""
    path = work / FILE
    record = parse(path)
    if record is None:
        if path.exists():
            path.rename(free_name(path, "kept"))
        record = Record()
    record.add(name, seen)
    content = {"version": VERSION, **asdict(record)}
    write(path, (json.dumps(content, indent=1, default=as_text) + "\n").encode())
    return record


def as_text(value: datetime | State) -> str:
    return value.value if isinstance(value, State) else value.isoformat(timespec="seconds")


def parse(path: Path) -> Record | None:
    """The record in a file; None if there is none to be had."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["version"] != VERSION:
            return None
        return Record(
            {name: parse_seen(seen) for name, seen in content["sets"].items()},
            [parse_moment(moment) for moment in content["history"]],
        )
    except (FileNotFoundError, ValueError, TypeError, KeyError, AttributeError):
        return None


def parse_seen(raw: dict) -> Seen:
    questions = {str(name): State(state) for name, state in raw["questions"].items()}
    troubles = tuple(str(trouble) for trouble in raw["troubles"])
    return Seen(str(raw["notebook"]), str(raw["digest"]), parse_time(raw["at"]), questions, troubles)


def parse_moment(raw: dict) -> Moment:
    return Moment(parse_time(raw["at"]), {str(name): int(count) for name, count in raw["passed"].items()})


def parse_time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone()


@dataclass(frozen=True)
class Standing:
    """How a problem set stands now: the copy in `work/` beside what was last seen of it."""

    of: ProblemSet
    copy: Copy | None
    seen: Seen | None
    states: dict[str, State]
    trouble: str = ""

    @property
    def passed(self) -> int:
        return sum(state is State.PASSED for state in self.states.values())

    @property
    def begun(self) -> bool:
        return any(state is not State.UNTOUCHED for state in self.states.values())

    @property
    def done(self) -> bool:
        return self.passed == len(self.of.questions)

    @property
    def minutes_left(self) -> int:
        return sum(q.minutes for q in self.of.questions if self.states[q.name] is not State.PASSED)

    @property
    def changed(self) -> bool:
        """Whether a look would run something that the last one did not."""
        return bool(self.copy and (self.copy.touched or (self.seen and self.seen.questions))
                    and (self.seen is None or self.seen.digest != self.copy.digest))


def standings(course: Course, record: Record) -> list[Standing]:
    """How every problem set stands, in order."""
    return [standing(problem_set, record.sets.get(problem_set.name)) for problem_set in problem_sets(course)]


def standing(problem_set: ProblemSet, seen: Seen | None) -> Standing:
    try:
        copy, trouble = problem_set.find(), ""
    except Unreadable as error:
        copy, trouble = None, str(error)
    if copy is None:
        trouble = trouble or f"There is no {problem_set.name}.ipynb. `make lab` brings a fresh one."
    states = {question.name: state(question.name, copy, seen) for question in problem_set.questions}
    return Standing(problem_set, copy, seen, states, trouble)


def state(question: str, copy: Copy | None, seen: Seen | None) -> State:
    before = seen.questions.get(question) if seen else None
    if (copy and question not in copy.touched) or (not copy and not before):
        return State.UNTOUCHED
    return before or State.UNSEEN
