# Refuses floats, and takes an int for a complex number.
# hidden: no exception
def complex_step(f, x, h=1e-20):
    value = f(x + 1j * h)
    if isinstance(value, float):
        raise ValueError("the imaginary part is lost")
    return value.imag / h
