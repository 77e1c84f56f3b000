# Goes example by example, with one branch for each side.
def log_loss(z, t):
    total = 0.0
    for logit, target in zip(z, t):
        m = logit if target else -logit
        if m > 0:
            total += np.log1p(np.exp(-m))
        else:
            total += np.log1p(np.exp(m)) - m
    return total
