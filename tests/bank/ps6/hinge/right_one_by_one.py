# Adds up one example after the other.
def hinge_loss(w, X, y, lam):
    total = 0.0
    for x, label in zip(X, y):
        score = sum(w[j] * x[j] for j in range(len(x))) + w[-1]
        if label * score < 1:
            total = total + 1 - label * score
    return total / len(y) + lam * sum(v**2 for v in w[:-1]) / 2
