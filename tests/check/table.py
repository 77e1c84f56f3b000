"""A table of functions with their gradients, to test the referee on.

Every function takes `o`, a namespace of array functions, and its inputs by name. With numpy for `o` it is
what a check measures; with autograd.numpy it gives the gradient; with a namespace of bent primitives (see
`mutants`) it gives the gradient that a certain mistake would give. Some gradients are written by hand
besides, as students write them.
"""

from dataclasses import dataclass, field
from types import SimpleNamespace

import autograd.numpy as anp
import numpy as np

from gradschool.check import labels, normal, one_hot, uniform
from gradschool.check.inputs import Draw


def namespace(numpy):
    """numpy's functions, and the activations and losses that the table calls by name."""
    return SimpleNamespace(
        numpy=numpy,
        **{name: getattr(numpy, name) for name in (*ELEMENTWISE, "maximum", "minimum", "abs", "where")},
        sigmoid=lambda z: 1 / (1 + numpy.exp(-z)),
        softmax=lambda z: (e := numpy.exp(z - numpy.max(z, axis=-1, keepdims=True)))
        / numpy.sum(e, axis=-1, keepdims=True),
    )


ELEMENTWISE = ("exp", "log", "sin", "cos", "tanh", "sqrt", "log1p", "expm1", "arctan", "sinh", "cosh")
PLAIN, TRACED = namespace(np), namespace(anp)


@dataclass(frozen=True)
class Row:
    """One function of the table.

    at : recipes of its inputs.  wrt : the inputs it is differentiated by.  by_hand : its gradients, a tuple
    in the order of wrt.  copies : {input: shape it is broadcast to}.  batch : the size of the batch it sums
    or averages over.
    averages : it averages.  weight : the input that weighs a regulariser.  unpenalised : an input that it
        spares.
    entry_by_entry : the function takes its input's entries one at a time, so a missing entry is a missing
        path.
    """

    name: str
    f: object
    at: dict
    wrt: tuple
    by_hand: object = None
    copies: dict = field(default_factory=dict)
    batch: int | None = None
    averages: bool = False
    weight: str | None = None
    unpenalised: str | None = None
    entry_by_entry: bool = False


TABLE = {}


def row(wrt, by_hand=None, **options):
    """Adds a function to the table; its inputs' recipes are the defaults of its parameters."""
    wrt = tuple(wrt.split())

    def add(f):
        code = f.__code__
        names = code.co_varnames[1 : code.co_argcount]
        at = dict(zip(names, f.__defaults__, strict=True))
        f.__defaults__ = None
        TABLE[f.__name__] = Row(f.__name__, f, at, wrt, by_hand, **options)
        return f

    return add


C = normal(6)  # weights of the outputs, so that none of them is like another


def elementwise(name, function, derivative, x=normal(6), **options):
    """A weighted sum of function(o, x)."""

    def f(o, x, c):
        return o.numpy.sum(c * function(o, x))

    def by_hand(x, c):
        return (c * derivative(x),)

    TABLE[name] = Row(name, f, dict(x=x, c=C), ("x",), by_hand, **options)


POSITIVE = uniform(0.3, 3.0, 6)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


elementwise("exponential", lambda o, x: o.exp(x), np.exp)
elementwise("logarithm", lambda o, x: o.log(x), lambda x: 1 / x, POSITIVE)
elementwise("sine", lambda o, x: o.sin(x), np.cos)
elementwise("cosine", lambda o, x: o.cos(3 * x), lambda x: -3 * np.sin(3 * x))
elementwise("hyperbolic_tangent", lambda o, x: o.tanh(x), lambda x: 1 - np.tanh(x) ** 2)
elementwise("square_root", lambda o, x: o.sqrt(x), lambda x: 0.5 / np.sqrt(x), POSITIVE)
elementwise("square", lambda o, x: x**2, lambda x: 2 * x)
elementwise("cube", lambda o, x: x**3, lambda x: 3 * x**2)
elementwise("reciprocal", lambda o, x: 1 / x, lambda x: -1 / x**2, POSITIVE)
elementwise("absolute", lambda o, x: o.abs(x), np.sign)
elementwise("relu", lambda o, x: o.maximum(0.0, x), lambda x: (x > 0) * 1.0)
elementwise(
    "leaky_relu",
    lambda o, x: o.where(x > 0, x, 0.1 * x),
    lambda x: np.where(x > 0, 1.0, 0.1),
    entry_by_entry=True,
)
elementwise("softplus", lambda o, x: o.numpy.logaddexp(0.0, x), sigmoid)
elementwise("logistic", lambda o, x: o.sigmoid(x), lambda x: sigmoid(x) * (1 - sigmoid(x)))
elementwise("swish", lambda o, x: x * o.sigmoid(x), lambda x: sigmoid(x) * (1 + x * (1 - sigmoid(x))))
elementwise("arctangent", lambda o, x: o.arctan(2 * x), lambda x: 2 / (1 + 4 * x**2))
elementwise("log_one_plus_square", lambda o, x: o.log1p(x**2), lambda x: 2 * x / (1 + x**2))
elementwise("exponential_minus_one", lambda o, x: o.expm1(-x), lambda x: -np.exp(-x))
elementwise("hyperbolic_sine", lambda o, x: o.sinh(x), np.cosh)
elementwise("hyperbolic_cosine", lambda o, x: o.cosh(x), np.sinh)
elementwise("gaussian_bump", lambda o, x: o.exp(-(x**2)), lambda x: -2 * x * np.exp(-(x**2)))
elementwise("sine_of_exponential", lambda o, x: o.sin(o.exp(x)), lambda x: np.cos(np.exp(x)) * np.exp(x))
elementwise("entropy", lambda o, x: -x * o.log(x), lambda x: -np.log(x) - 1, POSITIVE)
elementwise("log_odds", lambda o, x: o.log(x / (1 - x)), lambda x: 1 / (x * (1 - x)), uniform(0.05, 0.95, 6))
elementwise(
    "hard_tanh",
    lambda o, x: o.minimum(o.maximum(x, -1.0), 1.0),
    lambda x: (np.abs(x) < 1) * 1.0,
    normal(6, scale=2.0),
)
elementwise(
    "elu",
    lambda o, x: o.where(x > 0, x, o.expm1(o.minimum(x, 0.0))),
    lambda x: np.where(x > 0, 1.0, np.exp(x)),
    entry_by_entry=True,
)
elementwise(
    "huber",
    lambda o, x: o.where(o.numpy.abs(x) < 1, 0.5 * x**2, o.abs(x) - 0.5),
    lambda x: np.clip(x, -1, 1),
    normal(6, scale=2.0),
    entry_by_entry=True,
)
elementwise(
    "gelu",
    lambda o, x: 0.5 * x * (1 + o.tanh(0.8 * (x + 0.045 * x**3))),
    lambda x: 0.5 * (1 + np.tanh(u := 0.8 * (x + 0.045 * x**3)))
    + 0.5 * x * (1 - np.tanh(u) ** 2) * 0.8 * (1 + 0.135 * x**2),
)

# ---- two inputs, entry by entry


@row("x y", lambda x, y, c: (c * y, c * x))
def product(o, x=normal(4, 3), y=normal(4, 3), c=normal(4, 3)):
    return o.numpy.sum(c * x * y)


@row("x y", lambda x, y, c: (c / y, -c * x / y**2))
def quotient(o, x=normal(5), y=uniform(0.5, 2.0, 5), c=normal(5)):
    return o.numpy.sum(c * x / y)


@row("x y", lambda x, y, c: (c * y * x ** (y - 1), c * np.log(x) * x**y))
def power(o, x=uniform(0.5, 2.0, 5), y=normal(5), c=normal(5)):
    return o.numpy.sum(c * x**y)


@row("x y")
def radius(o, x=normal(5), y=normal(5), c=normal(5)):
    return o.numpy.sum(c * o.sqrt(x**2 + y**2))


# ---- reductions


@row("x", lambda x, t: (2 * (x - t) / x.size,), averages=True, batch=7)
def mean_square(o, x=normal(7), t=normal(7)):
    return o.numpy.mean((x - t) ** 2)


@row("x", lambda x: (np.sum(x) * np.ones_like(x),))
def square_of_sum(o, x=normal(2, 4)):
    return 0.5 * o.numpy.sum(x) ** 2


@row("x", lambda x: (np.prod(x) / x,))
def product_of_all(o, x=uniform(0.5, 2.0, 5)):
    return o.numpy.prod(x)


@row("x", lambda x: (2 * (x - np.mean(x)) / x.size,))
def variance(o, x=normal(6)):
    return o.numpy.var(x)


@row("x")
def standard_deviation(o, x=normal(3, 4), c=normal(4)):
    return o.numpy.sum(c * o.numpy.std(x, axis=0))


@row("x")
def row_maximum(o, x=normal(3, 5), c=normal(3)):
    return o.numpy.sum(c * o.numpy.max(x, axis=1))


@row("x", lambda x: (np.exp(x) / np.sum(np.exp(x)),))
def log_sum_exp(o, x=normal(5)):
    return o.log(o.numpy.sum(o.exp(x)))


@row("x", lambda x: (x / np.linalg.norm(x),))
def two_norm(o, x=normal(3, 2)):
    return o.sqrt(o.numpy.sum(x**2))


@row("x", lambda x: (np.sign(x),))
def one_norm(o, x=normal(6)):
    return o.numpy.sum(o.abs(x))


@row("x", lambda x: (x**2 / np.sum(x**3) ** (2 / 3),))
def three_norm(o, x=uniform(0.2, 2.0, 5)):
    return o.numpy.sum(x**3) ** (1 / 3)


@row("x", lambda x: (np.exp(np.mean(np.log(x))) / (x.size * x),))
def geometric_mean(o, x=uniform(0.3, 3.0, 5)):
    return o.exp(o.numpy.mean(o.log(x)))


@row("x", lambda x, c: (np.cumsum(c[::-1])[::-1],))
def running_sum(o, x=normal(6), c=C):
    return o.numpy.sum(c * o.numpy.cumsum(x))


# ---- matrices


@row("A x", lambda A, x, c: (np.outer(c, x), A.T @ c))
def matrix_vector(o, A=normal(3, 4), x=normal(4), c=normal(3)):
    return o.numpy.dot(c, o.numpy.dot(A, x))


@row("x", lambda A, x: ((A + A.T) @ x,))
def quadratic_form(o, x=normal(4), A=normal(4, 4)):
    return o.numpy.dot(x, o.numpy.dot(A, x))


@row("A B", lambda A, B, C: ((B @ C).T, (C @ A).T))
def trace_of_product(o, A=normal(2, 3), B=normal(3, 4), C=normal(4, 2)):
    return o.numpy.trace(o.numpy.dot(o.numpy.dot(A, B), C))


@row("A", lambda A, X, B: (2 * (A @ X - B) @ X.T,))
def least_squares_matrix(o, A=normal(4, 3), X=normal(3, 5), B=normal(4, 5)):
    return o.numpy.sum((o.numpy.dot(A, X) - B) ** 2)


@row("W", lambda W, x, y: (np.outer(x, y),))
def bilinear(o, W=normal(3, 3), x=normal(3), y=normal(3)):
    return o.numpy.dot(x, o.numpy.dot(W, y))


@row("A")
def cubic_in_a_square_matrix(o, A=normal(3, 3), c=normal(3, 3)):
    return o.numpy.sum(c * o.numpy.dot(A, o.numpy.dot(A, A)))


WELL_CONDITIONED = Draw("well_conditioned(3, 3)", lambda rng: 3 * np.eye(3) + 0.5 * rng.normal(size=(3, 3)))


@row("A", lambda A: (np.linalg.inv(A).T,))
def log_determinant(o, A=WELL_CONDITIONED):
    return o.numpy.linalg.slogdet(A)[1]


@row("A b")
def linear_system(o, A=WELL_CONDITIONED, b=normal(3), c=normal(3)):
    return o.numpy.dot(c, o.numpy.linalg.solve(A, b))


@row("X W")
def batch_of_products(o, X=normal(3, 2, 4), W=normal(4, 2), c=normal(3, 2, 2)):
    return o.numpy.sum(c * o.tanh(o.numpy.matmul(X, W)))


@row("T")
def three_way_contraction(o, T=normal(4, 2, 3), x=normal(4), y=normal(2), z=normal(3)):
    return o.numpy.einsum("ijk,i,j,k->", T, x, y, z)


# ---- broadcasting


@row("b", lambda X, b, c: (np.sum(c * np.cos(X + b), axis=0),), copies={"b": (5, 3)})
def add_a_row(o, b=normal(3), X=normal(5, 3), c=normal(5, 3)):
    return o.numpy.sum(c * o.sin(X + b))


@row("s X", lambda s, X, c: (np.sum(c * X, axis=1, keepdims=True), c * s), copies={"s": (3, 4)})
def scale_the_rows(o, s=normal(3, 1), X=normal(3, 4), c=normal(3, 4)):
    return o.numpy.sum(c * s * X)


@row("a", lambda a, X: (2 * np.sum(X * (a * X - 1)),), copies={"a": (4, 3)})
def one_number_for_all(o, a=normal(), X=normal(4, 3)):
    return o.numpy.sum((a * X - 1) ** 2)


@row("x y")
def squared_distances(o, x=normal(3), y=normal(4), c=normal(3, 4)):
    return o.numpy.sum(c * (x[:, None] - y[None, :]) ** 2)


@row("X")
def layer_normalisation(o, X=normal(3, 5), c=normal(3, 5)):
    centred = X - o.numpy.mean(X, axis=1, keepdims=True)
    return o.numpy.sum(c * centred / o.sqrt(o.numpy.mean(centred**2, axis=1, keepdims=True) + 1e-2))


# ---- indexing


@row("x", lambda x, c: (np.bincount([0, 2, 2, 4, 0, 1], c * np.cos(x[[0, 2, 2, 4, 0, 1]]), 5),))
def repeated_indices(o, x=normal(5), c=C):
    return o.numpy.sum(c * o.sin(x[o.numpy.array([0, 2, 2, 4, 0, 1])]))


@row("x", lambda x: (2 * (np.append(0, np.diff(x)) - np.append(np.diff(x), 0)),))
def total_variation(o, x=normal(6)):
    return o.numpy.sum((x[1:] - x[:-1]) ** 2)


@row("x")
def reversed_product(o, x=normal(5), c=normal(5)):
    return o.numpy.sum(c * x * x[::-1])


@row("E")
def embedding(o, E=normal(5, 3), c=normal(4, 3)):
    return o.numpy.sum(c * o.tanh(E[o.numpy.array([0, 3, 3, 4])])) + 0.1 * o.numpy.sum(E**2)


@row("x")
def polynomial_by_horner(o, x=normal(4), c=normal(4)):
    y = 0.5 * x - 1.0
    for a in (2.0, -1.0, 0.3):
        y = y * x + a
    return o.numpy.sum(c * y)


@row("x")
def rosenbrock(o, x=normal(4)):
    return o.numpy.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


# ---- softmax and losses


@row("z")
def softmax_weighted(o, z=normal(3, 4), c=normal(3, 4)):
    return o.numpy.sum(c * o.softmax(z))


@row("z", lambda z, y: ((_softmax(z) - y) / len(z),), batch=5, averages=True)
def cross_entropy_of_scores(o, z=normal(5, 3), y=one_hot(5, 3)):
    return -o.numpy.mean(o.numpy.sum(y * o.log(o.softmax(z)), axis=1))


def _softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@row(
    "W b",
    lambda W, b, X, y: (X.T @ (p := _softmax(X @ W + b) - y), p.sum(axis=0)),
    batch=6,
    copies={"b": (6, 3)},
)
def softmax_regression(o, W=normal(4, 3), b=normal(3), X=normal(6, 4), y=one_hot(6, 3)):
    return -o.numpy.sum(y * o.log(o.softmax(o.numpy.dot(X, W) + b)))


@row("w", lambda w, X, t: (X.T @ (sigmoid(X @ w) - t),), batch=8)
def logistic_loss(o, w=normal(3), X=normal(8, 3), t=labels(8)):
    z = o.numpy.dot(X, w)
    return o.numpy.sum(o.numpy.logaddexp(0.0, z) - t * z)


@row("w", lambda w, X, t: (X.T @ (sigmoid(X @ w) - t) / len(X),), batch=8, averages=True)
def mean_logistic_loss(o, w=normal(3), X=normal(8, 3), t=labels(8)):
    p = o.sigmoid(o.numpy.dot(X, w))
    return -o.numpy.mean(t * o.log(p) + (1 - t) * o.log(1 - p))


@row(
    "w b",
    lambda w, b, X, t, lam: (X.T @ (r := sigmoid(X @ w + b) - t) / len(X) + lam * w, np.mean(r)),
    batch=7,
    averages=True,
    weight="lam",
    unpenalised="b",
)
def penalised_logistic_loss(o, w=normal(3), b=normal(), X=normal(7, 3), t=labels(7), lam=0.3):
    z = o.numpy.dot(X, w) + b
    return o.numpy.mean(o.numpy.logaddexp(0.0, z) - t * z) + 0.5 * lam * o.numpy.sum(w**2)


@row("w", lambda w, X, t: (2 * X.T @ (X @ w - t) + 0.4 * w,), batch=6)
def ridge(o, w=normal(4), X=normal(6, 4), t=normal(6)):
    return o.numpy.sum((o.numpy.dot(X, w) - t) ** 2) + 0.2 * o.numpy.sum(w**2)


@row(
    "w b",
    lambda w, b, X, t, lam: (lam * w - X.T @ (m := t * (t * (X @ w + b) < 1)) / len(X), -np.mean(m)),
    batch=9,
    averages=True,
    weight="lam",
    unpenalised="b",
)
def hinge(o, w=normal(3), b=normal(), X=normal(9, 3), t=labels(9, (-1.0, 1.0)), lam=0.2):
    margin = 1 - t * (o.numpy.dot(X, w) + b)
    return o.numpy.mean(o.maximum(0.0, margin)) + 0.5 * lam * o.numpy.sum(w**2)


@row("W", batch=6)
def multiclass_hinge(o, W=normal(4, 3), X=normal(6, 4), y=one_hot(6, 3)):
    s = o.numpy.dot(X, W)
    right = o.numpy.sum(y * s, axis=1, keepdims=True)
    return o.numpy.sum((1 - y) * o.maximum(0.0, s - right + 1))


@row("m r")
def gaussian_likelihood(o, m=normal(3), r=normal(3), X=normal(6, 3)):
    return o.numpy.sum(r + 0.5 * ((X - m) / o.exp(r)) ** 2)


@row("x y")
def cosine_similarity(o, x=normal(4), y=normal(4)):
    return o.numpy.dot(x, y) / o.sqrt(o.numpy.dot(x, x) * o.numpy.dot(y, y))


@row("X")
def gaussian_kernel(o, X=normal(4, 2), c=normal(4, 4)):
    differences = X[:, None, :] - X[None, :, :]
    return o.numpy.sum(c * o.exp(-0.5 * o.numpy.sum(differences**2, axis=2)))


# ---- networks


@row("W1 b1 W2 b2", batch=5, averages=True, copies={"b1": (5, 4), "b2": (5, 3)})
def tanh_network(
    o, W1=normal(2, 4), b1=normal(4), W2=normal(4, 3), b2=normal(3), X=normal(5, 2), y=one_hot(5, 3)
):
    h = o.tanh(o.numpy.dot(X, W1) + b1)
    return -o.numpy.mean(o.numpy.sum(y * o.log(o.softmax(o.numpy.dot(h, W2) + b2)), axis=1))


@row("W1 W2", weight="lam", batch=6)
def relu_network(o, W1=normal(3, 4), W2=normal(4, 2), X=normal(6, 3), T=normal(6, 2), lam=0.1):
    h = o.maximum(0.0, o.numpy.dot(X, W1))
    penalty = 0.5 * lam * (o.numpy.sum(W1**2) + o.numpy.sum(W2**2))
    return o.numpy.sum((o.numpy.dot(h, W2) - T) ** 2) + penalty


@row("w b")
def logistic_neuron(o, w=normal(3), b=normal(), x=normal(3)):
    return o.sigmoid(o.numpy.dot(w, x) + b)


@row("W")
def tied_autoencoder(o, W=normal(4, 2), X=normal(5, 4)):
    code = o.tanh(o.numpy.dot(X, W))
    return 0.5 * o.numpy.sum((o.numpy.dot(code, W.T) - X) ** 2)


@row("W U")
def recurrent_network(o, W=normal(3, 3), U=normal(2, 3), X=normal(4, 2), c=normal(3)):
    h = 0.0 * X[0, 0] + o.numpy.zeros(3)
    for t in range(4):
        h = o.tanh(o.numpy.dot(h, W) + o.numpy.dot(X[t], U))
    return o.numpy.dot(h, c)


@row("W")
def residual_block(o, W=normal(3, 3), X=normal(4, 3), c=normal(4, 3)):
    h = o.tanh(o.numpy.dot(X, W))
    return o.numpy.sum(c * (h + o.tanh(o.numpy.dot(h, W))))


@row("Q K V")
def attention(o, Q=normal(3, 2), K=normal(4, 2), V=normal(4, 3), c=normal(3, 3)):
    return o.numpy.sum(c * o.numpy.dot(o.softmax(o.numpy.dot(Q, K.T)), V))


@row("k", entry_by_entry=True)
def convolution(o, k=normal(3), x=normal(8), c=normal(6)):
    return o.numpy.sum(c * o.tanh(k[0] * x[:6] + k[1] * x[1:7] + k[2] * x[2:]))


@row("K", entry_by_entry=True)
def convolution_2d(o, K=normal(2, 3), x=normal(4, 5), c=normal(3, 3)):
    out = 0.0
    for i in range(2):
        for j in range(3):
            out = out + K[i, j] * x[i : i + 3, j : j + 3]
    return o.numpy.sum(c * o.maximum(0.0, out))
