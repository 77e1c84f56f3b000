"""Why: the cause that a verdict names, and that it names none where two would do."""

import numpy as np
import pytest

from gradschool.check import CheckFailed, check_gradient, check_value, labels, normal, one_hot, uniform
from gradschool.check.where import pattern


def cause_of(answer, **question):
    with pytest.raises(CheckFailed) as caught:
        check_gradient(answer, **question)
    return caught.value.verdict.cause


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def penalised(w, b, X, t, lam):
    z = X @ w + b
    return np.mean(np.logaddexp(0, z) - t * z) + 0.5 * lam * np.sum(w**2)


def penalised_gradient(w, b, X, t, lam, *, data=1.0, penalty=1.0, on_bias=0.0):
    r = sigmoid(X @ w + b) - t
    return (
        data * X.T @ r / len(X) + penalty * lam * w,
        data * float(np.mean(r)) + on_bias * lam * b,
    )


AT = dict(w=normal(3), b=normal(), X=normal(8, 3), t=labels(8), lam=0.3)


@pytest.mark.parametrize(
    "mistake, cause",
    [
        (dict(penalty=0), "regulariser forgotten"),
        (dict(penalty=2), "regulariser doubled"),
        (dict(penalty=0.5), "regulariser halved"),
        (dict(on_bias=1), "bias penalised"),
        (dict(data=-1), None),  # half a sign: a cause that is on no list
    ],
)
def test_what_can_happen_to_a_regulariser(mistake, cause):
    answer = lambda **at: penalised_gradient(**at, **mistake)  # noqa: E731
    assert cause_of(answer, of=penalised, at=AT, wrt=["w", "b"]) == cause


def test_a_regulariser_whose_weight_is_a_constant():
    f = lambda w, X, t: np.sum((X @ w - t) ** 2) + 0.05 * np.sum(w**2)  # noqa: E731
    at = dict(w=normal(3), X=normal(7, 3), t=normal(7))
    for factor, cause in ((0, "forgotten"), (2, "doubled"), (0.5, "halved")):
        answer = lambda w, X, t, factor=factor: 2 * X.T @ (X @ w - t) + factor * 0.1 * w  # noqa: E731
        assert cause_of(answer, of=f, at=at) == f"regulariser {cause}"


def test_sum_and_mean():
    at = dict(w=normal(3), X=normal(8, 3), t=normal(8))
    mean, total = (lambda w, X, t: np.mean((X @ w - t) ** 2)), (lambda w, X, t: np.sum((X @ w - t) ** 2))
    of_sum = lambda w, X, t: 2 * X.T @ (X @ w - t)  # noqa: E731
    assert cause_of(of_sum, of=mean, at=at) == "sum for mean"
    assert cause_of(lambda **a: of_sum(**a) / 8, of=total, at=at) == "mean for sum"
    assert cause_of(lambda **a: of_sum(**a) / 64, of=mean, at=at) == "factor 0.125"
    assert cause_of(lambda **a: of_sum(**a) * 8, of=total, at=at) == "factor 8"


def test_where_two_causes_fit_none_is_named():
    """With a batch of two, a factor 2 may be a forgotten mean as well as a 2 too many."""
    at = dict(w=normal(3), X=normal(2, 3), t=normal(2))
    of_sum = lambda w, X, t: 2 * X.T @ (X @ w - t)  # noqa: E731
    assert cause_of(of_sum, of=lambda w, X, t: np.mean((X @ w - t) ** 2), at=at) is None


def test_one_path_of_a_fan_out():
    f = lambda x: np.sum(np.tanh(x) * x**2)  # noqa: E731
    assert cause_of(lambda x: (1 - np.tanh(x) ** 2) * x**2, of=f, at=(normal(4),)) == "one path lost"
    assert cause_of(lambda x: np.tanh(x) * 2 * x, of=f, at=(normal(4),)) == "one path lost"
    # inside a network, where h is used twice
    g = lambda W, x: np.sum((h := np.tanh(W @ x)) + h**3)  # noqa: E731
    at = dict(W=normal(3, 2), x=normal(2))
    wrong = lambda W, x: np.outer(1 - np.tanh(W @ x) ** 2, x)  # noqa: E731
    assert cause_of(wrong, of=g, at=at) == "one path lost"


@pytest.mark.parametrize(
    "derivative, cause",
    [
        (lambda z, v: 1.0, "chain factor missing"),
        (lambda z, v: v, "function for its derivative"),
        (lambda z, v: z * (1 - z), "derivative at the wrong place"),
        (lambda z, v: sigmoid(v) * (1 - sigmoid(v)), "derivative at the wrong place"),
        (lambda z, v: v * (1 + v), None),
    ],
)
def test_the_logistic_function_is_known_by_its_values(derivative, cause):
    def f(W, x, c):
        return np.sum(c * (1 / (1 + np.exp(-(W @ x)))))

    def answer(W, x, c):
        z = W @ x
        return np.outer(c * derivative(z, sigmoid(z)), x)

    assert cause_of(answer, of=f, at=dict(W=normal(3, 2), x=normal(2), c=normal(3))) == cause


def test_a_mistaken_derivative_in_every_layer_is_one_cause():
    def f(W, V, x):
        return np.sum(np.tanh(V @ np.tanh(W @ x)))

    def answer(W, V, x):
        h = np.tanh(W @ x)
        return np.outer(V.T @ np.ones(2), x), np.outer(np.ones(2), h)

    at = dict(W=normal(3, 4), V=normal(2, 3), x=normal(4))
    assert cause_of(answer, of=f, at=at, wrt=["W", "V"]) == "chain factor missing"


def test_the_other_side_of_a_kink():
    f = lambda x, c: np.sum(c * np.maximum(0, x))  # noqa: E731
    at = dict(x=normal(6), c=normal(6))
    assert cause_of(lambda x, c: c * (x < 0), of=f, at=at) == "wrong side of the kink"
    assert cause_of(lambda x, c: c * 1.0, of=f, at=at) == "chain factor missing"


def test_a_broadcast_that_was_not_summed():
    f = lambda b, X: np.sum((X + b) ** 2)  # noqa: E731
    at = dict(b=normal(3), X=normal(5, 3))
    assert cause_of(lambda b, X: 2 * (X + b), of=f, at=at) == "not summed over the broadcast axis"
    g = lambda s, X: np.sum((X * s) ** 2)  # noqa: E731
    at = dict(s=normal(5, 1), X=normal(5, 3))
    assert cause_of(lambda s, X: 2 * s * X**2, of=g, at=at) == "not summed over the broadcast axis"


def test_transposed():
    f = lambda A, B: np.sum(A * B)  # noqa: E731
    assert cause_of(lambda A, B: B.T, of=f, at=dict(A=normal(3, 3), B=normal(3, 3))) == "transposed"
    assert cause_of(lambda A, B: B.T, of=f, at=dict(A=normal(2, 3), B=normal(2, 3))) == "transposed"


def test_lost_precision():
    f = lambda x, c: np.sum(c * np.sin(x))  # noqa: E731
    at = dict(x=normal(5), c=normal(5))
    short = lambda x, c: (np.float32(c) * np.cos(np.float32(x))).astype(float)  # noqa: E731
    assert cause_of(short, of=f, at=at) == "computed in float32"


@pytest.mark.parametrize("h", [1e-3, 1e-4, 1e-5, 1e-6, 1e-7])
@pytest.mark.parametrize("sides", [(1, 1), (1, 0)])
def test_a_finite_difference_is_no_formula(h, sides):
    """A central difference agrees to ten digits; it is seen by its error, not by its size."""
    f = lambda w, X: np.sum(np.tanh(X @ w))  # noqa: E731
    up, down = sides

    def numerical(w, X):
        steps = h * np.eye(len(w))
        return np.array([(f(w + up * e, X) - f(w - down * e, X)) / (h * (up + down)) for e in steps])

    at = dict(w=normal(3), X=normal(5, 3))
    assert cause_of(numerical, of=f, at=at) == "a finite difference"
    assert check_gradient(numerical, of=f, at=at, rtol=20 * max(h, 1e-9 / h)).ok


def test_a_problem_set_names_its_own_misconceptions():
    f = lambda p, y: -np.sum(y * np.log(p))  # noqa: E731
    at = dict(p=uniform(0.1, 0.9, 4, 3), y=one_hot(4, 3))
    named = {
        "the softmax was differentiated too": lambda p, y: p - y,
        "labels and probabilities swapped": lambda p, y: -p / (y + 1e-9),
        "this one breaks": lambda p, y: 1 / 0,
        "right after all": lambda p, y: -y / p,
        "a constant": np.zeros((4, 3)),
    }
    question = dict(of=f, at=at, misconceptions=named)
    assert cause_of(lambda p, y: p - y, **question) == "the softmax was differentiated too"
    assert cause_of(lambda p, y: np.zeros((4, 3)), **question) == "a constant"
    assert cause_of(lambda p, y: 2 * p - y, **question) is None
    assert check_gradient(lambda p, y: -y / p, **question).ok


def test_misconceptions_of_another_shape_or_kind():
    with pytest.raises(CheckFailed) as caught:
        check_value(lambda a: 0.5, at=(normal(3),), equals=np.sin, misconceptions={"one number for all": 0.5})
    assert (caught.value.verdict.kind, caught.value.verdict.cause) == ("could not run", "one number for all")


def test_every_cause_has_words():
    from gradschool.check.causes import CAUSES, UNKNOWN, words

    for cause, (why, ask) in CAUSES.items():
        assert words(cause) == (why, ask)
        assert "?" in ask and (why is None or why.endswith("."))
    assert words("factor 1.001")[0] == "All of it is off by factor 1.001."
    assert words(None) == (None, UNKNOWN)


def mask(*rows):
    return np.array(rows, bool)


@pytest.mark.parametrize(
    "wrong, words",
    [
        (np.array(True), "W"),
        (mask([1, 1], [1, 1]), "every entry of W"),
        (mask([0, 0, 0], [0, 1, 0]), "only W[1, 1]"),
        (mask([0, 0], [0, 0], [1, 1]), "only the last row of W"),
        (mask([1, 1], [0, 0], [1, 1]), "all of W but row 1"),
        (mask([1, 0, 0], [1, 0, 0]), "only the first column of W"),
        (mask([1, 0, 0], [0, 1, 0], [0, 0, 1]), "only the diagonal of W"),
        (mask([0, 1, 1], [1, 0, 1], [1, 1, 0]), "all of W but the diagonal"),
        (mask([0, 1, 1], [0, 0, 1], [0, 0, 0]), "only above the diagonal of W"),
        (mask([0, 1, 1, 1]), "all of W but the first column"),
        (mask([1, 1, 0], [1, 1, 1]), "all of W but W[0, 2]"),
        (mask([0, 1, 1], [1, 0, 1]), "all of W but the diagonal"),
        (mask([0, 1, 1, 1], [1, 0, 1, 0]), "5 of 8 entries of W"),
    ],
)
def test_where_in_words(wrong, words):
    assert pattern("W", wrong, np.ones_like(wrong)) == words


def test_where_the_sign_of_the_input_explains_it():
    x = np.array([1.0, -2.0, 3.0, -4.0, 5.0])
    said = pattern("x", x < 0, np.ones(5, bool), x)
    assert said == "the entries of x where the input is negative, and only those"
