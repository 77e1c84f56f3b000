# Builds the complex number by name and asks for its type.
def complex_step(f, x, h=1e-20):
    value = f(complex(x, h))
    if not isinstance(value, complex):
        raise ValueError(f"f returned {type(value).__name__}")
    return value.imag / h
