"""A course of one small problem set, made fresh in a folder: grading is tested on it, quickly.

`double` is worth 1 + 2 points, `root` 2, and `root`'s check shows a number and writes to stderr, which must
not matter. The cell that imports math can be edited, as students do.
"""

import copy
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

from gradschool.course.layout import Course
from gradschool.course.notebooks import build_all
from gradschool.course.release import release

REPOSITORY = Path(__file__).parents[1]
PS = "ps1"

HEADER = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
    format_version: 0.13
    jupytext_version: 1.19.6
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---
"""

PROBLEM_SET = """
# Small sums

A formula in a line, $\\frac{a}{b} < 1$, and one by itself:

$$\\lim_{h \\to 0} \\frac{f(x + h) - f(x)}{h}$$

```{code-cell} ipython3
import math
```

## Question 1

```{code-cell} ipython3
:nbgrader: {grade_id: double, solution: true}
def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION
```

```{code-cell} ipython3
:nbgrader: {grade_id: double-check, grade: true, points: 1}
assert double(2) == 4
```

```{code-cell} ipython3
:nbgrader: {grade_id: double-hidden, grade: true, points: 2}
# At grading: a number that is not whole.
### BEGIN HIDDEN TESTS
assert double(0.75) == 1.5
### END HIDDEN TESTS
```

## Question 2

```{code-cell} ipython3
:nbgrader: {grade_id: root, solution: true}
def root(x):
    ### BEGIN SOLUTION
    return math.sqrt(x)
    ### END SOLUTION
```

```{code-cell} ipython3
:nbgrader: {grade_id: root-check, grade: true, points: 2}
import warnings

warnings.warn("this goes to stderr", stacklevel=1)
assert root(9) == 3
0.25
```
"""

DOUBLE = "def double(x):\n    return x + x"
ROOT = "def root(x):\n    return x ** 0.5"


def write(root: Path, timeout: int = 4) -> Course:
    """The course's text in `root`, and the repository's own nbgrader configuration."""
    unit = root / "course" / "01_small"
    unit.mkdir(parents=True)
    (unit / "small.md").write_text(HEADER + "\n# Small\n", encoding="utf-8")
    (unit / f"{PS}.md").write_text(HEADER + PROBLEM_SET, encoding="utf-8")
    config = (REPOSITORY / "nbgrader_config.py").read_text(encoding="utf-8")
    (root / "nbgrader_config.py").write_text(f"{config}\nc.ExecuteInTwoRooms.timeout = {timeout}\n", encoding="utf-8")
    (root / "submitted").mkdir()
    return Course(root)


def make(root: Path) -> Course:
    """The course in `root`, built and released: once in a run, which takes seconds, and copied from then on."""
    return copy_of(Course(Path(_made().name)), root)


@cache
def _made() -> TemporaryDirectory:
    folder = TemporaryDirectory(prefix="mini-course-")  # until the run ends
    course = write(Path(folder.name))
    build_all(course)
    release(course)
    return folder


def copy_of(course: Course, root: Path) -> Course:
    """The same course in another folder, which is quicker than making it."""
    shutil.copytree(course.root, root, dirs_exist_ok=True)
    return Course(root)


def released(course: Course) -> nbformat.NotebookNode:
    return nbformat.read(course.release / PS / f"{PS}.ipynb", as_version=4)


def answered(course: Course, **answers: str) -> nbformat.NotebookNode:
    """The released notebook with these texts in its answer cells."""
    notebook = copy.deepcopy(released(course))
    for question, text in answers.items():
        cell_named(notebook, question).source = text
    return notebook


def cell_named(notebook: nbformat.NotebookNode, grade_id: str) -> nbformat.NotebookNode:
    [cell] = [
        cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    ]
    return cell


def hand_in(course: Course, student: str, content, name: str = f"{PS}.ipynb") -> Path:
    """Put a notebook, a text or bytes into a student's folder, which is returned."""
    folder = course.submitted / student / PS
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(content, nbformat.NotebookNode):
        content = nbformat.writes(content)
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder
