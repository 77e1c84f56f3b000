# Has a rule of central differences.
# visible: a finite difference
# hidden: wrong
@primitive
def log_cosh(x):
    return np.logaddexp(x, -x) - np.log(2.0)

defvjp(log_cosh, lambda ans, x: lambda g: g * (log_cosh(x + 1e-5) - log_cosh(x - 1e-5)) / 2e-5)
