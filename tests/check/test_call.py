"""Calling an answer several times in turn."""

import time

import numpy as np

from gradschool.check.call import call, call_in_turn, probe
from gradschool.check.inputs import Inputs


def at(*values):
    return Inputs(tuple("abc"[: len(values)]), values, by_name=False)


def replies(answer, several, quick=10.0):
    return call_in_turn(answer, several, 5.0, quick)


def test_each_call_has_inputs_of_its_own():
    x = np.ones(2)

    def spoil(x):
        x *= 3
        return x.sum()

    first, *more = replies(spoil, [at(x), at(x)])
    assert first.trouble == "input changed in place" and not more and x.sum() == 2
    assert [reply.value for reply in replies(lambda x: x.sum(), [at(x), at(x), at(5 * x)])] == [2, 2, 10]


def test_what_an_answer_keeps_of_its_inputs_is_not_the_checks():
    x, kept = np.ones(2), []

    def keep(x):
        for earlier in kept:
            earlier *= 3
        kept.append(x)
        return x

    first, second = replies(keep, [at(x), at(x)])
    again = call(keep, at(x))
    assert all(np.array_equal(reply.value, np.ones(2)) for reply in (first, second, again)) and x.sum() == 2


def test_it_stops_at_trouble():
    found = replies(lambda x: 1 / x, [at(1.0), at(0.0), at(2.0)])
    assert [reply.trouble for reply in found] == [None, "exception"]
    assert found[1].exceptions[0] == "ZeroDivisionError"
    found = replies(lambda x: {x} if x else x, [at(0.0), at(1.0), at(0.0)])
    assert [reply.trouble for reply in found] == [None, "wrong type"]


def test_a_slow_answer_is_called_once():
    called = []

    def slow(x):
        called.append(x)
        time.sleep(0.05)
        return x

    assert len(replies(slow, [at(1.0), at(2.0)], quick=0.01)) == 1 == len(called)
    assert len(replies(slow, [at(1.0), at(2.0)])) == 2


def test_a_task_is_called_with_the_answer_each_time():
    assert [reply.value for reply in replies(probe(twice, np.square), [at(2.0), at(3.0)])] == [16.0, 81.0]


def twice(answer, x):
    return answer(answer(x))
