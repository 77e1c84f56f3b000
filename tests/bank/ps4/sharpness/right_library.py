# Uses the library's product.
from autograd import hessian_vector_product


def sharpness(f, x, v, steps):
    times_hessian = hessian_vector_product(f)
    for _ in range(steps):
        v = times_hessian(x, v)
        v = v / np.max(np.abs(v))
    return np.sum(times_hessian(x, v) * v) / np.sum(v**2)
