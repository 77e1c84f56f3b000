"""A limit on how long a call may take."""

import _thread
import signal
import threading
import time


class TooSlow(Exception):
    """A call took longer than it may."""


def call_within(seconds, function, /, *args, **kwargs):
    """function(*args, **kwargs), or TooSlow if it takes longer than that.

    A timer interrupts the main thread as Ctrl-C does. In another thread nothing can be interrupted, and the
    function is let run.
    """
    if threading.current_thread() is not threading.main_thread():
        return function(*args, **kwargs)
    lock = threading.Lock()
    running, late = True, False

    def interrupt():
        nonlocal late
        with lock:
            if running:
                late = True
                _interrupt_main_thread()

    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    # A process started in the background may have been told to ignore Ctrl-C.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        try:
            timer.start()
            result = function(*args, **kwargs)
        finally:
            with lock:
                running = False
            timer.cancel()
            if late:
                time.sleep(0.01)  # an interrupt on its way arrives here, not in the caller's code
    except KeyboardInterrupt:
        if not late:
            raise
    finally:
        signal.signal(signal.SIGINT, before)
    if late:
        raise TooSlow
    return result


def _interrupt_main_thread():
    if hasattr(signal, "pthread_kill"):  # wakes it from a sleep, too
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    else:
        _thread.interrupt_main()
