# Nudges a copy of the parameters, and puts each entry back.
def broken_gradients(loss, gradient, params):
    claimed = gradient(params)
    mine = {name: value.copy() for name, value in params.items()}

    def is_broken(name):
        value, claim = mine[name], claimed[name]
        if claim.shape != value.shape or np.isnan(claim).any():
            return True
        wrong, size = 0.0, 0.0
        for i in np.ndindex(value.shape):
            kept, sides = value[i], []
            for h in (1e-4, -1e-4):
                value[i] = kept + h
                sides.append(loss(mine))
            value[i] = kept
            n, a = (sides[0] - sides[1]) / 2e-4, claim[i]
            wrong, size = max(wrong, abs(a - n)), max(size, abs(a), abs(n))
        return bool(wrong > 1e-4 * size)

    return {name: is_broken(name) for name in params}
