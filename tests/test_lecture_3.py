"""Lecture 3 runs from a fresh kernel, and its tangents are those of the syllabus."""

import re
from math import cos, exp, pi, sqrt

import pytest
from lectures import COURSE, run

MEASURED = [
    "easy_partials", "neuron_sweep", "neuron_trace_tangents", "trace.value", "len(trace.steps)", "value", "f_tangents",
    "f_trace.tangents(1.0, 0.0)", "f_trace.tangents(0.0, 1.0)", "pushed", "(product.primal, product.tangent)",
    "(cube.primal, cube.tangent)", "heard", "heron_slope", "rounds", "slope_at_one", "heron_verdicts",
    "sloppy_slope_at_one", "fresh_slope_at_one", "slopes_at_tie", "tie_verdicts", "velocity", "J", "runs_of_jvp",
    "runs_of_jacobian", "sweep_bill", "gradient_bill", "jacobian_bill", "dropped", "drop_verdict", "column", "refusal",
    "both_seeded", "hasty_verdict", "confused", "clear", "confusion_verdict", "second", "truncated", "slope_of_steps",
]  # fmt: skip

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    return run(3, MEASURED, tmp_path_factory.mktemp("lecture"))


def last(tangents):
    """The tangent of the output: of the step that was written last."""
    return list(tangents.values())[-1]


def test_it_keeps_the_rules_of_every_lecture(measured):
    measured.keeps_the_rules(figures=5)


def test_the_stepper_and_the_tables_are_there(measured):
    kinds = [set(output.data) for output in measured.outputs if "data" in output]
    assert sum("application/vnd.jupyter.widget-view+json" in kind for kind in kinds) == 1
    shown = [
        output.data["text/html"] for output in measured.outputs if "v̇" in output.get("data", {}).get("text/plain", "")
    ]
    assert ["<table" in html for html in shown] == [True, True, True, False]  # table, stepper, table, graph
    assert "<img " in shown[3] and "1.716" in shown[3]


def test_the_logistic_neuron_by_hand(measured):
    """At w = 2, x = 3, b = -6 the output is 1/2, and 1/2 (1 - 1/2) = 1/4."""
    assert measured["easy_partials"] == {"w": 0.75, "x": 0.5, "b": 0.25}


def test_the_logistic_neuron_in_six_steps(measured):
    """At b = -6 - ln 3, where forgetting the factor e would show."""
    by_hand = {"w": (2, 1), "p": (6, 3), "e": (3, -9), "d": (4, -9), "y": (1 / 4, 9 / 16)}
    for name, expected in by_hand.items():
        assert measured["neuron_sweep"][name] == pytest.approx(expected, rel=1e-12)
    assert measured["neuron_sweep"]["n"] == pytest.approx([-v for v in measured["neuron_sweep"]["s"]], rel=1e-12)


def test_the_trace_agrees_with_the_table_by_hand(measured):
    assert measured["len(trace.steps)"] == 3 + 6
    assert measured["trace.value"] == pytest.approx(1 / 4)
    by_hand = [tangent for _, tangent in measured["neuron_sweep"].values()][1:]  # without w
    assert list(measured["neuron_trace_tangents"].values())[3:] == pytest.approx(by_hand, rel=1e-12)


def test_published_tangents_of_the_trace(measured):
    assert f"{measured['value']:.3f}" == "11.652"
    published = {(1.0, 0.0): "5.500", (0.0, 1.0): "1.716", (3.0, -1.0): "14.784"}
    assert {seed: f"{tangent:.3f}" for seed, tangent in measured["f_tangents"].items()} == published
    assert measured["f_tangents"][3.0, -1.0] == pytest.approx(3 * 5.5 - (2 - cos(5)), rel=1e-14)
    assert last(measured["f_trace.tangents(1.0, 0.0)"]) == pytest.approx(5.5, rel=1e-14)
    assert last(measured["f_trace.tangents(0.0, 1.0)"]) == pytest.approx(2 - cos(5), rel=1e-14)


def test_dual_numbers(measured):
    assert measured["(product.primal, product.tangent)"] == (10, 13)
    assert measured["(cube.primal, cube.tangent)"] == (18, 17)
    assert measured["pushed"] == (1, 1, 0, 1)
    assert measured["heard"] == ["numpy wants exp of 1", "numpy wants multiply of 2"]


def test_a_loop(measured):
    assert measured["heron_slope"] == pytest.approx(0.5 / sqrt(2), rel=1e-14)
    by_hand = [(2, 1), (3 / 2, 1 / 2), (17 / 12, 13 / 36)]
    for came, expected in zip(measured["rounds"], by_hand, strict=False):
        assert came == pytest.approx(expected, rel=1e-14)
    assert measured["rounds"][-1] == pytest.approx((sqrt(2), 0.5 / sqrt(2)), rel=1e-14)


def test_the_stale_tangent_is_seen_by_the_check_and_cured(measured):
    assert measured["slope_at_one"] == 1
    assert measured["heron_verdicts"] == {2.0: "right", 1.0: "wrong"}
    assert measured["sloppy_slope_at_one"] == 1
    assert measured["fresh_slope_at_one"] == 0.5


def test_ties(measured):
    assert list(measured["slopes_at_tie"].values()) == [0, 1, 0, 1, 0.5]
    assert set(measured["tie_verdicts"].values()) == {"kink"}


def test_one_sweep_gives_all_outputs(measured):
    assert measured["velocity"] == pytest.approx([-6, 1, pi + 6])
    for row, expected in zip(measured["J"], [[0, -2], [1, 0], [pi, 2]], strict=True):
        assert row == pytest.approx(expected, abs=1e-15)
    assert (measured["runs_of_jvp"], measured["runs_of_jacobian"]) == (1, 2)


def test_the_bill(measured):
    """Ratios in one run; the bounds are wide, for the machine may be busy. Measured: 3000, 2 and 2."""
    assert measured["gradient_bill"][-1] > 1_000  # 1,000 inputs, no sweep is cheaper than an evaluation
    assert measured["gradient_bill"][-1] > 20 * measured["gradient_bill"][1]  # 100 times as many inputs
    assert measured["jacobian_bill"][-1] < 6  # 100,000 outputs
    assert measured["sweep_bill"][-1] < 6


def test_the_mistakes_are_made_and_seen(measured):
    assert measured["dropped"] == pytest.approx(exp(0.5))
    assert measured["column"] == [3, 0]
    assert "derivative would be lost" in measured["refusal"]
    assert f"{measured['both_seeded']:.3f}" == "7.216"
    assert (measured["confused"], measured["clear"]) == (2, 1)
    for verdict in ("drop_verdict", "hasty_verdict", "confusion_verdict"):
        assert measured[verdict] == "wrong"


def test_second_derivatives_and_whole_numbers(measured):
    assert measured["second"] == 12
    assert measured["truncated"] == 0
    assert measured["slope_of_steps"] == 2


def test_the_problem_set_names_its_lectures_and_their_sections_as_they_are_called():
    head = COURSE.problem_sets()["ps2"].read_text(encoding="utf-8").split("## Question 1.")[0]
    lectures = [unit for unit in COURSE.units() if unit.number in (2, 3)]
    assert [f"*{unit.title}*" in head for unit in lectures] == [True, True]
    texts = [unit.lecture.read_text(encoding="utf-8") for unit in lectures]
    sections = re.findall(r"^## (.+)$", "\n".join(texts), re.M)
    named = re.findall(r"as far as \*(.+?)\*", head)
    assert len(named) == 2 and set(named) < set(sections)
