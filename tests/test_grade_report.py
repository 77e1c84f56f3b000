"""Tables, spreadsheets, ids: what people read."""

import csv
import os
from datetime import datetime, timedelta

import pytest

from gradschool.course.layout import CourseError
from gradschool.grade import report
from gradschool.grade.results import ClassResult, QuestionResult, StudentResult
from gradschool.grade.submissions import MAX_ID_LENGTH, Student, handed_in, read_roster, safe_id
from gradschool.grade.verdicts import Cause, Verdict


def a_class():
    wrong, died = Verdict(Cause.WRONG), Verdict(Cause.KERNEL_DIED, "in question best-step")
    not_run, timeout = Verdict(Cause.NOT_RUN, "the kernel was lost"), Verdict(Cause.TIMEOUT)
    ada = {"forward": QuestionResult(2, 2), "best-step": QuestionResult(1, 3, {"best-step-hidden": timeout})}
    bob = {
        "forward": QuestionResult(0, 2, {"forward-check": wrong, "forward-hidden": wrong}),
        "best-step": QuestionResult(0, 3, {"best-step-check": died, "best-step-hidden": not_run}),
    }
    eve = StudentResult(
        Student("eve", "@SUM(A1)", "Ève"),
        bob,
        refused="empty file: The file is empty.",
        submitted_at=datetime(2026, 10, 6, 1, 2),
        late=timedelta(hours=1, minutes=3),
        notes=('left out: -x.py, "a", b',),
        fresh=False,
    )
    students = (StudentResult(Student("ada"), ada), StudentResult(Student("bob"), bob), eve)
    return ClassResult("ps1", students, {"forward": 2, "best-step": 3}, sample=False)


def test_the_table():
    assert (
        report.table(a_class())
        == """\
ps1: 3 submissions, 1 of them graded before and unchanged

                  best
         forward  step
student       /2    /3  /5
--------------------------
ada            2     1   3
bob            0     0   0
eve            0     0   0

Besides wrong answers:
  ada
    best-step-hidden: timeout
  bob
    best-step: kernel died: in question best-step
  eve
    empty file: The file is empty.
    handed in 1 h 3 min late
    left out: -x.py, "a", b"""
    )


def test_the_spreadsheet(tmp_path):
    path = tmp_path / "grades.csv"
    report.write_csv(a_class(), path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfstudent_id,")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["student_id"] for row in rows] == ["ada", "bob", "eve"]
    assert rows[2] == {
        "student_id": "eve",
        "last_name": "'@SUM(A1)",
        "first_name": "Ève",
        "problem_set": "ps1",
        "forward": "0",
        "best-step": "0",
        "score": "0",
        "max_score": "5",
        "submitted_utc": "2026-10-06 01:02:00",
        "late": "1 h 3 min",
        "remarks": 'empty file: The file is empty.; handed in 1 h 3 min late; left out: -x.py, "a", b',
    }
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(start):
    assert report.safe_cell(start + "1") == "'" + start + "1"


def test_a_spreadsheet_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "grades.csv"
    path.write_text("old", encoding="utf-8")

    def in_use(*_):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(os, "replace", in_use)
    with pytest.raises(CourseError, match="Close it if a program has it open"):
        report.write_csv(a_class(), path)
    assert path.read_text(encoding="utf-8") == "old" and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "time, words",
    [
        (dict(seconds=4), "1 min"),
        (dict(minutes=59), "59 min"),
        (dict(hours=2), "2 h"),
        (dict(days=1, minutes=5), "1 day"),
        (dict(days=2, hours=3, minutes=7), "2 days 3 h"),
    ],
)
def test_lengths_of_time(time, words):
    assert report.duration(timedelta(**time)) == words


@pytest.mark.parametrize(
    "name", ["ada", "Åström Bjørn", "O'Neil, Ann-Marie (2)", "ann@uni.example", "李雷", "7"]
)
def test_ids_that_stay(name):
    assert safe_id(name) == name


ODD = [
    "a*b",
    "a[b]",
    "a?b",
    " a",
    "a ",
    "a.",
    ".a",
    "-a",
    "a/b",
    "a\\b",
    "..",
    "",
    "{a}",
    "a:b",
    "A\u030a",
    "x" * 101,
]


@pytest.mark.parametrize("name", ODD)
def test_ids_that_are_replaced(name):
    id = safe_id(name)
    assert id != name and safe_id(id) == id
    assert not set(id) & set("*?[]{}/\\:") and len(id) <= MAX_ID_LENGTH


def test_replaced_ids_differ():
    assert len({safe_id(name) for name in [*ODD, "A\u030a".encode().decode(), "a-b"]}) == len(ODD) + 1


def test_a_roster_is_read_and_its_faults_are_said(tmp_path):
    path = tmp_path / "roster.csv"
    assert read_roster(path) == {}
    path.write_text("\ufeffstudent_id,last_name,first_name,email\nada,Lovelace,Ada,\n,,,\n", encoding="utf-8")
    assert read_roster(path) == {"ada": Student("ada", "Lovelace", "Ada")}
    path.write_text("id;name\nada;Ada\n", encoding="utf-8")
    with pytest.raises(CourseError, match="no column student_id"):
        read_roster(path)
    path.write_bytes("student_id,last_name\na,Åström\n".encode("latin-1"))
    with pytest.raises(CourseError, match="UTF-8"):
        read_roster(path)


NO_TIMES = [b"", b"no date at all", b"\xff\xfe\x00", b"99999-99-99 99:99 UTC", b"1e400"]
TIMES = [
    "2026-10-05 23:59:00 UTC",
    "2026-10-06 01:59:00 +0200",
    "2026-10-06T01:59:00+02:00",
    "2026-10-05 23:59",
]


@pytest.mark.parametrize("content", NO_TIMES)
def test_a_timestamp_that_is_none_is_said(tmp_path, content):
    (tmp_path / "timestamp.txt").write_bytes(content)
    moment, notes = handed_in(tmp_path)
    assert moment is None and notes[0].startswith("timestamp.txt is not a time")


@pytest.mark.parametrize("text", TIMES)
def test_timestamps_are_read_with_their_zone(tmp_path, text):
    (tmp_path / "timestamp.txt").write_text(text + "\n", encoding="utf-8")
    assert handed_in(tmp_path) == (datetime(2026, 10, 5, 23, 59), [])
    assert handed_in(tmp_path / "elsewhere") == (None, [])
