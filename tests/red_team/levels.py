"""What each isolation level stops, measured: small attacks, each harmless to the machine that it is tried on.

Every probe is a cell. It has `outside`, a dict of what lies in the grader's world (see `Outside`), and sets `through`
to whether it got there. A level is a way to start rooms with some of the walls left out.
"""

import contextlib
import os
import secrets
import socket
import subprocess
import textwrap
import time
from pathlib import Path
from unittest import mock

from gradschool.grade.rooms import cgroups, exam, sandbox

LIMITS = sandbox.Limits(memory=640, processes=20, file=16, disk=16)
FULL, NO_GROUPS, NO_FILTER, NO_WALLS = "full", "no control groups", "no seccomp", "no walls"
LEVELS = (FULL, NO_GROUPS, NO_FILTER, NO_WALLS)


@contextlib.contextmanager
def level(name):
    """In here, rooms are started at a level."""
    sandbox.close()
    try:
        with {FULL: contextlib.nullcontext, NO_GROUPS: no_groups, NO_FILTER: no_filter}.get(
            name, contextlib.nullcontext
        )():
            yield
    finally:
        sandbox.close()


@contextlib.contextmanager
def no_groups():
    with mock.patch.multiple(cgroups, _version_1=lambda *_: [], _version_2=lambda *_: []):
        yield


@contextlib.contextmanager
def no_filter():
    """The warmed process is started with a filter that lets everything through."""
    module = ["-m", "gradschool.grade.rooms.warm"]
    code = "from gradschool.grade.rooms import walls, warm; walls.filter_calls = lambda: None; warm.main()"
    popen = subprocess.Popen.__init__

    def unfiltered(self, command, *arguments, **keywords):
        if module[1] in command:
            at = command.index(module[1])
            command = [*command[: at - 1], "-c", code, *command[at + 1 :]]
        popen(self, command, *arguments, **keywords)

    with mock.patch.object(subprocess.Popen, "__init__", unfiltered):
        yield


PROBES = {
    "reads a file of the grader's": "through = open(outside['file']).read() == outside['word']",
    "writes beside it": "through = bool(open(outside['file'] + '.new', 'w').write('red'))",
    "reads the grader's environment": """
        through = False
        for name in os.listdir('/proc'):
            try:
                through |= outside['word'].encode() in open(f'/proc/{name}/environ', 'rb').read()
            except OSError:
                pass""",
    "can signal the grader": "through = os.kill(outside['grader'], 0) is None",
    "sees other processes": "through = len([name for name in os.listdir('/proc') if name.isdigit()]) > 4",
    "connects to the grader's machine": """
        import socket
        through = socket.create_connection(('127.0.0.1', outside['port']), 2) is not None""",
    "connects to an abstract socket": """
        import socket
        through = socket.socket(socket.AF_UNIX).connect(outside['socket']) is None""",
    "leaves a process behind": """
        import subprocess, sys
        subprocess.Popen([sys.executable, '-I', '-S', '-c', 'import time; time.sleep(20)', outside['word']],
                         start_new_session=True)
        through = 'look'""",
    "lies in wait for the next room": """
        through = os.path.exists('/dev/shm/' + outside['word'])
        open('/dev/shm/' + outside['word'], 'w').close()""",
    "fills more than its disk": """
        with open('/tmp/' + outside['word'], 'wb') as file:
            for _ in range(3):
                file.write(bytes(2**24))
        os.remove('/tmp/' + outside['word'])
        through = True""",
    "starts more processes than it may": """
        import time
        for _ in range(40):
            if os.fork() == 0:
                time.sleep(5)
                os._exit(0)
        through = True""",
    "takes more memory than it may, alone": "through = len(bytearray(700 * 2**20)) > 0",
    "takes more memory than it may, by many": """
        taken = []
        stay, go = os.pipe()
        for _ in range(14):
            ours, theirs = os.pipe()
            child = os.fork()
            if child == 0:
                os.close(go)
                hoard = b'x' * (100 * 2**20)
                os.write(theirs, b'x')
                os.read(stay, 1)  # until the first process has ended: a busy machine takes long to start the last one
                os._exit(0)
            os.close(theirs)
            taken.append(os.read(ours, 1) and child)
        through = all(taken) and all(os.waitpid(child, os.WNOHANG)[0] == 0 for child in taken)""",
    "takes memory that no process has": """
        import ctypes
        libc = ctypes.CDLL(None)
        libc.shmat.restype = ctypes.c_void_p
        kept = []
        try:
            for _ in range(42):
                number = libc.shmget(0, 2**25, 0o1600)
                place = libc.shmat(number, None, 0)
                if number < 0 or place in (None, ctypes.c_void_p(-1).value):
                    break
                kept.append(number)
                ctypes.memset(place, 1, 2**25)
                libc.shmdt(ctypes.c_void_p(place))
        finally:
            for number in kept:
                libc.shmctl(number, 0, None)
        through = len(kept) == 42""",
    "has memory as a file without a name": "through = os.memfd_create('red') >= 0",
    "makes namespaces of its own": """
        import ctypes
        through = False
        if os.fork() == 0:
            os._exit(0 if ctypes.CDLL(None).unshare(0x10000000) == 0 else 1)
        through = os.waitstatus_to_exitcode(os.wait()[1]) == 0""",
    "traces a process": """
        import ctypes
        child = os.fork()
        if child == 0:
            os._exit(0 if ctypes.CDLL(None).ptrace(0, 0, 0, 0) == 0 else 1)
        status = os.waitpid(child, 0)[1]
        through = os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0""",
    "has a socket to the kernel (netlink)": "import socket\nthrough = socket.socket(16, socket.SOCK_RAW) is not None",
    "reaches the kernel's keys": """
        import ctypes
        through = ctypes.CDLL(None).syscall({'x86_64': 250, 'aarch64': 219}[os.uname().machine], 0, -3, 1) >= 0""",
}  # fmt: skip


class Outside:
    """What lies in the grader's world, for probes to reach. A context manager."""

    def __init__(self, folder):
        self.word = f"red-{secrets.token_hex(8)}"
        self.file = Path(folder) / "gradebook.db"
        self.abstract = f"\0{self.word}"

    def __enter__(self):
        self.file.write_text(self.word, encoding="ascii")
        self.sleeper = subprocess.Popen(["sleep", "600"], env={"GRADSCHOOL_WORD": self.word})
        self.port = socket.create_server(("127.0.0.1", 0))
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(self.abstract)
        self.socket.listen(50)
        return self

    def __exit__(self, *_):
        for each in (self.port, self.socket):
            each.close()
        self.sleeper.kill()
        self.sleeper.wait()
        with contextlib.suppress(FileNotFoundError):
            os.remove(f"/dev/shm/{self.word}")

    def told(self):
        return {"word": self.word, "file": str(self.file), "grader": os.getpid(), "socket": self.abstract,
                "port": self.port.getsockname()[1]}  # fmt: skip

    def left(self):
        """What a probe has left running; it is ended."""
        import psutil

        found = [each for each in psutil.process_iter(["cmdline"]) if self.word in (each.info["cmdline"] or ())]
        for each in found:
            each.kill()
        return bool(found)


def gets_through(source, outside, walls):
    """Whether a probe gets through; that it raises, or ends its room, is a no."""
    cell = f"import os\noutside = {outside.told()!r}\n{textwrap.dedent(source)}\nprint('through:', through)"
    try:
        # Twice: what the first room leaves may serve the second.
        for _ in range(1 + ("/dev/shm" in source)):
            room = exam.Room(LIMITS, walls)
            try:
                said = room.run(cell, 20).stdout
            finally:
                room.close()
    except exam.RoomLost:
        sandbox.close()  # without a filter, memory that no process has is freed a little later than its room
        return False
    if "through: look" in said:
        time.sleep(0.5)
        return outside.left()
    return "through: True" in said


def measured(name, folder, probes=PROBES):
    """What gets through at a level, by the name of the probe."""
    with Outside(folder) as outside, level(name):
        return {probe: gets_through(source, outside, name != NO_WALLS) for probe, source in probes.items()}
