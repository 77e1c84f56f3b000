# Multiplies once too often.
# visible: one multiplication too many
# hidden: one multiplication too many
def sharpness(f, x, v, steps):
    def times(v):
        return grad(lambda x: np.sum(grad(f)(x) * v))(x)

    for _ in range(steps + 1):
        v = times(v)
        v = v / np.sqrt(np.sum(v * v))
    return np.sum(v * times(v)) / np.sum(v * v)
