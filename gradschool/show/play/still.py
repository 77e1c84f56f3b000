"""The playground as a picture that stands still: one network after some training."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from gradschool.show.figures import image, rendered
from gradschool.show.play.datasets import HALF
from gradschool.show.play.frames import GRID, PIXELS
from gradschool.show.play.training import Settings, Training, forward

BLUE_ORANGE = LinearSegmentedColormap.from_list("classes", ["#005f96", "white", "#cd5500"])  # as in playground.js
BOX = (-HALF, HALF, -HALF, HALF)


def playground_figure(steps, **settings):
    """The boundary, the losses, and what each unit of the first hidden layer computes, after so many steps.

    settings : as in `playground`. Returns a Matplotlib figure.
    """
    training = Training(Settings(**settings))
    for _ in range(100):
        training.run(max(1, steps // 100))
    values, z = forward(training.network, PIXELS, training.settings.activation)
    units = values[0].T if values else []
    fig = plt.figure(figsize=(8.4, 4.0 if not len(units) else 5.6))
    top, *below = fig.subfigures(2, 1, height_ratios=(3, 1.3)) if len(units) else (fig,)
    _boundary_and_losses(top.subplots(1, 2), training, z)
    if len(units):
        _units(below[0].subplots(1, max(len(units), 4)), units)
    return fig


def still_page(settings, steps=1000):
    """What a page that runs no widgets shows instead: the network after some training, and how to run it."""
    with plt.style.context("gradschool.show.lecture"), plt.rc_context({"savefig.dpi": 72}):
        fig = playground_figure(steps, **vars(settings))
        picture = rendered(fig, "png")
        plt.close(fig)
    alt = (
        f"The data set {settings.data} after {steps} steps: its points, the network's boundary between the classes, "
        "the losses on training and test points, and what each unit of the first hidden layer computes."
    )
    words = "The playground trains a network while you watch. It runs in JupyterLab and on the course's site."
    return f"<p>{words} Here it stands still.</p>{image('png', picture, alt)}"


def _boundary_and_losses(axes, training, z):
    picture, curve = axes
    probability = (0.5 * (1 + np.tanh(0.5 * z))).reshape(GRID, GRID)
    picture.imshow(probability, extent=BOX, cmap=BLUE_ORANGE, vmin=0, vmax=1, alpha=0.7)
    picture.contour(probability, [0.5], extent=BOX, origin="upper", colors="0.2")
    for k, marker in ((0, "o"), (1, "^")):
        for x, t, face in ((training.x, training.t, "0.2"), (training.x_test, training.t_test, "none")):
            picture.scatter(*x[t == k].T, s=12, marker=marker, facecolor=face, edgecolor="0.2", linewidth=0.7)
    accuracy = training.accuracy(training.x_test, training.t_test)
    picture.set(xlabel="$x_1$", ylabel="$x_2$", title=f"{training.steps} steps, test accuracy {accuracy:.0%}")
    picture.set(xlim=BOX[:2], ylim=BOX[2:])
    picture.grid(False)
    steps, train, test = np.array(training.history).T
    curve.plot(steps, train, marker="", label="training points")
    curve.plot(steps, test, marker="", label="test points")
    curve.set(xlabel="step", ylabel="mean cross entropy", title="Losses", ylim=(0, None))
    curve.legend()


def _units(axes, units):
    for k, ax in enumerate(axes):
        ax.set_axis_off()
        if k < len(units):
            scale = np.max(np.abs(units[k])) or 1.0
            ax.imshow(units[k].reshape(GRID, GRID), extent=BOX, cmap=BLUE_ORANGE, vmin=-scale, vmax=scale)
            ax.set_title(f"unit {k + 1}")
