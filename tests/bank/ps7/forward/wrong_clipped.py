# Clips the logits to keep the exponential finite.
# visible: the large logits were cut off at a bound, and those above it became equal
# hidden: wrong
def forward(params, X):
    H = np.tanh(X @ params["W1"] + params["b1"])
    Z = H @ params["W2"] + params["b2"]
    E = np.exp(np.clip(Z, -500, 500))
    return H, E / E.sum(axis=1, keepdims=True)
