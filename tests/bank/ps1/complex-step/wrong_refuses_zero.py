# Takes an imaginary part of 0 for a lost one.
# visible: exception
# hidden: exception
def complex_step(f, x, h=1e-20):
    value = f(x + 1j * h)
    if value.imag == 0:
        raise ValueError("f lost the imaginary part")
    return value.imag / h
