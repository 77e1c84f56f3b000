# Writes the rule as sinh/cosh.
# visible: overflow in the rule
# hidden: not finite
@primitive
def log_cosh(x):
    return np.logaddexp(x, -x) - np.log(2.0)

defvjp(log_cosh, lambda ans, x: lambda g: g * np.sinh(x) / np.cosh(x))
