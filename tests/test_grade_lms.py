"""Marks as Moodle and Canvas import them. The exports here have the rows and headings that Canvas writes."""

import csv
import io
from datetime import timedelta

import pytest

from gradschool.course.layout import Course, CourseError
from gradschool.grade.report import lms
from gradschool.grade.report.reading import Graded
from gradschool.grade.report.spreadsheet import as_csv
from gradschool.grade.results import ClassResult, QuestionResult, StudentResult
from gradschool.grade.submissions import Student

PEOPLE = (
    ("ada", "Lovelace", "Ada", "ada@uni.example"),
    ("astrom", "Åström, Jr.", 'Bjørn "Bo"', "Bo@uni.example"),
    ("eve", "=cmd|' /C calc'!A0", "@SUM(A1)", "eve@uni.example"),
    ("doejane_12345", "", "", ""),
    ("absent", "Away", "Al", "al@uni.example"),
)
ROSTER = [Student(*person) for person in PEOPLE]


def graded(students=ROSTER, marks=(18, 7.5, 0, 12, None), penalties=None, sample=False):
    found = []
    for student, mark in zip(students, marks, strict=False):
        questions = {} if mark is None else {"a": QuestionResult(mark, 20)}
        found.append(StudentResult(student, questions, handed_in=mark is not None, late=timedelta(0)))
    return Graded(ClassResult("ps1", tuple(found), {"a": 20.0}, sample), penalties=penalties or {})


@pytest.fixture
def course(tmp_path):
    unit = tmp_path / "course" / "01_small"
    unit.mkdir(parents=True)
    (unit / "small.md").write_text("# Small\n", encoding="utf-8")
    (unit / "ps1.md").write_text("# Problem set 1: Nudging\n", encoding="utf-8")
    (tmp_path / "submitted").mkdir()
    return Course(tmp_path)


def write_roster(course, people=PEOPLE):
    with (course.submitted / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("student_id", "last_name", "first_name", "email"), *people])


# Moodle -------------------------------------------------------------------------------------------------------


def test_moodle_with_a_full_roster(course):
    write_roster(course, PEOPLE[:3])
    sheet = lms.moodle(course, graded(ROSTER[:3]))
    assert sheet.rows == [
        ["ID number", "Email address", "Last name", "First name", "ps1"],
        ["ada", "ada@uni.example", "Lovelace", "Ada", "18"],
        ["astrom", "Bo@uni.example", "Åström, Jr.", 'Bjørn "Bo"', "7.5"],
        ["eve", "eve@uni.example", "'=cmd|' /C calc'!A0", "'@SUM(A1)", "0"],
    ]
    assert sheet.notes == ["Make the grade item with 20 points in Moodle before you import."]
    text = as_csv(sheet.rows)
    assert list(csv.reader(io.StringIO(text, newline=""))) == sheet.rows
    assert '"Åström, Jr.","Bjørn ""Bo""",7.5\r\n' in text


def test_moodle_gets_nobody_without_marks_and_no_empty_identifier(course):
    """Moodle would read a row without an identifier as one more of the student before."""
    write_roster(course)
    sheet = lms.moodle(course, graded())
    assert sheet.rows[0] == ["ID number", "Last name", "First name", "ps1"]
    assert [row[0] for row in sheet.rows[1:]] == ["ada", "astrom", "eve", "doejane_12345"]
    assert sheet.notes[1:] == ["No column of e-mail addresses, because the roster has none for doejane_12345."]


def test_moodle_leaves_out_whom_it_cannot_know(course):
    write_roster(course, PEOPLE[:2])
    sheet = lms.moodle(course, graded())
    assert [row[0] for row in sheet.rows[1:]] == ["ada", "astrom"]
    assert sheet.notes[1:] == ["Left out, because they are not on the roster: eve, doejane_12345."]


def test_moodle_without_a_roster_says_so(course):
    sheet = lms.moodle(course, graded())
    assert len(sheet.rows) == 5 and "no submitted/roster.csv" in sheet.notes[1]


@pytest.mark.parametrize("address", ["", "ada", "=x@y", "+a@b.example", "a b@c.example", "a@b,c", "-1@x"])
def test_no_address_is_a_formula(address):
    assert not lms.is_address(address)


def test_marks_are_less_what_was_taken_off_and_never_below_nothing():
    assert lms.marks(graded(penalties={"ada": 2.5, "eve": 3})) == {
        "ada": "15.5", "astrom": "7.5", "eve": "0", "doejane_12345": "12",
    }
    third = graded(ROSTER[:1], (20 / 3,))
    assert lms.marks(third) == {"ada": "6.666666667"}


def test_who_could_not_be_graded_has_no_mark():
    broken = StudentResult(ROSTER[0], {"a": QuestionResult(0, 20)}, failed="KeyError")
    assert lms.marks(Graded(ClassResult("ps1", (broken,), {"a": 20.0}, False))) == {}


# Canvas -------------------------------------------------------------------------------------------------------

HEAD = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Notes", "Essay (71)", "Problem set 1 (72)",
        "Problem set 12 (73)", "Current Score", "Final Score"]
EXPORT = [
    HEAD,
    ["", "", "", "", "", "", "", "Manual Posting", "", "", ""],
    ["    Points Possible", "", "", "", "", "", "10.00", "20.00", "5", "(read only)", "(read only)"],
    ["Lovelace, Ada", "501", "ada", "al1", "A and B", "", "9.00", "", "", "90", "30"],
    ["Astrom Jr., Bjorn", "502", "", "bo@UNI.example", "A", "", "", "3.00", "", "", ""],
    ['="=cmd|\' /C calc\'!A0, @SUM(A1)"', "503", "", "eve", "A", "", "", "EX", "", "", ""],
    ["Doe, Jane", "12345", "", "jd", "B", "", "", "N/A", "", "", ""],
    ["Away, Al", "505", "absent", "aa", "B", "", "", "", "", "", ""],
    ["Student, Test", "506", "", "0f3a", "A", "", "", "", "", "", ""],
]


def export(course, rows=EXPORT, delimiter=",", encoding="utf-8", name="canvas.csv"):
    path = course.submitted / name
    path.write_bytes(as_csv(rows, delimiter).encode(encoding))
    return path


@pytest.mark.parametrize("delimiter, encoding", [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-8")])
def test_canvas_own_export_is_filled_in(course, delimiter, encoding):
    export(course, delimiter=delimiter, encoding=encoding)
    sheet = lms.canvas(course, graded())
    assert sheet.delimiter == delimiter
    assert sheet.rows == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Problem set 1 (72)"],
        ["", "", "", "", "", "Manual Posting"],
        ["    Points Possible", "", "", "", "", "20.00"],
        ["Lovelace, Ada", "501", "ada", "al1", "A and B", "18"],
        ["Astrom Jr., Bjorn", "502", "", "bo@UNI.example", "A", "7.5"],
    ]
    assert sheet.notes == ["Left as they are in Canvas, excused or not assigned: eve, doejane_12345."]


def test_students_of_canvas_are_found_by_what_they_have(course):
    people = [Student("7001", "Ng", "Li"), Student("x", "Éluard", "Paul"), Student("doejane_12345"),
              Student("same1", "Lee", "Kim"), Student("same2", "Lee", "Kim"), Student("nobody", "No", "Body")]
    rows = [[*HEAD[:5], "ps1 (9)"], ["Points Possible", "", "", "", "", "20"],
            ["Ng, Li", "7001", "", "a", "A", ""], ["Eluard, Paul", "2", "", "b", "A", ""],
            ["Doe, Jane", "12345", "", "c", "A", ""], ["Lee, Kim", "4", "", "d", "A", ""],
            ["Other, One", "12346", "", "e", "A", ""]]
    sheet = lms.canvas(course, graded(people, (1, 2, 3, 4, 5, 6)), export(course, rows))
    assert [(row[0], row[5]) for row in sheet.rows[2:]] == [("Ng, Li", "1"), ("Eluard, Paul", "2"), ("Doe, Jane", "3")]
    assert sheet.notes == ["Not found in Canvas' export, by id, login, e-mail address or name: same1, same2, nobody."]


def test_a_number_in_an_id_is_canvas_own_only_with_the_name(course):
    rows = [[*HEAD[:5], "ps1 (9)"], ["Points Possible", "", "", "", "", "20"], ["Roe, Rick", "12345", "", "r", "A", ""]]
    sheet = lms.canvas(course, graded([Student("doejane_12345")], (3,)), export(course, rows))
    assert len(sheet.rows) == 2 and "doejane_12345" in sheet.notes[0]


def test_last_and_first_names_in_two_columns(course):
    rows = [["LastName", "FirstName", "ID", "SIS Login ID", "Section", "ps1 (9)"],
            ["Points Possible", "", "", "", "", "25"], ["Lovelace", "Ada", "1", "x", "A", ""]]
    sheet = lms.canvas(course, graded(ROSTER[:1]), export(course, rows))
    assert sheet.rows[2] == ["Lovelace", "Ada", "1", "x", "A", "18"]
    assert sheet.notes == ["In Canvas the assignment has 25 points, here it has 20."]


@pytest.mark.parametrize("title", ["ps1", "PS1: Nudging", "Problem set 1: Nudging", "Homework 1", "Assignment 01"])
def test_titles_that_mean_the_problem_set(course, title):
    head = [*HEAD[:5], "Reading (1)", f"{title} (2)", "Problem set 10 (3)"]
    assert lms.assignment_column(head, 5, course, "ps1", None) == 6


def test_the_column_is_asked_for_where_it_is_not_clear(course):
    head = [*HEAD[:5], "Homework 1 (1)", "Assignment 1 (2)", "Late (3)"]
    with pytest.raises(CourseError, match=r"Homework 1 \(1\); Assignment 1 \(2\)"):
        lms.assignment_column(head, 5, course, "ps1", None)
    assert lms.assignment_column(head, 5, course, "ps1", "Late") == 7
    assert lms.assignment_column(head, 5, course, "ps1", "Assignment 1 (2)") == 6
    with pytest.raises(CourseError, match="0 columns"):
        lms.assignment_column(head, 5, course, "ps1", "Essay")


def test_an_assignment_that_canvas_does_not_have_becomes_a_new_one(course):
    rows = [[*row[:5], row[6]] for row in EXPORT]
    sheet = lms.canvas(course, graded(), export(course, rows))
    assert sheet.rows[0][-1] == "ps1" and sheet.rows[2][-1] == "20" and sheet.rows[3][-1] == "18"
    assert "Essay (71)" in sheet.notes[0]


def test_without_an_export_canvas_gets_what_there_is(course):
    sheet = lms.canvas(course, graded())
    assert sheet.rows == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "ps1"],
        ["    Points Possible", "", "", "", "", "20"],
        ["Lovelace, Ada", "", "ada", "ada", "", "18"],
        ['Åström, Jr., Bjørn "Bo"', "", "astrom", "astrom", "", "7.5"],
        ["'=cmd|' /C calc'!A0, @SUM(A1)", "", "eve", "eve", "", "0"],
        ["doejane_12345", "12345", "", "", "", "12"],
    ]
    assert "export" in sheet.notes[0]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"name,mark\nAda,3\n", b"Student,ID\n"])
def test_what_is_no_export_is_said(course, content):
    path = course.submitted / "canvas.csv"
    path.write_bytes(content)
    with pytest.raises(CourseError, match=r"canvas\.csv"):
        lms.canvas(course, graded())


def test_an_export_that_is_not_there_is_said(course):
    with pytest.raises(CourseError, match="cannot be read"):
        lms.canvas(course, graded(), course.root / "no.csv")
