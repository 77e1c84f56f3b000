# Loops over the examples.
# visible: no property
# hidden: no property
def multiclass_hinge(W, X, c):
    loss, G = 0.0, np.zeros(W.shape)
    for x, right in zip(X, c):
        missing = x @ W - x @ W[:, right] + 1
        missing[right] = 0
        hit = 1.0 * (missing > 0)
        hit[right] = -np.sum(hit)
        loss += np.sum(np.maximum(0, missing))
        G += np.outer(x, hit)
    return loss / len(X), G / len(X)
