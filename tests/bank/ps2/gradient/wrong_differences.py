# Central differences, without jvp.
# visible: six calls, as finite differences need
# hidden: twice as many calls as sweeps, as finite differences need
import numpy as np


def gradient(f, x):
    x = np.array(x, dtype=float)
    g = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += 1e-5
        down[index] -= 1e-5
        g[index] = (f(up) - f(down)) / 2e-5
    return g
