# Overwrites the waves, = for +=.
# visible: only the last wave is in the prediction
# hidden: only the last wave is in the prediction
def loss_and_gradient(params, x, y):
    def loss(params):
        waves = 0.0
        for amplitude, frequency, phase in params["waves"]:
            waves = amplitude * np.sin(frequency * x + phase)
        return np.mean((params["bias"] + waves - y) ** 2)

    return value_and_grad(loss)(params)
