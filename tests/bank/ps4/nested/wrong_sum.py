# Takes the sum over the measurements.
# visible: the sum over the measurements, not the mean
# hidden: the sum over the measurements, not the mean
def loss_and_gradient(params, x, y):
    def loss(params):
        prediction = params["bias"]
        for amplitude, frequency, phase in params["waves"]:
            prediction = prediction + amplitude * np.sin(frequency * x + phase)
        return np.sum((prediction - y) ** 2)

    return value_and_grad(loss)(params)
