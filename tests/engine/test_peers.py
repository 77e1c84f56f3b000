"""Against other engines: random composites by autograd (and by PyTorch and JAX where they are installed), and the
facts that micrograd's and autograd's own tests state."""

import warnings

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradschool import forward, reverse
from gradschool.reverse import grad, jacobian, value_and_grad

# Programs. A program is a list of steps; each makes a new array from arrays made before, and the result is a weighted
# sum of all that was made. An array is a matrix of M x N, so that every step fits. Every step is smooth and bounded.

M, N = 3, 4
ONE = {
    "tanh": lambda o, x: o.tanh(x),
    "sin": lambda o, x: o.sin(2 * x),
    "exp": lambda o, x: o.exp(-(x**2)),
    "log": lambda o, x: o.log(1.5 + o.cos(x)),
    "sqrt": lambda o, x: o.sqrt(1 + x**2) - 1,
    "power": lambda o, x: (1 + o.exp(-x * x)) ** 1.5 - 1,
    "arctan": lambda o, x: o.arctan(x),
    "softmax": lambda o, x: o.exp(o.tanh(x)) / o.sum(o.exp(o.tanh(x)), axis=1, keepdims=True),
    "centre": lambda o, x: x - o.mean(x, axis=0),
    "scale": lambda o, x: x / o.sqrt(0.5 + o.var(x, axis=1, keepdims=True)),
    "row": lambda o, x: o.tanh(x[1]) - x / 2,
    "flip": lambda o, x: x[::-1, ::-1] * 0.9,
    "gather": lambda o, x: x[np.array([2, 0, 2])] * 0.7,
    "fold": lambda o, x: o.reshape(o.transpose(x), (M, N)),
    "cumulate": lambda o, x: o.cumsum(x, axis=1) / N,
    "roll": lambda o, x: o.roll(x, 1, axis=1),
    "sort": lambda o, x: o.stack([o.sort(x[k]) for k in range(M)]),
    "join": lambda o, x: o.concatenate([x[:, 2:], o.tanh(x[:, :2])], axis=1),
    "norm": lambda o, x: x / (0.5 + o.sqrt(0.1 + o.sum(x**2))),
    "repeat": lambda o, x: o.repeat(o.max(x, axis=1, keepdims=True), N, axis=1) * 0.8,
    "gram": lambda o, x: o.tanh(x @ x.T @ x / N),
    "einsum": lambda o, x: o.einsum("ij,kj,kl->il", o.tanh(x), o.tanh(x), o.tanh(x)) / N,
}
TWO = {
    "add": lambda o, x, y: (x + y) / 2,
    "subtract": lambda o, x, y: x - 0.5 * y,
    "multiply": lambda o, x, y: o.tanh(x) * y,
    "divide": lambda o, x, y: x / (2 + o.tanh(y)),
    "matmul": lambda o, x, y: o.tanh(x @ o.transpose(y)) @ x / 3,
    "column": lambda o, x, y: x + o.sum(y, axis=1, keepdims=True) / N,
    "outer": lambda o, x, y: o.outer(o.tanh(x[:, 0]), y[0]),
    "maximum": lambda o, x, y: o.maximum(x, y),
    "minimum": lambda o, x, y: o.minimum(x, 0.9 * y),
    "where": lambda o, x, y: o.where(x > y, x * y, o.sin(y)),
    "logaddexp": lambda o, x, y: o.logaddexp(x, y) / 2,
    "branch": lambda o, x, y: x * y if o.sum(x) > 0 else o.sin(x) - y,
}
PYTORCH_HAS_NOT = {"sort", "repeat", "roll", "join", "einsum", "branch", "flip", "gather", "cumulate", "outer"}


@st.composite
def programs(draw, without=frozenset()):
    steps = []
    for made in range(2, draw(st.integers(3, 12))):
        name = draw(st.sampled_from(sorted((ONE.keys() | TWO.keys()) - without)))
        steps.append((name, draw(st.integers(0, made - 1)), draw(st.integers(0, made - 1))))
    return steps


def run(steps, o, x, y):
    made = [x, y]
    for name, i, j in steps:
        made.append(ONE[name](o, made[i]) if name in ONE else TWO[name](o, made[i], made[j]))
    total = 0.0
    for k, array in enumerate(made):
        total = total + o.sum(array * WEIGHTS[k])
    return total


WEIGHTS = np.random.default_rng(3).standard_normal((12, M, N))
seeds = st.integers(0, 2**32 - 1)


def inputs(seed, number=2):
    return np.random.default_rng(seed).standard_normal((number, M, N))


def same(a, b, rtol=1e-9):
    np.testing.assert_allclose(a, b, rtol=rtol, atol=rtol * (1 + np.max(np.abs(b))))


@settings(max_examples=150, deadline=None)
@given(programs(), seeds)
def test_gradients_of_programs_are_autograds(steps, seed):
    x, y = inputs(seed)
    value, (by_x, by_y) = value_and_grad(lambda x, y: run(steps, np, x, y), (0, 1))(x, y)
    assert value == run(steps, np, x, y)
    theirs = autograd.grad(lambda x, y: run(steps, anp, x, y), (0, 1))(x, y)
    same(by_x, theirs[0])
    same(by_y, theirs[1])


@settings(max_examples=60, deadline=None)
@given(programs(), seeds)
def test_forward_mode_agrees_with_reverse(steps, seed):
    x, y, v, w = inputs(seed, 4)
    f = lambda x, y: run(steps, np, x, y)  # noqa: E731
    _, tangent = forward.jvp(f, (x, y), (v, w))
    by_x, by_y = grad(f, (0, 1))(x, y)
    same(tangent, np.sum(by_x * v) + np.sum(by_y * w))


@pytest.mark.filterwarnings("ignore:Output seems independent of input")
@settings(max_examples=60, deadline=None)
@given(programs(), seeds)
def test_hessian_vector_products_of_programs_are_autograds(steps, seed):
    x, y, v = inputs(seed, 3)
    f = lambda x: run(steps, np, x, y)  # noqa: E731
    theirs = autograd.hessian_vector_product(lambda x: run(steps, anp, x, y))(x, v)
    same(reverse.hvp(f)(x, v), theirs, rtol=1e-8)
    same(forward.hvp(f)(x, v), theirs, rtol=1e-8)
    same(grad(lambda x: np.sum(grad(f)(x) * v))(x), theirs, rtol=1e-8)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(programs(without=PYTORCH_HAS_NOT), seeds)
def test_gradients_of_programs_are_pytorchs(steps, seed):
    torch = pytest.importorskip("torch")

    class Torch:
        """The functions of numpy that programs use, by PyTorch's names."""

        def __getattr__(self, name):
            function = {"transpose": torch.t}.get(name, getattr(torch, name, None))
            return lambda *args, axis=None, keepdims=False: (
                function(*args) if axis is None else function(*args, dim=axis, keepdim=keepdims)
            )

        def var(self, x, axis, keepdims):
            return torch.var(x, dim=axis, keepdim=keepdims, correction=0)

    x, y = inputs(seed)
    tensors = [torch.tensor(a, requires_grad=True) for a in (x, y)]
    weighted = [torch.tensor(w) for w in WEIGHTS]
    made = list(tensors)
    for name, i, j in steps:
        made.append(ONE[name](Torch(), made[i]) if name in ONE else TWO[name](Torch(), made[i], made[j]))
    sum(torch.sum(array * w) for array, w in zip(made, weighted, strict=False)).backward()
    ours = grad(lambda x, y: run(steps, np, x, y), (0, 1))(x, y)
    for a, tensor in zip(ours, tensors, strict=True):
        same(a, tensor.grad.numpy())


@settings(max_examples=10, deadline=None)
@given(programs(without={"branch"}), seeds)
def test_gradients_of_programs_are_jaxs(steps, seed):
    jax = pytest.importorskip("jax")
    jax.config.update("jax_enable_x64", True)
    x, y = inputs(seed)
    theirs = jax.grad(lambda x, y: run(steps, jax.numpy, x, y), (0, 1))(x, y)
    ours = grad(lambda x, y: run(steps, np, x, y), (0, 1))(x, y)
    for a, b in zip(ours, theirs, strict=True):
        same(a, np.asarray(b))


# micrograd's tests: two expressions of numbers, by values that PyTorch gave.


def relu(x):
    return np.maximum(x, 0)


def test_micrograd_first_expression():
    def f(x):
        z = 2 * x + 2 + x
        q = relu(z) + z * x
        h = relu(z * z)
        return h + q + q * x

    assert value_and_grad(f)(-4.0) == (-20.0, 46.0)
    assert forward.derivative(f)(-4.0) == 46.0


def test_micrograd_more_operations():
    def f(a, b):
        c = a + b
        d = a * b + b**3
        c += c + 1
        c += 1 + c + (-a)
        d += d * 2 + relu(b + a)
        d += 3 * d + relu(b - a)
        e = c - d
        f = e**2
        g = f / 2.0
        g += 10.0 / f
        return g

    value, (by_a, by_b) = value_and_grad(f, (0, 1))(-4.0, 2.0)
    assert [round(float(number), 4) for number in (value, by_a, by_b)] == [24.7041, 138.8338, 645.5773]


def test_a_value_used_twice_gets_both():
    """micrograd's classic: the adjoints of a + a add up."""
    assert grad(lambda a: a + a)(3.0) == 2.0
    assert grad(lambda a: a * a + a)(3.0) == 7.0


# What autograd's tests state, in words of our own.


def test_the_gradient_of_a_constant_output_is_zero():
    assert grad(lambda x: 1.0)(2.0) == 0.0
    assert grad(lambda x, y: y**2)(2.0, 3.0) == 0.0


def test_identity_and_double_use_through_structures():
    def f(pair):
        return pair[0] * pair[1][0] + pair[1][0]

    assert grad(f)((3.0, [2.0])) == (2.0, [4.0])


def test_third_derivative_by_nesting():
    f = lambda x: np.sin(np.sin(x)) + np.sin(x)  # noqa: E731
    g = lambda x: anp.sin(anp.sin(x)) + anp.sin(x)  # noqa: E731
    ours = grad(grad(grad(f)))(0.7)
    same(ours, autograd.grad(autograd.grad(autograd.grad(g)))(0.7))


def test_a_function_closed_over_an_outer_variable():
    """Nested derivatives by different variables: d/dx of x * d/dy (x^2 y^3)."""
    f = lambda x: x * grad(lambda y: x**2 * y**3)(x)  # noqa: E731
    assert grad(f)(2.0) == 15 * 2.0**4


def test_hessian_of_a_quadratic_is_symmetric_and_exact():
    a = np.random.default_rng(0).standard_normal((4, 4))
    same(jacobian(grad(lambda x: x @ a @ x))(np.ones(4)), a + a.T)


def test_jacobian_against_products():
    x = np.random.default_rng(1).standard_normal((3, 2))
    f = lambda o, x: o.sin(x @ np.ones((2, 4))) * x[0, 1]  # noqa: E731
    full = jacobian(lambda x: f(np, x))(x)
    same(full, autograd.jacobian(lambda x: f(anp, x))(x))
    v, g = np.random.default_rng(2).standard_normal((3, 2)), np.random.default_rng(3).standard_normal((3, 4))
    same(forward.jvp(lambda x: f(np, x), (x,), (v,))[1], np.tensordot(full, v))
    same(reverse.vjp(lambda x: f(np, x), x)[1](g)[0], np.tensordot(g, full))


def test_slicing_assembles_and_splits():
    x = np.arange(12.0).reshape(3, 4)
    f = lambda o, x: o.sum(o.sin(x[1:, ::2]) * x[0, 1]) + o.sum(x[:, np.newaxis, 0] * x[..., 3])  # noqa: E731
    same(grad(lambda x: f(np, x))(x), autograd.grad(lambda x: f(anp, x))(x))


@pytest.mark.parametrize("function", [np.isfinite, np.isnan, np.sign, np.floor, np.argmax, np.argsort, np.nonzero])
def test_functions_without_a_derivative_give_plain_results(function):
    def f(x):
        result = function(x)
        assert not isinstance(result, reverse.Variable)
        return np.sum(x)

    assert grad(f)(np.array([1.0, -2.0])).tolist() == [1.0, 1.0]


def test_zeros_like_ones_like_and_shapes_are_plain():
    def f(x):
        assert np.shape(x) == x.shape == (2, 3) and np.ndim(x) == x.ndim == 2 and np.size(x) == x.size == 6
        assert len(x) == 2 and not np.zeros_like(x).any() and np.ones_like(x).dtype == x.dtype == float
        return np.sum(x * np.ones_like(x))

    assert (grad(f)(np.zeros((2, 3))) == 1).all()


def test_division_by_zero_warns_as_numpy_does():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert grad(lambda x: np.log(x))(0.0) == np.inf
    assert any("divide by zero" in str(warning.message) for warning in caught)


def test_a_mutable_state_of_python_is_no_hindrance():
    """Lists, dicts and generators of traced values, as autograd's tests build them."""

    def f(x):
        values = [x * k for k in range(4)]
        table = {name: v for name, v in zip("abcd", values, strict=True)}
        return sum(table.values()) * max(values)

    same(grad(f)(2.0), 2 * 6 * 3 * 2.0)
