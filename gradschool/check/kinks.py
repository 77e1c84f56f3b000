"""Kinks in several entries at once.

Entry by entry, any value between the one-sided slopes is right. But at a tie of max(x, y) both slopes run
from 0 to 1, and (1, 1) is no subgradient: along the direction (1, 1) the slope is 1 on either side, not 2. So
pairs of kinked entries are tested together: along a direction the answer must lie between the smallest and
the largest slope that the function has near the point (Clarke's generalised gradient, 1983).
"""

import itertools

import numpy as np

PAIRS = 6
NEIGHBOURS = 16  # points near the kink at which slopes are taken
NEAR, STEP = 1e-4, 1e-6  # how near, and how far a difference reaches, as fractions of the scale
MARGIN = 0.01


def outside_jointly(problem, comparison):
    """Whether, along a direction in two kinked entries, the answer says a slope that no point nearby has."""
    kinked = np.flatnonzero(comparison.kink & comparison.tested)
    rng = np.random.default_rng(0)
    pairs = itertools.islice(itertools.combinations(kinked, 2), PAIRS)
    return any(_outside(problem, comparison.came, i, j, sign, rng) for i, j in pairs for sign in (1.0, -1.0))


def _outside(problem, came, i, j, sign, rng):
    direction = np.zeros_like(problem.x)
    direction[i], direction[j] = problem.scale[i], sign * problem.scale[j]
    places = [direction, -direction, *(rng.standard_normal((NEIGHBOURS, problem.x.size)) * problem.scale)]
    slopes = [_slope(problem, problem.x + NEAR * place, direction) for place in places]
    claimed, size = problem.contract(came, direction)
    margin = MARGIN * size
    return claimed < min(slopes) - margin or claimed > max(slopes) + margin


def _slope(problem, x, direction):
    step = STEP * direction
    return (problem.outputs(x + step) - problem.outputs(x - step)) / (2 * STEP)
