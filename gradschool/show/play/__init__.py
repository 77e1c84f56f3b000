"""The playground: a small network learns to tell two classes of points apart, while you watch.

`datasets` makes the points, `training` is the network and its training in plain numpy, differentiated by the
course's tape, `frames` says what there is to see at one moment, `widget` shows it and takes orders, and `still`
draws one moment for paper.
"""

from gradschool.show.play.still import playground_figure
from gradschool.show.play.widget import Playground, playground

__all__ = ["Playground", "playground", "playground_figure"]
