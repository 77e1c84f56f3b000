# Forgets to multiply by the cotangent.
# visible: cotangent ignored
# hidden: cotangent ignored
@primitive
def log_cosh(x):
    return np.logaddexp(x, -x) - np.log(2.0)

defvjp(log_cosh, lambda ans, x: lambda g: np.tanh(x))
