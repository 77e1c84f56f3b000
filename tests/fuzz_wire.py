"""Bytes from a hostile room, by the million.

    python tests/fuzz_wire.py -atheris_runs=20000

Other options are libFuzzer's: `-max_total_time=600`, `-seed=1`, a folder to keep what was found interesting in. It
starts from messages that are right, and is given what the examiner has: a connection, a decoder, and the parts that
read cells' outputs and replies. What is neither a plain value nor a refusal stops it, and is printed.
"""

import contextlib
import json
import struct
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

MESSAGES = [  # headers and payloads, as a room sends them
    ({"ready": "3.11.2"}, b""),
    ({"found": {"dict": [["value", 4], ["seconds", 0.5], ["warned", {"tuple": ["careful"]}]]}}, b""),
    ({"found": {"dict": [["value", {"array": ["<f8", [2, 1], 16]}], ["seconds", 0.5]]}}, np.arange(2.0).tobytes()),
    ({"found": {"dict": [["value", {"scalar": ["<f4", [], 4]}], ["seconds", 0]]}}, np.float32(2).tobytes()),
    ({"found": {"dict": [["value", {"list": [{"float64": 1.5}, {"float": "nan"}, {"complex": [0.0, 1.0]}]}]]}}, b""),
    ({"found": {"dict": [["value", {"dict": [[7, {"array": ["<U2", [1], 8]}]]}]]}}, "ab".encode("utf-32-le")),
    ({"found": {"dict": [["value", {"array": ["|b1", [], 1]}]]}}, b"\1"),
    ({"found": {"dict": [["trouble", "exception"], ["detail", "E: x"], ["exceptions", {"tuple": ["E"]}]]}}, b""),
    (
        {"found": {"dict": [["trouble", {"scalar": ["<U9", [], 36]}], ["detail", "x"]]}},
        "exception".encode("utf-32-le"),
    ),
    ({"found": {"list": [{"dict": [["value", 4], ["seconds", 0.5]]}, {"dict": [["trouble", "too slow"]]}]}}, b""),
    ({"callback": 0, "args": {"list": [2.0]}, "kwargs": {"dict": [["x", 1]]}}, b""),
    ({"stdout": "1", "stderr": "2", "displays": [{"text/plain": "3", "image/png": "iVBO"}], "late": False}, b""),
    ({"error": {"name": "E", "text": "x", "traceback": "line 1"}}, b""),
    ({"names": ["double", "root"]}, b""),
    ({"cannot cross": "a set"}, b""),
]


def quick_messages():
    """Callbacks in the short form."""
    from gradschool.grade.rooms import wire

    one = [wire.quick(0, value) for value in (1.5, np.float64(2.0), np.array(3.0), np.ones((2, 1)), np.zeros((0, 4)))]
    return one + [wire.many(0, values) for values in ([1.5, np.float64(2.0)], [np.ones((2, 1))] * 3)]


def framed(header, payload=b""):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<II", len(text), len(payload)) + text + payload


class Bytes:
    """A socket on which there is this to read, and then nobody."""

    def __init__(self, data):
        self.data, self.place, self.sent = data, 0, []

    def settimeout(self, _):
        pass

    def recv(self, most):
        part = self.data[self.place : self.place + most]
        self.place += len(part)
        return part

    def recv_into(self, buffer, most=0):
        part = self.recv(most or len(buffer))
        buffer[: len(part)] = part
        return len(part)

    def sendall(self, data):
        self.sent.append(bytes(data))

    def send(self, data):
        self.sendall(data)
        return len(data)


class Process:
    """What a `Room` has for its process: a connection, and that it can be killed."""

    def __init__(self, data):
        from gradschool.grade.rooms import wire

        self.connection, self.killed = wire.Connection(Bytes(data)), False

    def kill(self):
        self.killed = True


def room_that_sends(data, callbacks=()):
    """The examiner's end of a room that sends these bytes, whatever it is asked."""
    from gradschool.grade.rooms.exam import Room

    room = Room.__new__(Room)
    room.process, room.callbacks, room.asked, room.lost = Process(data), list(callbacks), 0, None
    room.deadline, room.memory = None, None
    return room


def take(data):
    """Take bytes for what a room sends, message by message, as the examiner does. How many there were."""
    from gradschool.grade.rooms import exam, wire

    connection, count = wire.Connection(Bytes(data)), 0
    with contextlib.suppress(wire.WireError, EOFError, TimeoutError):
        while True:
            header, payload = connection.receive(time.monotonic() + 60)
            count += 1
            examine(header, payload)
    room = room_that_sends(data, [called_back])
    try:
        answer, _ = room._ask({"do": "call"}, 60)
    except exam.RoomLost:
        assert room.process.killed
    else:
        assert type(answer) is dict
    return count


def called_back(*args, **kwargs):
    """What a check gives for a callback: it must get plain values, and returns the first."""
    insist_on_plain([list(args), kwargs])
    return args[0] if args else 1.0


def examine(header, payload):
    """Read a message in each way in which the examiner might; raises if it gives anything but plain values."""
    from gradschool.grade.rooms import exam, wire

    assert type(payload) is bytes
    if type(header) in (wire.Quick, wire.Many):
        number, value = header
        kinds = (float, np.float64, np.ndarray) if type(header) is wire.Quick else (np.ndarray,)
        assert type(number) is int and number >= 0 and type(value) in kinds
        assert type(header) is wire.Quick or value.ndim
        return insist_on_plain(value)
    assert type(header) is dict
    seen_as_output(exam._ran(header, ["double"]))
    try:
        found = wire.Decoder(payload)(header.get("found"))
    except wire.WireError:
        return None
    insist_on_plain(found)
    for each in found if type(found) is list else [found]:
        with contextlib.suppress(wire.WireError, KeyError, TypeError):  # as `Room.call` does, which ends the room
            seen_as_reply(exam._reply(each))


def insist_on_plain(value):
    from gradschool.check import plain

    fault = plain.fault(value)
    assert fault is None or "nested more than" in fault or "numbers, more than" in fault, fault


def seen_as_output(ran):
    texts = [ran.stdout, ran.stderr, *(ran.error or ())]
    assert type(ran.displays) is tuple and len(ran.displays) <= 50 and type(ran.late) is bool
    texts += [text for data in ran.displays for pair in data.items() for text in pair]
    for text in texts:
        assert type(text) is str
        text.encode()


def seen_as_reply(reply):
    texts = [*reply.get("warned", ()), *reply.get("exceptions", ())]
    if "trouble" in reply:
        assert type(reply["trouble"]) is str, "an object that stands for a text"
        texts += [reply["detail"], "" if reply["line"] is None else reply["line"]]
    else:
        insist_on_plain(reply["value"])
        assert type(reply["seconds"]) is float and reply["seconds"] >= 0
    for text in texts:
        assert type(text) is str and "\x1b" not in text
        text.encode()


def one_input(data):
    """The first byte says what the others are: a stream as it is, or a header and a payload to be framed."""
    if data[:1] < b"\x80":
        take(data[1:])
    else:
        take(framed(*data[1:].partition(b"\0")[::2]))


def write_seeds(folder):
    """Right messages to start from, in both forms."""
    for index, (header, payload) in enumerate(MESSAGES):
        (folder / f"stream{index}").write_bytes(b"\0" + framed(header, payload))
        (folder / f"header{index}").write_bytes(b"\xff" + json.dumps(header).encode() + b"\0" + payload)
    for index, message in enumerate(quick_messages()):
        (folder / f"quick{index}").write_bytes(b"\0" + framed(*message))


def main():
    import atheris

    with atheris.instrument_imports(include=["gradschool.check.plain", "gradschool.grade.rooms"]):
        import gradschool.grade.rooms.exam
        import gradschool.grade.rooms.wire  # noqa: F401
    with tempfile.TemporaryDirectory() as seeds:
        write_seeds(Path(seeds))
        kept = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
        options = [argument for argument in sys.argv[1:] if argument.startswith("-")]
        # What is found is written to the first folder: to the user's if there is one, else nowhere that stays.
        artifacts = f"-artifact_prefix={(Path(kept[0]) if kept else Path(seeds)).resolve()}/"
        atheris.Setup([sys.argv[0], "-max_len=4096", artifacts, *options, *kept, seeds], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
