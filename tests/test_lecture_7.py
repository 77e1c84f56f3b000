"""Lecture 7 runs from a fresh kernel: its numbers on paper, its kinks, its mistakes, and scikit-learn's hyperplanes."""

import numpy as np
import pytest
from lectures import run
from sklearn.svm import SVC, LinearSVC

MEASURED = [
    "X", "y", "LAMBDA", "nearest", "paper_distance", "hinge_table", "logistic_table", "slopes_at_kink",
    "on_kink.value", "on_kink.adjoints()", "tape_at_kink", "kink_verdicts", "too_much.cause", "mixed.cause",
    "mixed.where", "three_ways", "right_verdict.kind", "{name: (v.kind, v.cause) for name, v in found.items()}",
    "named.cause", "blind.kind", "w", "b", "[values[0], min(values), values[-1]]", "ups", "mistakes_left",
    "half_width", "support_count", "w_best", "b_best", "shares", "chosen", "tape_slopes", "proof_verdict.kind",
    "smallest", "largest", "C", "lines", "to_svc", "descent_to_svc", "to_linear", "scaled_to_svc", "share_gap",
    "crossings", "moved", "np.sum(support)", "knob", "my_width", "my_count", "after_one", "after_two", "after_three",
    "optimum", "{t: batch_gaps[t] for t in (1, 10, 100, 1000)}", "{t: pegasos_gaps[N * t] for t in (1, 10, 100)}",
    "{t: average_gaps[N * t] for t in (1, 10, 100)}", "overtaken", "[pegasos_gaps[t] for t in (1, 10, 200)]",
    "[leashed_gaps[t] for t in (1, 10, 200)]", "paper_losses", "paper_slopes", "nothing_learnt", "class_right.kind",
    "class_wrong.cause", "[class_values[0], min(class_values)]", "right_share",
]  # fmt: skip

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    return run(7, MEASURED, tmp_path_factory.mktemp("lecture"))


@pytest.fixture(scope="module")
def data(measured):
    return np.array(measured["X"]), np.array(measured["y"])


def test_it_keeps_the_rules_of_every_lecture(measured):
    measured.keeps_the_rules(figures=8)


def test_the_stepper_is_there_with_a_table_that_stands_still(measured):
    shown = [output.data for output in measured.outputs if "data" in output]
    [stepper] = [data for data in shown if "application/vnd.jupyter.widget-view+json" in data]
    assert "<table" in stepper["text/html"]
    assert "-1.5" in stepper["text/plain"]


def test_the_two_clouds(data):
    X, y = data
    assert X.shape == (200, 2)
    assert y.tolist() == [-1.0] * 100 + [1.0] * 100
    assert X[:100].mean(axis=0) == pytest.approx([0, 0], abs=0.25)
    assert X[100:].mean(axis=0) == pytest.approx([5, 5], abs=0.25)


def test_distances(measured):
    assert measured["paper_distance"] == 1.6
    nearest = measured["nearest"]
    assert 0 < nearest["A"] < 0.05
    assert 0 < nearest["B"] < 0.05
    assert nearest["C"] > 0.7


def test_the_losses(measured):
    assert measured["hinge_table"] == [0, 0, 0.5, 1, 2]
    assert measured["logistic_table"] == pytest.approx([0.127, 0.313, 0.474, 0.693, 1.313], abs=5e-4)


def test_what_engines_say_on_the_kink(measured):
    assert measured["slopes_at_kink"] == {
        "np.maximum(0.0, 1 - m)": (-0.5, -0.5),
        "np.where(m < 1, 1 - m, 0.0)": (0.0, 0.0),
        "np.where(m <= 1, 1 - m, 0.0)": (-1.0, -1.0),
    }
    assert measured["on_kink.value"] == 0
    adjoints = measured["on_kink.adjoints()"]
    assert (adjoints["v-1"], adjoints["v0"]) == (-1.5, -0.5)


def test_what_the_check_says_on_the_kink(measured):
    assert measured["tape_at_kink"] == ([-0.25, 0.25], -0.75)
    assert measured["kink_verdicts"] == {0.0: "kink", 0.5: "kink", 1.0: "kink"}
    assert measured["too_much.cause"] == "outside the slopes at the kink"
    assert measured["mixed.cause"] == "outside the slopes at the kink"
    assert "together" in measured["mixed.where"]
    shown = [output.data["text/plain"] for output in measured.outputs if "data" in output]
    assert any(text.startswith("Right, at a kink: by_hand is the gradient of objective.") for text in shown)


def test_three_ways_to_one_gradient(measured):
    ways = {name: np.append(of_w, of_b) for name, (of_w, of_b) in measured["three_ways"].items()}
    for way in ways.values():
        assert way == pytest.approx(ways["by hand"], rel=1e-12)


def test_each_mistake_is_made_and_seen(measured):
    assert measured["right_verdict.kind"] == "right"
    assert measured["{name: (v.kind, v.cause) for name, v in found.items()}"] == {
        "mask taken on f": ("wrong", None),
        "2 lambda w": ("wrong", "regulariser doubled"),
        "bias penalised": ("wrong", "bias penalised"),
    }
    assert measured["named.cause"] == "mask taken on f"
    assert measured["blind.kind"] == "right"  # labels +1 only: the text says why


def test_descent(measured):
    first, best, last = measured["[values[0], min(values), values[-1]]"]
    assert first == 1
    assert best == pytest.approx(measured["smallest"], rel=5e-5)
    assert last < 1.001 * best
    assert 0.4 < measured["ups"] < 0.6
    assert measured["mistakes_left"] == 0
    assert measured["half_width"] == pytest.approx(1.743, abs=2e-3)
    assert measured["support_count"] == 10


def test_the_proof_of_optimality(measured, data):
    """With shares between 0 and 1 the subgradient is zero; the tape's choice of shares is not."""
    X, y = data
    shares, lam = np.array(measured["shares"]), measured["LAMBDA"]
    margins = y * (X @ np.array(measured["w_best"]) + measured["b_best"])
    assert shares.min() >= 0
    assert shares.max() <= 1
    assert np.all(shares[margins > 1 + 1e-9] == 0)
    assert np.all(shares[margins < 1 - 1e-9] == 1)
    assert (shares * y) @ X / 200 == pytest.approx(lam * np.array(measured["w_best"]), rel=1e-12)
    assert shares @ y == pytest.approx(0, abs=1e-12)
    assert measured["chosen"] == pytest.approx([0.5704, 0.5704], abs=5e-5)
    assert np.max(np.abs(measured["tape_slopes"][0])) > 1e-3
    assert measured["proof_verdict.kind"] == "kink"
    assert measured["smallest"] == pytest.approx(measured["largest"], rel=1e-12)


def test_agreement_with_scikit_learn(measured, data):
    """Fitted here once more, so that the lecture's own fits are not their own witness."""
    X, y = data
    assert measured["C"] == 0.05 == 1 / (200 * measured["LAMBDA"])
    lines = measured["lines"]
    svc = SVC(kernel="linear", C=0.05, tol=1e-10).fit(X, y)
    assert lines["ours, bias free, polished"] == pytest.approx(np.append(svc.coef_, svc.intercept_), abs=1e-6)
    linear = LinearSVC(loss="hinge", C=0.05, tol=1e-10, max_iter=1_000_000, random_state=1).fit(X, y)
    assert lines["ours, bias penalised, descent"] == pytest.approx(np.append(linear.coef_, linear.intercept_), abs=1e-3)
    assert measured["to_svc"] < 1e-6
    assert measured["descent_to_svc"] < 1e-2
    assert measured["to_linear"] < 1e-4
    assert measured["scaled_to_svc"] < 1e-2
    assert measured["share_gap"] < 1e-6
    crossings = measured["crossings"]
    assert crossings["SVC"] == pytest.approx(2.43, abs=0.005)
    assert crossings["LinearSVC, s = 1"] == pytest.approx(2.09, abs=0.005)


def test_the_support_vectors_alone_give_the_same_line(measured):
    assert measured["np.sum(support)"] == 10
    assert measured["moved"] < 1e-6


def test_lambda_narrows_the_margin(measured):
    assert {lam: (round(width, 2), count) for lam, (width, count) in measured["knob"].items()} == {
        1.0: (2.78, 36), 0.1: (1.74, 10), 0.01: (0.97, 4), 0.001: (0.79, 3),
    }  # fmt: skip
    assert measured["my_width"] == pytest.approx(measured["knob"][0.001][0], rel=1e-6)
    assert measured["my_count"] == 3


def test_the_answers_about_the_knob(data):
    X, y = data

    def margins(lam):
        svc = SVC(kernel="linear", C=1 / (200 * lam), tol=1e-10).fit(X, y)
        return y * svc.decision_function(X)

    assert np.max(margins(50.0)) < 1  # all 200 are ringed
    assert np.min(margins(0.006)) > 1 - 1e-4
    assert np.min(margins(0.007)) < 1 - 1e-2


def test_pegasos_by_hand_with_its_tie(measured):
    assert measured["after_one"] == [2, 0, 2]
    assert measured["after_two"] == [1, -1, 0]
    assert measured["after_three"] == pytest.approx([1, -2 / 3, 1 / 3])


def test_the_race(measured):
    batch = measured["{t: batch_gaps[t] for t in (1, 10, 100, 1000)}"]
    pegasos = measured["{t: pegasos_gaps[N * t] for t in (1, 10, 100)}"]
    average = measured["{t: average_gaps[N * t] for t in (1, 10, 100)}"]
    assert pegasos[1] < 0.1 < 100 < batch[1]
    assert pegasos[10] < 0.01 < 1 < batch[10]
    assert 0 < batch[100] < average[100] < 1e-3
    assert 0 < batch[1000] < 1e-4
    assert 20 < measured["overtaken"] < 60
    free, leashed = (measured[f"[{name}_gaps[t] for t in (1, 10, 200)]"] for name in ("pegasos", "leashed"))
    assert leashed[0] < free[0] / 2
    assert leashed[1] < free[1] / 2
    assert max(leashed[2], free[2]) < 0.2


def test_more_classes(measured):
    assert measured["paper_losses"] == {False: 0.5, True: 1.5}
    assert measured["paper_slopes"] == {False: [-1, 1, 0], True: [-1, 1, 0]}
    assert measured["nothing_learnt"] == {False: 2, True: 3}
    assert measured["class_right.kind"] == "right"
    assert measured["class_wrong.cause"] == "the right class counted as a violation"
    first, best = measured["[class_values[0], min(class_values)]"]
    assert first == 2
    assert best < 0.05
    assert measured["right_share"] >= 0.98
