# Nudges the caller's arrays.
# visible: input changed in place
# hidden: input changed in place
def broken_gradients(loss, gradient, params):
    claims, broken = gradient(params), {}
    for name, value in params.items():
        measured = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            value[i] += 1e-5
            up = loss(params)
            value[i] -= 2e-5
            measured[i] = (up - loss(params)) / 2e-5
            value[i] += 1e-5
        claimed = claims[name]
        size = max(np.max(np.abs(claimed)), np.max(np.abs(measured)))
        error = np.max(np.abs(claimed - measured))
        broken[name] = np.shape(claimed) != value.shape or not error <= 1e-4 * size
    return broken
