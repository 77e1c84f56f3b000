# Takes a single Newton step.
# visible: it stopped after one Newton step
# hidden: it stopped after one Newton step
def fit(X, t, C):
    A = np.column_stack([X, np.ones(len(X))])
    keep = np.append(np.ones(X.shape[1]), 0.0)
    u = np.linalg.solve(C / 4 * A.T @ A + np.diag(keep), C * A.T @ (t - 0.5))
    return u[:-1], u[-1]
