# Has a good rule for a value that overflows.
# visible: overflow: cosh(1000) is infinite
# hidden: not finite
@primitive
def log_cosh(x):
    return np.log(np.cosh(x))

defvjp(log_cosh, lambda ans, x: lambda g: g * np.tanh(x))
