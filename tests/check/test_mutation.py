"""Tests of the tests: mutants are caught, right gradients pass, causes are named rightly.

The larger run is `python -m tests.check.mutation --seeds 1000`; here is a slice of it.
"""

import contextlib

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import given, settings
from hypothesis import strategies as st

from gradschool.check import CheckFailed, check_gradient
from gradschool.check.inputs import Draw
from gradschool.check.verdict import Verdict

from . import mutation, peers
from .mutants import Case, mutants
from .table import TABLE


@pytest.fixture(autouse=True, scope="module")
def the_seed_is_put_back():
    """Runs set a seed of their own each; the tests that come after must not inherit it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADSCHOOL_SEED", "mutation")
        yield



def accused(tally):
    """What is to be shown of a tally when a test fails."""
    return tally.accepted, [(place, str(verdict)) for place, verdict in tally.rejected], tally.misnamed


def test_the_table_is_large_and_has_every_corruption():
    assert len(TABLE) >= 60
    kinds = {m.corruption for row in TABLE.values() for m in mutants(Case(row), np.random.default_rng(0))}
    assert len(kinds) == 19


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row.by_hand])
def test_gradients_by_hand_are_autograds(name):
    case = Case(TABLE[name])
    for seed in range(3):
        rng = np.random.default_rng(seed)
        inputs = {key: d.make(rng) if isinstance(d, Draw) else d for key, d in case.at().items()}
        for by_hand, automatic in zip(case.right(**inputs), case.gradient()(**inputs), strict=True):
            np.testing.assert_allclose(by_hand, automatic, rtol=1e-9, atol=1e-12)


class InFloat32(Case):
    """The case at its natural scale with float32 arrays, and answers computed in float32."""

    def _scaled(self, name, draw):
        def make(rng):
            value = draw.make(rng)
            real = isinstance(value, np.ndarray) and value.dtype.kind == "f"
            return value.astype(np.float32) if real else value

        return Draw(f"float32 {draw.text}", make) if isinstance(draw, Draw) else draw

    def answer(self, factor=1.0):
        def answer(**inputs):
            short = {k: np.float32(v) if isinstance(v, float) else v for k, v in inputs.items()}
            found = tuple(np.float32(factor) * np.asarray(g, np.float32)[()] for g in self.right(**short))
            assert all(g.dtype == np.float32 for g in found)
            return found[0] if len(found) == 1 else found

        return answer


@pytest.mark.parametrize("name", TABLE)
def test_float32_is_judged_as_float32(name):
    case = InFloat32(TABLE[name])
    assert mutation.judge(case, case.answer()).ok
    assert mutation.judge(case, case.answer(1.001)).kind == "wrong"


def test_a_slice_of_the_mutants():
    tally = mutation.run(range(1), every=12)
    assert not any(accused(tally)), accused(tally)
    assert tally.passed == len(TABLE)
    caught, named, not_named = (sum(c.values()) for c in (tally.caught, tally.named, tally.nameless))
    assert caught > 100
    assert named >= 0.9 * (named + not_named) > 50


@pytest.mark.slow
def test_more_of_the_mutants():
    tally = mutation.run(range(100, 124), every=12)
    assert not any(accused(tally)), accused(tally)
    assert sum(tally.named.values()) >= 0.9 * (sum(tally.named.values()) + sum(tally.nameless.values()))


@pytest.mark.slow
def test_peers_are_measured_on_the_same_mutants():
    scores = peers.score(range(1), lambda row, rng: Case(row), every=60)
    assert set(scores) >= {"gradschool", "scipy", "autograd", "cs231n"}
    ours = scores.pop("gradschool")
    assert ours.killed == ours.mutants and ours.passed == ours.right == len(TABLE)
    for theirs in scores.values():
        assert 0 < sum(theirs.killed.values()) <= sum(theirs.mutants.values())


def test_a_checker_that_passes_everything_would_be_found_out(monkeypatch):
    right = Verdict(ok=True, kind="right", answer="it", claim="is right")

    def judge(case, answer):
        with contextlib.suppress(CheckFailed):
            check_gradient(answer, of=case.f, at=case.at(), wrt=list(case.row.wrt))
        return right

    monkeypatch.setattr(mutation, "judge", judge)
    tally = mutation.run(range(1), every=6, only="tanh_network")
    assert len(tally.accepted) >= 4 and not tally.caught


STEPS = {
    "tanh": anp.tanh,
    "square": lambda z: z * z,
    "sine": anp.sin,
    "logistic": lambda z: 1 / (1 + anp.exp(-z)),
    "softplus": lambda z: anp.logaddexp(0.0, z),
    "relu": lambda z: anp.maximum(0.0, z) + 0.1 * z,
    "shift": lambda z: z - anp.mean(z, axis=0, keepdims=True),
    "twice": lambda z: z + anp.cos(z),
    "normalise": lambda z: z / anp.sqrt(1.0 + anp.sum(z**2, axis=1, keepdims=True)),
}


@settings(max_examples=40, deadline=None)
@given(
    names=st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=3),
    shape=st.tuples(st.integers(2, 5), st.integers(2, 4)),
    seed=st.integers(0, 2**32 - 1),
    exponents=st.tuples(st.floats(-8, 8), st.floats(-8, 8)),
    factor=st.sampled_from([-1.0, 0.0, 0.5, 2.0, 1.001, 1 + 1e-5]),
)
def test_random_composites_against_autograd(names, shape, seed, exponents, factor):
    """autograd's gradient passes; with any one entry off by any factor it does not."""
    rng = np.random.default_rng(seed)
    size, scale = (10.0**exponent for exponent in exponents)
    n, k = shape
    X, T = rng.normal(size=(n, 3)), rng.normal(size=(n, k))

    def f(W):
        z = anp.dot(X, W / scale)
        for name in names:
            z = STEPS[name](z)
        return size * anp.sum(T * z)

    def answer(W):
        return grad(f)(W)

    at = (Draw(f"{scale} {seed}", lambda rng: scale * rng.normal(size=(3, k))),)
    assert check_gradient(answer, of=f, at=at).ok
    spot = tuple(rng.integers(0, (3, k)))

    def spoilt(W):
        g = answer(W)
        g[spot] *= factor
        return g

    with pytest.raises(CheckFailed) as caught:
        check_gradient(spoilt, of=f, at=at)
    assert caught.value.verdict.kind == "wrong"
    assert caught.value.verdict.cause is None
