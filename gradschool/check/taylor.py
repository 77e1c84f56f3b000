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
LAST = 5  # points, the smallest steps that rise out of the rounding, through which the slope is taken
BARELY = 1.7  # a slope from here up is 2 for a curve whose third derivative is not small


def check_taylor(answer, *, of, at, wrt=None, hidden=False, seconds=PATIENCE):
    """Check by Taylor's theorem that `answer`, called with the inputs, is the gradient of the scalar function
    `of`.

    The arguments are those of `check_gradient`; this check names no causes, but shows the slope that it
    found.
    """
    recipe = Recipe(at, named_like=of)
    phrase = f"leaves a Taylor remainder of {report.name_of(of, 'the function')} that falls as h squared"
    rng = generator(phrase, recipe.text, hidden)
    inputs = recipe.draw(rng)
    problem = Gradient(of, inputs, inputs.positions(wrt), isinstance(wrt, (list, tuple)))
    start = report.begin(answer, phrase, hidden)
    reply = call(answer, inputs, patience=seconds)
    if reply.trouble:
        return deliver(report.trouble(reply, start))
    if found := compare.misfit(reply.value, problem.like):
        return deliver(report.misfit(found, start))
    if (path := compare.not_finite(reply.value)) is not None:
        return deliver(report.not_finite(path, start))
    return deliver(_judge(problem, trees.flatten(reply.value), problem.random_direction(rng), start))


def _judge(problem, gradient, direction, start):
    slope = problem.along(direction)
    claimed, _ = problem.contract(gradient, direction)
    start = replace(start, evaluations=slope.evaluations + len(STEPS))
    if slope.kink:
        inside = slope.left - SAFETY * slope.error <= claimed <= slope.right + SAFETY * slope.error
        inside |= slope.right - SAFETY * slope.error <= claimed <= slope.left + SAFETY * slope.error
        cause = None if inside else "outside the slopes at the kink"
        return report.because(start, cause, ok=bool(inside), kind=KINK if inside else WRONG)
    steps, remainder = _remainder(problem, claimed, direction)
    if len(steps) < 3:  # the function is straight here, and so is the answer
        return replace(start, ok=True, kind=RIGHT, notes=("The remainder is zero but for rounding.",))
    found = float(np.polyfit(np.log(steps), np.log(remainder), 1)[0])
    if found < BARELY:
        more = {"came": f"slope {found:.2f}", "expected": "slope 2"}
        return report.because(start, "remainder does not fall as h squared", kind=WRONG, **more)
    return replace(start, ok=True, kind=RIGHT, notes=(f"Its slope is {found:.2f}.",))


def _remainder(problem, claimed, direction):
    """The smallest steps at which the remainder rises out of the rounding, and the remainder there."""
    with np.errstate(all="ignore"):
        values = np.array([float(problem.outputs(problem.x + h * direction)) for h in STEPS])
        here = float(problem.outputs(problem.x))
        remainder = np.abs(values - here - STEPS * claimed)
    noise = 20 * np.finfo(float).eps * np.maximum(np.abs(values), abs(here))
    seen = np.isfinite(remainder) & (remainder > 10 * noise)
    return STEPS[seen][-LAST:], remainder[seen][-LAST:]
