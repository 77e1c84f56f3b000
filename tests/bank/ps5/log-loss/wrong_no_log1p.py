# Writes ln(1 + e), which rounds 1 + e to 1.
# visible: a small loss was rounded to 0
# hidden: 1 + e was rounded on its way into the logarithm
def log_loss(z, t):
    m = np.where(t == 1, z, -z)
    return np.sum(np.maximum(-m, 0) + np.log(1 + np.exp(-np.abs(m))))
