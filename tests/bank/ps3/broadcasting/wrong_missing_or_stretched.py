# Undoes one of the two, an added axis or a stretched one, and never both.
# visible: not summed over the broadcast axis
# hidden: not summed over the broadcast axis
def unbroadcast(cotangent, shape):
    added = cotangent.ndim - len(shape)
    if added:
        return cotangent.sum(axis=tuple(range(added)))
    axes = tuple(k for k, size in enumerate(shape) if size == 1)
    return cotangent.sum(axis=axes, keepdims=True)


def multiply_vjp(x, y, cotangent):
    return unbroadcast(cotangent * y, x.shape), unbroadcast(cotangent * x, y.shape)
