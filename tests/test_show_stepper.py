"""The stepper: its frames, its other forms, and the widget in a browser, with no kernel behind it."""

import json
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from browsing import IN_A_BROWSER, PICTURES

from gradschool import show
from gradschool.show.graph import STATIC

SVG = "{http://www.w3.org/2000/svg}"


def f(x1, x2):
    v1 = np.log(x1)
    v2 = x1 * x2
    v3 = np.sin(x2)
    v4 = v1 + v2
    return v4 - v3


def network(W, b, x):
    return np.sum(np.tanh(W @ x + b) ** 2)


TRACE = show.trace(f, 2.0, 5.0)
NETWORK = show.trace(network, np.arange(6.0).reshape(2, 3) / 10, np.array([0.1, -0.2]), np.array([1.0, -1.0, 2.0]))


@pytest.fixture(scope="module")
def backward():
    return show.stepper(TRACE, adjoints=True).data


# The frames, read as the script reads them


def shown(picture, frame):
    """The texts in each node, and on each edge, that a frame shows."""
    def visible(text):
        since, until = text.get("data-since"), text.get("data-until")
        return (since is None or frame >= int(since)) and (until is None or frame < int(until))

    root = ET.fromstring(picture)
    nodes = {
        node.get("data-node"): [plain(text) for text in node.iter(SVG + "text") if visible(text)]
        for node in root.iter(SVG + "g") if node.get("data-node")
    }
    labels = [plain(text) for text in root.findall(SVG + "text") if visible(text)]
    return nodes, labels


def plain(text):
    return "".join(text.itertext()).replace("\u200b", "").replace("\u0304", "").replace("\u2212", "-")


def acting(picture, frame):
    """Nodes and edges that take part in a frame: those that change, and those that it comes from."""
    now, source = set(), set()
    for group in ET.fromstring(picture).iter(SVG + "g"):
        name = group.get("data-node") or int(group.get("data-edge"))
        if str(frame) in (group.get("data-now") or "").split():
            now.add(name)
        if str(frame) in (group.get("data-from") or "").split():
            source.add(name)
    return now, source


def test_forward_comes_first_then_backward(backward):
    phases = [frame["phase"] for frame in backward["frames"]]
    assert phases == ["Start"] + ["Forward"] * 7 + ["Backward"] * 9


def test_nothing_is_shown_before_its_turn(backward):
    nodes, labels = shown(backward["picture"], 0)
    assert all(len(texts) == 1 for texts in nodes.values()) and labels == []
    nodes, labels = shown(backward["picture"], 4)  # two inputs, v1, v2
    assert nodes["v2"] == ["v2 = v-1 · v0", "10"] and nodes["v3"] == ["v3 = sin(v0)"]
    assert acting(backward["picture"], 4) == ({"v2", 1, 2}, {"v-1", "v0"})


def test_a_fan_out_adds_up_before_the_readers_eyes(backward):
    frames = backward["frames"]
    first, second = (k for k, frame in enumerate(frames) if "back to v0," in frame["words"])
    before, one, two = (shown(backward["picture"], k)[0]["v0"] for k in (first - 1, first, second))
    assert (before, one, two) == (["v0 = x2", "5"], ["v0 = x2", "5", "v0 = -0.284"], ["v0 = x2", "5", "v0 = 1.716"])
    assert shown(backward["picture"], second - 1)[0]["v0"] == one
    rule = [re.sub("<.*?>", "", line).replace("\u2212", "-").replace("\u0304", "") for line in frames[second]["rule"]]
    assert rule == [
        "v0 += v2 · ∂v2/∂v0 = v2 · v-1 = 1 · 2 = 2",
        "v0 = -0.284 + 2 = 1.716, with the second contribution",
    ]
    assert "the second contribution is added" in frames[second]["words"]
    assert acting(backward["picture"], second)[0] == {"v0", 2} and acting(backward["picture"], second)[1] == {"v2"}


def test_at_the_end_everything_is_there(backward):
    nodes, labels = shown(backward["picture"], 16)
    final = {name: float(texts[2].split(" = ")[1]) for name, texts in nodes.items()}
    assert final == {name: round(float(adjoint), 3) for name, adjoint in TRACE.adjoints().items()}
    assert sorted(labels, key=float) == sorted(["1", "-1", "1", "1", "5", "2", "-0.284", "0.5"], key=float)


@pytest.mark.parametrize("trace, asked", [
    (TRACE, {"tangents": (1.0, 0.0)}),
    (TRACE, {"adjoints": True, "tangents": (0.0, 1.0)}),
    (NETWORK, {"adjoints": True}),
    (NETWORK, {"adjoints": 2.0}),
    (show.trace(lambda x: 3.0, 1.0), {"adjoints": True}),
])
def test_every_frame_has_its_row_its_words_and_its_rule(trace, asked):
    data = show.stepper(trace, **asked).data
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    rows = [row for table in data["tables"] for row in ET.fromstring(table).iter("tr") if row.get("data-since")]
    assert [int(row.get("data-since")) for row in rows] == list(range(1, len(data["frames"])))
    assert all(frame["words"].endswith(".") and all(frame["rule"]) for frame in data["frames"])
    for k in range(len(data["frames"])):
        assert all(len(texts) <= 4 for texts in shown(data["picture"], k)[0].values())


def test_tangents_are_told_with_their_rule():
    frame = show.stepper(TRACE, tangents=(1.0, 0.0)).data["frames"][4]
    assert frame["words"] == "v2 is multiply of v-1 and v0: 10. Its tangent is 5."
    rule = re.sub("<.*?>", "", frame["rule"][1]).replace("\u0307", "'").replace("\u2212", "-")
    assert rule == "v'2 = ∂v2/∂v-1 · v'-1 + ∂v2/∂v0 · v'0 = v0 · v'-1 + v-1 · v'0 = 5 · 1 + 2 · 0 = 5"


# Its other forms


def test_pages_without_widgets_get_the_graph_and_every_frame_as_a_row():
    bundle, _ = show.stepper(TRACE, adjoints=True)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    still = bundle["text/html"].split("<script")[0]
    assert '<div class="gs-still"><img src=' in still and 'alt="Computational graph of f' in still
    assert still.count("<tr>") == 2 + 7 + 9
    assert "-0.284 + 2 = 1.716" in bundle["text/plain"]


def test_names_from_outside_are_escaped():
    data = show.stepper(show.trace(f, 2.0, 5.0, names=["<b>", "&"]), adjoints=True).data
    assert "<b>" not in json.dumps([data["picture"], data["tables"], [frame["rule"] for frame in data["frames"]]])


def test_alternative_text_can_be_given():
    assert show.stepper(TRACE, alt="my words").data["alt"] == "my words"


def test_the_widget_asks_nothing_of_the_network():
    text = "".join((STATIC / name).read_text(encoding="utf-8") for name in ("stepper.js", "stepper.css", "graph.css"))
    assert not re.search(r"//\w|\bfetch\b|XMLHttpRequest|@import|\bfrom\s+['\"]|import\(|url\(", text)


# In a browser

PAGE = """<!doctype html><meta charset="utf-8"><style>{css}</style><style>:root {{ color-scheme: {scheme} }}</style>
<body style="background: Canvas"><div id="widget"></div><script type="module">
const source = new Blob([{script}], {{ type: "text/javascript" }});
const {{ default: widget }} = await import(URL.createObjectURL(source));
const state = {{ data: {data}, position: 0 }}, listeners = [];
const model = {{
  get: (key) => state[key],
  set: (key, value) => {{ state[key] = value; [...listeners].forEach((call) => call()); }},
  on: (event, call) => listeners.push(call),
  off: (event, call) => listeners.splice(listeners.indexOf(call), 1),
}};
window.model = model;
window.listening = () => listeners.length;
window.cleanup = widget.render({{ model, el: document.getElementById("widget") }});
</script>"""


def embedded(value):
    return json.dumps(value).replace("</", "<\\/")


@pytest.fixture
def open_widget(chromium):
    """Opens a stepper in a page that has no kernel; fails on any script error or outside request."""
    pages, trouble = [], []

    def open_page(widget, scheme="light", width=1000):
        page = chromium.new_page(viewport={"width": width, "height": 900})
        pages.append(page)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda message: trouble.append(message.text))
        page.on("request", lambda request: request.url.startswith("http") and trouble.append(request.url))
        script = (STATIC / "stepper.js").read_text(encoding="utf-8")
        page.set_content(PAGE.format(
            css=str(widget._css), scheme=scheme, script=embedded(script), data=embedded(widget.data)))
        page.wait_for_selector(".gs-stepper")
        return page

    yield open_page
    for page in pages:
        page.close()
    assert trouble == []


CONTRAST = """([text, ground]) => {
    const light = (colour) => { const [r, g, b] = colour.match(/[\\d.]+/g).map((c) => c / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
    const [a, b] = [light(text), light(ground)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""


def places(page):
    """Where the node that changes is, and where the part of the page that the picture has."""
    return page.locator(".gs-node.gs-now").bounding_box(), page.locator(".gs-scroller").first.bounding_box()


def style(page, selector, key):
    return page.locator(selector).first.evaluate("(e, key) => getComputedStyle(e)[key]", key)


class TestInBrowser:
    pytestmark = IN_A_BROWSER

    def test_the_keys_walk_through_every_frame(self, open_widget):
        widget = show.stepper(TRACE, adjoints=True)
        page = open_widget(widget)
        slider, words = page.get_by_role("slider", name="Step"), page.get_by_role("status")
        slider.focus()
        for frame in widget.data["frames"][1:]:
            page.keyboard.press("ArrowRight")
            assert words.inner_text() == frame["words"]
        assert slider.get_attribute("aria-valuetext") == "16 of 16"
        page.keyboard.press("Home")
        assert words.inner_text() == widget.data["frames"][0]["words"]
        page.get_by_role("button", name="Next").focus()
        for key in ("Enter", "Space", "ArrowRight", "ArrowRight", "ArrowLeft"):
            page.keyboard.press(key)
        assert page.evaluate("model.get('position')") == 3
        page.keyboard.press("End")
        page.keyboard.press("Enter")
        assert page.evaluate("model.get('position')") == 16
        assert page.get_by_role("button", name="Next").get_attribute("aria-disabled") == "true"
        page.get_by_role("button", name="Back").click()
        assert page.evaluate("model.get('position')") == 15

    def test_what_is_seen_is_what_the_frame_says(self, open_widget):
        page = open_widget(show.stepper(TRACE, adjoints=True))

        def seen(selector):
            found = page.locator(selector).all()
            return [e for e in found if e.evaluate("e => getComputedStyle(e).visibility") == "visible"]

        assert seen(".gs-value") == [] and seen("tbody tr") == []
        page.evaluate("model.set('position', 15)")  # the kernel, or another view, moves it
        assert len(seen(".gs-value")) == 7 and len(seen("tbody tr")) == 15
        assert page.locator(".gs-rule p").count() == 2
        assert page.locator(".gs-node.gs-now").get_attribute("data-node") == "v0"
        assert page.locator(".gs-node.gs-from").get_attribute("data-node") == "v2"
        assert page.locator(".gs-edge.gs-now").count() == 1
        assert style(page, ".gs-edge.gs-now .gs-head", "display") == "none", "on the way back the arrow points back"
        assert style(page, ".gs-edge.gs-now .gs-tail", "display") != "none"
        weight = style(page, ".gs-edge.gs-now .gs-line", "strokeWidth").removesuffix("px")
        assert float(weight) >= 3, "weight says it, not colour alone"

    def test_jupyterlab_leaves_the_keys_to_every_control(self, open_widget):
        controls = open_widget(show.stepper(TRACE)).locator("input, button, [tabindex]").all()
        assert len(controls) == 7
        for control in controls:
            assert control.get_attribute("data-lm-suppress-shortcuts") == "true"

    def test_the_picture_and_the_controls_have_names(self, open_widget):
        page = open_widget(show.stepper(TRACE))
        assert page.get_by_role("img").get_attribute("aria-label").startswith("Computational graph of f")
        assert page.get_by_role("group", name="f, step by step").count() == 1
        assert page.get_by_role("button").count() == 4

    def test_a_closed_view_stops_listening(self, open_widget):
        page = open_widget(show.stepper(TRACE))
        assert page.evaluate("listening()") == 1
        assert page.evaluate("cleanup(), listening()") == 0

    @pytest.mark.parametrize("trace", [TRACE, NETWORK], ids=["numbers", "arrays"])
    def test_every_text_fits_its_box(self, open_widget, trace):
        page = open_widget(show.stepper(trace, adjoints=True, tangents=tuple(s.value for s in trace.inputs)))
        too_wide = page.evaluate("""[...document.querySelectorAll(".gs-node")].flatMap((node) => {
            const box = node.querySelector(".gs-box").getBBox();
            return [...node.querySelectorAll("text")].filter((text) => { const t = text.getBBox();
                return t.x < box.x + 4 || t.x + t.width > box.x + box.width - 4 || t.y < box.y
                    || t.y + t.height > box.y + box.height; }).map((text) => text.textContent);
        })""")
        assert too_wide == []

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_it_is_readable_on_a_light_and_on_a_dark_page(self, open_widget, scheme):
        page = open_widget(show.stepper(TRACE, adjoints=True), scheme)
        page.evaluate("model.set('position', 15)")
        page.screenshot(path=PICTURES / f"stepper_{scheme}.png")
        paper = style(page, ".gs-stepper", "backgroundColor")
        lit = style(page, ".gs-node.gs-now .gs-box", "fill")
        for selector in (".gs-formula", ".gs-adjoint", ".gs-graph .gs-partial"):
            assert page.evaluate(CONTRAST, [style(page, selector, "fill"), paper]) >= 4.5
        for selector in (".gs-node.gs-now .gs-formula", ".gs-node.gs-now .gs-adjoint"):
            assert page.evaluate(CONTRAST, [style(page, selector, "fill"), lit]) >= 4.5
        assert page.evaluate(CONTRAST, [style(page, ".gs-place", "color"), paper]) >= 4.5

    def test_a_narrow_page_scrolls_inside_and_keeps_the_step_in_sight(self, open_widget):
        page = open_widget(show.stepper(TRACE, adjoints=True), width=360)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for position in range(1, 17):
            page.evaluate(f"model.set('position', {position})")
            node, scroller = places(page)
            assert node["x"] >= scroller["x"] - 1
            assert node["x"] + node["width"] <= scroller["x"] + scroller["width"] + 1
        page.screenshot(path=PICTURES / "stepper_narrow.png")

    def test_a_long_graph_scrolls_along(self, open_widget):
        def chain(x):
            for _ in range(15):
                x = np.sin(x) * 1.1
            return x

        page = open_widget(show.stepper(show.trace(chain, 0.5), adjoints=True))
        page.evaluate("model.set('position', 25)")
        node, scroller = places(page)
        assert scroller["y"] <= node["y"] and node["y"] + node["height"] <= scroller["y"] + scroller["height"]
        assert page.evaluate("scrollY") == 0
        page.screenshot(path=PICTURES / "stepper_long.png")
