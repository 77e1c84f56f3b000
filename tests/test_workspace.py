"""A student's own copies: nothing that the student changed is ever lost."""

import pytest

from gradschool.course import workspace
from gradschool.course.layout import Course


@pytest.fixture
def course(tmp_path):
    """A course of one unit with one problem set."""
    unit = tmp_path / "course" / "01_slopes"
    unit.mkdir(parents=True)
    (unit / "slopes.md").write_text("---\n---\n# Slopes\n", encoding="utf-8")
    (unit / "slopes.ipynb").write_text("lecture 1", encoding="utf-8")
    (unit / "ps1.md").write_text("# Problem set 1\n", encoding="utf-8")
    release(tmp_path, "release 1")
    return Course(tmp_path)


def release(root, content):
    path = root / "release" / "ps1" / "ps1.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def in_work(course):
    return {path.relative_to(course.work).as_posix(): path.read_text(encoding="utf-8")
            for path in course.work.rglob("*") if path.is_file() and path.name != workspace.MANIFEST}


PS, BESIDE = "01_slopes/ps1.ipynb", "01_slopes/ps1 (new release).ipynb"


def test_a_first_run_copies_lectures_problem_sets_and_the_start_page(course):
    done = workspace.update(course)
    assert {entry.what for entry in done} == {"new"}
    assert set(in_work(course)) == {"start.md", "01_slopes/slopes.ipynb", PS}
    assert "(01_slopes/slopes.ipynb)" in in_work(course)["start.md"]
    assert f"({PS})" in in_work(course)["start.md"]


def test_a_further_notebook_of_a_unit_stands_beside_its_lecture(course):
    unit = course.text / "01_slopes"
    (unit / "playground.md").write_text("# Play with slopes\n", encoding="utf-8")
    (unit / "playground.ipynb").write_text("playground 1", encoding="utf-8")
    workspace.update(course)
    assert in_work(course)["01_slopes/playground.ipynb"] == "playground 1"
    assert "(01_slopes/slopes.ipynb) · [Play with slopes](01_slopes/playground.ipynb)" in in_work(course)["start.md"]


def test_a_second_run_does_nothing(course):
    workspace.update(course)
    assert workspace.update(course) == []


def test_a_newer_release_replaces_a_copy_that_nobody_changed(course):
    workspace.update(course)
    release(course.root, "release 2")
    [entry] = workspace.update(course)
    assert entry.what == "renewed" and in_work(course)[PS] == "release 2"


def test_a_newer_release_goes_beside_a_copy_that_was_changed_and_says_so(course):
    workspace.update(course)
    (course.work / PS).write_text("my answers", encoding="utf-8")
    release(course.root, "release 2")
    [entry] = workspace.update(course)
    assert in_work(course)[PS] == "my answers" and in_work(course)[BESIDE] == "release 2"
    assert "yours and stays" in str(entry) and "ps1 (new release).ipynb" in str(entry)
    assert workspace.update(course) == [], "the same release is offered once"


def test_a_third_release_does_not_overwrite_work_in_the_second(course):
    workspace.update(course)
    (course.work / PS).write_text("my answers", encoding="utf-8")
    release(course.root, "release 2")
    workspace.update(course)
    (course.work / BESIDE).write_text("my newer answers", encoding="utf-8")
    release(course.root, "release 3")
    workspace.update(course)
    found = in_work(course)
    assert (found[PS], found[BESIDE]) == ("my answers", "my newer answers")
    assert found["01_slopes/ps1 (new release 2).ipynb"] == "release 3"


def test_without_a_new_release_changed_work_is_left_in_peace(course):
    workspace.update(course)
    (course.work / PS).write_text("my answers", encoding="utf-8")
    assert workspace.update(course) == []
    assert BESIDE not in in_work(course)


def test_a_file_moved_away_is_copied_afresh(course):
    workspace.update(course)
    (course.work / PS).rename(course.work / "mine.ipynb")
    [entry] = workspace.update(course)
    assert entry.what == "new" and in_work(course)[PS] == "release 1"


@pytest.mark.parametrize("manifest", ["", "[]", "not json", None])
def test_a_lost_manifest_makes_every_file_the_students(course, manifest):
    workspace.update(course)
    (course.work / PS).write_text("my answers", encoding="utf-8")
    if manifest is None:
        (course.work / workspace.MANIFEST).unlink()
    else:
        (course.work / workspace.MANIFEST).write_text(manifest, encoding="utf-8")
    release(course.root, "release 2")
    workspace.update(course)
    assert in_work(course)[PS] == "my answers" and in_work(course)[BESIDE] == "release 2"


def test_a_start_page_with_notes_in_it_stays_and_progress_is_no_business_of_an_update(course):
    workspace.update(course)
    (course.work / "start.md").write_text("my notes", encoding="utf-8")
    (course.work / ".progress.json").write_text("what passed", encoding="utf-8")
    (course.text / "01_slopes" / "slopes.md").write_text("# Steeper slopes\n", encoding="utf-8")
    workspace.update(course)
    found = in_work(course)
    assert found["start.md"] == "my notes" and "Steeper" in found["start (new release).md"]
    assert found[".progress.json"] == "what passed"
