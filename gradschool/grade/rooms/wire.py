"""What crosses between the rooms: messages of plain values, framed by their lengths. Never a pickle.

A message is a JSON header and, behind it, the bytes of its arrays. What is read comes from an untrusted process, so
every length is checked before it is used, and every value is built here from its parts: an exact Python or numpy
type, as `gradschool.check.plain` wants it.
"""

import contextlib
import functools
import json
import math
import os
import re
import socket
import struct
import time

import numpy as np

LARGEST_HEADER = 8 * 2**20  # bytes
LARGEST_PAYLOAD = 128 * 2**20
DEEPEST = 24  # containers in containers
MOST = 300_000  # values in one
LARGEST_KEY = 2**31  # of a dict: Python's hash of a larger one can be aimed, and then a dict takes for ever
MOST_BITS = 13_000  # of a whole number: JSON's reader stops at 4300 digits
SHOWN = ("text/plain", "text/html", "text/markdown", "text/latex", "image/png", "image/jpeg", "image/svg+xml")
_SIZES = struct.Struct("<II")
_KINDS = "biufcU"
_AT_LEAST = 2**14  # bytes to ask the system for: mostly that is the whole message
_AT_MOST = 2**16  # bytes to hand to the system at once: while it waits for a slow reader nobody looks at the clock
_LAST_CODE_POINT = 0x10FFFF
_SPELT = re.compile("[<|][biufcU][0-9]{1,9}")  # a dtype, as `_little` spells it
_HALVES = 0xD800 >> 11  # what the code points of halves of characters begin with


class WireError(Exception):
    """What came is no message, or what is to go cannot cross."""


# ---- values


def encode(value, buffers, other=None):
    """The value as JSON can carry it; arrays append their bytes to buffers.

    other(value) : says how something that is no plain value is carried, or raises WireError.
    """
    return _Encoder(buffers, other)(value)


class _Encoder:
    """Takes one value apart. Counts as `Decoder` does."""

    def __init__(self, buffers, other):
        self.buffers, self.other, self.count = buffers, other, 0

    def __call__(self, value, depth=0):
        self.count += 1
        if self.count > MOST:
            raise WireError(f"more than {MOST} values cannot cross: an array can")
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is str:
            return checked_text(value)
        if kind is int:
            if value.bit_length() > MOST_BITS:
                raise WireError("a whole number of thousands of digits cannot cross")
            return value
        if kind is float:
            return value if math.isfinite(value) else {"float": repr(value)}
        if kind is np.float64 and math.isfinite(value):
            return {"float64": float(value)}
        if kind is complex and depth < DEEPEST:
            return {"complex": [self(value.real, depth + 1), self(value.imag, depth + 1)]}
        if kind is np.ndarray or (isinstance(value, np.generic) and kind.__module__ == "numpy"):
            return _encode_array(value, self.buffers)
        if depth == DEEPEST:
            raise WireError(f"values are nested more than {DEEPEST} deep")
        if kind in (list, tuple):
            return {kind.__name__: [self(item, depth + 1) for item in value]}
        if kind is dict:
            if not all(_may_be_key(key) for key in value):
                raise WireError("a dict with such keys cannot cross")
            return {"dict": [[self(key, depth + 1), self(item, depth + 1)] for key, item in value.items()]}
        if self.other is None:
            raise WireError(f"{kind.__name__} cannot cross")
        return {"other": self.other(value)}


def checked_text(text):
    """The text, if it is one: JSON and Python know halves of characters, which no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise WireError("text that is none") from None
    return text


def _may_be_key(key):
    return type(key) is str or (type(key) is int and -LARGEST_KEY < key < LARGEST_KEY)


def _encode_array(value, buffers):
    array = np.asarray(value)
    if array.dtype.kind not in _KINDS:
        raise WireError(f"an array of dtype {array.dtype} cannot cross")
    little, spelling = _little(array.dtype)
    data = array.astype(little, copy=False).tobytes()
    buffers.append(data)
    name = "array" if type(value) is np.ndarray else "scalar"
    return {name: [spelling, list(array.shape), len(data)]}


@functools.lru_cache(64)
def _little(dtype):
    """The dtype as it travels, and how it is spelt."""
    little = dtype.newbyteorder("<")
    return little, little.str


class Decoder:
    """Builds the values of one message, each of MOST parts. other(part) makes what is no plain value, or raises
    WireError."""

    def __init__(self, payload, other=None):
        self.payload, self.other, self.place, self.count = payload, other, 0, 0

    def __call__(self, part, depth=0):
        self.count = self.count + 1 if depth else 1
        if self.count > MOST or depth > DEEPEST:
            raise WireError("a value of too many parts")
        kind = type(part)
        if part is None or kind in (bool, int, float):
            return part
        if kind is str:
            return checked_text(part)
        if kind is not dict or len(part) != 1:
            raise WireError("a value that is none")
        [(name, content)] = part.items()
        make = getattr(self, f"_{name}", None) if name in _NAMES else None
        if make is None:
            raise WireError("a value of unknown kind")
        return make(content, depth)

    def _float(self, content, depth):
        if content not in ("nan", "inf", "-inf"):
            raise WireError("a number that is none")
        return float(content)

    def _float64(self, content, depth):
        if type(content) is not float:
            raise WireError("a number that is none")
        return np.float64(content)

    def _complex(self, content, depth):
        if type(content) is not list or len(content) != 2:
            raise WireError("a complex number that is none")
        parts = [self(part, depth + 1) for part in content]
        if not all(type(part) is float for part in parts):
            raise WireError("a complex number that is none")
        return complex(*parts)

    def _list(self, content, depth):
        if type(content) is not list:
            raise WireError("a list that is none")
        return [self(part, depth + 1) for part in content]

    def _tuple(self, content, depth):
        return tuple(self._list(content, depth))

    def _dict(self, content, depth):
        if type(content) is not list or not all(type(pair) is list and len(pair) == 2 for pair in content):
            raise WireError("a dict that is none")
        pairs = [[self(part, depth + 1) for part in pair] for pair in content]
        if not all(_may_be_key(key) for key, _ in pairs):
            raise WireError("a dict that is none")
        return dict(pairs)

    def _array(self, content, depth):
        if type(content) is not list or len(content) != 3:
            raise WireError("an array that is none")
        name, shape, size = content
        dtype = _dtype(name)
        if type(shape) is not list or len(shape) > 32 or not all(type(n) is int and n >= 0 for n in shape):
            raise WireError("an array of no shape")
        if type(size) is not int or math.prod(shape) * dtype.itemsize != size or size > len(self.payload) - self.place:
            raise WireError("an array of the wrong size")
        try:
            array = np.frombuffer(self.payload, dtype, math.prod(shape), self.place).reshape(shape)
        except (ValueError, OverflowError):  # no numbers, in a shape that no array can have
            raise WireError("an array of no shape") from None
        self.place += size
        return _made_ours(array)

    def _scalar(self, content, depth):
        array = self._array(content, depth)
        if array.ndim:
            raise WireError("a scalar with a shape")
        return array[()]

    def _other(self, content, depth):
        if self.other is None:
            raise WireError("what is no plain value has come")
        return self.other(content)


_NAMES = {"float", "float64", "complex", "list", "tuple", "dict", "array", "scalar", "other"}


def _dtype(name):
    if type(name) is not str or not _SPELT.fullmatch(name):
        raise WireError("an array of no dtype")
    return _plain_dtype(name)


@functools.lru_cache(256)
def _plain_dtype(name):
    try:
        dtype = np.dtype(name)
    except (TypeError, ValueError, SyntaxError, OverflowError):
        raise WireError("an array of no dtype") from None
    if dtype.kind not in _KINDS or dtype.itemsize == 0 or dtype.fields is not None or dtype.subdtype is not None:
        raise WireError("an array of no plain dtype")
    return dtype


def _made_ours(array):
    """A copy in native byte order, in which every entry is one that numpy itself could have made."""
    if array.dtype.kind == "b":
        return np.asarray(array.view(np.uint8) != 0)  # an array even where it has no axis
    if array.dtype.kind == "U":
        points = np.ascontiguousarray(array).reshape(-1).view(np.uint32 if array.dtype.isnative else ">u4")
        if points.size and (points.max() > _LAST_CODE_POINT or np.any(points >> 11 == _HALVES)):
            raise WireError("text that is none")
    return array.astype(array.dtype.newbyteorder("="), copy=True)


# ---- messages

_as_json = json.JSONEncoder(allow_nan=False).encode


class Connection:
    """One end of a socket between the rooms. What has been read of the next message is kept for the next reading.

    impatient : it looks at the clock while it waits, so that its messages can have a deadline.
    """

    def __init__(self, end, impatient=False):
        self.socket, self.held = end, bytearray()
        if impatient:
            _tick(end)

    def close(self):
        self.socket.close()

    def send(self, header, buffers=(), deadline=None):
        """Write a message. TimeoutError if the other side does not take it in time."""
        text = header if type(header) is bytes else _as_json(header).encode()
        size = sum(map(len, buffers))
        if len(text) > LARGEST_HEADER or size > LARGEST_PAYLOAD:
            raise WireError("more than a message can hold")
        left = memoryview(b"".join([_SIZES.pack(len(text), size), text, *buffers]))
        while left:
            _in_time(deadline)  # each time: who reads a little now and then makes every tick a success
            with contextlib.suppress(BlockingIOError, TimeoutError):  # a tick
                left = left[self.socket.send(left[:_AT_MOST]) :]

    def receive(self, deadline=None):
        """The header and payload of the next message; the header of a quick one is a `Quick` or a `Many`.

        deadline : in time.monotonic(). Raises TimeoutError when it has passed, EOFError when the other side is gone,
        and WireError if what comes is no message.
        """
        self._hold(_SIZES.size, deadline)
        length, size = _SIZES.unpack_from(self.held)
        if length > LARGEST_HEADER or size > LARGEST_PAYLOAD:
            raise WireError("a message that is too large")
        end = _SIZES.size + length
        self._hold(end + size, deadline)
        text, payload = self.held[_SIZES.size : end], bytes(self.held[end : end + size])
        del self.held[: end + size]
        if text[:1] == _QUICK:
            return _unpacked(text, payload), b""
        try:
            header = json.loads(text)
        except (ValueError, RecursionError):
            raise WireError("a header that is none") from None
        if type(header) is not dict:
            raise WireError("a header that is none")
        return header, payload

    def _hold(self, size, deadline):
        """Read until so many bytes are held."""
        while len(self.held) < size:
            _in_time(deadline)
            try:
                part = self.socket.recv(max(_AT_LEAST, min(size - len(self.held), 2**20)))
            except (BlockingIOError, TimeoutError):  # a tick
                continue
            if not part:
                raise EOFError("the other side is gone")
            self.held += part


def _in_time(deadline):
    if deadline is not None and time.monotonic() > deadline:
        raise TimeoutError("no answer in time")


def _tick(connection):
    """Have waiting end every quarter of a second, by the system's own means: Python's takes three more system calls a
    message."""
    if os.name == "nt":
        connection.settimeout(0.25)
        return
    connection.setblocking(True)
    for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        connection.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", 0, 250_000))


# ---- quick messages: a callback of one number or array of float64, and what it returns; or of many of them
#
# Checks of derivatives make thousands of these. They say the same as the others, in a few bytes that need no JSON:
# a zero, what it is, the callback's number, the dimensions; an array's entries are the payload, a number is in front.
# Many points, or the values there, are one array with an axis more, the first.

_QUICK = b"\0"
_QUICK_HEAD = struct.Struct("<ccIBd")  # zero, kind, callback, dimensions, number
_FLOAT, _FLOAT64, _ARRAY, _MANY, _MOST_DIMENSIONS = b"f", b"F", b"a", b"m", 8


class Quick(tuple):
    """(callback's number, value)."""

    __slots__ = ()


class Many(tuple):
    """(callback's number, array of the values on its first axis)."""

    __slots__ = ()


def quick(number, value):
    """Header and payload of a quick message, or None if the value cannot be sent as one."""
    kind = type(value)
    if kind is float:
        return _QUICK_HEAD.pack(_QUICK, _FLOAT, number, 0, value), b""
    if kind is np.float64:
        return _QUICK_HEAD.pack(_QUICK, _FLOAT64, number, 0, value), b""
    if kind is np.ndarray and value.dtype == _NATIVE and value.ndim <= _MOST_DIMENSIONS:
        return _array(_ARRAY, number, value)
    return None


def many(number, values):
    """Header and payload of a quick message of all these values, or None if they cannot be sent as one: they are of
    different kinds or shapes, or too large together."""
    kinds, shapes = set(map(type, values)), {np.shape(value) for value in values}
    if not kinds or not kinds <= {float, np.float64, np.ndarray} or len(shapes) > 1:
        return None
    if any(value.dtype != _NATIVE for value in values if type(value) is np.ndarray):
        return None
    if 8 * len(values) * math.prod(*shapes) > LARGEST_PAYLOAD or len(*shapes) >= _MOST_DIMENSIONS:
        return None
    return _array(_MANY, number, np.array(values))


def _array(kind, number, array):
    head = _QUICK_HEAD.pack(_QUICK, kind, number, array.ndim, 0.0)
    return head + struct.pack(f"<{array.ndim}I", *array.shape), array.tobytes()


def _unpacked(text, payload):
    try:
        _, kind, number, dimensions, value = _QUICK_HEAD.unpack_from(text)
        shape = struct.unpack(f"<{dimensions}I", text[_QUICK_HEAD.size :])
    except struct.error:
        raise WireError("a quick message that is none") from None
    made = {_ARRAY: Quick, _MANY: Many if dimensions else None}.get(kind)
    if made and dimensions <= _MOST_DIMENSIONS and math.prod(shape) * 8 == len(payload):
        try:
            return made((number, np.frombuffer(payload, _NATIVE).reshape(shape).copy()))
        except (ValueError, OverflowError):  # no numbers, in a shape that no array can have
            raise WireError("an array of no shape") from None
    if kind in (_FLOAT, _FLOAT64) and not dimensions and not payload:
        return Quick((number, value if kind == _FLOAT else np.float64(value)))
    raise WireError("a quick message that is none")


_NATIVE = np.dtype("<f8")
