# Works on standardised columns, with a penalty that is scaled to match, and halves moves that are too long.
def fit(X, t, C):
    n, d = X.shape
    mean, spread = X.mean(axis=0), X.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    A = np.column_stack([(X - mean) / spread, np.ones(n)])
    penalty = np.append(spread**-2, 0.0)

    def value(u):
        z = A @ u
        return C * np.sum(np.logaddexp(0, z) - t * z) + np.sum(penalty * u**2) / 2

    u = np.zeros(d + 1)
    for _ in range(60):
        z = A @ u
        slope = C * A.T @ (expit(z) - t) + penalty * u
        bend = (A.T * (C * expit(z) * expit(-z))) @ A + np.diag(penalty)
        move = np.linalg.solve(bend, slope)
        while np.max(np.abs(move)) > 1e-10 and value(u - move) > value(u):
            move = move / 2
        u = u - move
    w = u[:-1] / spread
    return w, u[-1] - mean @ w
