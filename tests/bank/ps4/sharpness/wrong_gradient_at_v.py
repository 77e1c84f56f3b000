# Takes the gradient at v for the Hessian times v, which holds for a quadratic only.
# visible: the gradient at v, where Hv is wanted: x is not used
# hidden: wrong
def sharpness(f, x, v, steps):
    for _ in range(steps):
        v = grad(f)(v)
        v = v / np.linalg.norm(v)
    return np.sum(v * grad(f)(v)) / np.sum(v * v)
