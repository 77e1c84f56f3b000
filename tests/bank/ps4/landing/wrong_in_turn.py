# Lets the new horizontal speed slow down the vertical one.
# visible: the new vx already slows down vy
# hidden: the new vx already slows down vy
def landing(p, dt):
    def place(p):
        vx, vy, drag = p
        x = y = 0.0
        while True:
            old_x, old_y = x, y
            x = x + dt * vx
            y = y + dt * vy
            vx = vx - dt * drag * np.sqrt(vx**2 + vy**2) * vx
            vy = vy - dt * (10 + drag * np.sqrt(vx**2 + vy**2) * vy)
            if y <= 0:
                return old_x + old_y / (old_y - y) * (x - old_x)

    return value_and_grad(place)(p)
