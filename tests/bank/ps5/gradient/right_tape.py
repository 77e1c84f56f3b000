# Leaves it to the course's tape.
from gradschool.reverse import grad


def gradient(w, b, X, t, lam):
    def of_both(both):
        z = X @ both[:-1] + both[-1]
        return np.mean(np.logaddexp(0, z) - t * z) + lam / 2 * np.sum(both[:-1] ** 2)

    both = grad(of_both)(np.append(w, b))
    return both[:-1], both[-1]
