# Differentiates the squared length of the gradient.
# visible: wrong
# hidden: wrong
def sharpness(f, x, v, steps):
    def times(v):
        return grad(lambda x: np.sum(grad(f)(x) ** 2))(x) * v

    for _ in range(steps):
        v = times(v)
        v = v / np.sqrt(np.sum(v * v))
    return np.sum(v * times(v)) / np.sum(v * v)
