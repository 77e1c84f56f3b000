"""Functions that go into an exam room by their code do there what they do here, and nothing hangs on it."""

import nbformat
import numpy as np
import pytest

from gradschool.check import CheckFailed, check_cost, check_value, disclosed, probe
from gradschool.grade.rooms import exam, questions, sandbox

ANSWERS = """
import numpy as np

def central(f, x, h=0.5):
    return (f(x + h) - f(x - h)) / (2 * h)

def apply(f, *args, **kwargs):
    return f(*args, **kwargs)

def spoil(f, x):
    f.__code__ = (lambda x: 7.0).__code__
    return f(x)

def read(f, x):
    return f.__code__.co_name, sorted(f.__globals__)
"""


@pytest.fixture(scope="module")
def room():
    opened = exam.Room(sandbox.Limits(), walls=sandbox.why_no_walls() is None)
    assert opened.run(ANSWERS, 20).error is None
    yield opened
    opened.close()


@pytest.fixture
def asked(room):
    """How often the room has called back in this test."""
    room.asked = 0
    yield lambda: room.asked


def answer(room, name):
    return exam.Proxy(name, room)


def cube(x):
    return x**3


def test_a_callback_that_is_not_disclosed_is_asked_from_there(room, asked):
    check_value(answer(room, "central"), at=dict(f=lambda x: x**3, x=2.0), equals=12.25)
    assert asked() == 4  # two calls of the answer, for it is called twice


def test_a_disclosed_one_is_not(room, asked):
    check_value(answer(room, "central"), at=dict(f=disclosed(cube), x=2.0), equals=12.25)
    assert asked() == 0
    del cube.disclosed
    check_value(answer(room, "central"), at=dict(f=np.exp, x=0.0), equals=np.sinh(0.5) / 0.5)
    assert asked() == 0  # nobody's secret


def test_in_a_check_that_all_can_read_nothing_needs_to_be_marked(room, asked):
    counted, level = [], 3.0
    room.in_the_open = True
    try:
        check_value(answer(room, "central"), at=dict(f=lambda x: np.abs(x) ** 3, x=2.0), equals=12.25)
        assert asked() == 0
        # What may keep something stays here.
        check_value(answer(room, "apply"), at=(lambda x: counted.append(x), 2.0), equals=None)
        assert counted == [2.0, 2.0] and asked() == 2
        check_value(answer(room, "apply"), at=(lambda x: level * x, 2.0), equals=6.0)
        assert asked() == 4
        check_cost(answer(room, "central"), at=dict(f=lambda x: x, x=1.0), of="f", at_most=2)
        assert asked() == 6
    finally:
        room.in_the_open = False


def test_it_takes_along_what_it_is_made_of(room, asked):
    weights, level, names = np.array([[1.0, 2.0], [3.0, 4.0]]), 0.25, {"shift": [1.5, None]}

    def squared(x, power=2):
        return x**power

    scale_by_default = np.array([10.0, 20.0])

    def f(x, /, scale=scale_by_default, *, cut=0.5):
        parts = [squared(part) for part in weights @ x]
        return np.maximum(np.array(parts) * scale + level + names["shift"][0], cut)

    x = np.array([0.3, -0.7])
    check_value(answer(room, "apply"), at=(disclosed(f), x), equals=f(x))
    assert asked() == 0
    total = disclosed(lambda x: f(x).sum())
    check_value(answer(room, "central"), at=dict(f=total, x=x), equals=total(x + 0.5) - total(x - 0.5))
    assert asked() == 0


def test_it_has_its_modules_and_nothing_of_the_students(room):
    f = disclosed(lambda x: np.sum(x))
    check_value(answer(room, "read"), at=(f, 1.0), equals=("<lambda>", ["__builtins__", "np"]))


def test_no_verdict_hangs_on_what_it_returns_there(room):
    f = disclosed(lambda x: 2.0 * x)
    with pytest.raises(CheckFailed):
        check_value(answer(room, "spoil"), at=dict(f=f, x=1.0), equals=lambda f, x: f(x))
    assert f(1.0) == 2.0
    check_value(answer(room, "apply"), at=(f, 1.0), equals=2.0)  # the next call has a new one


def test_calls_are_counted_here_all_the_same(room, asked):
    check_cost(answer(room, "central"), at=dict(f=disclosed(lambda x: x), x=1.0), of="f", at_most=2)
    assert asked() == 2
    with pytest.raises(CheckFailed):
        check_cost(answer(room, "central"), at=dict(f=disclosed(lambda x: x), x=1.0), of="f", at_most=1)


def test_its_errors_are_the_answers(room):
    def refuse(x):
        raise ValueError("not here")

    with pytest.raises(CheckFailed, match="ValueError: not here"):
        check_value(answer(room, "apply"), at=(disclosed(refuse), 1.0), equals=1.0)


def test_a_task_takes_along_what_it_is_made_of(room, asked):
    v, h_by_default, double = np.array([1.0, 1.0]), np.float64(0.5), lambda x: 2 * x

    def along(central, x, h=h_by_default):
        return central(lambda t: double(np.sum((x + t * v) ** 2)), 0.0, h)

    x = np.array([1.0, 3.0])
    check_value(probe(along, answer(room, "central")), at=(x,), equals=16.0)
    assert asked() == 0


def test_a_hidden_check_sends_only_what_is_disclosed():
    look = "check_value(name_of, at=(lambda x: x, 1), equals={!r})\n"
    disclosed_one = "check_value(name_of, at=(disclosed(lambda x: x), 1), equals='<lambda>', hidden=True)\n"
    hidden = f"### BEGIN HIDDEN TESTS\n{look.format('called')}{disclosed_one}### END HIDDEN TESTS"
    cells = [
        cell("given", "from gradschool.check import check_value, disclosed"),
        cell("name", "def name_of(f, x):\n    return f.__name__", solution=True),
        cell("name-check", look.format("<lambda>"), grade=True),
        cell("name-hidden", hidden, grade=True),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    walls = sandbox.why_no_walls() is None
    questions.take(notebook, notebook, "seed", sandbox.Limits(), walls)
    assert [each.outputs for each in notebook.cells] == [[], [], [], []]


def cell(name, source, *, solution=False, grade=False):
    about = {"grade_id": name, "solution": solution, "grade": grade, "locked": not solution, "schema_version": 3}
    return nbformat.v4.new_code_cell(source, metadata={"nbgrader": about | ({"points": 1} if grade else {})})
