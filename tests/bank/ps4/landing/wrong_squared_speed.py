# Forgets the root of the speed.
# visible: drag with the square of |v|
# hidden: wrong
def landing(p, dt):
    def place(p):
        vx, vy, c = p
        x = y = 0.0
        while True:
            old_x, old_y = x, y
            speed = vx**2 + vy**2
            x, y, vx, vy = x + dt * vx, y + dt * vy, vx - dt * c * speed * vx, vy - dt * (10 + c * speed * vy)
            if y <= 0:
                return old_x + old_y / (old_y - y) * (x - old_x)

    return value_and_grad(place)(p)
