"""Lecture 2 runs from a fresh kernel, and what it measures is what the syllabus and its text say."""

import math

import numpy as np
import pytest
from lectures import run

from gradschool import show

MEASURED = [
    "[(s.name, s.operation, s.value) for s in trace.steps]", "[(s.name, s.operation) for s in python_order.steps]",
    "orders", "outcomes", "differing", "chain_slope", "float(witness.value)", "path_products", "from_paths",
    "from_graph", "measured.value", "measured.error", "my_paths", "path_counts", "path_work", "arrow_counts",
    "diamond_slope", "forward_gradient", "backward_gradient", "len(long.partials())", "passes", "cause", "losing_on_f",
    "losing_on_chain", "list(map(str, symbolic))", "symbolic_at_point", "swell", "product_swell", "digits_lost",
    "by_lines",
]  # fmt: skip

pytestmark = pytest.mark.slow
GRADIENT = [5.5, 2 - math.cos(5)]  # by hand, at (2, 5)


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    return run(2, MEASURED, tmp_path_factory.mktemp("lecture"))


def test_it_keeps_the_rules_of_every_lecture(measured):
    measured.keeps_the_rules(figures=3)


def test_graphs_and_the_stepper_can_be_read_as_text(measured):
    data = [output.data for output in measured.outputs if "data" in output]
    assert all(part.get("text/plain") for part in data)
    drawn = [part["text/html"] for part in data if "image/svg+xml" in part["text/html"] and "image/png" not in part]
    assert len(drawn) == 7  # six graphs and the stepper
    assert all('alt="Computational graph of ' in picture for picture in drawn)
    [stepper] = [part for part in data if "application/vnd.jupyter.widget-view+json" in part]
    assert "<table" in stepper["text/html"]
    assert "1.716" in stepper["text/plain"]


def test_the_evaluation_trace(measured):
    steps = measured["[(s.name, s.operation, s.value) for s in trace.steps]"]
    assert [name for name, _, _ in steps] == ["v-1", "v0", "v1", "v2", "v3", "v4", "v5"]
    assert [operation for _, operation, _ in steps[2:]] == ["log", "multiply", "sin", "add", "subtract"]
    assert [f"{value:.3f}" for _, _, value in steps] == [
        "2.000", "5.000", "0.693", "10.000", "-0.959", "10.693", "11.652",
    ]  # fmt: skip


def test_several_orders_and_one_graph(measured):
    assert [operation for _, operation in measured["[(s.name, s.operation) for s in python_order.steps]"]][2:] == [
        "log", "multiply", "add", "sin", "subtract",
    ]  # fmt: skip
    orders = measured["orders"]
    assert len(orders) == len(set(orders)) == 8
    assert {"v3 v1 v2 v4 v5", "v2 v1 v4 v3 v5"} < set(map(" ".join, orders))  # A and C of the question
    assert ("v1", "v4", "v2", "v3", "v5") not in orders  # B
    assert measured["outcomes"] == {math.log(2) + 2 * 5 - math.sin(5)}
    assert 50 < measured["differing"] < 150  # rounding; not every libm gives the same last bit


def test_a_chain_multiplies(measured):
    assert measured["chain_slope"] == 24
    assert measured["float(witness.value)"] == pytest.approx(24, abs=1e-10)


def test_paths_by_hand(measured):
    assert measured["path_products"] == pytest.approx(
        {
            "v-1 → v1 → v4 → v5": 0.5,
            "v-1 → v2 → v4 → v5": 5,
            "v0 → v2 → v4 → v5": 2,
            "v0 → v3 → v5": -math.cos(5),
        }
    )


def test_all_witnesses_agree(measured):
    for name in ("from_paths", "from_graph", "forward_gradient", "backward_gradient", "symbolic_at_point"):
        assert measured[name] == pytest.approx(GRADIENT, rel=1e-14), name
        assert [f"{slope:.3f}" for slope in measured[name]] == ["5.500", "1.716"]
    assert max(measured["measured.error"]) < 1e-10
    for value, error, exact in zip(measured["measured.value"], measured["measured.error"], GRADIENT, strict=True):
        assert abs(value - exact) <= error
    assert measured["list(map(str, symbolic))"] == ["x2 + 1/x1", "x1 - cos(x2)"]


def test_diamonds_have_exponentially_many_paths_over_few_arrows(measured):
    sizes = range(1, 13)
    assert measured["path_counts"] == {n: 2**n for n in sizes}
    assert measured["path_work"] == {n: 2 * n * 2**n for n in sizes}
    assert measured["arrow_counts"] == {n: 4 * n for n in sizes}
    assert measured["len(long.partials())"] == 1200
    along, against = measured["passes"]
    assert along == pytest.approx(against, rel=1e-12)


def test_the_slope_of_twelve_diamonds(measured):
    """The logistic map has a closed form: sin(2^n arcsin(sqrt(x)))^2 after n steps."""
    x, n = 0.3, 12
    angle = 2**n * math.asin(math.sqrt(x))
    exact = 2**n * math.sin(2 * angle) / (2 * math.sqrt(x * (1 - x)))
    assert measured["diamond_slope"] == pytest.approx(exact, rel=1e-9)


def test_the_mistake_is_made_and_named(measured):
    assert measured["cause"] == "one path lost"
    assert measured["losing_on_f"] == (0.5, 2)
    assert measured["losing_on_chain"] == 24  # right: a chain cannot show it


def test_expression_swell(measured):
    swell = measured["swell"]
    assert list(swell) == list(range(2, 12))
    assert swell[11] == {
        "formula": 2558, "derivative": 82176, "multiplied out": 3068, "shared": 237, "AD": 80,
    }  # fmt: skip
    for n, row in swell.items():
        assert row["multiplied out"] == 3 * 2 ** (n - 1) - 4
        assert row["AD"] == 8 * (n - 1)
    assert all(swell[n + 1]["derivative"] > 2 * swell[n]["derivative"] for n in range(2, 11))
    assert all(swell[n]["shared"] == 2 * n**2 - 5 for n in range(4, 12))  # quadratic


def test_the_product_swells_like_a_square(measured):
    swell = measured["product_swell"]
    assert swell[20] == {"formula": 39, "derivative": 759, "multiplied out": 56, "shared": 229, "AD": 116}
    assert swell[20]["derivative"] == 360 + 19 + 20 * 19  # unit 1's multiplications, and the additions
    for n, row in swell.items():
        assert row["AD"] == 6 * n - 4
        assert row["derivative"] == 2 * n**2 - 2 * n - 1 or n == 2


def test_sharing_before_differentiating_costs_no_more_than_ad(measured):
    assert measured["by_lines"] == {"l11": 59, "product": 196}
    assert measured["by_lines"]["l11"] <= measured["swell"][11]["AD"]
    assert measured["by_lines"]["product"] <= measured["product_swell"][40]["AD"]


def test_multiplying_out_loses_the_digits_and_ad_does_not(measured):
    lost = measured["digits_lost"]
    assert max(by_ad for _, by_ad in lost.values()) < 1e-13
    assert lost[6][0] > 1e-6
    assert lost[7][0] > 1e6


def paths_of(f, x=0.5):
    """The number of paths from the input to the output, by a count that is not the lecture's."""
    trace = show.trace(f, x)
    ways = {step.name: 0 for step in trace.steps} | {"v0": 1}
    for operand, step in trace.partials():
        ways[step] += ways[operand]
    return ways[trace.outputs[0].name], trace


def test_what_the_reader_is_asked_to_change(measured):
    assert measured["my_paths"] == [["v0", "v1", "v3"], ["v0", "v2", "v3"]]

    def squared(x):
        a = np.sin(x)
        return a * a

    def repeated(x):
        a = np.sin(x)
        for _ in range(3):
            a = np.sin(a)
        return a * np.exp(x)

    def branching(x):
        if x > 1:
            x = x * x
        return np.sin(x) * np.exp(x)

    ways, trace = paths_of(squared)
    assert ways == 1  # as partials() counts; drawn are two
    assert trace["v2"].operands == ("v1", "v1")
    assert trace.partials()["v1", "v2"] == pytest.approx(0.959, abs=5e-4)
    ways, trace = paths_of(lambda x: np.sin(x) * np.exp(x) + x)
    assert ways == 3
    assert trace.partials()["v0", "v4"] == 1
    ways, trace = paths_of(repeated)
    assert ways == 2
    assert [step.operation for step in trace.steps].count("sin") == 4
    assert "multiply" in [step.operation for step in paths_of(branching, 1.5)[1].steps][:2]
    assert "multiply" not in [step.operation for step in paths_of(branching, 0.5)[1].steps][:3]
