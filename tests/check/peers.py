"""Other gradient checkers on the referee's mutants, side by side.

    python -m tests.check.peers --seeds 3

Every checker gets the same functions at the same kind of points: once at their natural scale, once with
inputs and outputs scaled by factors between 1e-8 and 1e8. What counts as passed is each checker's own rule,
with its defaults:

    gradschool   check_gradient returns
    scipy        check_grad, which returns an error and no verdict, says less than 1e-6 of the gradient's norm
    autograd     test_util.check_grads (modes=["rev"], order=1) raises nothing
    torch        autograd.gradcheck raises nothing (only where torch is installed)
    cs231n       |a - n| / max(|a|, |n|) is at most 1e-4 everywhere, central differences with h = 1e-5, 0/0
    agrees
"""

import argparse
import os
import time
import warnings
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from gradschool.check.inputs import Recipe

from .mutants import Case, mutants
from .mutation import ROUNDING, Watched, judge, scaled
from .table import TABLE


class Vector:
    """A case at one point, as a function of one vector and its gradient."""

    def __init__(self, case, gradients, rng):
        self.case, self.gradients = case, gradients
        inputs = Recipe(case.at()).draw(rng)
        self.inputs = dict(zip(inputs.names, inputs.values, strict=True))
        self.parts = [self.inputs[name] for name in case.row.wrt]
        self.x = np.concatenate([np.ravel(part) for part in self.parts]).astype(float)

    def _at(self, x):
        inputs, start = dict(self.inputs), 0
        for name, part in zip(self.case.row.wrt, self.parts, strict=True):
            piece = x[start : start + np.size(part)]
            inputs[name] = piece.reshape(np.shape(part)) if np.ndim(part) else float(piece[0])
            start += np.size(part)
        return inputs

    def f(self, x):
        return self.case.f(**self._at(x))

    def gradient(self, x):
        found = self.gradients(**self._at(x))
        for g, part in zip(found, self.parts, strict=True):
            if np.shape(g) != np.shape(part):
                raise ValueError("wrong shape")
        return np.concatenate([np.ravel(g) for g in found])


def by_scipy(problem):
    from scipy.optimize import check_grad

    size = np.linalg.norm(problem.gradient(problem.x))
    return check_grad(problem.f, problem.gradient, problem.x) < 1e-6 * size


def by_autograd(problem):
    from autograd.extend import defvjp, primitive
    from autograd.test_util import check_grads

    f = primitive(problem.f)
    defvjp(f, lambda out, x: lambda g: g * problem.gradient(x))
    check_grads(f, modes=["rev"], order=1)(problem.x)
    return True


def by_torch(problem):
    import torch

    class Function(torch.autograd.Function):
        @staticmethod
        def forward(context, x):
            context.save_for_backward(x)
            return torch.tensor(float(problem.f(x.detach().numpy())), dtype=torch.float64)

        @staticmethod
        def backward(context, g):
            (x,) = context.saved_tensors
            return g * torch.from_numpy(problem.gradient(x.detach().numpy()).copy())

    return torch.autograd.gradcheck(Function.apply, (torch.tensor(problem.x, requires_grad=True),))


def by_cs231n(problem):
    a, h = problem.gradient(problem.x), 1e-5
    steps = h * np.eye(problem.x.size)
    n = np.array([(problem.f(problem.x + e) - problem.f(problem.x - e)) / (2 * h) for e in steps])
    larger = np.maximum(np.abs(a), np.abs(n))
    return bool(np.all(np.abs(a - n) <= 1e-4 * larger))


def checkers():
    found = {"gradschool": None, "scipy": by_scipy, "autograd": by_autograd, "cs231n": by_cs231n}
    try:
        import torch  # noqa: F401

        found["torch"] = by_torch
    except ImportError:
        print("torch is not installed: its gradcheck is left out")
    return found


@dataclass
class Score:
    killed: Counter = field(default_factory=Counter)
    mutants: Counter = field(default_factory=Counter)
    passed: int = 0
    right: int = 0
    checks: int = 0
    seconds: float = 0.0


def passes(check, case, gradients, rng):
    """Whether a checker lets a gradient pass, the seconds it took, and whether it was wrong where called."""
    watched = Watched(case, gradients)

    def noted(**inputs):
        found = watched(**inputs)
        return list(found) if isinstance(found, tuple) else [found]

    start = time.perf_counter()
    try:
        if check is None:
            ok = judge(case, watched).ok
        else:
            with np.errstate(all="ignore"):
                ok = bool(check(Vector(case, noted, rng)))
    except Exception:  # a checker that rejects raises, each with a type of its own
        ok = False
    return ok, time.perf_counter() - start, watched.off > ROUNDING


def score(seeds, place, every):
    """{checker: Score} with cases made by place(row, rng), on every `every`-th mutant."""
    found = checkers()
    scores = {name: Score() for name in found}
    for seed in seeds:
        os.environ["GRADSCHOOL_SEED"] = f"peers {seed}"
        for number, row in enumerate(TABLE.values()):
            case = place(row, np.random.default_rng([seed, number]))
            for name, check in found.items():
                ok, seconds, _ = passes(check, case, case.right, np.random.default_rng([seed, number]))
                scores[name].passed += ok
                scores[name].right += 1
                scores[name].checks += 1
                scores[name].seconds += seconds
                for i, mutant in enumerate(mutants(case, np.random.default_rng([seed, number]))):
                    if (i + seed + number) % every:
                        continue
                    ok, seconds, wrong = passes(check, case, mutant.gradients, np.random.default_rng([seed, i]))
                    scores[name].seconds += seconds
                    scores[name].checks += 1
                    if wrong or mutant.corruption == "stale cache":  # which shows at a second point only
                        scores[name].mutants[mutant.corruption] += 1
                        scores[name].killed[mutant.corruption] += not ok
    return scores


def report(title, scores):
    print(f"\n{title}")
    print(f"{'':<30}" + "".join(f"{name:>16}" for name in scores))
    kinds = sorted({kind for s in scores.values() for kind in s.mutants})
    rows = [(kind, [f"{s.killed[kind]}/{s.mutants[kind]}" for s in scores.values()]) for kind in kinds]
    kills = [sum(s.killed.values()) for s in scores.values()]
    totals = [sum(s.mutants.values()) for s in scores.values()]
    rows += [
        ("mutants killed", [f"{k}/{t}" for k, t in zip(kills, totals, strict=True)]),
        ("false accepts", [f"{t - k} ({(t - k) / t:.1%})" for k, t in zip(kills, totals, strict=True)]),
        ("false rejects", [f"{s.right - s.passed}/{s.right}" for s in scores.values()]),
        ("time a check, ms", [f"{1000 * s.seconds / s.checks:.1f}" for s in scores.values()]),
    ]
    for name, cells in rows:
        print(f"{name:<30}" + "".join(f"{cell:>16}" for cell in cells))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--every", type=int, default=5)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    seeds = range(options.seeds)
    report("At the functions' natural scale", score(seeds, lambda row, rng: Case(row), options.every))
    report("At scales from 1e-8 to 1e8", score(seeds, scaled, options.every))
