"""Each mistake gets an error that names it and says the way out, in both modes."""

import math

import numpy as np
import pytest

from gradschool import forward, reverse
from gradschool.reverse import grad
from gradschool.tracer import LostDerivative

X = np.array([1.0, 2.0, 3.0])


def both_modes(f):
    return [lambda: grad(f)(X), lambda: forward.jvp(f, (X,), (np.ones(3),)), lambda: grad(grad(f))(X)]


def assign_entry(x):
    x[0] = 1.0
    return np.sum(x)


def fill_entries(x):
    out = np.zeros(3)
    for k in range(3):
        out[k] = x[k] ** 2
    return np.sum(out)


def fill_slice(x):
    out = np.zeros(3)
    out[:] = x
    return np.sum(out)


def add_in_place(x):
    total = np.zeros(3)
    total += x
    return np.sum(total)


def sort_in_place(x):
    x.sort()
    return x[0]


LOST = {
    "in place": [
        assign_entry,
        add_in_place,
        sort_in_place,
        lambda x: np.sum(np.exp(x, out=np.zeros(3))),
        lambda x: np.copyto(np.zeros(3), x),
        lambda x: np.add.at(np.zeros(3), [0, 1, 1], x),
        lambda x: np.put(np.zeros(3), [0, 1, 2], x),
    ],
    "plain": [
        fill_entries,
        fill_slice,
        lambda x: np.sum(np.array([x[0], x[1]])),
        lambda x: np.sum(np.asarray(x)),
        lambda x: np.sum(np.full(3, x[0])),
        lambda x: math.sin(x[0]),
        lambda x: float(x[0]) * x[1],
        lambda x: int(x[0]) * x[1],
        lambda x: x.item(0),
        lambda x: sum(x.tolist()),
        lambda x: np.ones(3)[x[0]],
    ],
}


@pytest.mark.parametrize(("words", "f"), [(words, f) for words, fs in LOST.items() for f in fs])
def test_what_would_lose_the_derivative(words, f):
    for run in both_modes(f):
        with pytest.raises(LostDerivative, match=words) as caught:
            run()
        assert any(entry.frame.code.name == f.__name__ for entry in caught.traceback), "the student's line is not shown"


def test_advice_is_in_the_message():
    with pytest.raises(LostDerivative, match=r"np\.where.*np\.stack"):
        grad(assign_entry)(X)
    with pytest.raises(LostDerivative, match=r"np\.sin for math\.sin"):
        grad(lambda x: math.sin(x))(1.0)


def test_numpys_own_errors_pass_through():
    for run in both_modes(lambda x: np.sum(x + np.ones(4))):
        with pytest.raises(ValueError, match="could not be broadcast"):
            run()


@pytest.mark.parametrize("x", [3, np.int64(3), np.arange(3), [1.0, 2], {"w": np.array([True])}, False])
def test_integers(x):
    words = r"integers.*x\.astype\(float\)"
    with pytest.raises(TypeError, match=words):
        grad(lambda x: 1.0)(x)
    with pytest.raises(TypeError, match=words):
        reverse.vjp(np.sum, x)
    with pytest.raises(TypeError, match=words):
        forward.jvp(lambda x: 1.0, (x,), (x,))


@pytest.mark.parametrize("x", [1j, X * 1j, np.complex64(1)])
def test_complex_inputs(x):
    with pytest.raises(TypeError, match="complex numbers"):
        grad(np.sum)(x)
    with pytest.raises(TypeError, match="complex numbers"):
        forward.jvp(np.sum, (x,), (x,))


@pytest.mark.parametrize(
    "f",
    [
        lambda x: np.sum(np.abs(x * 1j)),
        lambda x: np.sum(np.abs(np.exp(1j * x)) * x),
        lambda x: np.sum(x * 1j),
        lambda x: np.sum(x) * 1j,
        lambda x: 1j,
    ],
)
def test_complex_on_the_way(f):
    with pytest.raises(TypeError, match="complex numbers"):
        grad(f)(X)


@pytest.mark.parametrize("x", ["text", None, np.array(["a"]), np.array([object()])])
def test_other_inputs(x):
    with pytest.raises(TypeError, match="cannot differentiate by a"):
        grad(lambda x: 1.0)(x)


@pytest.mark.parametrize(
    ("f", "words"),
    [
        (lambda x: x * 2, r"shape \(3,\).*jacobian or vjp"),
        (lambda x: x[:1], r"shape \(1,\)"),
        (lambda x: np.ones(2), r"shape \(2,\)"),
        (lambda x: None, "NoneType: is a return missing"),
        (lambda x: (x[0], x[1]), "gives a tuple"),
        (lambda x: {"loss": x[0]}, "gives a dict"),
        (lambda x: "loss", "gives a str"),
    ],
)
def test_not_a_single_number(f, words):
    with pytest.raises(TypeError, match=words):
        grad(f)(X)


@pytest.mark.parametrize(
    ("f", "name"),
    [
        (lambda x: np.sum(np.fft.fft(x)), "numpy.fft.fft"),
        (lambda x: np.median(x), "numpy.median"),
        (lambda x: np.spacing(x[0]), "np.spacing"),
        (lambda x: np.sum(np.multiply.outer(x, x)), "np.multiply.outer"),
        (lambda x: np.sum(np.multiply.accumulate(x)), "np.multiply.accumulate"),
        (lambda x: np.sum(np.add(x, 1.0, where=x > 0)), "np.add with where"),
        (lambda x: np.linalg.norm(np.outer(x, x), 2), "matrix norm ord=2"),
        (lambda x: np.histogram(x)[0][0], "numpy.histogram"),
    ],
)
def test_without_a_rule(f, name):
    for run in both_modes(f):
        with pytest.raises(NotImplementedError, match=name):
            run()


def test_without_a_rule_says_how_to_add_one():
    with pytest.raises(NotImplementedError, match=r"gradschool\.reverse\.primitive"):
        grad(np.median)(X)


@pytest.mark.parametrize(
    ("f", "words"),
    [
        (lambda x: np.sum(x, dtype=float), "numpy.sum.*'dtype'"),
        (lambda x: np.mean(x, where=X > 1), "numpy.mean.*'where'"),
        (lambda x: np.max(x, initial=0.0), "np.max.*initial"),
        (lambda x: np.sum(np.ravel(x, order="F")), "numpy.ravel.*'order'"),
        (lambda x: np.sum(np.reshape(x, 3, order="F")), "numpy.reshape.*'order'"),
    ],
)
def test_an_option_that_the_rule_cannot_do(f, words):
    for run in both_modes(f):
        with pytest.raises(TypeError, match=words):
            run()


def test_arguments_by_keyword():
    assert grad(lambda x: np.sum(a=x) + np.max(a=x))(X).tolist() == [1.0, 1.0, 2.0]
    assert grad(lambda x: np.sum(np.clip(a=x, a_min=1.5, a_max=2.5)))(X).tolist() == [0.0, 1.0, 0.0]


@pytest.mark.parametrize("use", [lambda v: v + 1.0, np.sin, np.sum, lambda v: v[0], lambda v: np.stack([v, v])])
def test_a_leak(use):
    kept = []

    def f(x):
        kept.append(x)
        return np.sum(x)

    grad(f)(X)
    forward.jvp(f, (X,), (X,))
    reverse.vjp(f, X)
    for leaked in kept:
        with pytest.raises(LostDerivative, match=r"leaked.*stop_gradient"):
            use(leaked)
        with pytest.raises(LostDerivative, match="leaked"):
            grad(lambda x, leaked=leaked: np.sum(x * leaked))(X)
        assert reverse.stop_gradient(leaked).tolist() == X.tolist()


def test_a_leak_into_a_second_run():
    state = {"momentum": 0.0}

    def loss(w):
        state["momentum"] = state["momentum"] * 0.9 + w
        return np.sum(state["momentum"] ** 2)

    grad(loss)(X)
    with pytest.raises(LostDerivative, match="leaked"):
        grad(loss)(X)


def test_shapes_of_tangents_and_cotangents():
    with pytest.raises(ValueError, match=r"cotangent has shape \(\), but the result has \(3,\)"):
        reverse.vjp(np.sin, X)[1](1.0)
    with pytest.raises(ValueError, match=r"tangent has shape \(2,\), but its primal has \(3,\)"):
        forward.jvp(np.sin, (X,), (np.ones(2),))


def test_a_missing_attribute():
    with pytest.raises(AttributeError, match=r"no \.tobytes"):
        grad(lambda x: x.tobytes())(X)
    with pytest.raises(AttributeError):
        grad(lambda x: x.nonsense)(X)


def test_a_custom_rule_of_the_wrong_shape():
    @reverse.primitive(lambda g, y, x: np.ones(5))
    def f(x):
        return x * 2

    with pytest.raises(ValueError, match=r"the vjp of f .* shape \(5,\)"):
        grad(lambda x: np.sum(f(x)))(X)


def test_a_custom_rule_for_too_few_arguments():
    with pytest.raises(TypeError, match="one vjp for each"):

        @reverse.primitive(lambda g, y, x: g)
        def f(x, y):
            return x + y


def test_an_engine_error_leaves_the_engine_usable():
    for run in both_modes(assign_entry):
        with pytest.raises(LostDerivative):
            run()
    assert grad(np.sum)(X).tolist() == [1.0, 1.0, 1.0]
