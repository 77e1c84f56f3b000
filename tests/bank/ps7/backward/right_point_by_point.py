# Adds up outer products, point by point.
def backward(params, X, H, P, t, penalty):
    N = len(t)
    gradient = {name: np.zeros_like(value) for name, value in params.items()}
    for x, h, p, target in zip(X, H, P, t, strict=True):
        by_z = p.copy()
        by_z[target] -= 1
        by_a = (params["W2"] @ by_z) * (1 - h) * (1 + h)
        gradient["W2"] += np.outer(h, by_z) / N
        gradient["b2"] += by_z / N
        gradient["W1"] += np.outer(x, by_a) / N
        gradient["b1"] += by_a / N
    for name in ("W1", "W2"):
        gradient[name] += penalty * params[name] / N
    return gradient
