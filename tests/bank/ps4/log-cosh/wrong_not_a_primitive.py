# Right in every number, but no primitive.
# visible: autograd knows no rule for this function: it looks into it
# hidden: autograd knows no rule for this function: it looks into it
def log_cosh(x):
    return np.logaddexp(x, -x) - np.log(2.0)
