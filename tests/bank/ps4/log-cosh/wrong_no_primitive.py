# Lets autograd differentiate |x|, which has no slope at 0.
# visible: autograd was given no rule for log_cosh, or it is no primitive
# hidden: autograd was given no rule for log_cosh, or it is no primitive
def log_cosh(x):
    return np.abs(x) + np.log1p(np.exp(-2 * np.abs(x))) - np.log(2.0)
