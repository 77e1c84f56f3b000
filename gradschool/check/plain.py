"""Plain data: what a check takes from an answer, and nothing else.

Exact types only. An ndarray subclass, a masked array or an object with an `__eq__` of its own can lie about
its values, its shape and what it equals; so none of them is ever compared, or even asked.
"""

import numpy as np

LARGEST = 50_000_000  # numbers in one answer
DEEPEST = 20  # containers in containers

_SCALARS = (bool, int, float, complex, str, type(None))
_KINDS = "biufcU"  # dtypes: truth values, whole and real and complex numbers, text


def fault(value, depth=0):
    """None if the value is plain data, else a sentence that says what is not."""
    kind = type(value)
    if kind in _SCALARS:
        return None
    if kind is np.ndarray:
        if value.dtype.kind not in _KINDS:
            return f"It returned an array of dtype {value.dtype}, which is not an array of numbers."
        return None if value.size <= LARGEST else f"It returned {value.size} numbers, more than {LARGEST}."
    if issubclass(kind, np.generic) and kind.__module__ == "numpy" and np.dtype(kind).kind in _KINDS:
        return None
    if kind in (list, tuple, dict):
        if depth == DEEPEST:
            return f"It returned containers nested more than {DEEPEST} deep."
        if kind is dict and not all(type(key) in (str, int) for key in value):
            return "It returned a dict with keys that are neither strings nor integers."
        children = value.values() if kind is dict else value
        return next((found for child in children if (found := fault(child, depth + 1))), None)
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
    return f"It returned {name}; numbers, arrays, and tuples, lists or dicts of them are wanted."


def same(a, b):
    """Whether two pieces of plain data are the same, bit for bit; callbacks: the same object."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return a.shape == b.shape and a.dtype == b.dtype and a.tobytes() == b.tobytes()
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, (float, np.floating)):
        return bool(a == b or (a != a and b != b))
    return a is b or (type(a) in _SCALARS and a == b) or (isinstance(a, np.generic) and bool(a == b))
