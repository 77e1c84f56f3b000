# Pulls v back through the gradient, recorded once.
def sharpness(f, x, v, steps):
    times_hessian, _ = make_vjp(grad(f))(x)
    v = v / np.linalg.norm(np.ravel(v))
    for _ in range(steps):
        w = times_hessian(v)
        v = w / np.linalg.norm(np.ravel(w))
    return np.vdot(v, times_hessian(v))
