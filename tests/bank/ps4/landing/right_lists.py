# Keeps the whole path in lists, and looks back at its last piece.
def landing(p, dt):
    def place(p):
        vx, vy, c = p
        xs, ys = [0.0], [0.0]
        while len(ys) == 1 or ys[-1] > 0:
            speed = np.linalg.norm(np.array([vx, vy]))
            xs.append(xs[-1] + dt * vx)
            ys.append(ys[-1] + dt * vy)
            vx, vy = vx - dt * c * speed * vx, vy - dt * (10 + c * speed * vy)
        return xs[-2] + ys[-2] / (ys[-2] - ys[-1]) * (xs[-1] - xs[-2])

    return value_and_grad(place)(p)
