# Forms the Hessian.
# visible: too slow
# hidden: too slow
def sharpness(f, x, v, steps):
    H = np.reshape(hessian(f)(x), (np.size(x), np.size(x)))
    v = np.ravel(v)
    for _ in range(steps):
        v = H @ v
        v = v / np.linalg.norm(v)
    return v @ H @ v / (v @ v)
