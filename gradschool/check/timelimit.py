"""A limit on how long a call may take."""

import _thread
import contextlib
import signal
import threading
import time


class TooSlow(Exception):
    """A call took longer than it may."""


def call_within(seconds, function, /, *args, **kwargs):
    """function(*args, **kwargs), or TooSlow if it takes longer than that.

    The main thread is interrupted as Ctrl-C does it. In another thread nothing can be interrupted, and the function is
    let run.
    """
    if threading.current_thread() is not threading.main_thread():
        return function(*args, **kwargs)
    clock = _Clock()
    try:
        with (_alarm if hasattr(signal, "setitimer") else _timer)(seconds, clock):
            try:
                result = function(*args, **kwargs)
            finally:
                clock.running = False
    except KeyboardInterrupt:
        if not clock.late:
            raise
    if clock.late:
        raise TooSlow
    return result


class _Clock:
    running, late = True, False


class _Held:
    """Whether an interrupt has to wait, and whether one does."""

    times, waits = 0, False


@contextlib.contextmanager
def uninterrupted():
    """A limit that is reached in here strikes at the end: half a message read would be read by nobody."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _Held.times += 1
    try:
        yield
    finally:
        _Held.times -= 1
        if _Held.waits and not _Held.times:
            _Held.waits = False
            raise KeyboardInterrupt


@contextlib.contextmanager
def _alarm(seconds, clock):
    """By the system's own timer: no thread is needed, which an answer that started too many could not have."""

    def interrupt(_signal, _frame):
        if clock.running:
            clock.late = True
            if _Held.times:
                _Held.waits = True
            else:
                raise KeyboardInterrupt

    left, _ = signal.getitimer(signal.ITIMER_REAL)
    if 0 < left <= seconds:  # a call in a call, and the outer one ends sooner
        yield
        return
    begin, before = time.monotonic(), signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - begin), 1e-6))


@contextlib.contextmanager
def _timer(seconds, clock):
    """By a thread, where the system has no such timer: Windows."""
    lock = threading.Lock()

    def interrupt():
        with lock:
            if clock.running:
                clock.late = True
                _thread.interrupt_main()

    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    # A process started in the background may have been told to ignore Ctrl-C.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        timer.start()
        yield
    finally:
        with lock:
            clock.running = False
        timer.cancel()
        if clock.late:
            time.sleep(0.01)  # an interrupt on its way arrives here, not in the caller's code
        signal.signal(signal.SIGINT, before)
