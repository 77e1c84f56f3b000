# Returns the weights alone.
# visible: the weights without the bias
# hidden: the weights without the bias
def fit(X, t, C):
    A = np.column_stack([X, np.ones(len(X))])
    u, keep = np.zeros(A.shape[1]), np.append(np.ones(X.shape[1]), 0.0)
    for _ in range(50):
        z = A @ u
        slope = C * A.T @ (expit(z) - t) + keep * u
        u = u - np.linalg.solve((A.T * (C * expit(z) * expit(-z))) @ A + np.diag(keep), slope)
    return u[:-1]
