# Does the chain rule on paper.
def loss_and_gradient(params, x, y):
    prediction = params["bias"] + np.zeros(len(x))
    for a, w, phi in params["waves"]:
        prediction = prediction + a * np.sin(w * x + phi)
    error = prediction - y
    pull = 2 * error / len(x)
    waves = []
    for a, w, phi in params["waves"]:
        sine, cosine = np.sin(w * x + phi), np.cos(w * x + phi)
        waves.append((np.sum(pull * sine), np.sum(pull * a * cosine * x), np.sum(pull * a * cosine)))
    return np.mean(error**2), {"bias": np.sum(pull), "waves": waves}
