"""Lecture 4 runs from a fresh kernel, and what it measures is what the syllabus publishes."""

import numpy as np
import pytest
from lectures import run

MEASURED = [
    "neuron_slopes", "[line.value for line in tape]", "adjoints", "reports", "traced_adjoints", "forward_slopes",
    "right_slopes", "sloppy_slopes", "on_sloppy.cause", "hasty", "patient", "on_hasty.cause", "order_of_f",
    "LENGTH", "died_of", "looped_order == sorted(looped_order, reverse=True)", "len(looped_order)", "len(long_tape)",
    "slope_of_chain", "deep_slope", "on_deaf.cause", "shared", "identity", "on_unsummed.cause", "b.shape",
    "broadcast_adjoints",
    "sizes", "central_ratios", "forward_ratios", "reverse_ratios", "gaps", "curve_ratio", "lengths", "alone_bytes",
    "sweep_bytes", "tape_bytes", "tape_growth", "same_x", "right_xs", "swinging_xs", "on_forgetful.cause",
    "slope_at_kink", "kink_verdicts", "straight", "straight_too", "engine_slopes", "[losses[0], losses[-1]]",
    "learned",
]  # fmt: skip

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    return run(4, MEASURED, tmp_path_factory.mktemp("lecture"))


def test_it_keeps_the_rules_of_every_lecture(measured):
    measured.keeps_the_rules(figures=4)


def test_the_stepper_is_there_with_a_table_that_stands_still(measured):
    shown = [output.data for output in measured.outputs if "data" in output]
    [stepper] = [data for data in shown if "application/vnd.jupyter.widget-view+json" in data]
    assert "<table" in stepper["text/html"]
    assert "-0.284 + 2 = 1.716" in stepper["text/plain"]


def test_the_graphs_have_a_text(measured):
    shown = [output.data for output in measured.outputs if "data" in output and "image/png" not in output.data]
    graphs = [data["text/html"] for data in shown if "<img " in data.get("text/html", "")]
    assert len(graphs) >= 2
    for html in graphs:
        assert len(html.split('alt="')[1].split('"')[0]) > 80


def test_the_neuron_backwards(measured):
    assert measured["neuron_slopes"] == pytest.approx((9 / 16, 6 / 16, 3 / 16))


def test_the_two_stages_on_the_published_trace(measured):
    """Lines 0 and 1 of the tape are x1 and x2, and lines 2 to 6 are v1 to v5."""
    assert measured["[line.value for line in tape]"] == pytest.approx(
        [2, 5, 0.693, 10, -0.959, 10.693, 11.652], abs=5e-4
    )
    assert measured["adjoints"] == pytest.approx([5.5, 2 - np.cos(5), 1, 1, -1, 1, 1])
    names = ("v-1", "v0", "v1", "v2", "v3", "v4", "v5")
    assert [measured["traced_adjoints"][name] for name in names] == pytest.approx(measured["adjoints"])
    assert measured["forward_slopes"] == pytest.approx((5.5, 1.716), abs=5e-4)
    assert measured["engine_slopes"] == pytest.approx((5.5, 1.716), abs=5e-4)


def test_what_reports_to_the_inputs_and_in_which_order(measured):
    to_inputs = [(j, amount) for _, j, amount in measured["reports"] if j in (0, 1)]
    assert [j for j, _ in to_inputs] == [1, 0, 1, 0]
    assert [amount for _, amount in to_inputs] == pytest.approx([-0.284, 5, 2, 0.5], abs=5e-4)


def test_each_mistake_is_made_and_named_by_the_check(measured):
    assert measured["right_slopes"] == [17, 8]
    assert measured["sloppy_slopes"] == (4, 8)
    assert measured["on_sloppy.cause"] == "one path lost"
    assert (measured["hasty"], measured["patient"]) == (6, 10)
    assert measured["on_hasty.cause"] == "one path lost"
    assert measured["on_deaf.cause"] == "cotangent ignored"
    assert measured["on_unsummed.cause"] == "not summed over the broadcast axis"
    assert measured["b.shape"] == (4, 3)
    assert measured["on_forgetful.cause"] == "not the same twice"


def test_a_graph_a_hundred_thousand_deep_kills_the_recursion_and_no_loop(measured):
    assert measured["order_of_f"] == [6, 4, 5, 3, 1, 2, 0]
    assert measured["LENGTH"] == 100_000
    assert measured["died_of"] == "RecursionError"
    assert measured["len(looped_order)"] == measured["len(long_tape)"] == 100_001
    assert measured["looped_order == sorted(looped_order, reverse=True)"]
    x, slope = 1.0, 1.0
    for _ in range(100_000):
        x, slope = np.sin(x), slope * np.cos(x)
    assert measured["slope_of_chain"] == pytest.approx(slope)
    assert measured["deep_slope"] == pytest.approx(slope)


def test_vjps_and_broadcasting(measured):
    assert measured["shared"] == [101, 102]
    of_result, of_operand = measured["identity"]
    assert of_result == pytest.approx(of_operand, rel=1e-12)
    assert measured["broadcast_adjoints"] == {
        "(3,)": [22, 26, 30], "(4, 1)": [[6], [15], [24], [33]], "()": 78,
    }  # fmt: skip


def test_the_price_in_time(measured):
    """Ratios in one run; the bounds are wide, for the machine may be busy. Measured: 2200, 2400, at most 4 and 290."""
    assert measured["sizes"] == (1, 3, 10, 30, 100, 300, 1000)
    assert measured["central_ratios"][-1] > 500
    assert measured["forward_ratios"][-1] > 500
    assert max(measured["reverse_ratios"]) < 30
    assert max(measured["gaps"]) < 1e-8
    assert measured["curve_ratio"] > 20


def test_the_price_in_memory(measured):
    assert measured["lengths"] == (1, 3, 10, 30, 100, 300, 1000)
    of_the_operands = [80_000 * length for length in measured["lengths"]]
    assert measured["tape_bytes"] == pytest.approx(of_the_operands, rel=0.05)
    assert max(measured["alone_bytes"]) < 3 * 80_000
    assert max(measured["sweep_bytes"]) < 8 * 80_000


def test_a_tape_that_is_kept_grows_and_does_not_lie(measured):
    growth = measured["tape_growth"]
    assert {steps: lines for steps, (lines, _, _) in growth.items()} == {10: 40, 30: 120, 100: 400, 300: 1200}
    (_, few_bytes, soon), (_, many_bytes, late) = growth[10], growth[300]
    assert many_bytes > 10 * few_bytes
    assert late > 3 * soon
    assert measured["same_x"]


def test_a_gradient_that_is_kept_swings(measured):
    assert measured["right_xs"][:3] == pytest.approx([0, 0.6, 1.08])
    assert measured["right_xs"][-1] == pytest.approx(3, abs=1e-3)
    swinging = measured["swinging_xs"]
    assert swinging[:4] == pytest.approx([0, 0.6, 1.68, 3.024])
    assert min(swinging[7:]) < 0.1
    assert max(swinging[7:]) > 5.9


def test_the_kink(measured):
    assert measured["slope_at_kink"] == 0.5
    assert measured["kink_verdicts"] == {0.0: "kink", 0.5: "kink", 1.0: "kink", 1.5: "wrong"}
    assert (measured["straight"], measured["straight_too"]) == (1, 0.5)


def test_the_neuron_learns_and(measured):
    first, last = measured["[losses[0], losses[-1]]"]
    assert first == pytest.approx(np.log(2))
    assert last < 0.01
    assert np.round(measured["learned"]).tolist() == [0, 0, 0, 1]
