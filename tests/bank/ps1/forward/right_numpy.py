# Lets numpy take the difference, and prints while it works.
import numpy as np


def forward_difference(f, x, h):
    values = np.array([f(x), f(x + h)])
    print("values:", values)
    return np.diff(values)[0] / h
