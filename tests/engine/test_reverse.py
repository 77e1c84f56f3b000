"""The functions of gradschool.reverse: what they take and give, nested derivatives, conventions at kinks, memory."""

import gc
import threading
import tracemalloc
import weakref
from collections import namedtuple

import numpy as np
import pytest

from gradschool import forward, reverse
from gradschool.reverse import grad, hvp, jacobian, logsumexp, primitive, stop_gradient, value_and_grad, vjp

from . import moons

X = np.array([[0.52, 1.12, 0.77], [0.88, -1.08, 0.15], [0.52, 0.06, -1.30], [0.74, -2.49, 1.39]])
T = np.array([1, 1, 0, 1])


def same(a, b, rtol=1e-12):
    np.testing.assert_allclose(a, b, rtol=rtol, atol=1e-13)


# What the syllabus computes by hand.


def test_the_anchor():
    gradient = grad(lambda x, y, z: (x + y) * z, (0, 1, 2))(-2.0, 5.0, -4.0)
    assert gradient == (-4.0, -4.0, 3.0)


def test_the_trace():
    value, gradient = value_and_grad(lambda x1, x2: np.log(x1) + x1 * x2 - np.sin(x2), (0, 1))(2.0, 5.0)
    assert round(float(value), 3) == 11.652
    assert [round(float(g), 3) for g in gradient] == [5.5, 1.716]


def test_logistic_regression_as_published():
    def loss(w):
        p = 1 / (1 + np.exp(-(X @ w)))
        return -np.sum(np.log(p * T + (1 - p) * (1 - T)))

    w = np.zeros(3)
    assert f"{loss(w):.11f}" == "2.77258872224"
    for _ in range(100):
        w = w - 0.01 * grad(loss)(w)
    assert f"{loss(w):.11f}" == "1.06727067579"
    same(w, [0.48307366, -0.37057217, 1.06937395], rtol=1e-7)


PUBLISHED = [0.578766, 0.289271, 0.233985, 0.183354, 0.148689, 0.120565, 0.102844, 0.091903, 0.085048, 0.080741]
PUBLISHED += [0.077962, 0.076086, 0.074758, 0.073776, 0.073021, 0.072423, 0.071936, 0.071532, 0.071192, 0.070900]


@pytest.mark.parametrize("thousands", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_make_moons_as_published(thousands):
    (points, labels), params, losses = moons.DATA, moons.start(3), []
    for step in range(1000 * (thousands - 1) + 1):
        gradient = grad(moons.loss)(params, points, labels)
        params = {name: params[name] - 0.05 * gradient[name] for name in params}
        if step % 1000 == 0:
            losses.append(round(float(moons.loss(params, points, labels)), 6))
    assert losses == PUBLISHED[:thousands]


# What goes in and comes out.


def test_value_is_bit_for_bit_that_of_numpy():
    rng = np.random.default_rng(0)
    w, x = rng.standard_normal((5, 4)), rng.standard_normal((30, 5))

    def f(w):
        z = np.tanh(x @ w + w[0])
        return np.mean(np.log(np.sum(np.exp(z), axis=1))) / 3 + np.sum(w**2) - np.std(z)

    assert value_and_grad(f)(w)[0] == f(w)


def test_a_position_gives_a_gradient_and_positions_a_tuple():
    f = lambda a, b, c: a * b**2 * c  # noqa: E731
    assert grad(f)(2.0, 3.0, 5.0) == 45.0
    assert grad(f, 1)(2.0, 3.0, 5.0) == 60.0
    assert grad(f, (1,))(2.0, 3.0, 5.0) == (60.0,)
    assert grad(f, (2, 0))(2.0, 3.0, 5.0) == (18.0, 45.0)
    assert value_and_grad(f, -1)(2.0, 3.0, 5.0) == (90.0, 18.0)


def test_further_arguments_may_be_anything():
    def f(x, power, *, label, factor=1.0):
        return factor * x**power if label == "on" else x

    assert grad(f)(2.0, 3, label="on", factor=2.0) == 24.0


def test_a_number_gives_a_number():
    for x in (2.0, np.float64(2.0), np.array(2.0)):
        gradient = grad(lambda x: x**3)(x)
        assert isinstance(gradient, np.float64) and gradient == 12.0


Layer = namedtuple("Layer", "w b")


def test_containers():
    params = {"layers": [Layer(np.ones((3, 2)), np.zeros(2)), Layer(np.ones((2, 1)), np.zeros(1))], "scale": (2.0,)}

    def f(params, x):
        for layer in params["layers"]:
            x = np.tanh(x @ layer.w + layer.b)
        return np.sum(x) * params["scale"][0]

    value, gradient = value_and_grad(f)(params, X)
    assert value == f(params, X)
    assert list(gradient) == ["layers", "scale"] and isinstance(gradient["scale"], tuple)
    assert all(isinstance(layer, Layer) for layer in gradient["layers"])
    w = gradient["layers"][0].w
    params["layers"][0].w[1, 0] += 1e-6
    same((f(params, X) - value) / 1e-6, w[1, 0], rtol=1e-4)
    assert gradient["scale"][0] == value / 2


def test_what_the_function_does_not_depend_on_gets_zeros():
    gradient = grad(lambda p: p["a"] * 2, 0)({"a": 1.0, "b": np.ones((2, 3)), "c": np.float32(3), "d": [np.ones(2)]})
    assert gradient["a"] == 2.0
    assert gradient["b"].shape == (2, 3) and not gradient["b"].any()
    assert type(gradient["c"]) is np.float32 and gradient["c"] == 0
    assert gradient["d"][0].shape == (2,)
    assert grad(lambda x: 3.0)(2.0) == 0.0
    assert grad(lambda x: np.sum(stop_gradient(x)))(np.ones(2)).tolist() == [0.0, 0.0]
    assert grad(lambda x: np.floor(x) + np.sign(x) + (x > 1))(2.5) == 0.0
    same(jacobian(lambda x: np.ones(2))(np.ones(3)), np.zeros((2, 3)))


def test_gradients_are_arrays_of_their_own():
    a, b = np.ones((2, 3)), np.ones((2, 3))
    for f in (
        lambda a, b: np.sum(a + b),
        lambda a, b: np.sum((a - b)[:, 0]),
        lambda a, b: np.sum(a.T) + np.sum(b.reshape(6)),
    ):
        one, other = grad(f, (0, 1))(a, b)
        before = other.copy()
        one += 5.0
        assert (other == before).all()
        other += 5.0
    cotangent = np.ones(3)
    (gradient,) = vjp(lambda x: x, np.ones(3))[1](cotangent)
    gradient += 1.0
    assert cotangent.tolist() == [1.0, 1.0, 1.0]


def test_inputs_are_left_alone():
    x = np.arange(6.0).reshape(2, 3)
    before = x.copy()
    hvp(lambda x: np.sum(np.sort(x) ** 3))(x, x)
    assert (x == before).all()


def test_float32_stays_and_mixes():
    x, y = np.float32([1, 2, 3]), np.array([1.0, 2.0, 3.0])
    for f in (
        lambda x: np.sum(x * 2.0 + 1) ** 2,
        lambda x: np.mean(np.exp(x) / 3),
        lambda x: np.sum(np.maximum(x, 0) * y),
        lambda x: np.sum(x[[0, 0]] ** 2.5),
        lambda x: np.linalg.norm(x) + logsumexp(x) + np.std(x),
    ):
        value, gradient = value_and_grad(f)(x)
        assert value.dtype == f(x).dtype and gradient.dtype == np.float32
        same(gradient, grad(f)(x.astype(float)), rtol=1e-5)
    assert hvp(lambda x: np.sum(x**3))(x, x).dtype == np.float32
    assert forward.hvp(lambda x: np.sum(x**3))(x, x).dtype == np.float32


def test_vjp_can_be_asked_often_and_for_containers():
    def f(a, b):
        return {"sum": a + b, "product": [a * b]}

    a, b = np.array([1.0, 2.0]), np.array([3.0, 5.0])
    y, pullback = vjp(f, a, b)
    assert y["product"][0].tolist() == [3.0, 10.0]
    for scale in (1.0, 2.0):
        adjoints = pullback({"sum": scale * np.ones(2), "product": [np.array([0.0, scale])]})
        same(adjoints, scale * np.array([[1.0, 6.0], [1.0, 3.0]]))
    assert pullback({"sum": np.ones(2, int), "product": [np.zeros(2)]})[0].dtype == float


def test_vjp_of_an_input_that_is_an_output_twice():
    _, pullback = vjp(lambda x: (x, x, 2 * x), np.ones(2))
    assert pullback((np.ones(2), np.ones(2), np.ones(2)))[0].tolist() == [4.0, 4.0]


def test_jacobian():
    rng = np.random.default_rng(0)
    a, x = rng.standard_normal((4, 3)), rng.standard_normal(3)
    same(jacobian(lambda x: a @ x)(x), a)
    same(forward.jacobian(lambda x: a @ x)(x), a)
    y = rng.standard_normal((2, 3))
    for jacobian_of in (jacobian, forward.jacobian):
        full = jacobian_of(lambda y: np.exp(y) @ a.T)(y)
        assert full.shape == (2, 4, 2, 3)
        same(full[1, :, 1], a * np.exp(y[1]))
        assert not full[0, :, 1].any()
        assert jacobian_of(lambda x: np.sum(x**2))(x).shape == (3,)
        assert jacobian_of(lambda x: x * np.arange(3.0))(2.0).tolist() == [0.0, 1.0, 2.0]
    of_both = jacobian(lambda x, p: p["s"] * x, (0, 1))(x, {"s": 2.0})
    same(of_both[0], 2 * np.eye(3))
    same(of_both[1]["s"], x)


# Derivatives of derivatives.


def test_fifth_derivative():
    f = lambda x: x**5 + np.sin(2 * x)  # noqa: E731
    derivatives = [f]
    for _ in range(5):
        derivatives.append(grad(derivatives[-1]))
    same(derivatives[5](0.3), 120 + 32 * np.cos(0.6))
    same(derivatives[4](0.3), 36 + 16 * np.sin(0.6))


def test_hessians_agree():
    rng = np.random.default_rng(1)
    w = rng.standard_normal((3, 2))

    def f(x):
        return np.sum(logsumexp(np.tanh(x @ w) * 3, axis=1) * x[:, 0]) + np.prod(x[0])

    x, v = rng.standard_normal((4, 3)), rng.standard_normal((4, 3))
    hessian = jacobian(grad(f))(x)
    assert hessian.shape == (4, 3, 4, 3)
    same(hessian, forward.jacobian(grad(f))(x))
    same(hessian, forward.jacobian(forward.jacobian(f))(x))
    same(hessian, jacobian(forward.jacobian(f))(x))
    same(hessian, np.transpose(hessian, (2, 3, 0, 1)))
    product = np.tensordot(hessian, v)
    same(hvp(f)(x, v), product)
    same(forward.hvp(f)(x, v), product)


def test_hvp_by_several_arguments_and_containers():
    def f(p, scale, x):
        return np.sum(np.exp(p["a"] * x) * p["b"][0]) * scale

    p, v = {"a": np.array([0.5, 1.0]), "b": [2.0]}, {"a": np.array([1.0, -1.0]), "b": [0.5]}
    x = np.array([1.0, 2.0])
    for one in (hvp(f)(p, 3.0, x, v), forward.hvp(f)(p, 3.0, x, v)):
        same(one["a"], 3 * (x**2 * np.exp(p["a"] * x) * 2 * v["a"] + x * np.exp(p["a"] * x) * 0.5))
        same(one["b"][0], 3 * np.sum(x * np.exp(p["a"] * x) * v["a"]))
    for several in (hvp(f, (0, 1))(p, 3.0, x, (v, 1.0)), forward.hvp(f, (0, 1))(p, 3.0, x, (v, 1.0))):
        same(several[1], np.sum(x * np.exp(p["a"] * x) * 2 * v["a"] + np.exp(p["a"] * x) * 0.5))


@pytest.mark.parametrize("inner", [grad, forward.derivative])
@pytest.mark.parametrize("outer", [grad, forward.derivative])
def test_no_derivative_is_taken_for_another(inner, outer):
    """d/dx (x d/dy (x + y)) = 1. Perturbation confusion gives 2 (Siskind and Pearlmutter 2005)."""
    assert outer(lambda x: x * inner(lambda y: x + y)(1.0))(1.0) == 1.0
    assert outer(lambda x: inner(lambda y: x * y**2)(3.0))(5.0) == 6.0
    assert outer(lambda x: inner(lambda y: outer(lambda z: x * y * z**2)(x))(2.0) * x)(3.0) == 54.0
    assert outer(lambda x: inner(lambda y: x)(1.0) + x)(2.0) == 1.0


def test_an_inner_gradient_by_an_array():
    w = np.array([1.0, -2.0, 0.5])
    penalty = lambda w: np.sum(grad(lambda x: np.sum(np.tanh(w * x)))(np.ones(3)) ** 2)  # noqa: E731
    slope = [(penalty(w + e) - penalty(w - e)) / 2e-5 for e in 1e-5 * np.eye(3)]
    same(grad(penalty)(w), slope, rtol=1e-8)


def test_a_pullback_is_differentiable_by_its_cotangent():
    x = np.array([0.5, 1.5])
    _, pullback = vjp(np.sin, x)
    same(jacobian(lambda g: pullback(g)[0])(np.ones(2)), np.diag(np.cos(x)))


# Control flow, indexing, constants.


def test_control_flow():
    def f(x):
        y = x
        while y < 100:
            y = y * x if y > 10 else y + x**2
        return y

    same(grad(f)(3.0), (f(3 + 1e-6) - f(3 - 1e-6)) / 2e-6, rtol=1e-8)
    factorial = lambda x, n: x if n == 0 else n * factorial(x, n - 1)  # noqa: E731
    assert grad(factorial)(1.0, 5) == 120.0


def test_newton_by_iteration():
    def root(a):
        x = 1.0
        for _ in range(20):
            x = x - (x**2 - a) / (2 * x)
        return x

    same(grad(root)(2.0), 0.5 / np.sqrt(2.0))


def test_entries_add_up():
    x = np.arange(1.0, 5.0)
    assert grad(lambda x: x[0] * x[0] * x[1])(x).tolist() == [4.0, 1.0, 0.0, 0.0]
    assert grad(lambda x: sum(v**2 for v in x))(x).tolist() == [2.0, 4.0, 6.0, 8.0]
    assert grad(lambda x: np.sum(x[[1, 1, 1]]) + np.sum(x) + x[1])(x).tolist() == [1.0, 5.0, 1.0, 1.0]
    assert grad(lambda x: np.sum(x[x > 2] ** 2))(x).tolist() == [0.0, 0.0, 6.0, 8.0]
    rows = grad(lambda w: sum(np.sum(w[t] * w[t - 1]) for t in range(4)))(np.ones((4, 2)))
    assert (rows == 2.0).all()


def test_entries_add_up_in_higher_derivatives():
    f = lambda x: x[0] * x[1] * x[2] + x[0] ** 3 + np.sum(x)  # noqa: E731
    hessian = jacobian(grad(f))(np.array([1.0, 2.0, 3.0]))
    assert hessian.tolist() == [[6.0, 3.0, 2.0], [3.0, 0.0, 1.0], [2.0, 1.0, 0.0]]


def test_x_plus_equals_does_not_change_x():
    def f(x):
        y = x
        y += x
        y *= 3.0
        return y * x

    assert grad(f)(2.0) == 24.0


def test_comparisons_and_tests_of_truth_are_plain():
    def f(x):
        assert isinstance(x > 1, np.bool_)
        assert isinstance(np.array([1.0, 3.0]) < x, np.ndarray)
        assert x == 2.0 and x != 3.0 and bool(x)
        assert isinstance(np.argmax(x * np.ones(2)), np.integer)
        assert f"{x:.2f} {x * 2}".startswith("2.00 Variable(")
        return x

    assert grad(f)(2.0) == 1.0


def test_stop_gradient():
    assert grad(lambda x: x * stop_gradient(x))(3.0) == 3.0
    assert grad(grad(lambda x: x**2 * stop_gradient(x)))(3.0) == 6.0
    assert forward.derivative(lambda x: x * stop_gradient(x))(3.0) == 3.0
    assert stop_gradient(np.ones(2)).tolist() == [1.0, 1.0]


def test_moving_entries_runs_no_vjp_for_constants():
    """X @ w with a constant X must not compute the adjoint of X."""
    calls = []

    @primitive(lambda g, y, a, b: calls.append("a") or g * b, lambda g, y, a, b: calls.append("b") or g * a)
    def product(a, b):
        return a * b

    grad(lambda b: product(3.0, b))(2.0)
    assert calls == ["b"]


# Kinks: half-way between the slopes on either side.


@pytest.mark.parametrize(
    ("f", "x", "expected"),
    [
        (np.abs, 0.0, 0.0),
        (lambda x: np.maximum(x, 0), 0.0, 0.5),
        (lambda x: np.maximum(0.0, x), 0.0, 0.5),
        (lambda x: np.minimum(x, 1.0), 1.0, 0.5),
        (lambda x: np.maximum(x, x), 1.0, 1.0),
        (lambda x: np.clip(x, 0.0, 1.0), 1.0, 0.5),
        (lambda x: np.maximum(0, 1 - x), 1.0, -0.5),
        (lambda x: np.max(np.stack([x, x, x])), 1.0, 1.0),
        (lambda x: np.linalg.norm(np.stack([x, x])), 0.0, 0.0),
        (lambda x: np.hypot(x, 0.0), 0.0, 0.0),
        (lambda x: np.std(np.stack([x, x * 2])), 0.0, 0.0),
        (lambda x: x**2, 0.0, 0.0),
        (lambda x: x**1, 0.0, 1.0),
        (lambda x: x**0, 0.0, 0.0),
        (lambda x: np.sqrt(x), 0.0, np.inf),
    ],
)
def test_kinks_and_zeros(f, x, expected):
    with np.errstate(divide="ignore"):
        assert grad(f)(x) == expected
        assert forward.derivative(f)(x) == expected


def test_ties_in_max_share_equally():
    assert grad(np.max)(np.array([1.0, 3.0, 3.0, 3.0])).tolist() == [0.0, 1 / 3, 1 / 3, 1 / 3]
    assert grad(np.min)(np.ones((2, 2))).tolist() == [[0.25, 0.25], [0.25, 0.25]]


def test_extremes():
    assert grad(lambda x: np.logaddexp(0, x))(1000.0) == 1.0
    assert grad(lambda x: np.logaddexp(0, x))(-1000.0) == 0.0
    same(grad(logsumexp)(np.array([1000.0, 1000.0])), [0.5, 0.5])
    same(grad(logsumexp)(np.array([-np.inf, 0.0])), [0.0, 1.0])
    assert grad(np.tanh)(1000.0) == 0.0
    assert np.isnan(grad(np.log)(np.nan))
    same(grad(lambda x, n: x**n, 1)(0.0, 2.0), 0.0)


def test_empty_arrays():
    assert grad(lambda x: np.sum(x**2))(np.ones((0, 3))).shape == (0, 3)
    assert grad(lambda x: np.prod(x) + np.sum(np.prod(x, 0)))(np.ones((0, 3))).shape == (0, 3)
    assert grad(lambda x: np.sum(np.mean(x, 1)))(np.ones((0, 3))).shape == (0, 3)
    gradient = grad(lambda w, b: np.sum(np.ones((0, 2)) @ w + b), (0, 1))(np.ones((2, 3)), np.ones(3))
    assert not gradient[0].any() and not gradient[1].any()


# Custom primitives.


@primitive(lambda g, y, x: g * np.exp(x - y))
def softplus(x):
    return np.logaddexp(0, x)


@primitive(
    lambda g, y, x, scale, power=2: g * scale * power * x ** (power - 1),
    lambda g, y, x, scale, power=2: g * x**power,
)
def monomial(x, scale, power=2):
    return scale * x**power


def test_a_rule_of_ones_own():
    x = np.array([[-1.0, 0.5, 800.0]])
    assert (softplus(x) == np.logaddexp(0, x)).all()
    same(grad(lambda x: np.sum(softplus(x)))(x), 1 / (1 + np.exp(-x)))
    same(forward.jvp(softplus, (x,), (np.ones_like(x),))[1], 1 / (1 + np.exp(-x)))
    second = lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2  # noqa: E731
    same(grad(grad(softplus))(0.5), second(0.5))
    same(forward.derivative(forward.derivative(softplus))(0.5), second(0.5))
    same(forward.derivative(grad(softplus))(0.5), second(0.5))
    same(grad(forward.derivative(softplus))(0.5), second(0.5))


def test_a_rule_for_two_that_broadcast():
    x, scale = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([2.0, 5.0])
    f = lambda x, s: np.sum(monomial(x, s, power=3))  # noqa: E731
    gradient = grad(f, (0, 1))(x, scale)
    same(gradient[0], 3 * scale * x**2)
    same(gradient[1], np.sum(x**3, 0))
    _, tangent = forward.jvp(lambda x, s: monomial(x, s, power=3), (x, scale), (np.ones((2, 2)), np.ones(2)))
    same(tangent, 3 * scale * x**2 + x**3)
    same(grad(lambda s: np.sum(monomial(2.0, s)))(3.0), 4.0)


def test_an_argument_without_a_rule_has_no_derivative():
    @primitive(lambda g, y, x, t: g * (x - t), None)
    def half_square(x, t):
        return (x - t) ** 2 / 2

    assert grad(half_square, (0, 1))(3.0, 1.0) == (2.0, 0.0)
    assert forward.jvp(half_square, (3.0, 1.0), (0.0, 1.0))[1] == 0.0


def test_a_rule_may_give_a_python_number():
    @primitive(lambda g, y, x: 7.0 * g)
    def sevenfold(x):
        return float(x) * 7.0

    assert grad(lambda x: sevenfold(x) ** 2)(2.0) == 196.0
    assert forward.derivative(lambda x: sevenfold(x) ** 2)(2.0) == 196.0


# Long, wide, and no longer there.


def test_a_chain_of_200_000_operations():
    def f(x):
        for _ in range(100_000):
            x = x * 0.99999 + 1e-5
        return x

    same(grad(f)(3.0), 0.99999**100_000, rtol=1e-9)
    same(forward.derivative(f)(3.0), 0.99999**100_000, rtol=1e-9)


def test_a_tape_of_200_000_lines_that_is_never_read():
    def f(x):
        for _ in range(200_000):
            x = -x
        return stop_gradient(x)

    assert grad(f)(3.0) == 0.0


def test_a_sum_of_50_000_entries_takes_linear_time():
    x = np.linspace(0.0, 1.0, 50_000)
    gradient = grad(lambda x: sum(x[k] ** 2 for k in range(x.size)))(x)
    same(gradient, 2 * x)


def _leaves_no_array_alive(run):
    """Nothing that run computed is alive when it has ended, without help from the garbage collector."""
    arrays = []

    def watched(x):
        arrays.append(weakref.ref(stop_gradient(x)))
        return x

    gc.collect()
    gc.disable()
    try:
        run(watched)
        assert arrays and all(array() is None for array in arrays)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_nothing_stays_alive():
    def chain(watched):
        def f(x):
            for _ in range(5):
                x = watched(np.tanh(watched(x * 2) + 1))
            return np.sum(x)

        return f

    x = np.ones(10)
    _leaves_no_array_alive(lambda watched: grad(chain(watched))(x))
    _leaves_no_array_alive(lambda watched: hvp(chain(watched))(x, x))
    _leaves_no_array_alive(lambda watched: forward.hvp(chain(watched))(x, x))
    _leaves_no_array_alive(lambda watched: jacobian(grad(chain(watched)))(x))
    _leaves_no_array_alive(lambda watched: vjp(chain(watched), x))
    _leaves_no_array_alive(lambda watched: vjp(chain(watched), x)[1](1.0))

    def fails(watched):
        with pytest.raises(ZeroDivisionError):
            grad(lambda x: chain(watched)(x) + 1 / 0)(x)

    _leaves_no_array_alive(fails)


def test_the_tape_forgets_as_it_is_read():
    """Each step of the way back lets go of the array that its step of the way forward had kept."""
    n, size = 20, 100_000
    held = []

    @primitive(lambda g, y, x: held.append(tracemalloc.get_traced_memory()[0] / (8 * size)) or g, keeps=())
    def probe(x):
        return x

    def f(x):
        for _ in range(n):
            x = probe(np.exp(x)) * 0.1
        return np.sum(x)

    tracemalloc.start()
    grad(f)(np.zeros(size))
    tracemalloc.stop()
    assert held[0] > n
    np.testing.assert_allclose(np.diff(held), -1.0, atol=0.01)


def test_what_no_rule_needs_is_not_kept():
    """tanh(X @ W + b) keeps X, W, and the result of tanh."""
    x, w, b = np.ones((1000, 10)), np.ones((10, 200)), np.ones(200)
    array = 8 * 1000 * 200
    tracemalloc.start()
    result = vjp(lambda w, b: np.tanh(x @ w + b), w, b)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert result[0].shape == (1000, 200) and held < 1.1 * array


def test_threads():
    results = {}

    def work(k):
        f = lambda x: np.sum(np.sin(k * x) * grad(lambda y: np.sum(y**2 * k))(x))  # noqa: E731
        results[k] = [grad(f)(np.arange(3.0)) for _ in range(50)]

    threads = [threading.Thread(target=work, args=(k,)) for k in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for k, gradients in results.items():
        x = np.arange(3.0)
        for gradient in gradients:
            same(gradient, 2 * k * (np.sin(k * x) + k * x * np.cos(k * x)))


def test_all_names_are_there():
    assert all(hasattr(reverse, name) for name in reverse.__all__)
    assert all(hasattr(forward, name) for name in forward.__all__)


def test_arguments_may_be_given_by_name():
    def f(w, x, scale=1.0):
        return scale * np.sum(w * x)

    w, x = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    assert grad(f)(w=w, x=x).tolist() == [3.0, 4.0]
    assert grad(f, argnums=1)(w, scale=2.0, x=x).tolist() == [2.0, 4.0]
    with pytest.raises(TypeError, match="missing a required argument: 'w'"):
        grad(f)(x=x)
