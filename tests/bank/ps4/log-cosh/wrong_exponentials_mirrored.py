# Writes tanh with exp(-2x), which overflows at -1000.
# visible: overflow in the rule for negative x
# hidden: not finite
@primitive
def log_cosh(x):
    return np.logaddexp(x, -x) - np.log(2.0)

defvjp(log_cosh, lambda ans, x: lambda g: g * (1 - np.exp(-2 * x)) / (1 + np.exp(-2 * x)))
