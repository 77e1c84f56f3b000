"""A trace told one event at a time: each value as it is computed, then each contribution to an adjoint.

The trace table lists the events; the stepper plays them.
"""

from dataclasses import dataclass

from gradschool.show import formulas
from gradschool.show.notation import BAR, DOT, in_words, short, symbol
from gradschool.show.tables import Table, Tables

FORWARD, BACKWARD = "Forward", "Backward"
_COUNT = ("first", "second", "third", "fourth", "fifth")


@dataclass(frozen=True)
class Event:
    """What happens to a step. cells : its row of the table. rule : how its number comes about, line by line.

    words : the same to be spoken. edges : numbers of the edges that take part, and amount what comes along them.
    shows : what the step's node shows from now on, by kind of line.
    """

    phase: str
    name: str
    sources: tuple[str, ...]
    edges: tuple[int, ...]
    cells: tuple[str, ...]
    rule: tuple[str, ...]
    words: str
    shows: dict[str, str]
    amount: str = ""


def table(trace, tangents=None, adjoints=None):
    """tangents : a seed for each input, or None. adjoints : the seeds of the outputs, perhaps none; or None."""
    header = ("step", "operation", "value")
    if tangents is not None:
        header += ("tangent", "rule", "number")
    caption = f"Evaluation trace of {trace.name}"
    parts = [Table(header, [event.cells for event in forward(trace, tangents)], caption)]
    if adjoints is not None:
        rows = [event.cells for event in backward(trace, adjoints)]
        parts.append(Table(("adjoint", "rule", "number", "so far"), rows, "Backward, from the output to the inputs"))
    return Tables(parts)


def forward(trace, seeds=None):
    """The events of the forward sweep, with tangents if there are seeds."""
    tangents = None if seeds is None else trace.tangents(*seeds)
    arriving = edges_into(trace)
    for step in trace.steps:
        y, dot, result = symbol(step.name), symbol(step.name, DOT), short(step.value)
        named, numbered = formulas.value(step), formulas.value(step, formulas.numbers(step))
        stages = [named] if step.operation == "input" or step.has_arrays or named == numbered else [named, numbered]
        cells, rule = (y, " = ".join(stages), result), (" = ".join([y, *stages, result]),)
        words, shows = f"{describe(step)}.", {"value": result}
        if tangents is not None:
            change = short(tangents[step.name])
            stages = ["seed"]
            if step.sources:
                stages = formulas.tangent_rule(step, tangents, _slopes(trace, step))
            cells += (dot, " = ".join(stages[1:] or stages), change)
            rule += (f"{dot} = {change}, the seed" if stages == ["seed"] else " = ".join([dot, *stages, change]),)
            words += f" Its tangent is {change}."
            shows["tangent"] = f"{dot} = {change}"
        sources = tuple(source.name for source in step.sources)
        yield Event(FORWARD, step.name, sources, tuple(arriving[step.name]), cells, rule, words, shows)


def backward(trace, seeds=()):
    """The events of the reverse sweep: the seeds of the outputs, then every contribution in turn."""
    adjoints, arriving, arrived = trace.seeds(*seeds), edges_into(trace), {}
    for step in trace.outputs:
        bar, seed = symbol(step.name, BAR), short(adjoints[step.name])
        arrived[step.name] = 1
        words = f"The adjoint of {step.name} is {seed}: it is the output, and this is the seed."
        yield Event(
            BACKWARD, step.name, (), (), (bar, "seed", seed, seed), (f"{bar} = {seed}, the seed",), words,
            {"adjoint": f"{bar} = {seed}"},
        )  # fmt: skip
    for c in trace.contributions(*seeds):
        bar, amount, after = symbol(c.source.name, BAR), short(c.amount), short(c.after)
        g, adjoints[c.source.name] = adjoints[c.step.name], c.after
        rule = " = ".join(formulas.adjoint_rule(c.step, c.position, g, _slopes(trace, c.step)))
        count = arrived[c.source.name] = arrived.get(c.source.name, 0) + 1
        so_far = after if count == 1 else f"{_added(c)} = {after}"
        ordinal = _COUNT[count - 1] if count <= len(_COUNT) else f"{count}th"
        lines = f"{bar} += {rule} = {amount}", f"{bar} = {_added(c)} = {after}, with the {ordinal} contribution"
        words = f"{c.step.name} hands {amount} back to {c.source.name}, whose adjoint is now {so_far}."
        if count > 1:
            words = f"{words[:-1]}: the {ordinal} contribution is added."
        edge = (arriving[c.step.name][c.position],)
        cells = (f"{bar} +=", rule, amount, so_far)
        shows = {"adjoint": f"{bar} = {after}"}
        yield Event(BACKWARD, c.source.name, (c.step.name,), edge, cells, lines, words, shows, amount)


def _slopes(trace, step):
    """The local partial derivatives, where they are numbers: the Jacobian of a large matrix would fill the memory."""
    return () if step.has_arrays else trace.edge_partials(step)


def _added(c):
    before, amount = short(c.before), short(c.amount)
    return f"{before} + ({amount})" if amount.startswith("-") else f"{before} + {amount}"


def edges_into(trace):
    """The numbers of the edges into each step, in the order of its sources."""
    edges = {step.name: [] for step in trace.steps}
    for k, (_, step) in enumerate(trace.edges):
        edges[step.name].append(k)
    return edges


def describe(step):
    """v2 is multiply of v-1 and v0: 10"""
    if step.operation == "input":
        return f"{step.name} is the input {step.label}: {short(step.value)}"
    return f"{step.name} is {step.operation} of {in_words(step.operands)}: {short(step.value)}"
