# Puts C before the penalty.
# visible: C was laid on the penalty: a large C weakens it
# hidden: C was laid on the penalty: a large C weakens it
def fit(X, t, C):
    A = np.column_stack([X, np.ones(len(X))])
    u, keep = np.zeros(A.shape[1]), np.append(np.full(X.shape[1], C), 0.0)
    for _ in range(50):
        z = A @ u
        slope = A.T @ (expit(z) - t) + keep * u
        u = u - np.linalg.solve((A.T * (expit(z) * expit(-z))) @ A + np.diag(keep), slope)
    return u[:-1], u[-1]
