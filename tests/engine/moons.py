"""The make_moons network of the syllabus, in plain numpy: its data, its start, its loss."""

import numpy as np
from sklearn.datasets import make_moons

np.random.seed(0)
DATA = make_moons(200, noise=0.20)
PENALTY = 0.01


def start(h):
    """The weights of a 2-h-2 network."""
    np.random.seed(0)
    w1, w2 = np.random.randn(2, h) / np.sqrt(2), np.random.randn(h, 2) / np.sqrt(h)
    return {"w1": w1, "b1": np.zeros(h), "w2": w2, "b2": np.zeros(2)}


def loss(p, x, t):
    """The mean cross entropy of softmax(tanh(x w1 + b1) w2 + b2), and the penalty over the number of points."""
    n = len(x)
    z = np.tanh(x @ p["w1"] + p["b1"]) @ p["w2"] + p["b2"]
    e = np.exp(z)
    q = e / np.sum(e, axis=1, keepdims=True)
    return (np.sum(-np.log(q[np.arange(n), t])) + PENALTY / 2 * (np.sum(p["w1"] ** 2) + np.sum(p["w2"] ** 2))) / n
