"""The playground as a widget: the network trains in the kernel, the browser draws and gives orders.

The browser answers every frame that it has drawn (`seen`). Training waits for that, so it never runs ahead of the
picture, and it stops where nobody looks any more: a closed notebook leaves no loop behind.
"""

import asyncio
import time
from pathlib import Path

import anywidget
import traitlets

from gradschool.show import kernelless
from gradschool.show.play import datasets
from gradschool.show.play.frames import GRID, frame, sample
from gradschool.show.play.still import still_page
from gradschool.show.play.training import ACTIVATIONS, MOST_LAYERS, MOST_UNITS, POINTS, Settings, Training

STATIC = Path(__file__).parents[1] / "static"
FRAMES_A_SECOND = 30
AHEAD = 3  # frames that may be on their way to the browser
PATIENCE = 3.0  # seconds without an answer after which nobody is taken to look
RUNAWAY = (
    "The loss has run away: the steps were too long, each overshot by more than the last. "
    "Choose a smaller learning rate and press Reset."
)


class Playground(anywidget.AnyWidget):
    """A network that trains while you watch. `playground` makes one.

    ``settings`` are those of `training.Settings`, as a dict; ``playing`` starts and stops the training;
    ``message`` is what went wrong, in words.
    """

    _esm = STATIC / "playground.js"
    _css = STATIC / "playground.css"
    choices = traitlets.Dict().tag(sync=True)
    settings = traitlets.Dict().tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)
    message = traitlets.Unicode("").tag(sync=True)
    points = traitlets.Bytes(b"").tag(sync=True)
    frame = traitlets.Dict().tag(sync=True)
    seen = traitlets.Int(-1).tag(sync=True)  # the number of the last frame that a browser has drawn

    def __init__(self, settings=None, **options):
        self._shown, self._task, self._answered = 0, None, 0.0
        self._training = Training(settings or Settings())
        super().__init__(
            settings=_plain(self._training.settings),
            choices={
                "data": list(datasets.NAMES),
                "activation": list(ACTIVATIONS),
                "most_layers": MOST_LAYERS,
                "most_units": MOST_UNITS,
                "points": POINTS,
                "half": datasets.HALF,
                "grid": GRID,
            },
            **options,
        )
        self._restart(self._training.settings)
        self.on_msg(self._order)

    def _repr_mimebundle_(self, **options):
        bundle, metadata = super()._repr_mimebundle_(**options)
        settings = self._training.settings
        data = {
            "settings": _plain(settings),
            "choices": self.choices,
            "start": beginning(Training(settings)),
            "runaway": RUNAWAY,
        }
        bundle["text/html"] = kernelless.page("playground", still_page(settings), data)
        bundle["text/plain"] = "The playground trains a network while you watch. It needs JupyterLab and a kernel."
        return bundle, metadata

    def close(self):
        self.playing = False
        super().close()

    # ---- what the browser asks for

    def _order(self, _widget, content, _buffers):
        if content.get("do") == "step":
            self.playing = False
            self._advance(1)
        elif content.get("do") == "reset":
            self._restart(self._training.settings)

    @traitlets.observe("settings")
    def _chosen(self, change):
        try:
            chosen = Settings(**change["new"])
        except (TypeError, ValueError) as error:
            self.message = str(error)
            self.settings = _plain(self._training.settings)
            return
        if chosen.asks_for_a_new_start(self._training.settings):
            self._restart(chosen)
        else:
            self._training.settings = chosen

    @traitlets.observe("seen")
    def _looked_at(self, _change):
        self._answered = time.monotonic()

    # ---- training

    def _restart(self, settings):
        self._training = Training(settings)
        self.message = ""
        self.points = sample(self._training)
        self._show()

    def _advance(self, steps):
        if not self._training.diverged:
            self._training.run(steps)
        if self._training.diverged:
            self.playing = False
            self.message = RUNAWAY
        self._show()

    def _show(self):
        self._shown += 1
        self.frame = {"number": self._shown, **frame(self._training)}

    @traitlets.observe("playing")
    def _play_or_pause(self, change):
        if not change["new"]:
            return  # the loop sees it and ends
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no kernel: a script, which has nobody to look
            self.playing = False
            return
        if self._task is None or self._task.done():
            self._answered = time.monotonic()
            self._task = loop.create_task(self._train())

    async def _train(self):
        """Train a frame at a time, and let the kernel do its other work in between."""
        while self.playing:
            start = time.monotonic()
            if self._shown - self.seen <= AHEAD:
                self._advance(self._training.settings.pace)
            elif start - self._answered > PATIENCE:
                self.playing = False
            await asyncio.sleep(max(0.002, 1 / FRAMES_A_SECOND - (time.monotonic() - start)))


def playground(**settings):
    """The playground, to be shown at the end of a cell.

    Settings by keyword are those of `training.Settings`: data ("moons", "circles", "two clouds", "spiral", "XOR"),
    noise, layers (a tuple of units), activation ("tanh", "ReLU", "sigmoid", "sine"), rate, penalty, batch, pace,
    seed. Raises ValueError where a choice does not exist.
    """
    return Playground(Settings(**settings))


def beginning(training):
    """Where a training begins, for `static/trainer.js`: numpy's random numbers cannot be drawn again in a browser."""
    return {
        "settings": _plain(training.settings),
        "train": {"x": training.x.tolist(), "t": training.t.tolist()},
        "test": {"x": training.x_test.tolist(), "t": training.t_test.tolist()},
        "network": [{name: array.tolist() for name, array in layer.items()} for layer in training.network],
    }


def _plain(settings):
    return {name: list(value) if isinstance(value, tuple) else value for name, value in vars(settings).items()}
