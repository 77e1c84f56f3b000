"""Lecture 8 runs from a fresh kernel, and what its text says in numbers is what it measured.

The two published runs come out to every digit: by hand, by our tape and by autograd.
"""

import math

import numpy as np
import pytest
from lectures import run

PUBLISHED = {
    "SUM, 0.01": """0.432387 0.068947 0.068888 0.070752 0.070748 0.070751 0.070754 0.070756 0.070757 0.070758
                    0.070758 0.070758 0.070758 0.070758 0.070758 0.070758 0.070758 0.070758 0.070758 0.070758""",
    "MEAN, 0.05": """0.578766 0.289271 0.233985 0.183354 0.148689 0.120565 0.102844 0.091903 0.085048 0.080741
                     0.077962 0.076086 0.074758 0.073776 0.073021 0.072423 0.071936 0.071532 0.071192 0.070900""",
}
PUBLISHED = {run_: losses.split() for run_, losses in PUBLISHED.items()}

# What the notebook only does for 3,001 steps, or for 2,001, is done in full here.
IN_FULL = {
    ("SUM, 0.01", "tape"): "losses_of(descent(taught_tape, start, 0.01, STEPS), 1000)",
    ("SUM, 0.01", "autograd"): "losses_of(descent(taught_autograd, start, 0.01, STEPS), 1000)",
    ("MEAN, 0.05", "autograd"): "losses_of(descent(autograd_mean, start, 0.05, STEPS), 1000)",
}
VERDICTS = ["right", "unturned", "unturned_square", "input", "zero"]
LAST_BITS = "float(np.sum(flat(hand_nets[1000]) * np.arange(1, 18))).hex()"
MEASURED = [
    "line_accuracy", "best_line", "len(angles)", "accuracy(untrained, X, t)",
    "accuracy(starting_network([2, 3, 2], 1), X, t)", "a_paper", "s_paper", "p_paper", "by_formula", "by_counting",
    "W1_bar", "b1_bar", "W2_bar", "b2_bar", "unturned_on_paper", "tape_gap", "autograd_gap", "back_in_forwards",
    "microseconds", "mean_loss(untrained, X, T)", "ours", "differing", "same_way", "fine_mean[-1]",
    "max(fine_sum[60:])", "last_losses", "last_slopes", "crossing", "sharp_even", "sharp_odd", "gap", LAST_BITS,
    "settled_loss", "settled_sharpness", "settled_slope", "taught_gap", "shaken",
    "{name: mean_loss(net, X, T) for name, net in after_2000.items()}", "accuracies", "entropies", "marks[best]",
    "curve[best]", "curve[-1]", "zero_gradient", "twin_spread", "accuracy(twins, X, t)", "errors_built",
    "errors_trained", "rings_accuracy", "clearance", "my_losses", "len(set(map(tuple, X_unseen)))",
]  # fmt: skip
MEASURED += [f"({name}_verdict.kind, {name}_verdict.cause)" for name in VERDICTS]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lecture(tmp_path_factory):
    return run(8, MEASURED + list(IN_FULL.values()), tmp_path_factory.mktemp("lecture"))


def digits(losses):
    return [f"{loss:.6f}" for loss in losses]


def rounds_as_published(lecture):
    """Whether this machine rounds the SUM run as the published figures were rounded.

    From step 1000 on that run magnifies its rounding, as the lecture shows, so row 2000 and the foot of the final hop
    (0.070758 or 0.071316) depend on how the processor's exp, tanh and matrix products round. This looks at the last
    bits after step 1000, before the magnification. Measured with the AVX-512 kernels of NumPy 2.4: the published
    digits; without them (NPY_DISABLE_CPU_FEATURES="X86_V4 AVX512_ICL"): 0.068950 and the other foot.
    """
    return lecture[LAST_BITS] == "0x1.d9a2d96688fd4p+5"


def has_the_published_digits(lecture, losses, run_):
    if run_.startswith("MEAN") or rounds_as_published(lecture):
        assert digits(losses) == PUBLISHED[run_]
    else:
        assert_rounding_at_most(losses)


def assert_rounding_at_most(losses):
    """The SUM run, whatever the rounding: two sure rows, one in the instability, then one foot or the other."""
    assert digits(losses[:2]) == PUBLISHED["SUM, 0.01"][:2]
    assert 0.0685 < losses[2] < 0.0715
    one_foot = [float(loss) for loss in PUBLISHED["SUM, 0.01"][3 : len(losses)]]
    assert losses[3:] == pytest.approx(one_foot, abs=2e-5) or losses[3:] == pytest.approx([0.07127] * 17, abs=6e-5)


def test_it_keeps_the_rules_of_all_lectures(lecture):
    lecture.keeps_the_rules(figures=9)


def test_there_is_something_to_step_through(lecture):
    shown = [output.data for output in lecture.outputs if "data" in output]
    [stepper] = [data for data in shown if "application/vnd.jupyter.widget-view+json" in data]
    assert "<table" in stepper["text/html"]  # what a page shows where no widget runs
    assert "[-1.28, 0.54]" in stepper["text/plain"]


@pytest.mark.parametrize("run_", PUBLISHED)
def test_the_published_run_by_hand_to_every_digit(lecture, run_):
    has_the_published_digits(lecture, list(lecture["ours"][run_]["by hand"]), run_)


@pytest.mark.parametrize("run_, engine", IN_FULL)
def test_the_published_run_by_an_engine_in_full_to_every_digit(lecture, run_, engine):
    has_the_published_digits(lecture, list(lecture[IN_FULL[run_, engine]]), run_)


def test_the_published_mean_run_by_the_tape_to_every_digit(lecture):
    has_the_published_digits(lecture, list(lecture["ours"]["MEAN, 0.05"]["our tape"]), "MEAN, 0.05")


def test_engines_in_their_own_arithmetic_differ_in_one_row_at_most(lecture):
    """Plain numpy through the tape and autograd: every published digit, but in the row that is made of rounding."""
    if rounds_as_published(lecture):
        assert {(run_, step) for run_, _, step in lecture["differing"]} == {("SUM, 0.01", 2000)}
    assert {run_ for run_, _, _ in lecture["differing"]} <= {"SUM, 0.01"}
    sums = lecture["ours"]["SUM, 0.01"]
    assert [len(losses) for losses in sums.values()] == [20, 20, 4]
    assert_rounding_at_most(sums["by hand"])
    assert_rounding_at_most(sums["our tape"])


def test_that_row_is_rounding(lecture):
    """With the same arithmetic the engines agree with the hand-written run to the last bit."""
    assert lecture["taught_gap"] == 0
    losses = lecture["{name: mean_loss(net, X, T) for name, net in after_2000.items()}"]
    assert losses["by hand"] == losses["our tape, taught"] == losses["autograd, taught"] != losses["our tape"]
    gap = lecture["gap"]
    assert max(gap[:1000]) < 1e-12
    assert 0.05 < max(gap) < 5  # measured: 0.4 at step 1240
    first, second, third = (set(row) for row in list(zip(*lecture["shaken"], strict=True))[1:])
    assert first == {"0.068947"}
    assert len(second) > 10 and min(second) > "0.0688"
    assert third == {"0.070752", "0.071218"}


def test_no_line_will_do(lecture):
    assert lecture["line_accuracy"] == 0.84
    assert lecture["best_line"] == 175
    assert lecture["len(angles)"] == 1440
    assert lecture["accuracy(untrained, X, t)"] == 0.865
    assert lecture["accuracy(starting_network([2, 3, 2], 1), X, t)"] == 0.205


def test_the_network_on_paper(lecture):
    assert lecture["a_paper"][0] == pytest.approx([0.6, 0.8], rel=1e-14)
    assert lecture["s_paper"][0] == pytest.approx([1.8, 1.8], rel=1e-14)
    assert lecture["p_paper"][0] == pytest.approx([0.5, 0.5], rel=1e-14)
    assert np.allclose(lecture["W2_bar"], [[-0.3, 0.3], [-0.4, 0.4]], rtol=1e-12)
    assert lecture["b2_bar"] == pytest.approx([-0.5, 0.5], rel=1e-12)
    assert np.allclose(lecture["W1_bar"], [[-1.28, 0.54], [1.28, -0.54]], rtol=1e-12)
    assert lecture["b1_bar"] == pytest.approx([-1.28, 0.54], rel=1e-12)
    assert lecture["unturned_on_paper"][0] == pytest.approx([-1.5, 2], rel=1e-12)


def test_counting_agrees_with_the_formulas(lecture):
    formula, counting = lecture["by_formula"], lecture["by_counting"]
    assert formula == {(2, 3, 2): (17, 24), (2, 50, 2): (252, 400), (64, 500, 10): (37510, 74000)}
    assert counting == {sizes: (*numbers, sizes[1]) for sizes, numbers in formula.items()}


def test_the_way_back_costs_at_most_about_two_ways_forward(lecture):
    ratios = {sizes: round(ratio, 2) for sizes, ratio in lecture["back_in_forwards"].items()}
    assert ratios == {(2, 3, 2): 1.97, (64, 500, 10): 1.18, (64, 100, 100, 100, 10): 1.81}


@pytest.mark.parametrize(
    "name, kind, cause",
    [
        ("right", "right", None),
        ("unturned_square", "wrong", None),
        ("input", "wrong", "derivative at the wrong place"),
        ("zero", "nothing tested", None),
    ],
)
def test_what_the_referee_says(lecture, name, kind, cause):
    assert lecture[f"({name}_verdict.kind, {name}_verdict.cause)"] == (kind, cause)


def test_the_matrix_not_turned_stops_where_shapes_differ(lecture):
    assert lecture["(unturned_verdict.kind, unturned_verdict.cause)"][0] == "could not run"


def test_three_engines_one_gradient(lecture):
    assert lecture["tape_gap"] < 1e-14
    assert lecture["autograd_gap"] < 1e-14


def test_the_price_of_a_tape(lecture):
    """Ratios in one run; the bounds are wide, for the machine may be busy. Measured: 2.4 and 18, then 1.4 and 4.6."""
    times = lecture["microseconds"]
    assert all(by_hand < by_autograd for by_hand, _, by_autograd in times.values())
    assert times[200][1] / times[200][0] < times[3][1] / times[3][0]


def test_sum_or_mean_is_a_factor(lecture):
    assert f"{lecture['mean_loss(untrained, X, T)']:.6f}" == "0.583940"
    assert f"{lecture['same_way']:.4f}" == "0.0710"
    assert f"{lecture['fine_mean[-1]']:.4f}" == "0.0707"


def test_the_sum_run_ends_in_a_hop_and_not_in_a_minimum(lecture):
    hop = digits(lecture["last_losses"])
    assert hop[:2] == hop[2:]
    assert sorted(hop[:2]) == ["0.070758", "0.071316"]
    assert lecture["last_slopes"] == pytest.approx([0.0457] * 4, abs=5e-5)


def test_the_valley_gets_too_sharp_for_the_step(lecture):
    """At steps of 2 on the mean nothing sharper than 1 holds; steps of 1 reach the minimum below."""
    assert 860 <= lecture["crossing"] <= 920
    even, odd = lecture["sharp_even"], lecture["sharp_odd"]  # every 20 steps
    assert even[50] == pytest.approx(1.03, abs=0.005)
    assert even[60] == pytest.approx(1.09, abs=0.005)
    assert sorted([even[-2], odd[-1]]) == pytest.approx([0.88, 1.13], abs=0.005)
    assert lecture["max(fine_sum[60:])"] > 0.08  # the spikes after step 1200
    assert f"{lecture['settled_loss']:.4f}" == "0.0678"
    assert 1.6 < lecture["settled_sharpness"] < 2
    assert lecture["settled_slope"] < 1e-4


def test_more_units_fit_better_and_the_unseen_points_say_when_to_stop(lecture):
    shares, entropies = lecture["accuracies"], lecture["entropies"]
    right = {h: shares[h][0] for h in shares}
    assert right.pop(1) == pytest.approx(0.86, abs=0.02)  # one unit has not quite settled: it varies with the rounding
    assert right == pytest.approx({2: 0.96, 3: 0.975, 4: 0.98, 5: 0.99, 20: 0.99, 50: 0.985}, abs=1e-9)
    unseen = {h: pair[1] for h, pair in entropies.items()}
    assert sorted(unseen, key=unseen.get)[:2] == [3, 4]
    assert all(entropies[h][0] < entropies[3][0] for h in (4, 5, 20, 50))
    assert lecture["len(set(map(tuple, X_unseen)))"] == 2000


def test_twenty_units_learn_by_heart(lecture):
    assert 1000 <= lecture["marks[best]"] <= 2000
    assert lecture["curve[best]"] == pytest.approx([0.066, 0.097], abs=2e-3)
    assert lecture["curve[-1]"] == pytest.approx([0.018, 0.267], abs=5e-3)


def test_twins(lecture):
    assert lecture["zero_gradient"] == 0
    assert lecture["twin_spread"] < 1e-12
    assert lecture["accuracy(twins, X, t)"] == pytest.approx(0.86, abs=0.02)  # as one unit


def test_more_tanh_units_fit_better_built_or_trained(lecture):
    built, trained = lecture["errors_built"], lecture["errors_trained"]
    assert built[16] < built[8] < built[4] < built[2]
    best = {h: errors[0] for h, errors in trained.items()}
    assert all(best[h] < built[h] for h in best)
    assert best[16] < 0.01 and best[8] < 0.03 and best[4] < 0.1 < best[2] < best[1]
    assert trained[4][-1] > 5 * trained[4][0]  # the weights exist, and were not found


def test_what_the_hidden_units_do_with_the_rings(lecture):
    assert lecture["rings_accuracy"] == {"no hidden unit": 0.51, "3 hidden units": 1}
    assert lecture["clearance"] > 0


def test_the_cell_to_change_runs_as_it_stands(lecture):
    losses = lecture["my_losses"]
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < 0.07
    assert math.log(2) > losses[0]
