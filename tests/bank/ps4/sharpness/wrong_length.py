# Returns the length of Hv, which is never smaller.
# visible: the length of Hv, not the curvature along v
# hidden: the length of Hv, not the curvature along v
def sharpness(f, x, v, steps):
    def times(v):
        return grad(lambda x: np.sum(grad(f)(x) * v))(x)

    for _ in range(steps):
        v = times(v)
        v = v / np.sqrt(np.sum(v * v))
    return np.sqrt(np.sum(times(v) ** 2)) / np.sqrt(np.sum(v * v))
