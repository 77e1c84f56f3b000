# Leaves the cotangent as it came.
# visible: not summed over the broadcast axis
# hidden: not summed over the broadcast axis
def unbroadcast(cotangent, shape):
    return cotangent


def multiply_vjp(x, y, cotangent):
    return unbroadcast(cotangent * y, x.shape), unbroadcast(cotangent * x, y.shape)
