# Takes the second derivative for the rule.
# visible: wrong
# hidden: wrong
@primitive
def log_cosh(x):
    return np.logaddexp(x, -x) - np.log(2.0)

defvjp(log_cosh, lambda ans, x: lambda g: g * (1 - np.tanh(x) ** 2))
