# Nudges the throw.
# visible: wrong
# hidden: wrong
def landing(p, dt):
    def place(p):
        vx, vy, drag = p
        x = y = 0.0
        while True:
            old_x, old_y = x, y
            x, y = x + dt * vx, y + dt * vy
            slowing = drag * np.sqrt(vx**2 + vy**2)
            vx, vy = vx - dt * slowing * vx, vy - dt * (10 + slowing * vy)
            if y <= 0:
                return old_x + old_y / (old_y - y) * (x - old_x)

    h = 1e-5
    return place(p), np.array([(place(p + h * e) - place(p - h * e)) / (2 * h) for e in np.eye(3)])
