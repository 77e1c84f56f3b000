"""How numbers and names are written: v-1 as v₋₁, its tangent as v̇₋₁, its adjoint as v̄₋₁, and 10.693147 as 10.693."""

import re
import unicodedata
from html import escape

import numpy as np

DOT, BAR = "\u0307", "\u0304"  # combining: they stand over the letter before them
ENTRIES = 4  # an array of more is shown by its shape
_SUBSCRIPTS = str.maketrans("-0123456789", "₋₀₁₂₃₄₅₆₇₈₉")
MINUS = "\u2212"
_PLAIN = str.maketrans("₋₀₁₂₃₄₅₆₇₈₉", f"{MINUS}0123456789")


def symbol(name, accent=""):
    """The name of a step as it is written, v₋₁, with a dot for its tangent or a bar for its adjoint."""
    return name[0] + accent + name[1:].translate(_SUBSCRIPTS)


def number(x):
    """Three decimals, or three significant digits where x is small, and no zeros at the end."""
    x = float(x)
    if not np.isfinite(x):
        return {"inf": "∞", "-inf": "-∞"}.get(str(x), "nan")
    if x == 0:
        return "0"
    if not 1e-4 <= abs(x) < 1e6:
        digits, power = f"{x:.2e}".split("e")
        return f"{digits.rstrip('0').rstrip('.')}e{int(power)}"
    decimals = 3 if abs(x) >= 0.1 else 2 - int(np.floor(np.log10(abs(x))))
    return f"{x:.{decimals}f}".rstrip("0").rstrip(".")


def short(x):
    """A value in a few characters: a number, the entries of a small array, the shape of a larger one."""
    x = np.asarray(x)
    if x.dtype.kind not in "fiu":
        return str(x)
    return _entries(x.tolist()) if x.size <= ENTRIES else f"{shape(x)} array"


def shape(x):
    return "\u00d7".join(map(str, np.shape(x)))


def _entries(x):
    return "[" + ", ".join(map(_entries, x)) + "]" if isinstance(x, list) else number(x)


def in_words(values):
    """a, b and c."""
    *most, last = values
    return f"{', '.join(most)} and {last}" if most else last


def width(text):
    """How many characters wide a text is in a fixed-width font: an accent takes no room."""
    return sum(not unicodedata.combining(c) for c in text)


def markup(text, lowered="<sub>{}</sub>"):
    """The text for HTML, or, with another way to lower a subscript, for SVG: escaped, with true minus signs."""
    text = re.sub(r"((?<![^\W\d])|(?<=\de))-(?=[\w.(∞√ ])", MINUS, escape(text))  # no hyphen within a word
    return re.sub("[₀-₉₋]+", lambda subscript: lowered.format(subscript[0].translate(_PLAIN)), text)
