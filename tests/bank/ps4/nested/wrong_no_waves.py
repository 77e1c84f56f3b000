# Unpacks the waves as an array, which an empty list is not.
# visible: exception
# hidden: exception
def loss_and_gradient(params, x, y):
    def loss(params):
        a, w, phi = np.array(params["waves"]).T
        waves = a[:, None] * np.sin(np.outer(w, x) + phi[:, None])
        return np.mean((params["bias"] + np.sum(waves, axis=0) - y) ** 2)

    return value_and_grad(loss)(params)
