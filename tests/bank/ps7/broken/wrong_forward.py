# Takes a forward difference with a large step.
# visible: everything is called broken
# hidden: everything is called broken
def broken_gradients(loss, gradient, params):
    claims, broken = gradient(params), {}
    for name, value in params.items():
        measured = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            nudge = np.zeros(value.shape)
            nudge[i] = 1e-2
            rise = loss({**params, name: value + nudge}) - loss(params)
            measured[i] = rise / 1e-2
        claimed = claims[name]
        size = max(np.max(np.abs(claimed)), np.max(np.abs(measured)))
        error = np.max(np.abs(claimed - measured))
        broken[name] = np.shape(claimed) != value.shape or not error <= 1e-4 * size
    return broken
