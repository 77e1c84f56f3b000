"""Every line of the table of primitives, in both modes and to second order, against numerical derivatives."""


import numpy as np
import pytest

from gradschool import forward, kinds, reverse
from gradschool.differences import directional

from .cases import table

TABLE = table()


def each_case(test):
    return pytest.mark.parametrize("case", TABLE, ids=str)(test)


def directions(case, seed):
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(a.shape) for a in case.arrays]


def along(case, k, v):
    """The measured derivative of the case along v in argument k, with its error bar."""

    def f(x):
        return case.call(*case.arrays[:k], x, *case.arrays[k + 1 :])

    return directional(f, case.arrays[k], v)


def agree(value, slope, weights=1.0):
    error = np.sum(np.abs(weights) * slope.error) * 3 + 1e-9 * (1 + np.sum(np.abs(weights * slope.value)))
    assert error < 1e-4 * (1 + np.abs(np.sum(weights * slope.value))), "the reference is not good enough"
    np.testing.assert_allclose(value, np.sum(weights * slope.value), rtol=0, atol=error)


def test_every_line_of_the_table_has_a_case():
    covered = {case.covers for case in TABLE}
    inside = {*kinds.COMPOSITES, *kinds.PRIMITIVES}
    assert inside - covered == set()
    assert covered - inside == set()


@each_case
def test_the_value_is_numpys(case):
    traced, _ = reverse.vjp(case.call, *case.arrays)
    dual, _ = forward.jvp(case.call, tuple(case.arrays), tuple(map(np.ones_like, case.arrays)))
    plain = case.call(*case.arrays)
    for value in (traced, dual):
        assert np.shape(value) == np.shape(plain) and value.dtype == plain.dtype
        np.testing.assert_allclose(value, plain, rtol=1e-13, atol=1e-14)


@each_case
def test_reverse_mode(case):
    y, pullback = reverse.vjp(case.call, *case.arrays)
    g = np.random.default_rng(1).standard_normal(np.shape(y))
    adjoints = pullback(g)
    for k, v in enumerate(directions(case, 2)):
        assert adjoints[k].shape == case.arrays[k].shape and adjoints[k].dtype == case.arrays[k].dtype
        agree(np.sum(adjoints[k] * v), along(case, k, v), g)


@each_case
def test_forward_mode(case):
    y = case.call(*case.arrays)
    g = np.random.default_rng(1).standard_normal(np.shape(y))
    for k, v in enumerate(directions(case, 3)):
        tangents = [v if j == k else np.zeros_like(a) for j, a in enumerate(case.arrays)]
        _, tangent = forward.jvp(case.call, tuple(case.arrays), tuple(tangents))
        assert np.shape(tangent) == np.shape(y) and tangent.dtype == y.dtype
        agree(np.sum(g * tangent), along(case, k, v), g)


@each_case
def test_second_order(case):
    """The derivative of the vjp along v, by reverse over reverse, forward over reverse and reverse over forward."""
    y = case.call(*case.arrays)
    rng = np.random.default_rng(4)
    g, vs, ws = rng.standard_normal(np.shape(y)), directions(case, 5), directions(case, 6)

    def slope(*arrays):  # of <g, f> along vs
        return sum(np.sum(a * v) for a, v in zip(reverse.vjp(case.call, *arrays)[1](g), vs, strict=True))

    def slope_forward(*arrays):
        return np.sum(g * forward.jvp(case.call, arrays, tuple(vs))[1])

    def along_ws(t):
        return slope(*(a + t * w for a, w in zip(case.arrays, ws, strict=True)))

    measured = directional(along_ws, np.float64(0.0), np.float64(1.0), scale=np.float64(0.2))
    for f in (slope, slope_forward):
        gradients = reverse.grad(f, tuple(range(len(ws))))(*case.arrays)
        agree(sum(np.sum(a * w) for a, w in zip(gradients, ws, strict=True)), measured)
        agree(forward.jvp(f, tuple(case.arrays), tuple(ws))[1], measured)


@each_case
def test_float32_stays_float32(case):
    arrays = [a.astype(np.float32) for a in case.arrays]
    if case.covers is np.float_power:
        pytest.skip("computes in float64 whatever comes")
    y = case.call(*arrays)
    value, pullback = reverse.vjp(case.call, *arrays)
    assert value.dtype == y.dtype
    assert all(a.dtype == np.float32 for a in pullback(np.ones_like(y)))
    value, tangent = forward.jvp(case.call, tuple(arrays), tuple(map(np.ones_like, arrays)))
    assert value.dtype == tangent.dtype == y.dtype


# The test of these tests: a rule that is off by a thousandth is found.


def _rules():
    for function, primitive in kinds.PRIMITIVES.items():
        if isinstance(primitive, kinds.Primitive):
            for rule in ("vjp_a", "vjp_b", "jvp_a", "jvp_b"):
                if getattr(primitive, rule) is not None:
                    yield pytest.param(function, primitive, rule, id=f"{function.__name__}-{rule}")


@pytest.mark.parametrize(("function", "primitive", "rule"), list(_rules()))
def test_a_wrong_rule_is_found(monkeypatch, function, primitive, rule):
    right = getattr(primitive, rule)
    monkeypatch.setattr(primitive, rule, lambda *args: right(*args) * 1.001)
    check = test_reverse_mode if rule.startswith("vjp") else test_forward_mode
    with pytest.raises(AssertionError):
        for case in TABLE:
            if case.covers is function:
                check(case)
