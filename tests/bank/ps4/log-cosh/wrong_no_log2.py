# Forgets log 2.
# visible: log 2 is missing
# hidden: wrong
@primitive
def log_cosh(x):
    return np.logaddexp(x, -x)

defvjp(log_cosh, lambda ans, x: lambda g: g * np.tanh(x))
