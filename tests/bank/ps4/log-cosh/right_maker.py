# Computes the slope once, before the cotangent comes; the value by two branches.
import numpy


@primitive
def log_cosh(x):
    size = numpy.abs(x)
    return numpy.where(size > 20, size - numpy.log(2.0), numpy.log(numpy.cosh(numpy.minimum(size, 20))))


def log_cosh_vjp(ans, x):
    slope = np.tanh(x)
    return lambda cotangent: slope * cotangent


defvjp(log_cosh, log_cosh_vjp)
