# Labels the points that it learnt from.
# visible: no property
# hidden: no property
def learn(X, t, X_new):
    h, rng = 10, np.random.default_rng(1)
    params = {
        "W1": rng.standard_normal((2, h)),
        "b1": np.zeros(h),
        "W2": rng.standard_normal((h, 2)) / np.sqrt(h),
        "b2": np.zeros(2),
    }
    for _ in range(1500):
        H = np.tanh(X @ params["W1"] + params["b1"])
        E = np.exp(H @ params["W2"] + params["b2"])
        D = (E / E.sum(axis=1, keepdims=True) - np.eye(2)[t]) / len(t)
        G = D @ params["W2"].T * (1 - H**2)
        slopes = {"W1": X.T @ G, "b1": G.sum(axis=0), "W2": H.T @ D, "b2": D.sum(axis=0)}
        params = {name: value - 1.0 * slopes[name] for name, value in params.items()}
    Z = np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return params, np.argmax(Z, axis=1)
