"""The calls of a check cell go together, and nobody can tell but by the clock."""

from unittest import mock

import nbformat
import pytest
from test_disclosed_in_rooms import cell

from gradschool.check.disclosed import state_of
from gradschool.grade.rooms import agenda, exam, questions, sandbox

GIVEN = """
from gradschool.check import check_cost, check_property, check_raises, check_shape, check_value, disclosed, normal
import numpy as np
"""


def graded(answer, *checks, together=True):
    """What each check cell has put out, and how many messages with calls there were."""
    cells = [cell("given", GIVEN), cell("answer", answer, solution=True)]
    cells += [cell(f"check-{number}", source, grade=True) for number, source in enumerate(checks)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    asked, ask_for, put_off = [], exam.Room.ask_for, agenda.Agenda.put_off

    def counted(room, groups, *more):
        asked.append(len(groups))
        return ask_for(room, groups, *more)

    with (
        mock.patch.object(exam.Room, "ask_for", counted),
        mock.patch.object(agenda.Agenda, "put_off", put_off if together else lambda *_: None),
    ):
        questions.take(notebook, notebook, "seed", sandbox.Limits(), sandbox.why_no_walls() is None)
    return [words(each.outputs) for each in notebook.cells[2:]], asked


def words(outputs):
    return [output.get("text") or output.get("evalue") or output.data["text/plain"] for output in outputs]


def same_both_ways(answer, *checks):
    """The outputs, which are the same if one check waits for the other."""
    found, _ = graded(answer, *checks)
    assert found == graded(answer, *checks, together=False)[0]
    return found


SQUARE = "def square(x):\n    if np.ndim(x) > 1:\n        raise ValueError('no table')\n    return x * x"
FOUR = """
check_value(square, at=dict(x=normal(3)), equals=lambda x: x * x)
check_shape(square, at=dict(x=np.ones(4)), shape=4)
check_raises(square, at=dict(x=np.ones((2, 2))), saying="table")
check_property(square, at=dict(x=-2.0), that=lambda y: y > 0, saying="it is positive")
print("done")
"""


def test_what_is_right_takes_one_message():
    assert graded(SQUARE, FOUR) == ([["done\n"]], [4])
    assert graded(SQUARE, FOUR, together=False) == ([["done\n"]], [1, 1, 1, 1])


@pytest.mark.parametrize(
    "wrong",
    [
        SQUARE.replace("x * x", "x + x"),
        SQUARE.replace("x * x", "np.square(x)[:2]"),
        SQUARE.replace("no table", "no"),
        SQUARE.replace("x * x", "x * abs(x)"),
        SQUARE.replace("x * x", "x * x + 1e-6"),
        "def square(x):\n    raise NotImplementedError",
        "square = 4",
        "",
    ],
)
def test_what_is_wrong_is_told_as_if_one_check_waited_for_the_other(wrong):
    assert same_both_ways(wrong, FOUR)[0]


def test_an_answer_that_remembers_is_called_as_often_and_in_the_same_order():
    remembers = "def appended(x, seen=[]):\n    seen.append(x)\n    return list(seen)"
    checks = """
check_value(appended, at=(1,), equals=[1])
check_value(appended, at=(1,), equals=[1], twice=False)
"""
    assert "Not the same twice" in same_both_ways(remembers, checks)[0][-1]
    by_a_reference = "check_value(appended, at=(1,), equals=lambda x: 1 / 0)"
    assert "appended" in same_both_ways("def appended(x):\n    return y", by_a_reference)[0][-1]
    in_turn = """
check_value(appended, at=(1,), equals=[1], twice=False)
check_cost(calling, at=dict(f=len), at_most=1)
check_value(appended, at=(2,), equals=[1, 0, 2], twice=False)
"""
    calling = "\ndef calling(f):\n    appended(0)\n    return f('')"
    assert same_both_ways(remembers + calling, in_turn) == [[]]


def test_once_a_check_has_failed_hope_is_given_up_until_the_next_answer():
    check = "check_value(square, at=(2.0,), equals=4.0)\ncheck_value(square, at=(3.0,), equals=9.0)"
    _, asked = graded("def square(x):\n    return 5.0", check, check)
    assert asked == [2, 1]  # the first run of the first cell knew the replies that the second one asks for


COUNTING = """
def in_a_function():
    calls = []
    def f(x):
        calls.append(x)
        return x
    check_value(twice_called, at=dict(f=f, x=1.0), equals=2.0, twice=False)
    assert len(calls) == 1, f"called {len(calls)} times"
in_a_function()
"""
KEPT = [
    COUNTING,
    COUNTING.replace("calls = []", "calls = 0").replace("def f(x):", "def f(x):\n        nonlocal calls")
    .replace("calls.append(x)", "calls += 1").replace("len(calls)", "calls"),
    COUNTING.replace("calls = []", "calls = np.zeros(1)").replace("calls.append(x)", "calls[0] += 1")
    .replace("len(calls)", "calls[0]"),
    COUNTING.replace("calls = []", "calls = lambda: 0\n    calls.n = 0").replace("calls.append(x)", "calls.n += 1")
    .replace("len(calls)", "calls.n"),
    COUNTING.replace("calls = []", "calls = {}").replace("calls.append(x)", "calls[len(calls)] = x"),
    COUNTING.replace("calls = []", "calls = set()").replace("calls.append(x)", "calls.add(len(calls))"),
    COUNTING.replace("def f(x):", "def f(x, kept=[], calls=calls):"),
    "calls = []\ndef f(x):\n    calls.append(x)\n    return x\n"
    "check_value(twice_called, at=dict(f=f, x=1.0), equals=2.0, twice=False)\nassert len(calls) == 1, 'called 2 times'",
]  # fmt: skip


@pytest.mark.parametrize("check", KEPT)
def test_what_a_callback_keeps_is_there_when_the_check_looks(check):
    """A check that counts by itself must not see an empty list, and find few calls in it."""
    wrong, right = "def twice_called(f, x):\n    return f(x) + f(x)", "def twice_called(f, x):\n    return 2 * f(x)"
    assert "called 2" in same_both_ways(wrong, check)[0][-1]
    assert same_both_ways(right, check) == [[]]


def test_a_call_has_its_arguments_as_they_were_and_a_check_its_claim():
    changed = """
x, right = np.ones(3), np.ones(3)
check_value(square, at=(x,), equals=right)
x[:], right[:] = 2.0, 5.0
check_value(square, at=(x,), equals=np.full(3, 4.0))
"""
    assert graded(SQUARE, changed) == ([[]], [2])
    loop = """
for power in (2, 3):
    check_value(power_of, at=(lambda x: x**power, 2.0), equals=lambda f, x: f(x))
    check_property(power_of, at=(abs, 2.0**power), that=lambda y: y == 2.0**power, saying="it is the power")
"""
    assert same_both_ways("def power_of(f, x):\n    return f(x)", loop) == [[]]
    assert same_both_ways("def power_of(f, x):\n    return 8.0", loop)[0]
    late = """
limit = [1.0]
def check(limit):
    check_property(square, at=(2.0,), that=lambda y: y < limit[0], saying="it is small")
    limit[0] = 9.0
check(limit)
"""
    assert "small" in same_both_ways(SQUARE, late)[0][-1]


def test_what_the_cell_does_with_a_verdict_is_done_with_the_right_one():
    either = """
try:
    check_value(square, at=(3.0,), equals=6.0)
except Exception:
    check_value(square, at=(3.0,), equals=9.0)
else:
    raise AssertionError("6 passed")
"""
    assert same_both_ways(SQUARE, either) == [[]]
    assert "6 passed" in same_both_ways("def square(x):\n    return 2 * x", either)[0][-1]


def test_a_room_that_is_lost_costs_the_cell():
    ends = "import os\ndef square(x):\n    if x == 3.0:\n        os._exit(1)\n    return x * x"
    check = "check_value(square, at=(2.0,), equals=4.0)\ncheck_value(square, at=(3.0,), equals=9.0)"
    [found, after], _ = graded(ends, check, "check_value(square, at=(2.0,), equals=4.0)")
    assert "ended" in found[-1] and after == []


def test_what_cannot_cross_together_is_asked_for_one_by_one():
    large = "def large(n):\n    return np.zeros(n)"
    check = "for n in (9_000_000, 9_000_001):\n    check_shape(large, at=(n,), shape=n)"
    assert same_both_ways(large, check) == [[]]


def test_which_functions_keep_nothing_that_cannot_be_seen():
    weights, kept = [1.0], []

    def scaled(x):
        return weights[0] * x

    assert state_of(abs) == [] and state_of(scaled) is not None and state_of(lambda x: scaled(x)) is not None
    assert state_of(kept.append) is None and state_of(print) == []
    assert state_of(lambda x: KEPT.append(x)) is None
    assert state_of(lambda x: pytest.random.rand()) is None
    assert state_of(mock.Mock()) is None
    before = state_of(scaled)
    weights.append(2.0)
    assert state_of(scaled) != before
