# Differentiates a function of p that looks at the params around it.
# visible: the loss is right, but what was differentiated does not use its own argument
# hidden: all zeros
def loss_and_gradient(params, x, y):
    def loss(p):
        prediction = params["bias"]
        for a, w, phi in params["waves"]:
            prediction = prediction + a * np.sin(w * x + phi)
        return np.mean((prediction - y) ** 2)

    return value_and_grad(loss)(params)
