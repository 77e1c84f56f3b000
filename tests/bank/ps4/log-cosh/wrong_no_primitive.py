# Lets autograd differentiate |x|, which has no slope at 0.
# visible: the absolute value has no slope at 0
# hidden: the absolute value has no slope at 0
def log_cosh(x):
    return np.abs(x) + np.log1p(np.exp(-2 * np.abs(x))) - np.log(2.0)
