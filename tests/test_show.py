"""What the lectures show: figures with their alt text, the drawing style, the secant widget."""

import base64
import json
import math
import re
import shutil

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from gradschool import show
from gradschool.show import figures
from gradschool.show.secant import LOG_STEPS, OFFSETS, STATIC, secant_data

STYLE = "gradschool.show.lecture"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


# Figures


@pytest.fixture
def displayed(monkeypatch):
    """What `show.figure` displays: (data, metadata) of each call."""
    calls = []
    monkeypatch.setattr(figures, "display", lambda data, metadata, raw: calls.append((data, metadata)))
    return calls


def drawing():
    with plt.style.context(STYLE):
        fig, ax = plt.subplots()
        ax.plot([0, 1], [0, 1], label="a line")
        ax.legend()
    return fig


def test_figure_carries_its_alt_text_in_every_form(displayed):
    show.figure(drawing(), alt='a "steep"\n    line <here>')
    [(data, metadata)] = displayed
    assert 'alt="a &quot;steep&quot; line &lt;here&gt;"' in data["text/html"]
    assert metadata["image/png"]["alt"] == 'a "steep" line <here>'
    assert data["text/plain"] == 'Figure: a "steep" line <here>'


def test_figure_is_an_svg_on_the_page_and_a_png_for_paper(displayed):
    show.figure(drawing(), alt="a line")
    [(data, _)] = displayed
    svg = re.search(r"data:image/svg\+xml;base64,([^\"]+)", data["text/html"])[1]
    assert b"<svg" in base64.b64decode(svg)
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")


def test_figure_is_closed_and_the_same_bytes_each_time(displayed):
    before = plt.get_fignums()
    with plt.style.context(STYLE):
        for _ in range(2):
            show.figure(drawing(), alt="a line")
    assert plt.get_fignums() == before
    assert displayed[0] == displayed[1]


@pytest.mark.parametrize("alt", ["", " \n "])
def test_figure_without_words_is_refused(displayed, alt):
    fig = drawing()
    with pytest.raises(ValueError, match="alternative text"):
        show.figure(fig, alt=alt)
    plt.close(fig)
    assert displayed == []


# The style


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return np.dot([0.2126, 0.7152, 0.0722], channels)


def contrast(one, other):
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_series_are_told_apart_without_colour_and_stand_out_from_the_face():
    with plt.style.context(STYLE):
        series = plt.rcParams["axes.prop_cycle"].by_key()
        face = plt.rcParams["savefig.facecolor"]
    assert len(series["color"]) == 5
    for key in ("color", "linestyle", "marker"):
        assert len(set(series[key])) == 5
    assert min(contrast(colour, face) for colour in series["color"]) >= 3


# The widget's numbers


@pytest.fixture(scope="module")
def data():
    return secant_data(np.exp, 1.0, np.e, name="exp")


def at(log_step):
    return int(np.argmin(abs(LOG_STEPS - log_step)))


@pytest.mark.parametrize(
    "kind, log_step, figure",
    [("central", -5, "2e-11"), ("forward", -5, "5e-06"), ("forward", -8, "2e-09"), ("central", -8, "2e-09")],
)
def test_the_widget_shows_the_published_figures(data, kind, log_step, figure):
    assert f"{data['kinds'][kind]['error'][at(log_step)]:.0e}" == figure


def test_the_widget_shows_float64_as_it_is(data):
    forward, complex_step = data["kinds"]["forward"], data["kinds"]["complex"]
    assert forward["estimate"][at(-16)] == 0  # 1 + 1e-16 is 1
    assert forward["estimate"][at(-3)] == (np.exp(1 + 1e-3) - np.exp(1)) / 1e-3
    assert max(complex_step["error"][: at(-8)]) <= 3e-16


def test_the_microscope_shows_a_curve_at_large_h_and_a_staircase_at_tiny_h(data):
    inside = abs(OFFSETS) <= 1
    smooth = (np.exp(1 + OFFSETS) - np.e) / np.e
    assert np.array(data["microscope"][at(0)])[inside] == pytest.approx(smooth[inside], abs=1e-3)
    assert np.array(data["microscope"][at(-8)]) == pytest.approx(OFFSETS, abs=0.03)
    stairs = np.array(data["microscope"][at(-16)])
    assert len(set(stairs[inside])) <= 3


def test_the_numbers_can_travel_as_strict_json(data):
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    outside = secant_data(np.log, 0.5, 2.0)  # central at h = 1 asks for the log of a negative number
    json.dumps(outside, allow_nan=False)
    assert outside["kinds"]["central"]["error"][-1] is None


def test_a_function_that_takes_no_complex_number_is_shown_without_the_complex_step():
    assert set(secant_data(math.sin, 1.0, math.cos(1.0))["kinds"]) == {"forward", "central"}


def test_a_slope_of_zero_is_refused():
    with pytest.raises(ValueError, match="choose another x"):
        show.secant_widget(np.cos, 0.0, 0.0)


# The widget's other forms


def test_pages_without_widgets_get_a_table():
    bundle, _ = show.secant_widget(np.exp, 1.0, np.e, name="<exp>")._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    page = bundle["text/html"]
    assert "&lt;exp&gt;" in page
    assert page.count("<tr>") == 10
    assert "<td>1e-4</td><td>5.0e-05</td><td>1.7e-09</td><td>1.7e-09</td>" in page
    assert "1e-4     5.0e-05" in bundle["text/plain"]


def test_the_figure_that_stands_still_shows_three_steps_and_the_error_curve():
    with plt.style.context(STYLE):
        fig = show.secant_figure(np.exp, 1.0, np.e, steps=(0.5, 1e-5, 4e-16))
    *microscopes, error = fig.axes
    assert [ax.get_title() for ax in microscopes] == ["A: h = 0.5", "B: h = 1e-05", "C: h = 4e-16"]
    assert [text.get_text() for text in error.texts] == ["A", "B", "C"]
    assert all(ax.get_xlabel() for ax in [error]) and all(ax.get_ylabel() for ax in fig.axes)
    plt.close(fig)


def test_the_widget_asks_nothing_of_the_network():
    script, sheet = ((STATIC / name).read_text(encoding="utf-8") for name in ("secant.js", "secant.css"))
    addresses = set(re.findall(r"(?:https?:)?//[\w.]+\.[\w./]+", script + sheet))
    assert addresses == {"http://www.w3.org/2000/svg"}  # a namespace, never fetched
    assert not re.search(r"\bimport\b|\bfetch\b|XMLHttpRequest|@import|url\((?!#)", script + sheet)


# The widget in a browser

PAGE = """<!doctype html><meta charset="utf-8"><style>{css}</style>
<body style="background: {ground}; color: {ink}"><div id="widget"></div><script type="module">
const source = new Blob([{script}], {{ type: "text/javascript" }});
const {{ default: widget }} = await import(URL.createObjectURL(source));
const state = {state}, listeners = {{}};
const model = {{
  get: (key) => state[key],
  set: (key, value) => {{ state[key] = value; listeners["change:" + key].forEach((call) => call()); }},
  on: (event, call) => (listeners[event] ??= []).push(call),
  off: (event, call) => (listeners[event] = listeners[event].filter((other) => other !== call)),
}};
window.listening = () => Object.values(listeners).flat().length;
window.cleanup = widget.render({{ model, el: document.getElementById("widget") }});
</script>"""


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
             "--disable-background-networking", "--disable-component-update"]  # fmt: skip
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    """Opens the widget of exp in a page that has no kernel; fails on any script error or outside request."""
    page = browser.new_page(viewport={"width": 900, "height": 480})
    trouble = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda message: trouble.append(message.text))
    page.on("request", lambda request: request.url.startswith("http") and trouble.append(request.url))
    widget = show.secant_widget(np.exp, 1.0, np.e, name="exp")
    state = {key: getattr(widget, key) for key in ("data", "kind", "position")}

    def open_page(ink="black", ground="white"):
        script, sheet = ((STATIC / name).read_text(encoding="utf-8") for name in ("secant.js", "secant.css"))
        script, state_text = (json.dumps(value).replace("</", "<\\/") for value in (script, state))
        page.set_content(PAGE.format(css=sheet, ink=ink, ground=ground, script=script, state=state_text))
        page.wait_for_selector(".gs-secant")
        return page

    yield open_page
    page.close()
    assert trouble == []


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; on Debian: apt install chromium")
class TestInBrowser:
    def test_the_keyboard_moves_the_step_and_the_words_follow(self, page):
        opened = page()
        slider, words = opened.get_by_role("slider", name="Step size h"), opened.get_by_role("status")
        slider.focus()
        assert words.inner_text().startswith("h = 1.0e+0, forward: estimate 4.670774270")
        for _ in range(5 * 8):
            opened.keyboard.press("ArrowLeft")
        assert slider.get_attribute("aria-valuetext") == "h = 1.0e-5"
        assert words.inner_text().endswith("relative error 5.0e-6")
        opened.get_by_label("forward").focus()
        opened.keyboard.press("ArrowRight")
        assert words.inner_text().endswith("relative error 2.2e-11")
        opened.get_by_label("complex step").check()
        slider.focus()
        opened.keyboard.press("Home")
        assert words.inner_text().endswith("relative error 0")

    def test_jupyterlab_leaves_the_arrow_keys_to_every_control(self, page):
        """Lumino looks for this on the focused element; without it ArrowLeft collapses a section."""
        controls = page().locator("input")
        assert controls.count() == 4
        for control in controls.all():
            assert control.get_attribute("data-lm-suppress-shortcuts") == "true"

    def test_the_dot_can_be_dragged(self, page):
        opened = page()
        dot = opened.locator(".gs-handle")
        box, picture = dot.bounding_box(), opened.locator("svg").nth(1).bounding_box()
        opened.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        opened.mouse.down()
        opened.mouse.move(picture["x"] + picture["width"] / 2, box["y"])
        opened.mouse.up()
        assert dot.bounding_box()["x"] < box["x"] - picture["width"] / 3
        assert not opened.get_by_role("status").inner_text().startswith("h = 1.0e+0")

    @pytest.mark.parametrize("ink, ground", [("black", "white"), ("rgb(224, 224, 224)", "rgb(17, 17, 17)")])
    def test_ink_follows_the_page_and_colours_stand_out_from_it(self, page, ink, ground):
        opened = page(ink, ground)
        label = opened.locator("svg text").first
        assert label.evaluate("e => getComputedStyle(e).fill") == opened.evaluate(
            "getComputedStyle(document.body).color"
        )
        paper = opened.evaluate("getComputedStyle(document.body).backgroundColor")
        for line in (".gs-tangent", ".gs-secant-line", ".gs-chosen"):
            colour = opened.locator(line).first.evaluate("e => getComputedStyle(e).stroke")
            assert contrast(rgb(colour), rgb(paper)) >= 3

    def test_both_pictures_and_all_controls_have_names(self, page):
        opened = page()
        assert opened.get_by_role("img").count() == 2
        assert all(picture.get_attribute("aria-label") for picture in opened.get_by_role("img").all())
        assert opened.get_by_role("group", name="Difference").count() == 1
        assert opened.get_by_role("radio").count() == 3

    def test_a_closed_view_stops_listening(self, page):
        opened = page()
        assert opened.evaluate("listening()") == 2
        assert opened.evaluate("cleanup(), listening()") == 0


def rgb(text):
    return [int(number) / 255 for number in re.findall(r"\d+", text)[:3]]
