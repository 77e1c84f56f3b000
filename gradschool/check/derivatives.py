"""Checks of derivatives: the answer against a measured reference with an error bar."""

from .call import PATIENCE
from .inputs import Recipe, generator
from .problems import Gradient, Jacobian, Jvp, Vjp
from .referee import Referee
from .report import name_of
from .verdict import NOTHING, deliver

DRAWS = 5  # points that are drawn until one tests something


def check_gradient(
    answer, *, of, at, wrt=None, rtol=None, misconceptions=None, hidden=False, seconds=PATIENCE
):
    """Check that `answer`, called with the inputs, returns the gradient of the scalar function `of` there.

    at : inputs by parameter name (a dict) or by position (a tuple): values, callbacks, or recipes such as
        `normal(3)`.
    wrt : name or position of the input to differentiate by, by default the first; for a list of them the
        answer returns a tuple of gradients, or a dict by name. An input may be a nesting of arrays; so is its
        gradient.
    rtol : an error that is allowed besides rounding. Give one, 1e-6 say, where the right answer is itself a
        finite difference; without it, a finite difference in place of a formula is wrong.
    misconceptions : {label: a wrong function, called like the answer, or a constant}; if the answer agrees
        with it, the label is the cause that the verdict names.
    hidden : leave out of the verdict what came and what was expected.
    seconds : how long a call may take.

    Returns the Verdict if the answer stands and raises CheckFailed if it does not. At a kink any value
    between the slopes on its two sides is right. The function is evaluated 10 to 20 times for every entry,
    100 times on a kink. Of more than 300 entries, about 100 are tested one by one and all of them along
    random directions.
    """
    return _check(_without_draw(Gradient), answer, of, at, wrt, rtol, misconceptions, hidden, seconds)


def check_vjp(
    answer, *, of, at, wrt=None, rtol=None, misconceptions=None, hidden=False, seconds=PATIENCE
):
    """Check answer(*inputs, cotangent), the vector-Jacobian product of `of`, with a random cotangent.

    The cotangent has the shape of the function's output. It comes last and by position, and so do the inputs,
    in the order of `at`. The other arguments are those of `check_gradient`.
    """
    return _check(Vjp, answer, of, at, wrt, rtol, misconceptions, hidden, seconds)


def check_jvp(
    answer, *, of, at, wrt=None, rtol=None, misconceptions=None, hidden=False, seconds=PATIENCE
):
    """Check answer(*inputs, tangent), the Jacobian-vector product of `of`, with a random tangent.

    The tangent has the shape of the input `wrt` (a tuple of tangents for a list). It comes last and by
    position, and so do the inputs, in the order of `at`. The other arguments are those of `check_gradient`.
    """
    return _check(Jvp, answer, of, at, wrt, rtol, misconceptions, hidden, seconds)


def check_jacobian(
    answer, *, of, at, wrt=None, rtol=None, misconceptions=None, hidden=False, seconds=PATIENCE
):
    """Check that the answer returns the Jacobian of `of` by one array: shape output.shape + input.shape.

    The arguments are those of `check_gradient`, but `wrt` is one name.
    """
    return _check(_without_draw(Jacobian), answer, of, at, wrt, rtol, misconceptions, hidden, seconds)


def _without_draw(kind):
    """A problem that needs nothing random beyond its inputs."""
    return lambda *question, rng: kind(*question)


def _check(kind, answer, of, at, wrt, rtol, misconceptions, hidden, seconds):
    recipe = Recipe(at, named_like=of)
    rng = generator(name_of(of, ""), recipe.text, hidden)
    draws = DRAWS if recipe.draws else 1
    for remaining in reversed(range(draws)):
        inputs = recipe.draw(rng)
        problem = kind(of, inputs, inputs.positions(wrt), isinstance(wrt, (list, tuple)), rng=rng)
        verdict = Referee(
            answer=answer,
            problem=problem,
            recipe=recipe,
            rng=rng,
            rtol=rtol,
            misconceptions=misconceptions or {},
            hidden=hidden,
            seconds=seconds,
            last=remaining == 0,
        ).verdict()
        if verdict.kind != NOTHING:
            break
    return deliver(verdict)
