"""The functions of gradschool.forward: what they take and give. Nested derivatives are in test_reverse."""

import numpy as np
import pytest

from gradschool import forward
from gradschool.forward import Dual, derivative, jvp


def trace(x1, x2):
    return np.log(x1) + x1 * x2 - np.sin(x2)


def test_the_tangents_of_the_trace():
    """The figures of the syllabus, for the seeds (1, 0) and (0, 1)."""
    for seed, expected in (((1.0, 0.0), 5.5), ((0.0, 1.0), 1.716)):
        y, dy = jvp(trace, (2.0, 5.0), seed)
        assert round(float(y), 3) == 11.652 and round(float(dy), 3) == expected


def test_a_logistic_neuron_by_six_steps():
    sigma = 1 / (1 + np.exp(-(0.5 * 2.0 + 0.25)))
    slope = derivative(lambda w: 1 / (1 + np.exp(-(w * 2.0 + 0.25))))(0.5)
    np.testing.assert_allclose(slope, 2.0 * sigma * (1 - sigma), rtol=1e-14)


def test_a_dual_shows_both_parts():
    shown = []
    derivative(lambda x: shown.append(repr(x * x)) or x)(3.0)
    assert "9.0" in shown[0] and "tangent" in shown[0] and "6.0" in shown[0]


def test_one_sweep_gives_all_outputs():
    runs = []

    def f(x):
        runs.append(1)
        return x * np.arange(1.0, 6.0), {"square": x**2, "constant": np.ones(2), "shape": np.shape(x)}

    (y, more), (dy, dmore) = jvp(f, (3.0,), (2.0,))
    assert len(runs) == 1
    assert y.tolist() == [3.0, 6.0, 9.0, 12.0, 15.0] and dy.tolist() == [2.0, 4.0, 6.0, 8.0, 10.0]
    assert more["square"] == 9.0 and dmore["square"] == 12.0
    assert dmore["constant"].tolist() == [0.0, 0.0]


def test_tangents_come_in_containers():
    primals = ({"w": np.ones((2, 3)), "b": [1.0, 2.0]}, np.ones(3))
    tangents = ({"w": np.full((2, 3), 2.0), "b": [0.0, 1.0]}, np.arange(3.0))
    y, dy = jvp(lambda p, x: p["w"] @ x + np.stack(p["b"]), primals, tangents)
    assert y.tolist() == [4.0, 5.0] and dy.tolist() == [9.0, 10.0]


def test_a_tangent_is_broadcast_with_its_value():
    _, dy = jvp(lambda x: x + np.zeros((4, 3)), (np.ones(3),), (np.arange(3.0),))
    assert dy.shape == (4, 3) and (dy == np.arange(3.0)).all()


def test_derivative_is_by_a_number():
    assert derivative(lambda x: x**3)(2.0) == 12.0
    assert derivative(lambda x: 5.0)(2.0) == 0.0
    assert derivative(lambda x: np.stack([x, x**2]))(3.0).tolist() == [1.0, 6.0]
    with pytest.raises(TypeError, match=r"shape \(2,\).*jvp or jacobian"):
        derivative(np.sum)(np.ones(2))


def test_jacobian_by_a_later_argument():
    a, x = np.arange(6.0).reshape(2, 3), np.ones(3)
    assert forward.jacobian(lambda a, x: a @ x, 1)(a, x).tolist() == a.tolist()
    assert forward.jacobian(lambda x, power: x**power)(2.0, power=3) == 12.0


def test_the_value_is_dual_inside_and_plain_outside():
    kinds = []

    def f(x):
        kinds.append(type(x))
        return x

    y, dy = jvp(f, (2.0,), (1.0,))
    assert kinds == [Dual] and type(y) is type(dy) is np.float64


def test_mixed_operands_of_both_levels():
    """A Dual and a plain array, an outer and an inner Dual, on either side of an operator."""
    x = np.array([1.0, 2.0])
    f = lambda a: derivative(lambda b: np.sum((a * x - b) * (b + x) / (a + b)))(2.0)  # noqa: E731
    h = 1e-5
    np.testing.assert_allclose(derivative(f)(3.0), (f(3.0 + h) - f(3.0 - h)) / (2 * h), rtol=1e-8)


def test_a_number_that_nothing_moves_has_a_number_for_its_tangent():
    assert type(derivative(lambda x: max(0.0, x))(-1.0)) is np.float64
    assert derivative(lambda x: 3.0)(1.0) == 0.0


def test_arguments_without_their_tuple_are_refused_with_the_way_out():
    with pytest.raises(TypeError, match=r"jvp\(f, \(x,\), \(v,\)\)"):
        jvp(np.sin, np.ones(3), np.ones(3))
