# Takes the sigmoid for tanh.
# visible: the hidden layer has the sigmoid in place of tanh
# hidden: the hidden layer has the sigmoid in place of tanh
def forward(params, X):
    H = 1 / (1 + np.exp(-(X @ params["W1"] + params["b1"])))
    Z = H @ params["W2"] + params["b2"]
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return H, E / E.sum(axis=1, keepdims=True)
