# Finite differences in disguise, entry by entry.
# visible: wrong
# hidden: a finite difference
def loss_and_gradient(params, x, y):
    def loss(flat):
        prediction = flat[0]
        for i in range(1, len(flat), 3):
            prediction = prediction + flat[i] * np.sin(flat[i + 1] * x + flat[i + 2])
        return np.mean((prediction - y) ** 2)

    flat = np.array([params["bias"], *(number for wave in params["waves"] for number in wave)])
    h = 1e-6
    g = [(loss(flat + h * e) - loss(flat)) / h for e in np.eye(len(flat))]
    waves = [tuple(g[i : i + 3]) for i in range(1, len(flat), 3)]
    return loss(flat), {"bias": g[0], "waves": waves}
