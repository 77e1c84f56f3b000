"""What each operation computes and how it is differentiated, as formulas for people.

A formula is written in Python: x, or a and b, are the arguments, y is the result, g its adjoint. So tests can run
it, and hold it against the engine's own rule. Nothing that is shown is computed with it.
"""

import re

import numpy as np

from gradschool.show.notation import BAR, DOT, shape, short, symbol

# Operation -> the result, and the partial derivative by each argument. All act entry by entry. step(0) is 1/2.
ELEMENTWISE = {
    "add": ("a + b", "1", "1"),
    "subtract": ("a - b", "1", "-1"),
    "multiply": ("a * b", "b", "a"),
    "divide": ("a / b", "1 / b", "-y / b"),
    "power": ("a**b", "b * a**(b - 1)", "y * log(a)"),
    "negative": ("-x", "-1"),
    "positive": ("+x", "1"),
    "absolute": ("abs(x)", "sign(x)"),
    "square": ("x**2", "2 * x"),
    "reciprocal": ("1 / x", "-(y**2)"),
    "sqrt": ("sqrt(x)", "1 / (2 * y)"),
    "cbrt": ("cbrt(x)", "1 / (3 * y**2)"),
    "exp": ("exp(x)", "y"),
    "exp2": ("exp2(x)", "y * log(2)"),
    "expm1": ("expm1(x)", "y + 1"),
    "log": ("log(x)", "1 / x"),
    "log2": ("log2(x)", "1 / (x * log(2))"),
    "log10": ("log10(x)", "1 / (x * log(10))"),
    "log1p": ("log1p(x)", "1 / (1 + x)"),
    "sin": ("sin(x)", "cos(x)"),
    "cos": ("cos(x)", "-sin(x)"),
    "tan": ("tan(x)", "1 + y**2"),
    "arcsin": ("arcsin(x)", "1 / sqrt(1 - x**2)"),
    "arccos": ("arccos(x)", "-1 / sqrt(1 - x**2)"),
    "arctan": ("arctan(x)", "1 / (1 + x**2)"),
    "sinh": ("sinh(x)", "cosh(x)"),
    "cosh": ("cosh(x)", "sinh(x)"),
    "tanh": ("tanh(x)", "1 - y**2"),
    "arcsinh": ("arcsinh(x)", "1 / sqrt(x**2 + 1)"),
    "arccosh": ("arccosh(x)", "1 / sqrt(x**2 - 1)"),
    "arctanh": ("arctanh(x)", "1 / (1 - x**2)"),
    "maximum": ("maximum(a, b)", "step(a - b)", "step(b - a)"),
    "minimum": ("minimum(a, b)", "step(b - a)", "step(a - b)"),
    "logaddexp": ("logaddexp(a, b)", "exp(a - y)", "exp(b - y)"),
    "arctan2": ("arctan2(a, b)", "b / (a**2 + b**2)", "-a / (a**2 + b**2)"),
    "hypot": ("hypot(a, b)", "a / y", "b / y"),
}
# The adjoint of each argument of a @ b, by how many axes a and b have.
MATMUL = {
    (2, 2): ("g @ b.T", "a.T @ g"),
    (2, 1): ("outer(g, b)", "a.T @ g"),
    (1, 2): ("b @ g", "outer(a, g)"),
    (1, 1): ("g * b", "g * a"),
}
# The adjoint of the array that was reduced, moved or picked from, in words. to : its shape. rest : an index.
WORDS = {
    "sum": "{g}, repeated to {to}",
    "mean": "{g} / {n}, repeated to {to}",
    "max": "{g} at the largest, 0 elsewhere",
    "min": "{g} at the smallest, 0 elsewhere",
    "prod": "{g} · the product of the others",
    "logsumexp": "{g} · exp({x} - {y})",
    "euclidean": "{g} · {x} / {y}",
    "getitem": "{g} at [{rest}], 0 elsewhere",
    "concatenate": "the part of {g} that came from {x}",
    "where": "{g} where {x} was chosen, 0 elsewhere",
    "reshape": "{g}, reshaped to {to}",
    "expand_dims": "{g}, reshaped to {to}",
    "squeeze": "{g}, reshaped to {to}",
    "broadcast_to": "{g}, summed to {to}",
    "transpose": "{g}, transposed back",
    "cumsum": "{g}, summed up from the end",
}
LINEAR = {"sum", "mean", "cumsum", "getitem", "concatenate"}
LINEAR |= {"reshape", "expand_dims", "squeeze", "broadcast_to", "transpose"}
NAMES = {  # what the engine calls it -> what numpy calls it
    **{"mul": "multiply", "sub": "subtract", "truediv": "divide", "neg": "negative", "pow": "power"},
    **{"float_power": "power", "fabs": "absolute", "mod": "remainder", "amax": "max", "amin": "min"},
    **{"fmax": "maximum", "fmin": "minimum", "chosen": "where", "join": "concatenate", "solve_matrix": "solve"},
    **{"spread": "broadcast_to", "as_floating": "astype", "log_abs_det": "slogdet"},
}


def operation(primitive):
    """Numpy's name of an operation, whichever operator or helper of the engine did it."""
    plain = primitive.name.strip("_")
    return NAMES.get(plain, plain)


def constant(a):
    """A constant among the operands: a number, or an index."""
    if isinstance(a, slice):
        parts = ["" if part is None else str(part) for part in (a.start, a.stop, a.step)]
        return ":".join(parts[:2] if a.step is None else parts)
    if isinstance(a, tuple):
        return ", ".join(map(constant, a)) + "," * (len(a) == 1)
    if isinstance(a, (bool, int, float, np.ndarray, np.generic)):
        return short(a)
    return "..." if a is Ellipsis else repr(a)


def write(formula, texts):
    """A formula with texts for its letters. A negative number gets parentheses where it needs them."""

    def replaced(match):
        before, text = formula[: match.start()].rstrip(), texts.get(match[0], match[0])
        operand = before.endswith(("*", "/", "+", "-", "@")) or formula[match.end() :].startswith("**")
        return f"({text})" if text.startswith("-") and operand else text

    text = re.sub(r"\b[abcgxy]\b", replaced, formula).replace(".T", "ᵀ").replace(" * ", " · ")
    for python, written in ((r"\*\*2(?![\d.])", "²"), (r"\*\*", "^"), (r"\blog\(", "ln("), (r"\bsqrt\(", "√(")):
        text = re.sub(python, written, text)
    return text


def names(step, moved=()):
    """The arguments as they are called, and those at the positions in `moved` as their tangents are."""
    return [
        symbol(operand, DOT if k in moved else "") if k in step.places else operand
        for k, operand in enumerate(step.operands)
    ]


def numbers(step):
    """The arguments themselves."""
    return [
        short(a.value) if k in step.places else operand
        for k, (a, operand) in enumerate(zip(step.arguments, step.operands, strict=True))
    ]


def _letters(texts, **others):
    return {"x": texts[0], **dict(zip("ab", texts, strict=False)), **others}


def value(step, texts=None):
    """The operation as a formula, of its operands' names or of other texts for them."""
    if step.operation == "input":
        return step.label
    texts = names(step) if texts is None else texts
    if step.operation in ELEMENTWISE:
        return write(ELEMENTWISE[step.operation][0], _letters(texts))
    if step.operation == "matmul":
        return write("a @ b", _letters(texts))
    if step.operation == "getitem":
        return f"{texts[0]}[{texts[1]}]"
    options = list(step.options[0])
    while options and (options[-1] is None or options[-1] is False):  # defaults
        options.pop()
    options = [f"({constant(option)})" if isinstance(option, tuple) else constant(option) for option in options]
    options += [f"{key}={constant(option)}" for key, option in step.options[1].items()]
    if step.operation == "transpose" and not options:
        return f"{texts[0]}ᵀ"
    return f"{step.operation}({', '.join([*texts, *options])})"


def partial(step, k, texts=None, result=None):
    """The local partial derivative by the source k as a formula. None if the table does not have it."""
    if step.operation not in ELEMENTWISE:
        return None
    formula, others = ELEMENTWISE[step.operation][1 + step.places[k]], {"y": result or symbol(step.name)}
    if step.operation == "power" and step.places == (0,) and np.ndim(step.arguments[1]) == 0:
        n = short(step.arguments[1] - 1)
        formula, others["c"] = "b * a" if n == "1" else "b * a**c", n
    return write(formula, _letters(names(step) if texts is None else texts, **others))


def _partials_with_numbers(step, partials):
    return [
        _factor(partial(step, k, numbers(step), short(step.value)) or short(p)) for k, p in enumerate(partials)
    ]


def _factor(text):
    """In parentheses if it is a sum, a quotient or negative, to be a factor."""
    inside = r"\([^()]*\)"
    return f"({text})" if re.search(r" [-+/] |^-", re.sub(inside, "", re.sub(inside, "", text))) else text


def tangent_rule(step, tangents, partials):
    """How a step's tangent comes about, in stages that are equal: the chain rule, with formulas, with numbers.

    tangents : by name. partials : the numbers, one for each source.
    """
    y, dots = symbol(step.name), [symbol(source.name, DOT) for source in step.sources]
    if step.has_arrays and step.operation == "matmul":
        return [" + ".join(value(step, names(step, [k])) for k in step.places)]
    if step.has_arrays and step.operation in LINEAR:
        return [value(step, names(step, step.places))]
    if step.has_arrays and step.operation not in ELEMENTWISE:
        return [f"jvp of {step.operation} at {', '.join(names(step))}, of {', '.join(dots)}"]
    stages = [[f"∂{y}/∂{symbol(source.name)}" for source in step.sources]]
    if step.operation in ELEMENTWISE:
        stages.append([_factor(partial(step, k)) for k in range(len(dots))])
    stages = [_sum_of_products(factors, dots) for factors in stages]
    if not step.has_arrays:
        changes = [_factor(short(tangents[source.name])) for source in step.sources]
        stages.append(_sum_of_products(_partials_with_numbers(step, partials), changes))
    return stages


def _sum_of_products(factors, others):
    return " + ".join(f"{a} · {b}" for a, b in zip(factors, others, strict=True))


def adjoint_rule(step, k, g, partials):
    """What a step hands back to its source k, in stages likewise. g : the step's adjoint."""
    source = step.sources[k]
    bar, y, x = symbol(step.name, BAR), symbol(step.name), symbol(source.name)
    if step.has_arrays and step.operation not in ELEMENTWISE:
        return [_adjoint_of_array(step, k, bar)]
    stages = [f"{bar} · ∂{y}/∂{x}"]
    if step.operation in ELEMENTWISE:
        stages.append(f"{bar} · {_factor(partial(step, k))}")
    if not step.has_arrays:
        stages.append(f"{short(g)} · {_partials_with_numbers(step, partials)[k]}")
    elif np.shape(source.value) != np.shape(step.value):
        stages[-1] += f", summed to {shape(source.value) or 'a number'}"
    return stages


def _adjoint_of_array(step, k, bar):
    source, y = step.sources[k], symbol(step.name)
    if step.operation == "matmul":
        axes = tuple(np.ndim(a.value if j in step.places else a) for j, a in enumerate(step.arguments))
        if axes in MATMUL:
            return write(MATMUL[axes][step.places[k]], _letters(names(step), g=bar))
    words = WORDS.get(step.operation, "vjp of {name} at {x}, of {g}")
    n = np.size(source.value) // max(1, np.size(step.value))
    return words.format(
        name=step.operation, g=bar, x=symbol(source.name), y=y, n=n, to=shape(source.value), rest=names(step)[-1]
    )
