# Has the stable form, added in an order that loses the small part.
# visible: a small loss was rounded to 0
# hidden: what is small was lost in a difference of what is large
def log_loss(z, t):
    return np.sum(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - t * z)
