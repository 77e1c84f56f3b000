# Has no half in the penalty.
# visible: |w|^2 without the half
# hidden: |w|^2 without the half
def fit(X, t, C):
    A = np.column_stack([X, np.ones(len(X))])
    u, keep = np.zeros(A.shape[1]), np.append(np.full(X.shape[1], 2.0), 0.0)
    for _ in range(50):
        z = A @ u
        slope = C * A.T @ (expit(z) - t) + keep * u
        u = u - np.linalg.solve((A.T * (C * expit(z) * expit(-z))) @ A + np.diag(keep), slope)
    return u[:-1], u[-1]
