# Solves the dual, two multipliers at a time.
def fit(X, y, C):
    n, K = len(y), X @ X.T
    a, scores = np.zeros(n), np.zeros(n)
    for _ in range(100000):
        gap = y - scores
        up = np.where(np.where(y > 0, a < C, a > 0), gap, -np.inf)
        down = np.where(np.where(y > 0, a > 0, a < C), gap, np.inf)
        i, j = np.argmax(up), np.argmin(down)
        if up[i] - down[j] < 1e-7:
            break
        step = (up[i] - down[j]) / max(K[i, i] + K[j, j] - 2 * K[i, j], 1e-12)
        step = min(step, C - a[i] if y[i] > 0 else a[i], a[j] if y[j] > 0 else C - a[j])
        a[i] = min(max(a[i] + y[i] * step, 0.0), C)
        a[j] = min(max(a[j] - y[j] * step, 0.0), C)
        scores = scores + step * (K[i] - K[j])
    v = (a * y) @ X
    candidates = y - X @ v
    costs = [np.sum(np.maximum(0, 1 - y * (X @ v + b))) for b in candidates]
    return np.append(v, candidates[np.argmin(costs)])
