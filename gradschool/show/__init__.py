"""What the lectures show: figures that carry their alt text, one drawing style, and widgets.

A lecture opens with ``plt.style.use("gradschool.show.lecture")``; Matplotlib finds the style file in
this package by its dotted name.
"""

from gradschool.show.figures import figure
from gradschool.show.secant import SecantWidget, secant_figure, secant_widget

__all__ = ["SecantWidget", "figure", "secant_figure", "secant_widget"]
