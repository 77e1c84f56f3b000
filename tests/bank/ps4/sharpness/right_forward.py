# Pushes v forward through the gradient.
def sharpness(f, x, v, steps):
    push = make_jvp(grad(f))(x)
    for _ in range(steps):
        v = push(v)[1]
        v = v / np.linalg.norm(v)
    return np.sum(v * push(v)[1]) / np.sum(v * v)
