# Standardises the columns and penalises what comes of that.
# visible: the penalty was laid on the weights of standardised columns
# hidden: the penalty was laid on the weights of standardised columns
def fit(X, t, C):
    mean, spread = X.mean(axis=0), X.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    A = np.column_stack([(X - mean) / spread, np.ones(len(X))])
    u, keep = np.zeros(A.shape[1]), np.append(np.ones(X.shape[1]), 0.0)
    for _ in range(50):
        z = A @ u
        slope = C * A.T @ (expit(z) - t) + keep * u
        u = u - np.linalg.solve((A.T * (C * expit(z) * expit(-z))) @ A + np.diag(keep), slope)
    return u[:-1] / spread, u[-1] - mean @ (u[:-1] / spread)
