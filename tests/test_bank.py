"""The answer bank: every answer to every question gets the marks, and the reasons, that it deserves."""

import ast
from pathlib import Path

import pytest
from bank.machinery import CHECKS, Question, answers, questions

from gradschool.course import notebooks
from gradschool.course.layout import Course

COURSE = Course(Path(__file__).parents[1])
SETS = {name: questions(notebooks.build(text)) for name, text in COURSE.problem_sets().items()}
QUESTIONS = [
    pytest.param(question, id=f"{ps}-{name}")
    for ps, found in SETS.items()
    for name, question in found.items()
]
ANSWERS = [
    pytest.param(SETS[ps][name], answer, id=f"{ps}-{name}-{answer.path.stem}")
    for ps in SETS
    for name, given in answers(ps).items()
    for answer in given
]


def lost(marks):
    """What every check that took points said, to be read where a test fails."""
    return {check: mark.words for check, mark in marks.items() if mark.points == 0}


@pytest.mark.parametrize("rooms", [1, 2])
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_reference_gets_every_point(question, rooms):
    marks = question.mark(question.solution, rooms)
    assert not lost(marks)
    assert sum(mark.points for mark in marks.values()) == question.points > 0


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_untouched_release_gets_none(question):
    assert question.untouched != question.solution
    marks = question.mark(question.untouched)
    assert [mark.points for mark in marks.values()] == [0, 0]
    for mark in marks.values():
        assert mark.kind == "could not run" and "NotImplementedError" in mark.words


@pytest.mark.parametrize("question, answer", ANSWERS)
def test_an_answer_gets_what_it_deserves(question, answer):
    marks = question.mark(answer.code)
    for check, mark in marks.items():
        expected = answer.expected.get(check, "right")
        assert mark.says == expected, f"{check} check: {mark.says!r} came, {expected!r} was due\n{mark.words}"
        assert bool(mark.points) == (expected == "right")
        assert not mark.stderr, "nbgrader gives no points to a check cell that writes to stderr"


@pytest.mark.slow
@pytest.mark.parametrize("ps", SETS)
def test_no_answer_gets_other_marks_in_two_rooms_under_another_seed(ps, monkeypatch):
    """Grading draws points of its own for every submission, and keeps the answer away from its check."""
    monkeypatch.setenv("GRADSCHOOL_SEED", "another")
    for name, given in answers(ps).items():
        for answer in given:
            for check, mark in SETS[ps][name].mark(answer.code, rooms=2).items():
                due = answer.expected.get(check, "right")
                assert mark.says == due, f"{answer.path}, {check} check\n{mark.words}"


@pytest.mark.parametrize("question, answer", ANSWERS)
def test_an_answer_says_what_it_is(question, answer):
    assert answer.right or answer.path.name.startswith("wrong_")
    assert answer.header and answer.header[0].endswith(".")
    assert set(answer.expected) <= set(CHECKS)
    assert answer.right == (not answer.expected)


@pytest.mark.parametrize("ps", SETS)
def test_every_question_has_five_wrong_answers_and_two_right_ones(ps):
    bank = answers(ps)
    assert set(bank) == set(SETS[ps])
    for name, given in bank.items():
        right = sum(answer.right for answer in given)
        assert right >= 2 and len(given) - right >= 5, name
        assert len({answer.header[0] for answer in given}) == len(given), f"{name}: two answers of one name"


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_right_answer_is_told_so(question):
    """A notebook shows the value of a cell's last expression; after a loop it shows nothing."""
    *_, last = ast.parse(question.sources["visible"]).body
    assert isinstance(last, ast.Expr)


def test_a_check_cell_that_breaks_is_no_verdict():
    broken = Question("broken", [], "", "", {"visible": (1, "1 / 0")})
    mark = broken.mark("")["visible"]
    assert (mark.points, mark.kind) == (0, "ZeroDivisionError")
