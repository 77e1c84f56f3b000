# Is a primitive without a rule.
# visible: exception
# hidden: exception
@primitive
def log_cosh(x):
    return np.logaddexp(x, -x) - np.log(2.0)
