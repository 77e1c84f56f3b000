"""Solutions for self-study: each problem set with its answers, a comment on each, and every check passed.

nbgrader makes the solution version of what stands in `source/`. Then the comment at the head of each answer becomes
text below it, the hidden checks stay, as what grading asks, and the notebook is executed. It goes to `solutions/`
by the rule of `work/`: what its owner changed is never overwritten.
"""

import re
import sysconfig
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
from nbformat.v4 import new_markdown_cell
from nbgrader.converters import GenerateSolution
from nbgrader.converters.base import BaseConverter
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearMarkScheme, ClearOutput, IncludeHeaderFooter, LockCells
from nbgrader.utils import is_solution
from tqdm import tqdm
from traitlets.config import PyFileConfigLoader

from gradschool.course import workspace
from gradschool.course.layout import Course, CourseError

SECONDS_A_CELL = 120
MARKERS = re.compile(r"^[ ]*### (?:BEGIN|END) (?:SOLUTION|HIDDEN TESTS)[ ]*(?:\n|\Z)", re.MULTILINE)
HIDDEN = "### BEGIN HIDDEN TESTS"
COMMENT = re.compile(r"(?:^[ ]*# Why: .*\n)(?:^[ ]*# .*\n)*", re.MULTILINE)

NOTE = """**These are the solutions.** You see the problem set as it is handed out, with the answers filled in and every
check run. Below each answer stands why it is done this way, and a mistake that is really made, with a number by which
you can tell it. The checks that are hidden in your own copy are here, too, marked *What grading asks*.

Do the problem set yourself first, in `work/`. Then compare: another answer that passes is as right as this one.
Change things here as you like, and run the checks again. `make solutions` never overwrites a file that you changed."""
ASKED = "**What grading asks.** In your own copy the cell below holds only the comment at its head."
PASSED = 'print("Right: that is all that grading asks.")'


def make_solutions(course: Course, names: list[str] | None = None) -> list[workspace.Copied]:
    """Bring `solutions/` up to date for the named problem sets, or for all; return what was done.

    Raises:
        CourseError: if a name is unknown, or if an answer does not pass its own checks; the message says which.
    """
    names = names or list(course.problem_sets())
    for name in names:
        course.problem_set(name)
    folder = course.root / "solutions"
    folder.mkdir(exist_ok=True)
    manifest = workspace.read_manifest(folder)
    done = []
    for name in names:
        entry = bring(course, name, folder, manifest)
        if entry:
            done.append(entry)
    return done


def bring(course: Course, name: str, folder: Path, manifest: dict[str, str]) -> workspace.Copied | None:
    """Make one problem set's solutions, if they were not made from this very source before."""
    notebook = with_comments_as_text(solution_version(course, name))
    # The hash of what is executed tells whether there is news: outputs differ from one run to the next.
    file, made_from = f"{name}/{name}.ipynb", f"{name} is made from"
    digest = workspace.sha256(nbformat.writes(notebook).encode())
    if manifest.get(made_from) == digest and (folder / file).exists():
        return None
    execute(notebook, name)
    entry = workspace.place(folder, file, (nbformat.writes(notebook) + "\n").encode(), manifest)
    manifest[made_from] = digest
    workspace.write_manifest(folder, manifest)
    return entry


class WithoutGradebook(GenerateSolution):
    """nbgrader's converter as it is, for a learner, who has no gradebook to look the assignment up in."""

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        BaseConverter.init_assignment(self, assignment_id, student_id)


def solution_version(course: Course, name: str) -> nbformat.NotebookNode:
    """What `nbgrader generate_solution` makes of a problem set by the course's nbgrader_config.py, not executed."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course.root)).load_config()
    with TemporaryDirectory() as room:
        place = CourseDirectory(config=config, root=str(course.root), assignment_id=name, solution_directory=room)
        # All of its steps but the last, Execute, which shows no progress and goes on after an error.
        steps = [IncludeHeaderFooter, LockCells, ClearOutput, ClearMarkScheme]
        WithoutGradebook(coursedir=place, config=config, preprocessors=steps).start()
        return nbformat.read(Path(room) / name / f"{name}.ipynb", as_version=4)


def with_comments_as_text(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook with each answer's comment as a Markdown cell below it, and without nbgrader's marker lines."""
    cells = [new_markdown_cell(NOTE, id="solutions", metadata={"editable": True})]
    for cell in notebook.cells:
        hidden = HIDDEN in cell.source
        if hidden:
            cells.append(new_markdown_cell(ASKED, id=f"{cell['id'][:56]}-asked"))
        cells.append(cell)
        if is_solution(cell):
            cell.source, words = apart(cell.source)
            if words:
                cells.append(new_markdown_cell(words, id=f"{cell['id'][:56]}-why"))
        cell.source = MARKERS.sub("", cell.source).rstrip("\n")
        if hidden:
            cell.source += f"\n{PASSED}"  # a check that passes inside a function says nothing by itself
    notebook.cells = cells
    return notebook


def apart(answer: str) -> tuple[str, str]:
    """An answer's code, and the comment at its head as Markdown, which is empty if there is none."""
    found = COMMENT.search(answer)
    if not found:
        return answer, ""
    words = " ".join(line.strip().removeprefix("# ") for line in found[0].splitlines())
    words = words.replace("Why: ", "**Why this way.** ", 1)
    words = words.replace(" Otherwise: ", "\n\n**What goes wrong otherwise.** ", 1)
    return answer[: found.start()] + answer[found.end() :], words


def execute(notebook: nbformat.NotebookNode, name: str) -> None:
    """Run a notebook of solutions in a fresh kernel, with a progress bar, and keep its outputs.

    Raises:
        CourseError: if a cell fails; the message names it.
    """
    cells = sum(cell.cell_type == "code" for cell in notebook.cells)
    with tqdm(total=cells, desc=name, unit="cell") as bar, TemporaryDirectory() as room:
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            timeout=SECONDS_A_CELL,
            resources={"metadata": {"path": room}},
            record_timing=False,
            extra_arguments=["--HistoryManager.enabled=False", "--log-level=ERROR"],  # the history is the learner's own
            on_cell_executed=lambda **_: bar.update(),
        )
        try:
            client.execute()
        except (CellControlSignal, DeadKernelError) as error:
            raise CourseError(f"{name}: {failed(notebook)} does not run to its end:\n{error}") from error


def how_to_open(course: Course, names: list[str] | None = None) -> str:
    """Where the solutions are, and the command that opens the first of them."""
    scripts = Path(sysconfig.get_path("scripts"))
    if scripts.is_relative_to(course.root):
        scripts = scripts.relative_to(course.root)
    name = (names or list(course.problem_sets()))[0]
    return f"The solutions are in solutions/. Open one with: {scripts / 'jupyter'} lab solutions/{name}/{name}.ipynb"


def failed(notebook: nbformat.NotebookNode) -> str:
    """The cell that ended a run, by its grade_id or id: the last that was started."""
    started = [cell for cell in notebook.cells if cell.get("execution_count") or cell.get("outputs")]
    cell = started[-1] if started else notebook.cells[0]
    return f"the cell {cell.metadata.get('nbgrader', {}).get('grade_id', cell['id'])}"
