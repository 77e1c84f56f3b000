# Forgets the activation.
# visible: the hidden layer has no tanh
# hidden: the hidden layer has no tanh
def forward(params, X):
    H = X @ params["W1"] + params["b1"]
    Z = H @ params["W2"] + params["b2"]
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return H, E / E.sum(axis=1, keepdims=True)
