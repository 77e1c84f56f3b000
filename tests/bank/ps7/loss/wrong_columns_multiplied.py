# Writes the squared norm as the sum of W.T @ W.
# visible: W.T @ W multiplies columns with other columns: |W|^2 adds the squares of the entries
# hidden: W.T @ W multiplies columns with other columns: |W|^2 adds the squares of the entries
def loss(params, Z, t, penalty):
    N = len(Z)
    ce = logsumexp(Z, axis=1) - Z[np.arange(N), t]
    return (np.sum(ce) + penalty / 2 * (np.sum(params["W1"].T @ params["W1"]) + np.sum(params["W2"].T @ params["W2"]))) / N
