"""What a traced array looks like from outside: like a numpy array.

Operators, methods, and numpy's functions by numpy's own protocols (__array_ufunc__ for exp, add, ...;
__array_function__ for sum, reshape, ...) look the function up in the table of primitives and hand it to the mode
at work. So a function written in plain numpy differentiates unchanged. What would lose the derivative without a
word raises an error that says so.

A mode is a subclass of Tracer with
    value                           the array that it stands for, itself traced where derivatives are nested
    level                           a number; of nested traces the inner one, which began last, has the highest
    unary(primitive, options)       primitive.function(self, ...), with its derivative
    binary(primitive, a, b)         the same of (a, b), where a or b is self
    many(primitive, args, options)  the same of any arguments, where self is among args
"""

import inspect
import itertools
import operator

import numpy as np

from .kinds import COMPOSITES, CONSTANTS, PRIMITIVES, ManyPrimitive, Primitive, stop_gradient
from .primitives import OF_UFUNC

LEVELS = itertools.count(1)
NO_OPTIONS = ((), {})  # by position, by keyword


class Tracer:
    __slots__ = ()
    __hash__ = object.__hash__

    def __array_ufunc__(self, ufunc, method, a, b=None, *rest, **options):
        primitive = PRIMITIVES.get(ufunc)
        if primitive is None or options or method != "__call__":
            return _other_ufunc(ufunc, method, (a,) if b is None else (a, b, *rest), options)
        return self.unary(primitive) if b is None else self.binary(primitive, a, b)

    def __array_function__(self, function, types, args, options):
        primitive = PRIMITIVES.get(function)
        if type(primitive) is Primitive and args and args[0] is self:
            return self.unary(primitive, (args[1:], options) if options or len(args) > 1 else NO_OPTIONS)
        if type(primitive) is ManyPrimitive:
            return self.many(primitive, args, options)
        return _other_function(function, args, options)

    # Operators. From those that change in place Python makes new arrays: x += 1 is x = x + 1.

    def __pow__(self, n):
        if type(n) is int and n == 2:
            return self.unary(_SQUARE)
        return self.binary(_POWER, self, n)

    def __neg__(self):
        return self.unary(_NEGATIVE)

    def __pos__(self):
        return self

    def __abs__(self):
        return self.unary(_ABSOLUTE)

    def __getitem__(self, index):
        return self.binary(_GETITEM, self, index)

    def __bool__(self):
        return bool(self.value)

    def __len__(self):
        return len(self.value)

    def __iter__(self):
        return (self[k] for k in range(len(self)))

    def __repr__(self):
        return f"{type(self).__name__}({self.value!r})"

    def __format__(self, spec):
        return format(stop_gradient(self), spec) if spec else repr(self)

    # Properties, and the methods that are not called as the function is.

    shape = property(lambda self: self.value.shape)
    dtype = property(lambda self: self.value.dtype)
    ndim = property(lambda self: self.value.ndim)
    size = property(lambda self: self.value.size)
    base = None  # it is never a view, as nobody can write to it
    T = property(lambda self: self.unary(_TRANSPOSE))
    mT = property(np.matrix_transpose)

    def reshape(self, *shape):
        return self.unary(_RESHAPE, (shape if len(shape) == 1 else (shape,), {}))

    def transpose(self, *axes):
        return self.unary(_TRANSPOSE, (axes if len(axes) < 2 else (axes,), {}))

    def flatten(self):
        return self.reshape(-1)


_ABSOLUTE, _RESHAPE, _SQUARE, _TRANSPOSE = (PRIMITIVES[f] for f in (np.absolute, np.reshape, np.square, np.transpose))
_GETITEM, _NEGATIVE, _POWER = (PRIMITIVES[f] for f in (operator.getitem, operator.neg, operator.pow))


def _arithmetic(primitive):
    return lambda self, other: self.binary(primitive, self, other)


def _reflected(primitive):
    return lambda self, other: self.binary(primitive, other, self)


def _comparison(function):
    return lambda self, other: function(stop_gradient(self), stop_gradient(other))


def _method(function):
    return lambda self, *args, **options: function(self, *args, **options)


def _missing(name):
    def missing(self):
        raise AttributeError(f"a traced array has no .{name}: see whether np.{name} does it")

    return property(missing)


for name in ("add", "sub", "mul", "truediv", "matmul", "mod"):
    setattr(Tracer, f"__{name}__", _arithmetic(PRIMITIVES[getattr(operator, name)]))
for name in ("add", "sub", "mul", "truediv", "matmul", "mod", "pow"):
    setattr(Tracer, f"__r{name}__", _reflected(PRIMITIVES[getattr(operator, name)]))
for name in ("eq", "ne", "lt", "le", "gt", "ge", "floordiv"):
    setattr(Tracer, f"__{name}__", _comparison(getattr(operator, name)))
for function in (
    *(np.sum, np.mean, np.prod, np.max, np.min, np.std, np.var, np.ptp, np.cumsum, np.trace, np.dot, np.ravel),
    *(np.squeeze, np.swapaxes, np.repeat, np.take, np.diagonal, np.clip, np.round, np.copy, np.astype),
    *(np.all, np.any, np.argmax, np.argmin, np.argsort, np.nonzero),
):
    setattr(Tracer, function.__name__, _method(function))


# What would lose the derivative.


class LostDerivative(TypeError):
    """A traced array was used in a way that its derivative does not survive."""


LEAKED = (
    "a traced array has leaked: it was kept (in a global, a list, an attribute) when the function that was being "
    "differentiated ended, and it is used now. Return it from the function, or keep stop_gradient(x)"
)
COMPLEX = "complex numbers have no derivative here: write the function with real and imaginary parts as real arrays"


def _to_plain(self, *args, **options):
    raise LostDerivative(
        "a traced array was to become plain numbers, and its derivative would be lost. Use np.sin for math.sin and "
        "np.stack([a, b]) for np.array([a, b]); build an array with np.stack or np.concatenate, rather than assign "
        "to its entries. Where you mean a constant, say so: stop_gradient(x)"
    )


def _in_place(*args, **options):
    raise LostDerivative(
        "a traced array cannot be changed in place, and a plain array cannot take a traced one in place: make a new "
        "array, with np.where, np.stack or np.concatenate, or with a = a + x for a += x"
    )


for name in ("__array__", "__float__", "__int__", "__index__", "__complex__", "item", "tolist"):
    setattr(Tracer, name, _to_plain)
for name in ("__setitem__", "__delitem__", "fill", "partition", "put", "resize", "sort"):
    setattr(Tracer, name, _in_place)
for name in dir(np.ndarray):
    if not name.startswith("__") and not hasattr(Tracer, name):
        setattr(Tracer, name, _missing(name))


def unmask(error):
    """Raises the LostDerivative behind an error that numpy has put in words of its own, if there is one."""
    if isinstance(error.__cause__, LostDerivative):
        raise error.__cause__.with_traceback(error.__traceback__) from None


# Functions without a rule in the table.


def _other_ufunc(ufunc, method, args, options):
    if "out" in options or method == "at":
        _in_place()
    if method == "reduce" and ufunc in OF_UFUNC:
        options = {name: option for name, option in options.items() if name == "axis" or option is not None}
        return OF_UFUNC[ufunc](*args, **{"axis": 0, **options})
    if method == "__call__" and ufunc in CONSTANTS:
        return _plain(ufunc, args, options)
    raise _no_rule(f"np.{ufunc.__name__}" + f".{method}" * (method != "__call__"), options)


def _other_function(function, args, options):
    if function in CONSTANTS:
        return _plain(function, args, options)
    if function in (np.copyto, np.fill_diagonal, np.place, np.put, np.put_along_axis, np.putmask):
        _in_place()
    if not args:
        bound = inspect.signature(function).bind(**options)
        return function(*bound.args, **bound.kwargs)
    if function in COMPOSITES:
        return COMPOSITES[function](*args, **options)
    raise _no_rule(f"{function.__module__}.{function.__name__}", options)


def _plain(function, args, options):
    """A function without a derivative, of the plain values."""
    return function(*map(_stripped, args), **{name: _stripped(option) for name, option in options.items()})


def _stripped(a):
    return type(a)(map(_stripped, a)) if type(a) in (list, tuple) else stop_gradient(a)


def _no_rule(name, options):
    options = f" with {', '.join(options)}" if options else ""
    return NotImplementedError(
        f"{name}{options} has no derivative rule here. Write it with functions that have one, or write a function of "
        "your own and give it a rule: see gradschool.reverse.primitive"
    )


# What both modes take and give.


def floating(x):
    """An input, as numpy's or traced. Raises TypeError unless it is real and floating-point."""
    if (type(x) is np.ndarray and x.dtype.kind == "f") or isinstance(x, (Tracer, np.floating)):
        return x
    if isinstance(x, float):
        return np.float64(x)
    kind = np.asarray(x).dtype.kind if isinstance(x, (int, complex, np.ndarray, np.generic)) else None
    if kind == "f":
        return np.asarray(x)
    if kind == "c":
        raise TypeError(COMPLEX)
    if kind in ("i", "u", "b"):
        raise TypeError(
            f"cannot differentiate by integers or booleans, which do not vary smoothly: {x!r}. "
            "Write 2.0 for 2, or x.astype(float) for an array x"
        )
    raise TypeError(f"cannot differentiate by a {type(x).__name__}, only by floating-point numbers and arrays")


def scalar(y):
    """A result to take the gradient of. Raises TypeError unless it is a single real number."""
    if isinstance(y, float) or (isinstance(y, Tracer) and y.shape == ()):
        return y
    number = "a gradient is of a function that gives a single number, and this one gives"
    if not isinstance(y, (Tracer, int, complex, np.ndarray, np.generic)):
        raise TypeError(f"{number} a {type(y).__name__}{': is a return missing?' if y is None else ''}")
    if np.shape(y) != ():
        raise TypeError(f"{number} an array of shape {np.shape(y)}: take its sum or mean, or use jacobian or vjp")
    return real(y)


def real(y):
    if np.iscomplexobj(y):
        raise TypeError(COMPLEX)
    return y


def map_arrays(f, tree):
    """f applied to every array and number in nested dicts, lists and tuples."""
    if type(tree) is np.ndarray:
        return f(tree)
    if isinstance(tree, dict):
        return {name: map_arrays(f, x) for name, x in tree.items()}
    if isinstance(tree, (list, tuple)):
        mapped = [map_arrays(f, x) for x in tree]
        return type(tree)(*mapped) if hasattr(tree, "_fields") else type(tree)(mapped)
    return f(tree)


def arrays_in(tree):
    """The list of those arrays and numbers, in the order in which map_arrays meets them."""
    arrays = []
    map_arrays(arrays.append, tree)
    return arrays


class _Closed:
    def __len__(self):
        raise LostDerivative(LEAKED)


CLOSED = _Closed()  # in place of the lines of a tape that has been read
