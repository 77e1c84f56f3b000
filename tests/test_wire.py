"""What crosses between the rooms: plain values unchanged, and from a hostile room nothing else."""

import contextlib
import importlib.util
import itertools
import json
import math
import os
import socket
import struct
import subprocess
import sys
import threading
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from fuzz_wire import MESSAGES, Bytes, examine, framed, quick_messages, room_that_sends, take
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from gradschool.grade.rooms import exam, wire

# The same examples in every run: what others find goes into a test of its own.
settings.register_profile("wire", deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
FEW, MANY = settings(settings.get_profile("wire"), max_examples=100), settings(
    settings.get_profile("wire"), max_examples=300
)  # fmt: skip


# ---- values that may cross

KINDS = st.one_of(
    hnp.boolean_dtypes(), hnp.integer_dtypes(endianness="?"), hnp.unsigned_integer_dtypes(endianness="?"),
    hnp.floating_dtypes(endianness="?", sizes=(16, 32, 64)), hnp.complex_number_dtypes(endianness="?", sizes=(64, 128)),
    hnp.unicode_string_dtypes(endianness="?", min_len=1, max_len=5),
)  # fmt: skip
SHAPES = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)


@st.composite
def arrays(draw, shapes=SHAPES):
    """Arrays of every dtype that may cross. Numbers are made of any bytes, so that there is every NaN."""
    dtype, shape = draw(KINDS), draw(shapes)
    if dtype.kind in "bU":
        return draw(hnp.arrays(dtype, shape))
    data = draw(st.binary(min_size=(size := math.prod(shape) * dtype.itemsize), max_size=size))
    array = np.frombuffer(data, dtype).reshape(shape)
    return array.copy(order=draw(st.sampled_from("CF")))


NUMPY_SCALARS = arrays(st.just(())).map(lambda array: array[()])
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**12_999), 2**12_999), st.floats(), st.complex_numbers(), st.text()
)
KEYS = st.text() | st.integers(1 - wire.LARGEST_KEY, wire.LARGEST_KEY - 1)
VALUES = st.recursive(
    SCALARS | NUMPY_SCALARS | arrays(),
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(KEYS, inner),
    max_leaves=12,
)


def there_and_back(value):
    """The value as the other side has it."""
    buffers, sent = [], Bytes(b"")
    wire.Connection(sent).send({"value": wire.encode(value, buffers)}, buffers)
    header, payload = wire.Connection(Bytes(b"".join(sent.sent))).receive(time.monotonic() + 60)
    decode = wire.Decoder(payload)
    found = decode(header["value"])
    assert decode.place == len(payload), "bytes that belong to nothing"
    return found


def assert_same(found, value):
    """The same to the last bit, but that arrays come back in the byte order of this machine."""
    assert type(found) is type(value)
    if isinstance(value, np.str_):
        assert str(found) == str(value)
    elif isinstance(value, np.ndarray | np.generic):
        wanted = np.asarray(value)
        wanted = wanted.astype(wanted.dtype.newbyteorder("="))
        assert found.dtype == wanted.dtype and found.dtype.isnative and found.shape == wanted.shape
        assert np.asarray(found).tobytes() == wanted.tobytes()
    elif isinstance(value, list | tuple):
        assert len(found) == len(value)
        for ours, theirs in zip(found, value, strict=True):
            assert_same(ours, theirs)
    elif isinstance(value, dict):
        assert_same(list(found), list(value))
        assert_same(list(found.values()), list(value.values()))
    elif isinstance(value, complex):
        assert_same([found.real, found.imag], [value.real, value.imag])
    elif isinstance(value, float):
        assert struct.pack("d", found) == struct.pack("d", value) or (math.isnan(found) and math.isnan(value))
    else:
        assert found == value


@MANY
@given(VALUES)
def test_every_plain_value_comes_back_the_same(value):
    assert_same(there_and_back(value), value)


@pytest.mark.parametrize(
    "value",
    [
        np.array(True), np.zeros((0, 3), bool), np.zeros((2, 0, 3), "f2"), np.array(""), np.str_(""), 
        np.longdouble(1) / 3,
        np.array([0x7FF0000000000001, 0xFFF8000000000005], "u8").view("f8"), np.float64("nan"), np.float64("-inf"),
        np.arange(24.0).reshape(2, 3, 4).transpose(2, 0, 1), np.arange(9)[::-2], np.array(["\U0010ffff\0a"]), -0.0,
        complex(-0.0, math.nan), {"": {}, 0: [()], -1: ([],)}, 2**12_999, "\0\n\N{SNOWMAN}", np.float64(1e300),
        np.int8(-128), np.uint64(2**64 - 1), np.bool_(False), np.complex64(1 - 2j), np.array(5, ">i4"), 5e-324,
    ],
    ids=repr,
)  # fmt: skip
def test_odd_values_come_back_the_same(value):
    assert_same(there_and_back(value), value)


def test_what_comes_is_a_copy_that_can_be_written_to():
    found = there_and_back({"a": np.arange(3.0), "b": np.array([True]), "c": np.array(["x"])})
    assert all(array.flags.writeable and array.flags.owndata for array in found.values())


@pytest.mark.parametrize("make", [lambda x: [x], lambda x: (x,), lambda x: {"a": x}], ids=["list", "tuple", "dict"])
def test_what_may_be_sent_nested_is_taken_nested(make):
    value = 1.5
    for _ in range(wire.DEEPEST):
        value = make(value)
    assert_same(there_and_back(value), value)
    with pytest.raises(wire.WireError, match="nested"):
        wire.encode(make(value), [])


def test_what_is_nested_as_deep_as_it_may_be_can_be_complex_one_level_higher():
    value = 1j
    for _ in range(wire.DEEPEST - 1):
        value = [value]
    assert_same(there_and_back(value), value)
    with pytest.raises(wire.WireError, match="nested"):
        wire.encode([value], [])


@pytest.mark.parametrize("value", [[0] * (wire.MOST - 1), [[0] * (wire.MOST // 4 - 2)] * 4, {"a": [0] * 299_997}])
def test_as_many_values_as_may_be_sent_are_taken(value):
    assert_same(there_and_back(value), value)


class Odd(float):
    pass


ITSELF = []
ITSELF.append(ITSELF)


@pytest.mark.parametrize(
    "value",
    [
        object(), Odd(1), {1, 2}, b"bytes", range(3), print, ITSELF, 2**13_001, -(2**20_000), "\ud800", ["a\udfff"],
        {"\ud800": 1}, {1.5: 1}, {True: 1}, {(1,): 1}, {2**31: 1}, {np.int64(1): 1}, np.array([None]), np.array([b"x"]),
        np.zeros(2, "M8[s]"), np.zeros(2, "f8,i4"), np.ma.array([1.0], mask=[True]), np.zeros(2).view(np.recarray),
        np.datetime64("2026-01-01"), np.void(b"x"), [0] * wire.MOST, [[0] * (wire.MOST // 2)] * 2,
        type("Sub", (list,), {})([1]),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_what_is_not_plain_is_refused_before_it_is_sent(value):
    with pytest.raises(wire.WireError):
        wire.encode(value, [])


def test_large_messages_cross_a_socket_one_after_the_other():
    ours, theirs = socket.socketpair()
    messages = [({"number": n}, [bytes([n]) * 3_000_000, b"end"]) for n in range(5)]
    with contextlib.closing(ours), contextlib.closing(theirs):
        sender, receiver = wire.Connection(ours), wire.Connection(theirs)
        deadline = time.monotonic() + 60
        thread = threading.Thread(target=lambda: [sender.send(*message, deadline) for message in messages])
        thread.start()
        for header, buffers in messages:
            assert receiver.receive(deadline) == (header, b"".join(buffers))
        thread.join()


# ---- what a hostile room sends


@MANY
@given(st.binary(max_size=300))
def test_garbage_is_refused(data):
    take(data)


@FEW
@given(st.sampled_from([*MESSAGES, *quick_messages()]), st.data())
def test_a_message_that_is_cut_short_is_no_message(message, data):
    whole = framed(*message)
    assert take(whole) == 1
    assert take(whole[: data.draw(st.integers(0, len(whole) - 1))]) == 0


@MANY
@given(st.sampled_from([*MESSAGES, *quick_messages()]), st.data())
def test_a_message_with_wrong_bytes_in_it(message, data):
    whole = bytearray(framed(*message))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    take(bytes(whole))


ODD = [
    None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, 10**4000, 0.0, -0.0, 1.5, math.nan, math.inf, -math.inf, "", "x",
    "\ud800", "\0", "nan", "value", "exception", "<f8", "|O", "|V8", "<M8[s]", "f8,f8", "<U0", "<U999999999", "(9)f8",
    "a9", "é", "<f8\0", [], {}, [[]], [None] * 3, [0, 0], [-1], [2**62, 0], [2**63, 2**63], [True], [1.0], {"": 0},
    {"x": 0}, {"a": 1, "b": 2}, {"list": 0}, {"list": {}}, {"tuple": "ab"}, {"dict": [[]]}, {"dict": [[1, 2, 3]]},
    {"dict": [[{"list": []}, 0]]}, {"dict": [[True, 0]]}, {"dict": [[2**31, 0]]}, {"dict": [[None, 0]]}, {"dict": "ab"},
    {"dict": ["ab"]}, {"dict": {"a": 1}}, {"other": 0}, {"other": {"callback": 0}}, {"float": "1"}, {"float": []},
    {"float": {}}, {"float64": 1}, {"float64": "nan"}, {"float64": math.nan}, {"complex": [0, 1]}, {"complex": [1.0]},
    {"complex": [{"complex": [1.0, 1.0]}, 1.0]}, {"array": []}, {"array": ["<f8", [0], 0]}, {"array": ["<f8", [], 0]},
    {"array": ["<f8", [2**40, 0, 2**40], 0]}, {"array": ["<f8", [0] * 33, 0]}, {"array": ["<f8", [0] * 65, 0]},
    {"array": ["|b1", [1], True]}, {"array": ["<f8", [-1, -1], 8]}, {"array": [8, [1], 8]}, {"array": ["|V0", [9], 0]},
    {"scalar": ["<f8", [0], 0]}, {"scalar": ["<U0", [], 0]}, {"_array": []}, {"__class__": 0}, {"payload": 0},
    {"scalar": ["<U1", [], 4]}, {"exceptions": 1}, {"list": [{"list": [{"tuple": []}]}]},
]  # fmt: skip


def places(node, path=()):
    """The path to each part of a message."""
    yield path
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from places(child, (*path, key))


def with_part(node, path, part):
    """The message with one of its parts replaced."""
    if not path:
        return part
    copy = dict(node) if isinstance(node, dict) else list(node)
    copy[path[0]] = with_part(node[path[0]], path[1:], part)
    return copy


@pytest.mark.parametrize("index", range(len(MESSAGES)))
def test_no_part_of_a_message_can_be_what_it_should_not(index):
    header, payload = MESSAGES[index]
    for path, part in itertools.product(places(header), ODD):
        changed = with_part(header, path, part)
        for data in (payload, b"", payload + b"\xff" * 9):
            take(framed(changed, data))


def test_no_key_of_a_message_can_be_what_it_should_not():
    for header, payload in MESSAGES:
        text = json.dumps(header)
        for word in {word for path in places(header) for word in path if type(word) is str}:
            for other in ("", "x", "\ud800", "_dict", "__init__", "found", "callback", "list", "array", "\0" * 100):
                take(framed(text.replace(f'"{word}":', f"{json.dumps(other)}:").encode(), payload))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()) | st.sampled_from(ODD),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from([*sorted(wire._NAMES), "found", "callback"]) | st.text(), inner, max_size=2),
)


@MANY
@given(JSON, st.binary(max_size=64))
def test_any_json_in_place_of_a_value(part, payload):
    take(framed({"found": part, "callback": 0, "args": part, "kwargs": part, "displays": part, "error": part}, payload))


@FEW
@given(st.text(min_size=0, max_size=12), SHAPES, st.integers(-8, 2**33), st.binary(max_size=64))
def test_a_dtype_shape_and_size_that_do_not_fit(name, shape, size, payload):
    for spelling in (name, "<f8", "|b1", "<U2", "<c16"):
        take(framed({"found": {"array": [spelling, list(shape), size]}}, payload))


@pytest.mark.filterwarnings("error")  # numpy warns of some; that must not show up in a grader's terminal
def test_no_short_text_is_a_dtype_unless_it_is_one_of_those_that_cross():
    alphabet = "<>=|?bBhHiIlLqQpPfdgFDGUSaVOMmTc0148,()[] {}\"'\0"
    for name in map("".join, itertools.chain(*(itertools.product(alphabet, repeat=n) for n in range(4)))):
        with contextlib.suppress(wire.WireError):
            assert wire._dtype(name).kind in "biufcU"


@pytest.mark.parametrize(
    "text",
    [
        b"", b"null", b"[]", b"1", b'"x"', b"{", b"{}{}", b"{'a': 1}", b'{"a": }', b"\xff\xfe{\0}", b"\xef\xbb\xbf{}x",
        b"[" * 100_000, b'{"a":' * 100_000, b'{"a": ' + b"1" * 5000 + b"}", b"\0" * 64, b'{"a": "\xff"}',
    ],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_a_header_that_is_none(text):
    with pytest.raises(wire.WireError):
        received(framed(text))


def received(data):
    """The message that these bytes are, after which nobody is there."""
    return wire.Connection(Bytes(data)).receive(time.monotonic() + 60)


def test_of_keys_that_come_twice_the_last_one_counts():
    header, _ = received(framed(b'{"found": 1, "found": {"list": [], "tuple": [], "list": [2], "list": 3}}'))
    with pytest.raises(wire.WireError, match="none"):
        wire.Decoder(b"")(header["found"])
    twice = {"dict": [["trouble", "exception"], ["value", 4], ["trouble", None]]}
    assert exam._reply(wire.Decoder(b"")(twice))["value"] == 4


def test_halves_of_characters_do_not_come_through():
    half = {"stdout": "\ud800", "displays": [{"text/html": "\udfff"}], "error": {"name": "\ud801"}}
    header, payload = received(framed(half))
    examine(header, payload)
    ran = exam._ran(header)
    assert (ran.stdout, ran.displays, ran.error[0]) == ("?", ({"text/html": "?"},), "?")
    for part in ("\ud800", {"list": ["\udfff"]}, {"dict": [["\ud800", 1]]}):
        with pytest.raises(wire.WireError, match="text that is none"):
            wire.Decoder(b"")(part)
    for point in (0xD800, 0xDFFF, 0x110000, 0xFFFFFFFF):
        with pytest.raises(wire.WireError, match="text that is none"):
            wire.Decoder(struct.pack("<I", point))({"array": ["<U1", [1], 4]})


def test_a_truth_value_is_0_or_1_whatever_the_byte():
    found = wire.Decoder(b"\2\0\xff")({"array": ["|b1", [3], 3]})
    assert found.tobytes() == b"\1\0\1"


def test_a_picture_is_base64_and_no_more():
    bad = '"><script>alert(1)</script>'
    data = {"image/png": bad, "image/jpeg": "aGk=", "text/plain": "x", "text/javascript": "y"}
    shown = exam._ran({"displays": [data]})
    assert shown.displays == ({"image/jpeg": "aGk=", "text/plain": "x"},)


# ---- how long and how much


def test_bytes_that_drip_in_do_not_move_the_deadline():
    ours, theirs = socket.socketpair()
    stop = threading.Event()

    def drip():
        with contextlib.suppress(OSError):
            for byte in itertools.cycle(framed({"found": 4}) + b"\0"):
                ours.send(bytes([byte]))
                if stop.wait(0.02):
                    return

    with contextlib.closing(ours), contextlib.closing(theirs):
        connection = wire.Connection(theirs, impatient=True)
        ours.sendall(struct.pack("<II", 8 * 2**20, 128 * 2**20))
        thread = threading.Thread(target=drip)
        thread.start()
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            connection.receive(began + 0.5)
        assert 0.4 < time.monotonic() - began < 3
        stop.set()
        thread.join()


def test_who_does_not_read_is_not_waited_for():
    ours, theirs = socket.socketpair()
    with contextlib.closing(ours), contextlib.closing(theirs):
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            wire.Connection(ours, impatient=True).send({"do": "call"}, [bytes(32 * 2**20)], began + 0.5)
        assert time.monotonic() - began < 3


def test_who_reads_a_little_at_a_time_is_not_waited_for():
    ours, theirs = socket.socketpair()
    stop = threading.Event()

    def sip():
        while not stop.wait(0.02):
            theirs.recv(20_000)

    with contextlib.closing(ours), contextlib.closing(theirs):
        thread = threading.Thread(target=sip)
        thread.start()
        began = time.monotonic()
        try:
            with pytest.raises(TimeoutError):
                wire.Connection(ours, impatient=True).send({"do": "call"}, [bytes(8 * 2**20)], began + 0.5)
            assert time.monotonic() - began < 3
        finally:
            stop.set()
            thread.join()


@pytest.mark.parametrize("length, size", [(2**32 - 1, 0), (0, 2**32 - 1), (8 * 2**20 + 1, 0), (2, 128 * 2**20 + 1)])
def test_a_length_that_is_too_large_is_refused_at_once(length, size):
    with pytest.raises(wire.WireError, match="too large"):
        received(struct.pack("<II", length, size))


def peak(run):
    """The most memory that it took, in bytes."""
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_what_is_only_announced_takes_no_memory():
    assert peak(lambda: take(struct.pack("<II", 8 * 2**20, 128 * 2**20) + b"[" * 1000)) < 2**20


SIZE = 2**19  # bytes; of the 16 times as many that a header may have


def filled(begin, part, end):
    return begin + part * ((SIZE - len(begin) - len(end)) // len(part)) + end


DENSE = {
    "empty lists": filled(b'{"found": [[]', b",[]", b"]}"),
    "empty dicts": filled(b'{"found": [{}', b",{}", b"]}"),
    "small dicts": filled(b'{"found": [0', b',{"":0}', b"]}"),
    "numbers": filled(b'{"found": {"list": [0', b",1e9", b"]}}"),
    "text": filled(b'{"found": "', rb"\u00e9", b'"}'),
    "keys": b'{"found": {"dict": ['
    + b",".join(b'["%d",0]' % n for n in range(SIZE // 14)) + b"]}}",
    "arrays": filled(b'{"found": {"list": [0', b',{"array":["<f8",[0],0]}', b"]}}"),
    "many axes": filled(b'{"found": {"list": [0', b',{"array":["<f8",[' + b"0," * 31 + b"0],0]}", b"]}}"),
    "complex in complex": b'{"found": ' + b'{"complex":[' * 500 + b"0.0" + b",0.0]}" * 500 + b"}",
    "displays": filled(b'{"displays": [{}', b',{"text/plain":"x"}', b"]}"),
    "pairs": filled(b'{"found": {"dict": [[1,1]', b",[1,1]", b"]}}"),
    "whole numbers": filled(b'{"found": {"list": [0', b"," + b"9" * 4000, b"]}}"),
    "one long number": filled(b'{"found": 0.', b"1", b"e9}"),
}  # fmt: skip


@pytest.mark.parametrize("name", DENSE)
def test_a_message_takes_memory_and_time_in_proportion_to_its_size(name):
    data = framed(DENSE[name])
    assert peak(lambda: take(data)) < 100 * SIZE
    began = time.process_time()
    take(data)
    assert time.process_time() - began < 2  # some 0.2 seconds: of the largest header's, some 3


def test_a_payload_is_held_three_times_at_most():
    size = 4 * 2**20
    data = framed({"found": {"array": ["|u1", [size], size]}}, bytes(size))

    def read():
        header, payload = received(data)
        assert wire.Decoder(payload)(header["found"]).size == size

    assert peak(read) < 3.5 * size


def test_callbacks_without_end_end_at_the_deadline():
    class Endless:
        """A socket that asks for a callback, and for another one."""

        message, place = framed({"callback": 0, "args": {"list": [1.0]}, "kwargs": {"dict": []}}), 0

        def settimeout(self, _):
            pass

        def recv(self, most):
            return (self.message * 400)[:most] if most % len(self.message) == 0 else self.message * 400

        def send(self, data):
            return len(data)

    room = room_that_sends(b"", [lambda x: x])
    room.process.connection = wire.Connection(Endless())
    began = time.monotonic()
    with pytest.raises(exam.RoomLost) as lost:
        room._ask_modestly({"do": "call"}, 0.5)
    assert lost.value.cause == "timeout" and time.monotonic() - began < 3
    assert room.process.killed


@pytest.mark.parametrize(
    "number, args, kwargs",
    [
        (1, [], []), (-1, [], []), (0.0, [], []), (True, [], []), (None, [], []), ("0", [], []), ([], [], []),
        (0, {"tuple": []}, []), (0, 1, []), (0, None, []), (0, [], None), (0, [], [[1, 1]]), (0, {"other": 0}, []),
    ],
    ids=repr,
)  # fmt: skip
def test_a_callback_that_there_is_not_ends_the_room(number, args, kwargs):
    parts = {"args": {"list": args} if type(args) is list else args}
    parts["kwargs"] = {"dict": kwargs} if type(kwargs) is list else kwargs
    asked({"callback": number, **parts}, lambda: pytest.fail("it was called"), ends=True)


def asked(header, *callbacks, payload=b"", ends=False):
    """What the examiner sends to a room that asks for a callback; ends : that it ends the room instead."""
    message = framed(*header) if type(header) is tuple else framed(header, payload)
    room = room_that_sends(message + framed({"found": None}), callbacks)
    if ends:
        with pytest.raises(exam.RoomLost):
            room._ask({"do": "call"}, 60)
        assert room.process.killed
        return None
    assert room._ask({"do": "call"}, 60)[0] == {"found": None}
    return wire.Connection(Bytes(b"".join(room.process.connection.socket.sent[1:]))).receive(time.monotonic() + 60)


def counted(n):
    while n > 0:
        n -= 1


@pytest.mark.parametrize("callback, given", [(counted, 10**12), (time.sleep, 60)], ids=["counts", "sleeps"])
def test_a_callback_that_is_given_too_much_to_do_ends_the_room(callback, given):
    message = {"callback": 0, "args": {"list": [given]}, "kwargs": {"dict": []}}
    room = room_that_sends(framed(message), [callback])
    began = time.monotonic()
    with pytest.raises(exam.RoomLost) as lost:
        room._ask_modestly({"do": "call"}, 0.5)
    assert lost.value.cause == "timeout" and time.monotonic() - began < 10
    assert room.process.killed


def test_what_a_callback_raises_goes_back_as_words():
    header, _ = asked({"callback": 0, "args": {"list": [1]}, "kwargs": {"dict": []}}, lambda x: x + "1")
    assert header["error"][0] == "TypeError"
    header, _ = asked({"callback": 0, "args": {"list": []}, "kwargs": {"dict": []}}, lambda: object())
    assert header["error"][0] == "WireError"


FINE, SLOW = ({"dict": [["value", 1.0], ["seconds", seconds]]} for seconds in (0.1, 2.0))
BAD = {"dict": [["trouble", "exception"]]}


def in_turn(found, calls=3):
    room = room_that_sends(framed({"found": found}))
    replies = room.call_in_turn("answer", None, [[(1.0,), {}]] * calls, 0.5, 10.0)
    assert not room.process.killed
    return ["trouble" if "trouble" in reply else reply["seconds"] for reply in replies]


def test_several_calls_have_as_many_replies():
    assert in_turn({"list": [FINE, FINE, SLOW]}) == [0.1, 0.1, 2.0]
    assert in_turn({"list": [FINE]}, calls=1) == [0.1]


def test_after_trouble_or_a_slow_first_call_there_are_no_more():
    assert in_turn({"list": [BAD]}) == ["trouble"]
    assert in_turn({"list": [FINE, BAD]}) == [0.1, "trouble"]
    assert in_turn({"list": [SLOW]}) == [2.0]


@pytest.mark.parametrize(
    "found",
    [
        {"list": []}, {"list": [FINE]}, {"list": [FINE, SLOW]}, {"list": [FINE] * 4}, FINE, {"tuple": [FINE] * 3},
        {"list": [BAD, FINE]},
        {"list": [FINE, FINE, 1.0]}, {"list": [FINE, {"dict": [["seconds", "0"], ["value", 1], ["ok", True]]}]}, None,
    ],
    ids=repr,
)  # fmt: skip
def test_a_reply_that_is_missing_or_too_many_ends_the_room(found):
    with pytest.raises(exam.RoomLost) as lost:
        in_turn(found)
    assert lost.value.cause == "died"


QUICK = st.floats() | st.floats().map(np.float64) | hnp.arrays("<f8", hnp.array_shapes(min_dims=0, min_side=0))


@FEW
@given(QUICK, st.integers(0, 2**32 - 1))
def test_a_quick_message_says_the_same(value, number):
    header, payload = wire.Connection(Bytes(framed(*wire.quick(number, value)))).receive(time.monotonic() + 60)
    assert type(header) is wire.Quick and payload == b"" and header[0] == number
    assert_same(header[1], value)
    if type(value) is np.ndarray:
        assert header[1].flags.owndata and header[1].flags.writeable


@pytest.mark.parametrize(
    "value",
    [1, True, 1j, np.float32(1), np.ones(2, "f4"), np.ones(2, ">f8"), np.ma.ones(2), "1", None, [1.0], Odd(1)],
    ids=repr,
)
def test_what_is_no_number_or_array_of_float64_is_not_sent_quickly(value):
    assert wire.quick(0, value) is None


@MANY
@given(st.binary(max_size=60), st.binary(max_size=40))
def test_a_quick_message_of_any_bytes(head, payload):
    take(framed(b"\0" + head, payload))


LARGE = 2**32 - 1


@pytest.mark.parametrize("kind", b"famF\0x")
@pytest.mark.parametrize("shape", [(), (1,), (2, 3), (0, LARGE), (LARGE,) * 8, (*(LARGE,) * 7, 0), (1,) * 9])
def test_a_quick_message_of_a_lying_shape(kind, shape):
    for dimensions in {len(shape), 0, 8, 255}:
        for payload in (b"", b"\1" * 8, b"\1" * 7, b"\1" * 48):
            head = struct.pack("<ccIBd", b"\0", bytes([kind]), 0, dimensions, 1.0)
            take(framed(head + struct.pack(f"<{len(shape)}I", *shape), payload))


def test_a_quick_callback_that_there_is_not_ends_the_room():
    for number in (1, 2**32 - 1):
        asked(wire.quick(number, 1.5)[0], lambda x: pytest.fail("it was called"), ends=True)
    header, _ = asked(wire.quick(0, 1.5)[0], lambda x: 2 * x)
    assert header == (0, 3.0)


POINTS = hnp.array_shapes(min_dims=0, min_side=0).flatmap(lambda shape: st.lists(hnp.arrays("<f8", shape), min_size=1))


@FEW
@given(st.lists(st.floats() | st.floats().map(np.float64), min_size=1) | POINTS, st.integers(0, 2**32 - 1))
def test_many_values_come_back_in_their_order(values, number):
    header, payload = wire.Connection(Bytes(framed(*wire.many(number, values)))).receive(time.monotonic() + 60)
    assert type(header) is wire.Many and payload == b"" and header[0] == number
    assert_same(header[1], np.array(values))


@pytest.mark.parametrize(
    "values",
    [
        [], [1.0, 1], [1.0, None], [np.ones(2), np.ones(3)], [1.0, np.ones(1)], [np.ones(2), np.ones(2, "f4")],
        [np.ma.ones(2)], ["1"], [True], [np.float32(1)], [ValueError()], [np.ones((1,) * 8)],
        [np.broadcast_to(1.0, (2**24 + 1,))], [np.broadcast_to(1.0, (2**23,))] * 3, [Odd(1)],
    ],
    ids=repr,
)  # fmt: skip
def test_values_that_are_not_alike_or_too_large_together_are_sent_one_by_one(values):
    assert wire.many(0, values) is None


def test_a_callback_is_asked_for_many_points_at_once():
    points = [np.array([1.0, 2.0]), np.array([3.0, 4.0])]
    header, _ = asked(wire.many(0, points), lambda x: x.sum())
    assert type(header) is wire.Many and header[0] == 0
    assert_same(header[1], np.array([3.0, 7.0]))


@pytest.mark.parametrize("f", [lambda x: "text", lambda x: 1 // 0, lambda x: np.ones(int(x)), lambda x: int(x)])
def test_where_many_cannot_be_answered_the_room_asks_for_one_at_a_time(f):
    header, _ = asked(wire.many(0, [1.0, 2.0]), f)
    assert header == {"value": None}


def test_many_points_count_as_many_callbacks(monkeypatch):
    called = []
    monkeypatch.setattr(exam, "MOST_CALLBACKS", 3)
    asked(wire.many(0, [1.0, 2.0, 3.0]), called.append)
    assert called == [1.0, 2.0, 3.0]
    asked(wire.many(0, [1.0, 2.0, 3.0, 4.0]), called.append, ends=True)
    asked(wire.many(1, [1.0]), called.append, ends=True)
    nothing = struct.pack("<ccIBd2I", b"\0", b"m", 0, 2, 0.0, LARGE, 0)  # so many points without an entry
    asked(nothing, called.append, ends=True)
    assert len(called) == 3


# ---- by the million


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed (Linux on x86-64)")
def test_a_fuzzer_that_sees_which_lines_run_finds_nothing(tmp_path):
    target = Path(__file__).with_name("fuzz_wire.py")
    options = ["-seed=7", "-atheris_runs=60000", "-max_total_time=20", str(tmp_path)]
    paths = os.pathsep.join([str(target.parents[1]), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, str(target), *options], capture_output=True, text=True, timeout=120,
        env=os.environ | {"PYTHONPATH": paths}, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout + done.stderr)[-5000:]
    assert len(list(tmp_path.iterdir())) > 20, "it did not get beyond what it was given"
