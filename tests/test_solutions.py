"""Solutions for self-study: every answer says why it is as it is, and nothing of that is in what students get."""

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from mini_course import HEADER
from nbgrader.utils import is_grade, is_solution

from gradschool.course import notebooks, solutions
from gradschool.course.layout import Course, CourseError

COURSE = Course(Path(__file__).parents[1])
SETS = sorted(COURSE.problem_sets())
BOTH = re.compile(r"\*\*Why this way\.\*\* (.+)\n\n\*\*What goes wrong otherwise\.\*\* (.+)")
MINI = """
# Problem set 1

```{code-cell} ipython3
:nbgrader: {grade_id: double, solution: true}
def double(x):
    ### BEGIN SOLUTION
    # Why: twice a number is the number and itself, and `x + x` says so,
    # without a constant.
    # Otherwise: `x * x` is right at 2, where it gives 4, and wrong at 3, where it gives 9.
    return x + x  # of any kind
    ### END SOLUTION
```

```{code-cell} ipython3
:nbgrader: {grade_id: double-check, grade: true, points: 1}
assert double(2) == 4
```

```{code-cell} ipython3
:nbgrader: {grade_id: double-hidden, grade: true, points: 1}
# At grading: another number.
### BEGIN HIDDEN TESTS
assert double(3) == 6
### END HIDDEN TESTS
```
"""


def comments(name):
    """Each answer of a problem set and its comment, as Markdown."""
    notebook = nbformat.read(COURSE.source / name / f"{name}.ipynb", as_version=4)
    return {cell["id"]: solutions.apart(cell.source) for cell in notebook.cells if is_solution(cell)}


def sentences(words):
    return [sentence for sentence in re.split(r"(?<=[.:]) ", words) if len(sentence) > 40]


@pytest.mark.parametrize("name", SETS)
def test_every_answer_says_why_and_what_goes_wrong_otherwise(name):
    for answer, (code, words) in comments(name).items():
        both = BOTH.fullmatch(words)
        assert both, f"{name}, {answer}: two comments are wanted at the head: # Why: ... and # Otherwise: ..."
        for part in both.groups():
            assert 100 <= len(part) <= 700, f"{name}, {answer}: {len(part)} characters"
            assert part.endswith(".") and part.count("`") % 2 == 0, f"{name}, {answer}: {part}"
        assert re.search(r"\d", both[2]), f"{name}, {answer}: a number that can be checked belongs to the mistake"
        assert "# Why" not in code and "# Otherwise" not in code


@pytest.mark.parametrize("name", SETS)
def test_no_sentence_of_a_comment_is_in_what_students_get(name):
    released = nbformat.read(COURSE.release / name / f"{name}.ipynb", as_version=4)
    text = " ".join(" ".join(cell.source.replace("#", " ") for cell in released.cells).split())
    for answer, (_, words) in comments(name).items():
        found = [sentence for sentence in sentences(BOTH.fullmatch(words).expand(r"\1 \2")) if sentence in text]
        assert found == [], f"{name}, {answer}"
    assert "# Why:" not in text and "# Otherwise:" not in text


def test_an_answer_without_a_comment_is_left_as_it_is():
    code = "def f(x):\n    ### BEGIN SOLUTION\n    # the square\n    return x**2\n    ### END SOLUTION"
    assert solutions.apart(code) == (code, "")


@pytest.fixture
def mini(tmp_path):
    """A course of one small problem set, built."""
    return write(tmp_path, MINI)


def write(root, text):
    unit = root / "course" / "01_small"
    unit.mkdir(parents=True, exist_ok=True)
    (unit / "small.md").write_text(HEADER + "\n# Small\n", encoding="utf-8")
    (unit / "ps1.md").write_text(HEADER + text, encoding="utf-8")
    (root / "nbgrader_config.py").write_text("c = get_config()\n", encoding="utf-8")
    notebooks.build_all(Course(root))
    return Course(root)


def made(course, name="ps1.ipynb"):
    return nbformat.read(course.root / "solutions" / "ps1" / name, as_version=4)


def cells_of(notebook):
    return {cell["id"]: cell for cell in notebook.cells}


def printed(cell):
    return "".join(output.get("text", "") for output in cell.outputs)


@pytest.mark.slow
def test_the_comment_becomes_text_below_the_answer_and_the_markers_go(mini):
    [entry] = solutions.make_solutions(mini)
    assert entry.what == "new"
    notebook = made(mini)
    assert [cell["id"] for cell in notebook.cells] == [
        "solutions", "problem-set-1", "double", "double-why", "double-check", "double-hidden-asked", "double-hidden",
    ]
    cells = cells_of(notebook)
    assert cells["double"].source == "def double(x):\n    return x + x  # of any kind"
    assert cells["double-why"].source == (
        "**Why this way.** twice a number is the number and itself, and `x + x` says so, without a constant.\n\n"
        "**What goes wrong otherwise.** `x * x` is right at 2, where it gives 4, and wrong at 3, where it gives 9."
    )
    assert cells["double-hidden"].source.startswith("# At grading: another number.\nassert double(3) == 6\n")
    assert printed(cells["double-hidden"]) == "Right: that is all that grading asks.\n"


@pytest.mark.slow
def test_a_second_run_executes_nothing_and_a_new_source_renews_what_nobody_changed(mini, monkeypatch):
    solutions.make_solutions(mini)
    with monkeypatch.context() as patched:
        patched.setattr(solutions, "execute", lambda *_: pytest.fail("executed though nothing has changed"))
        assert solutions.make_solutions(mini) == []
    write(mini.root, MINI.replace("double(3) == 6", "double(4) == 8"))
    [entry] = solutions.make_solutions(mini)
    assert entry.what == "renewed"
    assert "double(4) == 8" in cells_of(made(mini))["double-hidden"].source


@pytest.mark.slow
def test_a_wrong_answer_is_named_and_nothing_is_written(mini):
    write(mini.root, MINI.replace("return x + x", "return x * x"))
    with pytest.raises(CourseError, match="ps1: the cell double-hidden does not run to its end"):
        solutions.make_solutions(mini)
    assert not (mini.root / "solutions" / "ps1").exists()


@pytest.mark.slow
def test_a_cell_that_never_ends_is_named(mini, monkeypatch):
    monkeypatch.setattr(solutions, "SECONDS_A_CELL", 1)
    write(mini.root, MINI.replace("assert double(2) == 4", "while True:\n    pass"))
    with pytest.raises(CourseError, match="ps1: the cell double-check does not run to its end"):
        solutions.make_solutions(mini)


def test_an_unknown_problem_set_is_refused(mini):
    with pytest.raises(CourseError, match="The problem sets are: ps1"):
        solutions.make_solutions(mini, ["ps9"])


@pytest.mark.slow
def test_a_problem_set_of_the_course_passes_its_own_checks_and_a_changed_copy_is_kept(tmp_path, capsys):
    course = Course(tmp_path)
    for folder in ("course", "source"):
        shutil.copytree(COURSE.root / folder, tmp_path / folder, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copy(COURSE.root / "nbgrader_config.py", tmp_path)
    solutions.make_solutions(course, ["ps1"])
    assert "ps1: 100%" in capsys.readouterr().err, "progress, by the set's name"
    notebook = made(course)
    nbformat.validate(notebook)
    cells = cells_of(notebook)
    checks = [cell for cell in notebook.cells if is_grade(cell)]
    assert len(checks) == 16
    for check in checks:
        hidden = check["id"].endswith("-hidden")
        right = printed(check) if hidden else check.outputs[-1].data["text/plain"]
        assert right.startswith("Right: "), check["id"]
    for answer in comments("ps1"):
        assert BOTH.fullmatch(cells[f"{answer}-why"].source)
        assert "# Why" not in cells[answer].source
    assert not any("###" in cell.source for cell in notebook.cells if cell.cell_type == "code")

    path = course.root / "solutions" / "ps1" / "ps1.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("Problem set 1", "My notes"), encoding="utf-8")
    mine = path.read_bytes()
    assert solutions.make_solutions(course, ["ps1"]) == []
    source = course.source / "ps1" / "ps1.ipynb"
    anew = source.read_text(encoding="utf-8").replace("# At grading:", "# At the grading:")
    source.write_text(anew, encoding="utf-8")
    [entry] = solutions.make_solutions(course, ["ps1"])
    assert entry.what == "beside" and entry.kept == path and path.read_bytes() == mine
    assert "At the grading" in (path.parent / "ps1 (new release).ipynb").read_text(encoding="utf-8")


def test_the_command_that_opens_them_is_said(mini):
    assert solutions.how_to_open(mini).endswith("lab solutions/ps1/ps1.ipynb")
    assert solutions.how_to_open(COURSE, ["ps3"]).endswith("lab solutions/ps3/ps3.ipynb")
