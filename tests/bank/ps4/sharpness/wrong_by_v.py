# Differentiates by v, and gets the gradient.
# visible: differentiated by v, which gives the gradient again
# hidden: wrong
def sharpness(f, x, v, steps):
    def times(v):
        return grad(lambda u: np.sum(grad(f)(x) * u))(v)

    for _ in range(steps):
        v = times(v)
        v = v / np.sqrt(np.sum(v * v))
    return np.sum(v * times(v)) / np.sum(v * v)
