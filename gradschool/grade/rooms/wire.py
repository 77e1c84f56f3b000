"""What crosses between the rooms: messages of plain values, framed by their lengths. Never a pickle.

A message is a JSON header and, behind it, the bytes of its arrays. What is read comes from an untrusted process, so
every length is checked before it is used, and every value is built here from its parts: an exact Python or numpy
type, as `gradschool.check.plain` wants it.
"""

import functools
import json
import math
import re
import struct
import time

import numpy as np

LARGEST_HEADER = 8 * 2**20  # bytes
LARGEST_PAYLOAD = 128 * 2**20
DEEPEST = 24  # containers in containers
MOST = 300_000  # values in one message
LARGEST_KEY = 2**31  # of a dict: Python's hash of a larger one can be aimed, and then a dict takes for ever
MOST_BITS = 13_000  # of a whole number: JSON's reader stops at 4300 digits
SHOWN = ("text/plain", "text/html", "text/markdown", "text/latex", "image/png", "image/jpeg", "image/svg+xml")
_SIZES = struct.Struct("<II")
_KINDS = "biufcU"
_AT_LEAST = 2**14  # bytes to ask the system for: mostly that is the whole message
_LAST_CODE_POINT = 0x10FFFF
_SPELT = re.compile("[<|][biufcU][0-9]{1,9}")  # a dtype, as `_little` spells it
_HALVES = 0xD800 >> 11  # what the code points of halves of characters begin with


class WireError(Exception):
    """What came is no message, or what is to go cannot cross."""


# ---- values


def encode(value, buffers, other=None, depth=0):
    """The value as JSON can carry it; arrays append their bytes to buffers.

    other(value) : says how something that is no plain value is carried, or raises WireError.
    """
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
    if kind is complex:
        return {"complex": [encode(value.real, buffers), encode(value.imag, buffers)]}
    if kind is np.ndarray or (isinstance(value, np.generic) and kind.__module__ == "numpy"):
        return _encode_array(value, buffers)
    if depth == DEEPEST:
        raise WireError(f"containers are nested more than {DEEPEST} deep")
    if kind in (list, tuple, dict) and len(value) > MOST:
        raise WireError(f"a {kind.__name__} of more than {MOST} values cannot cross: an array can")
    if kind in (list, tuple):
        return {kind.__name__: [encode(item, buffers, other, depth + 1) for item in value]}
    if kind is dict:
        if not all(_may_be_key(key) for key in value):
            raise WireError("a dict with such keys cannot cross")
        pairs = [[encode(key, buffers), encode(item, buffers, other, depth + 1)] for key, item in value.items()]
        return {"dict": pairs}
    if other is None:
        raise WireError(f"{kind.__name__} cannot cross")
    return {"other": other(value)}


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
    """Builds the values of one message. other(part) makes what is no plain value, or raises WireError."""

    def __init__(self, payload, other=None):
        self.payload, self.other, self.place, self.count = payload, other, 0, 0

    def __call__(self, part, depth=0):
        self.count += 1
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


class Connection:
    """One end of a socket between the rooms. What has been read of the next message is kept for the next reading."""

    def __init__(self, socket):
        self.socket, self.held = socket, bytearray()

    def close(self):
        self.socket.close()

    def send(self, header, buffers=(), deadline=None):
        """Write a message. TimeoutError if the other side does not take it in time."""
        text = json.dumps(header, allow_nan=False).encode()
        size = sum(map(len, buffers))
        if len(text) > LARGEST_HEADER or size > LARGEST_PAYLOAD:
            raise WireError("more than a message can hold")
        self._wait(deadline)
        self.socket.sendall(b"".join([_SIZES.pack(len(text), size), text, *buffers]))

    def receive(self, deadline=None):
        """The header and payload of the next message.

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
            self._wait(deadline)
            part = self.socket.recv(max(_AT_LEAST, min(size - len(self.held), 2**20)))
            if not part:
                raise EOFError("the other side is gone")
            self.held += part

    def _wait(self, deadline):
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError("no answer in time")
            self.socket.settimeout(left)
