# np.column_stack over a generator of seeds.
import numpy as np


def jacobian(f, x):
    x = np.asarray(x) * 1.0
    x = x.astype(np.float64)
    seeds = np.split(np.eye(x.size).ravel(), x.size)
    return np.column_stack([jvp(f, (x,), (seed,))[1] for seed in seeds])
