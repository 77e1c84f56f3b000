# Calls the loss and its gradient one after the other.
def loss_and_gradient(params, x, y):
    def loss(params):
        prediction = params["bias"]
        for amplitude, frequency, phase in params["waves"]:
            prediction = prediction + amplitude * np.sin(frequency * x + phase)
        return np.sum((y - prediction) ** 2) / len(y)

    return float(loss(params)), grad(loss)(params)
