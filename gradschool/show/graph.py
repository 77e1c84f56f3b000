"""The picture of a trace: a node for each step, an edge for each use of its result, as SVG and in words.

Like the figures of a lecture it is an image on a white card: it reads the same in a light and in a dark notebook, on
the site and on paper, and it keeps its alt text wherever HTML goes. The stepper, which is part of the page, has the
same SVG drawn in the page's ink.
"""

from base64 import b64encode
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from gradschool.show import formulas, sweeps
from gradschool.show.figures import image
from gradschool.show.layout import layout
from gradschool.show.notation import BAR, DOT, in_words, markup, short, symbol, width

STATIC = Path(__file__).parent / "static"
LINE = 20  # height of a line of text, in pixels
LETTER = 8.4  # width of a letter, on average, in the fonts that graph.css names
SMALL = 7.2  # width of one on an edge
WIDEST = 760  # what would be wider than a page runs from top to bottom
TOLD = 40  # as many steps are told one by one in words
MARGIN = 8
SUBSCRIPT = '<tspan dy="4" font-size="75%">{}</tspan><tspan dy="-4">\u200b</tspan>'


@dataclass(frozen=True)
class Drawing:
    """A graph as SVG, in words, and as text for where there is no picture."""

    svg: str
    alt: str
    text: str

    def _repr_mimebundle_(self, **kwargs):
        picture = b64encode(self.svg.encode()).decode("ascii")
        return {"text/html": image("svg+xml", picture, self.alt), "text/plain": self.text}


@dataclass(frozen=True)
class Text:
    """A text in the picture. mark : attributes by which a script finds it."""

    kind: str
    text: str
    mark: str = ""


def drawing(trace, tangents=None, adjoints=None, partials=False, alt=None, direction=None):
    """The `Drawing` of a trace. tangents, adjoints : the seeds, or None."""
    text = str(sweeps.table(trace, tangents, adjoints))
    tangents = None if tangents is None else trace.tangents(*tangents)
    adjoints = None if adjoints is None else trace.adjoints(*adjoints)
    lines = [[[line] for line in _lines(step, tangents, adjoints)] for step in trace.steps]
    labels = [[Text("partial", label)] if label else [] for label in partial_labels(trace)] if partials else None
    picture = svg(trace, lines, labels, direction)
    return Drawing(picture, alt or words(trace, tangents, adjoints, partials), text)


def _lines(step, tangents, adjoints):
    yield heading(step)
    yield Text("value", short(step.value))
    if tangents is not None:
        yield Text("tangent", f"{symbol(step.name, DOT)} = {short(tangents[step.name])}")
    if adjoints is not None:
        yield Text("adjoint", f"{symbol(step.name, BAR)} = {short(adjoints[step.name])}")


def heading(step):
    return Text("formula", f"{symbol(step.name)} = {formulas.value(step)}")


def partial_labels(trace):
    """For each edge its local partial derivative, a number; between arrays a formula, where there is one."""
    labels = []
    for step in trace.steps:
        if step.has_arrays:
            labels += [formulas.partial(step, k) or "" for k in range(len(step.sources))]
        elif step.sources:
            labels += [short(partial) for partial in trace.edge_partials(step)]
    return labels


def words(trace, tangents=None, adjoints=None, partials=False):
    """The graph in sentences, one for each step; the steps of a long one are counted instead."""
    operations = [step for step in trace.steps if step.sources]
    counts = f"{_count(trace.inputs, 'input')}, {_count(operations, 'operation')}"
    sentences = [f"Computational graph of {trace.name}: {counts}."]
    if len(trace.steps) > TOLD:
        kinds = Counter(step.operation for step in operations)
        sentences.append(f"The operations are {in_words([f'{n} times {kind}' for kind, n in kinds.items()])}.")
    labels = iter(partial_labels(trace) if partials else ())
    for step in trace.steps:
        told = sweeps.describe(step)
        slopes = [f"{next(labels) or 'a Jacobian'} by {source.name}" for source in step.sources] if partials else []
        if slopes:
            told += f", with partial derivative{'s' * (len(slopes) > 1)} {in_words(slopes)}"
        if tangents is not None:
            told += f", tangent {short(tangents[step.name])}"
        if adjoints is not None:
            told += f", adjoint {short(adjoints[step.name])}"
        if len(trace.steps) <= TOLD or step in trace.outputs:
            sentences.append(f"{told}.")
    outputs = [step.name for step in trace.outputs]
    sentences.append(f"The output is {in_words(outputs)}." if outputs else "No output depends on an input.")
    return " ".join(sentences)


def _count(things, name):
    return f"{len(things)} {name}{'s' * (len(things) != 1)}"


def svg(trace, lines, labels=None, direction=None, in_page=False, marks=None):
    """The picture.

    lines : for each step its lines, and a line is a list of texts of which a script shows one at a time. labels : for
    each edge a list of texts likewise. marks : for steps and edges, by name or number, attributes for the script.
    """
    number = {step.name: k for k, step in enumerate(trace.steps)}
    edges = [(number[source.name], number[step.name]) for source, step in trace.edges]
    labels, marks = labels or [[]] * len(edges), marks or {}
    sizes = [(max(_widest(line, LETTER) for line in box) + 26, len(box) * LINE + 14) for box in lines]
    placed = layout(sizes, edges, [_widest(label, SMALL) for label in labels])
    right = direction == "right" or (direction is None and placed.length <= WIDEST)
    if not right:
        placed = layout([size[::-1] for size in sizes], edges, [0] * len(edges))
    view = _View(placed, right)
    parts = [_node(view, k, trace, lines[k], marks.get(step.name, "")) for k, step in enumerate(trace.steps)]
    parts += [_edge(view, k, marks.get(k, "")) for k in range(len(edges))]
    parts += _labels(view, edges, labels)
    return _page(view, parts, in_page)


def _widest(texts, letter):
    return max((width(text.text) for text in texts), default=0) * letter


class _View:
    """Turns (along, across) into the x and y of a picture."""

    def __init__(self, placed, right):
        self.placed, self.right = placed, right
        size = (placed.length, placed.breadth) if right else (placed.breadth, placed.length)
        self.width, self.height = (round(side + 2 * MARGIN) for side in size)

    def point(self, along, across):
        x, y = (along, across) if self.right else (across, along)
        return round(x + MARGIN, 1), round(y + MARGIN, 1)

    def at(self, along, across):
        return "{:g},{:g}".format(*self.point(along, across))

    def bend(self, a, b):
        """A curve from a to b that leaves and arrives along the way of the computation."""
        middle = (a[0] + b[0]) / 2
        return f"C{self.at(middle, a[1])} {self.at(middle, b[1])} {self.at(*b)}"


def _edge(view, k, mark):
    """The line, its head, and a head at the other end, which a script shows on the way back."""
    route = view.placed.routes[k]
    start, end = route[0], route[-1]
    path = f"M{view.at(*start)}"
    for j, (a, b) in enumerate(pairwise(route)):
        path += f"L{view.at(*b)}" if j % 2 else view.bend(a, b)
    return (
        f'<g class="gs-edge" data-edge="{k}"{mark}><path class="gs-line" d="{path}"/>'
        f'<path class="gs-head" d="{_head(view, end, -9)}"/><path class="gs-tail" d="{_head(view, start, 9)}"/></g>'
    )


def _head(view, tip, length):
    along, across = tip
    corners = [tip, (along + length, across - 4), (along + length, across + 4)]
    return "M" + "L".join(view.at(*corner) for corner in corners) + "Z"


def _node(view, k, trace, lines, mark):
    step, box = trace.steps[k], view.placed.boxes[k]
    x, y = view.point(box.along, box.across)
    w, h = (box.length, box.breadth) if view.right else (box.breadth, box.length)
    is_input = step.operation == "input"
    frame = _rect("gs-box", x, y, w, h, 20 if is_input else 5)
    if step in trace.outputs:
        frame += _rect("gs-inside", x, y, w - 7, h - 7, 16 if is_input else 2.5)
    top = y - (len(lines) - 1) * LINE / 2 + 5
    texts = "".join(_text(text, x, top + i * LINE) for i, line in enumerate(lines) for text in line)
    kind = "gs-input" if is_input else "gs-operation"
    return f'<g class="gs-node {kind}" data-node="{step.name}"{mark}>{frame}{texts}</g>'


def _rect(kind, x, y, w, h, radius):
    x, y = x - w / 2, y - h / 2
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{radius:g}"/>'


def _text(text, x, y):
    return f'<text class="gs-{text.kind}"{text.mark} x="{x:g}" y="{y:g}">{markup(text.text, SUBSCRIPT)}</text>'


def _labels(view, edges, labels):
    """Each label on the last bend of its edge, at the first place where it covers no other.

    Edges with both ends in common part late.
    """
    taken, parts, twins = [], [], Counter(edges)
    for edge, route, texts in zip(edges, view.placed.routes, labels, strict=True):
        if not texts:
            continue
        w = _widest(texts, SMALL) / 2 + 3
        along = (0.75, 0.65, 0.85) if twins[edge] > 1 else (0.5, 0.6, 0.7, 0.4, 0.8, 0.3)
        places = [view.point(*_on_bend(*route[-2:], t)) for t in along]
        boxes = [(x - w, y - 7, x + w, y + 7) for x, y in places]
        free = [k for k, box in enumerate(boxes) if not any(_overlap(box, other) for other in taken)]
        k = free[0] if free else 0
        taken.append(boxes[k])
        parts += [_text(text, places[k][0], places[k][1] + 4.5) for text in texts]
    return parts


def _on_bend(a, b, t):
    """The point at t of the curve that _View.bend draws."""
    middle, s = (a[0] + b[0]) / 2, 1 - t
    weights = s**3, 3 * s * s * t, 3 * s * t * t, t**3
    corners = a, (middle, a[1]), (middle, b[1]), b
    return tuple(sum(w * corner[i] for w, corner in zip(weights, corners, strict=True)) for i in range(2))


def _overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _page(view, parts, in_page):
    size = f'viewBox="0 0 {view.width} {view.height}" width="{view.width}" height="{view.height}"'
    ground = "" if in_page else f'<style>{_style()}</style><rect class="gs-card" width="100%" height="100%"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" class="gs-graph" {size}>{ground}{"".join(parts)}</svg>'


@cache
def _style():
    return (STATIC / "graph.css").read_text(encoding="utf-8")
