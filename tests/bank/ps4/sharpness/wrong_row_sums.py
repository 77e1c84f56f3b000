# Takes elementwise_grad of the gradient for the Hessian's diagonal.
# visible: the entries of each row of H were summed
# hidden: the entries of each row of H were summed
def sharpness(f, x, v, steps):
    def times(v):
        return elementwise_grad(grad(f))(x) * v

    for _ in range(steps):
        v = times(v)
        v = v / np.sqrt(np.sum(v * v))
    return np.sum(v * times(v)) / np.sum(v * v)
