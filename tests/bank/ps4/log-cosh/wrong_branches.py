# Chooses a branch for numbers only.
# visible: exception
# hidden: exception
@primitive
def log_cosh(x):
    if abs(x) > 20:
        return abs(x) - np.log(2.0)
    return np.log(np.cosh(x))


defvjp(log_cosh, lambda ans, x: lambda g: g * np.tanh(x))
