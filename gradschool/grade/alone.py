"""One grader at a time in a course: its gradebook has one writer."""

import contextlib
import errno
import os
import shutil

from gradschool.course.layout import CourseError

LOCK = "gradebook.db.lock"


@contextlib.contextmanager
def alone(course):
    """Be the only grader in a course, and clear away what one that was killed has left.

    Raises:
        CourseError: if another one is at work.
    """
    with contextlib.ExitStack() as held:
        with contextlib.suppress(OSError):  # a full disk, say: those who write more will tell
            file = held.enter_context(open(course.root / LOCK, "ab"))
            if locked(file.fileno()):
                for left in course.root.glob(".grading-*"):
                    shutil.rmtree(left, ignore_errors=True)
        yield


def locked(file):
    """Lock an open file until it is closed, or this process ends in whatever way. False where nothing can be locked."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            raise CourseError(
                "This course is being graded already, by another `gradschool grade`. Wait until it has ended, "
                "or stop it with Ctrl-C: nothing that it has graded is lost."
            ) from None
        return False
    return True
