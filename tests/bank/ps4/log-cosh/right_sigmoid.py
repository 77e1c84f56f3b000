# Builds the slope from an exponential that only ever shrinks.
@primitive
def log_cosh(x):
    return np.logaddexp(2 * x, 0.0) - x - np.log(2.0)


@primitive
def slope(x):
    small = np.exp(-2 * np.abs(x))
    return np.sign(x) * (1 - small) / (1 + small)


defvjp(slope, lambda ans, x: lambda g: g * (1 - slope(x)) * (1 + slope(x)))
defvjp(log_cosh, lambda ans, x: lambda g: g * slope(x))
