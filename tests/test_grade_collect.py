"""Zips as Moodle and Canvas give them."""

import os
import zipfile
from datetime import datetime

import pytest
from mini_course import PS, hand_in, write

from gradschool.course.layout import CourseError
from gradschool.grade.collect import collect


@pytest.fixture
def course(tmp_path):
    return write(tmp_path / "course")


def pack(path, *names, content="{}", at=(2026, 10, 4, 18, 0, 0)):
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name, date_time=at), content)
    return path


def handed_in(course):
    return sorted(path.relative_to(course.submitted).as_posix() for path in course.submitted.rglob("*.*"))


def test_moodle_and_canvas_names(course, tmp_path):
    path = pack(
        tmp_path / "all.zip",
        "Noether Emmy_1234567_assignsubmission_file_ps1.ipynb",
        "Åström Bjørn_1234568_assignsubmission_file_/ps1.ipynb",
        "O'Neil Ann-Marie_1234569_assignsubmission_file/work/PS1.ipynb",
        "lovelaceada_12345_67890_ps1.ipynb",
        "kovalevskayasofya_LATE_12346_67891_ps1-2.ipynb",
        "class of 2026/germainsophie_12347_67892_ps1 (1).ipynb",
    )
    result = collect(course, path)
    assert result.ps == PS
    assert handed_in(course) == [
        f"{student}/ps1/ps1.ipynb"
        for student in (
            "Noether Emmy",
            "O'Neil Ann-Marie",
            "germainsophie_12347",
            "kovalevskayasofya_12346",
            "lovelaceada_12345",
            "Åström Bjørn",
        )
    ]
    assert len(result.new) == 6 and result.late == ["kovalevskayasofya_12346"]
    assert "6 new" in str(result) and "late, says the LMS" in str(result)


def test_the_roster_gives_the_ids(course, tmp_path):
    (course.submitted / "roster.csv").write_text(
        "student_id,last_name,first_name\nen35,Noether,Emmy\nal15,Lovelace,Ada\nba42,Åström,Bjørn\n",
        encoding="utf-8",
    )
    names = (
        "Emmy Noether_1_assignsubmission_file_ps1.ipynb",
        "Astrom Bjørn_2_assignsubmission_file_ps1.ipynb",
    )
    collect(course, pack(tmp_path / "a.zip", *names, "lovelaceada_3_4_ps1.ipynb"))
    assert [name for name in handed_in(course) if name.endswith("ipynb")] == [
        f"{id}/ps1/ps1.ipynb" for id in ("al15", "ba42", "en35")
    ]


def test_two_students_of_one_name_are_kept_apart(course, tmp_path):
    names = [f"Smith Jo_{number}_assignsubmission_file_ps1.ipynb" for number in (11, 12)]
    collect(course, pack(tmp_path / "a.zip", *names))
    assert handed_in(course) == ["Smith Jo_11/ps1/ps1.ipynb", "Smith Jo_12/ps1/ps1.ipynb"]


def test_the_last_try_counts(course, tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in (("ps1", "first"), ("ps1-10", "last"), ("ps1-9", "between"), ("scratch", "other")):
            archive.writestr(f"lovelaceada_1_2_{name}.ipynb", text)
    collect(course, path)
    assert handed_in(course) == ["lovelaceada_1/ps1/ps1.ipynb"]
    assert (course.submitted / "lovelaceada_1/ps1/ps1.ipynb").read_text(encoding="utf-8") == "last"


def test_notebooks_under_other_names_are_left_to_intake(course, tmp_path):
    names = ("lovelaceada_1_2_final v1.2.ipynb", "lovelaceada_1_3_draft.ipynb")
    collect(course, pack(tmp_path / "a.zip", *names), PS)
    assert handed_in(course) == ["lovelaceada_1/ps1/draft.ipynb", "lovelaceada_1/ps1/final v1.2.ipynb"]


def test_nothing_newer_is_overwritten(course, tmp_path):
    name = "lovelaceada_1_2_ps1.ipynb"
    target = course.submitted / "lovelaceada_1" / PS / "ps1.ipynb"
    collect(course, pack(tmp_path / "a.zip", name, content="1"))
    assert target.stat().st_mtime == datetime(2026, 10, 4, 18).timestamp()
    assert collect(course, pack(tmp_path / "a.zip", name, content="1")).unchanged == ["lovelaceada_1"]
    older = pack(tmp_path / "old.zip", name, content="0", at=(2026, 10, 3, 18, 0, 0))
    result = collect(course, older)
    assert result.kept == ["lovelaceada_1"] and target.read_text(encoding="utf-8") == "1"
    assert "newer than what is in the zip" in str(result)
    newer = pack(tmp_path / "new.zip", name, content="2", at=(2026, 10, 5, 18, 0, 0))
    assert collect(course, newer).replaced == ["lovelaceada_1"] and target.read_text(encoding="utf-8") == "2"


def test_a_timestamp_beside_the_notebook_says_how_old_it_is(course, tmp_path):
    folder = hand_in(course, "lovelaceada_1", "mine")
    os.utime(folder / "ps1.ipynb", (0, 0))
    (folder / "timestamp.txt").write_text("2027-01-01 00:00:00 UTC", encoding="utf-8")
    assert collect(course, pack(tmp_path / "a.zip", "lovelaceada_1_2_ps1.ipynb")).kept == ["lovelaceada_1"]
    assert (folder / "ps1.ipynb").read_text(encoding="utf-8") == "mine"


def test_other_files_are_named_and_left_out(course, tmp_path):
    names = (
        "lovelaceada_1_2_ps1.ipynb",
        "lovelaceada_1_3_numpy.py",
        "germainsophie_2_4_ps1.zip",
        "notes.ipynb",
    )
    result = collect(course, pack(tmp_path / "a.zip", *names))
    assert result.others == ["lovelaceada_1_3_numpy.py", "germainsophie_2_4_ps1.zip"]
    assert result.unknown == ["notes.ipynb"]
    assert handed_in(course) == ["lovelaceada_1/ps1/ps1.ipynb"]


@pytest.mark.parametrize(
    "name",
    [
        "../../evil_1_2_ps1.ipynb",
        "/etc/evil_1_2_ps1.ipynb",
        "a/../../evil_1_2_ps1.ipynb",
        "..\\..\\evil_1_2_ps1.ipynb",
        "C:\\evil_1_2_ps1.ipynb",
    ],
)
def test_names_that_lead_out_are_refused_before_anything_is_unpacked(course, tmp_path, name):
    path = pack(tmp_path / "a.zip", "lovelaceada_1_2_ps1.ipynb", name)
    before = sorted(tmp_path.parent.rglob("*.ipynb"))
    with pytest.raises(CourseError, match="leads out of its folder"):
        collect(course, path)
    assert sorted(tmp_path.parent.rglob("*.ipynb")) == before


@pytest.mark.parametrize("name", ["..", ".hidden", "a*b", "CON?"])
def test_a_student_cannot_be_called_anything_that_leads_out(course, tmp_path, name):
    collect(course, pack(tmp_path / "a.zip", f"{name}_1_assignsubmission_file_ps1.ipynb"))
    [found] = handed_in(course)
    assert found.count("/") == 2 and not set(found) & set("*?") and not found.startswith(".")


def test_what_is_no_zip_of_submissions_is_said(course, tmp_path):
    text = tmp_path / "a.zip"
    text.write_text("hello", encoding="utf-8")
    for path, complaint in (
        (text, "cannot be read as a zip"),
        (tmp_path / "none.zip", "cannot be read as a zip"),
    ):
        with pytest.raises(CourseError, match=complaint):
            collect(course, path)
    with pytest.raises(CourseError, match="tell no problem set"):
        collect(course, pack(tmp_path / "b.zip", "lovelaceada_1_2_homework.ipynb"))
    with pytest.raises(CourseError, match="no submission in the zip"):
        collect(course, pack(tmp_path / "c.zip", "homework.ipynb"), PS)
    with pytest.raises(CourseError, match="no problem set 'ps9'"):
        collect(course, pack(tmp_path / "d.zip", "lovelaceada_1_2_ps1.ipynb"), "ps9")
    assert handed_in(course) == []
