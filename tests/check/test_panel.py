"""The panel: what a student reads, and what a screen reader says."""

import json
import pickle
import re
import subprocess
import sys
import time
from html.parser import HTMLParser

import numpy as np
import pytest

from gradschool.check import CheckFailed, check_cost, check_gradient, check_raises, check_shape, check_value, normal
from gradschool.check.verdict import Verdict


def tilted(x):
    return np.sum(x**3)


def right(x):
    return 3 * x**2


def wrong(x):
    return -3 * x**2


AT = (np.array([1.0, 2.0]),)


def failed(check, *args, **kwargs):
    with pytest.raises(CheckFailed) as caught:
        check(*args, **kwargs)
    return caught.value


def test_one_line_when_right():
    said = str(check_gradient(right, of=tilted, at=AT))
    assert said == "Right: right is the gradient of tilted. More checks follow at grading."
    assert str(check_gradient(right, of=tilted, at=AT, hidden=True)) == "Right: right is the gradient of tilted."


def test_a_wrong_answer_gets_a_verdict_a_place_numbers_a_reason_and_a_question():
    said = str(failed(check_gradient, wrong, of=tilted, at=AT)).splitlines()
    assert said[0] == "Wrong: wrong should be the gradient of tilted."
    names = [re.match(r"  (\w[\w ]+): ", line)[1] for line in said[1:]]
    assert names == ["Where", "Came", "Expected", "Why", "Ask yourself"]
    assert said[2].endswith("x[1] = -12, x[0] = -3") and said[3].endswith("x[1] = 12, x[0] = 3")
    assert said[4].endswith("Sign turned. Every number is right but for its sign.")
    assert said[5].endswith("?")


def test_a_kink_is_named():
    said = str(check_gradient(np.sign, of=lambda x: np.sum(np.abs(x)), at=(np.array([0.0, 1.0]),)))
    assert said.startswith("Right, at a kink: sign is the gradient of the function. There is a kink at x[0]:")


@pytest.mark.parametrize(
    "failure, sentence",
    [
        (lambda: failed(check_value, right, at=AT, equals=wrong), "right should equal wrong."),
        (lambda: failed(check_value, right, at=AT, equals=1.0), "right should return the right value."),
        (lambda: failed(check_raises, right, at=AT), "right should raise ValueError."),
        (lambda: failed(check_shape, right, at=AT, shape=(3,)), "right should return an array of shape (3,)."),
        (
            lambda: failed(check_cost, lambda f: f(1) + f(2), at=(np.sin,), of=0, at_most=1),
            "the answer should evaluate its input number 1 at most 1 times.",
        ),
    ],
)
def test_every_check_reads_like_a_sentence(failure, sentence):
    assert sentence in str(failure()).splitlines()[0]


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.open, self.data = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.data.append(data)


def test_the_html_panel_says_what_the_text_says():
    verdict = failed(check_gradient, wrong, of=tilted, at=AT).verdict
    panel = Tags(verdict._repr_html_())
    assert not panel.open
    words = " ".join(panel.data)
    for part in ("Wrong", verdict.where, verdict.came, verdict.expected, verdict.why, verdict.ask):
        assert part in words


def test_the_panel_is_announced_and_needs_no_colour():
    alert = Tags(failed(check_gradient, wrong, of=tilted, at=AT).verdict._repr_html_())
    status = Tags(check_gradient(right, of=tilted, at=AT)._repr_html_())
    assert [a.get("role") for tag, a in alert.tags if tag == "section"] == ["alert"]
    assert [a.get("role") for tag, a in status.tags if tag == "section"] == ["status"]
    for panel, sign, word in ((alert, "✗", "Wrong"), (status, "✓", "Right")):
        assert sign in "".join(panel.data) and word in panel.data
        assert ("span", {"aria-hidden": "true"}) in panel.tags  # the sign is for the eye, the word for the ear


def test_the_panel_follows_jupyterlabs_theme_and_the_systems():
    html = check_gradient(right, of=tilted, at=AT)._repr_html_()
    assert "var(--jp-ui-font-color1, inherit)" in html and "prefers-color-scheme: dark" in html


def test_an_answer_cannot_write_html():
    def answer(x):
        raise ValueError("<script>alert(1)</script>")

    verdict = failed(check_gradient, answer, of=tilted, at=AT).verdict
    assert "<script>" not in verdict._repr_html_() and "&lt;script&gt;" in verdict._repr_html_()


def test_a_failure_can_be_sent_to_another_process():
    failure = failed(check_gradient, wrong, of=tilted, at=AT)
    copy = pickle.loads(pickle.dumps(failure))
    assert isinstance(copy.verdict, Verdict) and copy.verdict == failure.verdict and str(copy) == str(failure)


NOTEBOOK = """
import json
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

shell = InteractiveShell.instance()
shell.run_cell("from gradschool.check import check_gradient")
seen = []
for sign in "-", "":
    with capture_output() as output:
        result = shell.run_cell(f"check_gradient(lambda x: {sign}2 * x, of=lambda x: x**2, at=(3.0,))")
    error = type(result.error_in_exec).__name__
    seen.append([error, [panel.data for panel in output.outputs], output.stdout + output.stderr])
print(json.dumps(seen))
"""


def test_in_a_notebook_the_panel_is_shown_and_the_traceback_is_short():
    run = subprocess.run([sys.executable, "-c", NOTEBOOK], capture_output=True, encoding="utf-8", check=True)
    wrong, right = json.loads(run.stdout)
    error, (panel,), printed = wrong
    assert error == "CheckFailed"
    assert 'class="gradschool-verdict bad"' in panel["text/html"]
    assert panel["text/plain"].startswith("Wrong: ")
    assert printed.startswith("CheckFailed: Wrong: the answer should be") and len(printed.strip().splitlines()) == 1
    error, _, printed = right
    assert error == "NoneType"
    assert "Right: the answer is the gradient of the function." in printed


def test_a_check_takes_less_than_a_third_of_a_second():
    def loss(W, X):
        return np.mean(np.tanh(X @ W) ** 2)

    at = dict(W=normal(10, 5), X=normal(200, 10))
    start = time.perf_counter()
    failed(check_gradient, lambda W, X: W, of=loss, at=at)
    assert time.perf_counter() - start < 1  # 0.05 s where the machine has nothing else to do
