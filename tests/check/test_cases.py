"""Several cases in one check are judged as by one check each, and asked for together."""

from types import SimpleNamespace
from unittest import mock

import numpy as np
import pytest

from gradschool.check import CheckFailed, check_value, check_values, normal
from gradschool.check.call import observe_in_turn, run_there
from gradschool.grade.rooms import exam, sandbox


def case(x, equals, **more):
    return dict(at=dict(x=x), equals=equals, **more)


CASES = [
    case(normal(3), lambda x: x * x),
    case(-2.0, 4.0, misconceptions={"the sign was kept": -4.0}),
    case(np.full((2, 1), 3.0), np.full((2, 1), 9.0)),
]


def square(x):
    return x * x


def test_what_is_right_in_every_case_is_right():
    verdict = check_values(square, CASES)
    assert verdict.ok and verdict.answer == "square"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda x: x * abs(x),
        lambda x: np.sum(x * x),
        lambda x: 2 * x,
        lambda x: x * x if np.ndim(x) < 2 else x + "",
        lambda x: np.multiply(x, x, out=x) if np.ndim(x) == 2 else x * x,
        lambda x: {x},
        lambda x: x * x if np.ndim(x) < 2 else np.full(2, np.nan),
    ],
)
@pytest.mark.parametrize("hidden", [False, True])
def test_the_first_that_is_wrong_is_told_as_by_a_check_of_its_own(wrong, hidden):
    with pytest.raises(CheckFailed) as together:
        check_values(wrong, CASES, hidden=hidden)
    with pytest.raises(CheckFailed) as alone:
        for each in CASES:
            check_value(wrong, **each, hidden=hidden, twice=False)
    assert str(together.value.verdict) == str(alone.value.verdict)


def test_each_is_called_once_and_in_order_and_none_after_trouble():
    seen = []

    def strict(x):
        seen.append(x)
        return 1 / x

    check_values(strict, [case(2.0, 0.5), case(4.0, 0.25)])
    assert seen == [2.0, 4.0]
    with pytest.raises(CheckFailed, match="ZeroDivisionError"):
        check_values(strict, [case(0.0, 0.0), case(8.0, 0.125)])
    assert seen == [2.0, 4.0, 0.0]


def test_there_is_something_to_check():
    with pytest.raises(ValueError, match="no cases"):
        check_values(square, [])


class Sparing:
    """Stands for an answer far away, of which not every reply comes."""

    __name__ = "square"


@run_there.register
def _(answer: Sparing, observe, task, calls, quick, patience):
    assert observe is observe_in_turn
    return observe(square, task, calls, quick, patience)[:-1]


def test_a_case_that_is_left_out_is_not_right():
    with pytest.raises(RuntimeError, match="left out"):
        check_values(Sparing(), CASES)


@pytest.mark.slow
def test_all_go_to_a_room_by_one_message():
    room = exam.Room(sandbox.Limits(), walls=sandbox.why_no_walls() is None)
    try:
        room.run("import numpy as np\ndef square(x):\n    return x * x\ndef use(f, x):\n    return f(x)", 20)
        with mock.patch.object(room, "_ask", side_effect=room._ask) as asked:
            assert check_values(exam.Proxy("square", room), CASES).ok
            assert asked.call_count == 1
            each_its_own = [dict(at=(lambda x, k=k: x + k, 1.0), equals=1.0 + k) for k in range(3)]
            assert check_values(exam.Proxy("use", room), each_its_own).ok
            assert asked.call_count == 2
        assert room.asked == 3
    finally:
        room.close()


def test_the_same_points_are_drawn_as_by_a_check_of_its_own():
    drawn = SimpleNamespace(together=[], alone=[])
    check_values(lambda x: drawn.together.append(x), [case(normal(3), None), case(normal(2), None)])
    for n in (3, 2):
        check_value(lambda x: drawn.alone.append(x), **case(normal(n), None), twice=False)
    for ours, theirs in zip(drawn.together, drawn.alone, strict=True):
        np.testing.assert_array_equal(ours, theirs)
