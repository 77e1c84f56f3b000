"""The walls of an exam room.

A room is a process of its own under bubblewrap: its own mount, pid, ipc, uts, user and network namespaces. It sees the
interpreter and the libraries, read-only, and the package gradschool; an empty /tmp of limited size; nothing of the
course, no home, no environment. It is nobody, has no capability, and dies with the grader. Limits on memory,
processes, CPU time, file size and open files are set before the first cell runs, and cannot be raised from within.

What is shared by two rooms: the kernel of the machine, and the read-only files above. Limits are per process, as
rlimits are, so that a room of many processes may take a multiple of the memory; there is no seccomp filter.

Where bubblewrap does not run (macOS, Windows, user namespaces switched off) there is a process and no walls. That is
for those who say that they trust the submissions.
"""

import functools
import json
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from gradschool.course.layout import CourseError

PACKAGE = Path(__file__).resolve().parents[2]
WALLS, NO_WALLS = "sandbox", "no walls"  # isolation levels, as receipts name them
MiB = 2**20


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


@dataclass
class Process:
    """A room that has been started: the examiner's end of its socket, and the process."""

    connection: socket.socket
    process: subprocess.Popen
    folder: str | None = field(default=None)

    def kill(self):
        """End it, and with it everything that was started in it."""
        self.connection.close()
        self.process.kill()
        self.process.wait()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


def start(limits, walls=True):
    """Start a room.

    Raises:
        CourseError: if there are to be walls and there are none to be had here.
    """
    if walls:
        insist_on_walls()
    ours, theirs = socket.socketpair()
    number = theirs.fileno()
    inside = [sys.executable, "-I", "-m", "gradschool.grade.rooms.inside", str(number)]
    inside.append(json.dumps(limits.of_the_system() if walls else {"CORE": 0}))
    folder = None if walls else tempfile.mkdtemp(prefix="room-")
    command = [*_bubblewrap(limits), *inside] if walls else inside
    process = subprocess.Popen(
        command, pass_fds=[number], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=None if walls else environment(folder), cwd=folder, start_new_session=not walls,
    )  # fmt: skip
    theirs.close()
    return Process(ours, process, folder)


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


def _bubblewrap(limits):
    command = ["bwrap", "--unshare-all", "--uid", "65534", "--gid", "65534", "--die-with-parent", "--new-session"]
    command += ["--hostname", "room", "--clearenv", "--proc", "/proc", "--dev", "/dev"]
    command += ["--size", str(limits.disk * MiB), "--perms", "1777", "--tmpfs", "/tmp"]
    for path in _libraries():
        command += ["--ro-bind", str(path), str(path)]
    for name in ("bin", "lib", "lib64", "sbin"):
        if Path("/", name).is_symlink():
            command += ["--symlink", str(Path("/", name).readlink()), f"/{name}"]
        elif Path("/", name).is_dir():
            command += ["--ro-bind", f"/{name}", f"/{name}"]
    for name, value in environment("/tmp").items():
        command += ["--setenv", name, value]
    return [*command, "--remount-ro", "/", "--chdir", "/tmp"]


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
    probe = "import os, socket; os.listdir('/tmp'); import numpy, gradschool.grade.rooms.inside"
    try:
        run = subprocess.run(
            [*_bubblewrap(Limits()), sys.executable, "-I", "-c", probe], capture_output=True, text=True, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bwrap does not run: {error}"
    return None if run.returncode == 0 else f"bwrap does not run: {(run.stderr.strip() or 'it says no reason')[-200:]}"
