# Multiplies with @, which is the wrong sum for a matrix.
# visible: exception
# hidden: exception
def sharpness(f, x, v, steps):
    def times(v):
        return grad(lambda x: grad(f)(x) @ v)(x)

    for _ in range(steps):
        v = times(v)
        v = v / np.linalg.norm(v)
    return v @ times(v) / (v @ v)
