# Forgets the factor |v| of the drag.
# visible: drag without the factor |v|
# hidden: drag without the factor |v|
def landing(p, dt):
    def place(p):
        vx, vy, drag = p
        x, y, old_x, old_y = 0.0, 0.0, None, None
        while old_x is None or y > 0:
            old_x, old_y = x, y
            x, y = x + dt * vx, y + dt * vy
            slowing = drag
            vx, vy = vx - dt * slowing * vx, vy - dt * (10 + slowing * vy)
        return old_x + old_y / (old_y - y) * (x - old_x)

    return value_and_grad(place)(p)
