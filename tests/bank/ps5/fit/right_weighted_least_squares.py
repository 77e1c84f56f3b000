# Solves a weighted least-squares problem again and again.
def fit(X, t, C):
    n, d = X.shape
    A = np.column_stack([np.ones(n), X])
    ridge = np.diag(np.append(0.0, np.ones(d)))
    beta = np.zeros(d + 1)
    for _ in range(60):
        z = A @ beta
        s = C * expit(z) * expit(-z)
        working = s * z + C * (t - expit(z))
        beta = np.linalg.solve(A.T @ (A * s[:, None]) + ridge, A.T @ working)
    return beta[1:], beta[0]
