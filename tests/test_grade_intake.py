"""Intake: every file gets a notebook or a reason, and no honest answer is lost on the way."""

import copy
import json
import os

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from gradschool.grade import intake
from gradschool.grade.intake import Cell, Reason, Refusal


def nbgrader_cell(grade_id, source, kind="code", **flags):
    make = new_code_cell if kind == "code" else new_markdown_cell
    metadata = {"grade_id": grade_id, "grade": False, "solution": False, "locked": True, "schema_version": 3}
    return make(source, id=grade_id, metadata={"nbgrader": metadata | flags})


STUB = "def double(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
KERNEL = {"name": "python3", "display_name": "Python 3"}
ANSWER = "def double(x):\n    return x + x"


@pytest.fixture
def released():
    cells = [
        new_markdown_cell("# Title", id="title"),
        nbgrader_cell("imports", "import math"),
        new_code_cell("print('an example')", id="example"),
        nbgrader_cell("double", STUB, solution=True, locked=False),
        nbgrader_cell("double-check", "assert double(2) == 4", grade=True, points=1),
        new_markdown_cell("## Next", id="next"),
        nbgrader_cell("root", "def root(x):\n    raise NotImplementedError()", solution=True, locked=False),
        nbgrader_cell("root-check", "assert root(4) == 2", grade=True, points=1),
    ]
    return new_notebook(cells=cells, metadata={"kernelspec": KERNEL})


@pytest.fixture
def student(released):
    """An honest copy with the first question answered."""
    notebook = copy.deepcopy(released)
    notebook.cells[3].source = ANSWER
    return notebook


def rebuilt(released, notebook):
    before = copy.deepcopy(released)
    result, notes = intake.rebuild(released, intake.cells_of(notebook))
    nbformat.validate(result)
    assert released == before, "the release is everybody's"
    return [cell.source for cell in result.cells], notes, result


def sources(notebook):
    return [cell.source for cell in notebook.cells]


def test_an_honest_submission_comes_through_as_it_is(released, student):
    found, notes, result = rebuilt(released, student)
    assert found == sources(student)
    assert notes == []
    assert [cell.metadata for cell in result.cells] == [cell.metadata for cell in released.cells]
    assert [cell.id for cell in result.cells] == [cell.id for cell in released.cells]


def test_extra_cells_keep_their_place(released, student):
    student.cells.insert(8, new_code_cell("the_last = 1"))
    student.cells.insert(3, new_code_cell("helper = 1"))
    student.cells.insert(4, new_markdown_cell("my thoughts"))
    student.cells.insert(0, new_raw_cell("on top"))
    found, notes, result = rebuilt(released, student)
    assert found == sources(student)
    assert notes == []
    assert len({cell.id for cell in result.cells}) == len(result.cells)


def test_the_release_itself_is_not_changed(released, student):
    before = copy.deepcopy(released)
    rebuilt(released, student)
    assert released == before


@pytest.mark.parametrize(
    "edit, note",
    [
        (lambda cells: cells.pop(4), "check cell double-check restored: it was missing"),
        (lambda cells: cells.insert(5, cells[4]), "check cell double-check restored: it was there 2 times"),
        (lambda cells: cells[4].update(source="pass"), "check cell double-check restored: it was edited"),
        (
            lambda cells: cells[4].update(cell_type="raw"),
            "check cell double-check restored: it had become a raw cell",
        ),
    ],
)
def test_check_cells_are_restored(released, student, edit, note):
    edit(student.cells)
    found, notes, _ = rebuilt(released, student)
    assert found[:5] == [*sources(released)[:3], ANSWER, "assert double(2) == 4"]
    assert notes == [note]


def test_tags_that_change_how_a_cell_runs_are_dropped(released, student):
    student.cells[4].metadata["tags"] = ["skip-execution"]
    student.cells.append(new_code_cell("1 / 0", metadata={"tags": ["raises-exception"]}))
    _, notes, result = rebuilt(released, student)
    assert notes == ["cell tag raises-exception dropped", "cell tag skip-execution dropped"]
    assert not any("tags" in cell.metadata for cell in result.cells)


def test_points_kernel_and_other_metadata_are_the_release_s(released, student):
    student.metadata["kernelspec"] = {"name": "bash", "display_name": "Bash"}
    student.cells[4].metadata.nbgrader.update(points=100, grade=False, locked=False)
    _, _, result = rebuilt(released, student)
    assert result.metadata == released.metadata
    assert result.cells[4].metadata == released.cells[4].metadata


def test_an_answer_that_lost_its_label_is_found_by_its_id(released, student):
    student.cells[3].metadata = {}
    found, notes, _ = rebuilt(released, student)
    assert found == sources(student)
    assert notes == ["answer cell double had lost its label"]


def test_a_renamed_answer_is_found_by_its_id(released, student):
    student.cells[3].metadata.nbgrader.grade_id = "something-else"
    assert rebuilt(released, student)[0] == sources(student)


def test_answers_that_lost_labels_and_ids_are_found_by_place_and_name(released, student):
    """As after a detour through an editor that keeps neither."""
    helper = new_code_cell("def helper():\n    return 2")
    cells = [copy.deepcopy(cell) for cell in student.cells]
    cells.insert(3, helper)
    for number, cell in enumerate(cells):
        cell.metadata, cell["id"] = {}, f"new-{number}"
    student.cells = cells
    found, notes, _ = rebuilt(released, student)
    assert found == sources(student)
    assert notes == ["answer cell double had lost its label", "answer cell root had lost its label"]


def test_a_copied_answer_cell_counts_by_its_last_worked_on_copy(released, student):
    first, last = copy.deepcopy(student.cells[3]), copy.deepcopy(student.cells[3])
    first.source, last.source = "def double(x):\n    return 3 * x", ANSWER
    untouched = copy.deepcopy(released.cells[3])
    student.cells[3:4] = [first, last, untouched]
    found, notes, _ = rebuilt(released, student)
    assert found.count(ANSWER) == 1 and STUB not in found
    assert found.index(first.source) < found.index("assert double(2) == 4")
    assert notes == ["answer cell double was there 3 times: the last one counts"]


def test_an_answer_cell_that_was_split_stays_in_order(released, student):
    first, second = copy.deepcopy(student.cells[3]), copy.deepcopy(student.cells[3])
    first.source = "two = 2"
    second.source = "def double(x, by=two):\n    return by * x"
    student.cells[3:4] = [first, second]
    assert rebuilt(released, student)[0] == sources(student)


def test_an_answer_that_became_markdown_is_run_as_code(released, student):
    student.cells[3] = new_markdown_cell(ANSWER, id="double", metadata=student.cells[3].metadata)
    found, notes, result = rebuilt(released, student)
    assert found == sources(student)
    assert result.cells[3].cell_type == "code"
    assert notes == ["answer cell double had become a markdown cell: taken as code"]


def test_a_deleted_answer_is_the_stub(released, student):
    del student.cells[3]
    found, notes, _ = rebuilt(released, student)
    assert found == sources(released)
    assert notes == ["answer cell double was missing"]


@pytest.mark.parametrize("index", [1, 2])
def test_an_edited_given_cell_follows_as_an_extra_cell(released, student, index):
    """A student who adds an import to the given ones must not lose it."""
    student.cells[index].source += "\nimport cmath"
    found, _, _ = rebuilt(released, student)
    assert found[index : index + 2] == [released.cells[index].source, student.cells[index].source]
    assert len(found) == len(released.cells) + 1


def test_cells_in_another_order_are_put_back(released, student):
    helper = new_code_cell("helper = 1")
    student.cells.insert(4, helper)
    student.cells = student.cells[5:] + student.cells[:5]
    found, notes, _ = rebuilt(released, student)
    assert found == [*sources(released)[:3], ANSWER, helper.source, *sources(released)[4:]]
    assert notes == []


def test_rebuilding_twice_changes_nothing_more(released, student):
    student.cells.insert(3, new_code_cell("helper = 1"))
    _, _, once = rebuilt(released, student)
    once = intake.with_notice(once, "Notice", ["a <b>note</b>"])
    found, notes, _ = rebuilt(released, once)
    assert found == sources(once)
    assert notes == []
    assert "\\<b\\>" in found[0]


def test_pictures_in_a_written_answer_stay(released, student):
    task = nbgrader_cell("words", "YOUR ANSWER HERE", kind="markdown", solution=True, grade=True, points=1)
    released.cells.append(task)
    answer = copy.deepcopy(task)
    answer.source = "![](attachment:plot.png)"
    answer.attachments = {"plot.png": {"image/png": "aGk=", "text/html": "<script>"}, "x": "bad"}
    student.cells.append(answer)
    _, _, result = rebuilt(released, student)
    assert result.cells[-1].attachments == {"plot.png": {"image/png": "aGk="}}


# Files
# ----------------------------------------------------------------------------------------------------------


def notebook_text(notebook, **options):
    return json.dumps(notebook, **options)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_encodings(tmp_path, student, encoding):
    student.cells[0].source = "# Åäö — ∇"
    path = tmp_path / "ps1.ipynb"
    path.write_bytes(notebook_text(student, ensure_ascii=False).encode(encoding))
    cells, notes = intake.read(path)
    assert cells[0].source == "# Åäö — ∇"
    assert bool(notes) == ("8" not in encoding)


@pytest.mark.parametrize("version", [2, 3])
def test_old_formats_are_upgraded(tmp_path, released, student, version):
    text = nbformat.writes(nbformat.convert(student, version), version=version)
    path = tmp_path / "ps1.ipynb"
    path.write_text(text, encoding="utf-8")
    cells, notes = intake.read(path)
    assert notes == ["old notebook format, upgraded"]
    result, _ = intake.rebuild(released, cells)
    assert intake.same_text(Cell("code", ANSWER), result.cells[3])


@pytest.mark.parametrize(
    "content, reason",
    [
        (b"", Reason.EMPTY),
        (b" \n\n", Reason.EMPTY),
        (b"def double(x): return 2*x", Reason.NOT_A_NOTEBOOK),
        (b"%PDF-1.4\n\xe2\xe3\xcf\xd3", Reason.NOT_TEXT),
        (b"\x80\x81\x82\x83\x84", Reason.NOT_TEXT),
        (b"[]", Reason.NOT_A_NOTEBOOK),
        (b"{}", Reason.NOT_A_NOTEBOOK),
        (b'{"cells": {}}', Reason.NOT_A_NOTEBOOK),
        (b'{"cells": ' + b"[" * 100_000, Reason.NOT_A_NOTEBOOK),
        (b'{"cells": ' + b"9" * 10_000 + b"}", Reason.NOT_A_NOTEBOOK),
        (b'{"cells": [', Reason.NOT_A_NOTEBOOK),
        (b'{"nbformat": 3, "worksheets": 7}', Reason.NOT_A_NOTEBOOK),
        (b"<!DOCTYPE html><html></html>", Reason.NOT_A_NOTEBOOK),
    ],
)
def test_what_is_no_notebook_is_refused_with_its_reason(tmp_path, content, reason):
    path = tmp_path / "ps1.ipynb"
    path.write_bytes(content)
    with pytest.raises(Refusal) as refusal:
        intake.read(path)
    assert refusal.value.reason is reason
    assert str(refusal.value).startswith(reason.value)


def test_malformed_cells_are_read_for_what_they_are(tmp_path):
    odd = [
        7,
        None,
        {},
        {"cell_type": "code", "source": 5, "metadata": [], "id": {}},
        {
            "cell_type": "code",
            "source": ["a = 1\n", 2, "b = 2"],
            "metadata": {"nbgrader": "x", "tags": "skip"},
        },
        {
            "cell_type": "heading",
            "source": "broken \ud800 half",
            "metadata": {"nbgrader": {"grade_id": ["x"]}},
        },
    ]
    path = tmp_path / "ps1.ipynb"
    path.write_text(json.dumps({"cells": odd, "nbformat": "four"}), encoding="utf-8")
    cells, _ = intake.read(path)
    assert [(cell.cell_type, cell.source) for cell in cells] == [
        ("markdown", ""),
        ("code", ""),
        ("code", "a = 1\nb = 2"),
        ("markdown", "broken ? half"),
    ]
    assert all(cell.grade_id is None and cell.id is None and cell.tags == () for cell in cells)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "MAX_BYTES", 1000)
    path = tmp_path / "ps1.ipynb"
    path.write_bytes(b" " * 1001)
    with pytest.raises(Refusal, match="too large"):
        intake.read(path)


def needs_links(make):
    try:
        make()
    except OSError:
        pytest.skip("this account may not make links")


def test_links_are_refused(tmp_path):
    secret, folder = tmp_path / "secret.ipynb", tmp_path / "ada"
    secret.write_text("{}", encoding="utf-8")
    folder.mkdir()
    needs_links(lambda: os.symlink(secret, folder / "ps1.ipynb"))
    path, _ = intake.find(folder, "ps1")
    with pytest.raises(Refusal, match="a link"):
        intake.read(path)
    os.symlink(folder, tmp_path / "eve")
    with pytest.raises(Refusal, match="a link"):
        intake.find(tmp_path / "eve", "ps1")


def test_a_folder_called_like_a_notebook_is_refused(tmp_path):
    (tmp_path / "ps1.ipynb").mkdir()
    path, _ = intake.find(tmp_path, "ps1")
    with pytest.raises(Refusal, match="a link"):
        intake.read(path)


def test_which_file_is_taken(tmp_path):
    with pytest.raises(Refusal, match="no notebook"):
        intake.find(tmp_path, "ps1")
    (tmp_path / "timestamp.txt").touch()
    (tmp_path / "My homework.ipynb").touch()
    path, notes = intake.find(tmp_path, "ps1")
    assert path.name == "My homework.ipynb" and notes == ["file name was My homework.ipynb"]
    (tmp_path / "draft.ipynb").touch()
    with pytest.raises(Refusal, match=r"several notebooks.*My homework\.ipynb, draft\.ipynb"):
        intake.find(tmp_path, "ps1")
    (tmp_path / "ps1.ipynb").touch()
    (tmp_path / "numpy.py").touch()
    path, notes = intake.find(tmp_path, "ps1")
    assert path.name == "ps1.ipynb"
    assert notes == ["left out: My homework.ipynb, draft.ipynb, numpy.py"]
