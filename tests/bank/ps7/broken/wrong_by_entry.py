# Takes the ratio entry by entry.
# visible: the error of the measurement was taken for a fault: are the differences central, with one ratio for each parameter?
# hidden: the error of the measurement was taken for a fault: are the differences central, with one ratio for each parameter?
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
        size = np.maximum(np.abs(claimed), np.abs(measured))
        error = np.abs(claimed - measured)
        broken[name] = np.shape(claimed) != value.shape or not np.all(error <= 1e-4 * size)
    return broken
