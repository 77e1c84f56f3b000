# Newton's method that halves a move which makes J rise.
def fit(X, t, C):
    n, d = X.shape
    A = np.column_stack([X, np.ones(n)])
    r = np.append(np.ones(d), 0.0)
    w = np.zeros(d + 1)
    def J(w):
        z = A @ w
        return C*np.sum(np.logaddexp(0, z) - t*z) + np.sum(r*w*w)/2
    for _ in range(100):
        p = expit(A @ w)
        g = C*A.T @ (p - t) + r*w
        H = C*(A.T*(p*(1-p))) @ A + np.diag(r)
        move = np.linalg.solve(H, g)
        s = 1.0
        while J(w - s*move) > J(w) and s > 1e-10:
            s /= 2
        w = w - s*move
    return w[:-1], w[-1]
