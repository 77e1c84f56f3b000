# Calls every small gradient broken, as if nothing so small could have been measured.
# visible: wrong
# hidden: everything is called broken
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
        small = 0 < size < 1e-7
        broken[name] = np.shape(claimed) != value.shape or small or not error <= 1e-4 * size
    return broken
