# One loop over sorted pairs.
import math


def best_step(steps, errors):
    pairs = [(float(s), float(e)) for s, e in zip(steps, errors, strict=True) if math.isfinite(e)]
    if len(pairs) < 3:
        raise ValueError(f"only {len(pairs)} finite errors")
    pairs.sort(reverse=True)
    best, lowest = None, math.inf
    for before, here, after in zip(pairs, pairs[1:], pairs[2:], strict=False):
        score = max(before[1], here[1], after[1])
        if score < lowest:
            best, lowest = here[0], score
    return best
