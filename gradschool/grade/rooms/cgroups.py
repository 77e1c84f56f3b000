"""Control groups: limits on what all processes of a room take together, where the system lets us make a group.

The group holds a warmed process and with it the rooms that are forked from it, of which there is one at a time.
Version 2 of the kernel's control groups is used where the controllers are there, else version 1 (memory and pids).
Making a group takes root, or a part of the tree that was delegated to the user:
`systemd-run --user --scope --property=Delegate=yes make grade ...`.
"""

import contextlib
import itertools
import os
import time
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
FOR_THE_WARMED = 512 * 2**20, 8  # bytes and processes that are not the room's
_numbers = itertools.count()


class Group:
    """A control group with limits on memory (bytes) and processes, or nothing where there can be none."""

    def __init__(self, memory, processes):
        memory, processes = memory + FOR_THE_WARMED[0], processes + FOR_THE_WARMED[1]
        self.version, self.folders = 2, _version_2(memory, processes)
        if not self.folders:
            self.version, self.folders = 1, _version_1(memory, processes)
        if not self.folders:
            self.version = None

    def __bool__(self):
        return bool(self.folders)

    def add(self, process):
        for folder in self.folders:
            _write(folder / "cgroup.procs", process)

    def close(self):
        """Remove the group; its processes must have ended."""
        for folder in self.folders:
            for _ in range(50):
                with contextlib.suppress(FileNotFoundError):
                    try:
                        folder.rmdir()
                    except OSError:  # they are still on their way out
                        time.sleep(0.02)
                        continue
                break


def _version_2(memory, processes):
    """A group beside our own, or below it, whichever can be made."""
    for mounted in (ROOT, ROOT / "unified"):
        if not (mounted / "cgroup.controllers").is_file():
            continue
        own = mounted / _own_path("").lstrip("/")
        for parent in dict.fromkeys((own.parent if own != mounted else mounted, own, mounted)):
            limits = {"memory.max": memory, "memory.swap.max": 0, "pids.max": processes}
            if folders := _made([parent], limits, ("memory.max", "pids.max")):
                return folders
    return []


def _version_1(memory, processes):
    parents = [ROOT / kind / _own_path(kind).lstrip("/") for kind in ("memory", "pids")]
    limits = {"memory.limit_in_bytes": memory, "pids.max": processes}
    return _made(parents, limits, limits)


def _own_path(controller):
    """The path of this process's own group in the tree of a controller; "" is version 2."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text(encoding="ascii").splitlines():
            _, names, path = line.split(":", 2)
            if controller in names.split(","):
                return path
    return "/"


def _made(parents, limits, needed):
    """Groups below these, with such of the limits as each knows; none at all if a needed one is missing."""
    folders, known = [], set()
    try:
        for parent in parents:
            _sweep(parent)
            folder = parent / f"gradschool-{os.getpid()}-{next(_numbers)}"
            folder.mkdir()
            folders.append(folder)
            for name, most in limits.items():
                if (folder / name).exists():
                    _write(folder / name, most)
                    known.add(name)
        if known >= set(needed):
            return folders
    except OSError:
        pass
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()
    return []


def _sweep(parent):
    """Remove the groups of processes that were killed before they could; one that holds a process stays in any case."""
    for folder in parent.glob("gradschool-*"):
        if not Path("/proc", folder.name.split("-")[1]).exists():
            with contextlib.suppress(OSError):
                folder.rmdir()


def _write(path, value):
    path.write_text(f"{value}\n", encoding="ascii")
