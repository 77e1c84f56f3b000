"""`course-map`: which idea needs which, drawn, and below the picture the same in words.

Each line of the directive is an idea: its name, the unit and lecture that it belongs to, its title, the section in
that lecture, and the names of the ideas that it needs, which stand above it.

    hinge | 7 hinge_loss | Hinge | let-the-points-pay-the-hinge | margin kinks

The words are ordinary Markdown links, so that Sphinx finds those that lead nowhere. The picture takes its links from
them once they are resolved.
"""

from dataclasses import dataclass
from html import escape

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from gradschool.show.layout import layout

LETTER, PADDING, HEIGHT = 6.6, 16, 28  # of a box: width of a letter, what is around the text, in pixels
MARGIN = 6
STYLE = """
.gs-map { overflow-x: auto; border: 1px solid var(--pst-color-border, #999); border-radius: 6px; }
@media (min-width: 1200px) { .gs-map { margin-right: -13rem; } }
.gs-map:focus-visible { outline: 3px solid var(--pst-color-primary, #075); }
.gs-map svg { display: block; margin: 0 auto; }
.gs-map text { font: 13px sans-serif; fill: var(--pst-color-text-base, currentColor); }
.gs-map rect { fill: var(--pst-color-surface, none); stroke: var(--pst-color-text-muted, currentColor); }
.gs-map a:hover rect, .gs-map a:focus-visible rect { stroke: var(--pst-color-primary, #075); stroke-width: 3; }
.gs-map a { outline: none; }
.gs-map path { fill: none; stroke: var(--pst-color-text-muted, currentColor); stroke-width: 1.4; }
.gs-map marker path { fill: var(--pst-color-text-muted, currentColor); stroke: none; }
"""
# Where the map is wider than its box, the first idea is in sight.
START = (
    "<script>for (const map of document.querySelectorAll('.gs-map')) {"
    "const first = map.querySelector('a').getBoundingClientRect(), box = map.getBoundingClientRect();"
    "map.scrollLeft = (first.left + first.right - box.left - box.right) / 2; }</script>"
)


@dataclass(frozen=True)
class Idea:
    name: str
    unit: str
    lecture: str
    title: str
    section: str
    needs: tuple[str, ...]

    @property
    def text(self):
        return f"{self.unit} · {self.title}"

    @property
    def link(self):
        return f"[{self.title}](/course/{int(self.unit):02}_{self.lecture}/{self.lecture}.md#{self.section})"


class Map(nodes.General, nodes.Element):
    """Where the picture goes."""


class CourseMap(SphinxDirective):
    has_content = True

    def run(self):
        ideas = read(self.content, self.error)
        titles = {idea.name: idea.title for idea in ideas}
        lines = []
        for idea in ideas:
            needs = f": needs {listed([titles[name] for name in idea.needs])}" if idea.needs else ": needs nothing"
            lines.append(f"- {idea.link} (unit {idea.unit}){needs}.")
        words = nodes.container(classes=["gs-map-words", "gs-no-terms"])
        words += self.parse_text_to_nodes("\n".join(lines))
        heading = nodes.rubric("", "The same in words")
        return [Map(ideas=ideas), heading, words]


def read(lines, error):
    """The ideas that the lines tell of. error(message) : an exception to raise."""
    ideas, known = [], set()
    for line in filter(str.strip, lines):
        fields = [field.strip() for field in line.split("|")]
        if len(fields) != 5 or len(fields[1].split()) != 2:
            raise error(f"an idea is: name | unit lecture | title | section | needs. This is not: {line}")
        name, where, title, section, needs = fields
        if unknown := set(needs.split()) - known:
            raise error(f"{name} needs {', '.join(sorted(unknown))}, which no line above it defines")
        if name in known:
            raise error(f"there are two ideas called {name}")
        known.add(name)
        ideas.append(Idea(name, *where.split(), title, section, tuple(needs.split())))
    return ideas


def listed(names):
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def draw(app, doctree, page):
    """Sphinx has resolved a page's references: the picture can be drawn, with its links."""
    for place in list(doctree.findall(Map)):
        if app.builder.format != "html":
            place.parent.remove(place)
            continue
        words = next(node for node in place.parent.findall(nodes.container) if "gs-map-words" in node["classes"])
        # An idea's own link is the first in its line.
        addresses = [next(item.findall(nodes.reference))["refuri"] for item in words.findall(nodes.list_item)]
        place.replace_self(nodes.raw("", picture(place["ideas"], addresses), format="html"))


def picture(ideas, addresses):
    """The map as HTML: from top to bottom, each idea a link."""
    number = {idea.name: k for k, idea in enumerate(ideas)}
    edges = [(number[need], k) for k, idea in enumerate(ideas) for need in idea.needs]
    widths = [len(idea.text) * LETTER + PADDING for idea in ideas]
    laid = layout([(HEIGHT, width) for width in widths], edges)
    lines = [f'<path d="{curve(route)}" marker-end="url(#gs-map-arrow)"/>' for route in laid.routes]
    for idea, box, address in zip(ideas, laid.boxes, addresses, strict=True):
        x, y = box.across - box.breadth / 2, box.along - HEIGHT / 2
        lines.append(
            f'<a href="{escape(address)}"><rect x="{x:.1f}" y="{y:.1f}" width="{box.breadth:.1f}" height="{HEIGHT}" '
            f'rx="6"/><text x="{box.across:.1f}" y="{box.along + 5:.1f}" text-anchor="middle">{escape(idea.text)}'
            "</text></a>"
        )
    width, height = laid.breadth + 2 * MARGIN, laid.length + 2 * MARGIN
    view = f"{-MARGIN} {-MARGIN} {width:.0f} {height:.0f}"
    return (
        f"<style>{STYLE}</style>"
        '<div class="gs-map" tabindex="0" role="region" aria-label="Map of the course. The same in words is below.">'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" viewBox="{view}">'
        '<defs><marker id="gs-map-arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>' + "".join(lines) + f"</svg></div>{START}"
    )


def curve(route):
    """A route of the layout as a path, downwards: straight and bent in turn."""
    (along, across), *others = route
    path = f"M{across:.1f} {along:.1f}"
    for k, (y, x) in enumerate(others):
        middle = (along + y) / 2
        bent = f"C{across:.1f} {middle:.1f} {x:.1f} {middle:.1f} {x:.1f} {y:.1f}"
        path += bent if k % 2 == 0 else f"L{x:.1f} {y:.1f}"
        along, across = y, x
    return path


def setup(app):
    app.add_node(Map)
    app.add_directive("course-map", CourseMap)
    app.connect("doctree-resolved", draw)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
