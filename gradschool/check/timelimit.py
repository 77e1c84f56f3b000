"""A limit on how long a call may take."""

import _thread
import threading
import time
from contextlib import contextmanager


class TooSlow(Exception):
    """The block took longer than it may."""


@contextmanager
def time_limit(seconds):
    """Raise TooSlow when the block takes longer than that.

    A timer interrupts the main thread as Ctrl-C does, on every platform. In another thread nothing can be
    interrupted, and the block is let run.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    lock = threading.Lock()
    running, late = True, False

    def interrupt():
        nonlocal late
        with lock:
            if running:
                late = True
                _thread.interrupt_main()

    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    timer.start()
    try:
        try:
            yield
        finally:
            with lock:
                running = False
            timer.cancel()
            if late:
                time.sleep(0.01)  # an interrupt on its way arrives here, not in the caller's code
    except KeyboardInterrupt:
        if not late:
            raise
    if late:
        raise TooSlow
