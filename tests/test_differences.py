"""Numerical derivatives: are they right, is the error bar honest, are kinks told from curves?"""

import math

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from autograd import jacobian as exact_jacobian
from hypothesis import given, settings
from hypothesis import strategies as st

from gradschool.differences import complex_step, directional, gradient, jacobian, noise_of, slope

SMOOTH = {
    "exp": (np.exp, np.exp, 1.0),
    "tanh": (np.tanh, lambda x: 1 - np.tanh(x) ** 2, 0.3),
    "log near 0": (np.log, lambda x: 1 / x, 1e-3),
    "sqrt at 1e-9": (np.sqrt, lambda x: 0.5 / np.sqrt(x), 1e-9),
    "square at 3e8": (np.square, lambda x: 2 * x, 3e8),
    "sin of 1e4 x": (lambda x: np.sin(1e4 * x), lambda x: 1e4 * np.cos(1e4 * x), 1.0),
    "steep at 0": (lambda x: np.exp(1e8 * x), lambda x: 1e8 * np.exp(1e8 * x), 0.0),
    "flat at 0": (lambda x: np.logaddexp(0, 1e-8 * x), lambda x: 0.5e-8, 0.0),
    "a kink 1e-6 away": (lambda x: np.abs(x - 1 - 1e-6), lambda x: -1.0, 1.0),
    "a sharp bend": (lambda x: np.logaddexp(0, 1e6 * x), lambda x: 1e6 / (1 + np.exp(-1e6 * x)), 1e-7),
}


@pytest.mark.parametrize("name", SMOOTH)
def test_a_smooth_function_has_one_slope_within_its_error_bar(name):
    f, derivative, x = SMOOTH[name]
    found, truth = directional(f, x, 1.0), derivative(x)
    assert not found.kink
    assert found.left == found.right == found.value
    assert abs(found.value - truth) <= found.error <= 1e-7 * abs(truth)


@pytest.mark.parametrize(
    "f, x, left, right",
    [
        (np.abs, 0.0, -1.0, 1.0),
        (lambda x: np.maximum(0, x) + x * x, 0.0, 0.0, 1.0),
        (lambda x: np.maximum(0, x - 1) * np.exp(x), 1.0, 0.0, np.e),
        (lambda x: 1e-8 * np.abs(x - 1e8), 1e8, -1e-8, 1e-8),
        (lambda x: np.abs(x) + np.abs(x - 1e-3), 0.0, -2.0, 0.0),  # another kink nearby
    ],
)
def test_at_a_kink_both_slopes_are_found(f, x, left, right):
    found = directional(f, x, 1.0)
    assert found.kink
    assert found.left == pytest.approx(left, abs=1e-6 * abs(right - left))
    assert found.right == pytest.approx(right, abs=1e-6 * abs(right - left))
    assert found.value == pytest.approx((left + right) / 2, abs=1e-6 * abs(right - left))


def test_noise_widens_the_error_bar():
    exact, rounded = directional(np.sin, 1.0, 1.0), directional(lambda x: np.float32(np.sin(x)), 1.0, 1.0)
    assert exact.error < 1e-11
    assert 1e-7 < rounded.error < 1e-3
    assert abs(rounded.value - np.cos(1.0)) <= rounded.error


def test_what_noise_drowns_has_an_infinite_error_bar():
    assert directional(lambda x: np.sin(1e20 * x), 1.0, 1.0).error == np.inf


def test_a_constant_has_slope_zero_and_no_false_certainty():
    found = directional(lambda x: 3.0 + 0 * x, 2.0, 1.0)
    assert found.value == 0
    assert 1e-16 < found.error < 1e-10


def test_a_step_is_no_slope():
    found = directional(np.floor, 2.0, 1.0)
    assert abs(found.value) <= 3 * found.error


def test_a_function_without_a_value_at_the_point_is_refused():
    with pytest.raises(ValueError, match="not finite"):
        slope(lambda t: np.log(t - 1))


def test_domain_errors_on_the_way_only_shorten_the_step():
    found = directional(math.log, 1e-12, 1.0)
    assert found.value == pytest.approx(1e12, rel=1e-10)


def test_a_zero_direction_is_refused():
    with pytest.raises(ValueError, match="zero"):
        directional(np.sum, np.ones(3), np.zeros(3))


def test_a_gradient_has_the_shape_of_the_input_and_states_its_cost():
    calls = 0

    def f(X):
        nonlocal calls
        calls += 1
        return np.sum(np.sin(X) * np.arange(12).reshape(3, 4))

    X = np.random.default_rng(0).normal(size=(3, 4))
    found = gradient(f, X)
    np.testing.assert_allclose(found.value, np.cos(X) * np.arange(12).reshape(3, 4), rtol=1e-10, atol=1e-10)
    assert found.value.shape == found.error.shape == (3, 4)
    assert found.evaluations == calls <= 7 + 20 * 12


def test_the_input_is_left_alone():
    x = np.ones(3)
    x.flags.writeable = False
    gradient(lambda x: np.sum(x**2), x)


def test_a_jacobian_is_output_by_input():
    X = np.random.default_rng(0).normal(size=(2, 3))
    f = lambda X: anp.tanh(anp.dot(X, anp.ones((3, 2))) * anp.arange(4.0).reshape(2, 2))  # noqa: E731
    found = jacobian(f, X)
    assert found.value.shape == (2, 2, 2, 3)
    np.testing.assert_allclose(found.value, exact_jacobian(f)(X), rtol=1e-9, atol=1e-12)
    some = jacobian(f, X, entries=[1, 5])
    np.testing.assert_array_equal(some.value, found.value.reshape(2, 2, 6)[:, :, [1, 5]])


def test_the_complex_step_agrees_to_the_last_digits():
    x = np.array([0.3, -1.2])
    f = lambda x: np.exp(x[0]) * np.sin(x[1])  # noqa: E731
    found = complex_step(f, x, [1.0, 0.0])
    assert found == pytest.approx(f(x), rel=1e-15)


def test_the_complex_step_says_when_it_cannot():
    assert complex_step(np.abs, 1.0, 1.0) is None
    assert complex_step(math.exp, 1.0, 1.0) is None


def test_noise_of_a_smooth_function_is_rounding():
    x = 1 + 1e-12 * np.arange(1, 8)
    assert noise_of(np.exp(x)) < 1e-14
    noisy = np.exp(x) + 1e-6 * np.random.default_rng(0).normal(size=7)
    assert 3e-7 < noise_of(noisy) < 3e-5


STEPS = (
    anp.tanh,
    anp.sin,
    lambda z: anp.log1p(z * z),
    lambda z: 1 / (1 + anp.exp(-z)),
    lambda z: anp.sqrt(1 + z * z),
    lambda z: z * anp.cos(z),
    lambda z: anp.exp(0.3 * z),
    lambda z: z / (1 + z * z),
)


@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(st.sampled_from(STEPS), min_size=1, max_size=4),
    seed=st.integers(0, 2**32 - 1),
    scale=st.floats(-8, 8),
    size=st.floats(-8, 8),
)
def test_the_error_bar_holds_for_any_composite_at_any_scale(steps, seed, scale, size):
    """autograd has the last word."""
    rng = np.random.default_rng(seed)
    matrices, weights = rng.normal(size=(len(steps), 4, 4)), rng.normal(size=4)

    def f(x):
        z = x / 10**scale
        for matrix, step in zip(matrices, steps, strict=True):
            z = step(anp.dot(matrix, z))
        return 10**size * anp.sum(weights * z)

    x = 10**scale * rng.normal(size=4) * (rng.random(4) > 0.1)
    found, truth = gradient(f, x), grad(f)(x)
    assert not found.kink.any()
    assert np.all(np.abs(found.value - truth) <= 3 * found.error + 1e-13 * np.abs(truth))


def test_outputs_that_stay_put_do_not_spoil_those_that_move():
    """Each entry of sin(x) moves with one entry of x; for the others larger and larger steps are tried."""
    for seed in range(200):
        x = np.random.default_rng(seed).normal(size=4)
        found = jacobian(np.sin, x)
        assert np.all(np.abs(found.value - np.diag(np.cos(x))) <= found.error)
        assert not found.kink.any()


class Far:
    """A function that can take many points at once, and counts how often it is asked."""

    def __init__(self, f, able=True):
        self.f, self.able, self.asked = f, able, 0

    def __call__(self, x):
        self.asked += 1
        return self.f(x)

    def many(self, points):
        self.asked += 1
        return [self.f(x) for x in points] if self.able else None


@pytest.mark.parametrize("measure", [gradient, jacobian, lambda f, x: directional(f, x, np.ones(x.shape))])
@pytest.mark.parametrize(
    "f",
    [
        lambda x: np.sum(np.exp(x) * np.arange(1, 7).reshape(x.shape)),
        lambda x: np.sum(np.abs(x)) + np.sum(x) ** 3,
        lambda x: np.sum(1e-9 * x) + 1e6,
        lambda x: 7.0,
    ],
)
def test_a_function_that_takes_many_points_at_once_is_given_them_so(measure, f):
    x = np.array([[0.3, -1.2, 0.0], [2.0, 1e-3, 40.0]])
    alone, far, unable = measure(f, x), Far(f), Far(f, able=False)
    for measured in (measure(far, x), measure(unable, x)):
        for part, same in zip(alone.parts, measured.parts, strict=True):
            np.testing.assert_array_equal(part, same)
        assert measured.evaluations == alone.evaluations
    assert 3 * far.asked < alone.evaluations
    assert unable.asked == alone.evaluations + far.asked


def test_entries_are_measured_alike_alone_and_side_by_side():
    def f(x):
        return np.array([np.abs(x[0]) + np.sin(x[1]), 1e-8 * x[2] ** 2 + 1.0, np.exp(1e3 * x[3]), 5.0 * x[4]])

    x = np.array([0.0, 1.0, 30.0, 0.01, -2.0])
    together = jacobian(f, x)
    for i in range(x.size):
        alone = jacobian(f, x, entries=[i])
        for part, column in zip(together.parts, alone.parts, strict=True):
            np.testing.assert_array_equal(part[:, i], column[:, 0])


def test_a_large_jacobian_is_measured_in_parts(monkeypatch):
    A = np.random.default_rng(1).normal(size=(40, 30))
    whole = jacobian(lambda x: A @ np.sin(x), np.linspace(-1, 1, 30))
    monkeypatch.setattr("gradschool.differences.MOST_NUMBERS", 100)
    parts = jacobian(lambda x: A @ np.sin(x), np.linspace(-1, 1, 30))
    np.testing.assert_array_equal(whole.value, parts.value)
    assert whole.evaluations == parts.evaluations


def test_a_gradient_is_of_one_output():
    with pytest.raises(ValueError, match="one output"):
        gradient(np.exp, np.ones(3))
    assert gradient(lambda x: np.exp(x[:1]), np.ones(3)).value.shape == (3,)
