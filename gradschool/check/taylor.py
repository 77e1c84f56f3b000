"""The Taylor-remainder test of a gradient.

f(x + h d) - f(x) - h g.d falls as h^2 if g is the gradient, and as h if it is not: in a plot with logarithmic
axes the remainder has slope 2 or slope 1.
"""

from dataclasses import replace

import numpy as np

from . import compare, report, trees
from .call import PATIENCE, call
from .compare import SAFETY
from .inputs import Recipe, generator
from .problems import Gradient
from .verdict import KINK, RIGHT, WRONG, deliver

STEPS = 0.25 * 0.5 ** np.arange(24)
LAST = 4  # points, the smallest steps that rise out of the rounding, through which the slope is taken


def check_taylor(answer, *, of, at, wrt=None, hidden=False, seconds=PATIENCE):
    """Check by Taylor's theorem that `answer`, called with the inputs, is the gradient of the scalar function
    `of`.

    The arguments are those of `check_gradient`. One random direction d is tried. The verdict rests on g.d,
    measured with its error bar, for the remainder of a gradient that is a little wrong has slope 2 until h is
    very small; the slope is shown. Causes are not looked for.
    """
    recipe = Recipe(at, named_like=of)
    claim = f"leaves a Taylor remainder of {report.name_of(of, 'the function')} that falls as h squared"
    rng = generator(claim, recipe.text, hidden)
    inputs = recipe.draw(rng)
    problem = Gradient(of, inputs, inputs.positions(wrt), isinstance(wrt, (list, tuple)))
    start = report.begin(answer, claim, hidden)
    reply = call(answer, inputs, patience=seconds)
    if reply.trouble:
        return deliver(report.trouble(reply, start))
    if found := compare.misfit(reply.value, problem.like):
        return deliver(report.misfit(found, start))
    if (path := compare.not_finite(reply.value)) is not None:
        return deliver(report.not_finite(path, start))
    gradient = trees.flatten(trees.arranged(reply.value, problem.like))
    return deliver(_judge(problem, gradient, problem.random_direction(rng), start))


def _judge(problem, gradient, direction, start):
    measured = problem.along(direction)
    claimed, size = problem.contract(gradient, direction)
    low, high = sorted((measured.left, measured.right))
    margin = SAFETY * measured.error + 1e-9 * size
    start = replace(start, evaluations=measured.evaluations + len(STEPS) + 1)
    if low - margin <= claimed <= high + margin:
        slope = _slope_of_remainder(problem, claimed, direction)
        shown = "is zero but for rounding" if slope is None else f"has slope {slope:.2f}"
        return replace(start, ok=True, kind=KINK if low < high else RIGHT, notes=(f"It {shown}.",))
    slope = _slope_of_remainder(problem, claimed, direction)
    came = f"g.d = {claimed:.10g}" + ("" if slope is None else f", and a remainder of slope {slope:.2f}")
    expected = f"g.d = {measured.value:.10g}, and slope 2"
    cause = "outside the slopes at the kink" if low < high else "remainder does not fall as h squared"
    return report.because(start, cause, kind=WRONG, came=came, expected=expected)


def _slope_of_remainder(problem, claimed, direction):
    """The slope of log(remainder) by log(h), at the smallest steps at which the remainder rises out of the
    rounding.

    None if it rises at fewer than three.
    """
    with np.errstate(all="ignore"):
        values = np.array([float(problem.outputs(problem.x + h * direction)) for h in STEPS])
        here = float(problem.outputs(problem.x))
        remainder = np.abs(values - here - STEPS * claimed)
        noise = np.finfo(float).eps * np.maximum(np.abs(values), abs(here))
    seen = np.isfinite(remainder) & (remainder > 200 * noise)
    if seen.sum() < 3:
        return None
    return float(np.polyfit(np.log(STEPS[seen][-LAST:]), np.log(remainder[seen][-LAST:]), 1)[0])
