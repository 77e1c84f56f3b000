# Scores by the two neighbours and leaves out the step's own error.
# visible: wrong
# hidden: wrong
import numpy as np


def best_step(steps, errors):
    usable = np.isfinite(errors)
    if usable.sum() < 3:
        raise ValueError("too few")
    order = np.argsort(steps[usable])[::-1]
    s, e = steps[usable][order], errors[usable][order]
    scores = np.maximum(e[:-2], e[2:])
    return s[1 + np.argmin(scores)]
