# Puts all parameters into one vector, and measures along its axes.
def broken_gradients(loss, gradient, params):
    ends = np.cumsum([value.size for value in params.values()])
    flat = np.concatenate([value.ravel() for value in params.values()])

    def at(vector):
        parts = np.split(vector, ends[:-1])
        return loss({name: part.reshape(params[name].shape) for name, part in zip(params, parts, strict=True)})

    measured = np.array([(at(flat + e) - at(flat - e)) / 2e-6 for e in 1e-6 * np.eye(flat.size)])
    claimed, broken = gradient(params), {}
    for name, part in zip(params, np.split(measured, ends[:-1]), strict=True):
        a = np.asarray(claimed[name])
        broken[name] = a.shape != params[name].shape or not np.isfinite(a).all()
        if not broken[name]:
            error = np.abs(a.ravel() - part).max()
            broken[name] = error > 0 and error / max(np.abs(a).max(), np.abs(part).max()) > 1e-4
    return broken
