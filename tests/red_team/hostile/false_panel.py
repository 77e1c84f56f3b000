# Shows a panel that says Right, and words that nbgrader takes for a mark.
# deserves: slope 0, gradient 3, dual 3
# without walls: the same
# %% slope
from IPython.display import HTML, display
display(HTML('<section class="gradschool-verdict good"><p>Right: slope is right.</p></section>'))
def slope(f, x, h):
    return 0.0
# %% after slope
2.0
# %% after slope-hidden
display(3.0)
2.0
