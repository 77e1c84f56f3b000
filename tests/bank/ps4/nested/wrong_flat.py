# Flattens the parameters, and forgets to build the nest again.
# visible: the numbers are right, but their nest is gone
# hidden: wrong type
def loss_and_gradient(params, x, y):
    flat = np.array([params["bias"], *(number for wave in params["waves"] for number in wave)])

    def loss(flat):
        prediction = flat[0]
        for i in range(1, len(flat), 3):
            prediction = prediction + flat[i] * np.sin(flat[i + 1] * x + flat[i + 2])
        return np.mean((prediction - y) ** 2)

    return value_and_grad(loss)(flat)
