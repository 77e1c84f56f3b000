"""Every kind of check, with the answer in another process.

A check touches an answer by calling it with plain values and callbacks and by reading plain values back. So
it works as well on a proxy whose calls cross a pipe; this is what a grader will do, with walls around the
other side.
"""

import multiprocessing
import threading

import numpy as np
import pytest

from gradschool.check import (
    CheckFailed,
    check_cost,
    check_gradient,
    check_jacobian,
    check_jvp,
    check_property,
    check_raises,
    check_shape,
    check_taylor,
    check_value,
    check_vjp,
    normal,
    probe,
    trees,
)
from gradschool.check.call import run_there

# ---- what the student wrote, in the other process


def gradient(x, c):
    return c * np.cos(x)


def wrong_gradient(x, c):
    return -c * np.cos(x)


def spoiling(x, c):
    x[0] = 0.0
    return c


def breaking(x, c):
    return x @ np.ones(7)


def central(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def vjp(x, cotangent):
    return cotangent * np.cos(x)


def jacobian(x):
    return np.diag(np.cos(x))


def double_in_place(x):
    x *= 2


def refusing(x):
    raise ValueError("x must be positive")


def sleeping(x):
    import time

    time.sleep(5)


class Momentum:
    def __init__(self, rate):
        self.rate, self.velocity = rate, 0.0

    def step(self, gradient):
        self.velocity = 0.9 * self.velocity - self.rate * gradient
        return self.velocity


HERE = [thing for thing in globals().values() if getattr(thing, "__module__", "") == __name__]
STUDENT = {thing.__name__: thing for thing in HERE}


# ---- tasks, which a check sends along


def after_two_steps(Optimiser, rate):
    optimiser = Optimiser(rate)
    optimiser.step(1.0)
    return {"step": optimiser.step(1.0), "velocity": optimiser.velocity}


def argument_afterwards(function, x):
    x = x.copy()
    function(x)
    return x


# ---- the two rooms


class Callback:
    """Stands in the student's process for a function of the other one."""

    def __init__(self, number):
        self.number = number

    def __call__(self, *args):
        PIPE.send(("callback", self.number, args))
        return PIPE.recv()


def exam_room(pipe):
    global PIPE
    PIPE = pipe
    while (request := pipe.recv()) is not None:
        name, task, args = request
        pipe.send(("reply", task(STUDENT[name], *args)))


class Proxy:
    """Stands in the check's process for something of the student's."""

    def __init__(self, name, pipe):
        self.__name__, self.pipe = name, pipe


@run_there.register
def send(proxy: Proxy, task, *args):
    callbacks = []

    def pack(leaf):
        if not callable(leaf) or getattr(leaf, "__module__", "") == __name__:  # tasks cross by name
            return leaf
        callbacks.append(leaf)
        return Callback(len(callbacks) - 1)

    proxy.pipe.send((proxy.__name__, task, trees.transform(pack, args)))
    while True:
        kind, *what = proxy.pipe.recv()
        if kind == "reply":
            return what[0]
        number, values = what
        proxy.pipe.send(callbacks[number](*values))


@pytest.fixture(scope="module")
def student():
    """student("gradient") is the function of that name, in its own process."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=exam_room, args=(there,), daemon=True)
    process.start()
    yield lambda name: Proxy(name, here)
    here.send(None)
    process.join(10)
    assert process.exitcode == 0


def f(x, c):
    return np.sum(c * np.sin(x))


AT = dict(x=normal(4), c=normal(4))


def test_what_is_right_passes(student):
    threads = threading.active_count()
    assert check_gradient(student("gradient"), of=f, at=AT).ok
    assert check_taylor(student("gradient"), of=f, at=AT).ok
    assert check_vjp(student("vjp"), of=np.sin, at=(normal(4),)).ok
    assert check_jvp(student("vjp"), of=np.sin, at=(normal(4),)).ok
    assert check_jacobian(student("jacobian"), of=np.sin, at=(normal(4),)).ok
    assert check_value(student("gradient"), at=AT, equals=gradient).ok
    assert check_shape(student("gradient"), at=AT, shape=(4,), dtype=float).ok
    finite = lambda g: np.all(np.isfinite(g))  # noqa: E731
    assert check_property(student("gradient"), at=AT, that=finite, saying="all entries are finite").ok
    assert check_raises(student("refusing"), at=(-1.0,), raises=ValueError, saying="positive").ok
    assert check_cost(student("central"), at=dict(f=np.sin, x=normal(), h=1e-4), of="f", at_most=2).ok
    derivative = dict(of=lambda f, x, h: f(x), at=dict(f=np.sin, x=normal(), h=1e-4), wrt="x")
    assert check_gradient(student("central"), **derivative, rtol=1e-6).ok
    assert threading.active_count() <= threads  # an answer's time limits leave none behind


def test_what_lives_there_is_looked_at_there(student):
    afterwards = probe(argument_afterwards, student("double_in_place"))
    assert check_value(afterwards, at=(normal(3),), equals=lambda x: 2 * x).ok
    wanted = {"step": -0.19, "velocity": -0.19}
    assert check_value(probe(after_two_steps, student("Momentum")), at=(0.1,), equals=wanted).ok


@pytest.mark.parametrize(
    "name, kind, cause",
    [
        ("wrong_gradient", "wrong", "sign turned"),
        ("spoiling", "could not run", "input changed in place"),
        ("breaking", "could not run", "exception"),
    ],
)
def test_what_is_wrong_is_judged_as_at_home(student, name, kind, cause):
    for answer in (student(name), STUDENT[name]):
        with pytest.raises(CheckFailed) as caught:
            check_gradient(answer, of=f, at=AT)
        verdict = caught.value.verdict
        assert (verdict.kind, verdict.cause) == (kind, cause)
        assert (verdict.answer, verdict.claim) == (name, "is the gradient of f")
    if name == "breaking":
        assert "in breaking: return x @ np.ones(7)" in verdict.notes[0]


def test_what_is_too_slow_is_stopped_there(student):
    with pytest.raises(CheckFailed) as caught:
        check_value(student("sleeping"), at=(1.0,), equals=1.0, seconds=0.2)
    assert caught.value.verdict.cause == "too slow"


def test_the_same_tasks_run_at_home():
    afterwards = probe(argument_afterwards, double_in_place)
    assert check_value(afterwards, at=(normal(3),), equals=lambda x: 2 * x).ok
    wanted = {"step": -0.19, "velocity": -0.19}
    assert check_value(probe(after_two_steps, Momentum), at=(0.1,), equals=wanted).ok
