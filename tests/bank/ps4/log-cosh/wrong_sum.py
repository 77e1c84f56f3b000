# Returns one number for the cotangent of all entries.
# visible: wrong shape
# hidden: wrong shape
@primitive
def log_cosh(x):
    return np.logaddexp(x, -x) - np.log(2.0)

defvjp(log_cosh, lambda ans, x: lambda g: np.sum(g * np.tanh(x)))
