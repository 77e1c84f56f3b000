# Types the formula in as it stands.
# visible: overflow: cosh(1000) is infinite
# hidden: not finite
def log_cosh(x):
    return np.log(np.cosh(x))
