# Gets Hv from the difference of two gradients.
# visible: wrong
# hidden: wrong
def sharpness(f, x, v, steps):
    def times(v):
        return (grad(f)(x + 1e-5 * v) - grad(f)(x - 1e-5 * v)) / 2e-5

    for _ in range(steps):
        v = times(v)
        v = v / np.sqrt(np.sum(v * v))
    return np.sum(v * times(v)) / np.sum(v * v)
