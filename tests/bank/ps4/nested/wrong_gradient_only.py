# Hands back the gradient alone.
# visible: the gradient without the loss
# hidden: exception
def loss_and_gradient(params, x, y):
    def loss(params):
        prediction = params["bias"]
        for amplitude, frequency, phase in params["waves"]:
            prediction = prediction + amplitude * np.sin(frequency * x + phase)
        return np.mean((prediction - y) ** 2)

    return grad(loss)(params)
