# Takes one logsumexp over all points.
# visible: one logsumexp was taken over all points: each row has its own
# hidden: one logsumexp was taken over all points: each row has its own
def loss(params, Z, t, penalty):
    N = len(Z)
    ce = logsumexp(Z) - Z[np.arange(N), t]
    return (np.sum(ce) + penalty / 2 * (np.sum(params["W1"]**2) + np.sum(params["W2"]**2))) / N
