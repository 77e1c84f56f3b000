"""The inner walls of an exam room: what a forked process does to itself before a student's first cell.

The outer walls are bubblewrap's (see `sandbox`). In here a room gets namespaces of its own, an empty /tmp and
/dev/shm, a /proc that shows its own processes; then it gives up every capability, and a seccomp filter takes away the
system calls that no answer needs and that holes in kernels are made of.
"""

import ctypes
import functools
import os
import platform
import struct
import sys

# From linux/sched.h, linux/mount.h, linux/prctl.h, linux/capability.h, linux/seccomp.h.
NEW_NAMESPACES = {"mount": 0x20000, "cgroup": 0x2000000, "uts": 0x4000000, "ipc": 0x8000000, "user": 0x10000000,
                  "pid": 0x20000000, "net": 0x40000000}  # fmt: skip
RDONLY, NOSUID, NODEV, NOEXEC, BIND, REC, PRIVATE = 1, 2, 4, 8, 0x1000, 0x4000, 0x40000
SET_SECCOMP, CAPBSET_DROP, SET_NO_NEW_PRIVS, CAP_AMBIENT, CLEAR_ALL = 22, 24, 38, 47, 4
CAPABILITIES_3 = 0x20080522
FILTER = 2
# Files of /proc that are about the machine and not about a process.
OF_THE_MACHINE = ("kpagecount", "kpageflags", "kpagecgroup", "slabinfo", "vmallocinfo", "timer_list", "pagetypeinfo",
                  "kcore", "kmsg", "keys", "iomem")  # fmt: skip


def next_apart():
    """The next process that is forked is the first of a pid namespace of its own."""
    _system("unshare", NEW_NAMESPACES["pid"])


def next_together(own):
    """The next one is in this process's pid namespace again, of which own is a descriptor."""
    _system("setns", own, NEW_NAMESPACES["pid"])


def separate():
    """Leave all other namespaces of the warmed process."""
    _system("unshare", sum(NEW_NAMESPACES[kind] for kind in ("mount", "uts", "ipc", "net")))


def furnish(disk, kept=()):
    """An empty /tmp and /dev/shm, of so many bytes together, and this room's own /proc.

    kept : folders below those two that stay, read-only as they are: where somebody works in /tmp, the libraries.
    """
    _mount("none", "/", "", REC | PRIVATE)
    still_open = {path: os.open(path, os.O_PATH) for path in kept}
    for place in ("/tmp", "/dev/shm"):
        _mount("tmpfs", place, "tmpfs", NOSUID | NODEV, f"size={disk // 2},nr_inodes=20000,mode=1777")
    for path, folder in still_open.items():
        os.makedirs(path)
        _mount(f"/proc/self/fd/{folder}", path, "", BIND | REC)
        os.close(folder)
    # Read-only: some files of /proc belong to root, and who is root outside could write to them without a capability.
    _mount("proc", "/proc", "proc", NOSUID | NODEV | NOEXEC | RDONLY)
    for name in OF_THE_MACHINE:
        if os.access(f"/proc/{name}", os.R_OK):  # only root can read them
            _mount("/dev/null", f"/proc/{name}", "", BIND)
    os.chdir("/tmp")


def give_up_power():
    """Drop every capability, for ever."""
    _system("prctl", SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _system("prctl", CAP_AMBIENT, CLEAR_ALL, 0, 0, 0)
    for capability in range(64):
        if _libc().prctl(CAPBSET_DROP, capability, 0, 0, 0):
            break  # there are no more
    nothing = struct.pack("=6I", *[0] * 6)
    _system("capset", struct.pack("=Ii", CAPABILITIES_3, 0), nothing)


# ---- seccomp

# What an answer has no use for, by number. Each is a way to the kernel's rarely used parts, to other processes' memory,
# or to memory that no limit counts (memfd). Sources: the kernel's asm/unistd_64.h and asm-generic/unistd.h.
_SAME = {"open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433,
         "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "pidfd_getfd": 438,
         "mount_setattr": 442, "quotactl_fd": 443, "memfd_secret": 447}  # fmt: skip
DENIED = {
    "x86_64": _SAME | {
        "shmget": 29, "semget": 64, "msgget": 68, "modify_ldt": 154, "pivot_root": 155, "chroot": 161, "acct": 163,
        "mount": 165, "umount2": 166, "swapon": 167,
        "swapoff": 168, "reboot": 169, "sethostname": 170, "setdomainname": 171, "iopl": 172, "ioperm": 173,
        "init_module": 175, "delete_module": 176, "quotactl": 179, "ptrace": 101, "syslog": 103, "personality": 135,
        "kexec_load": 246, "add_key": 248, "request_key": 249, "keyctl": 250, "migrate_pages": 256, "unshare": 272,
        "move_pages": 279, "perf_event_open": 298, "name_to_handle_at": 303, "open_by_handle_at": 304, "setns": 308,
        "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312, "finit_module": 313, "memfd_create": 319,
        "kexec_file_load": 320, "bpf": 321, "userfaultfd": 323,
    },
    "aarch64": _SAME | {
        "umount2": 39, "mount": 40, "pivot_root": 41, "chroot": 51, "quotactl": 60, "acct": 89, "personality": 92,
        "unshare": 97, "kexec_load": 104, "init_module": 105, "delete_module": 106, "syslog": 116, "ptrace": 117,
        "reboot": 142, "sethostname": 161, "setdomainname": 162, "add_key": 217, "request_key": 218, "keyctl": 219,
        "msgget": 186, "semget": 190, "shmget": 194, "swapon": 224, "swapoff": 225, "migrate_pages": 238,
        "move_pages": 239, "perf_event_open": 241,
        "name_to_handle_at": 264, "open_by_handle_at": 265, "setns": 268, "process_vm_readv": 270,
        "process_vm_writev": 271, "kcmp": 272, "finit_module": 273, "memfd_create": 279, "bpf": 280, "userfaultfd": 282,
        "kexec_file_load": 294,
    },
}  # fmt: skip
_MACHINES = {"x86_64": (0xC000003E, 56, 41), "aarch64": (0xC00000B7, 220, 198)}  # audit's number, clone, socket
CLONE3 = 435
SOCKETS = (1, 2, 10)  # Unix, IPv4, IPv6: the others (netlink, packets, vsock, crypto) lead out of namespaces or to bugs
_EPERM, _ENOSYS, _EAFNOSUPPORT = 1, 38, 97
# Instructions of the kernel's packet filter: linux/bpf_common.h.
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data, little-endian


def why_no_filter():
    """Why there is no seccomp filter here, or None."""
    if sys.byteorder != "little" or platform.machine() not in DENIED:
        return f"the system calls of {platform.machine()} are not listed in {__name__}"
    return None


def filter_calls():
    """Take away what no answer needs: those calls fail from now on, in this process and in all that it starts."""
    if why_no_filter() is None:
        code = program(platform.machine())
        buffer = ctypes.create_string_buffer(code)
        wanted = struct.pack("HP", len(code) // 8, ctypes.addressof(buffer))
        _system("prctl", SET_SECCOMP, FILTER, wanted, 0, 0)


def program(machine):
    """The filter as the kernel reads it: 8 bytes an instruction (what to do, jump if so, jump if not, operand)."""
    audit, clone, socket = _MACHINES[machine]
    refuse = [(_RETURN, 0, 0, _ERRNO | _EPERM)]
    lines = [(_LOAD, 0, 0, _MACHINE), (_IF_EQUAL, 1, 0, audit), *refuse, (_LOAD, 0, 0, _NUMBER)]
    lines += [(_IF_AT_LEAST, 0, 1, 0x40000000), *refuse]  # x32: other numbers for the same calls
    for number in sorted(DENIED[machine].values()):
        lines += [(_IF_EQUAL, 0, 1, number), *refuse]
    lines += [(_IF_EQUAL, 0, 1, CLONE3), (_RETURN, 0, 0, _ERRNO | _ENOSYS)]  # the C library then uses clone
    namespaces = sum(NEW_NAMESPACES.values())
    lines += [(_IF_EQUAL, 0, 4, clone), (_LOAD, 0, 0, _FIRST_ARGUMENT), (_IF_BITS, 0, 1, namespaces), *refuse]
    lines += [(_RETURN, 0, 0, _ALLOW)]
    families = [(_IF_EQUAL, len(SOCKETS) - k, 0, family) for k, family in enumerate(SOCKETS)]
    lines += [(_IF_EQUAL, 0, len(SOCKETS) + 2, socket), (_LOAD, 0, 0, _FIRST_ARGUMENT), *families]
    lines += [(_RETURN, 0, 0, _ERRNO | _EAFNOSUPPORT), (_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("<HBBI", *line) for line in lines)


# ---- the C library


@functools.cache
def _libc():
    return ctypes.CDLL(None, use_errno=True)


def _mount(what, place, kind, flags, options=""):
    _system("mount", what.encode(), place.encode(), kind.encode(), flags, options.encode())


def _system(name, *arguments):
    """Call a function of the C library. Raises OSError when it fails."""
    wide = [ctypes.c_ulong(value) if isinstance(value, int) else value for value in arguments]
    if getattr(_libc(), name)(*wide):
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
