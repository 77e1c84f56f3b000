"""Callbacks that are no secret, and may be sent to where the answer lives.

An answer that differentiates a callback numerically asks it for hundreds of values. Where the answer lives in another
process, each value takes a message there and one back. The code of a disclosed callback goes there once instead.
"""

import builtins
import dis
import functools
import types

import numpy as np

from . import plain, trees


def disclosed(function):
    """Mark a callback as disclosed, and have it back; as a decorator too.

    An answer may look at its code, and may even change what it returns there: no verdict may hang on either. So not
    what holds a solution, says what is expected, or counts its calls (`check_cost` counts by itself).

    function : of globals it uses modules only; what it closes over, and its defaults, are modules, plain data and
        functions of this kind.

    Raises:
        ValueError: if it uses anything else.
    """
    modules_used(function)
    function.disclosed = True
    return function


def is_disclosed(value):
    return isinstance(value, types.FunctionType) and getattr(value, "disclosed", False) is True


def is_self_contained(value):
    """Whether it is a function of nothing but its arguments and of mathematics, and draws nothing at random: then
    nobody can tell a copy from it. A function that counts its calls, for one, has to keep the number somewhere."""
    if not isinstance(value, types.FunctionType) or value.__closure__ or value.__defaults__ or value.__kwdefaults__:
        return False
    try:
        modules = modules_used(value)
    except ValueError:
        return False
    others = _globals(value.__code__) - set(modules)
    keeping = {"IMPORT_NAME", "STORE_ATTR", "DELETE_ATTR"} & {step.opname for step in _steps(value.__code__)}
    known = set(modules.values()) <= _MATHEMATICS and others <= _OF_VALUES
    return known and not keeping and "random" not in _names(value.__code__)


_MATHEMATICS = {"numpy", "math", "cmath"}  # modules that keep nothing, but for what is random
_OF_VALUES = {  # builtins that do nothing but return something
    "abs", "all", "any", "bool", "complex", "dict", "divmod", "enumerate", "float", "int", "isinstance", "len", "list",
    "map", "max", "min", "pow", "range", "repr", "reversed", "round", "set", "slice", "sorted", "str", "sum", "tuple",
    "zip", "ArithmeticError", "AssertionError", "IndexError", "KeyError", "NotImplementedError", "RuntimeError",
    "TypeError", "ValueError", "ZeroDivisionError",
}  # fmt: skip


def modules_used(function, above=()):
    """The names of the modules among a function's globals, by the names that it has for them.

    above : the functions that are made of it. Raises ValueError if it uses what cannot go with its code.
    """
    if function in above:
        raise ValueError(f"{function.__name__} closes over itself")
    found = {}
    for step in _steps(function.__code__):
        if step.opname in ("STORE_GLOBAL", "DELETE_GLOBAL"):
            raise ValueError(f"{function.__name__} sets the global {step.argval}, which would not be seen here")
    for name in _globals(function.__code__):
        value = function.__globals__.get(name)
        if isinstance(value, types.ModuleType):
            found[name] = value.__name__
        elif name in function.__globals__ or not hasattr(builtins, name):
            raise ValueError(f"{function.__name__} uses the global {name}, which is no module: close over it")
    for part in _made_of(function):
        if isinstance(part, types.FunctionType):
            modules_used(part, (*above, function))
        elif not isinstance(part, types.ModuleType | np.ufunc) and plain.fault(part):
            raise ValueError(f"{function.__name__} holds {part!r}, which is neither plain data nor a plain function")
    return found


def _made_of(function):
    """What a function closes over, and its defaults, out of their containers."""
    held = [cell.cell_contents for cell in function.__closure__ or ()]
    return [leaf for _, leaf in trees.leaves([held, function.__defaults__ or (), function.__kwdefaults__ or {}])]


@functools.lru_cache(500)
def _globals(code):
    """The global names that a function's code uses, and the functions in it."""
    return frozenset(step.argval for step in _steps(code) if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"))


@functools.lru_cache(500)
def _steps(code):
    """The instructions of a function's code, and of the functions in it."""
    return tuple(dis.get_instructions(code)) + tuple(step for inner in _inner(code) for step in _steps(inner))


def _names(code):
    """All names in it, of globals and of attributes."""
    return set(code.co_names).union(*map(_names, _inner(code)))


def _inner(code):
    return [const for const in code.co_consts if isinstance(const, types.CodeType)]
