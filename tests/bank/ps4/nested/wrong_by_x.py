# Differentiates by the times: the wrong argument number.
# visible: the gradient by the times, not by the parameters
# hidden: wrong type
def loss_and_gradient(params, x, y):
    def loss(params, x):
        prediction = params["bias"]
        for amplitude, frequency, phase in params["waves"]:
            prediction = prediction + amplitude * np.sin(frequency * x + phase)
        return np.mean((prediction - y) ** 2)

    return value_and_grad(loss, 1)(params, x)
