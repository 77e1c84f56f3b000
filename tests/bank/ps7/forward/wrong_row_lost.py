# Loses the axis of the row maxima.
# visible: the largest logits were taken off along the wrong axis: without keepdims they broadcast as a row
# hidden: exception
def forward(params, X):
    H = np.tanh(X @ params["W1"] + params["b1"])
    Z = H @ params["W2"] + params["b2"]
    E = np.exp(Z - Z.max(axis=1))
    return H, E / E.sum(axis=1, keepdims=True)
