# Divides twice, in another order.
def central_difference(f, x, h):
    change = f(x + h)
    change -= f(x - h)
    return 0.5 * change / h
