"""The trace of a function: its numbers, its formulas, its tables, and its picture."""

import base64
import re
import sys
import time
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from gradschool import show
from gradschool.forward import jvp
from gradschool.kinds import PRIMITIVES, Primitive, primitive
from gradschool.reverse import grad, logsumexp
from gradschool.show import formulas, graph
from gradschool.show.layout import layout
from gradschool.show.notation import MINUS, markup, number, short, symbol, width
from gradschool.tracer import LostDerivative

SVG = "{http://www.w3.org/2000/svg}"


def evaluated_by_hand(x1, x2):
    """y = ln(x1) + x1 x2 - sin(x2), in the order in which the syllabus computes it."""
    v1 = np.log(x1)
    v2 = x1 * x2
    v3 = np.sin(x2)
    v4 = v1 + v2
    return v4 - v3


def neuron(w, x, b):
    return 1 / (1 + np.exp(-(w * x + b)))


def fan_out(a):
    b = a * a
    return b + b * a


def network(W, b, u, x, t):
    return np.sum((u @ np.tanh(W @ x + b) - t) ** 2)


def long_chain(x, r):
    for _ in range(15):
        x = r * np.sin(x)
    return x


def logistic_map(x, r):
    for _ in range(5):
        x = r * x * (1 - x)
    return x


RNG = np.random.default_rng(3)
NETWORK = [RNG.normal(size=(3, 2)), RNG.normal(size=3), RNG.normal(size=(2, 3)), RNG.normal(size=2), RNG.normal(size=2)]
TRACES = {
    "by_hand": show.trace(evaluated_by_hand, 2.0, 5.0),
    "neuron": show.trace(neuron, -1.0, 2.0, 0.5),
    "anchor": show.trace(lambda x, y, z: (x + y) * z, -2.0, 5.0, -4.0),
    "fan_out": show.trace(fan_out, 3.0),
    "network": show.trace(network, *NETWORK),
    "long_chain": show.trace(long_chain, 0.5, 1.1),
    "logistic_map": show.trace(logistic_map, 0.3, 3.2),
    "two_outputs": show.trace(lambda x, y: (x * y, x + y), 2.0, 3.0),
    "input_itself": show.trace(lambda x: x, 2.0),
}
each_trace = pytest.mark.parametrize("trace", TRACES.values(), ids=TRACES)


# The numbers


def test_the_trace_of_the_syllabus():
    trace = TRACES["by_hand"]
    rounded = {step.name: round(float(step.value), 3) for step in trace.steps}
    assert rounded == {"v-1": 2, "v0": 5, "v1": 0.693, "v2": 10, "v3": -0.959, "v4": 10.693, "v5": 11.652}
    assert [step.operation for step in trace.steps[2:]] == ["log", "multiply", "sin", "add", "subtract"]
    assert [step.operands for step in trace.steps[2:]] == [
        ("v-1",), ("v-1", "v0"), ("v0",), ("v1", "v2"), ("v4", "v3")
    ]  # fmt: skip
    assert [step.label for step in trace.inputs] == ["x1", "x2"]
    assert trace.value == evaluated_by_hand(2.0, 5.0)


def test_both_sweeps_of_the_syllabus():
    trace = TRACES["by_hand"]
    assert trace.tangents(1.0, 0.0)["v5"] == 5.5
    assert round(trace.tangents(0.0, 1.0)["v5"], 3) == 1.716
    adjoints = trace.adjoints()
    assert (adjoints["v5"], adjoints["v4"], adjoints["v3"], adjoints["v2"], adjoints["v1"]) == (1, 1, -1, 1, 1)
    assert (adjoints["v-1"], round(adjoints["v0"], 3)) == (5.5, 1.716)


def test_the_two_stages_of_a_fan_out_come_one_after_the_other():
    of_v0 = [c for c in TRACES["by_hand"].contributions() if c.source.name == "v0"]
    assert [(c.step.name, round(float(c.amount), 3), c.first) for c in of_v0] == [
        ("v3", -0.284, True),
        ("v2", 2.0, False),
    ]
    assert of_v0[1].before == of_v0[0].after == of_v0[0].amount


def test_the_neuron_has_six_steps():
    operations = [step.operation for step in TRACES["neuron"].steps if step.operation != "input"]
    assert operations == ["multiply", "add", "negative", "exp", "add", "divide"]
    assert TRACES["neuron"]["v5"].operands == ("1", "v4")


def test_partials_of_the_anchor_and_of_a_value_used_twice():
    assert TRACES["anchor"].partials() == {
        ("v-2", "v1"): 1, ("v-1", "v1"): 1, ("v1", "v2"): -4, ("v0", "v2"): 3
    }  # fmt: skip
    partials = TRACES["fan_out"].partials()
    assert partials["v0", "v1"] == 6  # of a * a: both of its edges
    assert partials["v0", "v2"] == 9


UNARY = [np.sin, np.cos, np.tanh, np.exp, np.square, np.arctan, np.negative, abs]
BINARY = [np.add, np.subtract, np.multiply, np.maximum, np.hypot, lambda a, b: a / (2 + b * b)]


def random_program(rng, steps):
    """A function of three numbers that applies random operations to what it has so far."""
    plan = [(rng.integers(2), rng.integers(100), rng.integers(10**6, size=2)) for _ in range(steps)]

    def program(x, y, z):
        known = [x, y, z]
        for binary, which, places in plan:
            a, b = (known[place % len(known)] for place in places)
            made = BINARY[which % len(BINARY)](a, b) if binary else UNARY[which % len(UNARY)](a * 0.5)
            known.append(made / 3)
        return sum(known[3:])

    return program


@pytest.mark.parametrize("seed", range(20))
def test_sweeps_and_paths_agree_with_the_engine(seed):
    rng = np.random.default_rng(seed)
    program, point, direction = random_program(rng, 12), rng.normal(size=3), rng.normal(size=3)
    traced = show.trace(program, *point)
    gradient = np.array(grad(program, (0, 1, 2))(*point))
    names = ["v-2", "v-1", "v0"]
    adjoints = traced.adjoints(2.0)
    assert traced.value == program(*point)
    assert np.allclose([adjoints[name] for name in names], 2 * gradient, rtol=1e-12, atol=1e-14)
    [output] = traced.outputs
    slope = jvp(program, tuple(point), tuple(direction))[1]
    assert np.isclose(traced.tangents(*direction)[output.name], slope, rtol=1e-12, atol=1e-14)
    total = dict.fromkeys([step.name for step in traced.steps], 0.0) | {output.name: 1.0}
    for (operand, step), partial in reversed(traced.partials().items()):
        total[operand] += total[step] * partial
    assert np.allclose([total[name] for name in names], gradient, rtol=1e-12, atol=1e-14)


def test_arrays_that_broadcast_agree_with_the_engine():
    rng = np.random.default_rng(1)
    args = [rng.normal(size=shape) for shape in ((4, 3), (3,), (4, 1))]

    def f(X, w, s):
        return np.mean(logsumexp(np.stack([X * w + s, X]), axis=0)[1:, 0] ** 2)

    traced = show.trace(f, *args)
    for step, expected in zip(traced.inputs, grad(f, (0, 1, 2))(*args), strict=True):
        assert np.allclose(traced.adjoints()[step.name], expected, rtol=1e-12)
    directions = [rng.normal(size=x.shape) for x in args]
    assert np.isclose(traced.tangents(*directions)[traced.outputs[0].name], jvp(f, tuple(args), tuple(directions))[1])
    assert traced.partials()["v-1", "v1"].shape == (4, 3, 3)


def test_a_derivative_can_be_traced_itself():
    traced = show.trace(grad(lambda x: x**3), 2.0)
    assert traced.value == 12
    assert traced.adjoints()["v0"] == 12  # (x^3)'' = 6 x


def test_inputs_may_be_nested_and_other_arguments_are_constants():
    def f(params, label, scale):
        return np.sum(params["W"] * params["parts"][1]) * label * scale

    traced = show.trace(f, {"W": np.ones(2), "parts": [1.0, 3.0]}, 4, 2.0)
    labels = ["params['W']", "params['parts'][0]", "params['parts'][1]", "scale"]
    assert [step.label for step in traced.inputs] == labels
    assert traced.value == 48
    assert traced["v3"].operands == ("v2", "4")
    assert traced.adjoints()["v-2"] == 0  # of the part that is not used


def test_names_and_what_is_refused():
    assert [step.label for step in show.trace(neuron, 1.0, 1.0, 1.0, names="abc").inputs] == list("abc")
    assert [step.label for step in show.trace(np.hypot, 3.0, 4.0).inputs] == ["x1", "x2"]
    with pytest.raises(ValueError, match="2 names for 3 inputs: w, x, b"):
        show.trace(neuron, 1.0, 1.0, 1.0, names=["w", "x"])
    with pytest.raises(TypeError, match=r"write 2\.0 for 2"):
        show.trace(lambda n: n * 2, 3)
    with pytest.raises(TypeError, match=r"a seed for each input \(x1, x2\), and got 1"):
        TRACES["by_hand"].tangents(1.0)
    with pytest.raises(TypeError, match="a seed for each output"):
        TRACES["two_outputs"].adjoints()
    with pytest.raises(ValueError, match=r"seed of W has shape \(2, 3\), but its value has \(3, 2\)"):
        TRACES["network"].tangents(NETWORK[0].T, *NETWORK[1:])


def test_several_outputs_are_seeded_one_by_one():
    adjoints = TRACES["two_outputs"].adjoints(1.0, 10.0)
    assert (adjoints["v-1"], adjoints["v0"]) == (13, 12)
    same = show.trace(lambda x: (x * x,) * 2, 3.0)
    assert same.adjoints()["v0"] == 6


def test_a_constant_result_has_no_outputs_and_no_slope():
    traced = show.trace(lambda x: 3.0, 2.0)
    assert (traced.value, traced.outputs, traced.adjoints()) == (3.0, [], {"v0": 0})
    assert "No output depends" in traced.drawing().alt


def test_what_is_changed_afterwards_does_not_change_the_trace():
    x, c = np.array([1.0, 2.0]), np.array([3.0, 4.0])

    def f(x):
        y = np.sum(x * c)
        c[:] = 0
        return y

    traced = show.trace(f, x)
    x[:] = 0
    assert traced.adjoints()["v0"].tolist() == [3, 4]
    assert traced.tangents(np.array([1.0, 0.0]))["v2"] == 3


def test_what_leaks_out_of_the_run_says_so():
    kept = []
    show.trace(lambda x: kept.append(x) or x * 2, 1.0)
    with pytest.raises(LostDerivative, match="leaked"):
        kept[0] + 1


# The formulas


LETTERS = {name: getattr(np, name) for name in dir(np) if not name.startswith("_")}
LETTERS |= {"step": lambda x: np.heaviside(x, 0.5), "abs": abs}
OUTSIDE = {"arccosh": (1.1, 3), **dict.fromkeys(("log", "log2", "log10", "sqrt", "power"), (0.1, 3))}
TIES = [(1.5, 1.5), (-2.0, -2.0)]


def functions_of(operation):
    return [f for f, p in PRIMITIVES.items() if type(p) is Primitive and formulas.operation(p) == operation]


@pytest.mark.parametrize("operation", formulas.ELEMENTWISE)
def test_each_formula_is_the_engines_rule(operation):
    formula, *partials = formulas.ELEMENTWISE[operation]
    rng = np.random.default_rng(0)
    points = rng.uniform(*OUTSIDE.get(operation, (-0.9, 0.9)), size=(6, len(partials))).tolist()
    if operation in ("maximum", "minimum"):
        points += TIES
    assert functions_of(operation)
    for function in functions_of(operation):
        for point in points:
            step = show.trace(function, *map(float, point)).steps[-1]
            assert step.operation == operation
            letters = LETTERS | {"x": point[0], **dict(zip("ab", point, strict=False)), "y": step.value}
            assert np.isclose(eval(formula, letters), step.value, rtol=1e-13)
            by_formula = [eval(partial, letters) for partial in partials]
            by_engine = trace_of(step).edge_partials(step)
            assert np.allclose(by_formula, by_engine, rtol=1e-12, atol=1e-15)


def trace_of(step):
    return show.Trace(step.value, [*step.sources, step], [step], "f")


def test_powers_by_a_constant_are_written_with_the_next_lower_one():
    expected = {2.0: "2 · v₀", 3: "3 · v₀²", -1: "-1 · v₀^(-2)", 0.5: "0.5 · v₀^(-0.5)", 21: "21 · v₀^20"}
    for n, written in expected.items():
        assert formulas.partial(show.trace(lambda x, n=n: np.power(x, n), 3.0).steps[-1], 0) == written


@pytest.mark.parametrize("axes", formulas.MATMUL)
def test_each_formula_of_a_product_is_the_engines_rule(axes):
    a, b = (RNG.normal(size=shape[-n:]) for shape, n in zip(((4, 3), (3, 2)), axes, strict=True))
    b = b if axes[1] == 2 else RNG.normal(size=3)
    traced = show.trace(lambda a, b: a @ b, a, b)
    g = RNG.normal(size=np.shape(traced.value))
    for formula, contribution in zip(formulas.MATMUL[axes], traced.contributions(g), strict=True):
        assert np.allclose(eval(formula, LETTERS | {"a": a, "b": b, "g": g}), contribution.amount, rtol=1e-13)


X = RNG.normal(size=(2, 3))
Y = RNG.normal(size=(2, 3))
IN_WORDS = {  # operation -> function, its point, and from (g, y) what the words say
    "sum": (lambda x: np.sum(x, axis=0), X, lambda g, y: np.tile(g, (2, 1))),
    "mean": (lambda x: np.mean(x, axis=0), X, lambda g, y: np.tile(g / 2, (2, 1))),
    "max": (lambda x: np.max(x, axis=0), X, lambda g, y: np.where(y == X, g, 0)),
    "min": (lambda x: np.min(x, axis=0), X, lambda g, y: np.where(y == X, g, 0)),
    "prod": (lambda x: np.prod(x, axis=0), X, lambda g, y: g * X[::-1]),
    "logsumexp": (lambda x: logsumexp(x, 0), X, lambda g, y: g * np.exp(X - y)),
    "euclidean": (lambda x: np.linalg.norm(x, axis=0), X, lambda g, y: g * X / y),
    "getitem": (lambda x: x[1, :2], X, lambda g, y: np.pad(g[None], ((1, 0), (0, 1)))),
    "concatenate": (lambda x: np.concatenate([Y, x]), X, lambda g, y: g[2:]),
    "where": (lambda x: np.where(Y > 0, x, 1.0), X, lambda g, y: np.where(Y > 0, g, 0)),
    "reshape": (lambda x: x.reshape(3, 2), X, lambda g, y: g.reshape(2, 3)),
    "expand_dims": (lambda x: np.expand_dims(x, 1), X, lambda g, y: g.reshape(2, 3)),
    "squeeze": (lambda x: np.squeeze(x), X[:, :1], lambda g, y: g.reshape(2, 1)),
    "broadcast_to": (lambda x: np.broadcast_to(x, (4, 3)), X[0], lambda g, y: g.sum(0)),
    "transpose": (lambda x: x.T, X, lambda g, y: g.T),
    "cumsum": (lambda x: np.cumsum(x), X[0], lambda g, y: np.cumsum(g[::-1])[::-1]),
}


@pytest.mark.parametrize("operation", formulas.WORDS)
def test_what_is_said_in_words_is_what_the_engine_does(operation):
    function, x, meant = IN_WORDS[operation]
    traced = show.trace(function, x)
    assert traced.steps[-1].operation == operation
    g = RNG.normal(size=np.shape(traced.value))
    [contribution] = traced.contributions(g)
    assert np.allclose(contribution.amount, meant(g, traced.value), rtol=1e-12)
    [rule] = formulas.adjoint_rule(contribution.step, 0, g, ())
    assert "v̄₁" in rule and "{" not in rule


def test_linear_operations_are_those_whose_tangent_is_the_operation_itself():
    for operation in formulas.LINEAR:
        function, x, _ = IN_WORDS[operation]
        tangent = RNG.normal(size=x.shape)
        expected = function(tangent) if operation != "concatenate" else np.concatenate([0 * Y, tangent])
        assert np.allclose(show.trace(function, x).tangents(tangent)["v1"], expected)


@primitive(lambda g, y, x: g * np.exp(x - y))
def softplus(x):
    return np.logaddexp(0, x)


def test_an_operation_of_ones_own_gets_the_general_form():
    table = str(show.trace(lambda x: softplus(x), 0.0).table(adjoints=True))
    assert "softplus(v₀) = softplus(0)" in table
    assert "v̄₁ · ∂v₁/∂v₀ = 1 · 0.5" in table
    table = str(show.trace(lambda x: softplus(x), np.zeros(2)).table(adjoints=(np.ones(2),), tangents=(np.ones(2),)))
    assert "vjp of softplus at v₀, of v̄₁" in table and "jvp of softplus at v₀, of v̇₀" in table


def test_every_operation_of_the_engine_has_a_name_without_its_helpers():
    for rules in PRIMITIVES.values():
        assert not formulas.operation(rules).startswith(("_", "<"))


@pytest.mark.parametrize("f, written", [
    (lambda x: x**2, "v₀²"),
    (lambda x: 2.0**x, "2^v₀"),
    (lambda x: x * -3, "v₀ · (-3)"),
    (lambda x: x - (-3.0), "v₀ - (-3)"),
    (lambda x: np.sqrt(x), "√(v₀)"),
    (lambda x: np.log1p(x), "log1p(v₀)"),
    (lambda x: np.maximum(0, x), "maximum(0, v₀)"),
])
def test_operations_are_written_as_in_mathematics(f, written):
    assert show.trace(f, 2.0).steps[-1].formula == written


@pytest.mark.parametrize("f, written", [
    (lambda x: x[1], "v₀[1]"),
    (lambda x: x[:, 1:], "v₀[:, 1:]"),
    (lambda x: x[::2, ..., None], "v₀[::2, ..., None]"),
    (lambda x: x.T, "v₀ᵀ"),
    (lambda x: np.sum(x, axis=0), "sum(v₀, axis=0)"),
    (lambda x: logsumexp(x, 1), "logsumexp(v₀, 1)"),
    (lambda x: np.reshape(x, (3, 2)), "reshape(v₀, (3, 2))"),
    (lambda x: x @ np.ones((3, 2)), "v₀ @ 3\u00d72 array"),
])
def test_operations_on_arrays_are_written_as_in_numpy(f, written):
    assert show.trace(f, X).steps[-1].formula == written


# Notation


@pytest.mark.parametrize("x, written", [
    (2.0, "2"), (0.6931472, "0.693"), (-0.0, "0"), (10.6931, "10.693"), (0.001234, "0.00123"), (0.02, "0.02"),
    (1234567.0, "1.23e6"), (3e-9, "3e-9"), (-1.5e-7, "-1.5e-7"), (np.inf, "∞"), (-np.inf, "-∞"), (np.nan, "nan"),
    (0.09999, "0.1"), (999999.9996, "1000000"),
])
def test_numbers_are_short_and_say_no_more_than_they_know(x, written):
    assert number(x) == written


def test_small_arrays_are_written_out_and_large_ones_named():
    assert short(np.array([[1.0, -0.5], [0.25, 3]])) == "[[1, -0.5], [0.25, 3]]"
    assert short(np.zeros((2, 3))) == "2\u00d73 array"
    assert short(np.zeros(7)) == "7 array"


def test_names_have_true_subscripts_and_no_markup_of_their_own():
    assert symbol("v-1") == "v₋₁" and width(symbol("v12", "\u0304")) == 3
    assert markup("v₋₁ = <b> & -2 - v₀") == "v<sub>~1</sub> = &lt;b&gt; &amp; ~2 ~ v<sub>0</sub>".replace("~", MINUS)
    assert markup("1e-5 (-1) x-axis: -(y)") == "1e~5 (~1) x-axis: ~(y)".replace("~", MINUS)


# The tables


def test_the_table_of_values_as_text():
    assert str(TRACES["by_hand"].table()).splitlines() == [
        "step  operation                    value",
        "----  ---------------------------  ------",
        "v₋₁   x1                           2",
        "v₀    x2                           5",
        "v₁    ln(v₋₁) = ln(2)              0.693",
        "v₂    v₋₁ · v₀ = 2 · 5             10",
        "v₃    sin(v₀) = sin(5)             -0.959",
        "v₄    v₁ + v₂ = 0.693 + 10         10.693",
        "v₅    v₄ - v₃ = 10.693 - (-0.959)  11.652",
    ]


def test_the_table_with_tangents_has_rules_with_numbers():
    lines = str(TRACES["by_hand"].table(tangents=(1.0, 0.0))).splitlines()
    assert re.search(r"v̇₂ +v₀ · v̇₋₁ \+ v₋₁ · v̇₀ = 5 · 1 \+ 2 · 0 +5$", lines[5])
    assert lines[-1].endswith("1 · v̇₄ + (-1) · v̇₃ = 1 · 5.5 + (-1) · 0  5.5")


def test_the_table_with_adjoints_accumulates_in_reverse_order():
    text = str(TRACES["by_hand"].table(adjoints=True))
    order = re.findall(r"^v̄(\S+) \+=", text, re.M)
    assert order == ["₄", "₃", "₁", "₂", "₀", "₋₁", "₀", "₋₁"]
    assert re.search(r"v̄₀ \+= +v̄₂ · ∂v₂/∂v₀ = v̄₂ · v₋₁ = 1 · 2 +2 +-0\.284 \+ 2 = 1\.716$", text, re.M)
    assert re.search(r"v̄₋₁ \+= +v̄₁ · ∂v₁/∂v₋₁ = v̄₁ · \(1 / v₋₁\) = 1 · \(1 / 2\) +0\.5 +5 \+ 0\.5 = 5\.5$", text, re.M)


@each_trace
def test_tables_are_well_formed_and_complete(trace):
    seeds = tuple(np.ones_like(step.value) for step in trace.inputs)
    outputs = tuple(np.ones_like(step.value) for step in trace.outputs)
    tables = trace.table(tangents=seeds, adjoints=outputs)
    page = ET.fromstring(f"<div>{tables._repr_html_()}</div>")
    first, second = page.iter("table")
    assert len(list(first.iter("tr"))) == len(trace.steps) + 1
    assert len(list(second.iter("tr"))) == len(trace.outputs) + len(list(trace.contributions(*outputs))) + 1
    for table in (first, second):
        assert len({len(row) for row in table.iter("tr")}) == 1
        assert all(cell.get("scope") == "col" for cell in table.iter("th"))


def test_a_broadcast_adjoint_says_that_it_is_summed():
    text = str(show.trace(lambda X, w: np.sum(X * w), np.ones((2, 3)), np.ones(3)).table(adjoints=True))
    assert "v̄₁ · v₋₁, summed to 3" in text


# The picture


def parsed(drawing):
    root = ET.fromstring(drawing.svg)
    nodes = {node.get("data-node"): node for node in root.iter(SVG + "g") if node.get("data-node")}
    edges = [edge for edge in root.iter(SVG + "g") if edge.get("data-edge")]
    return root, nodes, edges


def rect(node):
    frame = node.find(SVG + "rect")
    x, y, w, h = (float(frame.get(key)) for key in ("x", "y", "width", "height"))
    return x, y, x + w, y + h


def disjoint(a, b, space=0.0):
    return a[2] + space <= b[0] or b[2] + space <= a[0] or a[3] + space <= b[1] or b[3] + space <= a[1]


def assert_well_drawn(trace, drawing):
    root, nodes, edges = parsed(drawing)
    assert list(nodes) == [step.name for step in trace.steps]
    boxes = {name: rect(node) for name, node in nodes.items()}
    *_, width, height = map(float, root.get("viewBox").split())
    for x, y, right, bottom in boxes.values():
        assert min(x, y) >= 0 and right <= width and bottom <= height
    names = list(boxes)
    assert all(disjoint(boxes[a], boxes[b], 8) for i, a in enumerate(names) for b in names[:i])
    assert len(edges) == len(trace.edges)
    for (source, step), edge in zip(trace.edges, edges, strict=True):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", edge.find(SVG + "path").get("d"))]
        for end, name in ((numbers[:2], source.name), (numbers[-2:], step.name)):
            assert on_frame(end, boxes[name]), f"{source.name} to {step.name} misses {name}"
        for name in set(names) - {source.name, step.name}:
            assert not any(inside(point, boxes[name]) for point in points_on(edge)), f"an edge runs through {name}"


def on_frame(point, box):
    x, y = point
    left, top, right, bottom = box
    touches = min(abs(x - left), abs(x - right), abs(y - top), abs(y - bottom)) <= 0.15
    return touches and left - 0.15 <= x <= right + 0.15 and top - 0.15 <= y <= bottom + 0.15


def inside(point, box):
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]


def points_on(edge):
    """Points along a path of curves and lines."""
    at = None
    for letter, rest in re.findall(r"([MCL])([^MCL]+)", edge.find(SVG + "path").get("d")):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", rest)]
        corners = np.array(numbers).reshape(-1, 2)
        if letter == "C":
            for t in np.linspace(0, 1, 30):
                s = 1 - t
                yield s**3 * at + 3 * s * s * t * corners[0] + 3 * s * t * t * corners[1] + t**3 * corners[2]
        elif letter == "L":
            yield from (at + t * (corners[0] - at) for t in np.linspace(0, 1, 10))
        at = corners[-1]


@pytest.mark.parametrize("direction", [None, "right", "down"])
@each_trace
def test_boxes_keep_apart_and_edges_end_at_their_nodes(trace, direction):
    assert_well_drawn(trace, trace.drawing(direction=direction))
    assert_well_drawn(trace, trace.drawing(partials=True, direction=direction))


@pytest.mark.parametrize("seed", range(15))
def test_random_programs_are_well_drawn(seed):
    rng = np.random.default_rng(seed)
    traced = show.trace(random_program(rng, 8), *rng.normal(size=3))
    assert_well_drawn(traced, traced.drawing(adjoints=True, direction=("right", "down")[seed % 2]))


@pytest.mark.parametrize("name", ["by_hand", "neuron", "anchor", "fan_out"])
def test_labels_of_edges_keep_apart(name):
    root, _, _ = parsed(TRACES[name].drawing(partials=True))
    labels = [text for text in root.iter(SVG + "text") if text.get("class") == "gs-partial"]
    boxes = []
    for label in labels:
        x, y, half = float(label.get("x")), float(label.get("y")), 3.6 * len("".join(label.itertext()))
        boxes.append((x - half, y - 10, x + half, y + 2))
    assert len(labels) == len(TRACES[name].edges)
    assert all(disjoint(a, b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_inputs_stand_first_and_each_step_after_its_operands():
    for traced in TRACES.values():
        _, nodes, _ = parsed(traced.drawing(direction="right"))
        left = {name: rect(node)[0] for name, node in nodes.items()}
        assert len({left[step.name] for step in traced.inputs}) == 1
        assert all(rect(nodes[a.name])[2] < left[b.name] for a, b in traced.edges)


def test_chains_are_straight_and_crossings_are_taken_out():
    placed = layout([(100, 50)] * 6, [(k, k + 1) for k in range(5)])
    assert len({box.across for box in placed.boxes}) == 1
    crossed = layout([(100, 50)] * 4, [(0, 3), (1, 2)])
    assert (crossed.boxes[0].across - crossed.boxes[1].across) * (crossed.boxes[3].across - crossed.boxes[2].across) > 0


def test_a_value_that_is_used_often_has_one_trunk():
    """Its edges share their bends, and a trunk is straight, however many layers it passes."""
    edges = [(0, 1), *[edge for k in range(2, 60) for edge in ((k - 1, k), (0, k))]]
    routes = layout([(60, 40)] * 60, edges).routes
    trunk = [route for (a, b), route in zip(edges, routes, strict=True) if a == 0 and b > 1]
    assert {len(route) for route in trunk} == {4}
    assert len({tuple(route[:2]) for route in trunk}) == 1 and len({route[2][1] for route in trunk}) == 1


def test_every_number_is_in_the_picture():
    _, nodes, _ = parsed(TRACES["by_hand"].drawing(tangents=(1.0, 0.0), adjoints=True, partials=True))
    texts = ["".join(text.itertext()).replace("\u200b", "") for text in nodes["v0"].iter(SVG + "text")]
    assert texts == ["v0 = x2", "5", "v\u03070 = 0", "v\u03040 = 1.716"]
    assert "gs-inside" in ET.tostring(nodes["v5"], encoding="unicode")  # the output has a double frame
    assert "gs-inside" not in ET.tostring(nodes["v4"], encoding="unicode")


def test_the_words_say_every_step():
    alt = TRACES["by_hand"].drawing(tangents=(1.0, 0.0), adjoints=True, partials=True).alt
    assert alt.startswith("Computational graph of evaluated_by_hand: 2 inputs, 5 operations. v-1 is the input x1: 2, ")
    assert "v0 is the input x2: 5, tangent 0, adjoint 1.716." in alt
    assert (
        "v2 is multiply of v-1 and v0: 10, with partial derivatives 5 by v-1 and 2 by v0, tangent 5, adjoint 1." in alt
    )
    assert alt.endswith("The output is v5.")
    for traced in TRACES.values():
        told = traced.drawing().alt
        assert all(f"{step.name} is " in told for step in traced.steps)


def test_what_the_graph_displays(monkeypatch):
    shown = []
    monkeypatch.setattr(sys.modules["gradschool.show.trace"], "display", shown.append)
    assert TRACES["by_hand"].graph() is None
    TRACES["by_hand"].graph(alt='my "own" words')
    bundles = [drawing._repr_mimebundle_() for drawing in shown]
    assert bundles[0]["text/plain"] == str(TRACES["by_hand"].table())
    assert 'alt="my &quot;own&quot; words"' in bundles[1]["text/html"]
    image = re.search(r"data:image/svg\+xml;base64,([^\"]+)", bundles[0]["text/html"])[1]
    assert b"<svg" in base64.b64decode(image)


def test_names_from_outside_are_escaped():
    hostile = '<script>"&\'</script>'
    drawing = show.trace(lambda x: x * 2, 1.0, names=[hostile]).drawing()
    _, nodes, _ = parsed(drawing)
    assert hostile in "".join(nodes["v0"].itertext())
    assert hostile not in drawing.svg and hostile not in drawing._repr_mimebundle_()["text/html"]
    assert "<script" not in show.trace(lambda x: x * 2, 1.0, names=[hostile]).table()._repr_html_()


def test_the_same_graph_is_the_same_bytes():
    def drawn():
        return show.trace(network, *NETWORK).drawing(adjoints=True, partials=True)

    assert drawn() == drawn()


@pytest.mark.slow
def test_a_deep_graph_is_drawn_without_recursion():
    def deep(x, r):
        for _ in range(1000):
            x = r * np.sin(x)
        return x

    assert sys.getrecursionlimit() < 2000
    start = time.perf_counter()
    traced = show.trace(deep, 0.5, 1.1)
    drawing = traced.drawing(adjoints=True)
    assert time.perf_counter() - start < 20
    assert len(parsed(drawing)[1]) == 2002
    assert "1000 times sin and 1000 times multiply" in drawing.alt and len(drawing.alt) < 500
    assert np.isclose(traced.adjoints()["v0"], grad(deep, 1)(0.5, 1.1), rtol=1e-9)


def test_text_stands_out_from_the_card():
    sheet = (graph.STATIC / "graph.css").read_text(encoding="utf-8")
    colours = re.findall(r"var\(--gs-(?:ink|forward|backward), #(\w{6})\)", sheet)
    assert len(colours) == 3
    for colour in colours:
        channels = [int(colour[k : k + 2], 16) / 255 for k in (0, 2, 4)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        assert 1.05 / (np.dot([0.2126, 0.7152, 0.0722], linear) + 0.05) >= 4.5
