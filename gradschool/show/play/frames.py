"""What there is to see of a network at one moment, small enough to be sent thirty times a second."""

import numpy as np

from gradschool.show.play.datasets import HALF
from gradschool.show.play.training import forward

GRID = 50  # pixels on a side
_AXIS = (np.arange(GRID) + 0.5) / GRID * 2 * HALF - HALF
PIXELS = np.stack(np.meshgrid(_AXIS, _AXIS[::-1]), axis=-1).reshape(-1, 2)  # by rows from the top, as images go


def frame(training):
    """One moment of a `Training`, as a dict that can cross to a browser.

    step, train, test, accuracy : how many steps, the mean cross entropy on both sets, the share of test points
        on the right side.
    boundary : GRID * GRID bytes, the probability of class 1 at each pixel, 255 for 1.
    units : for each hidden layer, for each unit, GRID * GRID bytes: its value, 0 for -scale, 255 for +scale.
    scales : that scale, by layer and unit.
    weights : by layer {"w": [input][unit], "b": [unit]}, to three digits.
    curve : float32 bytes, (step, training loss, test loss) by rows.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        curve = np.array(training.history, dtype="<f4")
        values, z = forward(training.network, PIXELS, training.settings.activation)
        pictures = [[_picture(column) for column in layer.T] for layer in values]
        probability = 0.5 * (1 + np.tanh(0.5 * z))
        accuracy = training.accuracy(training.x_test, training.t_test)
    step, train, test = training.history[-1]
    return {
        "step": step,
        "train": _number(train),
        "test": _number(test),
        "accuracy": accuracy,
        "boundary": _bytes(probability),
        "units": [[pixels for _, pixels in layer] for layer in pictures],
        "scales": [[scale for scale, _ in layer] for layer in pictures],
        "weights": [{name: _rounded(array) for name, array in layer.items()} for layer in training.network],
        "curve": curve.tobytes(),
    }


def sample(training):
    """The points of both sets, as float32 bytes (x1, x2, class, 1 if it is a test point) by rows."""
    rows = [
        np.column_stack([x, t, np.full(len(t), test)])
        for x, t, test in ((training.x, training.t, 0), (training.x_test, training.t_test, 1))
    ]
    return np.concatenate(rows).astype("<f4").tobytes()


def _picture(values):
    scale = float(np.max(np.abs(values)))
    scale = scale if np.isfinite(scale) and scale > 0 else 1.0
    return scale, _bytes((values / scale + 1) / 2)


def _bytes(values):
    """Numbers from 0 to 1 as bytes; what is not a number as the middle."""
    return np.rint(255 * np.clip(np.nan_to_num(values, nan=0.5), 0, 1)).astype(np.uint8).tobytes()


def _rounded(array):
    return [_rounded(row) if row.ndim else _number(float(f"{row:.3g}")) for row in array]


def _number(value):
    return float(value) if np.isfinite(value) else None
