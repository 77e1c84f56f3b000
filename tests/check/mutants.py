"""Right gradients of the functions in the table, and the ways to corrupt them.

A corruption is either a change of the right numbers (sign, factor, transpose) or a mistake in the chain rule.
The latter is made where students make it: autograd runs on primitives with a wrong derivative, or with a
backward pass that writes = for +=. Nothing here knows how the referee works.
"""

from dataclasses import dataclass
from types import SimpleNamespace

import autograd.numpy as anp
import numpy as np
from autograd import grad
from autograd.core import SparseObject, VJPNode, toposort
from autograd.extend import defvjp, primitive
from autograd.tracer import trace

from gradschool.check.inputs import Draw

from .table import PLAIN, TRACED, Row

EPS = np.finfo(float).eps


@dataclass
class Case:
    """One row of the table, its inputs and outputs scaled: c f(x / s)."""

    row: Row
    size: float = 1.0
    scales: dict = None

    def __post_init__(self):
        self.scales = {**dict.fromkeys(self.row.wrt, 1.0), **(self.scales or {})}

    def at(self):
        """The inputs' recipes."""
        return {name: self._scaled(name, draw) for name, draw in self.row.at.items()}

    def _scaled(self, name, draw):
        s = self.scales.get(name, 1.0)
        if s == 1.0 or not isinstance(draw, Draw):
            return draw
        return Draw(f"{s} * {draw.text}", lambda rng: s * draw.make(rng))

    def _unscaled(self, inputs):
        return {name: value / self.scales[name] if name in self.scales else value for name, value in inputs.items()}

    def f(self, **inputs):
        return self.size * self.row.f(PLAIN, **self._unscaled(inputs))

    def gradient(self, o=TRACED, take=grad):
        """The gradient with the functions in `o`, by `take`: a function that returns a list of arrays."""

        def gradients(**inputs):
            inputs = self._unscaled(inputs)
            found = []
            for name in self.row.wrt:
                others = {key: value for key, value in inputs.items() if key != name}
                f = lambda x, name=name, others=others: self.row.f(o, **others, **{name: x})  # noqa: E731
                found.append(self.size / self.scales[name] * take(f)(inputs[name]))
            return found

        return gradients

    def right(self, **inputs):
        """The right gradient, by hand where there is one."""
        if self.row.by_hand is None:
            return self.gradient()(**inputs)
        values = self.row.by_hand(**self._unscaled(inputs))
        return [self.size / self.scales[name] * value for name, value in zip(self.row.wrt, values, strict=True)]


@dataclass(frozen=True)
class Mutant:
    """A wrong gradient: the corruption's name, the causes that would name it rightly, and the function."""

    corruption: str
    causes: frozenset
    gradients: object  # inputs -> list of arrays


def mutants(case, rng):
    """Every mutant that the case has room for."""
    for corruption in CORRUPTIONS:
        for causes, gradients in corruption(case, rng):
            yield Mutant(corruption.__name__.replace("_", " "), frozenset(causes), gradients)


CORRUPTIONS = []


def corruption(make):
    CORRUPTIONS.append(make)
    return make


# ---- numbers changed


def change(case, rng, function):
    """The right gradient with function(leaf) for one of its leaves, or for all of them."""
    n = len(case.row.wrt)
    chosen = set(range(n)) if rng.random() < 0.5 else {int(rng.integers(n))}
    return lambda **inputs: [function(g) if i in chosen else g for i, g in enumerate(case.right(**inputs))]


@corruption
def sign(case, rng):
    yield {"sign turned"}, change(case, rng, lambda g: -g)


@corruption
def factor_2(case, rng):
    yield {"factor 2"}, change(case, rng, lambda g: 2 * g)
    yield {"factor 2"}, change(case, rng, lambda g: g / 2)


@corruption
def factor_1_001(case, rng):
    yield _if_several(case, "factor 1.001"), change(case, rng, lambda g: 1.001 * g)


@corruption
def factor_1_00001(case, rng):
    yield _if_several(case, "factor 1.00001"), change(case, rng, lambda g: 1.00001 * g)


def _if_several(case, cause):
    """A factor shows where several entries share it; any wrong number is a right one times something."""
    return {cause} if all(np.size(g) > 1 for g in _shapes(case)) else set()


@corruption
def zero(case, rng):
    yield {"all zeros"}, change(case, rng, lambda g: 0 * g)


@corruption
def one_entry(case, rng):
    def spoil(factor):
        spot = rng.random()

        def change_one(g):
            g = np.array(g, dtype=float)
            g.flat[int(spot * g.size)] *= factor
            return g

        return change_one

    for factor in (-1.0, 0.0, 1.01, 1 + 1e-5):
        causes = {"one path lost"} if factor == 0 and case.row.entry_by_entry else set()
        yield causes, change(case, rng, spoil(factor))


@corruption
def last_row(case, rng):
    def spoil(g):
        g = np.array(g, dtype=float)
        g[-1] *= 1.5
        return g

    if all(np.ndim(g) > 0 for g in _shapes(case)):
        yield set(), change(case, rng, spoil)


@corruption
def transposed(case, rng):
    if any(np.ndim(g) == 2 for g in _shapes(case)):
        chosen = [np.ndim(g) == 2 for g in _shapes(case)]
        yield {"transposed"}, lambda **inputs: [
            g.T if turn else g for g, turn in zip(case.right(**inputs), chosen, strict=True)
        ]


@corruption
def float32(case, rng):
    def short(value):
        real = isinstance(value, (float, np.ndarray)) and np.asarray(value).dtype.kind == "f"
        return np.float32(value) if real else value

    def gradients(**inputs):
        found = case.right(**{name: short(value) for name, value in inputs.items()})
        return [np.asarray(np.float32(g), dtype=float)[()] for g in found]

    yield {"computed in float32"}, gradients


def _shapes(case):
    return [case.row.at[name].make(np.random.default_rng(0)) for name in case.row.wrt]


# ---- memory


@corruption
def stale_cache(case, rng):
    cache = {}

    def gradients(**inputs):
        key = tuple(np.shape(value) for value in inputs.values())
        if key not in cache:
            cache[key] = case.right(**inputs)
        return cache[key]

    yield {"does not follow its inputs"}, gradients


@corruption
def input_mutated(case, rng):
    def gradients(**inputs):
        found = case.right(**inputs)
        for value in inputs.values():
            if isinstance(value, np.ndarray) and value.dtype.kind == "f":
                value *= 2
                return found
        return found

    if any(np.ndim(g) for g in _shapes(case)):
        yield {"input changed in place"}, gradients


# ---- the chain rule


def overwriting(f):
    """autograd's backward pass with = for +=."""

    def gradient(x):
        _, end = trace(VJPNode.new_root(), f, x)
        adjoints = {end: 1.0}
        for node in toposort(end):
            adjoint = adjoints.pop(node)
            for parent, contribution in zip(node.parents, node.vjp(adjoint), strict=True):
                sparse = isinstance(contribution, SparseObject)
                adjoints[parent] = contribution.mut_add(contribution.vs.zeros()) if sparse else contribution
        return np.asarray(adjoint)[()]

    return gradient


@corruption
def overwritten(case, rng):
    """= for +=."""
    yield {"one path lost", "regulariser forgotten"}, case.gradient(take=overwriting)


DERIVATIVES = {
    "exp": np.exp,
    "log": lambda x: 1 / x,
    "sin": np.cos,
    "cos": lambda x: -np.sin(x),
    "tanh": lambda x: 1 - np.tanh(x) ** 2,
    "sqrt": lambda x: 0.5 / np.sqrt(x),
    "log1p": lambda x: 1 / (1 + x),
    "expm1": np.exp,
    "arctan": lambda x: 1 / (1 + x**2),
    "sinh": np.cosh,
    "cosh": np.sinh,
    "sigmoid": lambda x: PLAIN.sigmoid(x) * (1 - PLAIN.sigmoid(x)),
}
OF_OUTPUT = {
    "tanh": lambda v: 1 - v * v,
    "sigmoid": lambda v: v * (1 - v),
    "exp": lambda v: v,
    "sqrt": lambda v: 0.5 / v,
}


def bent(name, derivative):
    """The namespace with a wrong derivative(x, output) for one of its functions."""
    function = primitive(getattr(PLAIN, name))
    defvjp(function, lambda out, x: lambda g: g * derivative(x, out))
    return SimpleNamespace(**{**vars(TRACED), name: function})


def used(row):
    """Names of the elementwise functions that a row's function calls by name."""
    called = set()

    def note(name, function):
        def noting(*args):
            called.add(name)
            return function(*args)

        return noting

    functions = {name: function for name, function in vars(PLAIN).items() if callable(function)}
    watched = SimpleNamespace(numpy=np, **{name: note(name, function) for name, function in functions.items()})
    rng = np.random.default_rng(0)
    row.f(watched, **{name: draw.make(rng) if isinstance(draw, Draw) else draw for name, draw in row.at.items()})
    return called


@corruption
def missing_chain_factor(case, rng):
    for name in sorted(used(case.row) & set(DERIVATIVES)):
        yield {"chain factor missing"}, case.gradient(bent(name, lambda x, out: np.ones_like(x)))


@corruption
def wrong_activation_derivative(case, rng):
    for name in sorted(used(case.row) & set(DERIVATIVES)):
        d = DERIVATIVES[name]
        causes = {"derivative at the wrong place"}
        yield causes, case.gradient(bent(name, lambda x, out, d=d: d(out)))
        if name in OF_OUTPUT:
            yield causes, case.gradient(bent(name, lambda x, out, name=name: OF_OUTPUT[name](x)))
        if name != "exp":
            yield {"function for its derivative"}, case.gradient(bent(name, lambda x, out: out))


@corruption
def wrong_side_of_a_kink(case, rng):
    names = used(case.row)
    causes = {"wrong side of the kink"}
    for name in sorted(names & {"maximum", "minimum"}):
        function = primitive(getattr(np, name))
        defvjp(
            function,
            lambda out, a, b: lambda g: _sum_to(g * (out != a), a),
            lambda out, a, b: lambda g: _sum_to(g * (out != b), b),
        )
        yield causes, case.gradient(SimpleNamespace(**{**vars(TRACED), name: function}))
    if "abs" in names:
        yield causes, case.gradient(bent("abs", lambda x, out: -np.sign(x)))
    if "where" in names:
        swapped = lambda condition, a, b: anp.where(condition, b, a)  # noqa: E731
        yield causes, case.gradient(SimpleNamespace(**{**vars(TRACED), "where": swapped}))


def _sum_to(g, like):
    extra = np.ndim(g) - np.ndim(like)
    return np.sum(g, axis=tuple(range(extra)))


@corruption
def unsummed_broadcast(case, rng):
    """An input that is broadcast: the derivative by all its copies, or by the first of them."""
    for name, shape in case.row.copies.items():
        for reduce_to in ("all", "first"):

            def gradients(name=name, shape=shape, reduce_to=reduce_to, **inputs):
                found = case.right(**inputs)
                plain = case._unscaled(inputs)
                others = {key: value for key, value in plain.items() if key != name}
                copies = grad(lambda b: case.row.f(TRACED, **others, **{name: b}))(
                    np.array(np.broadcast_to(plain[name], shape))
                )
                i = case.row.wrt.index(name)
                if reduce_to == "first":
                    small = np.shape(plain[name])
                    copies = copies[(0,) * (copies.ndim - len(small))]
                    copies = copies[tuple(slice(0, n) for n in small)]
                found[i] = case.size / case.scales[name] * copies
                return found

            causes = {"not summed over the broadcast axis"} if reduce_to == "all" else set()
            yield causes, gradients


@corruption
def sum_for_mean(case, rng):
    n = case.row.batch
    if n and case.row.weight is None and case.row.name != "ridge":
        factor, cause = (n, "sum for mean") if case.row.averages else (1 / n, "mean for sum")
        yield {cause}, lambda **inputs: [factor * g for g in case.right(**inputs)]


@corruption
def regulariser(case, rng):
    """Forgotten, doubled, halved."""
    weight = case.row.weight
    if weight is None:
        return
    for factor, cause in ((0.0, "forgotten"), (2.0, "doubled"), (0.5, "halved")):
        yield (
            {f"regulariser {cause}"},
            lambda factor=factor, **inputs: case.right(**{**inputs, weight: factor * inputs[weight]}),
        )


@corruption
def bias_penalised(case, rng):
    name = case.row.unpenalised
    if name is None:
        return

    def gradients(**inputs):
        found = case.right(**inputs)
        penalised = next(other for other in case.row.wrt if other != name)
        rate = case.size * inputs[case.row.weight] / case.scales[penalised] ** 2
        i = case.row.wrt.index(name)
        found[i] = found[i] + rate * inputs[name]
        return found

    yield {"bias penalised"}, gradients
