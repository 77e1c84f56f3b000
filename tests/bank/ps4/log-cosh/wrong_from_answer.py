# Recovers the slope from the answer; its derivative at 0 is 0 times infinity.
# visible: not finite
# hidden: not finite
@primitive
def log_cosh(x):
    return np.logaddexp(x, -x) - np.log(2.0)

defvjp(log_cosh, lambda ans, x: lambda g: g * np.sign(x) * np.sqrt(1 - np.exp(-2 * ans)))
