# Steps with arrays: position and velocity are vectors.
def landing(p, dt):
    gravity = np.array([0.0, -10.0])

    def place(p):
        position, velocity = np.zeros(2), p[:2]
        while True:
            before, position = position, position + dt * velocity
            velocity = velocity + dt * (gravity - p[2] * np.sqrt(np.sum(velocity**2)) * velocity)
            if position[1] <= 0:
                weights = np.array([-position[1], before[1]]) / (before[1] - position[1])
                return np.dot(weights, np.array([before[0], position[0]]))

    return place(p), grad(place)(p)
