"""The secant under a microscope: a difference quotient at every step size, from 1 down to 1e-16.

The picture has two halves. A microscope follows the step size, so that x - h, x and x + h always stand
in the same three places: at large h one sees the curve bend away from the secant (truncation), at tiny h
the staircase that float64 makes of any function (rounding). Beside it stands the error against h.

Every number is computed here, in Python's own float64, and sent along whole. The browser only draws, so
the widget goes on working when the kernel has stopped.
"""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import anywidget
import matplotlib.pyplot as plt
import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gradschool.show import kernelless
from gradschool.show.tables import Table

Function = Callable[[Any], Any]

ESTIMATES: dict[str, Callable[[Function, float, float], float]] = {
    "forward": lambda f, x, h: (f(x + h) - f(x)) / h,
    "central": lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h),
    "complex": lambda f, x, h: f(complex(x, h)).imag / h,
}
STEPS_PER_DECADE = 8
LOG_STEPS = np.linspace(-16, 0, 16 * STEPS_PER_DECADE + 1)
OFFSETS = np.linspace(-2.5, 2.5, 81)  # where the microscope looks, in units of h
FLOOR = 1e-17  # where a log axis shows an error of exactly 0
STATIC = Path(__file__).parent / "static"


def secant_data(f: Function, x: float, slope: float, name: str = "f") -> dict[str, Any]:
    """All that the widget draws, as plain numbers that JSON can carry (None where f gave no finite value).

    ``error`` is relative, |estimate - slope| / |slope|. ``microscope`` has one row for each step size:
    (f(x + t h) - f(x)) / (h |slope|) at the offsets t, so that the tangent has slope 1 or -1 in it.
    A kind that f does not allow is left out: `math.sin`, for one, takes no complex number.

    Raises ValueError where ``slope`` is 0: an error relative to it has no meaning.
    """
    if slope == 0:
        raise ValueError("slope is 0 here, and the error shown is relative to it: choose another x")
    steps = 10.0**LOG_STEPS
    kinds = {}
    with np.errstate(all="ignore"):
        for kind, estimate in ESTIMATES.items():
            try:
                estimates = np.array([estimate(f, x, h) for h in steps], dtype=float)
            except TypeError:
                continue
            kinds[kind] = {
                "estimate": _plain(estimates),
                "error": _plain(abs(estimates - slope) / abs(slope)),
            }
        microscope = [_plain(np.round(_microscope(f, x, slope, h, OFFSETS), 3)) for h in steps]
    return {
        "name": name,
        "x": float(x),
        "slope": float(slope),
        "log_steps": LOG_STEPS.tolist(),
        "offsets": OFFSETS.tolist(),
        "kinds": kinds,
        "microscope": microscope,
    }


def _microscope(f: Function, x: float, slope: float, h: float, offsets: np.ndarray) -> np.ndarray:
    """(f(x + t h) - f(x)) / (h |slope|) in float64 at each offset t; clipped to +-9, off the picture."""
    values = np.array([f(x + t * h) for t in offsets], dtype=float)
    return np.clip((values - f(x)) / (h * abs(slope)), -9, 9)


def _plain(values: np.ndarray) -> list[float | None]:
    return [float(v) if np.isfinite(v) else None for v in values]


class SecantWidget(anywidget.AnyWidget):
    """The secant and its error, the step size on a slider. `secant_widget` makes one.

    ``position`` is the slider's place, an index into ``data["log_steps"]``; ``kind`` is the difference shown.
    """

    _esm = STATIC / "secant.js"
    _css = STATIC / "secant.css"
    data = traitlets.Dict().tag(sync=True)
    kind = traitlets.Unicode("forward").tag(sync=True)
    position = traitlets.Int(len(LOG_STEPS) - 1).tag(sync=True)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict, dict]:
        """The widget, and a table of its numbers for readers and pages that do not run widgets."""
        bundle, metadata = super()._repr_mimebundle_(**kwargs)
        rows = _table(self.data)
        bundle["text/plain"] = "\n".join("  ".join(f"{cell:>10}" for cell in row) for row in rows)
        table = Table(rows[0], rows[1:], f"Relative error of the slope of {self.data['name']}", write=escape, style="")
        state = {name: getattr(self, name) for name in ("data", "kind", "position")}
        bundle["text/html"] = kernelless.page("secant", table.html(), state)
        return bundle, metadata


def _table(data: dict[str, Any]) -> list[list[str]]:
    """Header and one row for every second decade: the step size, then the relative error of each kind."""
    kinds = data["kinds"]
    rows = [["h", *kinds]]
    for i in range(len(data["log_steps"]) - 1, -1, -2 * STEPS_PER_DECADE):
        errors = [_short(kinds[kind]["error"][i]) for kind in kinds]
        rows.append([f"1e{data['log_steps'][i]:.0f}", *errors])
    return rows


def _short(error: float | None) -> str:
    return "undefined" if error is None else f"{error:.1e}"


def secant_widget(f: Function, x: float, slope: float, *, name: str = "f") -> SecantWidget:
    """A widget: drag the step size h, see f, its secant at x, and the error of the secant's slope.

    ``f`` takes one number, real or complex, as NumPy's functions do; ``slope`` is the true derivative f'(x),
    which the error is measured against; ``name`` is what to call f. Raises ValueError where ``slope`` is 0.
    """
    return SecantWidget(data=secant_data(f, x, slope, name))


def secant_figure(f: Function, x: float, slope: float, steps: tuple[float, float, float]) -> Figure:
    """The widget as a picture that stands still: the forward secant at three step sizes, and its error.

    ``f``, ``x`` and ``slope`` as in `secant_widget`.
    """
    fig, axes = plt.subplots(2, 2, figsize=(7.2, 6.4))
    errors = np.array(secant_data(f, x, slope)["kinds"]["forward"]["error"], dtype=float)
    axes[1, 1].loglog(10.0**LOG_STEPS, np.maximum(errors, FLOOR), marker="")
    axes[1, 1].set(xlabel="step size $h$", ylabel="relative error", title="Error against step")
    for ax, letter, h in zip(axes.flat, "ABC", steps, strict=False):
        estimate = ESTIMATES["forward"](f, x, h)
        _draw_microscope(ax, f, x, slope, h, estimate)
        ax.set_title(f"{letter}: h = {h:g}")
        error = max(abs(estimate - slope) / abs(slope), FLOOR)
        axes[1, 1].loglog(h, error, "o", color="C1", markersize=8)
        axes[1, 1].annotate(letter, (h, error), xytext=(8, -4), textcoords="offset points")
    axes[0, 0].legend(loc="upper left")
    return fig


def _draw_microscope(ax: Axes, f: Function, x: float, slope: float, h: float, estimate: float) -> None:
    offsets = np.linspace(OFFSETS[0], OFFSETS[-1], 601)
    ends = offsets[[0, -1]]
    ratio = estimate / abs(slope)
    ax.plot(offsets, _microscope(f, x, slope, h, offsets), "-", color="C4", label="f in float64")
    ax.plot(ends, np.sign(slope) * ends, "--", color="C2", label="tangent")
    ax.plot(ends, ratio * ends, "-", color="C1", label="secant")
    ax.plot([0, 1], [0, ratio], "o", color="C1")
    ax.set(xlim=(-2.5, 2.5), ylim=(-3, 3), ylabel=r"$f - f(x)$, in units of $h\,|f'(x)|$")
    ax.set_xticks([-1, 0, 1], ["$x-h$", "$x$", "$x+h$"])
