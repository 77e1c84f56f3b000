# Looks for the size of an axis instead of its place.
# hidden: summed over the wrong axis
def unbroadcast(cotangent, shape):
    if cotangent.shape == shape:
        return cotangent
    if shape == ():
        return cotangent.sum()
    if len(shape) == 1:
        axes = [k for k in range(cotangent.ndim) if cotangent.shape[k] == shape[0]]
        keep = axes[0] if axes else None
        total = cotangent.sum(axis=tuple(k for k in range(cotangent.ndim) if k != keep))
        return total.reshape(shape)
    while cotangent.ndim > len(shape):
        cotangent = cotangent.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            cotangent = cotangent.sum(axis=axis, keepdims=True)
    return cotangent


def multiply_vjp(x, y, cotangent):
    return unbroadcast(cotangent * y, x.shape), unbroadcast(cotangent * x, y.shape)
