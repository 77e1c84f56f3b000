# Stops at the logits.
# visible: the logits, not the probabilities
# hidden: the logits, not the probabilities
def forward(params, X):
    H = np.tanh(X @ params["W1"] + params["b1"])
    Z = H @ params["W2"] + params["b2"]
    return H, Z
