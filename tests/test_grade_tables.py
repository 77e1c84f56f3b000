"""nbgrader's tables as grading writes and reads them: nbgrader itself has to find in them what it would have made."""

import shutil
from datetime import datetime, timedelta

import pytest
from nbgrader.api import Gradebook

from gradschool.grade import tables
from gradschool.grade.submissions import Student

# nbgrader's own way of adding a submission makes SQLAlchemy warn.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
PS, DUE = "ps1", datetime(2026, 10, 5)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A problem set with every kind of cell, in an assignment that has another notebook, too; beside it a second."""
    path = tmp_path_factory.mktemp("empty") / "gradebook.db"
    with Gradebook(f"sqlite:///{path}") as gradebook:
        for ps in (PS, "ps2"):
            gradebook.add_assignment(ps, duedate=DUE)
            for notebook in (ps, "other"):
                gradebook.add_notebook(notebook, ps)
                gradebook.add_solution_cell("root", notebook, ps)
                gradebook.add_grade_cell("root-check", notebook, ps, max_score=3, cell_type="code")
                gradebook.add_grade_cell("essay", notebook, ps, max_score=4, cell_type="markdown")
                gradebook.add_solution_cell("essay", notebook, ps)
                gradebook.add_task_cell("task", notebook, ps, max_score=5, cell_type="markdown")
        gradebook.add_notebook("without cells", PS)
    return path


@pytest.fixture
def gradebook(empty, tmp_path):
    """A gradebook of its own for one test."""
    path = shutil.copy(empty, tmp_path)
    with Gradebook(f"sqlite:///{path}") as gradebook:
        yield gradebook


def hand_in(gradebook, student, timestamp=None):
    db = gradebook.db.connection()
    tables.know(db, Student(student))
    submitted = tables.submission(db, PS, student, timestamp)
    gradebook.db.commit()
    return submitted


def described(gradebook, student):
    """All that nbgrader says of a submission, but for its ids."""
    submission = gradebook.find_submission(PS, student)
    things = [submission, *submission.notebooks]
    things += [each for notebook in submission.notebooks for each in (*notebook.grades, *notebook.comments)]
    told = [(type(thing).__name__, thing.to_dict() | {"id": "", "student": ""}) for thing in things]
    return sorted(told, key=str)


def test_a_submission_is_what_nbgrader_makes_of_one(gradebook):
    for student in ("ada", "bob"):
        gradebook.add_student(student)
    gradebook.add_submission(PS, "ada", timestamp="2026-10-06 12:00:00 UTC")
    hand_in(gradebook, "bob", datetime(2026, 10, 6, 12))
    assert described(gradebook, "bob") == described(gradebook, "ada")
    assert len(described(gradebook, "bob")) == 1 + 3 + 2 * (3 + 3)


def test_marks_are_as_nbgrader_counts_them(gradebook):
    for student in ("ada", "bob"):
        submitted = hand_in(gradebook, student, DUE + timedelta(hours=3))
        db = gradebook.db.connection()
        tables.set_scores(db, submitted.notebook, {"root-check": 3.0, "essay": None})
        tables.set_comments(db, submitted.notebook, {"root": None, "essay": "No response."})
        gradebook.db.commit()
    grade = gradebook.find_grade("essay", PS, PS, "ada")
    grade.manual_score, grade.extra_credit = 2, 0.5
    gradebook.find_comment("root", PS, PS, "ada").manual_comment = "see me"
    gradebook.grant_extension(PS, "ada", hours=1)
    gradebook.db.commit()
    grades = gradebook.find_submission_notebook(PS, PS, "bob").grades
    assert {each.name: each.needs_manual_grade for each in grades} == {"root-check": False, "essay": True, "task": True}
    marks = tables.marks(gradebook.db.connection(), PS)
    assert set(marks) == {"ada", "bob"}
    for student, found in marks.items():
        notebook = gradebook.find_submission_notebook(PS, PS, student)
        assert found.scores == {each.name: (each.score, each.max_score) for each in notebook.grades}
        assert found.comments == {each.name: each.comment for each in notebook.comments}
        assert (found.score, found.max_score) == (notebook.score, notebook.max_score)
        assert found.late.total_seconds() == notebook.assignment.total_seconds_late
        submitted = hand_in(gradebook, student)
        assert tables.marks_in(gradebook.db.connection(), PS, submitted) == found
    ada, bob = marks["ada"], marks["bob"]
    assert (ada.score, ada.by_hand, ada.late) == (5.5, {"essay"}, timedelta(hours=2))
    assert (bob.score, bob.by_hand, bob.late) == (3, frozenset(), timedelta(hours=3))


def test_what_a_person_gave_outlives_forgetting_and_is_to_be_looked_at_again(gradebook):
    submitted = hand_in(gradebook, "ada", DUE)
    tables.set_scores(gradebook.db.connection(), submitted.notebook, {"root-check": 3.0, "essay": None})
    gradebook.db.commit()
    grade = gradebook.find_grade("essay", PS, PS, "ada")
    grade.manual_score, grade.needs_manual_grade = 2, False
    gradebook.db.commit()
    tables.forget(gradebook.db.connection(), PS, "ada")
    gradebook.db.commit()
    gradebook.db.expire_all()
    assert gradebook.find_submission(PS, "ada").timestamp is None
    assert gradebook.find_submission(PS, "ada").score == 2
    tables.set_scores(gradebook.db.connection(), submitted.notebook, {"root-check": 1.0, "essay": 4.0})
    gradebook.db.commit()
    gradebook.db.expire_all()
    assert gradebook.find_submission(PS, "ada").score == 3
    assert gradebook.find_grade("essay", PS, PS, "ada").needs_manual_grade
    assert not gradebook.find_grade("root-check", PS, PS, "ada").needs_manual_grade


def test_names_are_put_down_and_none_is_lost(gradebook):
    db = gradebook.db.connection()
    tables.know(db, Student("ada", "Lovelace", "Ada", "ada@example.org"))
    tables.know(db, Student("ada", "King"))
    tables.know(db, Student("ada"))
    gradebook.db.commit()
    ada = gradebook.find_student("ada")
    assert (ada.first_name, ada.last_name, ada.email) == ("Ada", "King", "ada@example.org")


def test_no_statement_for_one_submission_goes_through_those_of_the_class(gradebook):
    """There is no index for the grades of a submitted notebook: who asks for them plainly reads the whole class's."""
    dialect, db = gradebook.engine.dialect, gradebook.db.connection()
    large = {"grade", "comment", "submitted_notebook", "submitted_assignment"}
    for statement in (tables.SUBMITTED_BY, tables.SCORES_IN, tables.COMMENTS_IN, tables.SET_SCORE, tables.SET_COMMENT):
        compiled = statement.compile(dialect=dialect)
        plan = db.exec_driver_sql(f"explain query plan {compiled}", tuple(None for _ in compiled.positiontup)).all()
        scans = {row[-1].split()[1] for row in plan if row[-1].startswith("SCAN ")}
        assert plan and not scans & large, plan
