# Lets an error of two in a hundred pass.
# hidden: an error of one in a hundred passes
def broken_gradients(loss, gradient, params):
    claims, broken = gradient(params), {}
    for name, value in params.items():
        measured = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            nudge = np.zeros(value.shape)
            nudge[i] = 1e-5
            rise = loss({**params, name: value + nudge}) - loss({**params, name: value - nudge})
            measured[i] = rise / 2e-5
        claimed = claims[name]
        size = max(np.max(np.abs(claimed)), np.max(np.abs(measured)))
        error = np.max(np.abs(claimed - measured))
        broken[name] = np.shape(claimed) != value.shape or not error <= 0.02 * size
    return broken
