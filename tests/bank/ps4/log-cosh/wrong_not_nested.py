# Writes the reverse rule in the order of forward mode's, without the inner function.
# visible: exception
# hidden: exception
@primitive
def log_cosh(x):
    return np.logaddexp(x, -x) - np.log(2.0)


defvjp(log_cosh, lambda g, ans, x: g * np.tanh(x))
