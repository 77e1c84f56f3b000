# Calls itself with one step less.
def newton(F, x0, tol, limit):
    x = np.asarray(x0) * 1.0
    residual = F(x)
    if np.all(np.abs(residual) <= tol):
        return x, 0
    if limit == 0:
        raise ValueError("no steps left")
    step = np.linalg.lstsq(jacobian(F)(x), residual, rcond=None)[0]
    x, more = newton(F, x - step, tol, limit - 1)
    return x, more + 1
