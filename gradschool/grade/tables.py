"""nbgrader's tables, for one submission at a time: what is in them, and what grading changes, in few statements.

nbgrader reads and writes them through objects, one for each mark and each comment. That takes five times as long, and
one process enters the marks of a whole class. Every function works in the transaction of the connection that it gets.
"""

from collections import defaultdict
from datetime import timedelta

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from sqlalchemy import Boolean, bindparam, insert, or_, select, update

from gradschool.grade.examine import Marks

# A problem set is an assignment with a notebook of the same name.
OF_PS = Assignment.name == bindparam("ps"), Notebook.name == bindparam("ps")
SUBMITTED = (
    select(
        SubmittedAssignment.student_id,
        SubmittedAssignment.id.label("submission"),
        SubmittedNotebook.id.label("notebook"),
        SubmittedAssignment.timestamp,
        SubmittedAssignment.extension,
        Assignment.duedate,
        SubmittedNotebook.late_submission_penalty,
    )
    .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
    .join(Notebook, Notebook.assignment_id == Assignment.id)
    .join(
        SubmittedNotebook,
        (SubmittedNotebook.notebook_id == Notebook.id) & (SubmittedNotebook.assignment_id == SubmittedAssignment.id),
    )
    .where(*OF_PS)
)
SUBMITTED_BY = SUBMITTED.where(SubmittedAssignment.student_id == bindparam("student"))
CELLS = (
    select(Assignment.id.label("assignment"), Notebook.id, BaseCell.id, BaseCell.type)
    .join(Notebook, Notebook.assignment_id == Assignment.id)
    .outerjoin(BaseCell, BaseCell.notebook_id == Notebook.id)
    .where(Assignment.name == bindparam("ps"))
)


def of_cells(kind, *columns):
    """Asks for columns of all grades or comments of a problem set, after the notebook and the cell that they are of.

    By cell: there is an index for that, and none for notebooks.
    """
    cells = select(BaseCell.id).join(Notebook, Notebook.id == BaseCell.notebook_id)
    cells = cells.join(Assignment, Assignment.id == Notebook.assignment_id).where(*OF_PS)
    found = select(kind.notebook_id, BaseCell.name, *columns).join(BaseCell, BaseCell.id == kind.cell_id)
    return found.where(kind.cell_id.in_(cells))


def of_cell(kind):
    """Changes the grade or the comment of one cell in one submitted notebook."""
    table, cells = kind.__table__, select(BaseCell.id).where(BaseCell.name == bindparam("cell"))
    return update(table).where(table.c.notebook_id == bindparam("notebook"), table.c.cell_id.in_(cells))


SCORES = of_cells(Grade, Grade.score, Grade.max_score, Grade.manual_score)
COMMENTS = of_cells(Comment, Comment.comment)
SCORES_IN, COMMENTS_IN = (
    asked.where(kind.notebook_id == bindparam("notebook")) for asked, kind in ((SCORES, Grade), (COMMENTS, Comment))
)
AUTOMATIC_IN = of_cells(Grade, Grade.auto_score).where(Grade.notebook_id == bindparam("notebook"))
SET_SCORE = of_cell(Grade).values(
    auto_score=bindparam("score"),
    # A mark that a person gave is theirs to look at again.
    needs_manual_grade=or_(Grade.__table__.c.manual_score.is_not(None), bindparam("unmarked", type_=Boolean)),
)
SET_COMMENT = of_cell(Comment).values(auto_comment=bindparam("comment"))


def marks(db, ps) -> dict[str, Marks]:
    """What there is of a problem set, by student."""
    named = {"ps": ps}
    scores, comments = (db.execute(asked, named) for asked in (SCORES, COMMENTS))
    return combined(db.execute(SUBMITTED, named), scores, comments)


def marks_in(db, ps, submitted) -> Marks:
    """What there is of one submission."""
    named = {"ps": ps, "notebook": submitted.notebook}
    scores, comments = (db.execute(asked, named) for asked in (SCORES_IN, COMMENTS_IN))
    [found] = combined([submitted], scores, comments).values()
    return found


def automatic(db, ps, student) -> dict[str, float | None]:
    """The points that the machine gave a student, by grade_id."""
    submitted = db.execute(SUBMITTED_BY, {"ps": ps, "student": student}).one()
    found = db.execute(AUTOMATIC_IN, {"ps": ps, "notebook": submitted.notebook})
    return {cell: score for _, cell, score in found}


def combined(submissions, scores, comments) -> dict[str, Marks]:
    known, by_hand, told = defaultdict(dict), defaultdict(set), defaultdict(dict)
    for notebook, cell, score, max_score, manual in scores:
        known[notebook][cell] = score, max_score
        if manual is not None:
            by_hand[notebook].add(cell)
    for notebook, cell, comment in comments:
        told[notebook][cell] = comment
    return {
        each.student_id: Marks(
            scores=known[each.notebook],
            by_hand=frozenset(by_hand[each.notebook]),
            comments=told[each.notebook],
            score=sum(score for score, _ in known[each.notebook].values()),
            max_score=sum(max_score for _, max_score in known[each.notebook].values()),
            late=lateness(each),
            late_penalty=each.late_submission_penalty or 0,
        )
        for each in submissions
    }


def lateness(submitted) -> timedelta:
    """How much later something came in than nbgrader lets its author have it."""
    if submitted.timestamp is None or submitted.duedate is None:
        return timedelta(0)
    return max(timedelta(0), submitted.timestamp - submitted.duedate - (submitted.extension or timedelta(0)))


def know(db, student) -> None:
    """See that a student is there, with the names that we have."""
    names = {"first_name": student.first_name, "last_name": student.last_name, "email": student.email}
    names = {column: name for column, name in names.items() if name}
    if db.execute(select(Student.id).where(Student.id == student.id)).first() is None:
        db.execute(insert(Student.__table__).values(id=student.id, **names))
    elif names:
        change(db, Student, student.id, **names)


def submission(db, ps, student, timestamp):
    """The row of a student's submission. If there is none yet, all is made that goes with it."""
    named = {"ps": ps, "student": student}
    found = db.execute(SUBMITTED_BY, named).first()
    if found is None:
        add_submission(db, ps, student, timestamp)
    elif timestamp is not None:
        change(db, SubmittedAssignment, found.submission, timestamp=timestamp)
    return db.execute(SUBMITTED_BY, named).one()


def add_submission(db, ps, student, timestamp) -> None:
    """What nbgrader's add_submission makes: a submission with all its notebooks, grades and comments, still empty."""
    cells = db.execute(CELLS, {"ps": ps}).all()
    id, notebooks, grades, comments = new_uuid(), {}, [], []
    for _, notebook, cell, kind in cells:
        made = notebooks.setdefault(notebook, {"id": new_uuid(), "notebook_id": notebook, "assignment_id": id})
        row = {"notebook_id": made["id"], "cell_id": cell}
        if kind in ("GradeCell", "TaskCell"):
            grades.append(row)
        if kind in ("SolutionCell", "TaskCell"):
            comments.append(row)
    row = {"id": id, "assignment_id": cells[0].assignment, "student_id": student, "timestamp": timestamp}
    execute_all(db, insert(SubmittedAssignment.__table__), [row])
    execute_all(db, insert(SubmittedNotebook.__table__), list(notebooks.values()))
    execute_all(db, insert(Grade.__table__), grades)
    execute_all(db, insert(Comment.__table__), comments)


def set_scores(db, notebook, scores) -> None:
    """Put down what a machine gives for the cells of a submitted notebook, by grade_id; None: a person is to."""
    rows = ({"cell": cell, "score": score, "unmarked": score is None} for cell, score in scores.items())
    execute_all(db, SET_SCORE, [{"notebook": notebook, **row} for row in rows])


def set_comments(db, notebook, comments) -> None:
    """Put down what a machine says of the cells of a submitted notebook, by grade_id."""
    rows = [{"notebook": notebook, "cell": cell, "comment": comment} for cell, comment in comments.items()]
    execute_all(db, SET_COMMENT, rows)


def forget(db, ps, student) -> None:
    """Take back when something was handed in, and what a machine gave for it."""
    for found in db.execute(SUBMITTED_BY, {"ps": ps, "student": student}).all():
        change(db, SubmittedAssignment, found.submission, timestamp=None)
        notebooks = select(SubmittedNotebook.id).where(SubmittedNotebook.assignment_id == found.submission)
        grades = update(Grade.__table__).where(Grade.__table__.c.notebook_id.in_(notebooks))
        db.execute(grades.values(auto_score=None, needs_manual_grade=True))


def change(db, kind, id, **values) -> None:
    """Change columns of one row."""
    table = kind.__table__
    db.execute(update(table).where(table.c.id == id).values(values))


def execute_all(db, statement, rows) -> None:
    """Execute a statement for each row, of which there may be none."""
    if rows:
        db.execute(statement, rows)
