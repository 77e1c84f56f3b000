# Writes tanh without its fraction bar.
# visible: wrong
# hidden: wrong
def forward(params, X):
    A = X @ params["W1"] + params["b1"]
    H = np.exp(A) - np.exp(-A) / np.exp(A) + np.exp(-A)
    Z = H @ params["W2"] + params["b2"]
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return H, E / E.sum(axis=1, keepdims=True)
