# Lets the air slow down vx alone.
# visible: there is no drag on vy
# hidden: wrong
def landing(p, dt):
    def place(p):
        vx, vy, c = p
        x = y = 0.0
        while True:
            old_x, old_y = x, y
            speed = np.sqrt(vx**2 + vy**2)
            x, y, vx, vy = x + dt * vx, y + dt * vy, vx - dt * c * speed * vx, vy - dt * (10)
            if y <= 0:
                return old_x + old_y / (old_y - y) * (x - old_x)

    return value_and_grad(place)(p)
