"""The widgets on a page without a kernel: what their HTML carries, the JavaScript that trains, pages in a browser."""

import json
import re
import shutil
import subprocess
import time
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import numpy as np
import pytest
from browsing import IN_A_BROWSER, PICTURES

from gradschool import show
from gradschool.grade.pages import clean_html
from gradschool.reverse import grad
from gradschool.show import kernelless
from gradschool.show.graph import STATIC
from gradschool.show.play import datasets, frames
from gradschool.show.play.training import ACTIVATIONS, POINTS, Settings, Training, initial, objective
from gradschool.show.play.widget import RUNAWAY, beginning

NODE = shutil.which("node")
NEEDS_NODE = pytest.mark.skipif(NODE is None, reason="no Node here; on Debian: apt install nodejs")
SHEETS = ("graph.css", "stepper.css", "secant.css", "playground.css", "kernelless.css")


def f(x1, x2):
    return np.log(x1) + x1 * x2 - np.sin(x2)


def html_of(widget):
    return widget._repr_mimebundle_()[0]["text/html"]


@pytest.fixture(scope="module")
def widgets():
    return {
        "stepper": show.stepper(show.trace(f, 2.0, 5.0), adjoints=True),
        "secant": show.secant_widget(np.exp, 1.0, np.e, name="exp"),
        "playground": show.playground(data="moons", layers=(4, 3)),
    }


# The HTML


def data_in(html):
    [text] = re.findall(r'<script type="application/json">(.*?)</script>', html, flags=re.DOTALL)
    return json.loads(text)


@pytest.mark.parametrize("name", ["stepper", "secant", "playground"])
def test_the_html_is_a_still_and_then_the_data(widgets, name):
    html = html_of(widgets[name])
    assert html.startswith(f'<div class="gs-kernelless" data-widget="{name}"><div class="gs-still"><')
    still = html.split("<script")[0]
    assert "<table>" in still or ("<img " in still and 'alt="' in still)
    assert data_in(html)
    assert len(html.encode()) < 200_000


def test_the_data_is_all_that_the_widget_has(widgets):
    assert data_in(html_of(widgets["stepper"])) == widgets["stepper"].data
    secant = widgets["secant"]
    assert data_in(html_of(secant)) == {"data": secant.data, "kind": "forward", "position": 128}
    play = data_in(html_of(widgets["playground"]))
    assert (play["settings"], play["choices"]) == (widgets["playground"].settings, widgets["playground"].choices)


def test_no_text_in_the_data_ends_the_script():
    data = {"name": "</script><script>alert(1)</script><!-- &amp; <b>"}
    html = kernelless.page("stepper", "<p>still</p>", data)
    assert html.count("<script") == html.count("</script>") == 1 and "<!--" not in html
    assert data_in(html) == data
    with pytest.raises(ValueError):
        kernelless.page("stepper", "", {"x": float("nan")})


@pytest.mark.parametrize("name", ["stepper", "secant", "playground"])
def test_a_feedback_page_shows_the_still_and_no_data(widgets, name):
    cleaned = clean_html(html_of(widgets[name]))
    assert "script" not in cleaned and "{" not in cleaned and "&quot;" not in cleaned
    words = re.sub("<[^>]*>", "", cleaned)
    assert len(words) < 3000
    assert "<table>" in cleaned or "<img " in cleaned


def test_the_scripts_ask_nothing_of_another_host_and_bring_no_code_as_text():
    for name in ("kernelless.js", "trainer.js", "training.js", "points.js", "kernelless.css"):
        text = (STATIC / name).read_text(encoding="utf-8")
        assert not re.search(r"https?:|\bfetch\b|XMLHttpRequest|@import|url\(|\beval\b|Function\(|on\w+=\"", text), name
        imported = re.findall(r'(?:from |import\()"([^"]+)"', text)
        assert all(path.startswith("./") and (STATIC / path).is_file() for path in imported)


# The JavaScript that trains, against the course's own engine


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    """Runs a JavaScript module beside the widgets' with `given`, and returns what it hands to `give`."""
    folder = tmp_path_factory.mktemp("node")
    for path in STATIC.glob("*.js"):
        shutil.copy(path, folder)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    head = """import { readFileSync } from "node:fs";
    const given = JSON.parse(readFileSync(0, "utf8"));
    const give = (found) => process.stdout.write(JSON.stringify(found));
    """

    def run(program, given=None):
        (folder / "program.js").write_text(head + program, encoding="utf-8")
        done = subprocess.run([NODE, "program.js"], input=json.dumps(given), cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def plain(network):
    return [{name: np.asarray(array).tolist() for name, array in layer.items()} for layer in network]


def some_network(layers, activation, seed):
    rng = np.random.default_rng(seed)
    network = initial(layers, activation, rng)
    for layer in network:
        layer["b"] = 0.5 * rng.standard_normal(layer["b"].shape)
    return network


CASES = {
    (activation, layers): some_network(layers, activation, seed)
    for seed, activation in enumerate(ACTIVATIONS) for layers in ((), (5,), (4, 3), (3, 8, 2))
}
X, T = datasets.points("moons", 0.2, 31, 0)
PENALTY = 0.03


@pytest.fixture(scope="module")
def gradients(node):
    """For each case: the gradient in JavaScript, and central differences of the objective in JavaScript."""
    program = """
    import { gradient, objective } from "./training.js";
    import { flat } from "./trainer.js";
    const x = Float64Array.from(given.x.flat());
    give(given.cases.map(({ activation, network }) => {
      const net = network.map(flat);
      const value = () => objective(net, x, given.t, activation, given.penalty);
      const difference = (array) => Array.from(array, (kept, i) => {
        const h = 1e-5;
        array[i] = kept + h; const up = value();
        array[i] = kept - h; const down = value();
        array[i] = kept;
        return (up - down) / (2 * h);
      });
      const found = gradient(net, x, given.t, activation, given.penalty);
      return { value: value(), found: found.map(({ w, b }) => [[...w], [...b]]),
               differences: net.map(({ w, b }) => [difference(w), difference(b)]) };
    }));
    """
    cases = [{"activation": name, "network": plain(network)} for (name, _), network in CASES.items()]
    found = node(program, {"x": X.tolist(), "t": T.tolist(), "penalty": PENALTY, "cases": cases})
    return dict(zip(CASES, found, strict=True))


def in_one(layers):
    return np.concatenate([np.ravel(part) for layer in layers for part in layer])


@NEEDS_NODE
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{len(case[1])}")
def test_the_gradient_by_hand_is_the_engines(gradients, case):
    activation, network = case[0], CASES[case]
    assert gradients[case]["value"] == pytest.approx(objective(network, X, T, activation, PENALTY), rel=1e-13)
    of_engine = grad(objective)(network, X, T, activation, PENALTY)
    found, expected = in_one(gradients[case]["found"]), in_one((layer["w"], layer["b"]) for layer in of_engine)
    assert found == pytest.approx(expected, rel=1e-10, abs=1e-14)
    assert np.mean(np.abs(expected) > 1e-6) > 0.9, "hardly any is zero: the bias of a ReLU that is off everywhere"


@NEEDS_NODE
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{len(case[1])}")
def test_the_gradient_by_hand_is_the_slope(gradients, case):
    found, differences = (in_one(gradients[case][name]) for name in ("found", "differences"))
    assert found == pytest.approx(differences, rel=1e-6, abs=1e-9)


@NEEDS_NODE
def test_the_kink_of_relu_has_slope_one_half_as_in_the_engine(node):
    network = [
        {"w": [[1.0], [0.0]], "b": [0.0]},
        {"w": [[1.5]], "b": [0.0]},
        {"w": [[2.0]], "b": [0.25]},
    ]
    x, t = np.array([[0.0, 1.0], [-1.0, 2.0], [0.5, -1.0]]), np.array([0, 1, 1])
    program = """
    import { gradient } from "./training.js";
    import { flat } from "./trainer.js";
    const found = gradient(given.network.map(flat), Float64Array.from(given.x.flat()), given.t, "ReLU", 0);
    give(found.map(({ w, b }) => [[...w], [...b]]));
    """
    found = in_one(node(program, {"network": network, "x": x.tolist(), "t": t.tolist()}))
    arrays = [{name: np.array(value) for name, value in layer.items()} for layer in network]
    expected = in_one((layer["w"], layer["b"]) for layer in grad(objective)(arrays, x, t, "ReLU", 0.0))
    assert found == pytest.approx(expected, rel=1e-12)


RUN = """
import { Training } from "./training.js";
import { flat } from "./trainer.js";
import { generator } from "./points.js";
const [train, test] = [given.start.train, given.start.test].map(({ x, t }) => ({ x: Float64Array.from(x.flat()), t }));
"""


@NEEDS_NODE
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_two_hundred_full_batch_steps_go_where_pythons_go(node, activation):
    training = Training(Settings(activation=activation, layers=(4, 3), batch=POINTS, rate=0.3, penalty=0.01))
    start = beginning(training)
    for _ in range(200):
        training.run(1)
    program = RUN + """
    const training = new Training(given.start.settings, given.start.network.map(flat), train, test, generator(0));
    for (let k = 0; k < 200; k += 1) { training.step(); training.noteLosses(); }
    give({ history: training.history, accuracy: training.accuracy(test) });
    """
    found = node(program, {"start": start})
    assert np.array(found["history"]) == pytest.approx(np.array(training.history), rel=1e-9)
    assert found["accuracy"] == training.accuracy(training.x_test, training.t_test)
    assert training.history[-1][1] < 0.9 * training.history[0][1], "the curve has somewhere to go"


@NEEDS_NODE
@pytest.mark.parametrize("activation, layers", [("ReLU", (3, 2)), ("sine", (8,)), ("tanh", ())])
def test_a_frame_has_the_same_contents(node, activation, layers):
    training = Training(Settings(data="circles", activation=activation, layers=layers))
    for _ in range(7):
        training.run(10)
    program = RUN + """
    import { frame, sample } from "./training.js";
    const training = new Training(given.start.settings, given.start.network.map(flat), train, test, generator(0));
    training.history = given.history;
    const whole = (buffer) => [...new Uint8Array(buffer)];
    const { boundary, units, curve, ...rest } = frame(training, given.grid, given.half);
    give({ ...rest, boundary: whole(boundary), units: units.map((layer) => layer.map(whole)), curve: whole(curve),
           sample: whole(sample(training)) });
    """
    found = node(program, {
        "start": beginning(training), "history": training.history, "grid": frames.GRID, "half": datasets.HALF})
    expected = frames.frame(training)
    pictures = [(found.pop("boundary"), expected.pop("boundary"))]
    for ours, theirs in zip(found.pop("units"), expected.pop("units"), strict=True):
        pictures += zip(ours, theirs, strict=True)
    for ours, theirs in pictures:  # a last digit of tanh can tip a byte
        difference = np.abs(np.array(ours) - np.frombuffer(theirs, np.uint8))
        assert difference.max() <= 1 and np.mean(difference > 0) < 0.01
    assert bytes(found.pop("sample")) == frames.sample(training)
    assert bytes(found.pop("curve")) == expected.pop("curve")
    assert found.pop("scales") == [pytest.approx(scales, rel=1e-12) for scales in expected.pop("scales")]
    assert found == expected


@pytest.fixture(scope="module")
def samples(node):
    program = """
    import { generator, points } from "./points.js";
    const one = (name, noise, seed) => {
      const { x, t } = points(name, noise, given.size, generator(seed, 0));
      return { x: [...x], t: [...t] };
    };
    give(Object.fromEntries(given.names.map((name) =>
      [name, { still: one(name, 0, 4), again: one(name, 0, 4), other: one(name, 0, 5), noisy: one(name, 0.5, 4) }])));
    """
    found = node(program, {"names": datasets.NAMES, "size": 2000})
    return {
        name: {kind: (np.reshape(sample["x"], (-1, 2)), np.array(sample["t"])) for kind, sample in kinds.items()}
        for name, kinds in found.items()
    }


@NEEDS_NODE
@pytest.mark.parametrize("name", datasets.NAMES)
def test_a_data_set_drawn_in_javascript_is_of_the_same_kind(samples, name):
    x, t = samples[name]["still"]
    assert np.array_equal(x, samples[name]["again"][0])
    assert np.sum(t == 0) == np.sum(t == 1) == 1000 and np.all(np.abs(x) < datasets.HALF)
    theirs, labels = datasets.points(name, 0.0, 2000, 0)
    for k in (0, 1):
        ours, expected = x[t == k], theirs[labels == k]
        assert ours.mean(axis=0) == pytest.approx(expected.mean(axis=0), abs=0.15)
        assert np.cov(ours.T) == pytest.approx(np.cov(expected.T), abs=0.15)
        for level in (10, 50, 90):
            quantiles = (np.percentile(np.linalg.norm(each, axis=1), level) for each in (ours, expected))
            assert next(quantiles) == pytest.approx(next(quantiles), abs=0.12)
    drawn = name not in ("moons", "circles")
    assert np.array_equal(x, samples[name]["other"][0]) != drawn


@NEEDS_NODE
@pytest.mark.parametrize("name", ["moons", "circles"])
def test_shapes_without_chance_are_the_same_points(samples, name):
    x, t = samples[name]["still"]
    theirs, labels = datasets.points(name, 0.0, 2000, 0)
    for k in (0, 1):
        ours, expected = (sorted(map(tuple, np.round(each, 9) + 0.0)) for each in (x[t == k], theirs[labels == k]))
        assert ours == expected


@NEEDS_NODE
def test_noise_drawn_in_javascript_is_what_it_says(samples):
    added = samples["moons"]["noisy"][0] - samples["moons"]["still"][0]
    assert np.std(added, axis=0) == pytest.approx([0.5, 0.5], rel=0.05)
    assert abs(np.corrcoef(added.T)[0, 1]) < 0.07 and abs(np.mean(added**3)) < 0.05
    assert np.mean(np.abs(added) < 0.5) == pytest.approx(0.683, abs=0.02)


@NEEDS_NODE
def test_an_epoch_in_javascript_meets_every_point_once_and_the_next_one_in_another_order(node):
    program = RUN + """
    const training = new Training({ ...given.start.settings, batch: 30 }, given.start.network.map(flat), train, test,
      generator(1, 3));
    const met = [];
    for (let k = 0; k < 14; k += 1) {
      training.step();
      met.push(training.order.slice(training.place - 30, training.place));
    }
    give(met);
    """
    met = node(program, {"start": beginning(Training(Settings()))})
    first, second = ([p for batch in epoch for p in batch] for epoch in (met[:7], met[7:]))
    assert sorted(first) == sorted(second) == list(range(POINTS))
    assert first != second and second != sorted(second)


@NEEDS_NODE
def test_the_largest_network_trains_fast_enough_for_thirty_frames_a_second(node):
    program = RUN + """
    const training = new Training(given.start.settings, given.start.network.map(flat), train, test, generator(0));
    for (let k = 0; k < 500; k += 1) training.step();
    const start = performance.now();
    for (let k = 0; k < 1000; k += 1) training.step();
    give(1e6 / (performance.now() - start));
    """
    for layers in ((4,), (8, 8, 8)):
        rate = node(program, {"start": beginning(Training(Settings(layers=layers)))})
        print(f"{rate:.0f} steps a second, layers {layers}")
        assert rate > 30 * 5


# Pages in a browser

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Widgets</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">{sheets}
<link rel="stylesheet" href="../_static/page.css"><script type="module" src="../_static/kernelless.js?v=1"></script>
</head><body><main><h1>Widgets</h1>{body}</main></body>"""
PAGE_STYLE = ":root { color-scheme: light dark; background: Canvas; color: CanvasText; } main { max-width: 52rem; }"
STRICT = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:"


class Strict(SimpleHTTPRequestHandler):
    """Serves a folder as a careful host does: scripts from itself alone, and none in the page."""

    def end_headers(self):
        self.send_header("Content-Security-Policy", STRICT)
        super().end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def serving(folder):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=folder))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def site(tmp_path_factory, widgets):
    """A tiny site, below a base address: a page for each widget, and one with all of them, two steppers among them."""
    root = tmp_path_factory.mktemp("site")
    scripts, pages = root / "base" / "_static", root / "base" / "course"
    scripts.mkdir(parents=True)
    pages.mkdir()
    for path in STATIC.iterdir():
        shutil.copy(path, scripts)
    (scripts / "page.css").write_text(PAGE_STYLE, encoding="utf-8")
    another = show.stepper(show.trace(lambda x: np.exp(x) * x, 0.5), tangents=(1.0,))
    htmls = {name: html_of(widget) for name, widget in widgets.items()}
    broken = kernelless.page("stepper", "<p>A still.</p>", {"frames": []})
    bodies = htmls | {"all": "".join([*htmls.values(), html_of(another), htmls["secant"]]), "broken": broken}
    bodies["below"] = '<p style="height: 3000px">Far above.</p>' + htmls["playground"]
    bodies["runaway"] = html_of(show.playground(layers=(8, 8, 8), activation="ReLU", rate=100, batch=200, pace=1))
    sheets = "".join(f'<link rel="stylesheet" href="../_static/{name}">' for name in SHEETS)
    for name, body in bodies.items():
        (pages / f"{name}.html").write_text(PAGE.format(sheets=sheets, body=body), encoding="utf-8")
    with serving(root) as url:
        yield f"{url}/base/course"


@pytest.fixture
def visit(chromium, site):
    """Opens a page of the tiny site; fails on any message of the console and on any request to elsewhere."""
    contexts, trouble = [], []

    def open_page(name, expected=(), **options):
        context = chromium.new_context(**{"viewport": {"width": 1000, "height": 1000}, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)

        def said(text):
            if not any(words in text for words in expected):
                trouble.append(text)

        page.on("pageerror", lambda error: said(str(error)))
        page.on("console", lambda message: said(message.text))
        host = site.removesuffix("base/course")
        page.on("request", lambda request: request.url.startswith((host, "data:")) or trouble.append(request.url))
        page.on("response", lambda response: response.status < 400 or trouble.append(response.url))
        page.goto(f"{site}/{name}.html")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []


def alive(page, count=1):
    return until(page, f"document.querySelectorAll('.gs-kernelless[data-live]').length === {count}")


def until(page, condition, seconds=20):
    """Playwright's own wait_for_function asks the page for eval, which these pages forbid."""
    end = time.monotonic() + seconds
    while not page.evaluate(f"() => {{ const board = document.querySelector('.gs-play'); return {condition}; }}"):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(50)
    return page


def steps(page):
    return int(page.locator(".gs-play").get_attribute("data-step"))


def loss(page):
    return float(page.locator(".gs-play-status").inner_text().split("Training loss ")[1].split(",")[0])


def press(page, name, key="Enter"):
    page.get_by_role("button", name=name, exact=True).press(key)


class TestInBrowser:
    pytestmark = IN_A_BROWSER

    def test_the_stepper_moves_by_button_by_key_and_by_slider(self, visit, widgets):
        page, frames = alive(visit("stepper")), widgets["stepper"].data["frames"]
        words, slider = page.get_by_role("status"), page.get_by_role("slider", name="Step")
        assert page.get_by_role("img").count() == 1, "the still has given way"
        page.get_by_role("button", name="Next").click()
        assert words.inner_text() == frames[1]["words"]
        page.keyboard.press("ArrowRight")
        assert words.inner_text() == frames[2]["words"]
        slider.focus()
        page.keyboard.press("End")
        assert words.inner_text() == frames[-1]["words"]
        slider.fill("5")
        assert words.inner_text() == frames[5]["words"] and slider.get_attribute("aria-valuetext") == "5 of 16"

    def test_the_secant_moves_by_arrow_key_and_says_what_the_notebook_says(self, visit):
        page = alive(visit("secant"))
        slider, words = page.get_by_role("slider", name="Step size h"), page.get_by_role("status")
        assert words.inner_text().startswith("h = 1.0e+0, forward: estimate 4.670774270, true slope 2.718281828")
        slider.focus()
        for _ in range(5 * 8):
            page.keyboard.press("ArrowLeft")
        assert slider.get_attribute("aria-valuetext") == "h = 1.0e-5"
        assert words.inner_text().endswith("relative error 5.0e-6")
        page.get_by_label("central").check()
        assert words.inner_text().endswith("relative error 2.2e-11")

    def test_the_playground_trains_and_pauses_by_keyboard(self, visit):
        page = alive(visit("playground"))
        before = loss(page)
        assert "Step 0." in page.locator("[aria-live=polite]").inner_text()
        press(page, "Play")
        until(page, "Number(board.dataset.step) > 600")
        start, first = time.perf_counter(), int(page.locator(".gs-play").get_attribute("data-frames"))
        time.sleep(2)
        frames_drawn = int(page.locator(".gs-play").get_attribute("data-frames")) - first
        print(f"{frames_drawn / (time.perf_counter() - start):.1f} frames a second")
        assert frames_drawn > 10
        press(page, "Pause", "Space")
        page.get_by_role("button", name="Play", exact=True).wait_for()
        time.sleep(0.2)
        stopped = steps(page)
        time.sleep(0.4)
        assert steps(page) == stopped and f"Step {stopped}." in page.locator("[aria-live=polite]").inner_text()
        assert loss(page) < before / 3
        assert int(page.locator(".gs-play-status").inner_text().split()[-7]) > 90

    def test_the_first_steps_are_the_notebooks(self, visit, widgets):
        """From numpy's points and weights. A full batch is the same in any order."""
        page = alive(visit("playground"))
        training = Training(Settings(data="moons", layers=(4, 3), batch=POINTS))
        assert loss(page) == round(training.history[0][1], 3)
        page.get_by_label("Points in a batch").select_option("200")
        for _ in range(3):
            press(page, "Step")
        until(page, "board.dataset.step === '3'")
        training.run(3)
        status = page.locator(".gs-play-status").inner_text()
        assert f"Training loss {training.history[-1][1]:.3f}, test loss {training.history[-1][2]:.3f}" in status

    def test_the_playground_steps_resets_and_takes_settings(self, visit):
        page = alive(visit("playground"))
        first = page.locator(".gs-play-status").inner_text()
        press(page, "Step")
        until(page, "board.dataset.step === '1'")
        press(page, "Reset")
        until(page, "board.dataset.step === '0'")
        assert page.locator(".gs-play-status").inner_text() == first
        press(page, "Step")
        until(page, "board.dataset.step === '1'")
        page.get_by_label("Learning rate").select_option("4")
        press(page, "Step")
        until(page, "board.dataset.step === '2'")
        for place, name in enumerate(datasets.NAMES[1:], start=1):
            page.get_by_label("Data", exact=True).select_option(str(place))
            until(page, "board.dataset.step === '0'")
            picture = page.locator(".gs-play-large").screenshot()
            page.locator(".gs-play").screenshot(path=PICTURES / f"kernelless_{name.replace(' ', '_')}.png")
            assert len(picture) > 5000
        press(page, "Add layer")
        until(page, "board.querySelectorAll('.gs-play-unit').length === 4 + 3 + 3")
        page.get_by_label("Units in layer 1").fill("8")
        page.get_by_label("Units in layer 1").press("Tab")
        until(page, "board.querySelectorAll('.gs-play-unit').length === 8 + 3 + 3")
        page.get_by_role("button", name="Layer 3, unit 2: show large").focus()
        assert page.locator(".gs-play-caption").inner_text().startswith("Layer 3, unit 2: tanh(")
        press(page, "Play")
        until(page, "Number(board.dataset.step) > 50")

    def test_a_network_that_runs_away_is_stopped_and_told(self, visit):
        page = alive(visit("runaway"))
        press(page, "Play")
        page.get_by_text(RUNAWAY).wait_for()
        page.get_by_role("button", name="Play", exact=True).wait_for()
        stopped = steps(page)
        press(page, "Play")
        press(page, "Step")
        assert steps(page) == stopped and page.get_by_role("button", name="Play", exact=True).is_visible()
        page.get_by_label("Learning rate").select_option("0.1")
        press(page, "Reset")
        until(page, "board.dataset.step === '0'")
        assert page.locator(".gs-play-message").inner_text() == ""
        press(page, "Play")
        until(page, "Number(board.dataset.step) > 50")

    def test_it_rests_out_of_sight_and_goes_on_in_sight(self, visit):
        page = alive(visit("below"))
        page.get_by_role("button", name="Play", exact=True).scroll_into_view_if_needed()
        press(page, "Play")
        until(page, "Number(board.dataset.step) > 20")
        page.evaluate("scrollTo(0, 0)")
        time.sleep(0.5)
        rested = steps(page)
        time.sleep(0.5)
        assert steps(page) == rested
        page.get_by_role("button", name="Pause", exact=True).scroll_into_view_if_needed()
        until(page, f"Number(board.dataset.step) > {rested + 20}")

    def test_less_motion_is_a_picture_a_second(self, visit):
        page = alive(visit("playground", reduced_motion="reduce"))
        page.evaluate("""() => { window.redrawn = 0;
            new MutationObserver(() => (redrawn += 1)).observe(document.querySelector(".gs-play-status"),
                { childList: true }); }""")
        press(page, "Play")
        time.sleep(3)
        press(page, "Pause")
        assert 1 <= page.evaluate("redrawn") <= 5 and steps(page) > 50

    def test_several_widgets_live_on_one_page_and_do_not_disturb_each_other(self, visit):
        page = alive(visit("all"), 5)
        assert page.locator(".gs-still:visible").count() == 0
        secants = page.locator(".gs-secant")
        secants.nth(1).get_by_label("central").check()
        assert "forward:" in secants.nth(0).get_by_role("status").inner_text()
        steppers = page.locator(".gs-stepper")
        steppers.nth(1).get_by_role("button", name="Next").click()
        assert steppers.nth(0).get_by_role("slider").input_value() == "0"
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map((node) => node.id)")
        assert len(ids) == len(set(ids))

    def test_everything_can_be_reached_by_tab(self, visit):
        page = alive(visit("all"), 5)
        wanted = page.locator("button:not(:disabled), select, input:not([type=radio]), [tabindex='0']").count()
        met = set()
        for _ in range(wanted + 10):
            page.keyboard.press("Tab")
            met.add(page.evaluate("""() => { const at = document.activeElement;
                return at.type === "radio" ? "radio" : [...document.querySelectorAll("*")].indexOf(at); }"""))
        assert len(met - {"radio", 0, 1}) >= wanted and "radio" in met

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_finds_nothing_serious(self, visit, scheme):
        axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
        page = alive(visit("all", color_scheme=scheme), 5)
        page.locator(".gs-stepper").first.get_by_role("slider").fill("12")
        page.get_by_role("button", name="Layer 1, unit 2: show large").focus()
        found = axe.run(page).response["violations"]
        serious = [(each["id"], [node["html"] for node in each["nodes"]]) for each in found
                   if each["impact"] in ("serious", "critical")]
        assert serious == []

    @pytest.mark.parametrize("name", ["stepper", "secant", "playground"])
    def test_without_javascript_the_still_stays(self, visit, name):
        page = visit(name, java_script_enabled=False)
        assert page.locator(".gs-still").is_visible() and page.locator(".gs-still :is(img, table)").count() > 0
        assert "{" not in page.locator("main").inner_text()
        page.screenshot(path=PICTURES / f"kernelless_still_{name}.png")

    def test_where_a_widget_fails_its_still_stays_and_the_reason_is_in_the_console(self, visit):
        said = []
        page = visit("broken", expected=["The stepper stays a still"])
        page.on("console", lambda message: said.append(message.text))
        page.reload()
        page.wait_for_timeout(500)
        assert page.locator(".gs-still").is_visible() and page.locator(".gs-live").count() == 0
        assert said and all(text.startswith("The stepper stays a still") for text in said)

    @pytest.mark.parametrize("name", ["stepper", "secant", "playground"])
    def test_on_paper_the_still_stands(self, visit, name):
        page = alive(visit(name))
        assert page.locator(".gs-live").is_visible() and page.locator(".gs-still").is_hidden()
        page.emulate_media(media="print")
        assert page.locator(".gs-live").is_hidden() and page.locator(".gs-still").is_visible()

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [1000, 360])
    def test_it_looks_well(self, visit, scheme, width):
        page = alive(visit("all", color_scheme=scheme, viewport={"width": width, "height": 1000}), 5)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_label("Data", exact=True).select_option("spiral")
        page.get_by_label("Steps a frame").select_option("100")
        press(page, "Play")
        until(page, "Number(board.dataset.step) > 3000")
        press(page, "Pause")
        for stepper in page.locator(".gs-stepper").all():
            stepper.get_by_role("slider").fill("6")
        page.locator(".gs-secant").first.get_by_role("slider").fill("90")
        page.screenshot(path=PICTURES / f"kernelless_{scheme}_{width}.png", full_page=True)
