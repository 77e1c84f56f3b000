# Returns from inside the loop.
# visible: only the first wave is in the prediction
# hidden: only the first wave is in the prediction
def loss_and_gradient(params, x, y):
    def loss(params):
        prediction = params["bias"]
        for amplitude, frequency, phase in params["waves"]:
            prediction = prediction + amplitude * np.sin(frequency * x + phase)
            break
        return np.mean((prediction - y) ** 2)

    return value_and_grad(loss)(params)
