# Takes one-sided differences, with the step that suits central ones.
# visible: the error of the measurement was taken for a fault: are the differences central, with one ratio for each parameter?
# hidden: the error of the measurement was taken for a fault: are the differences central, with one ratio for each parameter?
def broken_gradients(loss, gradient, params):
    claimed = gradient(params)
    result = {}
    h = 1e-5
    for name, p in params.items():
        a = np.asarray(claimed[name])
        if a.shape != p.shape or np.isnan(a).any():
            result[name] = True
            continue
        n = np.zeros(p.shape)
        for i in np.ndindex(p.shape):
            up, down = p.copy(), p.copy()
            up[i] += h
            n[i] = (loss({**params, name: up}) - loss({**params, name: down})) / h
        biggest = max(np.max(np.abs(a)), np.max(np.abs(n)))
        result[name] = biggest > 0 and np.max(np.abs(a - n)) / biggest > 1e-4
    return result
