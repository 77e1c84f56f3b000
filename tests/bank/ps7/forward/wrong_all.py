# Divides by the sum of everything.
# visible: the exponentials were divided by the sum over all points, not over the row
# hidden: the exponentials were divided by the sum over all points, not over the row
def forward(params, X):
    H = np.tanh(X @ params["W1"] + params["b1"])
    Z = H @ params["W2"] + params["b2"]
    E = np.exp(Z - Z.max())
    return H, E / E.sum()
