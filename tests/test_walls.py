"""Facts about an exam room behind its walls, seen from inside it: what it can see, what it can call, what it may take,
and what is left of it afterwards. What submissions make of these walls is tested in test_red_team.py.
"""

import contextlib
import errno
import json
import os
import platform
import re
import shlex
import shutil
import signal
import struct
import subprocess
import sys
import textwrap
import time
import uuid
from pathlib import Path
from unittest import mock

import psutil
import pytest
from mini_course import DOUBLE, PS, ROOT, answered, hand_in, make

from gradschool.grade.rooms import cgroups, exam, sandbox, walls

MiB = sandbox.MiB
LIMITS = sandbox.Limits(memory=700, processes=30, disk=32)
NAMESPACES = walls.NEW_NAMESPACES

needs_walls = pytest.mark.skipif(
    sandbox.why_no_walls() is not None, reason=f"no sandbox: {sandbox.why_no_walls()}"
)
needs_filter = pytest.mark.skipif(walls.why_no_filter() is not None, reason=str(walls.why_no_filter()))


@contextlib.contextmanager
def room():
    opened = exam.Room(LIMITS)
    try:
        yield opened
    finally:
        opened.close()


def found(opened, source, seconds=20):
    """What a cell says: it is to call `say` with it, once."""
    head = "import ctypes, json, os\nlibc = ctypes.CDLL(None, use_errno=True)\nsay = lambda it: print(json.dumps(it))\n"
    ran = opened.run(head + textwrap.dedent(source), seconds)
    assert ran.error is None and not ran.late, ran
    return json.loads(ran.stdout)


def inside(source, **options):
    """What a cell says in a room of its own."""
    with room() as opened:
        return found(opened, source, **options)


# ---- the filter of system calls, as the kernel would run it


def verdict(code, machine, number, argument=0):
    """What the filter returns: an interpreter of the instructions of linux/filter.h that `walls` uses."""
    lines = list(struct.iter_unpack("<HBBI", code))
    data = struct.pack("<IIQ6Q", number, machine, 0, argument, 0, 0, 0, 0, 0)
    at = value = 0
    while True:
        what, if_so, if_not, operand = lines[at]
        at += 1
        if what == 0x20:
            [value] = struct.unpack_from("<I", data, operand)
        elif what == 0x06:
            return operand
        else:
            holds = {0x15: value == operand, 0x35: value >= operand, 0x45: bool(value & operand)}[what]
            at += if_so if holds else if_not


def says(machine, number, argument=0, audit=None):
    """The filter's word on a call: 0 is "let it through", else the error."""
    audit = walls._MACHINES[machine][0] if audit is None else audit
    word = verdict(walls.program(machine), audit, number, argument)
    return 0 if word == 0x7FFF0000 else word - 0x00050000


@pytest.mark.parametrize("machine", walls.DENIED)
def test_the_filter_refuses_what_it_lists_and_nothing_else(machine):
    _, clone, socket = walls._MACHINES[machine]
    listed = set(walls.DENIED[machine].values())
    for number in range(600):
        if number not in (clone, socket, walls.CLONE3):
            assert says(machine, number) == (errno.EPERM if number in listed else 0), number
    assert says(machine, walls.CLONE3) == errno.ENOSYS
    assert says(machine, clone, signal.SIGCHLD) == 0
    for flag in NAMESPACES.values():
        assert says(machine, clone, flag | signal.SIGCHLD) == errno.EPERM
    allowed = {family for family in range(64) if says(machine, socket, family) == 0}
    assert allowed == {1, 2, 10}
    assert says(machine, socket, 40) == errno.EAFNOSUPPORT


@pytest.mark.parametrize("machine", walls.DENIED)
def test_the_filter_refuses_other_numberings_of_the_same_calls(machine):
    for number in (0, 39, 101, 0x40000000 - 1):
        assert says(machine, number, audit=0x40000003) == errno.EPERM, "i386, by int 0x80"
        assert says(machine, number | 0x40000000) == errno.EPERM, "x32"


HEADERS = {"x86_64": "/usr/include/*/asm/unistd_64.h", "aarch64": "/usr/include/asm-generic/unistd.h"}


@pytest.mark.parametrize("machine", walls.DENIED)
def test_the_numbers_are_the_kernel_s(machine):
    paths = sorted(Path("/").glob(HEADERS[machine].lstrip("/")))
    if not paths:
        pytest.skip("no headers of the C library here")
    text = paths[0].read_text(encoding="utf-8")
    known = {name: int(n) for name, n in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text)}
    listed = walls.DENIED[machine] | {"clone3": walls.CLONE3}
    listed |= dict(zip(("clone", "socket"), walls._MACHINES[machine][1:], strict=True))
    newer = {name for name in listed if name not in known}
    assert {name: known[name] for name in listed if name not in newer} == {
        name: number for name, number in listed.items() if name not in newer
    }
    assert all(listed[name] > max(known.values()) for name in newer)


# ---- what a room may do


@pytest.fixture(scope="module")
def opened():
    """One room for the questions that leave it as it was."""
    with room() as one:
        yield one


@needs_walls
def test_a_room_is_nobody_and_stays_nobody(opened):
    text = found(opened, "say(open('/proc/self/status').read())")
    status = dict(re.findall(r"^(\w+):\s*(.*)$", text, re.MULTILINE))
    assert status["Uid"].split() == ["65534"] * 4
    assert status["NoNewPrivs"] == "1"
    capabilities = {name: int(bits, 16) for name, bits in status.items() if name.startswith("Cap")}
    assert len(capabilities) == 5 and not any(capabilities.values())
    assert status["Threads"] == "1"


@needs_walls
@needs_filter
def test_a_room_has_a_filter_and_every_denied_call_fails(opened):
    denied = walls.DENIED[platform.machine()]
    status, failed = found(opened, f"""
        calls = {denied!r}
        failed = {{}}
        for name, number in calls.items():
            result = libc.syscall(number, 0, 0, 0, 0, 0, 0)
            failed[name] = ctypes.get_errno() if result == -1 else None
        say([open('/proc/self/status').read(), failed])""")
    assert "Seccomp:\t2" in status
    assert failed == dict.fromkeys(denied, errno.EPERM)


@needs_walls
@needs_filter
def test_only_three_families_of_sockets_can_be_had(opened):
    errors = found(opened, """
        import socket
        errors = {}
        for family in range(64):
            try:
                socket.socket(family, socket.SOCK_STREAM).close()
            except OSError as error:
                errors[family] = error.errno
        say(errors)""")
    assert {int(family) for family in errors} == set(range(64)) - {1, 2, 10}
    assert {errors[name] for name in ("16", "17", "38", "40")} == {errno.EAFNOSUPPORT}


@needs_walls
@needs_filter
@pytest.mark.skipif(platform.machine() != "x86_64", reason="other numberings are x86's")
def test_other_doors_to_the_kernel_are_shut(opened):
    x32, old = found(opened, """
        import mmap
        x32 = libc.syscall(0x40000000 | 39), ctypes.get_errno()
        page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        page.write(bytes.fromhex("53" "b814000000" "cd80" "5b" "c3"))  # getpid by its number on i386, int 0x80
        call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
        say([x32, call()])""")
    assert x32 == [-1, errno.EPERM]
    assert old == -errno.EPERM


@needs_walls
def test_no_namespace_can_be_made(opened):
    clone = {"x86_64": 56, "aarch64": 220}.get(platform.machine(), 56)
    errors = found(opened, f"""
        errors = []
        for flag in {list(NAMESPACES.values())!r}:
            for call in (lambda: libc.unshare(flag), lambda: libc.syscall({clone}, flag | 17, 0, 0, 0, 0)):
                done = call()
                if done == 0 and call.__code__.co_names[0] == "syscall":
                    os._exit(0)  # the child
                errors.append(None if done >= 0 else ctypes.get_errno())
        say(errors)""")
    assert set(errors) <= {errno.EPERM, errno.ENOSPC}


@needs_walls
def test_proc_is_read_only_and_shows_the_room_s_own_processes(opened):
    processes, written, seen = found(opened, """
        written, seen = [], []
        for path in ("/proc/self/oom_score_adj", "/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger",
                     "/proc/1/oom_score_adj", "/proc/self/comm", "/proc/self/uid_map", "/proc/1/mem"):
            try:
                open(path, "r+b").close()
                written.append(path)
            except OSError:
                pass
        for path in ("/proc/1/mem", "/proc/1/environ", "/proc/1/maps", "/proc/1/fd/3", "/proc/kcore", "/proc/kmsg"):
            try:
                if open(path, "rb").read(1):
                    seen.append(path)
            except OSError:
                pass
        say([sorted(name for name in os.listdir("/proc") if name.isdigit()), written, seen])""")
    assert processes == ["1", "2"]
    assert written == [] and seen == []


@needs_walls
def test_the_only_descriptors_are_the_wire_and_nothing(opened):
    links = found(opened, """
        say([os.readlink(f"/proc/self/fd/{name}") for name in os.listdir("/proc/self/fd")
             if os.path.lexists(f"/proc/self/fd/{name}")])""")
    assert links.count("/dev/null") == 3
    assert [link for link in links if link != "/dev/null"] == [
        link for link in links if link.startswith("socket:")
    ]
    assert len(links) == 4


@needs_walls
def test_no_memory_is_shared_with_the_warmed_process():
    maps = inside("say([line.split() for line in open('/proc/self/maps')])")
    assert [line for line in maps if "w" in line[1] and "s" in line[1]] == []


@needs_walls
def test_nothing_of_the_grader_s_can_be_seen(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADSCHOOL_SECRET_OF_THE_TEST", "open sesame")
    (tmp_path / "gradebook.db").write_text("marks", encoding="ascii")
    repository = sandbox.PACKAGE.parent
    tree, environment, texts = inside(f"""
        tree = {{}}
        for place in ("/", {str(repository)!r}, {str(Path.home())!r}, {str(tmp_path)!r}, "/etc", "/home", "/var"):
            tree[place] = sorted(os.listdir(place)) if os.path.isdir(place) else None
        texts = []
        for name in os.listdir("/proc"):
            for file in ("environ", "cmdline"):
                try:
                    texts.append(open(f"/proc/{{name}}/{{file}}").read())
                except OSError:
                    pass
        say([tree, dict(os.environ), texts])""")
    needed = {path.relative_to("/").parts for path in sandbox._libraries()}
    assert set(tree["/"]) <= {parts[0] for parts in needed} | {"bin", "lib", "lib64", "sbin", "dev", "proc", "tmp"}
    for place in (repository, Path.home()):
        allowed = {path.relative_to(place).parts[0] for path in sandbox._libraries() if place in path.parents}
        assert set(tree[str(place)] or ()) <= allowed
    assert tree[str(tmp_path)] is None and tree["/home"] is None and tree["/var"] is None
    assert tree["/etc"] == ["ld.so.cache"]
    known = {*sandbox.environment("/tmp"), "PWD", "MPLBACKEND", "KMP_DUPLICATE_LIB_OK", "KMP_INIT_AT_FORK"}
    assert set(environment) - known == set()
    assert not any("open sesame" in text or str(tmp_path) in text for text in [*texts, *environment.values()])


# ---- what a room may take


@needs_walls
def test_files_are_limited_by_size_and_by_number():
    written, empty, elsewhere = inside("""
        written = []
        for place in ("/tmp", "/dev/shm"):
            count = 0
            try:
                with open(f"{place}/fill", "wb", buffering=0) as file:
                    while True:
                        count += file.write(bytes(2**20))
            except OSError:
                written.append(count)
        for place in ("/tmp", "/dev/shm"):
            os.remove(f"{place}/fill")
        empty = 0
        try:
            while True:
                os.close(os.open(f"/tmp/{empty}", os.O_CREAT | os.O_WRONLY))
                empty += 1
        except OSError:
            pass
        elsewhere = []
        for place in ("/", "/dev", "/dev/pts", "/usr", "/etc", "/proc", os.path.dirname(json.__file__)):
            try:
                open(f"{place}/red", "w")
                elsewhere.append(place)
            except OSError:
                pass
        say([written, empty, elsewhere])""")
    assert all(count <= LIMITS.disk * MiB for count in written)
    assert 1000 < empty <= 20_000
    assert elsewhere == []


def warmed_room():
    """What this process keeps of its warmed process."""
    [kept] = sandbox._warm.values()
    return kept


def group():
    return warmed_room().group


@needs_walls
def test_memory_is_limited_for_all_processes_together(opened):
    assert found(opened, "say(True)")
    if not group():
        pytest.skip("no control groups here")
    before = time.monotonic()
    survivors = None
    with contextlib.suppress(exam.RoomLost), room() as other:
        survivors = found(other, """
            import time
            ours, theirs = os.pipe()
            os.set_blocking(ours, False)
            children = {}
            for number in range(20):
                child = os.fork()
                if child == 0:
                    hoard = b"x" * (150 * 2**20)
                    os.write(theirs, bytes([number]))
                    time.sleep(30)
                    os._exit(0)
                children[number] = child
            have, dead, end = set(), set(), time.monotonic() + 15
            while time.monotonic() < end and len(have | dead) < 20:
                time.sleep(0.1)
                dead |= {n for n in set(children) - dead if os.waitpid(children[n], os.WNOHANG)[0]}
                try:
                    have |= set(os.read(ours, 100))
                except BlockingIOError:
                    pass
            say(len(have - dead))""")
    assert survivors is None or survivors * 150 <= LIMITS.memory + cgroups.FOR_THE_WARMED[0] / MiB
    assert time.monotonic() - before < 60
    assert inside("say(6 * 7)") == 42, "the next room does not start"


@needs_walls
def test_what_a_cell_has_forked_does_not_answer_in_its_place(opened):
    opened.run("import os\nhere = os.getpid()\nfor _ in range(3):\n    os.fork()\n1 / (os.getpid() == here)", 20)
    for k in range(20):
        assert found(opened, f"say([{k}, os.getpid() == here])") == [k, True]


@needs_walls
def test_the_number_of_processes_is_limited():
    started = inside("""
        import time
        started = 0
        try:
            while started < 200:
                if os.fork() == 0:
                    time.sleep(30)
                    os._exit(0)
                started += 1
        except OSError:
            pass
        say(started)""")
    if not group() and sandbox._somebody_else() == {} and os.geteuid() == 0:
        pytest.skip("the kernel counts no processes of root's, and there are no control groups here")
    assert 5 < started < LIMITS.processes + cgroups.FOR_THE_WARMED[1]
    assert inside("say(6 * 7)") == 42, "the next room does not start"


# ---- what is left of a room


def running(token):
    """The processes of this machine with a token among their arguments."""
    listed = psutil.process_iter(["pid", "cmdline"])
    return [process.info for process in listed if any(token in part for part in process.info["cmdline"] or ())]


DAEMON = """
    import signal, sys, time
    code = "import signal, time\\nfor n in range(1, 32):\\n" \\
           "  if n not in (9, 19): signal.signal(n, signal.SIG_IGN)\\ntime.sleep(300)"
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.closerange(0, 64)
            os.execv(sys.executable, [sys.executable, "-I", "-S", "-c", code, "{token}"])
        os._exit(0)
    time.sleep(1)
    say(True)"""


@needs_walls
def test_a_daemon_that_ignores_every_signal_ends_with_its_room():
    token = f"gradschool-daemon-{os.getpid()}"
    with room() as opened:
        assert found(opened, DAEMON.format(token=token))
        assert running(token), "the daemon did not start"
    assert not running(token)


@needs_walls
def test_a_room_ends_with_a_grader_that_is_killed():
    token = f"gradschool-orphan-{os.getpid()}"
    code = f"""
import sys, time
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_walls import DAEMON, found, room
with room() as opened:
    found(opened, DAEMON.format(token={token!r}))
    print("up", flush=True)
    time.sleep(300)
"""
    grader = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        assert grader.stdout.readline() == "up\n"
        assert len(running(token)) == 2, "the daemon did not start"
    finally:
        grader.kill()
        grader.wait()
        grader.stdout.close()
    for _ in range(50):
        if not running(token):
            return
        time.sleep(0.1)
    pytest.fail(f"still running: {running(token)}")


@needs_walls
def test_a_room_finds_nothing_of_the_one_before():
    leave = """
        import numpy as np
        for place in ("/tmp", "/dev/shm"):
            open(f"{place}/left", "w").close()
        np.left = json.left = True
        os.environ["LEFT"] = "1"
        import sys
        sys.path.append("/left")
        say([os.listdir("/tmp"), os.listdir("/dev/shm"), hasattr(np, "left"), hasattr(json, "left"),
             "LEFT" in os.environ, "/left" in sys.path, os.getpid()])"""
    look = textwrap.dedent(leave[leave.index("        say(") :])
    kept = {path.parts[2] for path in sandbox._libraries() if path.parts[1] == "tmp"}  # a checkout below /tmp
    before, after = inside(leave), inside("import sys\nimport numpy as np\n" + look)
    assert [set(before[0]) - kept, before[1]] == [{"left"}, ["left"]]
    assert [set(after[0]) - kept, *after[1:]] == [set(), [], False, False, False, False, 2]


@needs_walls
def test_random_numbers_are_not_the_same_in_every_room():
    drawn = [
        inside("import random, numpy as np, uuid\nsay([random.random(), np.random.random(), str(uuid.uuid4())])")
        for _ in range(3)
    ]
    assert all(len(set(values)) == 3 for values in zip(*drawn, strict=True))


def warmed():
    """The warmed process, as this machine knows it."""
    return max(
        psutil.Process(warmed_room().process.pid).children(recursive=True),
        key=lambda process: process.memory_info().rss,
    )


@needs_walls
def test_the_warmed_process_stays_as_it_was():
    for _ in range(5):
        assert inside("say(1)") == 1
    process, us = warmed(), psutil.Process()
    before = process.memory_info().rss, process.num_fds(), process.num_threads()
    ours = us.num_fds()
    for _ in range(50):
        exam.Room(LIMITS).close()
    after = process.memory_info().rss, process.num_fds(), process.num_threads()
    assert after[1:] == before[1:] and us.num_fds() == ours
    assert after[0] - before[0] < MiB
    assert not any(is_zombie(child) for child in process.children())


def is_zombie(process):
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:  # it has just gone
        return False


# ---- an ordinary user


def closed_to_others(path):
    """The highest folder on the way to a path that others cannot enter, or None."""
    return next((each for each in reversed([path, *path.parents]) if each.stat().st_mode & 0o005 != 0o005), None)


def as_nobody(command):
    """A command as root runs it for nobody, in a mount namespace where nobody can read Python and the package."""
    wanted = [path for path in (Path(sys.base_prefix).resolve(), Path(sys.prefix), sandbox.PACKAGE)]
    lines = ["set -e", "store=$(mktemp -d)", "mount -t tmpfs -o mode=755 none $store"]
    closed = {path: closed_to_others(path) for path in wanted}
    closed = {path: folder for path, folder in closed.items() if folder is not None}
    for number, path in enumerate(closed):
        lines += [f"mkdir $store/{number}", f"mount --bind {shlex.quote(str(path))} $store/{number}"]
    for folder in sorted(set(closed.values())):
        lines += [f"mount -t tmpfs -o mode=755 none {shlex.quote(str(folder))}"]
    for number, path in enumerate(closed):
        lines += [f"mkdir -p {shlex.quote(str(path))}", f"mount --bind $store/{number} {shlex.quote(str(path))}"]
    drop = "exec setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all --bounding-set=-all"
    lines.append(f"{drop} {shlex.join(command)}")
    return ["unshare", "--mount", "--propagation", "private", "sh", "-c", "\n".join(lines)]


@needs_walls
@pytest.mark.slow
def test_an_ordinary_user_can_grade(tmp_path):
    course = make(tmp_path)
    hand_in(course, "ada", answered(course, double=DOUBLE, root=ROOT))
    leave = "import os\nassert os.getuid() == 65534\nos._exit(0)"
    hand_in(course, "mallory", answered(course, double=leave, root=ROOT))
    command = [sys.executable, "-m", "gradschool.cli", "grade", PS, "--jobs", "1"]
    if os.geteuid() == 0:
        if missing := [name for name in ("unshare", "setpriv") if shutil.which(name) is None]:
            pytest.skip(f"root needs {missing} to be somebody else")
        tried = subprocess.run(as_nobody(["true"]), capture_output=True, text=True)
        if tried.returncode:
            pytest.skip(f"root may not mount here: {tried.stderr.strip()}")
        for path in (tmp_path, *tmp_path.rglob("*")):
            os.chown(path, 65534, 65534)
        for folder in (tmp_path, *tmp_path.parents):
            if folder.owner() == "root" and not folder.stat().st_mode & 0o001:
                folder.chmod(folder.stat().st_mode | 0o011)
        command = as_nobody(command)
    env = os.environ | {"HOME": str(tmp_path), "PYTHONPATH": str(sandbox.PACKAGE.parent)}
    run = subprocess.run(command, cwd=course.root, env=env, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr[-2000:]
    receipt = json.loads((course.root / "autograded" / "ada" / PS / "receipt.json").read_text(encoding="utf-8"))
    assert receipt["isolation"] == sandbox.WALLS
    rows = (course.root / "grades.csv").read_text(encoding="utf-8").splitlines()
    marked = {row.split(",")[0]: row for row in rows[1:]}
    assert "ada" in marked and "mallory" in marked


@needs_walls
def test_a_room_that_did_not_start_is_tried_once_more():
    started = []

    def stillborn(*arguments):
        started.append(sandbox_start(*arguments))
        if len(started) == 1:
            started[0].kill()
        return started[-1]

    sandbox_start = sandbox.start
    with mock.patch.object(sandbox, "start", stillborn), room() as second:
        assert found(second, "say(6 * 7)") == 42
    assert len(started) == 2


@needs_walls
def test_starts_that_are_broken_off_leave_nothing_running():
    code = """
        import os, threading, time
        from gradschool.grade.rooms import sandbox

        sandbox.insist_on_walls()
        for k in range(15):
            if os.fork() == 0:
                threading.Thread(target=sandbox.Warm, args=[sandbox.Limits()], daemon=True).start()
                time.sleep(0.002 + 0.003 * k)
                sandbox.abandon()
                os._exit(0)
            os.wait()"""
    mark = {"STARTED_BY_TEST": uuid.uuid4().hex}  # other tests start some as well
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], env=os.environ | mark, check=True, timeout=120)
    end = time.monotonic() + 60  # one that was only being forked ends when nobody answers it
    while (left := boxes(mark)) and time.monotonic() < end:
        time.sleep(0.2)
    assert not left


def boxes(mark):
    """Bubblewraps that were started with this in their environment."""
    found = set()
    for each in psutil.process_iter(["name"]):
        with contextlib.suppress(psutil.Error):
            if each.info["name"] == "bwrap" and mark.items() <= each.environ().items():
                found.add(each.pid)
    return found


# ---- cells run as in a notebook


@needs_walls
def test_a_cell_is_read_as_a_notebook_reads_it():
    with room() as opened:
        for source, said in (
            ("print(6 * 7)", "42\n"),
            ("    print(6 * 7)", "42\n"),  # IPython takes off what all lines have
            ("%time print(6 * 7)", "42\nCPU times"),
            ("%%time\nprint(6 * 7)", "42\nCPU times"),
            ("x = !echo 42\nprint(x[0])", "42\n"),
        ):
            ran = opened.run(source, 20)
            assert ran.error is None and ran.stdout.startswith(said), source
        for source, line in (("1\n1 / 0", 2), ("\n\n1\n1 / 0", 2), ("1\n\n\n1 / 0", 4)):
            assert f"line {line}" in opened.run(source, 20).error[2], source
        replace = "get_ipython().input_transformers_post.append(lambda lines: ['print(42)\\n'])"
        assert opened.run(replace, 20).error is None
        assert opened.run("print('not this')", 20).stdout == "42\n"
