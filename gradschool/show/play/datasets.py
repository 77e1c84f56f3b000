"""Points in the plane, in two classes: what the playground's networks learn."""

import numpy as np

HALF = 3.0  # the playground shows the square from -HALF to HALF, and every data set fits it


def points(name, noise, size, seed):
    """A sample of a data set.

    name : one of `NAMES`. noise : standard deviation of the noise added to each coordinate, in units of the
    picture, which is 6 wide. size : how many points, half of them in each class, or one more in the first.
    seed : an int, or a numpy.random.Generator's seed sequence.

    Returns x of shape (size, 2) and t of shape (size,), 0 or 1. Raises KeyError for a name that is not known.
    """
    rng = np.random.default_rng(seed)
    x, t = _SHAPES[name](size, rng)
    return x + noise * rng.standard_normal(x.shape), t


def _sklearn(maker, size, rng, **options):
    """A data set of scikit-learn's, which is imported when it is asked for: that takes longer than all the rest."""
    from sklearn import datasets

    return getattr(datasets, maker)(size, random_state=int(rng.integers(2**31)), **options)


def _moons(size, rng):
    x, t = _sklearn("make_moons", size, rng)
    return 1.5 * (x - [0.5, 0.25]), t


def _circles(size, rng):
    x, t = _sklearn("make_circles", size, rng, factor=0.4)
    return 2.2 * x, 1 - t  # the outer ring is class 1, as the second moon and the second cloud are


def _clouds(size, rng):
    return _sklearn("make_blobs", _halves(size), rng, centers=[[-1.2, -1.2], [1.2, 1.2]], cluster_std=0.4)


def _spiral(size, rng):
    """Two arms of one and a half turns, the second the first turned by half a turn."""
    t = np.repeat([0, 1], _halves(size))
    along = np.sqrt(rng.uniform(0.02, 1, size))  # the root spreads the points evenly along the arm
    angle = 3 * np.pi * along + np.pi * t
    return 2.5 * along[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1), t


def _xor(size, rng):
    """Class 1 where the coordinates have different signs; the axes themselves are left free."""
    t = np.repeat([0, 1], _halves(size))
    first = rng.choice([-1.0, 1.0], size)
    signs = np.stack([first, np.where(t == 1, -first, first)], axis=1)
    return signs * rng.uniform(0.25, 2.3, (size, 2)), t


def _halves(size):
    return [size - size // 2, size // 2]


_SHAPES = {"moons": _moons, "circles": _circles, "two clouds": _clouds, "spiral": _spiral, "XOR": _xor}
NAMES = tuple(_SHAPES)
