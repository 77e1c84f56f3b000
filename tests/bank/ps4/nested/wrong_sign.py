# Returns the direction of descent.
# visible: the loss is right, its gradient has the sign turned
# hidden: sign turned
def loss_and_gradient(params, x, y):
    def loss(params):
        prediction = params["bias"]
        for amplitude, frequency, phase in params["waves"]:
            prediction = prediction + amplitude * np.sin(frequency * x + phase)
        return np.mean((prediction - y) ** 2)


    value, gradient = value_and_grad(loss)(params)
    waves = [tuple(-number for number in wave) for wave in gradient["waves"]]
    return value, {"bias": -gradient["bias"], "waves": waves}
