# Carries the three derivatives along by hand, forward mode.
def landing(p, dt):
    vx, vy, c = p
    dvx, dvy, dc = np.eye(3)
    x = y = 0.0
    dx = dy = np.zeros(3)
    while True:
        x0, y0, dx0, dy0 = x, y, dx, dy
        x, y, dx, dy = x + dt * vx, y + dt * vy, dx + dt * dvx, dy + dt * dvy
        speed = np.sqrt(vx**2 + vy**2)
        slowing, dslowing = c * speed, dc * speed + c * (vx * dvx + vy * dvy) / speed
        dvx, dvy = dvx - dt * (dslowing * vx + slowing * dvx), dvy - dt * (dslowing * vy + slowing * dvy)
        vx, vy = vx - dt * slowing * vx, vy - dt * (10 + slowing * vy)
        if y <= 0:
            break
    t = y0 / (y0 - y)
    dt_ = (dy0 * (y0 - y) - y0 * (dy0 - dy)) / (y0 - y) ** 2
    return x0 + t * (x - x0), dx0 + dt_ * (x - x0) + t * (dx - dx0)
