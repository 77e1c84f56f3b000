# Every variable as a power of x, differentiated on paper.


def line_derivatives(x, w):
    root = (w * x) ** 0.5
    return {
        "y": 2 * w * x - 4.5 * x / root,
        "e": w - 1.5 / root,
        "d": 1.5 * w * root - 3,
        "c": 1.5 * w * root,
        "b": w / (2 * root),
        "a": w,
    }
