# Penalises the bias with the weights.
# visible: the bias was penalised
# hidden: the bias was penalised
def fit(X, t, C):
    A = np.column_stack([X, np.ones(len(X))])
    u = np.zeros(A.shape[1])
    for _ in range(50):
        z = A @ u
        slope = C * A.T @ (expit(z) - t) + u
        u = u - np.linalg.solve((A.T * (C * expit(z) * expit(-z))) @ A + np.eye(len(u)), slope)
    return u[:-1], u[-1]
