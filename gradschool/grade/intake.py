"""Intake: from a file that could be anything to a notebook that nbgrader can grade.

`read` turns a student's file into plain cells or refuses it with a reason. `rebuild` puts the text of the
answers and of the extra cells into the released notebook; all else (checks, metadata, order, kernel) is the
release's.
"""

import enum
import json
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_locked, is_solution

MAX_BYTES = 50_000_000  # figures included; larger files are refused
IMAGE_TYPES = ("image/png", "image/jpeg", "image/gif")
HARMFUL_TAGS = ("skip-execution", "raises-exception")


class Reason(enum.Enum):
    """Why a submission is refused as a whole."""

    NO_NOTEBOOK = "no notebook"
    SEVERAL_NOTEBOOKS = "several notebooks"
    LINK = "a link"
    TOO_LARGE = "too large"
    EMPTY = "empty file"
    NOT_TEXT = "not text"
    NOT_A_NOTEBOOK = "not a notebook"


class Refusal(Exception):
    """A submission that cannot be graded: its kind, and a sentence for the student."""

    def __init__(self, reason: Reason, sentence: str):
        super().__init__(f"{reason.value}: {sentence}")
        self.reason = reason
        self.sentence = sentence


@dataclass(frozen=True)
class Cell:
    """What intake takes from one cell of a student's notebook."""

    cell_type: str
    source: str
    grade_id: str | None = None
    id: str | None = None
    tags: tuple[str, ...] = ()
    attachments: dict = field(default_factory=dict)


def find(folder: Path, name: str) -> tuple[Path, list[str]]:
    """The notebook to grade in a submission's folder, and what there is to say about the folder.

    `name.ipynb` is taken if it is there, else the only notebook under whatever name.

    Raises:
        Refusal: if there is no notebook, or several and none has the right name.
    """
    if folder.is_symlink():
        raise Refusal(Reason.LINK, "The submission is a link to another folder. Hand in the notebook itself.")
    others = sorted(path for path in folder.iterdir() if path.name != "timestamp.txt")
    notebooks = [path for path in others if path.suffix.lower() == ".ipynb"]
    chosen = folder / f"{name}.ipynb"
    notes = []
    if chosen not in notebooks:
        if not notebooks:
            raise Refusal(Reason.NO_NOTEBOOK, f"There is no notebook. Hand in {name}.ipynb.")
        if len(notebooks) > 1:
            names = ", ".join(path.name for path in notebooks)
            sentence = f"There are several notebooks ({names}) and none is called {name}.ipynb."
            raise Refusal(Reason.SEVERAL_NOTEBOOKS, sentence)
        chosen = notebooks[0]
        notes.append(f"file name was {chosen.name}")
    left_out = [path.name for path in others if path != chosen and path.name != ".ipynb_checkpoints"]
    if left_out:
        notes.append(f"left out: {', '.join(left_out)}")
    return chosen, notes


def read(path: Path) -> tuple[list[Cell], list[str]]:
    """The cells of a student's notebook, and what had to be put right to read it.

    UTF-8 (with or without a byte-order mark), UTF-16 and UTF-32 are read; old notebook formats are upgraded.

    Raises:
        Refusal: if it is not a notebook that can be read.
    """
    raw = read_regular_file(path)
    if not raw.strip():
        raise Refusal(Reason.EMPTY, "The file is empty. Save the notebook and hand it in again.")
    notes = []
    encoding = json.detect_encoding(raw)
    if not encoding.startswith("utf-8"):
        notes.append(f"read as {encoding.upper()}")
    try:
        data = json.loads(raw)
    except UnicodeDecodeError:
        raise Refusal(
            Reason.NOT_TEXT, "The file is not text in a known encoding; a notebook is UTF-8."
        ) from None
    except (ValueError, RecursionError) as error:
        sentence = f"The file is not a notebook: it cannot be read as JSON ({first_line(error)})."
        raise Refusal(Reason.NOT_A_NOTEBOOK, sentence) from None
    if not isinstance(data, dict):
        raise Refusal(Reason.NOT_A_NOTEBOOK, "The file is JSON, but not a notebook.")
    if "worksheets" in data:
        data = upgrade(data)
        notes.append("old notebook format, upgraded")
    if not isinstance(data.get("cells"), list):
        raise Refusal(Reason.NOT_A_NOTEBOOK, "The file is JSON, but not a notebook: it has no list of cells.")
    return [plain_cell(cell) for cell in data["cells"] if isinstance(cell, dict)], notes


def read_regular_file(path: Path) -> bytes:
    """A file's bytes, never through a link, never more than MAX_BYTES."""
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise Refusal(Reason.LINK, f"{path.name} is a link or a folder. Hand in the notebook itself.")
    # The file may be exchanged between the look and the opening; O_NOFOLLOW (not on Windows) closes that gap.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        sentence = (
            f"The file is larger than {MAX_BYTES // 1_000_000} MB. Clear its outputs and hand it in again."
        )
        raise Refusal(Reason.TOO_LARGE, sentence)
    return raw


def upgrade(data: dict) -> dict:
    """A notebook of format 2 or 3 (2011 to 2014: cells lie in worksheets) in format 4."""
    try:
        return nbformat.reads(json.dumps(data), as_version=4)
    except Exception:  # nbformat raises whatever a malformed notebook makes it trip over
        sentence = "The file looks like a notebook of an old format, but cannot be upgraded."
        raise Refusal(Reason.NOT_A_NOTEBOOK, sentence) from None


def plain_cell(cell: dict) -> Cell:
    """One cell, with everything that is not of the right type left out."""
    metadata = mapping(cell.get("metadata"))
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    tags = metadata.get("tags")
    return Cell(
        cell_type=cell["cell_type"] if cell.get("cell_type") in ("code", "markdown", "raw") else "markdown",
        source=valid_unicode(source) if isinstance(source, str) else "",
        grade_id=text_or_none(mapping(metadata.get("nbgrader")).get("grade_id")),
        id=text_or_none(cell.get("id")),
        tags=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        attachments=images_only(mapping(cell.get("attachments"))),
    )


def mapping(value) -> dict:
    return value if isinstance(value, dict) else {}


def text_or_none(value) -> str | None:
    return value if isinstance(value, str) and value else None


def valid_unicode(text: str) -> str:
    """The text without lone surrogates, which JSON can carry and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


def images_only(attachments: dict) -> dict:
    """The pictures pasted into a Markdown cell: written answers may consist of them."""
    kept = {}
    for name, bundle in attachments.items():
        images = {kind: data for kind, data in mapping(bundle).items() if kind in IMAGE_TYPES}
        if images and all(isinstance(data, str) and data.isascii() for data in images.values()):
            kept[valid_unicode(name)] = images
    return kept


def first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def cells_of(notebook: NotebookNode) -> list[Cell]:
    """The plain cells of a notebook that is already open."""
    return [plain_cell(cell) for cell in notebook.cells]


def rebuild(released: NotebookNode, cells: list[Cell]) -> tuple[NotebookNode, list[str]]:
    """The released notebook with the student's answers and extra cells in it, and what was put right.

    Of the student's notebook only the text of answer cells and of extra cells is taken. A check that was
    edited, deleted, doubled or retyped is as released again. Any other cell of the release that the student
    edited is as released too, and the student's version follows it as an extra cell: answers may rely on it.
    Extra cells keep their place after the last known cell before them.

    The two notebooks share what is the same in both, so change neither.
    """
    matches = match(released, cells)
    notes = notes_on_known_cells(released, cells, matches)
    for tag in sorted({tag for cell in cells for tag in cell.tags} & set(HARMFUL_TAGS)):
        notes.append(f"cell tag {tag} dropped")
    extras = extra_cells(cells, matches, taken={cell.get("id") for cell in released.cells})
    rebuilt = list(extras.get(-1, []))
    for index, original in enumerate(released.cells):
        cell = original if index not in matches.answers else answered(original, cells[matches.answers[index]])
        rebuilt += [cell, *extras.get(index, [])]
    return NotebookNode(released, cells=rebuilt), notes


def answered(original: NotebookNode, given: Cell) -> NotebookNode:
    """An answer cell of the release with what the student put there."""
    cell = NotebookNode(original, source=given.source)
    if cell.cell_type == "markdown" and given.attachments:
        cell.attachments = nbformat.from_dict(given.attachments)
    return cell


@dataclass(frozen=True)
class Matches:
    """Which cells belong together, all by position.

    `known[i]` is the released cell that the student's cell i is a copy of. `answers[k]` is the student's cell
    whose text answers the released answer cell k. `extras` are the student's cells to be kept as extra cells.
    """

    known: dict[int, int]
    answers: dict[int, int]
    extras: list[int]


def match(released: NotebookNode, cells: list[Cell]) -> Matches:
    known = match_by_names(released, cells)
    find_nameless_answers(released, cells, known)
    answers, extras = {}, []
    for position, original in enumerate(released.cells):
        if is_solution(original):
            copies = [index for index, target in known.items() if target == position]
            if copies:
                answers[position] = chosen_copy(copies, cells, original)
    for index, cell in enumerate(cells):
        if not cell.source.strip():
            continue
        target = known.get(index)
        if target is None:
            extras.append(index)
        elif is_solution(released.cells[target]):
            # A second copy of an answer cell runs as an extra cell, unless it is only the untouched stub.
            if answers[target] != index and not same_text(cell, released.cells[target]):
                extras.append(index)
        elif not is_grade(released.cells[target]) and not same_text(cell, released.cells[target]):
            extras.append(index)
    return Matches(known, answers, extras)


def match_by_names(released: NotebookNode, cells: list[Cell]) -> dict[int, int]:
    """Copies found by grade_id, else by cell id, else by identical text."""
    by_grade_id = {grade_id(cell): k for k, cell in enumerate(released.cells) if grade_id(cell)}
    by_id = {cell["id"]: k for k, cell in enumerate(released.cells) if cell.get("id")}
    by_text = {cell.source.strip(): k for k, cell in enumerate(released.cells)}
    known = {}
    for index, cell in enumerate(cells):
        for table, key in ((by_grade_id, cell.grade_id), (by_id, cell.id), (by_text, cell.source.strip())):
            if key in table:
                known[index] = table[key]
                break
    return known


def find_nameless_answers(released: NotebookNode, cells: list[Cell], known: dict[int, int]) -> None:
    """Find answers whose metadata and ids were both lost: by their place, and by what they define.

    Without this, an honest answer that went through another editor would run as an extra cell before the
    released stub, and the stub's definition would win.
    """
    for position, original in enumerate(released.cells):
        if not is_solution(original) or position in known.values():
            continue
        after = max((i for i, k in known.items() if k < position), default=-1)
        before = min((i for i, k in known.items() if k > position and i > after), default=len(cells))
        between = [i for i in range(after + 1, before) if i not in known and cells[i].source.strip()]
        names = re.findall(r"^(?:def|class)\s+(\w+)", original.source, re.MULTILINE)
        defining = [i for i in between if all(defines(cells[i].source, name) for name in names)]
        if names and defining:
            known[defining[-1]] = position
        elif len(between) == 1 and not names:
            known[between[0]] = position


def defines(source: str, name: str) -> bool:
    return re.search(rf"^\s*(?:def|class)\s+{name}\b|^{name}\s*=", source, re.MULTILINE) is not None


def chosen_copy(copies: list[int], cells: list[Cell], original: NotebookNode) -> int:
    """Of several copies of an answer cell the last that was worked on, as if they were run in order."""
    worked_on = [index for index in copies if not same_text(cells[index], original)]
    return (worked_on or copies)[-1]


def extra_cells(cells: list[Cell], matches: Matches, taken: set) -> dict[int, list[NotebookNode]]:
    """The extra cells, by the position of the released cell that they follow (-1: at the top)."""
    makers = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
        "raw": nbformat.v4.new_raw_cell,
    }
    placed, anchor, count, extras = {}, -1, 0, set(matches.extras)
    for index, cell in enumerate(cells):
        target = matches.known.get(index, anchor)
        # What stands before the copy of an answer cell that counts, as after splitting it, stays before it.
        if index not in extras or matches.answers.get(target, index) <= index:
            anchor = target
        if index not in extras:
            continue
        count += 1
        while f"extra-{count}" in taken:
            count += 1
        new = makers[cell.cell_type](cell.source, id=f"extra-{count}")
        if cell.cell_type == "markdown" and cell.attachments:
            new.attachments = nbformat.from_dict(cell.attachments)
        placed.setdefault(anchor, []).append(new)
    return placed


def notes_on_known_cells(released: NotebookNode, cells: list[Cell], matches: Matches) -> list[str]:
    """What is to be said about the answer cells and the locked cells of the release."""
    notes = []
    for position, original in enumerate(released.cells):
        name = grade_id(original)
        copies = [index for index, target in matches.known.items() if target == position]
        if is_solution(original):
            notes += notes_on_answer(name, original, [cells[index] for index in copies])
        elif is_locked(original):
            kind = "check cell" if is_grade(original) else "locked cell"
            if not copies:
                notes.append(f"{kind} {name} restored: it was missing")
            elif len(copies) > 1:
                notes.append(f"{kind} {name} restored: it was there {len(copies)} times")
            elif cells[copies[0]].cell_type != original.cell_type:
                notes.append(f"{kind} {name} restored: it had become a {cells[copies[0]].cell_type} cell")
            elif not same_text(cells[copies[0]], original):
                notes.append(f"{kind} {name} restored: it was edited")
    return notes


def notes_on_answer(name: str, original: NotebookNode, copies: list[Cell]) -> list[str]:
    if not copies:
        return [f"answer cell {name} was missing"]
    if len(copies) > 1:
        return [f"answer cell {name} was there {len(copies)} times: the last one counts"]
    if copies[0].cell_type != original.cell_type:
        return [f"answer cell {name} had become a {copies[0].cell_type} cell: taken as {original.cell_type}"]
    if copies[0].grade_id != name:
        return [f"answer cell {name} had lost its label"]
    return []


def with_notice(notebook: NotebookNode, title: str, lines: list[str]) -> NotebookNode:
    """The notebook with a first Markdown cell that tells its author what intake has to say."""
    listed = "\n".join(f"- {escape_markdown(line)}" for line in lines)
    notice = nbformat.v4.new_markdown_cell(f"**{title}**\n\n{listed}", id="intake-notice")
    return NotebookNode(notebook, cells=[notice, *notebook.cells])


def escape_markdown(text: str) -> str:
    """File names and error texts come from students: nothing in them may be Markdown or HTML."""
    return re.sub(r"([\\`*_{}\[\]<>#$|~!])", r"\\\1", text)


def grade_id(cell: NotebookNode) -> str | None:
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def same_text(cell: Cell, original: NotebookNode) -> bool:
    return cell.source.strip() == original.source.strip()
