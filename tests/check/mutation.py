"""Does the referee catch every mutant, pass every right gradient, and name the right cause?

    python -m tests.check.mutation --seeds 1000 [--every N] [--only NAME]

For every seed, every function of the table at scales drawn between 1e-8 and 1e8: its right gradient, and one
mutant in N (all of them with --every 1), taken in turn. A mutant that gives the right numbers at the points
where it was called is no mutant there and is counted apart; this is decided by comparing its numbers with the
right ones, not by the check.
"""

import argparse
import os
import time
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from gradschool.check import CheckFailed, check_gradient, trees

from .mutants import Case, mutants
from .table import TABLE

ROUNDING = 1e-12  # two right ways to compute the same entry may differ by this much


@dataclass
class Watched:
    """A wrong gradient as an answer, which notes how far its numbers were off where it was called."""

    case: Case
    gradients: object
    off: float = 0.0
    zero: bool = True
    factors: set = field(default_factory=set)

    def __call__(self, **inputs):
        before = trees.copy(inputs)
        right = self.case.right(**trees.copy(inputs))
        wrong = self.gradients(**inputs)
        self.off = max(self.off, *(_distance(w, r) for w, r in zip(wrong, right, strict=True)))
        if any(not np.array_equal(inputs[name], before[name]) for name in inputs):
            self.off = np.inf
        self.zero &= any(not np.any(w) and np.any(r) for w, r in zip(wrong, right, strict=True))
        if self.off > ROUNDING:
            self.factors.add(_common_factor(wrong, right))
        return wrong[0] if len(wrong) == 1 else tuple(wrong)


def _distance(wrong, right):
    """The largest relative difference of two entries; infinite for different shapes."""
    if np.shape(wrong) != np.shape(right):
        return np.inf
    with np.errstate(all="ignore"):
        off = np.abs(np.subtract(wrong, right)) / np.maximum(np.abs(right), np.abs(wrong))
    return float(np.max(np.nan_to_num(off, nan=0.0), initial=0.0))


def _common_factor(wrong, right):
    """The one factor by which every leaf that is wrong is wrong as a whole, or None."""
    factors = set()
    for w, r in zip(wrong, right, strict=True):
        if np.shape(w) != np.shape(r):
            return None
        w, r = np.ravel(w), np.ravel(r)
        if np.all(np.abs(w - r) <= ROUNDING * np.abs(r)):
            continue
        i = int(np.argmax(np.abs(r)))
        if r[i] == 0 or not np.allclose(w, (factor := w[i] / r[i]) * r, rtol=1e-9, atol=0):
            return None
        factors.add(round(float(factor), 9))
    return factors.pop() if len(factors) == 1 else None


def scaled(row, rng):
    """The row at random scales: of the output, and of each input of its own."""
    size, *scales = 10.0 ** rng.uniform(-8, 8, 1 + len(row.wrt))
    if row.unpenalised:  # a penalty laid on the bias by mistake has the rate of the weights
        scales = scales[:1] * len(scales)
    return Case(row, size, dict(zip(row.wrt, scales, strict=True)))


def judge(case, answer):
    """The verdict, passed or not."""
    wrt = case.row.wrt[0] if len(case.row.wrt) == 1 else list(case.row.wrt)
    try:
        return check_gradient(answer, of=case.f, at=case.at(), wrt=wrt)
    except CheckFailed as failure:
        return failure.verdict


def right_answer(case):
    def answer(**inputs):
        found = case.right(**inputs)
        return found[0] if len(found) == 1 else tuple(found)

    return answer


@dataclass
class Tally:
    """Counts, by corruption."""

    caught: Counter = field(default_factory=Counter)
    equivalent: Counter = field(default_factory=Counter)
    accepted: list = field(default_factory=list)
    named: Counter = field(default_factory=Counter)
    misnamed: list = field(default_factory=list)
    unnamed: list = field(default_factory=list)
    nameless: Counter = field(default_factory=Counter)
    unnameable: Counter = field(default_factory=Counter)
    passed: int = 0
    rejected: list = field(default_factory=list)
    seconds: list = field(default_factory=list)

    def untouched(self, place, verdict):
        if verdict.ok:
            self.passed += 1
        else:
            self.rejected.append((place, verdict))

    def mutant(self, place, mutant, watched, verdict):
        kind = mutant.corruption
        if verdict.ok and watched.off <= ROUNDING:
            self.equivalent[kind] += 1
        elif verdict.ok:
            self.accepted.append((place, kind, watched.off))
        else:
            self.caught[kind] += 1
            self._name(place, mutant, watched, verdict)

    def _name(self, place, mutant, watched, verdict):
        kind, cause = mutant.corruption, verdict.cause
        aliases = mutant.causes | _factor_causes(watched.factors) | ({"all zeros"} if watched.zero else set())
        named = cause is not None and cause != "wrong shape"
        if named and cause in aliases:
            self.named[kind] += 1
        elif named:
            self.misnamed.append((place, kind, cause))
        elif mutant.causes and aliases == mutant.causes:
            self.nameless[kind] += 1
            self.unnamed.append((place, kind))
        else:
            self.unnameable[kind] += 1


def _factor_causes(factors):
    """Other true names of a mutant that happens to be a multiple of what is right."""
    if len(factors) != 1 or None in factors:
        return set()
    (factor,) = factors
    names = {-1.0: "sign turned", 2.0: "factor 2", 0.5: "factor 2", 0.0: "all zeros"}
    close = next((name for value, name in names.items() if abs(factor - value) < 1e-9), None)
    return {close or f"factor {factor:.6g}"}


def run(seeds, every=12, only=None):
    """A Tally over these seeds; in each, every `every`-th mutant of each function."""
    tally = Tally()
    for seed in seeds:
        os.environ["GRADSCHOOL_SEED"] = f"mutation {seed}"
        for number, row in enumerate(TABLE.values()):
            if only and row.name != only:
                continue
            rng = np.random.default_rng([seed, number])
            case = scaled(row, rng)
            place = f"{row.name}, seed {seed}"
            start = time.perf_counter()
            verdict = judge(case, right_answer(case))
            tally.seconds.append(time.perf_counter() - start)
            tally.untouched(place, verdict)
            for i, mutant in enumerate(mutants(case, rng)):
                if (i + seed + number) % every:
                    continue
                watched = Watched(case, mutant.gradients)
                tally.mutant(place, mutant, watched, judge(case, watched))
    return tally


def report(tally):
    total = sum(tally.caught.values())
    kinds = sorted({*tally.caught, *tally.equivalent, *(kind for _, kind, _ in tally.accepted)})
    columns = ("caught", "accepted", "no change", "named", "misnamed", "not named", "no name")
    print(f"{'corruption':<30}" + "".join(f"{column:>11}" for column in columns))
    for kind in kinds:
        accepted = sum(k == kind for _, k, _ in tally.accepted)
        misnamed = sum(k == kind for _, k, _ in tally.misnamed)
        counts = (tally.caught[kind], accepted, tally.equivalent[kind], tally.named[kind], misnamed)
        counts += (tally.nameless[kind], tally.unnameable[kind])
        print(f"{kind:<30}" + "".join(f"{count:>11}" for count in counts))
    named, nameless, same = (sum(c.values()) for c in (tally.named, tally.nameless, tally.equivalent))
    nameable = named + nameless + len(tally.misnamed)
    print(f"\nmutants caught {total}, false accepts {len(tally.accepted)}, no change at the points {same}")
    print(f"right gradients passed {tally.passed}, false rejects {len(tally.rejected)}")
    share = named / max(nameable, 1)
    print(f"causes: right {named} of {nameable} ({share:.1%}), wrong {len(tally.misnamed)}, none {nameless}")
    milliseconds = 1000 * np.array(tally.seconds)
    print(f"time of a passing check: median {np.median(milliseconds):.1f} ms, longest {np.max(milliseconds):.0f} ms")
    for place, kind, off in tally.accepted[:20]:
        print(f"  accepted: {place}: {kind}, off by {off:.1e}")
    for place, verdict in tally.rejected[:10]:
        print(f"  rejected: {place}\n{verdict}")
    for place, kind, cause in tally.misnamed[:40]:
        print(f"  misnamed: {place}: {kind} named {cause!r}")
    for place, kind in tally.unnamed[:60]:
        print(f"  not named: {place}: {kind}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--every", type=int, default=12)
    parser.add_argument("--only")
    options = parser.parse_args()
    report(run(range(options.first, options.first + options.seeds), options.every, options.only))
