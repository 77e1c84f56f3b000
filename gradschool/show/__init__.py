"""What the lectures show: figures that carry their alt text, one drawing style, graphs and widgets.

A lecture opens with ``plt.style.use("gradschool.show.lecture")``; Matplotlib finds the style file in
this package by its dotted name.
"""

from gradschool.show.figures import figure
from gradschool.show.play import Playground, playground, playground_figure
from gradschool.show.secant import SecantWidget, secant_figure, secant_widget
from gradschool.show.stepper import StepperWidget, stepper
from gradschool.show.trace import Trace, trace

__all__ = [
    "Playground",
    "SecantWidget",
    "StepperWidget",
    "Trace",
    "figure",
    "playground",
    "playground_figure",
    "secant_figure",
    "secant_widget",
    "stepper",
    "trace",
]
