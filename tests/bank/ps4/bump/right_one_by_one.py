# Goes through the points one by one, and decides with if.
def bump(X, c):
    values = []
    for x in X:
        s = np.dot(x - c, x - c)
        values.append(np.exp(s / (s - 1)) if s < 1 else 0.0 * s)
    return np.array(values)
