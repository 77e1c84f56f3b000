"""The outer walls of an exam room, and how a room is started.

A warmed process runs under bubblewrap: it sees the interpreter, the libraries and the package gradschool, read-only,
and nothing of the course, no home, no environment, no network. For each submission it forks a room (see `warm`),
which has mount, pid, ipc, uts and network namespaces of its own, an empty /tmp and /dev/shm of limited size, is
nobody, has no capability and few system calls (see `walls`), and dies with the examiner. Limits on memory, processes,
CPU time, file size and open files are set before the first cell runs and cannot be raised from within; where the
system lets us make a control group (see `cgroups`), memory and processes are also limited for a room as a whole.

What two rooms share, and why it may be shared:

- The kernel of the machine. That is what the filter on system calls is for.
- The read-only files above.
- The memory of the warmed process as it was before any student's code ran. A room gets a copy, and nothing that it
  does to the copy reaches another. But all rooms of a process have the same layout of memory and the same hash seed:
  who could read them in one room would know them in the next one. Nothing secret is in that memory.
- A user namespace, and a control group: one after the other, for a process that examines has one room at a time.

Known holes:

- Without control groups, limits are per process, as rlimits are: a room of many processes may take a multiple.
- The kernel counts no processes of root's. A grader that is root starts rooms as nobody where nobody can read Python;
  where not (a Python in root's home), only a control group limits them. Better not to grade as root.
- Bubblewrap before 0.8 cannot forbid namespaces for good; the filter does, on the machines that `walls` lists.

Where bubblewrap does not run (macOS, Windows, user namespaces switched off) there is a process and no walls. That is
for those who say that they trust the submissions.
"""

import contextlib
import functools
import hmac
import json
import os
import secrets
import shutil
import signal
import socket
import struct
import subprocess
import sys
import sysconfig
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.util import Finalize
from pathlib import Path

from gradschool.course.layout import CourseError
from gradschool.grade.rooms import cgroups, wire
from gradschool.grade.rooms import walls as inner

PACKAGE = Path(__file__).resolve().parents[2]
WALLS, NO_WALLS = "sandbox", "no walls"  # isolation levels, as receipts name them
MiB = 2**20
START = 180.0  # seconds that a warmed process may take to import everything, on a busy machine
END = 10.0  # seconds that a room may take to end


@dataclass(frozen=True)
class Limits:
    """What a room may use. Sizes are in MiB, times in seconds."""

    memory: int = 3072
    processes: int = 64
    cpu: int = 120
    file: int = 64
    disk: int = 256
    open_files: int = 256

    def of_the_system(self):
        """By the names that the resource module has for them."""
        return {
            "AS": self.memory * MiB, "NPROC": self.processes, "CPU": self.cpu, "FSIZE": self.file * MiB,
            "NOFILE": self.open_files, "CORE": 0,
        }  # fmt: skip


class Warm:
    """A warmed process behind the outer walls, and its control group where there can be one. See `warm`.

    To be closed when no more rooms are wanted; its rooms go with it.
    """

    def __init__(self, limits, modules=()):
        insist_on_walls()
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        kept = [str(path) for path in _libraries() if set(path.parents) & {Path("/tmp"), Path("/dev/shm")}]
        told = json.dumps(limits.of_the_system() | {"disk": limits.disk * MiB, "kept": kept})
        command = [sys.executable, "-I", "-m", "gradschool.grade.rooms.warm", str(theirs.fileno()), told, *modules]
        self.process = _starter.submit(
            subprocess.Popen, [*_bubblewrap(), *command], pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0, **_somebody_else(),
        ).result()  # fmt: skip
        _started.add(self.process)
        theirs.close()
        self.group = cgroups.Group(limits.memory * MiB, limits.processes)
        try:
            self.group.add(self._when_ready())
        except BaseException:
            self.close()
            raise

    def _when_ready(self):
        """Wait until it has imported everything; its number as a process of this machine."""
        self.control.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self.control.settimeout(START)
        message, credentials, *_ = self.control.recvmsg(1, socket.CMSG_SPACE(12))
        if not message:
            raise OSError("the warmed process ended")
        return struct.unpack("iII", credentials[0][2][:12])[0]

    def room(self):
        """A new room."""
        ours, theirs = socket.socketpair()
        lifeline, other_end = socket.socketpair()
        with theirs, other_end:
            socket.send_fds(self.control, [b"R"], [theirs.fileno(), other_end.fileno()])
        return Walled(wire.Connection(ours, impatient=True), lifeline, self)

    def close(self):
        self.control.close()
        _end(self.process)
        self.process.wait()
        _started.discard(self.process)
        self.group.close()


@dataclass
class Walled:
    """A room behind walls: the examiner's end of its socket, and its lifeline."""

    connection: wire.Connection
    lifeline: socket.socket
    warm: Warm

    def kill(self):
        """End it, and with it everything that was started in it."""
        self.connection.close()
        with self.lifeline, contextlib.suppress(OSError):
            self.lifeline.shutdown(socket.SHUT_WR)
            self.lifeline.settimeout(END)
            try:
                while self.lifeline.recv(64):
                    pass
            except TimeoutError:
                self.warm.close()


@dataclass
class Unwalled:
    """A room that is a process like any other."""

    connection: wire.Connection
    process: subprocess.Popen
    folder: str

    def kill(self):
        """End it, and its children but for those that left its session."""
        self.connection.close()
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def start(limits, walls=True, modules=()):
    """Start a room, in which these modules have been imported already if there are walls.

    Raises:
        CourseError: if there are to be walls and there are none to be had here.
        OSError: if it cannot be started now.
    """
    return _with_walls(limits, modules) if walls else _without_walls()


_warm: dict = {}  # those that this process keeps, by what they were made for
MOST_WARM = 2  # for notebooks that plot, and for the others
# --die-with-parent is about the thread that started it. This one lives as long as the process does; others, those of a
# Dask worker say, may not.
_starter = ThreadPoolExecutor(1, "starter of sandboxes")


def warm(*what):
    """The warmed process for these limits and modules. To start it takes a second or two if it is not there yet."""
    if what not in _warm:
        while len(_warm) >= MOST_WARM:
            _warm.pop(next(iter(_warm))).close()  # the oldest
        _warm[what] = Warm(*what)
        Finalize(None, close, exitpriority=0)  # atexit is not heard in processes of multiprocessing
    return _warm[what]


def _with_walls(*what):
    for attempt in range(2):
        try:
            return warm(*what).room()
        except OSError:  # it was closed, or killed
            _warm.pop(what).close()
            if attempt:
                raise


_started: set = set()


def _end(process):
    """Kill a bubblewrap with its child: the one, killed while it tells the other who is who there, would leave it
    waiting for ever. Later the child is in a session of its own, and ends with its parent."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def abandon():
    """End all warmed processes at once, also one that is only being started. For a process that ends itself."""
    for process in list(_started):
        _end(process)


def close():
    """Let the warmed process go, and its room; the next room is forked from another."""
    while _warm:
        _warm.popitem()[1].close()


def in_words(walls=True):
    """The isolation of the rooms that this process starts."""
    if not walls:
        return "a process of its own and no walls"
    filtered = inner.why_no_filter() is None
    versions = {warm.group.version for warm in _warm.values()} - {None}
    groups = f"control groups of version {versions.pop()}" if versions else "no control groups"
    return f"{_bubblewrap_version()}, {'seccomp' if filtered else 'no seccomp'}, {groups}"


@functools.cache
def _bubblewrap_version():
    said = subprocess.run(["bwrap", "--version"], capture_output=True, text=True).stdout
    return said.strip() or "bubblewrap"


def _without_walls():
    """A process that calls back: Windows cannot hand a socket to a child. It proves that it is ours by a password."""
    folder, password = tempfile.mkdtemp(prefix="room-"), secrets.token_bytes(32)
    with socket.create_server(("127.0.0.1", 0)) as server:
        command = [sys.executable, "-I", "-m", "gradschool.grade.rooms.inside", str(server.getsockname()[1])]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=environment(folder), cwd=folder, start_new_session=True,
        )  # fmt: skip
        with process.stdin:
            process.stdin.write(password)
        server.settimeout(START)
        ours, _ = server.accept()
    ours.settimeout(START)
    ours.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with ours.makefile("rb", buffering=0) as reader:
        came = reader.read(len(password))
    room = Unwalled(wire.Connection(ours, impatient=True), process, folder)
    if not hmac.compare_digest(came or b"", password):
        room.kill()
        raise OSError("somebody else answered for the room")
    return room


def environment(home):
    """All that a room knows of the world outside."""
    known = {
        "HOME": home, "TMPDIR": home, "IPYTHONDIR": f"{home}/.ipython", "MPLCONFIGDIR": f"{home}/.matplotlib",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]), "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1",
    }  # fmt: skip
    if os.name == "nt":
        known["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", r"C:\Windows")
    return known


def _bubblewrap():
    """The outer walls. What runs behind them has capabilities in them, for it puts up the inner ones.

    The machine's /proc, read-only: only where all of it can be seen does the kernel let a room mount one of its own.
    """
    command = ["bwrap", "--unshare-all", "--uid", "65534", "--gid", "65534", "--die-with-parent", "--new-session"]
    command += ["--cap-add", "ALL", "--hostname", "room", "--clearenv", *_no_namespaces()]
    command += ["--ro-bind", "/proc", "/proc", "--dev", "/dev"]
    for place in ("/tmp", "/dev/shm"):
        command += ["--size", str(256 * MiB), "--perms", "1777", "--tmpfs", place]
    for path in _libraries():
        command += ["--ro-bind", str(path), str(path)]
    for name in ("bin", "lib", "lib64", "sbin"):
        if Path("/", name).is_symlink():
            command += ["--symlink", str(Path("/", name).readlink()), f"/{name}"]
        elif Path("/", name).is_dir():
            command += ["--ro-bind", f"/{name}", f"/{name}"]
    for name, value in environment("/tmp").items():
        command += ["--setenv", name, value]
    return [*command, "--remount-ro", "/", "--remount-ro", "/dev", "--chdir", "/tmp"]


@functools.cache
def _no_namespaces():
    """The options that keep a room from making namespaces of its own, from bubblewrap 0.8 on."""
    options = ["--unshare-user", "--disable-userns"]
    tried = subprocess.run(["bwrap", *options, "--ro-bind", "/", "/", "true"], capture_output=True)
    return options if tried.returncode == 0 else []


@functools.cache
def _somebody_else():
    """Whom root starts rooms as: nobody, for the kernel counts no processes of root's. Keywords of Popen.

    Nothing where nobody could not read Python or the package: then the limit on processes does not hold.
    """
    nobody = {"user": 65534, "group": 65534, "extra_groups": []}
    return nobody if sys.platform == "linux" and os.geteuid() == 0 and _trouble(**nobody) is None else {}


def _libraries():
    """The folders that Python needs, none inside another."""
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    wanted = {Path("/usr"), Path("/etc/ld.so.cache"), Path(sys.base_prefix).resolve(), Path(sys.prefix), PACKAGE}
    wanted |= {Path(sys.executable).resolve().parents[1], *(Path(sysconfig.get_path(name)) for name in names)}
    present = {path for path in wanted if path.exists()}
    return sorted(path for path in present if not any(other in path.parents for other in present))


def insist_on_walls():
    """Raises CourseError where no sandbox can be had, with the way out."""
    if trouble := why_no_walls():
        raise CourseError(
            f"There is no sandbox for other people's code here: {trouble}. On Debian and Ubuntu: apt install "
            "bubblewrap. To run submissions without one, which is for what you would run yourself: "
            "make grade ... TRUST=1 (gradschool grade ... --trust-submissions)."
        )


@functools.cache
def why_no_walls():
    """Why no sandbox can be had here, or None. It is tried, for a program that is there may not be allowed to run."""
    if not hasattr(socket, "AF_UNIX") or sys.platform != "linux":
        return "bubblewrap is a program for Linux"
    if shutil.which("bwrap") is None:
        return "the program bwrap is not installed"
    return _trouble()


_PROBE = """
import os
import numpy
from gradschool.grade.rooms import inside, walls
def ended():
    return os.waitstatus_to_exitcode(os.wait()[1])
walls.next_apart()
if os.fork() == 0:
    own = os.open("/proc/thread-self/ns/pid", os.O_RDONLY)
    walls.next_apart()
    if os.fork() == 0:
        walls.separate()
        walls.furnish(2**20)
        walls.give_up_power()
        walls.filter_calls()
        os._exit(7)
    walls.next_together(own)
    os._exit(ended())
os._exit(ended() != 7)
"""


def _trouble(**whom):
    command = [*_bubblewrap(), sys.executable, "-I", "-c", _PROBE]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=60, **whom)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bwrap does not run: {error}"
    return None if run.returncode == 0 else f"bwrap does not run: {(run.stderr.strip() or 'it says no reason')[-200:]}"
