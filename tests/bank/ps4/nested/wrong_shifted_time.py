# Puts the phase into the bracket with the time.
# visible: the sine is that of w (x + phi), not of w x + phi
# hidden: wrong
def loss_and_gradient(params, x, y):
    def loss(params):
        prediction = params["bias"]
        for a, w, phi in params["waves"]:
            prediction = prediction + a * np.sin(w * (x + phi))
        return np.mean((prediction - y) ** 2)

    return value_and_grad(loss)(params)
