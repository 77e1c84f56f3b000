# Takes x out of the bracket without its magnitude.
# visible: overflow for negative x
# hidden: not finite
@primitive
def log_cosh(x):
    return x + np.log1p(np.exp(-2 * x)) - np.log(2.0)

defvjp(log_cosh, lambda ans, x: lambda g: g * np.tanh(x))
