"""Functions that go into the exam room by their code: tasks of a probe, and callbacks that are no secret.

No function ever comes out of it, and what one returns in there is a claim of the room's, like all that it says.
"""

import builtins
import importlib
import marshal
import types

from gradschool.grade.rooms import wire


def packed(function, other):
    """A function as JSON can carry it: its code, its name, its defaults and what it closes over.

    other : as in `wire.encode`, for what is no plain value among these.
    """
    if not isinstance(function, types.FunctionType):
        raise wire.WireError(f"{function!r} is no function of Python's")
    cells = [cell.cell_contents for cell in function.__closure__ or ()]
    buffers = []
    values = wire.encode((function.__defaults__, function.__kwdefaults__, cells), buffers, other)
    return [marshal.dumps(function.__code__).hex(), function.__name__, values, b"".join(buffers).hex()]


def unpacked(content, namespace, other):
    """The function that `packed` took apart, with these globals."""
    code, name, values, data = content
    defaults, keyword_defaults, cells = wire.Decoder(bytes.fromhex(data), other)(values)
    code = marshal.loads(bytes.fromhex(code))
    function = types.FunctionType(code, namespace, name, defaults, tuple(map(types.CellType, cells)))
    function.__kwdefaults__ = keyword_defaults
    return function


def namespace(modules):
    """Globals of a function: these modules, given by the names that it has for them, and nothing of the student's."""
    return {"__builtins__": builtins, **{name: importlib.import_module(module) for name, module in modules.items()}}
