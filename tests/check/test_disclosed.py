"""Callbacks that may be sent to where the answer lives."""

import functools

import numpy as np
import pytest

from gradschool.check.disclosed import disclosed, is_disclosed, is_self_contained, modules_used

LEVEL = 2.0


def test_it_marks_a_function_and_gives_it_back():
    def f(x):
        return x**2

    assert not is_disclosed(f) and disclosed(f) is f and is_disclosed(f) and f(3) == 9
    assert not is_disclosed(np.exp) and not is_disclosed(functools.cache(f)) and not is_disclosed(3)


def test_the_modules_that_it_uses_by_their_names_for_it():
    def f(x, *more):
        return [np.sum(part) for part in (x, *more)], functools.reduce(lambda a, b: np.add(a, b), more)

    assert modules_used(f) == {"np": "numpy", "functools": "functools"}
    assert modules_used(lambda x: x.LEVEL + len(x)) == {}  # an attribute is no global


@pytest.mark.parametrize(
    "function",
    [
        lambda x: LEVEL * x,
        lambda x: [LEVEL * each for each in x],
        lambda x: unheard_of(x),  # noqa: F821
    ],
)
def test_a_global_that_is_no_module_is_refused(function):
    with pytest.raises(ValueError, match=r"uses the global (LEVEL|unheard_of), which is no module: close over it"):
        disclosed(function)


def test_one_that_sets_a_global_is_refused():
    with pytest.raises(ValueError, match="telling sets the global TOLD"):
        disclosed(telling)


def test_what_it_closes_over_is_data_and_functions_like_it():
    weights, step, square = np.ones(3), 0.5, lambda x: x * x
    disclosed(lambda x: np.sum(weights * square(x)) + step + np.pi)
    for strange in (functools.cache(square), {1, 2}, object(), [0.5, {"f": functools.partial(max, 1)}]):
        with pytest.raises(ValueError, match=r"<lambda> holds .*, which is neither plain data nor a plain function"):
            disclosed(lambda x, strange=strange: x)
        with pytest.raises(ValueError, match=r"<lambda> holds .*, which is neither plain data nor a plain function"):
            disclosed(lambda x: strange)  # noqa: B023
    outside = lambda x: LEVEL * x  # noqa: E731
    for function in (lambda x: outside(x), lambda x, parts=((outside, 1.0),): parts):
        with pytest.raises(ValueError, match="uses the global LEVEL"):
            disclosed(function)


def test_one_that_calls_itself_is_refused():
    def even(n):
        return n == 0 or odd(n - 1)

    def odd(n):
        return n > 0 and even(n - 1)

    for function in (even, odd):
        with pytest.raises(ValueError, match=f"{function.__name__} closes over itself"):
            disclosed(function)


def test_a_function_of_nothing_else_is_self_contained():
    assert is_self_contained(lambda x: np.sum(x**2) + max(len(x), 3))
    assert is_self_contained(lambda x: [np.exp(each) for each in x])


def counted(x):
    global LEVEL
    LEVEL += 1
    return x


def telling(x):
    global TOLD
    TOLD = x
    return x


def importing(x):
    import os

    os.environ["TOLD"] = "yes"
    return x


def changing(x):
    np.told = x
    return x


def closing():
    calls = []
    return lambda x: calls.append(x)


@pytest.mark.parametrize(
    "function",
    [
        np.exp,
        functools.partial(max, 1),
        lambda x: LEVEL * x,
        counted,
        telling,
        importing,
        changing,
        lambda x: globals().update(told=x),
        lambda x: print(x),
        lambda x: functools.reduce(max, x),
        lambda x: [setattr(np, "told", each) for each in x],
        closing(),
        lambda x, seen=[]: seen.append(x),
        lambda x, *, level=LEVEL: x + level,
        lambda x: x + np.random.normal(),
        lambda x: [np.random.default_rng(0).normal() for _ in x],
    ],
)
def test_one_that_may_keep_something_is_not(function):
    assert not is_self_contained(function)
