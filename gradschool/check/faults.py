"""The mistakes that the chain rule invites, as faults to plant in a run of twins (see `twins`)."""

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Fault:
    """A cause by name, and what to plant: see `twins.Run`."""

    cause: str
    cut: frozenset = frozenset()
    bend: dict = field(default_factory=dict)


def faults(run):
    """Every fault that a traced run has room for."""
    yield from _lost_paths(run)
    bends = [bend for index, operation in enumerate(run.operations) for bend in _bends(run, index, operation)]
    for _, _, cause, bend in bends:
        yield Fault(cause, bend=bend)
    # A mistaken derivative is mistaken wherever the same function comes up.
    kinds = {}
    for name, mistake, cause, bend in bends:
        kinds.setdefault((name, mistake, cause), []).append(bend)
    for (_, _, cause), same in kinds.items():
        if len(same) > 1:
            yield Fault(cause, bend={index: moved for bend in same for index, moved in bend.items()})


# ---- paths


def _lost_paths(run):
    uses = {}
    for index, operation in enumerate(run.operations):
        for position, node in enumerate(operation.inputs):
            if node in run.active:
                uses.setdefault(node, []).append((index, position))
    shared = [places for places in uses.values() if len(places) > 1]
    lost = [frozenset([place]) for places in shared for place in places]
    # = for +=, everywhere: a backward pass overwrites, so that the use it comes to last survives.
    for survivor in (0, -1):
        lost.append(frozenset(place for places in shared for place in _all_but_one(places, survivor)))
    for places in dict.fromkeys(lost):
        term = all(_is_term(run, uses, place) for place in places)
        yield Fault("regulariser forgotten" if term else "one path lost", cut=places)


def _all_but_one(places, survivor):
    """All uses of a node but the last argument of the first, or of the last, operation that uses it."""
    operation = places[survivor][0]
    kept = max(place for place in places if place[0] == operation)
    return [place for place in places if place != kept]


def _is_term(run, uses, place):
    """Whether a use of a parameter leads to a number that no data has a part in, and that is added to the rest."""
    index, before = place[0], None
    while True:
        operation = run.operations[index]
        if operation.output in run.data:
            return before is not None and np.ndim(before) == 0 and operation.name in ("add", "subtract")
        following = {i for i, _ in uses.get(operation.output, [])}
        if len(following) != 1:
            return False
        index, before = following.pop(), operation.result


# ---- derivatives of single steps

_DERIVATIVES = {
    "exp": np.exp,
    "expm1": np.exp,
    "log": lambda z: 1 / z,
    "log1p": lambda z: 1 / (1 + z),
    "sin": np.cos,
    "cos": lambda z: -np.sin(z),
    "tanh": lambda z: 1 - np.tanh(z) ** 2,
    "sqrt": lambda z: 0.5 / np.sqrt(z),
    "square": lambda z: 2 * z,
    "arctan": lambda z: 1 / (1 + z * z),
    "sinh": np.cosh,
    "cosh": np.sinh,
}
# The derivative in terms of the output; with the input plugged in, it is a mistake.
_OF_OUTPUT = {"exp": lambda v: v, "tanh": lambda v: 1 - v * v, "sqrt": lambda v: 0.5 / v}


def _bends(run, index, operation):
    """(function, mistake, cause, bend) for the mistakes that an operation's derivative invites."""
    if operation.output not in run.active:
        return
    for name, mistakes in ((operation.name, _mistakes(operation)), *_composites(run, operation)):
        for number, (cause, moved) in enumerate(mistakes):
            yield name, number, cause, {index: moved}


def _mistakes(operation):
    name, result = operation.name, operation.result
    if name in _DERIVATIVES:
        derivative = _DERIVATIVES[name]
        yield "chain factor missing", _along(lambda z, v: 1.0)
        yield "derivative at the wrong place", _along(lambda z, v: derivative(v))
        if name in _OF_OUTPUT:
            yield "derivative at the wrong place", _along(lambda z, v: _OF_OUTPUT[name](z))
        if not np.array_equal(result, derivative(operation.arguments[0])):
            yield "function for its derivative", _along(lambda z, v: v)
    elif name in ("maximum", "minimum"):
        yield "wrong side of the kink", _other_branch
        yield "chain factor missing", _always(0)
        yield "chain factor missing", _always(1)
    elif name == "where":
        yield "wrong side of the kink", _other_choice
    elif name in ("absolute", "fabs", "abs"):
        yield "chain factor missing", _along(lambda z, v: 1.0)
        yield "wrong side of the kink", _along(lambda z, v: -np.sign(z))


def _along(derivative):
    """Moves the result along `derivative`, a function of the operation's argument and its result."""

    def moved(run, base, moved, result):
        with np.errstate(all="ignore"):
            return result + derivative(base[0], result) * (moved[0] - base[0])

    return moved


def _other_branch(run, base, moved, result):
    first = np.equal(result, base[0])
    return result + np.where(first, moved[1] - base[1], moved[0] - base[0])


def _always(position):
    return lambda run, base, moved, result: result + (moved[position] - base[position])


def _other_choice(run, base, moved, result):
    return result + np.where(base[0], moved[2] - base[2], moved[1] - base[1])


# ---- functions that take several operations, known by their values


def _sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


def _softmax(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


_COMPOSITES = {
    "sigmoid": (
        _sigmoid,
        (
            ("chain factor missing", lambda z, v: 1.0),
            ("function for its derivative", lambda z, v: v),
            ("derivative at the wrong place", lambda z, v: z * (1 - z)),
            ("derivative at the wrong place", lambda z, v: _sigmoid(v) * (1 - _sigmoid(v))),
        ),
    ),
    "softmax": (
        _softmax,
        (
            ("chain factor missing", lambda z, v: 1.0),
            ("only the diagonal of the softmax's Jacobian", lambda z, v: v * (1 - v)),
        ),
    ),
}


def _composites(run, operation):
    for name, (function, mistakes) in _COMPOSITES.items():
        source = _source(run, operation, function)
        if source is not None:
            yield name, [(cause, _from_source(source, derivative)) for cause, derivative in mistakes]


def _source(run, operation, function):
    """The active node z with function(z) equal to the operation's result, or None."""
    result = np.asarray(operation.result)
    for node in sorted(run.active):
        z = np.asarray(run.values[node])
        if node < operation.output and z.shape == result.shape and z.ndim and _close(function, z, result):
            return node
    return None


def _close(function, z, result):
    with np.errstate(all="ignore"):
        return np.allclose(function(z), result, rtol=1e-10, atol=1e-14)


def _from_source(source, derivative):
    def moved(run, base, moved, result):
        with np.errstate(all="ignore"):
            z = run.values[source]
            return result + derivative(z, result) * (run.moves[source] - z)

    return moved
