"""Our docstrings as reStructuredText: prose that names its arguments in lines like `x : what it is`.

A block that is indented after an empty line is code, `this` is code, a line `name : text` says what an argument is
(several may stand on one line), and all else is plain text, stars and underscores included.
"""

import re

NAMES = r"\w+(?:, \w+)*"
ARGUMENT = re.compile(rf"({NAMES}) : ")
NEXT_ARGUMENT = re.compile(rf"(?<=\.) (?={NAMES} : )")
QUOTED = re.compile(r"``(.+?)``|`(.+?)`")
MEANT_BY_RST = re.compile(r"([\\*_|])")


def as_rst(lines):
    """The lines of a docstring as lines of reStructuredText."""
    written, blank, code, argument = [], True, False, False
    for line in lines:
        indented = line[:1].isspace()
        if not line.strip():
            written.append("")
            blank = True
            continue
        if indented and blank and not argument:
            code = True
            written += ["::", ""]
        if not indented:
            code = False
            found = ARGUMENT.match(line)
            if found and not argument and not blank:
                written.append("")
            if argument and not found:
                written.append("")
            argument = bool(found)
        if code:
            written.append(line)
        elif argument and not indented:
            for part in NEXT_ARGUMENT.split(line):
                names, text = part.split(" : ", 1)
                written += [", ".join(f"``{name}``" for name in names.split(", ")), f"    {inline(text)}"]
        else:
            written.append(line[: len(line) - len(line.lstrip())] + inline(line.lstrip()))
        blank = False
    return written


def inline(text):
    """Text with its code marked as such, and nothing else marked."""
    parts, end = [], 0
    for found in QUOTED.finditer(text):
        parts += [escaped(text[end : found.start()]), f"``{found[1] or found[2]}``"]
        end = found.end()
    return "".join([*parts, escaped(text[end:])])


def escaped(text):
    return MEANT_BY_RST.sub(r"\\\1", text)


def rewrite(app, what, name, obj, options, lines):
    """Sphinx has read a docstring, and taken from all lines but the first the margin that they share. A module's has
    none: what is indented there is code."""
    lines[:] = as_rst(obj.__doc__.strip().split("\n") if what == "module" and obj.__doc__ else lines)


def setup(app):
    app.connect("autodoc-process-docstring", rewrite, priority=400)  # before Napoleon looks for its own marks
    return {"parallel_read_safe": True, "parallel_write_safe": True}
