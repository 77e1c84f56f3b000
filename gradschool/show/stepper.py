"""A trace to walk through: each operation of the forward sweep, then each contribution of the backward one.

All frames are made here, once. The picture and the tables hold every text that will be shown; each says from which
frame on (data-since), and until which (data-until), and what takes part in a frame has its number (data-now for the
step whose number changes, data-from for those that it comes from). The script only shows and hides, so the widget
goes on working when the kernel has stopped, and its `data` works on a page that never had one.
"""

from collections import defaultdict
from itertools import count, pairwise
from typing import Any

import anywidget
import traitlets

from gradschool.show import graph, kernelless, sweeps
from gradschool.show.graph import STATIC, Text
from gradschool.show.notation import markup
from gradschool.show.trace import given

START = "Nothing has been computed yet. Press Next, or the right arrow key."


class StepperWidget(anywidget.AnyWidget):
    """A trace, one operation at a time. `stepper` makes one. `position` is the number of the frame that is shown."""

    _esm = STATIC / "stepper.js"
    _css = "\n".join((STATIC / name).read_text(encoding="utf-8") for name in ("graph.css", "stepper.css"))
    data = traitlets.Dict().tag(sync=True)
    position = traitlets.Int(0).tag(sync=True)

    def __init__(self, still=None, **traits: Any) -> None:
        """still : what pages that do not run widgets show, by mime type."""
        super().__init__(**traits)
        self._still = still or {}

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict, dict]:
        bundle, metadata = super()._repr_mimebundle_(**kwargs)
        return {**bundle, **self._still}, metadata


def stepper(trace, tangents=None, adjoints=None, alt=None):
    """A widget that walks through a trace: forward, and then, where adjoints are asked for, backward.

    tangents : a seed for each input; every step shows its tangent too. adjoints : True, or a seed for each output.
    alt : of the picture, in place of the text that is made from the graph.
    Pages that do not run widgets show the finished graph, and every frame as a row of a table.
    """
    tangents, adjoints = given(tangents), given(adjoints)
    drawing = graph.drawing(trace, tangents, adjoints, alt=alt)
    tables = sweeps.table(trace, tangents, adjoints)
    still = drawing._repr_mimebundle_()["text/html"] + tables._repr_html_()
    data = frames(trace, tangents, adjoints, drawing.alt)
    return StepperWidget(
        {"text/html": kernelless.page("stepper", still, data), "text/plain": str(tables)}, data=data
    )


def frames(trace, tangents=None, adjoints=None, alt=""):
    """What the widget shows, as plain data. Frame 0 comes before the first operation."""
    forward = list(sweeps.forward(trace, tangents))
    backward = [] if adjoints is None else list(sweeps.backward(trace, adjoints))
    events, number = [*forward, *backward], count(1)
    tables = sweeps.table(trace, tangents, adjoints)
    return {
        "title": f"{trace.name}, step by step",
        "alt": alt,
        "picture": graph.svg(trace, _lines(trace, events), _labels(trace, events), in_page=True, marks=_marks(events)),
        "tables": [table.html([f'data-since="{next(number)}"' for _ in table.rows]) for table in tables],
        "frames": [
            {"phase": "Start", "rule": [START], "words": START},
            *({"phase": e.phase, "rule": [markup(line) for line in e.rule], "words": e.words} for e in events),
        ],
    }


def _lines(trace, events):
    """For each step its heading, and a line for each kind of number, with all that it will show."""
    shown = {step.name: defaultdict(list) for step in trace.steps}
    for k, event in enumerate(events, start=1):
        for kind, text in event.shows.items():
            shown[event.name][kind].append((k, text))
    kinds = [kind for kind in ("value", "tangent", "adjoint") if any(kind in event.shows for event in events)]
    return [
        [[graph.heading(step)], *([*_in_turn(kind, shown[step.name][kind])] for kind in kinds)] for step in trace.steps
    ]


def _in_turn(kind, shown):
    for (k, text), (until, _) in pairwise([*shown, (None, "")]):
        yield Text(kind, text, f' data-since="{k}"' + (f' data-until="{until}"' if until else ""))


def _labels(trace, events):
    """What comes along each edge on the way back."""
    labels = [[] for _ in trace.edges]
    for k, event in enumerate(events, start=1):
        if event.amount:
            labels[event.edges[0]].append(Text("partial", event.amount, f' data-since="{k}"'))
    return labels


def _marks(events):
    """By step and edge: the frames in which they take part."""
    now, source = defaultdict(list), defaultdict(list)
    for k, event in enumerate(events, start=1):
        now[event.name].append(k)
        for edge in event.edges:
            now[edge].append(k)
        for name in event.sources:
            source[name].append(k)
    marks = {key: f' data-now="{" ".join(map(str, numbers))}"' for key, numbers in now.items()}
    for name, numbers in source.items():
        marks[name] = marks.get(name, "") + f' data-from="{" ".join(map(str, numbers))}"'
    return marks
