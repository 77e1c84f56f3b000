# Is a primitive without a rule.
# visible: autograd was given no rule for log_cosh, or it is no primitive
# hidden: autograd was given no rule for log_cosh, or it is no primitive
@primitive
def log_cosh(x):
    return np.logaddexp(x, -x) - np.log(2.0)
