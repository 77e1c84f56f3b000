# Forgets that v need not have length 1, and does not scale it.
# visible: the product v.Hv was not divided by v.v
# hidden: the product v.Hv was not divided by v.v
def sharpness(f, x, v, steps):
    def times(v):
        return grad(lambda x: np.sum(grad(f)(x) * v))(x)

    for _ in range(steps):
        v = times(v)
        v = v
    return np.sum(v * times(v))
