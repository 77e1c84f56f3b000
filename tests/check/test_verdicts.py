"""The verdicts: right, wrong, kink, nothing tested, could not run; one test for each way to get there."""

import contextlib
import signal
import time

import numpy as np
import pytest

from gradschool.check import (
    CheckFailed,
    away_from_kinks,
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
    labels,
    normal,
    on_kinks,
    one_hot,
    uniform,
)
from gradschool.check.timelimit import TooSlow, call_within, uninterrupted


def fails(check, *args, **kwargs):
    """The verdict of a check that must fail."""
    with pytest.raises(CheckFailed) as caught:
        check(*args, **kwargs)
    verdict = caught.value.verdict
    assert not verdict.ok
    assert str(caught.value) == str(verdict)
    return verdict


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def loss(w, X, t):
    z = X @ w
    return np.sum(np.logaddexp(0, z) - t * z)


def loss_gradient(w, X, t):
    return X.T @ (sigmoid(X @ w) - t)


AT = dict(w=normal(3), X=normal(8, 3), t=labels(8))


# ---- right


def test_a_right_gradient_is_right():
    verdict = check_gradient(loss_gradient, of=loss, at=AT)
    assert verdict.ok and verdict.kind == "right"
    assert (verdict.cause, verdict.where) == (None, None)
    assert verdict.evaluations <= 7 + 30 * 3


def test_inputs_may_be_given_by_position_and_be_values():
    assert check_gradient(np.cos, of=np.sin, at=(0.7,)).ok
    assert check_gradient(lambda x: np.asarray(np.cos(x)), of=np.sin, at=(np.array(0.7),)).ok


def test_any_nesting_of_arrays_has_a_gradient():
    def f(p, x):
        return np.sum(np.tanh(x @ p["W"] + p["more"][0]) * p["more"][1])

    def g(p, x):
        h = np.tanh(x @ p["W"] + p["more"][0])
        s = p["more"][1] * (1 - h**2)
        return {"W": np.outer(x, s), "more": [s, float(np.sum(h))]}

    at = dict(p={"W": normal(2, 3), "more": (normal(3), normal())}, x=normal(2))
    assert check_gradient(g, of=f, at=at).ok
    assert check_gradient(lambda **at: dict(reversed(g(**at).items())), of=f, at=at).ok
    at_fault = fails(check_gradient, lambda p, x: {**g(p, x), "W": 2 * g(p, x)["W"]}, of=f, at=at)
    assert at_fault.where == "every entry of p['W']"
    assert at_fault.cause == "factor 2"


@pytest.mark.parametrize("as_what", [tuple, list, lambda both: dict(zip("xy", both, strict=True))])
def test_several_inputs_give_several_gradients(as_what):
    answer = lambda x, y: as_what([np.cos(x) * y, np.sin(x)])  # noqa: E731
    at = dict(x=normal(), y=normal())
    assert check_gradient(answer, of=lambda x, y: np.sin(x) * y, at=at, wrt=["x", "y"]).ok


def test_wrt_may_be_a_position():
    f = lambda x, y: np.sin(x) * y  # noqa: E731
    assert check_gradient(lambda x, y: np.sin(x), of=f, at=(normal(), normal()), wrt=1).ok


def test_float32_is_judged_as_float32():
    at = dict(x=np.linspace(-1, 1, 5, dtype=np.float32))
    f = lambda x: np.sum(np.sin(x) ** 2)  # noqa: E731
    right = lambda x: 2 * np.sin(x) * np.cos(x)  # noqa: E731
    assert check_gradient(right, of=f, at=at).ok
    assert right(at["x"]).dtype == np.float32
    assert fails(check_gradient, lambda x: 1.001 * right(x), of=f, at=at).cause.startswith("factor 1.001")


def test_integers_can_be_differentiated_by():
    assert check_gradient(lambda x: 2.0 * x, of=lambda x: x**2, at=dict(x=3)).ok


def test_callbacks_are_inputs():
    at = dict(f=np.sin, x=normal())
    assert check_gradient(lambda f, x: np.cos(x), of=lambda f, x: f(x), at=at, wrt="x").ok


def test_an_ill_conditioned_formula_is_forgiven_its_rounding():
    """Where an example is fitted, 13 digits of p - t cancel; the measured slope knows better."""
    f = lambda z, t: np.sum(np.logaddexp(0, z) - t * z)  # noqa: E731
    at = dict(z=np.array([30.0, 25.0]), t=np.array([1.0, 1.0]))
    f_stable = lambda z, t: np.sum(np.log1p(np.exp(-z)) * t + (1 - t) * np.logaddexp(0, z))  # noqa: E731
    assert check_gradient(lambda z, t: sigmoid(z) - t, of=f_stable, at=at).ok
    assert f(**at) == pytest.approx(f_stable(**at), abs=1e-10)


# ---- wrong


def test_a_wrong_entry_is_shown():
    answer = lambda w, X, t: loss_gradient(w, X, t) + np.array([0, 0, 0.1])  # noqa: E731
    verdict = fails(check_gradient, answer, of=loss, at=AT)
    assert (verdict.kind, verdict.cause, verdict.where) == ("wrong", None, "only w[2]")
    came, expected = (float(text.split(" = ")[1]) for text in (verdict.came, verdict.expected))
    assert came == pytest.approx(expected + 0.1, rel=1e-4)
    assert verdict.ask


@pytest.mark.parametrize("factor", [1 + 1e-5, 1 + 1e-8, 1.001, 2, -1, 0])
def test_no_factor_passes(factor):
    assert fails(check_gradient, lambda **at: factor * loss_gradient(**at), of=loss, at=AT).kind == "wrong"


def test_a_difference_in_the_tenth_digit_is_shown():
    verdict = fails(check_gradient, lambda **at: (1 + 1e-9) * loss_gradient(**at), of=loss, at=AT)
    assert verdict.came != verdict.expected


def test_a_hidden_check_shows_no_numbers():
    verdict = fails(check_gradient, lambda **at: -loss_gradient(**at), of=loss, at=AT, hidden=True)
    assert verdict.cause == "sign turned"
    assert verdict.came is verdict.expected is None
    assert "Came" not in str(verdict) and "Expected" not in verdict._repr_html_()


def test_many_entries_are_sampled_and_one_wrong_one_is_found():
    f = lambda x: np.sum(np.sin(x) * np.arange(1, 2001))  # noqa: E731
    right = lambda x: np.cos(x) * np.arange(1, 2001)  # noqa: E731
    verdict = check_gradient(right, of=f, at=dict(x=normal(2000)))
    assert "of 2000 entries" in verdict.notes[-1]
    assert verdict.evaluations < 3000

    def one_wrong(x):
        g = right(x)
        g[1234] *= 1.001
        return g

    verdict = fails(check_gradient, one_wrong, of=f, at=dict(x=normal(2000)))
    assert verdict.kind == "wrong" and verdict.where.startswith(("x, in entries", "only x[1234]"))


# ---- kinks


def test_at_a_kink_every_value_between_the_slopes_is_right():
    f = lambda x: np.sum(np.maximum(0, x))  # noqa: E731
    for at_zero in (0.0, 0.3, 1.0):
        answer = lambda x, at_zero=at_zero: np.where(x > 0, 1.0, np.where(x < 0, 0.0, at_zero))  # noqa: E731
        verdict = check_gradient(answer, of=f, at=(on_kinks(6),))
        assert verdict.ok and verdict.kind == "kink"
    for at_zero in (-0.01, 1.01, 2.0):
        answer = lambda x, at_zero=at_zero: np.where(x > 0, 1.0, np.where(x < 0, 0.0, at_zero))  # noqa: E731
        verdict = fails(check_gradient, answer, of=f, at=(on_kinks(6),))
        assert verdict.kind == "wrong"
        assert verdict.cause == "outside the slopes at the kink"
        assert "between 0 and 1" in verdict.expected.replace("-", "")


def test_a_kink_does_not_excuse_the_other_entries():
    f = lambda x: np.sum(np.maximum(0, x) ** 1)  # noqa: E731
    at = dict(x=np.array([0.0, 1.0, -1.0, 2.0]))
    verdict = fails(check_gradient, lambda x: np.array([0.5, 1.0, 0.5, 1.0]), of=f, at=at)
    assert verdict.where == "only x[2]"


def test_just_beside_a_kink_there_is_one_right_side():
    f = lambda x: np.sum(np.abs(x - 1))  # noqa: E731
    for distance in (1e-3, 1e-6):
        at = dict(x=np.array([1 + distance, 1 - distance]))
        assert check_gradient(lambda x: np.sign(x - 1), of=f, at=at).kind == "right"
        assert fails(check_gradient, lambda x: -np.sign(x - 1), of=f, at=at).kind == "wrong"


def test_at_a_tie_the_entries_are_judged_together():
    """Both slopes of max(x, y) run from 0 to 1, but (1, 1) is the slope of x + y."""
    tie = (np.array([2.0, 2.0, 1.0]),)
    at_most = lambda x: (x == x.max()) * 1.0  # noqa: E731
    for share in ([1, 0, 0], [0, 1, 0], [0.5, 0.5, 0]):
        right = lambda x, share=share: np.array(share) if x[0] == x[1] else at_most(x)  # noqa: E731
        assert check_gradient(right, of=lambda x: np.max(x), at=tie).kind == "kink"
    for wrong in (at_most, lambda x: np.zeros(3) if x[0] == x[1] else at_most(x)):
        verdict = fails(check_gradient, wrong, of=lambda x: np.max(x), at=tie)
        assert verdict.where == "x[0] and x[1] together"


def test_a_hinge_on_its_margin_is_a_kink():
    def hinge(w, X, y):
        return np.mean(np.maximum(0, 1 - y * (X @ w)))

    X, y, w = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 0.3]]), np.array([1.0, -1.0, 1.0]), np.array([1.0, 0.0])
    for on_margin in (np.less, np.less_equal):
        answer = lambda w, X, y, on=on_margin: -(y * on(y * (X @ w), 1)) @ X / len(X)  # noqa: E731
        assert check_gradient(answer, of=hinge, at=dict(w=w, X=X, y=y)).kind == "kink"


# ---- nothing tested


def test_zero_everywhere_tests_nothing():
    verdict = fails(check_gradient, np.zeros_like, of=lambda x: 3.0, at=(normal(3),))
    assert verdict.kind == "nothing tested" and verdict.where == "x"
    assert fails(check_gradient, np.ones_like, of=lambda x: 3.0, at=(normal(3),)).kind == "wrong"


def test_a_point_that_tests_nothing_is_drawn_again():
    """relu of one negative number is flat; some draw of five is positive."""
    for seed in range(5):
        f = lambda x, seed=seed: np.maximum(0, x) + 0 * seed  # noqa: E731
        verdict = check_gradient(lambda x: float(x > 0), of=f, at=(uniform(-1, 2 + seed),))
        assert verdict.kind == "right"


def test_a_parameter_drowned_by_rounding_is_not_passed():
    f = lambda a, b: 1e8 * a + 1e-12 * np.sin(b)  # noqa: E731
    at = dict(a=1.0, b=1.0)
    verdict = fails(check_gradient, lambda a, b: (1e8, 0.0), of=f, at=at, wrt=["a", "b"])
    assert verdict.kind == "nothing tested" and verdict.where == "b"


# ---- could not run


class Lying(np.ndarray):
    def __eq__(self, other):
        return np.ones(self.shape, bool)


class YesMan:
    shape, dtype = (3,), np.dtype(float)

    def __eq__(self, other):
        return True

    def __array__(self, *args, **kwargs):
        raise AssertionError("asked for its values")


def _mutating(w, X, t):
    g = loss_gradient(w, X, t)
    X *= 2
    return g


def _raising(w, X, t):
    return X @ w @ w


def _forever(w, X, t):
    while True:
        pass


@pytest.mark.parametrize(
    "answer, cause, said",
    [
        (_raising, "exception", "ValueError"),
        (lambda w, X: w, "exception", "unexpected keyword argument 't'"),
        (lambda w, X, t: exit(), "exception", "SystemExit"),
        (lambda w, X, t: None, "wrong type", "returned None"),
        (lambda w, X, t: list(loss_gradient(w, X, t)), "wrong type", "a list of"),
        (lambda w, X, t: (loss_gradient(w, X, t),), "wrong type", "a tuple of"),
        (lambda w, X, t: loss_gradient(w, X, t) + 0j, "wrong type", "complex"),
        (lambda w, X, t: loss_gradient(w, X, t) > 0, "wrong type", "bool"),
        (lambda w, X, t: loss_gradient(w, X, t).astype(object), "wrong type", "dtype object"),
        (lambda w, X, t: loss_gradient(w, X, t).view(Lying), "wrong type", "Lying"),
        (lambda w, X, t: np.ma.masked_array(loss_gradient(w, X, t), True), "wrong type", "MaskedArray"),
        (lambda w, X, t: np.matrix(loss_gradient(w, X, t)), "wrong type", "matrix"),
        (lambda w, X, t: YesMan(), "wrong type", "YesMan"),
        (lambda w, X, t: loss_gradient(w, X, t)[:, None], "wrong shape", "(3, 1)"),
        (lambda w, X, t: 1.0, "wrong shape", "a number"),
        (lambda w, X, t: np.full(3, np.nan), "not finite", "NaN"),
        (lambda w, X, t: np.full(3, np.inf), "not finite", "NaN or inf"),
        (_mutating, "input changed in place", "`X`"),
        (lambda w, X, t: np.random.normal(size=3), "not the same twice", "two different values"),
    ],
)
def test_an_answer_that_cannot_be_judged_says_why(answer, cause, said):
    verdict = fails(check_gradient, answer, of=loss, at=AT)
    assert (verdict.kind, verdict.cause) == ("could not run", cause)
    assert said in verdict.why


def test_the_students_line_is_shown():
    verdict = fails(check_gradient, _raising, of=loss, at=AT)
    assert "in _raising: return X @ w @ w" in verdict.notes[0]


def test_an_endless_loop_is_stopped():
    start = time.perf_counter()
    verdict = fails(check_gradient, _forever, of=loss, at=AT, seconds=0.2)
    assert verdict.cause == "too slow"
    assert time.perf_counter() - start < 3


def test_a_swallowed_interrupt_is_still_too_slow():
    def stubborn(x):
        end = time.perf_counter() + 0.4
        while time.perf_counter() < end:
            with contextlib.suppress(BaseException):
                time.sleep(0.05)
        return np.cos(x)

    assert fails(check_value, stubborn, at=(1.0,), equals=np.cos, seconds=0.1).cause == "too slow"


def test_an_answer_right_at_one_point_only_is_wrong():
    cache = {}

    def stale(w, X, t):
        return cache.setdefault("g", loss_gradient(w, X, t))

    verdict = fails(check_gradient, stale, of=loss, at=AT)
    assert verdict.cause == "does not follow its inputs"


def test_mutation_does_not_reach_the_reference():
    at = dict(x=np.array([1.0, 2.0]))

    def answer(x):
        x[:] = 0
        return np.zeros(2)

    assert fails(check_gradient, answer, of=lambda x: np.sum(x**2), at=at).cause == "input changed in place"
    np.testing.assert_array_equal(at["x"], [1, 2])


def test_warnings_of_the_answer_become_notes(recwarn, capsys):
    answer = lambda x: np.log(-np.abs(x))  # noqa: E731
    verdict = fails(check_value, answer, at=(normal(3),), equals=np.sin)
    assert any("invalid value" in note for note in verdict.notes)
    assert not recwarn.list and capsys.readouterr().err == ""


# ---- mistakes of the one who writes the check


def test_a_check_that_is_wrongly_put_says_so():
    with pytest.raises(TypeError, match="by parameter name"):
        check_gradient(np.cos, of=np.sin, at=0.7)
    with pytest.raises(ValueError, match="the inputs are w, X, t"):
        check_gradient(loss_gradient, of=loss, at=AT, wrt="b")
    with pytest.raises(TypeError, match="no derivative"):
        check_gradient(lambda f, x: x, of=lambda f, x: f(x), at=dict(f=np.sin, x=1.0))
    with pytest.raises(ValueError, match="one output"):
        check_gradient(np.cos, of=np.sin, at=(normal(3),))
    with pytest.raises(ValueError, match="not finite"):
        check_gradient(lambda x: 1 / x, of=np.log, at=(-1.0,))


# ---- vjp, jvp, Jacobian


def affine(A, x):
    return np.tanh(A @ x)


def test_products_and_jacobians_of_array_functions():
    at = dict(A=normal(3, 2), x=normal(2))
    slope = lambda A, x: (1 - np.tanh(A @ x) ** 2)[:, None] * A  # noqa: E731
    assert check_vjp(lambda A, x, c: slope(A, x).T @ c, of=affine, at=at, wrt="x").ok
    assert check_jvp(lambda A, x, v: slope(A, x) @ v, of=affine, at=at, wrt="x").ok
    assert check_jacobian(slope, of=affine, at=at, wrt="x").ok
    wrong = fails(check_jacobian, lambda A, x: slope(A, x).T, of=affine, at=at, wrt="x")
    assert (wrong.kind, wrong.cause) == ("could not run", "transposed")


def test_a_cotangent_left_out_is_seen():
    wrong = fails(check_vjp, lambda A, x, c: A.T @ (1 - np.tanh(A @ x) ** 2), of=affine,
                  at=dict(A=normal(3, 2), x=normal(2)), wrt="x")  # fmt: skip
    assert wrong.cause == "cotangent ignored"


def test_a_tangent_left_out_is_seen():
    wrong = fails(check_jvp, lambda x, v: np.cos(x), of=np.sin, at=(normal(4),))
    assert wrong.cause == "tangent ignored"


def test_the_softmax_is_tested_with_a_cotangent_that_is_not_constant():
    def softmax(z):
        e = np.exp(z - z.max())
        return e / e.sum()

    right = lambda z, c: softmax(z) * (c - softmax(z) @ c)  # noqa: E731
    assert check_vjp(right, of=softmax, at=(normal(4),)).ok
    assert fails(check_vjp, lambda z, c: 0 * z, of=softmax, at=(normal(4),)).cause == "all zeros"
    diagonal = lambda z, c: softmax(z) * (1 - softmax(z)) * c  # noqa: E731
    assert fails(check_vjp, diagonal, of=softmax, at=(normal(4),)).cause.startswith("only the diagonal")


def test_outputs_may_be_nested():
    f = lambda x: (np.sin(x), {"sum": np.sum(x**2)})  # noqa: E731
    vjp = lambda x, c: c[0] * np.cos(x) + 2 * c[1]["sum"] * x  # noqa: E731
    jvp = lambda x, v: (np.cos(x) * v, {"sum": np.sum(2 * x * v)})  # noqa: E731
    assert check_vjp(vjp, of=f, at=(normal(3),)).ok
    assert check_jvp(jvp, of=f, at=(normal(3),)).ok


def test_products_with_several_inputs():
    f = lambda a, b: a * b  # noqa: E731
    at = dict(a=normal(3), b=normal(3))
    assert check_vjp(lambda a, b, c: (c * b, c * a), of=f, at=at, wrt=["a", "b"]).ok
    assert check_jvp(lambda a, b, v: v[0] * b + a * v[1], of=f, at=at, wrt=["a", "b"]).ok


# ---- values


@pytest.mark.parametrize(
    "came, wanted",
    [
        (1.0, 1),
        (np.float64(2.5), 2.5),
        (np.array(2.5), 2.5),
        ([1.0, 2.0], (1.0, 2.0)),
        (np.array([1.0, np.nan]), np.array([1.0, np.nan])),
        (("wrong", (np.int64(1), 2)), ("wrong", (1, 2))),
        ((None, True, "x"), (None, True, "x")),
        ({"a": np.ones(2)}, {"a": np.ones(2)}),
        ({"b": 2.0, "a": ("x", 1)}, {"a": ("x", 1), "b": 2.0}),
        (np.array([1.0, 1e-30]), np.array([1.0, 2e-30])),  # cancellation, beside the other entry
        (1 + 2j, 1 + 2j),
        (np.float32(0.1), 0.1),
        (np.inf, np.inf),
    ],
)
def test_values_that_are_the_same(came, wanted):
    assert check_value(lambda: came, at={}, equals=wanted).ok


@pytest.mark.parametrize(
    "came, wanted, kind, cause",
    [
        (1.0 + 1e-8, 1.0, "wrong", None),
        (1.0, np.ones(1), "could not run", "wrong shape"),
        (np.ones((1, 2)), np.ones(2), "could not run", "wrong shape"),
        ([1.0, 2.0], np.array([1.0, 2.0]), "could not run", "wrong type"),
        ((1.0, 2.0, 3.0), (1.0, 2.0), "could not run", "wrong structure"),
        ({"b": 1.0}, {"a": 1.0}, "could not run", "wrong structure"),
        (True, 1.0, "could not run", "wrong type"),
        (1.0, True, "could not run", "wrong type"),
        ("right", "wrong", "wrong", None),
        (("wrong", (1, 2)), ("wrong", (1, 3)), "wrong", None),
        (np.array([1.0, np.nan]), np.array([1.0, 2.0]), "could not run", "not finite"),
        (np.array([1.0, 2.0]), np.array([1.0, np.nan]), "wrong", None),
        (-np.ones(3), np.ones(3), "wrong", "sign turned"),
        (3 * np.arange(4.0), np.arange(4.0), "wrong", "factor 3"),
        (np.arange(6.0).reshape(2, 3), np.arange(6.0).reshape(2, 3).T, "could not run", "transposed"),
        (1 + 2j, 1 + 3j, "wrong", None),
        (0.0, 1e-300, "wrong", "all zeros"),
    ],
)
def test_values_that_differ(came, wanted, kind, cause):
    verdict = fails(check_value, lambda: came, at={}, equals=wanted)
    assert (verdict.kind, verdict.cause) == (kind, cause)


def test_a_finite_difference_needs_a_tolerance():
    forward = lambda f, x, h: (f(x + h) - f(x)) / h  # noqa: E731
    at = dict(f=np.sin, x=0.7, h=1e-5)
    assert check_value(forward, at=at, equals=lambda f, x, h: np.cos(x), rtol=1e-4).ok
    assert fails(check_value, forward, at=at, equals=lambda f, x, h: np.cos(x)).kind == "wrong"


def test_a_value_that_ignores_its_inputs_is_wrong():
    verdict = fails(check_value, lambda x: np.float64(0.3), at=(uniform(0, 1),), equals=np.sin)
    assert verdict.kind == "wrong"


def test_raises():
    def refuse(x):
        if x < 0:
            raise OverflowError("x must not be negative")
        return x

    assert check_raises(refuse, at=dict(x=-1.0), raises=ArithmeticError, saying="Negative").ok
    assert fails(check_raises, refuse, at=dict(x=1.0)).cause == "no exception"
    assert fails(check_raises, refuse, at=dict(x=-1.0), raises=ValueError).cause == "exception"
    silent = fails(check_raises, refuse, at=dict(x=-1.0), raises=OverflowError, saying="too big")
    assert silent.cause == "wrong message"


def test_shape():
    assert check_shape(np.sin, at=(normal(3, 4),), shape=(3, 4)).ok
    assert check_shape(np.sin, at=(1.0,), shape=()).ok
    assert fails(check_shape, np.sin, at=(normal(3, 4),), shape=(4, 3)).cause == "wrong shape"
    assert check_shape(np.sin, at=(np.ones(2, np.float32),), shape=(2,), dtype=np.float32).ok
    assert fails(check_shape, np.sin, at=(normal(2),), shape=(2,), dtype=np.float32).cause == "wrong type"


def test_property():
    below = lambda bound: dict(that=lambda r: np.all(r <= bound), saying=f"none is above {bound}")  # noqa: E731
    assert check_property(np.sin, at=(normal(9),), **below(1)).ok
    verdict = fails(check_property, np.sin, at=(normal(9),), **below(0))
    assert verdict.kind == "wrong" and "none is above 0" in verdict.why
    verdict = fails(check_property, lambda: None, at={}, that=lambda r: r > 1, saying="it is above 1")
    assert verdict.cause == "wrong type"


def test_cost():
    central = lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h)  # noqa: E731
    at = dict(f=np.sin, x=normal(), h=1e-5)
    assert check_cost(central, at=at, of="f", at_most=2).notes == ("It took 2 evaluations.",)
    assert fails(check_cost, central, at=at, of="f", at_most=1).cause == "too many evaluations"
    assert fails(check_cost, lambda f, x, h: 1.0, at=at, of="f", at_most=1).cause == "never called"


def test_taylor():
    assert "It has slope 2.0" in check_taylor(loss_gradient, of=loss, at=AT).notes[0]
    for factor in (1 + 1e-5, 1.001, 0, -1):
        verdict = fails(check_taylor, lambda *, f=factor, **at: f * loss_gradient(**at), of=loss, at=AT)
        assert verdict.cause == "remainder does not fall as h squared"
    linear = lambda x, c: np.sum(c * x)  # noqa: E731
    assert check_taylor(lambda x, c: c, of=linear, at=dict(x=normal(3), c=normal(3))).ok
    relu = lambda x: np.sum(np.maximum(0, x))  # noqa: E731
    assert check_taylor(lambda x: (x > 0) * 1.0, of=relu, at=(on_kinks(3),)).kind == "kink"
    assert fails(check_taylor, lambda x: (x > 0) - 1.0, of=relu, at=(on_kinks(3),)).kind == "wrong"


# ---- inputs


def test_a_seed_fixes_the_points_and_grading_can_change_them(monkeypatch):
    def points(**more):
        seen = []

        def answer(x):
            seen.append(x.copy())
            return np.cos(x)

        check_value(answer, at=(normal(3),), equals=np.cos, **more)
        return seen[0]

    first = points()
    np.testing.assert_array_equal(points(), first)
    assert not np.any(points(hidden=True) == first)
    monkeypatch.setenv("GRADSCHOOL_SEED", "ada/ps1/secret")
    assert not np.any(points() == first)


def test_generators_draw_what_they_say():
    rng = np.random.default_rng(0)
    draw = lambda recipe: recipe.make(rng)  # noqa: E731
    assert draw(normal(2, 3)).shape == (2, 3) and type(draw(normal())) is float
    assert 2 <= draw(uniform(2, 3)) < 3
    assert sorted(set(draw(labels(5, classes=3)))) == [0, 1, 2]
    assert set(draw(labels(6, (-1.0, 1.0)))) == {-1.0, 1.0}
    np.testing.assert_array_equal(draw(one_hot(7, 3)).sum(axis=1), 1)
    for _ in range(50):
        x = draw(away_from_kinks(20, kinks=(0, 1), by=0.2))
        assert min(np.abs(x).min(), np.abs(x - 1).min()) >= 0.2
        x = draw(on_kinks(4, kinks=(1.0,)))
        assert np.any(x == 1) and not np.all(x == 1)


@pytest.fixture(params=["alarm", "timer"])
def either_clock(request, monkeypatch):
    """Time limits by the system's timer, and by a thread as on Windows."""
    if request.param == "timer":
        monkeypatch.delattr(signal, "setitimer", raising=False)


def test_no_interrupt_is_left_behind_for_the_cell(either_clock):
    """Calls that end just as their time does."""

    def busy():
        end = time.perf_counter() + 0.003
        while time.perf_counter() < end:
            pass

    late = 0
    for k in range(150):
        try:
            call_within(0.0027 + k * 5e-6, busy)
        except TooSlow:
            late += 1
    time.sleep(0.02)
    assert late < 150


def test_a_limit_ends_what_waits_and_what_works(either_clock):
    def works():
        while True:
            pass

    waits = [lambda: time.sleep(30)] if hasattr(signal, "setitimer") else []
    for function in (works, *waits):
        begin = time.monotonic()
        with pytest.raises(TooSlow):
            call_within(0.05, function)
        assert time.monotonic() - begin < 5


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no such timer")
def test_a_call_in_a_call_does_not_outlive_it():
    def inner():
        with contextlib.suppress(TooSlow):
            call_within(30, time.sleep, 30)
        time.sleep(30)

    begin = time.monotonic()
    with pytest.raises(TooSlow):
        call_within(0.05, inner)
    assert time.monotonic() - begin < 5


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no such timer")
def test_a_limit_waits_until_a_message_is_complete():
    read = []

    def reads():
        with uninterrupted():
            time.sleep(0.1)
            read.append("all of it")
        read.append("what comes after")

    with pytest.raises(TooSlow):
        call_within(0.01, reads)
    assert read == ["all of it"]
    assert call_within(5, lambda: "later") == "later"


def test_what_ran_and_has_no_verdict_is_not_said_to_have_failed_to_run():
    with pytest.raises(CheckFailed, match=r"^Could not be judged: "):
        check_value(lambda x: None, at=(1.0,), equals=1.0)
    with pytest.raises(CheckFailed, match=r"^Could not run: "):
        check_value(lambda x: 1 / 0, at=(1.0,), equals=1.0)


def test_an_exception_tells_nothing_of_hidden_inputs():
    def telling(x):
        raise ValueError(f"x is {x}")

    with pytest.raises(CheckFailed) as shown:
        check_value(telling, at=(0.625,), equals=1.0)
    assert shown.value.verdict.why == "ValueError: x is 0.625"
    with pytest.raises(CheckFailed) as hidden:
        check_value(telling, at=(0.625,), equals=1.0, hidden=True)
    assert hidden.value.verdict.why == "ValueError"
    assert "0.625" not in str(hidden.value)


def test_inputs_may_have_any_names():
    at = dict(function=2.0, seconds=3.0, answer=1.0)
    assert check_value(lambda function, seconds, answer: function * seconds * answer, at=at, equals=6.0).ok


def test_a_factor_of_one_explains_nothing():
    right = np.array([1.0, 2.0, 3.0])
    with pytest.raises(CheckFailed) as caught:
        check_value(lambda: right * (1 + 1e-8), at=(), equals=right, rtol=1e-12)
    assert caught.value.verdict.cause is None
