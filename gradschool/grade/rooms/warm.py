"""The warmed process: it has imported what answers need, and forks an exam room for each order.

    python -m gradschool.grade.rooms.warm FD LIMITS MODULE ...

`sandbox` starts it behind the outer walls. FD is its end of a socket; each message on it carries two sockets: one for
the examiner's orders to the new room, and a lifeline. LIMITS is a JSON object: of the system's, "disk" in bytes, and
"kept", for which see `walls.furnish`. The modules are those that the problem set imports.

No student's code runs in this process, so all that a room inherits is what was imported here. For each room it forks
the first process of new namespaces, which puts up the inner walls and forks the room. That first process stays: when
the examiner lets go of the lifeline, or is gone, or the room has ended, it kills whatever is left in the room and ends,
and the lifeline with it.

A process that has made a pid namespace for its next child can come back to its own only if that is not bubblewrap's.
So the warmed process is the first in one that was made here.
"""

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import threading

from gradschool.grade.rooms import inside, walls

ALWAYS = ("numpy", "gradschool.check", "gradschool.differences", "resource")


def main():
    walls.next_apart()
    if warmed := os.fork():
        os.waitpid(warmed, 0)
    else:
        _never_return(serve, socket.socket(fileno=int(sys.argv[1])), json.loads(sys.argv[2]), sys.argv[3:])


def serve(control, limits, modules):
    """Fork a room for each order, until nobody can give any more."""
    own = os.open("/proc/thread-self/ns/pid", os.O_RDONLY)
    shell = warmed_shell(modules)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they ended
    control.sendall(b"R")
    while True:
        order, descriptors, *_ = socket.recv_fds(control, 1, 2)
        if not order:
            return
        walls.next_apart()
        if os.fork() == 0:
            control.close()
            os.close(own)
            _never_return(keep_room, *descriptors, limits, shell)
        walls.next_together(own)
        for descriptor in descriptors:
            os.close(descriptor)


def warmed_shell(modules):
    """An IPython that has run a cell, in a process that has imported these modules and has one thread."""
    shell = inside.new_shell()
    for name in (*ALWAYS, *modules):
        with contextlib.suppress(ImportError):  # the cell that needs it will say so
            importlib.import_module(name)
    shell.run_cell("pass", store_history=False)
    if threading.active_count() > 1:
        raise RuntimeError("a library has started a thread, and threads do not survive a fork")
    gc.collect()
    gc.freeze()  # so that the collector does not write to, and thus copy, what is shared
    return shell


def keep_room(descriptor, lifeline, limits, shell):
    """The first process of a room's namespaces."""
    walls.separate()
    walls.furnish(limits.pop("disk"), limits.pop("kept"))
    room = os.fork()
    if room == 0:
        os.close(lifeline)
        _never_return(become_room, descriptor, limits, shell)
    os.close(descriptor)
    poller = select.poll()
    for each in (lifeline, os.pidfd_open(room)):
        poller.register(each, select.POLLIN)
    poller.poll()
    with contextlib.suppress(ProcessLookupError):
        os.kill(-1, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        while True:  # returns when there is nobody left: those that lost their parent have become this one's
            os.wait()


def become_room(descriptor, limits, shell):
    import numpy as np

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    walls.give_up_power()
    inside.limit(limits)
    walls.filter_calls()
    np.random.seed()  # or every room would draw the same numbers
    inside.open_room(socket.socket(fileno=descriptor), shell)


def _never_return(function, *arguments):
    """In a forked process: whatever happens, it does not go on with what its parent was doing."""
    try:
        function(*arguments)
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
