# Takes every claim for right where the loss does not depend on the parameter.
# hidden: nothing is called broken: are the entries compared one by one?
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
        broken[name] = np.shape(claimed) != value.shape or not (np.all(measured == 0) or error <= 1e-4 * size)
    return broken
