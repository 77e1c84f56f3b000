"""The playground: its data, its networks, its frames, and the widget that trains while somebody looks."""

import asyncio
import time
from dataclasses import replace

import numpy as np
import pytest
from browsing import IN_A_BROWSER, PICTURES, open_notebook, run_all, write_notebook
from lectures import run

from gradschool import show
from gradschool.check import check_gradient
from gradschool.reverse import grad
from gradschool.show.play import datasets, frames
from gradschool.show.play.training import ACTIVATIONS, POINTS, Settings, Training, initial, objective
from gradschool.show.play.widget import AHEAD


@pytest.mark.parametrize("name", datasets.NAMES)
def test_a_data_set_fits_the_picture_and_has_two_halves(name):
    x, t = datasets.points(name, 0.0, 200, 0)
    assert x.shape == (200, 2) and np.all(np.abs(x) < datasets.HALF)
    assert np.sum(t == 0) == np.sum(t == 1) == 100
    assert np.ptp(x, axis=0).min() > datasets.HALF * 0.7, "it fills the picture"
    again, other = datasets.points(name, 0.0, 200, 0), datasets.points(name, 0.0, 200, 1)
    assert np.array_equal(x, again[0]) and not np.array_equal(x, other[0])


def test_noise_is_what_it_says():
    still, noisy = (datasets.points("XOR", noise, 2000, 3)[0] for noise in (0.0, 0.5))
    assert np.std(noisy - still) == pytest.approx(0.5, rel=0.05)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_gradient_that_trains_is_right(activation):
    x, t = datasets.points("moons", 0.2, 30, 0)
    network = initial((3, 2), activation, np.random.default_rng(1))

    def of_weights(w1, w2):
        layers = [{"w": w1, "b": network[0]["b"]}, {"w": w2, "b": network[1]["b"]}, network[2]]
        return objective(layers, x, t, activation, 0.03)

    at = (network[0]["w"], network[1]["w"])
    assert check_gradient(grad(of_weights, argnums=(0, 1)), of=of_weights, at=at, wrt=(0, 1)).ok


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("data", datasets.NAMES)
def test_training_learns_every_data_set(data, activation):
    hard = data == "spiral"
    training = Training(Settings(data=data, activation=activation, layers=(8, 8), rate=0.3, noise=0.1))
    for _ in range(15):
        training.run(200)
    floor = 0.6 if hard and activation == "sigmoid" else 0.85 if hard else 0.95
    assert training.accuracy(training.x_test, training.t_test) > floor
    assert training.history[-1][1] < training.history[0][1] * (0.9 if hard else 0.3)


def test_the_same_settings_give_the_same_run():
    runs = [Training(Settings(data="circles", layers=(4,), seed=5)) for _ in range(2)]
    for training in runs:
        training.run(60)
    assert runs[0].history == runs[1].history
    assert runs[0].history != Training(Settings(data="circles", layers=(4,), seed=6)).history


def test_an_epoch_meets_every_point_once_and_the_next_one_in_another_order():
    training = Training(Settings(batch=30))
    met = []
    for _ in range(14):
        before = training.place if training.place < POINTS else 0
        training.step()
        met.append(training.order[before : before + 30])
    first, second = np.concatenate(met[:7]), np.concatenate(met[7:])
    assert sorted(first) == sorted(second) == list(range(POINTS))
    assert not np.array_equal(first, second)


def test_the_penalty_is_on_weights_and_not_on_biases():
    x, t = datasets.points("moons", 0.2, 30, 0)
    network = initial((3,), "tanh", np.random.default_rng(1))
    network[0]["b"] += 5.0
    added = objective(network, x, t, "tanh", 0.5) - objective(network, x, t, "tanh", 0.0)
    assert added == pytest.approx(0.25 * sum(np.sum(layer["w"] ** 2) for layer in network))


def test_history_stays_short_and_keeps_its_ends():
    training = Training(Settings())
    for _ in range(2000):
        training.note_losses()
    assert len(training.history) <= 300 and training.history[0][0] == 0
    steps = [step for step, _, _ in training.history]
    assert steps == sorted(steps)


@pytest.mark.parametrize(
    "wrong, word",
    [
        ({"data": "sun"}, "moons"),
        ({"layers": (9,)}, "1 to 8"),
        ({"layers": (2, 2, 2, 2)}, "at most 3"),
        ({"rate": 0}, "rate"),
        ({"activation": "step"}, "tanh"),
        ({"batch": 0}, "batch"),
    ],
)
def test_a_setting_that_does_not_exist_is_refused_with_those_that_do(wrong, word):
    with pytest.raises(ValueError, match=word):
        show.playground(**wrong)


# ---- what is seen


def test_a_frame_shows_what_the_network_computes():
    training = Training(Settings(layers=(3, 2), activation="ReLU"))
    training.run(50)
    frame = frames.frame(training)
    picture = np.frombuffer(frame["boundary"], np.uint8)
    assert picture.size == frames.GRID**2
    w = training.network
    hidden = np.maximum(np.maximum(frames.PIXELS @ w[0]["w"] + w[0]["b"], 0) @ w[1]["w"] + w[1]["b"], 0)
    p = 1 / (1 + np.exp(-(hidden @ w[2]["w"] + w[2]["b"])[:, 0]))
    assert np.max(np.abs(picture / 255 - p)) < 0.003
    unit, scale = np.frombuffer(frame["units"][1][0], np.uint8), frame["scales"][1][0]
    assert np.max(np.abs((unit / 255 * 2 - 1) * scale - hidden[:, 0])) < 0.01 * scale
    assert [len(layer) for layer in frame["units"]] == [3, 2]
    assert frame["weights"][0]["w"][1][2] == pytest.approx(w[0]["w"][1, 2], rel=1e-2)


def test_the_first_pixel_is_the_upper_left_one():
    edge = datasets.HALF * (1 - 1 / frames.GRID)
    assert frames.PIXELS[0] == pytest.approx([-edge, edge])
    assert frames.PIXELS[-1] == pytest.approx([edge, -edge])


def test_a_network_without_hidden_layers_is_logistic_regression():
    training = Training(Settings(data="two clouds", layers=()))
    training.run(300)
    assert frames.frame(training)["units"] == []
    assert training.accuracy(training.x_test, training.t_test) > 0.95


def test_a_network_that_runs_away_is_stopped_and_told():
    widget = show.playground(data="moons", layers=(8, 8, 8), activation="ReLU", rate=100, batch=200)
    for _ in range(20):
        widget._order(widget, {"do": "step"}, [])
    assert "smaller learning rate" in widget.message and not widget.playing
    step = widget.frame["step"]
    widget._order(widget, {"do": "step"}, [])
    assert widget.frame["step"] == step
    widget._order(widget, {"do": "reset"}, [])
    assert widget.message == "" and widget.frame["step"] == 0 and widget.frame["train"] > 0


# ---- orders


def test_a_new_rate_goes_on_and_a_new_shape_starts_again():
    widget = show.playground()
    widget._order(widget, {"do": "step"}, [])
    widget.settings = widget.settings | {"rate": 0.01}
    assert widget.frame["step"] == 1 and widget._training.settings.rate == 0.01
    widget.settings = widget.settings | {"layers": [2, 3]}
    assert widget.frame["step"] == 0 and [len(layer) for layer in widget.frame["units"]] == [2, 3]


def test_a_setting_that_is_refused_leaves_the_old_one():
    widget = show.playground()
    widget.settings = widget.settings | {"layers": [99]}
    assert widget.settings["layers"] == [4] and "1 to 8" in widget.message


def test_playing_waits_for_the_eyes_that_follow_and_stops_without_them(monkeypatch):
    monkeypatch.setattr("gradschool.show.play.widget.PATIENCE", 0.3)

    async def scene():
        widget = show.playground(pace=1)
        widget.playing = True
        await asyncio.sleep(0.2)
        first = widget._shown
        assert first <= widget.seen + AHEAD + 1
        widget.seen = first
        await asyncio.sleep(0.15)
        assert widget._shown > first
        await asyncio.sleep(0.6)
        assert not widget.playing and widget._task.done()
        widget.playing = True
        await asyncio.sleep(0.05)
        widget.close()
        await asyncio.sleep(0.1)
        assert widget._task.done()

    asyncio.run(scene())


def test_twenty_frames_a_second_of_the_largest_network():
    """The kernel's half: training, losses, pictures. Measured alone: 30 a second, which is the limit set."""

    async def scene():
        widget = show.playground(layers=(8, 8, 8))
        widget.playing = True
        start, first = time.perf_counter(), widget._shown
        while time.perf_counter() - start < 2:
            await asyncio.sleep(0.002)
            widget.seen = widget._shown
        widget.playing = False
        return (widget._shown - first) / 2

    rate = asyncio.run(scene())
    print(f"{rate:.1f} frames a second")
    assert rate > 10  # the machine may be busy with other tests


def test_without_a_kernel_nothing_plays():
    widget = show.playground()
    widget.playing = True
    assert not widget.playing


def test_where_widgets_do_not_run_a_still_picture_stands():
    bundle, _ = show.playground()._repr_mimebundle_()
    assert "<img " in bundle["text/html"] and 'alt="' in bundle["text/html"]
    assert "kernel" in bundle["text/plain"]


# ---- its notebook


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    return run("08", [], tmp_path_factory.mktemp("playground"), text="playground.md")


@pytest.mark.slow
def test_its_notebook_runs_and_ends_with_a_picture_for_paper(notebook):
    assert notebook.seconds < 60
    assert [output for output in notebook.outputs if output.get("name") == "stderr"] == []
    [still] = notebook.figures
    assert len(still.metadata["image/png"]["alt"]) > 80
    widget = "application/vnd.jupyter.widget-view+json"
    assert sum(widget in output.get("data", {}) for output in notebook.outputs) == 1


def results(seeds=range(5), *, steps, **settings):
    for seed in seeds:
        training = Training(Settings(seed=seed, **settings))
        training.run(steps)
        yield training


def accuracies(**settings):
    return [round(100 * t.accuracy(t.x_test, t.t_test)) for t in results(**settings)]


@pytest.mark.slow
def test_what_its_answers_say_is_so():
    """Figures of playground.md, within what another machine's rounding may change."""
    xor = {units: accuracies(data="XOR", layers=(units,), rate=0.3, steps=2000) for units in (1, 2, 3)}
    assert max(xor[1]) < 75 and max(xor[2]) < 94 and min(xor[3]) > 88
    rings = accuracies(data="circles", layers=(3,), rate=0.3, steps=3000)
    assert sum(percent > 93 for percent in rings) == 4 and min(rings) < 85
    [good] = results([0], data="moons", layers=(8, 8, 8), activation="ReLU", rate=0.1, steps=1000)
    [dead] = results([0], data="moons", layers=(8, 8, 8), activation="ReLU", rate=3, steps=1000)
    assert good.accuracy(good.x_test, good.t_test) > 0.97
    dead.settings = replace(dead.settings, rate=0.1)
    dead.run(1000)
    assert dead.history[-1][1] == pytest.approx(np.log(2), abs=0.02)
    noisy = dict(data="moons", noise=0.5, layers=(8, 8, 8), rate=0.3, steps=6000)
    for training in results([0, 1], **noisy):
        assert training.history[-1][1] < 0.25 and training.history[-1][2] > 0.3
    for training in results([0, 1], penalty=0.01, **noisy):
        assert abs(training.history[-1][1] - training.history[-1][2]) < 0.12


# ---- in JupyterLab


@pytest.fixture(scope="module")
def opened(chromium, clone, lab):
    """A page with a playground in it, and the board."""
    write_notebook(clone, "play.ipynb", "from gradschool import show\nshow.playground(layers=(4, 3))")
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(60_000)
    trouble = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    open_notebook(page, lab, "play.ipynb")
    run_all(page)
    page.locator(".gs-play").wait_for()
    yield page, page.locator(".gs-play")
    page.close()
    lab.close_notebooks()
    assert trouble == []


class TestInBrowser:
    pytestmark = IN_A_BROWSER

    @staticmethod
    def until(page, condition):
        page.wait_for_function(f"() => {{ const board = document.querySelector('.gs-play'); return {condition}; }}")

    @staticmethod
    def step(board):
        return int(board.get_attribute("data-step"))

    def test_it_plays_and_pauses_by_keyboard_and_the_loss_falls(self, opened):
        page, board = opened
        before = board.locator(".gs-play-status").inner_text()
        page.get_by_role("button", name="Play", exact=True).press("Enter")
        self.until(page, "Number(board.dataset.step) > 100")
        start, first = time.perf_counter(), int(board.get_attribute("data-frames"))
        time.sleep(3)
        rate = (int(board.get_attribute("data-frames")) - first) / (time.perf_counter() - start)
        print(f"{rate:.1f} frames a second, drawn")
        assert rate > 4  # measured alone: see the closing note; the machine may be busy with other tests
        page.screenshot(path=PICTURES / "playground_light.png")
        page.get_by_role("button", name="Pause", exact=True).press("Space")
        page.get_by_role("button", name="Play", exact=True).wait_for()
        time.sleep(0.5)
        stopped, after = self.step(board), board.locator(".gs-play-status").inner_text()
        time.sleep(0.5)
        assert self.step(board) == stopped
        losses = [float(words.split("Training loss ")[1].split(",")[0]) for words in (before, after)]
        assert losses[1] < losses[0]
        spoken = board.locator("[aria-live=polite]").inner_text()
        assert f"Step {stopped}." in spoken

    def test_one_step_is_one_step_and_reset_begins_again(self, opened):
        page, board = opened
        before = self.step(board)
        page.get_by_role("button", name="Step", exact=True).press("Enter")
        self.until(page, f"Number(board.dataset.step) === {before + 1}")
        page.get_by_role("button", name="Reset", exact=True).press("Enter")
        self.until(page, "board.dataset.step === '0'")

    def test_a_unit_in_focus_is_shown_large_with_its_formula(self, opened):
        page, board = opened
        caption = board.locator(".gs-play-caption")
        assert caption.inner_text().startswith("Output")
        page.get_by_role("button", name="Layer 2, unit 3: show large").focus()
        self.until(page, "board.querySelector('.gs-play-caption').textContent.startsWith('Layer 2, unit 3: tanh(')")
        assert "h4" in caption.inner_text(), "four inputs from the layer before"
        page.keyboard.press("Shift+Tab")
        assert caption.inner_text().startswith("Layer 2, unit 2")
        page.get_by_role("button", name="Play", exact=True).focus()
        assert caption.inner_text().startswith("Output")

    def test_settings_reach_the_kernel_and_come_back(self, opened):
        page, board = opened
        page.get_by_label("Data", exact=True).select_option("XOR")
        page.get_by_role("button", name="Add layer").press("Enter")
        self.until(page, "board.querySelectorAll('.gs-play-columns > div').length === 3")
        page.get_by_label("Units in layer 1").fill("7")
        page.get_by_label("Units in layer 1").press("Tab")
        self.until(page, "board.querySelectorAll('.gs-play-unit').length === 7 + 3 + 3")
        page.get_by_label("Activation").select_option("ReLU")
        page.get_by_label("Learning rate").select_option("3")
        page.get_by_label("Points in a batch").select_option("200")
        assert board.locator(".gs-play-message").inner_text() == ""
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 700, "height": 1400})
        time.sleep(1)
        page.screenshot(path=PICTURES / "playground_dark.png")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 1000})

    def test_a_cell_can_be_run_while_it_plays_and_the_loop_ends_with_the_page(self, opened, lab):
        page, _ = opened
        page.get_by_role("button", name="Play", exact=True).press("Enter")
        time.sleep(0.5)
        page.locator(".jp-NotebookPanel .cm-content").first.click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text("print(6 * 7)")
        page.keyboard.press("Control+Enter")
        page.locator(".jp-OutputArea-output", has_text="42").wait_for()
        page.goto("about:blank")
        for _ in range(60):  # nobody looks any more: the kernel comes to rest
            if [kernel["execution_state"] for kernel in lab.get("api/kernels")] == ["idle"]:
                break
            time.sleep(0.2)
        else:
            pytest.fail("the kernel goes on training with nobody to look")
