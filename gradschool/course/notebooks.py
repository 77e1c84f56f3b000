"""MyST Markdown in, notebooks out: the same bytes on every run and machine.

The text is the truth. A lecture is built beside its text; a problem set, which carries its solutions,
is built into `source/`, where nbgrader looks for it.
"""

import hashlib
import re
from pathlib import Path

import jupytext
import nbformat

from gradschool.course.layout import Course, CourseError

# An author writes only what a cell is (solution, grade, points); the rest of what nbgrader stores follows.
NBGRADER_DEFAULTS = {"grade": False, "locked": True, "schema_version": 3, "solution": False, "task": False}
CELL_ID_LENGTH = 64  # the notebook format's own limit


def build(text: Path) -> nbformat.NotebookNode:
    """The notebook that a MyST Markdown file describes, without outputs.

    Raises:
        CourseError: if the file is not what the course's files must be; the message says where.
    """
    source = text.read_text(encoding="utf-8")
    if "text_representation" not in source.split("\n---", 1)[0]:
        raise CourseError(f"{text} needs the full jupytext header; copy it from another unit.")
    notebook = jupytext.reads(source, fmt="md:myst")
    # Only what a reader's Jupyter needs: jupytext's own header would name its version in every notebook.
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": notebook.metadata["kernelspec"], "language_info": {"name": "python"}}
    )
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for cell in notebook.cells:
        if not cell.source.strip():
            raise CourseError(f"{text} has an empty cell; nbgrader and jupytext would each treat it their own way.")
        if "nbgrader" in cell.metadata:
            cell.metadata["nbgrader"] = complete(cell, text)
    name_cells(notebook.cells, text)
    nbformat.validate(notebook)
    return notebook


def complete(cell: nbformat.NotebookNode, text: Path) -> dict:
    """nbgrader's full metadata for a cell, from the part that its author wrote."""
    written = dict(cell.metadata["nbgrader"])
    if "grade_id" not in written:
        raise CourseError(f"{text}: a cell with nbgrader metadata has no grade_id:\n{cell.source[:200]}")
    full = NBGRADER_DEFAULTS | {"locked": not written.get("solution", False)} | written
    if full["grade"] and "points" not in full:
        raise CourseError(f"{text}: the graded cell {full['grade_id']} has no points.")
    return full | {"cell_type": cell.cell_type}


def name_cells(cells: list, text: Path) -> None:
    """Give every cell an id that stays the same while its neighbours change: grade_id, heading, or hash."""
    taken = set()
    for cell in cells:
        if "nbgrader" in cell.metadata:
            cell["id"] = cell.metadata["nbgrader"]["grade_id"]
            if cell["id"] in taken:
                raise CourseError(f"{text}: the grade_id {cell['id']} stands twice.")
            taken.add(cell["id"])
    for cell in cells:
        if "nbgrader" not in cell.metadata:
            cell["id"] = free_id(described(cell), taken)
            taken.add(cell["id"])


def described(cell) -> str:
    """A cell's heading as a slug, or else a hash of its text."""
    heading = re.match(r"#+ (.+)", cell.source)
    slug = re.sub(r"[^a-z0-9]+", "-", heading[1].lower()).strip("-") if heading else ""
    return slug or hashlib.sha256(cell.source.encode()).hexdigest()[:12]


def free_id(wanted: str, taken: set[str]) -> str:
    """The id itself, as far as the format allows, or with a number: cells of one text are told apart by order."""
    candidate, count = wanted[:CELL_ID_LENGTH].rstrip("-"), 1
    while candidate in taken:
        count += 1
        candidate = f"{wanted[: CELL_ID_LENGTH - 4]}-{count}"
    return candidate


def targets(course: Course) -> dict[Path, Path]:
    """Each text of the course and the notebook that it is built into."""
    pairs = {}
    for unit in course.units():
        pairs |= {text: text.with_suffix(".ipynb") for text in unit.readings}
        for text in unit.problem_sets:
            pairs[text] = course.source / text.stem / f"{text.stem}.ipynb"
    return pairs


def render(text: Path) -> str:
    """The built notebook's file content."""
    return nbformat.writes(build(text)) + "\n"


def build_all(course: Course) -> list[Path]:
    """Build every notebook; return those that changed. A notebook that is up to date is not touched."""
    changed = []
    for text, notebook in targets(course).items():
        content = render(text)
        if not notebook.is_file() or notebook.read_text(encoding="utf-8") != content:
            notebook.parent.mkdir(parents=True, exist_ok=True)
            notebook.write_text(content, encoding="utf-8", newline="\n")
            changed.append(notebook)
    return changed


def stale(course: Course) -> list[Path]:
    """The built notebooks that no longer say what their text says."""
    return [
        notebook
        for text, notebook in targets(course).items()
        if not notebook.is_file() or notebook.read_text(encoding="utf-8") != render(text)
    ]
