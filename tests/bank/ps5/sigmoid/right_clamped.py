# Gives each branch only arguments that it can take, and multiplies the two probabilities.
def sigmoid_and_slope(x):
    def sigmoid(x):
        low, high = np.minimum(x, 0), np.maximum(x, 0)
        return np.where(np.greater(x, 0), 1 / (1 + np.exp(-high)), np.exp(low) / (1 + np.exp(low)))

    return sigmoid(x), sigmoid(x) * sigmoid(np.negative(x))
