"""How the processes of a crew are started. Imports next to nothing, so that it can be asked for before all else."""

import contextlib
import multiprocessing
import os
import signal


def context():
    """A way to start processes afresh, with nothing of this one's database or threads.

    Where there can be a server from which they are forked, it is started now, and imports what they need while this
    process goes on.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["gradschool.grade.examine"])
    from multiprocessing import forkserver, resource_tracker

    resource_tracker.ensure_running()  # it would let Ctrl-C through in the middle of the next two lines
    with _ctrl_c_waiting():
        forkserver.ensure_running()
    return made


@contextlib.contextmanager
def _ctrl_c_waiting():
    """A process that is started in here does not hear Ctrl-C, and this one hears it afterwards."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def cores():
    """How many processes can run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
