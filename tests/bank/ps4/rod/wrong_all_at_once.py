# Moves all points at once, from old temperatures.
# visible: every point looked at the old temperatures of its neighbours
# hidden: every point looked at the old temperatures of its neighbours
def rod(k, T):
    inner = T[1:-1] + k * (T[:-2] - 2 * T[1:-1] + T[2:])
    return np.concatenate([T[:1], inner, T[-1:]])
