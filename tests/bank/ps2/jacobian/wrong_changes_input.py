# Uses the caller's array for the seeds.
# visible: input changed in place
# hidden: input changed in place
import numpy as np


def jacobian(f, x):
    point, columns = np.array(x, dtype=float), []
    for j in range(len(x)):
        x[:] = 0
        x[j] = 1
        columns.append(jvp(f, (point,), (x.astype(float),))[1])
    return np.stack(columns, axis=1)
