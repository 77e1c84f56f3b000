# Writes tanh with exp(2x), whose second derivative overflows.
# visible: overflow in the derivative of the rule
# hidden: not finite
@primitive
def log_cosh(x):
    return np.logaddexp(x, -x) - np.log(2.0)

defvjp(log_cosh, lambda ans, x: lambda g: g * (1 - 2 / (np.exp(2 * x) + 1)))
