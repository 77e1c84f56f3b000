"""Array functions: vjp, jvp and Jacobian, right and corrupted, with autograd's own as the truth."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import jacobian, make_jvp, make_vjp

from gradschool.check import CheckFailed, check_jacobian, check_jvp, check_vjp
from gradschool.check.inputs import Draw

M = np.random.default_rng(0).normal(size=(4, 3))
FUNCTIONS = {
    "entry by entry": (lambda x: anp.sin(x) * x, (5,)),
    "softmax": (lambda x: anp.exp(x) / anp.sum(anp.exp(x)), (4,)),
    "matrix to vector": (lambda X: anp.sum(anp.tanh(X), axis=0), (3, 4)),
    "affine": (lambda x: anp.dot(M, x), (3,)),
    "outer": (lambda x: anp.outer(x, anp.cos(x)), (3,)),
    "relu layer": (lambda x: anp.maximum(0.0, anp.dot(M, x)), (3,)),
    "number to vector": (lambda x: anp.array([x**2, anp.exp(x), 1 / (1 + x**2)]), ()),
    "normalise": (lambda x: x / anp.sqrt(anp.sum(x**2)), (4,)),
}


def question(name, seed):
    """The function at a scale between 1e-8 and 1e8, inputs and outputs, and its right answers."""
    function, shape = FUNCTIONS[name]
    rng = np.random.default_rng(seed)
    scale, size = 10.0 ** rng.uniform(-8, 8, 2)
    f = lambda x: size * function(x / scale)  # noqa: E731
    draw = Draw(f"{name} {seed}", lambda rng: scale * rng.normal(size=shape) if shape else scale * rng.normal())
    answers = {
        check_vjp: lambda x, c: make_vjp(f)(x)[0](c),
        check_jvp: lambda x, v: make_jvp(f)(x)(v)[1],
        check_jacobian: lambda x: jacobian(f)(x),
    }
    return f, (draw,), answers


def judge(name, seed, corrupt=lambda value: value):
    """{check: passed} with `corrupt` applied to every right answer."""
    f, at, answers = question(name, seed)
    passed = {}
    for check, answer in answers.items():
        try:
            check(lambda *inputs, answer=answer: corrupt(np.array(answer(*inputs))[()]), of=f, at=at)
            passed[check.__name__] = True
        except CheckFailed as failure:
            passed[check.__name__] = False
            assert failure.verdict.kind in ("wrong", "could not run")
    return passed


SEEDS = [0, 1, 2, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 12))]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_right_products_and_jacobians_pass_and_others_do_not(name, seed):
    assert all(judge(name, seed).values())
    spot = np.random.default_rng(seed).random()

    def spoil(value):
        value = np.array(value)
        largest = np.argsort(np.abs(value), axis=None)[int(spot * value.size / 2) :][-1]
        value.flat[largest] *= 1.001
        return value[()]

    for corrupt in (lambda value: -value, lambda value: (1 + 1e-5) * value, lambda value: 0 * value, spoil):
        assert not any(judge(name, seed, corrupt).values())
