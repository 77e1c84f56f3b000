"""The course as files: layout, text to notebooks, release."""

import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from mini_course import HEADER
from nbgrader.utils import is_grade, is_solution

from gradschool.course import notebooks
from gradschool.course.layout import Course, CourseError

COURSE = Course(Path(__file__).parents[1])
SETS = sorted(COURSE.problem_sets())
BUILT = sorted(notebooks.targets(COURSE).values())
RELEASED = [COURSE.release / name / f"{name}.ipynb" for name in SETS]


def names(paths):
    return [path.relative_to(COURSE.root).as_posix() for path in paths]


@pytest.fixture
def text(tmp_path):
    """Writes a notebook's text and builds it."""

    def build(body):
        path = tmp_path / "text.md"
        path.write_text(HEADER + body, encoding="utf-8")
        return notebooks.build(path)

    return build


def test_built_notebooks_say_what_their_text_says():
    assert names(notebooks.stale(COURSE)) == [], "run make notebooks"


@pytest.mark.parametrize("path", BUILT + RELEASED, ids=names(BUILT + RELEASED))
def test_a_notebook_carries_no_outputs(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None


def test_building_twice_gives_the_same_bytes():
    for source in notebooks.targets(COURSE):
        assert notebooks.render(source) == notebooks.render(source)


def test_a_cell_is_named_by_its_grade_id_its_heading_or_its_content(text):
    cells = text(
        "# A title, with: signs\n\n+++\n\n## Slope\n\n```{code-cell} ipython3\nx = 1\n```\n\n"
        "```{code-cell} ipython3\n:nbgrader: {grade_id: slope, solution: true}\ny = 2\n```\n\n"
        "```{code-cell} ipython3\nx = 1\n```\n"
    ).cells
    ids = [cell["id"] for cell in cells]
    assert ids[0] == "a-title-with-signs"
    assert ids[3] == "slope" and ids[1] == "slope-2", "a grade_id is never changed"
    assert re.fullmatch(r"[0-9a-f]{12}", ids[2]) and ids[4] == f"{ids[2]}-2"


def test_what_an_author_leaves_out_is_completed_as_nbgrader_stores_it(text):
    cells = text(
        "# T\n\n```{code-cell} ipython3\n:nbgrader: {grade_id: a, solution: true}\nx = 1\n```\n\n"
        "```{code-cell} ipython3\n:nbgrader: {grade_id: b, grade: true, points: 2}\nx = 1\n```\n"
    ).cells
    answer, check = (cell.metadata.nbgrader for cell in cells[1:])
    assert answer == {"cell_type": "code", "grade": False, "grade_id": "a", "locked": False,
                      "schema_version": 3, "solution": True, "task": False}
    assert check == {"cell_type": "code", "grade": True, "grade_id": "b", "locked": True, "points": 2,
                     "schema_version": 3, "solution": False, "task": False}


@pytest.mark.parametrize("body, complaint", [
    ("# T\n\n```{code-cell} ipython3\n:nbgrader: {solution: true}\nx = 1\n```\n", "no grade_id"),
    ("# T\n\n```{code-cell} ipython3\n:nbgrader: {grade_id: a, grade: true}\nx = 1\n```\n", "no points"),
    ("# T\n" + "\n```{code-cell} ipython3\n:nbgrader: {grade_id: a, solution: true}\nx = 1\n```\n" * 2, "stands twice"),
    ("# T\n\n```{code-cell} ipython3\n```\n", "empty cell"),
])
def test_a_text_that_cannot_be_built_says_why(text, body, complaint):
    with pytest.raises(CourseError, match=complaint):
        text(body)


def test_a_text_without_the_full_header_is_refused(tmp_path):
    path = tmp_path / "text.md"
    path.write_text("---\nkernelspec: {name: python3}\n---\n# T\n", encoding="utf-8")
    with pytest.raises(CourseError, match="full jupytext header"):
        notebooks.build(path)


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(CourseError, match="ps1"):
        COURSE.problem_set("nosuch")
    with pytest.raises(CourseError, match="01_finite_differences"):
        COURSE.unit("99")


SECRET = re.compile(r"^ *### BEGIN (SOLUTION|HIDDEN TESTS)\n(.*?)^ *### END \1$", re.DOTALL | re.MULTILINE)


def lines(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines() if line.strip()}


@pytest.mark.parametrize("name", SETS)
def test_release_holds_no_line_of_a_solution_or_a_hidden_check(name):
    source = nbformat.read(COURSE.source / name / f"{name}.ipynb", as_version=4)
    released = (COURSE.release / name / f"{name}.ipynb").read_text(encoding="utf-8")
    shown = lines("\n".join("".join(cell["source"]) for cell in json.loads(released)["cells"]))
    # A line like "check_value(" stands in visible checks too; it gives nothing away.
    public = lines("\n".join(SECRET.sub("", cell.source) for cell in source.cells))
    keepers = [cell for cell in source.cells if SECRET.search(cell.source)]
    assert sum(is_solution(cell) for cell in keepers) == sum(is_solution(cell) for cell in source.cells) > 0
    assert sum(is_grade(cell) for cell in keepers) >= sum(is_solution(cell) for cell in keepers)
    for cell in keepers:
        secret = lines("\n".join(block for _, block in SECRET.findall(cell.source))) - public
        assert secret, f"{cell.metadata.nbgrader.grade_id} keeps nothing secret"
        assert not shown & secret
    assert "BEGIN SOLUTION" not in released and "HIDDEN TESTS" not in released


@pytest.mark.parametrize("name", SETS)
def test_release_is_what_nbgrader_makes_of_source(name, tmp_path):
    nbgrader("generate_assignment", name, f"--CourseDirectory.release_directory={tmp_path}",
             f"--CourseDirectory.db_url=sqlite:///{tmp_path / 'gradebook.db'}")
    made = (tmp_path / name / f"{name}.ipynb").read_text(encoding="utf-8")
    assert made == (COURSE.release / name / f"{name}.ipynb").read_text(encoding="utf-8"), "run make release"


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_source_validates_and_untouched_release_does_not(name):
    assert "Success" in nbgrader("validate", f"source/{name}/{name}.ipynb")
    assert "VALIDATION FAILED" in nbgrader("validate", f"release/{name}/{name}.ipynb").upper()


def nbgrader(*command):
    """Run an nbgrader command in the course; return what it printed."""
    run = subprocess.run([sys.executable, "-m", "nbgrader", *command], cwd=COURSE.root, timeout=120,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8")
    assert run.returncode == 0, run.stdout
    return run.stdout


def test_the_readme_links_every_lecture_and_every_problem_set():
    text = (COURSE.root / "README.md").read_text(encoding="utf-8")
    for unit in COURSE.units():
        for reading in unit.readings:
            assert f"({reading.with_suffix('.ipynb').relative_to(COURSE.root).as_posix()})" in text
        for problem_set in unit.problem_sets:
            assert f"(release/{problem_set.stem}/{problem_set.stem}.ipynb)" in text
